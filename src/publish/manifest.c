#include "publish/manifest.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_LINE STR("# evcal 1: the files that evcal wrote here, each with its digest")

enum { DIGEST_LEN = sizeof(struct digest) - 1 };

bool manifest_path(struct str path)
{
	bool begins = true;
	unsigned depth = 0;
	if (path.len > LISTED_PATH_MOST)
		return false;
	for (size_t i = 0; i < path.len; i++) {
		unsigned char c = (unsigned char)path.ptr[i];
		if (c < 0x20 || c == 0x7F || (begins && (c == '.' || c == '/')))
			return false;
		begins = c == '/';
		depth += begins;
	}
	return !begins && depth <= LISTED_DEPTH_MOST;
}

const struct manifest_entry *manifest_find(const struct manifest *manifest, struct str path)
{
	return map_get(&manifest->by_path, path);
}

bool listed_holds(const struct manifest_entry *listed, const struct digest *digest)
{
	for (size_t i = 0; i < listed->digest_count; i++)
		if (digest_same(&listed->digests[i], digest))
			return true;
	return false;
}

void manifest_add(struct manifest *manifest, struct str path, const struct digest *digest)
{
	struct arena *arena = manifest->arena;
	struct manifest_entry *listed = map_get(&manifest->by_path, path);
	if (!listed) {
		listed = arena_alloc(arena, sizeof(*listed));
		listed->path = path;
		map_put(&manifest->by_path, arena, listed->path, listed);
		manifest->items = arena_grow(arena, manifest->items, manifest->count, sizeof(*manifest->items));
		manifest->items[manifest->count++] = listed;
	}
	if (listed_holds(listed, digest))
		return;
	struct digest *digests = listed->digests;
	/* Nearly all have one. */
	if (!listed->digest_count) {
		listed->digests = arena_alloc(arena, sizeof(*digests));
	} else if (listed->digest_count == 1) {
		listed->digests = arena_grow(arena, NULL, 0, sizeof(*digests));
		listed->digests[0] = digests[0];
	} else {
		listed->digests = arena_grow(arena, digests, listed->digest_count, sizeof(*digests));
	}
	listed->digests[listed->digest_count++] = *digest;
}

static bool read_line(struct manifest *manifest, struct str line)
{
	struct digest digest = {0};
	if (line.len < DIGEST_LEN + 1 || line.ptr[DIGEST_LEN] != ' ')
		return false;
	for (size_t i = 0; i < DIGEST_LEN; i++)
		if (!strchr("0123456789abcdef", line.ptr[i]) || !line.ptr[i])
			return false;
	memcpy(digest.hex, line.ptr, DIGEST_LEN);
	struct str path = str_part(line, DIGEST_LEN + 1, line.len);
	const struct manifest_entry *listed = manifest_find(manifest, path);
	if (!manifest_path(path) || (listed && listed->digest_count == LISTED_VERSIONS_MOST))
		return false;
	manifest_add(manifest, str_copy(manifest->arena, path), &digest);
	return true;
}

size_t manifest_read(struct manifest *manifest, struct str text)
{
	for (size_t number = 1; text.len || number == 1; number++) {
		size_t end = str_find(text, '\n');
		struct str line = str_part(text, 0, end);
		/* A line without an end has lost the rest of its path. */
		if (end == text.len)
			return number;
		if (number == 1 ? !str_equal(line, FIRST_LINE) : !read_line(manifest, line))
			return number;
		text = str_part(text, end + 1, text.len);
	}
	return 0;
}

static int by_path(const void *a, const void *b)
{
	return str_compare((*(struct manifest_entry *const *)a)->path, (*(struct manifest_entry *const *)b)->path);
}

static int by_hex(const void *a, const void *b)
{
	return strcmp(((const struct digest *)a)->hex, ((const struct digest *)b)->hex);
}

void manifest_write(struct manifest *manifest, struct buffer *buffer)
{
	buffer_add(buffer, FIRST_LINE);
	buffer_byte(buffer, '\n');
	if (manifest->count)
		qsort(manifest->items, manifest->count, sizeof(*manifest->items), by_path);
	for (size_t i = 0; i < manifest->count; i++) {
		struct manifest_entry *listed = manifest->items[i];
		qsort(listed->digests, listed->digest_count, sizeof(*listed->digests), by_hex);
		for (size_t j = 0; j < listed->digest_count; j++) {
			buffer_add(buffer, (struct str){listed->digests[j].hex, DIGEST_LEN});
			buffer_byte(buffer, ' ');
			buffer_add(buffer, listed->path);
			buffer_byte(buffer, '\n');
		}
	}
}
