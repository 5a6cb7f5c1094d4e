/* What evcal adds to a description is written twice, as plain text and as HTML: both say the same. */
#include "unit.h"

#include "decode/keys.h"
#include "text/words.h"

#include <stdlib.h>
#include <string.h>

/* The text of an HTML document of one line. */
static struct str text_of(struct str html)
{
	static const struct {
		const char *name, *text;
	} entities[] = {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&emsp;", "\t"}};
	enum { COUNT = sizeof(entities) / sizeof(*entities) };
	struct buffer out = {0};
	for (const char *at = strstr(html.ptr, "<body>") + 6, *end = strstr(html.ptr, "</body>"); at < end;) {
		size_t i = 0;
		if (!strncmp(at, "<br>", 4))
			buffer_byte(&out, '\n');
		if (*at == '<') {
			at = strchr(at, '>') + 1;
			continue;
		}
		while (i < COUNT && strncmp(at, entities[i].name, strlen(entities[i].name)) != 0)
			i++;
		buffer_add(&out, i < COUNT ? str_from(entities[i].text) : (struct str){at, 1});
		at += i < COUNT ? strlen(entities[i].name) : 1;
	}
	struct str text = str_copy(&test_arena, buffer_str(&out));
	buffer_free(&out);
	return text;
}

/* A line as decode/ takes it: without blanks at its ends. */
static struct text draw_line(void)
{
	static const char *const pieces[] = {"a", "Zaal 1", " ", "  ", ".", "-", "1.", "#", "*", "_", "`", "<b>",
		"&amp;", "&", "\\", "[x](y)", "![", "](", "~~", "|", "=", "+", "\t", "é", "é", "👍",
		"https://example.org/a_b_c", "www.example.org", "a@example.org", "(", ")", "\"", "'", "!", "$x$", ":",
		"http://", "<!--", ">", "{", "}"};
	struct buffer out = {0};
	for (int count = 1 + rand() % 6; count; count--)
		buffer_add(&out, str_from(pieces[(size_t)rand() % (sizeof(pieces) / sizeof(*pieces))]));
	struct str line = str_trim(str_copy(&test_arena, buffer_str(&out)));
	buffer_free(&out);
	return (struct text){{.given = GIVEN_VALID}, line.len ? line : STR("x")};
}

static struct text draw_url(void)
{
	static const char *const urls[] = {"https://example.org", "https://example.org/a_b_c?x=1&y=*2*#_z_",
		"https://example.org/(a)", "https://example.org/~a/", "https://example.org/a'b!c"};
	return (struct text){{.given = GIVEN_VALID}, str_from(urls[(size_t)rand() % (sizeof(urls) / sizeof(*urls))])};
}

static void drawn(void **state)
{
	(void)state;
	srand(23);
	for (int round = 0; round < 3000; round++) {
		struct calendar calendar = {.language = {{.given = GIVEN_VALID}, rand() % 2}};
		struct detail details[] = {{draw_line(), draw_line()}, {draw_line(), draw_line()}};
		const struct details given = {{.given = GIVEN_VALID}, details, (size_t)rand() % 3};
		const struct text url = draw_url();
		struct conference conference = {.at.given = rand() % 2 ? GIVEN_VALID : GIVEN_ABSENT, .url = draw_url()};
		if (rand() % 2)
			conference.label = draw_line();
		const struct registration registration = {
			.at.given = rand() % 2 ? GIVEN_VALID : GIVEN_ABSENT,
			.url = draw_url(),
			.phone = {{.given = GIVEN_VALID}, STR("+31 (0)70 - 123 45 67")},
			.capacity = {{.given = GIVEN_VALID}, rand() % 100},
			.full = {{.given = GIVEN_VALID}, rand() % 2},
		};
		struct event event;
		event_open(&event);
		event.details = &given;
		event.url = &url;
		event.conference = &conference;
		event.registration = &registration;
		struct str plain = words_description(&test_arena, &calendar, &event);
		assert_true(plain.len);
		assert_str(text_of(words_html(&test_arena, &calendar, &event)), plain.ptr);
	}
}

/* An address is given once, wherever it stood first. */
static void once(void **state)
{
	(void)state;
	struct calendar calendar = {.language = {{.given = GIVEN_VALID}, LANGUAGE_NL}};
	struct detail detail = {
		{{.given = GIVEN_VALID}, STR("Website")}, {{.given = GIVEN_VALID}, STR("https://example.org/a")}};
	const struct details details = {{.given = GIVEN_VALID}, &detail, 1};
	struct text url = {{.given = GIVEN_VALID}, STR("https://example.org/a")};
	struct event event;
	event_open(&event);
	event.details = &details;
	event.url = &url;
	assert_str(words_description(&test_arena, &calendar, &event), "Website: https://example.org/a");
	url.str = STR("https://example.org/ab");
	assert_str(words_description(&test_arena, &calendar, &event),
		"Website: https://example.org/a\nMeer informatie: https://example.org/ab");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(drawn, free_arena), cmocka_unit_test_teardown(once, free_arena)};
	return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
