#include "cmd/help_keys.h"

#include "base/arena.h"
#include "decode/keys.h"

#include <string.h>

enum { NAME_COLUMN = 18, INDENT = 2, EXAMPLE_INDENT = 6 };

/* True for the row that tells of the key in a list: the one of events, else the first of its name. */
static bool is_told(const struct key *key)
{
	struct str name = str_from(key->name);
	const struct key *of_event = key_find(name, IN_EVENT);
	return key == (of_event ? of_event : key_find(name, ~0U));
}

const char *const *help_key_names(struct arena *arena)
{
	size_t count = 0, all = 0;
	while (keys[all].name)
		all++;
	const char **names = arena_alloc(arena, (all + 1) * sizeof(*names));
	for (const struct key *key = keys; key->name; key++)
		if (is_told(key))
			names[count++] = key->name;
	return names;
}

void help_print_keys(const struct help_page *page, enum language language)
{
	for (const struct key *key = keys; key->name; key++)
		if (is_told(key))
			page_term(page, 0, key->name, NAME_COLUMN, wording_in(key->doc, language));
}

/* "In an event (required), "defaults", "overrides"" */
static void print_where(const struct help_page *page, const struct key *key, enum language language)
{
	static const struct wording in = W("In ", "In "), required = W(" (required)", " (verplicht)");
	struct buffer out = {0};
	for (const struct mapping *mapping = mappings; mapping->where; mapping++)
		if (key->where & mapping->where)
			buffer_format(&out, "%s%s%s", out.len ? ", " : wording_in(in, language),
				wording_in(mapping->said, language),
				key->required & mapping->where ? wording_in(required, language) : "");
	buffer_byte(&out, 0);
	page_heading(page, out.ptr);
	buffer_free(&out);
}

/* "Write one of: a, b." or "Write a date as 2021-01-21.", and the keys of a mapping. */
static void print_shape(const struct help_page *page, const struct key *key, enum language language)
{
	static const struct wording write = W("Write ", "Schrijf "), one_of = W("one of: ", "een van: "),
				    its_keys = W("Its keys: ", "De sleutels: ");
	const struct value_kind *kind = &kinds[key->kind];
	struct buffer out = {0};
	buffer_format(
		&out, "%s%s", wording_in(write, language), wording_in(key->words ? one_of : kind->shape, language));
	for (const char *const *word = key->words; word && *word; word++)
		buffer_format(&out, "%s%s", word == key->words ? "" : ", ", *word);
	buffer_add(&out, STR("."));
	const char *between = wording_in(its_keys, language);
	for (const struct key *inner = keys; inner->name; inner++)
		if (inner->where & kind->holds) {
			buffer_format(&out, "%s%s%s", between == wording_in(its_keys, language) ? " " : "", between,
				inner->name);
			between = ", ";
		}
	if (kind->holds)
		buffer_byte(&out, '.');
	buffer_byte(&out, 0);
	page_text(page, INDENT, out.ptr);
	buffer_free(&out);
}

bool help_print_key(const struct help_page *page, struct str name, enum language language)
{
	if (!key_find(name, ~0U))
		return false;
	page_text(page, 0, key_find(name, ~0U)->name);
	for (const struct key *key = keys; key->name; key++) {
		if (!str_equal(name, str_from(key->name)))
			continue;
		print_where(page, key, language);
		page_text(page, INDENT, wording_in(key->doc, language));
		print_shape(page, key, language);
		fputc('\n', page->stream);
		page_lines(page, EXAMPLE_INDENT, key->example);
	}
	return true;
}
