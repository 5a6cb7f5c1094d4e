/* What findings know to be surely meant, written into the files: "evcal validate --fix". */
#ifndef SESSION_FIX_H
#define SESSION_FIX_H

#include "session/session.h"

/* How many fixes went into how many files, and which. */
struct fixed {
	size_t fixes, files;
	struct str names; /* "a.yaml, b.yaml", in the arena of the loaded calendar */
};

/*
 * Applies the fixes of the findings that are not hidden, and replaces the files whole, all of them or none. Of fixes
 * that overlap only the first is applied: the next run finds the others again. The findings are sorted. False:
 * trouble() has said why, and no file has changed.
 */
bool fixes_write(struct loaded *loaded, struct fixed *fixed);

#endif
