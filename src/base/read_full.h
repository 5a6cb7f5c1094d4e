/* read() to the end of what was asked for, or of the file. */
#ifndef BASE_READ_FULL_H
#define BASE_READ_FULL_H

#include <sys/types.h>

/*
 * Reads up to size bytes to where there is room for them; fewer where the file ends before. A signal does not end it.
 * -1: errno.
 */
ssize_t read_full(int fd, char *bytes, size_t size);

#endif
