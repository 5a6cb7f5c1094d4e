/*
 * What an export left in a folder, and what it was made from: where all of that is as it was, the next one would leave the
 * same and need not be made. It is remembered in the user's cache, one small file for each folder
 * ($XDG_CACHE_HOME/evcal, else ~/.cache/evcal), which may be deleted at any time. Nothing in here is trouble: what cannot
 * be remembered is made again.
 */
#ifndef PUBLISH_CACHE_H
#define PUBLISH_CACHE_H

#include "base/hash.h"

#include <stdbool.h>

struct arena;

/*
 * Whether the folder dir holds just what was left there when recall_keep() was called with the same origin: the same list
 * (publish/manifest.h), and every file in it with the octets that the list says. *files is how many those are.
 */
bool recall_holds(struct arena *arena, const char *dir, const struct digest *origin, size_t *files);

/* Remembers that the folder, as it is listed now, was made whole from an origin: a digest of everything that what was
 * published depends on, the program included (base/program.h). */
void recall_keep(struct arena *arena, const char *dir, const struct digest *origin);

#endif
