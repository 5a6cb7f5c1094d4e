/*
 * Whether an export can be skipped. The user's cache remembers, in one small file for each output folder
 * ($XDG_CACHE_HOME/evcal, else ~/.cache/evcal), what the last export was made from and what it wrote. The cache may be
 * deleted at any time. None of this is ever an error: without a cache, everything is exported again.
 */
#ifndef PUBLISH_CACHE_H
#define PUBLISH_CACHE_H

#include "base/hash.h"

#include <stdbool.h>

struct arena;

/*
 * True if the last cache_keep() for the folder dir had the same origin, and the folder still holds the same files: the
 * same list (publish/manifest.h), and every file with the bytes of its digest there. *files is their number.
 */
bool cache_holds(struct arena *arena, const char *dir, const struct digest *origin, size_t *files);

/*
 * Remembers that all files of the folder, as it is listed now, were made from an origin: a digest of everything that
 * they depend on, the program included (base/program.h).
 */
void cache_keep(struct arena *arena, const char *dir, const struct digest *origin);

/* Makes the cache's folder where it can, and returns its path, in the arena; NULL: there can be none. */
const char *cache_prepare(struct arena *arena);

#endif
