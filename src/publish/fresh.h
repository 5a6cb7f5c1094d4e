/*
 * New files in a folder that may not be there yet: all of them are made or none is, and nothing that is there is ever
 * written over.
 */
#ifndef PUBLISH_FRESH_H
#define PUBLISH_FRESH_H

#include "base/str.h"

struct arena;

struct fresh_file {
	const char *path; /* in the folder; at most one folder deep */
	struct str text;
	enum { FRESH_OWN, FRESH_UNLESS_THERE } kind; /* the second may be there, and stays as it is then */
};

/* Makes the folder and its parents, and the files in it, on the disk. False: trouble() has said why. */
bool fresh_write(struct arena *arena, const char *folder, const struct fresh_file *files, size_t count);

#endif
