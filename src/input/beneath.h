/*
 * Opening what lies below an open folder, and nothing else.
 */
#ifndef INPUT_BENEATH_H
#define INPUT_BENEATH_H

/*
 * As openat(), with O_CLOEXEC, of a relative path that has no ".." in it and in which nothing is a link: where a part
 * of it is one, that fails with ELOOP, or ENOTDIR. Neither a pipe nor a terminal keeps it waiting.
 */
int beneath_open(int folder, const char *path, int flags);

#endif
