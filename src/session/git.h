/*
 * A folder as it was in a git revision: git writes its files into a temporary folder of its own. Nothing of the
 * checkout, the index or the stash is touched, and no hook runs.
 */
#ifndef SESSION_GIT_H
#define SESSION_GIT_H

#include "base/str.h"

#include <stdbool.h>

struct arena;

enum git_state {
	GIT_DONE,
	GIT_REFUSED, /* no such revision, or not this folder in it: a message has said so */
	GIT_TROUBLE  /* the environment failed, and trouble() has said why */
};

/*
 * Writes the folder directory of a revision of the repository that it lies in. path, in the arena, is where it is, up
 * to git_remove().
 */
enum git_state git_write(struct arena *arena, const char *directory, const char *revision, struct str *path);

/* Removes what git_write() has written; a signal that ends the program does the same. */
void git_remove(void);

#endif
