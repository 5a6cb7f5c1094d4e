#include "unit.h"

#include "ical/fold.h"

#include <stdlib.h>
#include <string.h>

enum { LINE_MOST = 75 };

/* Takes the folding out again, and looks at every physical line on the way. */
static struct str unfold(struct str folded)
{
	struct buffer out = {0};
	size_t column = 0;
	for (size_t i = 0; i < folded.len; i++) {
		if (folded.ptr[i] == '\r') {
			assert_in_range(column, 1, LINE_MOST);
			assert_int_equal(folded.ptr[i + 1], '\n');
			bool fold = i + 2 < folded.len && folded.ptr[i + 2] == ' ';
			if (!fold)
				buffer_byte(&out, '\n');
			i += fold ? 2 : 1;
			column = fold;
		} else {
			buffer_byte(&out, folded.ptr[i]);
			column++;
		}
	}
	struct str unfolded = str_copy(&test_arena, buffer_str(&out));
	buffer_free(&out);
	return unfolded;
}

static struct str fold(const char *text)
{
	struct buffer out = {0};
	fold_lines(&out, str_from(text));
	struct str folded = str_copy(&test_arena, buffer_str(&out));
	buffer_free(&out);
	return folded;
}

static void short_lines_stay(void **state)
{
	(void)state;
	assert_str(fold("BEGIN:VEVENT\nSUMMARY:Een\r\n"), "BEGIN:VEVENT\r\nSUMMARY:Een\r\n");
	assert_str(fold("A:een\r\n  twee\r\nB:x\r\n"), "A:een twee\r\nB:x\r\n");
}

static void no_line_ends_inside_an_escape_or_character(void **state)
{
	static const char *const units[] = {"\\n", "\\,", "\\;", "\\\\", "é", "€", "😀", "x"};
	(void)state;
	for (size_t shift = 0; shift < 12; shift++)
		for (size_t unit = 0; unit < sizeof(units) / sizeof(*units); unit++) {
			char text[2000] = "DESCRIPTION:";
			for (size_t i = 0; i < shift; i++)
				strcat(text, "a");
			for (int i = 0; i < 200; i++)
				strcat(text, units[unit]);
			strcat(text, "\n");
			struct str folded = fold(text);
			assert_str(unfold(folded), text);
			for (size_t i = 2; i < folded.len; i++) {
				if (folded.ptr[i - 2] != '\r' || i == folded.len)
					continue;
				assert_int_not_equal(folded.ptr[i + 1] & 0xC0, 0x80);
				size_t backslashes = 0;
				while (folded.ptr[i - 3 - backslashes] == '\\')
					backslashes++;
				assert_int_equal(backslashes % 2, 0);
			}
		}
}

static void the_name_is_not_left_alone(void **state)
{
	char text[200] = "SUMMARY:";
	(void)state;
	memset(text + 8, 'w', 100);
	strcat(text, "\n");
	assert_int_equal(fold(text).ptr[8], 'w');
}

static void anything_comes_back(void **state)
{
	(void)state;
	srand(7);
	for (int round = 0; round < 2000; round++) {
		char text[600];
		size_t len = (size_t)rand() % 590;
		for (size_t i = 0; i < len; i++) {
			static const char letters[] = "ab \\,;:\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80n";
			text[i] = letters[(size_t)rand() % (sizeof(letters) - 1)];
		}
		/* A blank in front of a line would be a fold. */
		text[0] = 'X';
		text[len ? len : 1] = '\n';
		text[(len ? len : 1) + 1] = 0;
		assert_str(unfold(fold(text)), text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(short_lines_stay),
		cmocka_unit_test(no_line_ends_inside_an_escape_or_character),
		cmocka_unit_test(the_name_is_not_left_alone),
		cmocka_unit_test(anything_comes_back),
	};
	return cmocka_run_group_tests(tests, NULL, free_arena);
}
