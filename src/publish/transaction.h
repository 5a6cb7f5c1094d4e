/*
 * Publishing: a set of files that becomes visible together. A run that fails or is killed at any point leaves each file
 * as it was or new, never half; a file whose bytes would not change is not touched.
 *
 * The folder keeps a list, ".evcal", of the files that evcal wrote there, each with a digest (base/hash.h). Only those
 * are ever replaced or removed, and only as long as they hold what evcal wrote; anything else is somebody's. No
 * symbolic link inside the folder is followed, so nothing is ever written outside it.
 */
#ifndef PUBLISH_TRANSACTION_H
#define PUBLISH_TRANSACTION_H

#include "base/str.h"

#include <sys/types.h>

struct arena;
struct transaction;

enum fate { FATE_NEW, FATE_CHANGED, FATE_UNCHANGED, FATE_REMOVED };

struct transaction_options {
	mode_t file_mode, folder_mode; /* exact, under any umask; 0644 and 0755, or 0600 and 0700 */
	bool personal;                 /* for one person each: there is "@" or "~" in their paths, and in no others; git
					* is told to pass over the folder */
	bool remove_stale;             /* files of an earlier run that this one does not add are removed */
	size_t expected;               /* so many files will be added, more or less */
	bool dry_run;                  /* nothing is written; the fates are worked out all the same */
};

/*
 * Opens the folder dir, making it (and its parents) where it is not there, and takes it for this run: a second process
 * waits until the first has ended. Files for one person and files for everybody do not share a folder: the latter may
 * be served to the whole world. NULL: trouble() has said why.
 */
struct transaction *transaction_open(struct arena *arena, const char *dir, struct transaction_options options);

/*
 * Adds one file: path is relative, of parts that are neither empty, ".", "..", nor begin with "."; its
 * text need not live on when the function returns. Writes to a staging area on the same file system unless the
 * published file holds these bytes already. False: trouble() has said why; nothing published has changed; only
 * transaction_close() may follow. Adding the same path twice is a bug (assert).
 */
bool transaction_add(struct transaction *transaction, struct str path, struct str text);
bool transaction_add_pieces(struct transaction *transaction, struct str path, const struct pieces *text);

/*
 * Makes all of it visible: everything to the disk, then one rename a file, then the removals. False: trouble() has said
 * why, files are old or new, and a later run puts things right.
 */
bool transaction_commit(struct transaction *transaction);

/* After the last transaction_add(): calls each for every file, in byte order of path, those that are or would be
 * removed included. */
void transaction_each(const struct transaction *transaction,
	void (*each)(void *context, struct str path, enum fate fate), void *context);

/* Reads what is published at a path now into bytes. False: errno says why: ENOENT where nothing is there, EFBIG where
 * there are more than most, or another. */
bool transaction_read(const struct transaction *transaction, struct str path, size_t most, struct buffer *bytes);

/* Without a commit before it, the folder is as it was before transaction_open(). NULL is passed over. */
void transaction_close(struct transaction *transaction);

/*
 * Replaces one file in an open folder (revisions.yaml) whole: staged beside it, synced, renamed; one with the same
 * bytes is not touched. What stands there afterwards is a regular file, also in place of a link. Where there was
 * one, reading and writing of its mode are kept, else it is mode; where root runs, it belongs to whom it did, or else
 * the folder. path is how the user is shown it. False: trouble() has said why, and the file is as it was.
 */
bool file_replace(int folder, const char *name, const char *path, struct str bytes, mode_t mode);

/* A file in an open folder, which must not be there twice among those that are replaced together. */
struct new_file {
	int folder;
	const char *name, *path;  /* path is how the user is shown it */
	struct str before, bytes; /* what was read of it, and what it is to hold */
};

/*
 * Replaces files as file_replace() does, all of them or none: each must be one that may be written and that still
 * holds what was read; all are staged before the first is renamed. False: trouble() has said why, and none has
 * changed.
 */
bool files_replace(const struct new_file *files, size_t count);

#endif
