/*
 * Hashes of bytes (xxHash): 64 bits for tables, 128 bits to tell contents apart. They protect against accidents, not
 * against somebody who makes collisions.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/str.h"

/* The digest as 32 lower-case hexadecimal digits and a NUL. The same on every machine. */
struct digest {
	char hex[33];
};

struct digest digest_of(struct str bytes);
struct digest digest_of_pieces(const struct pieces *pieces);
bool digest_same(const struct digest *a, const struct digest *b);

/* The same of bytes that come in parts, from hasher_open() to hasher_close(). */
struct hasher;

struct hasher *hasher_open(void);
void hasher_add(struct hasher *hasher, struct str bytes);
struct digest hasher_close(struct hasher *hasher);

/* A map from strings to pointers. It is zero at first. Its memory is in the arena, and its keys are not copied. */
struct map {
	struct map_slot *slots;
	size_t room, count;
};

/* Makes room for so many keys in all. A map that grows leaves its former memory in the arena. */
void map_reserve(struct map *map, struct arena *arena, size_t count);
/* The value of a key, or NULL. */
void *map_get(const struct map *map, struct str key);
/* Gives a key a value (not NULL), unless it has one. Returns the value that it has now: this one, or the earlier
 * one. */
void *map_put(struct map *map, struct arena *arena, struct str key, void *value);

#endif
