/*
 * The list of the files that evcal wrote in a folder, ".evcal": text, a first line that names the version, then a line
 * "<digest> <path>" for each file, in byte order. While files are being replaced a path stands there once for each
 * version that it may hold, so that a run after one that was killed still knows them all.
 */
#ifndef PUBLISH_MANIFEST_H
#define PUBLISH_MANIFEST_H

#include "base/hash.h"

struct arena;

#define MANIFEST ".evcal"
/* What is read of it: more than for a calendar of 200,000 events. */
#define MANIFEST_MOST ((size_t)256 << 20)
/* Of a path in it, in bytes, and in folders; evcal writes shorter ones. And of its versions, one for each run that was
 * killed. */
enum { LISTED_PATH_MOST = 4095, LISTED_DEPTH_MOST = 8, LISTED_VERSIONS_MOST = 1000 };

struct manifest_entry {
	struct str path; /* a NUL stands behind it */
	struct digest *digests;
	size_t digest_count;
};

/* Zero-initialise it, but for the arena, which holds all of it. */
struct manifest {
	struct arena *arena;
	struct map by_path;
	struct manifest_entry **items;
	size_t count;
};

/* Whether path is relative, within the limits, of parts that are neither empty nor begin with ".", without control
 * characters. */
bool manifest_path(struct str path);
/* Adds a version of path, which lives as long as the list; the same one again adds nothing. */
void manifest_add(struct manifest *manifest, struct str path, const struct digest *digest);
/* NULL: path is not in the list. */
const struct manifest_entry *manifest_find(const struct manifest *manifest, struct str path);
bool listed_holds(const struct manifest_entry *listed, const struct digest *digest);
/* Adds what text lists. Returns 0, or the number of the first line that is not as manifest_write() writes it. */
size_t manifest_read(struct manifest *manifest, struct str text);
/* Adds the text of the list to buffer. Sorts the items. */
void manifest_write(struct manifest *manifest, struct buffer *buffer);

#endif
