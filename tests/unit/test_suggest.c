#include "unit.h"

#include "base/hash.h"
#include "base/suggest.h"

static struct str nearest(const char *written)
{
	static const char *const words[] = {"summary", "start", "end", "location", "description", "status", "color"};
	struct suggestion near = {0};
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		suggest(&near, str_from(written), str_from(words[i]));
	return near.best.ptr ? near.best : STR("");
}

static void slips(void **state)
{
	(void)state;
	assert_str(nearest("sumary"), "summary");
	assert_str(nearest("SUMMARY"), "summary");
	assert_str(nearest("strat"), "start");
	assert_str(nearest("colour"), "color");
	assert_str(nearest("descripton"), "description");
	assert_str(nearest("edn"), "end");
	assert_str(nearest("xyz"), "");
	assert_str(nearest(""), "");
	assert_str(nearest("capacity"), "");
}

static bool is_sure(const char *written)
{
	static const char *const words[] = {"summary", "start", "end", "status", "types", "type", NULL};
	struct suggestion near = {0};
	suggest_all(&near, str_from(written), words, sizeof(*words));
	return near.sure;
}

static void what_is_sure(void **state)
{
	(void)state;
	assert_true(is_sure("sumary"));
	assert_true(is_sure("Status"));
	assert_true(is_sure("strat"));
	assert_true(is_sure("END"));
	assert_false(is_sure("ent"));
	assert_false(is_sure("sttas"));
	assert_false(is_sure("stat"));
	assert_true(is_sure("tyypes"));
	assert_false(is_sure(""));
}

static size_t least_of(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* The distance of two words, cell by cell. */
static size_t plain_distance(const char *a, const char *b)
{
	size_t d[16][16], m = strlen(a), n = strlen(b);
	for (size_t i = 0; i <= m; i++)
		for (size_t j = 0; j <= n; j++) {
			if (!i || !j) {
				d[i][j] = i + j;
				continue;
			}
			d[i][j] = least_of(
				least_of(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				d[i][j] = least_of(d[i][j], d[i - 2][j - 2] + 1);
		}
	return d[m][n];
}

static void distances(void **state)
{
	unsigned seed = 1;
	(void)state;
	for (int n = 0; n < 200000; n++) {
		char words[2][14];
		for (int w = 0; w < 2; w++) {
			size_t len = 1 + (seed = seed * 1103515245 + 12345) / 65536 % 13;
			for (size_t i = 0; i < len; i++)
				words[w][i] = (char)('a' + (seed = seed * 1103515245 + 12345) / 65536 % 3);
			words[w][len] = 0;
		}
		struct suggestion near = {0};
		suggest(&near, str_from(words[0]), str_from(words[1]));
		size_t d = plain_distance(words[0], words[1]), len = strlen(words[0]);
		bool is_near = d <= (len <= 2 ? 1 : least_of((len + 2) / 3, 4)) && d < strlen(words[1]);
		if (is_near != (near.best.ptr != NULL) || (is_near && near.distance != d))
			fail_msg("%s, %s: %zu", words[0], words[1], d);
	}
}

static void maps(void **state)
{
	struct map map = {0};
	static int values[1000];
	(void)state;
	for (int i = 0; i < 1000; i++)
		assert_ptr_equal(
			map_put(&map, &test_arena, str_format(&test_arena, "key %d", i), &values[i]), &values[i]);
	for (int i = 0; i < 1000; i++)
		assert_ptr_equal(map_get(&map, str_format(&test_arena, "key %d", i)), &values[i]);
	assert_ptr_equal(map_put(&map, &test_arena, STR("key 7"), &values[8]), &values[7]);
	assert_null(map_get(&map, STR("key 1000")));
	assert_string_equal(digest_of(STR("")).hex, "99aa06d3014798d86001c324468d497f");
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(slips), cmocka_unit_test(what_is_sure),
		cmocka_unit_test(distances), cmocka_unit_test(maps)};
	return cmocka_run_group_tests(tests, NULL, free_arena);
}
