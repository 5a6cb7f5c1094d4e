/* Cells of a Markdown table, as md4c reads them back: whatever is in a text, it is shown, and makes nothing else. */
#include "unit.h"

#include "report/markdown_cell.h"

#include <md4c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct read_back {
	unsigned cells, links, others;
	struct buffer texts[3], url;
};

static int enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
	struct read_back *read = context;
	(void)detail;
	if (type == MD_BLOCK_TD)
		read->cells++;
	return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *context)
{
	(void)type, (void)detail, (void)context;
	return 0;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *context)
{
	struct read_back *read = context;
	if (type != MD_SPAN_A) {
		read->others++;
		return 0;
	}
	read->links++;
	MD_ATTRIBUTE href = ((MD_SPAN_A_DETAIL *)detail)->href;
	for (unsigned i = 0; href.substr_offsets[i] < href.size; i++) {
		unsigned begin = href.substr_offsets[i], end = href.substr_offsets[i + 1];
		struct str part = {href.text + begin, end - begin};
		buffer_add(&read->url, str_equal(part, STR("&amp;")) ? STR("&") : part);
	}
	return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *context)
{
	(void)type, (void)detail, (void)context;
	return 0;
}

static int take_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *context)
{
	struct read_back *read = context;
	struct str s = {text, size};
	if (type == MD_TEXT_ENTITY) {
		assert_str(s, "&#124;");
		s = STR("|");
	} else if (type != MD_TEXT_NORMAL) {
		read->others++;
	}
	if (read->cells >= 1 && read->cells <= 3)
		buffer_add(&read->texts[read->cells - 1], s);
	return 0;
}

/* A row of a plain cell, a cell with the text, and one with a link, read as programs of today read it. */
static void read_row(struct read_back *read, const char *text, const char *url)
{
	char *table = NULL;
	size_t len = 0;
	FILE *stream = open_memstream(&table, &len);
	assert_non_null(stream);
	fputs("| a | b | c |\n| --- | --- | --- |\n| plain | ", stream);
	markdown_text(stream, str_from(text));
	fputs(" | ", stream);
	markdown_link(stream, str_from(text), str_from(url));
	fputs(" |\n", stream);
	fclose(stream);
	MD_PARSER parser = {
		.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_LATEXMATHSPANS | MD_FLAG_UNDERLINE,
		.enter_block = enter_block,
		.leave_block = leave_block,
		.enter_span = enter_span,
		.leave_span = leave_span,
		.text = take_text};
	assert_int_equal(md_parse(table, (MD_SIZE)len, &parser, read), 0);
	free(table);
}

static void hostile_texts(void **state)
{
	(void)state;
	static const char *const texts[] = {"a | b", "a \\| b", "a \\\\| b", "\\", "x\\", "`code` | `", "``a",
		"*a* **b** _c_ __d__", "<b>x</b>", "<!-- x", "<https://example.org>", "[x](https://example.org)", "[x]",
		"![x](y)", "](<z>)", "&amp; &lt; &#124;", "~~x~~", "$x$", "# x", "- x", "1. x", "--- | ---", "[", "]"};
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct read_back read = {0};
		read_row(&read, texts[i], "https://example.org/");
		assert_int_equal(read.cells, 3);
		assert_int_equal(read.links, 1);
		assert_int_equal(read.others, 0);
		assert_str(buffer_str(&read.texts[0]), "plain");
		assert_str(buffer_str(&read.texts[1]), texts[i]);
		assert_str(buffer_str(&read.texts[2]), texts[i]);
		assert_str(buffer_str(&read.url), "https://example.org/");
		for (int cell = 0; cell < 3; cell++)
			buffer_free(&read.texts[cell]);
		buffer_free(&read.url);
	}
}

static void lines_and_controls(void **state)
{
	(void)state;
	struct read_back read = {0};
	read_row(&read, "one\ntwo\r\nthree\tfour\x1b[31m", "");
	assert_int_equal(read.cells, 3);
	assert_int_equal(read.links, 0);
	assert_str(buffer_str(&read.texts[1]), "one two  three four\xEF\xBF\xBD[31m");
	for (int cell = 0; cell < 3; cell++)
		buffer_free(&read.texts[cell]);
}

static void addresses(void **state)
{
	(void)state;
	static const char *const urls[][2] = {
		{"https://example.org/?a=1&copy;=2&b", "https://example.org/?a=1&copy;=2&b"},
		{"https://example.org/a|b", "https://example.org/a%7Cb"},
		{"https://example.org/>) <b>", "https://example.org/%3E)%20%3Cb%3E"},
		{"https://example.org/\\>", "https://example.org/%5C%3E"},
		{"https://example.org/(a)*b*", "https://example.org/(a)*b*"}};
	for (size_t i = 0; i < sizeof(urls) / sizeof(*urls); i++) {
		struct read_back read = {0};
		read_row(&read, "x", urls[i][0]);
		assert_int_equal(read.cells, 3);
		assert_int_equal(read.links, 1);
		assert_str(buffer_str(&read.url), urls[i][1]);
		for (int cell = 0; cell < 3; cell++)
			buffer_free(&read.texts[cell]);
		buffer_free(&read.url);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hostile_texts),
		cmocka_unit_test(lines_and_controls),
		cmocka_unit_test(addresses),
	};
	return cmocka_run_group_tests(tests, NULL, free_arena);
}
