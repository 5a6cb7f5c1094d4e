#include "unit.h"

#include "report/escape.h"

#include <utf8proc.h>

static void words_as_they_are_shown(void **state)
{
	static const struct {
		const char *word, *shown;
	} cases[] = {
		{"", ""},
		{"events/a.yaml", "events/a.yaml"},
		{"Caf\u00e9 \u2013 \u65e5\u672c\u8a9e", "Caf\u00e9 \u2013 \u65e5\u672c\u8a9e"},
		{"C:\\data", "C:\\data"},
		{"a\nb\tc\rd", "a\\nb\\tc\\rd"},
		{"\x1b[2J\x07\x7f", "\\x1B[2J\\x07\\x7F"},
		{"a\xc2\x85"
		 "b\xc2\x9b"
		 "c",
			"a\\x85b\\x9Bc"},
		{"\u2028\u2029", "\\u2028\\u2029"},
		{"x\u202egnp.exe\u2066\u200f\u061c", "x\\u202Egnp.exe\\u2066\\u200F\\u061C"},
		{"\u00ad\u200b\ufeff\U000e0001", "\\xAD\\u200B\\uFEFF\\U000E0001"},
		{"\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"},
		{"Zaal\xff \xe2\x80", "Zaal\\xFF \\xE2\\x80"},
		{"\xed\xa0\x80", "\\xED\\xA0\\x80"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_str(escape(&test_arena, str_from(cases[i].word)), cases[i].shown);
	struct str nul = {"a\0b", 3};
	assert_str(escape(&test_arena, nul), "a\\x00b");
}

/* Whatever goes in, what comes out is UTF-8 on one line, and comes out as it is a second time. */
static void any_bytes(void **state)
{
	uint32_t seed = 1;
	char bytes[64];
	(void)state;
	for (int round = 0; round < 20000; round++) {
		size_t len = (size_t)round % sizeof(bytes);
		for (size_t i = 0; i < len; i++) {
			seed = seed * 1664525 + 1013904223;
			/* Half of them begin something: a control character, what has two, three or four bytes. */
			bytes[i] = round % 2 ? (char)(seed >> 24) : "\x1b\xc2\xe2\xf3\x80\xa8\n x"[seed >> 29];
		}
		struct str shown = escape(&test_arena, (struct str){bytes, len});
		for (size_t i = 0; i < shown.len;) {
			int32_t point;
			ptrdiff_t step =
				utf8proc_iterate((const uint8_t *)shown.ptr + i, (ptrdiff_t)(shown.len - i), &point);
			assert_true(step > 0);
			assert_true(point >= ' ' && (point < 0x7F || point >= 0xA0));
			assert_true(point != 0x2028 && point != 0x2029 && !(point >= 0x202A && point <= 0x202E));
			i += (size_t)step;
		}
		assert_true(str_equal(escape(&test_arena, shown), shown));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_as_they_are_shown),
		cmocka_unit_test(any_bytes),
	};
	return cmocka_run_group_tests_name("escape", tests, NULL, free_arena);
}
