/*
 * The staging folder, ".evcal.new" in the output folder: files are written there under numbers, synced, and renamed to
 * where they belong. It is there only while it is needed. Where a function returns false, errno says why.
 */
#ifndef PUBLISH_STAGING_H
#define PUBLISH_STAGING_H

#include "publish/io.h"

#define STAGING ".evcal.new"

/* Zero-initialise it. */
struct staging {
	int root;    /* the output folder */
	int fd;      /* of the staging folder, where count is not 0 */
	mode_t mode; /* of the files */
	const struct owner *owner;
	unsigned count;
};

/*
 * Removes what a run that was killed has left. ENOTDIR or ENOTEMPTY: something is there that no run has left; that
 * stays as it is. The owner lives as long as the staging.
 */
bool staging_open(struct staging *staging, int root, mode_t mode, const struct owner *owner);
/* Writes a file; its number is for staging_rename(). */
bool staging_add(struct staging *staging, const struct pieces *text, unsigned *number);
/* All that was added is on the disk. False: failed is the number of the file, or of any one. */
bool staging_sync(const struct staging *staging, unsigned *failed);
/* Moves a file to its place, over what is there. */
bool staging_rename(const struct staging *staging, unsigned number, int folder, const char *name);
/* Removes the folder and what is still in it. A second time, and without staging_open(), it does nothing. */
bool staging_close(struct staging *staging);

#endif
