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
		{"Een\ntwee  \ndrie\\\nvier", "Een\ntwee\ndrie\nvier"},
		{"Een\n\n\n\ntwee", "Een\n\ntwee"},
		{"14:00\tInloop\n14:30\tOpening", "14:00\tInloop\n14:30\tOpening"},
		{"• een\n• twee", "• een\n• twee"},
		{"# Kop\ntekst", "Kop\n\ntekst"},
		{"*a* **b** `c` ~~d~~", "a b c ~~d~~"},
		{"`a\nb`", "a\nb"},
		{"- een\n- twee\n  - diep\n- drie", "- een\n- twee\n  - diep\n- drie"},
		{"- een\n\n- twee\n\n  alinea", "- een\n\n- twee\n\n  alinea"},
		{"- een\n  twee", "- een\n  twee"},
		{"- - a", "- - a"},
		{"a\n\n- b\n\nc", "a\n\n- b\n\nc"},
		{"> citaat\n> twee", "citaat\ntwee"},
		{"```\ncode\n  in\n```\nna", "code\n  in\n\nna"},
		{"&eacute;&#233;&#xE9; &euro; &amp; &rarr; &onbekend;", "ééé € & → &onbekend;"},
		{"&#7;x &#0; &#xD800;", "&#7;x &#0; &#xD800;"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_str(text(cases[i].markdown), cases[i].text);
}

/* What CommonMark would drop, hide or write otherwise. */
static void as_typed(void **state)
{
	static const struct {
		const char *markdown, *text;
	} cases[] = {
		{"9. negen\n10. tien", "9. negen\n10. tien"},
		{"1. een\n1. nog een", "1. een\n1. nog een"},
		{"3) drie\n7) zeven", "3) drie\n7) zeven"},
		{"007. x\n1.\n1. y", "007. x\n1.\n1. y"},
		{"1. 2. x", "1. 2. x"},
		{"> 4. a\n> 6. b", "4. a\n6. b"},
		{"- a\n  5. b\n  9. c\n- d", "- a\n  5. b\n  9. c\n- d"},
		{"2*3*4 en 2**3**4, *2*3*", "2*3*4 en 2**3**4, 2*3"},
		{"```python info\ncode\n```", "python info\ncode"},
		{"[NB]: gratis\n\ntekst", "[NB]: gratis\n\ntekst"},
		{"[NB]: gratis\n\n[NB] tekst", "[NB]: gratis\n\n[NB] tekst"},
		{"[1]: https://example.org/x\n\ntekst", "[1]: https://example.org/x\n\ntekst"},
		{"[a][1]\n\n[1]: https://example.org/?a=1&b=2 \"T\"", "a (https://example.org/?a=1&b=2 \"T\")"},
		{"[a](https://example.org \"Titel\")", "a (https://example.org \"Titel\")"},
		{"<?php echo 1 ?> <!DOCTYPE x> <![CDATA[y]]>", "<?php echo 1 ?> <!DOCTYPE x> <![CDATA[y]]>"},
		{"Beste <naam>,", "Beste <naam>,"},
		{"<naam>\n- *een*", "<naam>\n\n- een"},
		{"<Zaal:3> </naam> <a@b>", "<Zaal:3> </naam> <a@b>"},
		{"<script>\nalert(1)\n</script>", "<script>\nalert(1)\n</script>"},
		{"a <!-- open", "a <!-- open"},
		{"`<!-- code -->`", "<!-- code -->"},
		{"https://example.org/_a_b_/*c*d zie", "https://example.org/_a_b_/*c*d zie"},
		{"**https://example.org/x_y_z**", "https://example.org/x_y_z"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_str(text(cases[i].markdown), cases[i].text);
}

static void links(void **state)
{
	static const struct {
		const char *markdown, *text;
	} cases[] = {
		{"[site](https://example.org/x)", "site (https://example.org/x)"},
		{"[aanmelden](https://example.org/aanmelden)", "aanmelden (https://example.org/aanmelden)"},
		{"[https://bank.example](https://x.example/?https://bank.example)",
			"https://bank.example (https://x.example/?https://bank.example)"},
		{"[https://example.org](https://example.org)", "https://example.org"},
		{"<https://example.org>, https://example.org en www.example.org",
			"https://example.org, https://example.org en www.example.org"},
		{"zie<https://example.org>nu", "zie https://example.org nu"},
		{"zie[](https://example.org), (<https://example.org>)",
			"zie https://example.org, (https://example.org)"},
		{"info@example.org, <info@example.org>", "info@example.org, info@example.org"},
		{"[mail](mailto:info@example.org)", "mail (info@example.org)"},
		{"[info@example.org](mailto:info@example.org)", "info@example.org"},
		{"[x](https://example.org/?a=1&amp;b=2)", "x (https://example.org/?a=1&b=2)"},
		{"![beeld](https://example.org/b.png)", "beeld (https://example.org/b.png)"},
		{"[![a](https://example.org/a.png)](https://example.org)",
			"a (https://example.org/a.png) (https://example.org)"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_str(text(cases[i].markdown), cases[i].text);
}

/* Tags that people paste mean what they mean. */
static void tags(void **state)
{
	static const struct {
		const char *markdown, *text;
	} cases[] = {
		{"<p>Kom langs.</p>", "Kom langs."},
		{"<p>een</p><p>twee</p>", "een\n\ntwee"},
		{"Kom langs.<br>Neem<BR/>mee<br /><br>x", "Kom langs.\nNeem\nmee\n\nx"},
		{"a <b>vet</b> <i class=\"x\">b</i>", "a vet b"},
		{"<a href=\"https://example.org/x_y_z\">formulier</a>.", "formulier (https://example.org/x_y_z)."},
		{"<a href='https://example.org/?a=1&amp;b=2'>x", "x (https://example.org/?a=1&b=2)"},
		{"<a href=https://example.org>https://example.org</a>", "https://example.org"},
		{"<ul>\n<li>een</li>\n<li>twee\n<ul><li>diep</li></ul></li>\n</ul>\nna",
			"- een\n- twee\n  - diep\n\nna"},
		{"<ol start=3><li>a<li>b</ol>", "3. a\n4. b"},
		{"<table><tr><td>a</td> <td>b</td></tr>\n<tr><th> c </th><td>d</td></tr></table>", "a\tb\nc \td"},
		{"<h2>Kop</h2>tekst<div>x</div>y", "Kop\n\ntekst\nx\ny"},
		{"**a <p>b**", "a\n\nb"},
		{"x <!-- een\n\ntwee --> y <!-- z -->", "x\n\n y"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_str(text(cases[i].markdown), cases[i].text);
}

static void as_html(void **state)
{
	(void)state;
	assert_str(html("a *b* **c** `d`"), "<p>a <em>b</em> <strong>c</strong> <code>d</code></p>");
	assert_str(html("a < b & \"c\"\nd"), "<p>a &lt; b &amp; &quot;c&quot;<br>d</p>");
	assert_str(html("<b onclick=x>a</b><script>"), "<p><strong>a</strong>&lt;script&gt;</p>");
	assert_str(
		html("a <b>b <i>c</b> d</i> e <u>f"), "<p>a <strong>b <em>c</em></strong><em> d</em> e <u>f</u></p>");
	assert_str(html("een<br>twee<p>drie</p>"), "<p>een<br>twee<br><br>drie</p>");
	assert_str(html("[x](https://example.org/?a=1&b=%22 \"T\")"),
		"<p><a href=\"https://example.org/?a=1&amp;b=%22\" title=\"T\">x</a></p>");
	assert_str(html("zie https://example.org/?a=1&amp;b=_2_. Of info@example.org"),
		"<p>zie <a href=\"https://example.org/?a=1&amp;b=_2\">https://example.org/?a=1&amp;b=_2</a>_. Of "
		"<a href=\"mailto:info@example.org\">info@example.org</a></p>");
	assert_str(html("[x](javascript:alert(1)) `https://example.org`"),
		"<p><a>x</a> <code>https://example.org</code></p>");
	assert_str(html("3. a\n4. b\n4. c"), "<ol><li value=\"3\">a</li><li>b</li><li value=\"4\">c</li></ol>");
	assert_str(html("a\tb"), "<p>a&emsp;b</p>");
	assert_null(strchr(html("a  \nb\n\n```\nc\nd\n```").ptr, '\n'));
}

static struct loss one_loss(const char *markdown, enum loss_kind kind)
{
	struct losses losses = {0};
	markdown_to_text_with(&test_arena, str_from(markdown), &losses);
	assert_int_equal(losses.count, 1);
	assert_int_equal(losses.items[0].kind, kind);
	return losses.items[0];
}

static void lost_at(const char *markdown, enum loss_kind kind, const char *part)
{
	struct loss loss = one_loss(markdown, kind);
	assert_str(str_part(str_from(markdown), loss.at.begin, loss.at.end), part);
}

static void dead_link(const char *markdown, const char *part, const char *right)
{
	struct loss loss = one_loss(markdown, LOSS_LINK);
	assert_str(str_part(str_from(markdown), loss.at.begin, loss.at.end), part);
	assert_str(loss.right, right);
}

static void losses(void **state)
{
	static const char *const none[] = {"[a](https://example.org) <mailto:info@example.org> [t](tel:+31612345678)",
		"Beste <naam>", "&eacute; &zwj;", "[b](http://bücher.example/ü)", "1. a\n2. b", "[x](zie onder)"};
	(void)state;
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++) {
		struct losses losses = {0};
		markdown_to_text_with(&test_arena, str_from(none[i]), &losses);
		assert_int_equal(losses.count, 0);
	}
	lost_at("a <!-- b\n\nc --> d", LOSS_COMMENT, "<!-- b\n\nc -->");
	lost_at("a <br> b <p>", LOSS_TAG, "<br>");
	lost_at("a &#x202E;b", LOSS_DIRECTION, "&#x202E;");
	dead_link("zie [x](www.example.org/x)", "www.example.org/x", "https://www.example.org/x");
	dead_link("[x](example.org)", "example.org", "https://example.org");
	dead_link("[x](<htps:/example.org/a b>)", "htps:/example.org/a b", "https://example.org/a%20b");
	dead_link("[x](info@example.org)", "info@example.org", "mailto:info@example.org");
	dead_link("[x](020-123-4567)", "020-123-4567", "tel:0201234567");
	dead_link("[x](https://example.org/een pagina) y", "https://example.org/een pagina",
		"https://example.org/een%20pagina");
	dead_link("[x](020 123 45 67)", "020 123 45 67", "tel:0201234567");
	dead_link("[bijlage](/docs/x.pdf)", "/docs/x.pdf", "");
	dead_link("[x](programma.pdf)", "programma.pdf", "");
	dead_link("[leeg]()", "()", "");
	dead_link("[x](#kop)", "#kop", "");
	dead_link("[x](javascript:alert\\(1\\))", "(javascript:alert\\(1\\)", "");
	dead_link("![x](/y.png)", "/y.png", "");
	dead_link("[a][1]\n\n[1]: www.example.org", "www.example.org", "https://www.example.org");
}

#define LINE "een regel van ruim zestig tekens die een editor zelf heeft afgebroken omdat het"

static void wrapped(void **state)
{
	static const char *const none[] = {
		LINE "\n" LINE,                                /* two lines */
		LINE "\n" LINE ".\n" LINE,                     /* one of them a sentence */
		"14:00 " LINE "\n14:30 " LINE "\n15:00 " LINE, /* a programme */
		"kort\n" LINE "\n" LINE "\n" LINE,             /* a short one */
		"```\n" LINE "\n" LINE "\n" LINE "\n```",      /* code */
		"- " LINE "\n- " LINE "\n- " LINE,             /* a list */
		LINE "<br>\n" LINE "<br>\n" LINE,              /* HTML has breaks of its own */
	};
	(void)state;
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++) {
		struct losses losses = {0};
		markdown_to_text_with(&test_arena, str_from(none[i]), &losses);
		for (size_t n = 0; n < losses.count; n++)
			assert_int_not_equal(losses.items[n].kind, LOSS_WRAPPED);
	}
	lost_at("Kop\n\n" LINE "\n" LINE "\neinde\n\nna", LOSS_WRAPPED, LINE "\n" LINE "\neinde");
	lost_at("- " LINE "\n  " LINE "\n  " LINE, LOSS_WRAPPED, LINE "\n  " LINE "\n  " LINE);
}

static void size(void **state)
{
	static char markdown[120000] = "[a]: http://x/";
	(void)state;
	memset(markdown + strlen(markdown), 'x', 50000);
	strcat(markdown, "\n\n");
	char *end = markdown + strlen(markdown);
	for (size_t i = 0; i < 2000; i++, end += 4)
		memcpy(end, "[a] ", 5);
	struct losses losses = {0};
	struct str rendered = markdown_to_text_with(&test_arena, str_from(markdown), &losses);
	assert_int_equal(losses.items[losses.count - 1].kind, LOSS_SIZE);
	assert_true(rendered.len < 2 * TEXT_MAXIMUM);
}

static void in_plain_text(void **state)
{
	static const struct {
		const char *text, *right;
		enum loss_kind kind;
	} cases[] = {
		{"[Zoom](https://example.org)", "Zoom (https://example.org)", LOSS_MARK},
		{"Workshop **Samen**", "Workshop Samen", LOSS_MARK},
		{"# Kop", "Kop", LOSS_MARK},
		{"Zaal<br>Utrecht", "Zaal\nUtrecht", LOSS_TAG_SHOWN},
	};
	static const char *const none[] = {"Zaal 2*3", "snake_case_naam", "#1 voor <iedereen>", "[concept] Workshop",
		"a * b * c", "- 18 jaar", "> 18 jaar"};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct losses losses = {0};
		markdown_in_text(&test_arena, str_from(cases[i].text), &losses);
		assert_int_equal(losses.count, 1);
		assert_int_equal(losses.items[0].kind, cases[i].kind);
		assert_str(losses.items[0].right, cases[i].right);
	}
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++) {
		struct losses losses = {0};
		markdown_in_text(&test_arena, str_from(none[i]), &losses);
		assert_int_equal(losses.count, 0);
	}
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
	static const char *const hostile[] = {"[", "*", ">", "- ", "![", "`", "<", "&#", "<!--", "1. ", "<ul>",
		"<b><i>", "<a href=x>", "www.a.b ", "[a]: b\n"};
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
		cmocka_unit_test(as_typed),
		cmocka_unit_test(links),
		cmocka_unit_test(tags),
		cmocka_unit_test(as_html),
		cmocka_unit_test(losses),
		cmocka_unit_test(wrapped),
		cmocka_unit_test(size),
		cmocka_unit_test(in_plain_text),
		cmocka_unit_test(parts_stand_alone),
		cmocka_unit_test(deep_and_long),
	};
	return cmocka_run_group_tests(tests, NULL, free_arena);
}
