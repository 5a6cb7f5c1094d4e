#include "unit.h"

#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

static bool is_zero(const char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (bytes[i])
			return false;
	return true;
}

/* What was there before a mark stays; what is given out after a release is zeroed again, in whatever block it lies. */
static void scratch_goes_back(void **state)
{
	enum { SIZES = 6 };
	static const size_t sizes[SIZES] = {1, 1000, 100000, 300000, 3000000, 24};
	struct arena arena = {0};
	(void)state;
	struct str kept = str_copy(&arena, STR("kept"));
	for (int round = 0; round < 50; round++) {
		struct arena_mark mark = arena_mark(&arena);
		for (size_t i = 0; i < SIZES; i++) {
			char *memory = arena_alloc(&arena, sizes[i]);
			assert_true(is_zero(memory, sizes[i]));
			memset(memory, 0xFF, sizes[i]);
		}
		arena_release(&arena, mark);
		assert_true(str_equal(kept, STR("kept")));
		if (round % 10 == 0)
			kept = str_copy(&arena, kept);
	}
	struct arena_mark empty = {0};
	arena_release(&arena, empty);
	assert_null(arena.block);
	assert_true(is_zero(arena_alloc(&arena, 1000), 1000));
	arena_free(&arena);
}

/* An array that grows keeps what is in it, and what is new is zeroed. */
static void arrays_grow(void **state)
{
	struct arena arena = {0};
	int *items = NULL;
	(void)state;
	for (size_t i = 0; i < 100000; i++) {
		items = arena_grow(&arena, items, i, sizeof(*items));
		assert_int_equal(items[i], 0);
		items[i] = (int)i;
	}
	for (size_t i = 0; i < 100000; i++)
		assert_int_equal(items[i], i);
	arena_free(&arena);
}

/* In whatever parts bytes come, they have one digest. */
static void digests_in_parts(void **state)
{
	static char bytes[100000];
	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)(i * 7 + i / 251);
	for (size_t len = 0; len < sizeof(bytes); len = len * 3 + 1)
		for (size_t part = 1; part <= len + 1; part = part * 5 + 1) {
			struct digest whole = digest_of((struct str){bytes, len});
			struct hasher *hasher = hasher_open();
			for (size_t at = 0; at < len; at += part)
				hasher_add(hasher, (struct str){bytes + at, len - at < part ? len - at : part});
			struct digest parts = hasher_close(hasher);
			assert_string_equal(whole.hex, parts.hex);
			assert_int_equal(strspn(whole.hex, "0123456789abcdef"), 32);
		}
	assert_string_equal(digest_of(STR("")).hex, "99aa06d3014798d86001c324468d497f");
}

/* What was taken lives on, and the arena goes on where it was. */
static void blocks_are_taken(void **state)
{
	(void)state;
	const size_t sizes[] = {10, 3 << 20, 300 << 10};
	for (int begun = 0; begun < 2; begun++) {
		struct arena arena = {0}, other = {0};
		struct str kept[3], own = STR("");
		if (begun)
			own = str_copy(&arena, STR("own"));
		for (size_t i = 0; i < 3; i++) {
			kept[i] = str_format(&other, "%zu", sizes[i]);
			arena_alloc(&other, sizes[i]);
		}
		arena_take(&arena, &other);
		assert_null(other.block);
		arena_take(&arena, &other);
		memset(arena_bytes(&arena, 1 << 20), 'x', 1 << 20);
		for (size_t i = 0; i < 3; i++)
			assert_int_equal(strtoul(kept[i].ptr, NULL, 10), sizes[i]);
		assert_true(str_equal(own, begun ? STR("own") : STR("")));
		arena_free(&arena);
	}
}

/* Texts of any length, in an arena and at the end of a buffer. */
static void formats(void **state)
{
	struct arena arena = {0};
	struct buffer buffer = {0};
	(void)state;
	for (int width = 0; width < 1000; width++) {
		struct str text = str_format(&arena, "%*s%d", width, "", width);
		size_t begin = buffer.len;
		buffer_format(&buffer, "%*s%d", width, "", width);
		assert_true(str_equal(text, str_part(buffer_str(&buffer), begin, buffer.len)));
		assert_int_equal(text.len, (size_t)width + (width < 10 ? 1 : width < 100 ? 2 : 3));
		assert_int_equal(text.ptr[text.len], 0);
	}
	buffer_free(&buffer);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scratch_goes_back),
		cmocka_unit_test(blocks_are_taken),
		cmocka_unit_test(arrays_grow),
		cmocka_unit_test(digests_in_parts),
		cmocka_unit_test(formats),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
