/*
 * Hashes of octets (xxHash): 64 bits for tables, 128 bits for telling contents apart. They guard against slips, not
 * against somebody who makes collisions.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/str.h"

/* The digest as 32 lower-case hexadecimal digits and a NUL. The same on every machine. */
struct digest {
	char hex[33];
};

struct digest digest_of(struct str octets);
bool digest_same(const struct digest *a, const struct digest *b);

/* The same of octets that come in parts, from hasher_open() to hasher_close(). */
struct hasher;

struct hasher *hasher_open(void);
void hasher_add(struct hasher *hasher, struct str octets);
struct digest hasher_close(struct hasher *hasher);

/* A map from strings to pointers. Zero-initialise it; its memory is the arena's, its keys are not copied. */
struct map {
	struct map_slot *slots;
	size_t room, count;
};

/* Room for so many keys altogether, so that it need not grow, and leave behind in the arena what it grew out of. */
void map_reserve(struct map *map, struct arena *arena, size_t count);
/* What was put under key, or NULL. */
void *map_get(const struct map *map, struct str key);
/* Puts value (not NULL) under key, if nothing is there yet. Returns what is there now: value, or the earlier one. */
void *map_put(struct map *map, struct arena *arena, struct str key, void *value);

#endif
