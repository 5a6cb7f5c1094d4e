#include "unit.h"

#include "input/locate.h"
#include "input/yaml.h"

#include <string.h>

static struct findings findings;
static struct sources sources;

/* The value of the one key of a file. */
static const struct node *value_of(const char *yaml)
{
	sources = (struct sources){.arena = &test_arena};
	findings = (struct findings){.arena = &test_arena, .sources = &sources};
	const struct node *root = node_read(&findings, source_add(&sources, STR("a.yaml"), str_from(yaml)));
	assert_non_null(root);
	assert_int_equal(findings.count, 0);
	return root->entries[0].value;
}

static const char *const files[] = {
	"a: een twee drie\n",
	"a: een\n  twee\n\n    drie\nb: x\n",
	"a: 'een''s twee\n\n  drie'\n",
	"a: \"een \\\"twee\\\" \\u00e9\\n\\tdrie\\\n   vier\n  vijf\"\n",
	"a: |\n  een\n    twee\n\n  drie\n",
	"a: |2-\n    een\n  twee\n",
	"a: > # opmerking\n  een\n  twee\n\n  drie\n    vier\n  vijf\n",
	"a: &anker een twee\nb: *anker\n",
	"a: &anker |\r\n  één\r\n\r\n  twee\r\n",
};

/* Every letter is found where it stands, from the first to the last, and from the last to the first. */
static void letters(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		const struct node *node = value_of(files[i]);
		struct str text = str_trim(node->text);
		struct locator locator = locator_open(&sources, node->span, text);
		for (size_t n = 0; n < 2 * text.len; n++) {
			size_t at = n < text.len ? n : 2 * text.len - 1 - n;
			if (text.ptr[at] < 'a' || text.ptr[at] > 'z')
				continue;
			struct span span = locator_find(&locator, (struct extent){at, at + 1});
			assert_int_equal(span.end - span.begin, 1);
			assert_int_equal(source_text(&sources, span).ptr[0], text.ptr[at]);
		}
	}
}

static void found(const char *yaml, const char *part, const char *written)
{
	const struct node *node = value_of(yaml);
	struct locator locator = locator_open(&sources, node->span, node->text);
	const char *copy = str_copy(&test_arena, node->text).ptr;
	size_t at = (size_t)(strstr(copy, part) - copy);
	struct span span = locator_find(&locator, (struct extent){at, at + strlen(part)});
	assert_str(source_text(&sources, span), written);
}

static void parts(void **state)
{
	(void)state;
	found("a: |\n  een\n  twee\n", "een\ntwee", "een\n  twee");
	found("a: 'een ''twee'''\n", "'twee'", "''twee''");
	found("a: \"x\\u202ey\"\n", "\xE2\x80\xAE", "\\u202e");
	found("a: \"x\\u202ey\"\n", "y", "y");
	found("a: een\n   twee\n", "een twee", "een\n   twee");
}

/* What was not written that way is the whole value. */
static void whole(void **state)
{
	(void)state;
	const struct node *node = value_of("a: een twee\n");
	struct locator locator = locator_open(&sources, node->span, STR("iets anders"));
	struct span span = locator_find(&locator, (struct extent){5, 11});
	assert_memory_equal(&span, &node->span, sizeof(span));
	span = locator_find(&locator, (struct extent){3, 3});
	assert_memory_equal(&span, &node->span, sizeof(span));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters),
		cmocka_unit_test(parts),
		cmocka_unit_test(whole),
	};
	return cmocka_run_group_tests(tests, NULL, free_arena);
}
