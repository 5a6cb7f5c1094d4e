/*
 * The output folder and the folders in it, each opened once, by its name in its open parent, so that no symbolic link
 * leads outside. The output folder itself may be a link. It stays locked from folders_open() to folders_close().
 */
#ifndef PUBLISH_FOLDER_H
#define PUBLISH_FOLDER_H

#include "base/hash.h"
#include "publish/io.h"

struct arena;

struct folder {
	struct folder *parent; /* NULL: the output folder */
	struct str path;       /* in the output folder, a NUL behind it; "" for that itself */
	int fd;                /* -1: it is not open */
	int error;             /* why not: ENOENT: it is not there; ENOTDIR: a file or a link is; or another errno */
	bool made;             /* by this run */
	bool touched;          /* a name in it was added, replaced or removed */
	bool emptied;          /* a file of ours has left it */
};

struct folders {
	struct arena *arena;
	const char *dir;       /* the output folder as the user named it, without slashes at its end */
	struct folder **items; /* the first is the output folder; each stands behind its parent */
	size_t count;
	struct map by_path;
	struct owner owner; /* of the output folder: what root makes in it is theirs too */
	const char **made;  /* the output folder and its parents, where this run made them */
	size_t made_count;
};

/*
 * Opens and locks the output folder; one line on standard error says so where another process has it. mode: it is made
 * (and its parents) where it is not there; NULL: it is only looked at, neither made nor locked, and need not be there.
 * False: trouble() has said why.
 */
bool folders_open(struct folders *folders, struct arena *arena, const char *dir, const mode_t *mode);
/* The folder of the file at path; it need not be there. */
struct folder *folder_of(struct folders *folders, struct str path);
/* Makes the folder, and its parents, where it is not there. False: errno. */
bool folder_make(struct folders *folders, struct folder *folder, mode_t mode);
/* Removes those that are emptied and hold nothing any more. NULL, or the one that could not be removed: errno. */
const struct folder *folders_tidy(struct folders *folders);
/* Every change of the names in them is on the disk. NULL, or the one for which that failed: errno. */
const struct folder *folders_sync(struct folders *folders);
/* Removes the folders that this run made and that are empty. */
void folders_undo(struct folders *folders);
void folders_close(struct folders *folders);
/* A path in the output folder as the user is shown it. */
const char *folders_path(const struct folders *folders, const char *path);

#endif
