#include "unit.h"

#include "text/markdown.h"

#include <string.h>

static struct str text(const char *markdown)
{
	struct str part = str_from(markdown);
	return markdown_to_text(&test_arena, &part, 1);
}

static struct str html(const char *markdown)
{
	struct str part = str_from(markdown);
	struct str whole = markdown_to_html(&test_arena, &part, 1);
	const char *begin = strstr(whole.ptr, "<body>") + 6, *end = strstr(whole.ptr, "</body>");
	assert_true(str_starts(whole, STR("<!DOCTYPE html>")) && str_ends(whole, STR("</html>")));
	return (struct str){begin, (size_t)(end - begin)};
}

static void plain_text(void **state)
{
	static const struct {
		const char *markdown, *text;
	} cases[] = {
		{"", ""},
		{"Een\ntwee  \ndrie\\\nvier", "Een twee\ndrie\nvier"},
		{"Een\n\n\n\ntwee", "Een\n\ntwee"},
		{"# Kop\ntekst", "Kop\n\ntekst"},
		{"*a* **b** `c` ~~d~~", "a b c ~~d~~"},
		{"- een\n- twee\n  - diep\n- drie", "- een\n- twee\n  - diep\n- drie"},
		{"9. negen\n10. tien", "9. negen\n10. tien"},
		{"- een\n\n- twee\n\n  alinea", "- een\n\n- twee\n\n  alinea"},
		{"a\n\n- b\n\nc", "a\n\n- b\n\nc"},
		{"[site](https://example.org/x)", "site (https://example.org/x)"},
		{"<https://example.org>", "https://example.org"},
		{"https://example.org", "https://example.org"},
		{"[https://example.org](https://example.org)", "https://example.org"},
		{"www.example.org", "www.example.org"},
		{"info@example.org", "info@example.org"},
		{"[mail](mailto:info@example.org)", "mail (info@example.org)"},
		{"[x](javascript:alert(1))", "x"},
		{"[x](https://example.org/?a=1&amp;b=2)", "x (https://example.org/?a=1&b=2)"},
		{"![beeld](https://example.org/b.png)", "beeld"},
		{"&eacute;&#233;&#xE9; &euro; &amp; &onbekend;", "ééé € & &onbekend;"},
		{"&#7;x", "x"},
		{"a <b>vet</b> b", "a vet b"},
		{"<script>\nalert(1)\n</script>", ""},
		{"> citaat", "citaat"},
		{"```\ncode\n  in\n```\nna", "code\n  in\n\nna"},
		{"a\tb", "a b"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_str(text(cases[i].markdown), cases[i].text);
}

static void as_html(void **state)
{
	(void)state;
	assert_str(html("a *b* **c** `d`"), "<p>a <em>b</em> <strong>c</strong> <code>d</code></p>");
	assert_str(html("a < b & \"c\""), "<p>a &lt; b &amp; &quot;c&quot;</p>");
	assert_str(html("<b onclick=x>a</b>"), "<p>a</p>");
	assert_str(html("[x](https://example.org/?a=1&b=%22)"),
		"<p><a href=\"https://example.org/?a=1&amp;b=%22\">x</a></p>");
	assert_str(html("[x](javascript:alert(1))"), "<p><a>x</a></p>");
	assert_str(html("3. a\n4. b"), "<ol start=\"3\"><li>a</li><li>b</li></ol>");
	assert_null(strchr(html("a  \nb\n\n```\nc\nd\n```").ptr, '\n'));
}

static void parts_stand_alone(void **state)
{
	struct str parts[] = {STR("```\nopen"), STR("*b*")};
	(void)state;
	assert_str(markdown_to_text(&test_arena, parts, 2), "open\n\nb");
}

static void deep_and_long(void **state)
{
	static char markdown[100001];
	(void)state;
	static const char *const hostile[] = {"[", "*", ">", "- ", "![", "`", "<", "&#"};
	for (size_t i = 0; i < sizeof(hostile) / sizeof(*hostile); i++) {
		size_t len = strlen(hostile[i]);
		for (size_t at = 0; at + len < sizeof(markdown); at += len)
			memcpy(markdown + at, hostile[i], len + 1);
		/* It must come back; what it gives is of no use to anybody. */
		assert_true(text(markdown).len <= 3 * sizeof(markdown));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_text),
		cmocka_unit_test(as_html),
		cmocka_unit_test(parts_stand_alone),
		cmocka_unit_test(deep_and_long),
	};
	return cmocka_run_group_tests(tests, NULL, free_arena);
}
