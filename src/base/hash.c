#include "base/hash.h"

#include "base/arena.h"

#include <xxhash.h>

enum { FIRST_ROOM = 64 };

struct map_slot {
	struct str key;
	uint64_t hash; /* of the key, which lies elsewhere */
	void *value;
};

static struct digest digest_from(XXH128_hash_t hash)
{
	static const char digits[] = "0123456789abcdef";
	XXH128_canonical_t canonical;
	struct digest digest = {{0}};
	XXH128_canonicalFromHash(&canonical, hash);
	for (size_t i = 0; i < sizeof(canonical.digest); i++) {
		digest.hex[2 * i] = digits[canonical.digest[i] >> 4];
		digest.hex[2 * i + 1] = digits[canonical.digest[i] & 15];
	}
	return digest;
}

struct digest digest_of(struct str bytes)
{
	return digest_from(XXH3_128bits(bytes.ptr, bytes.len));
}

bool digest_same(const struct digest *a, const struct digest *b)
{
	return !memcmp(a->hex, b->hex, sizeof(a->hex));
}

struct hasher *hasher_open(void)
{
	XXH3_state_t *state = XXH3_createState();
	if (!state)
		memory_gone();
	XXH3_128bits_reset(state);
	return (struct hasher *)state;
}

void hasher_add(struct hasher *hasher, struct str bytes)
{
	XXH3_128bits_update((XXH3_state_t *)hasher, bytes.ptr, bytes.len);
}

struct digest hasher_close(struct hasher *hasher)
{
	struct digest digest = digest_from(XXH3_128bits_digest((XXH3_state_t *)hasher));
	XXH3_freeState((XXH3_state_t *)hasher);
	return digest;
}

struct digest digest_of_pieces(const struct pieces *pieces)
{
	if (pieces->count == 1)
		return digest_of(pieces->items[0]);
	struct hasher *hasher = hasher_open();
	for (size_t i = 0; i < pieces->count; i++)
		hasher_add(hasher, pieces->items[i]);
	return hasher_close(hasher);
}

static struct map_slot *slot_of(const struct map *map, struct str key, uint64_t hash)
{
	size_t i = (size_t)hash & (map->room - 1);
	while (map->slots[i].value && !(map->slots[i].hash == hash && str_equal(map->slots[i].key, key)))
		i = (i + 1) & (map->room - 1);
	return &map->slots[i];
}

void *map_get(const struct map *map, struct str key)
{
	return map->room ? slot_of(map, key, XXH3_64bits(key.ptr, key.len))->value : NULL;
}

void map_reserve(struct map *map, struct arena *arena, size_t count)
{
	struct map larger = {.room = map->room ? map->room : FIRST_ROOM, .count = map->count};
	while (larger.room < 2 * count)
		larger.room *= 2;
	if (larger.room == map->room)
		return;
	larger.slots = arena_alloc(arena, larger.room * sizeof(*larger.slots));
	for (size_t i = 0; i < map->room; i++)
		if (map->slots[i].value)
			*slot_of(&larger, map->slots[i].key, map->slots[i].hash) = map->slots[i];
	*map = larger;
}

void *map_put(struct map *map, struct arena *arena, struct str key, void *value)
{
	map_reserve(map, arena, map->count + 1);
	uint64_t hash = XXH3_64bits(key.ptr, key.len);
	struct map_slot *slot = slot_of(map, key, hash);
	if (!slot->value) {
		*slot = (struct map_slot){key, hash, value};
		map->count++;
	}
	return slot->value;
}
