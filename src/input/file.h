/*
 * A file of a calendar as a source.
 */
#ifndef INPUT_FILE_H
#define INPUT_FILE_H

#include "input/folder.h"

/*
 * Reads a file of a directory, or what stands in for it on standard input, into the source of that number of
 * findings->sources; its bytes go to findings->arena. One of more than so many MiB is a finding and a source that is
 * broken. False: it cannot be read, and errno says why.
 */
bool file_read(struct findings *findings, uint32_t source, const struct directory *directory,
	const struct input_file *file, size_t mebibytes);

#endif
