#include "base/arena.h"
#include "base/scalar.h"
#include "import/draft.h"

#include <stdlib.h>
#include <string.h>

/* A value in brackets goes on no line longer than this. */
enum { LINE_MOST = 100, INDENT = 2 };

/* --- texts -------------------------------------------------------------------------------------------------------- */

/* Characters that YAML takes for line breaks besides those of ASCII: NEL, LS, PS; and the byte order mark. */
static bool is_special(struct str text, size_t at)
{
	static const char *const special[] = {"\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xEF\xBB\xBF"};
	for (size_t i = 0; i < sizeof(special) / sizeof(*special); i++)
		if (str_starts(str_part(text, at, text.len), str_from(special[i])))
			return true;
	return false;
}

/* Whether text can stand as it is, in a line or in a block. */
static bool has_special(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] == '\t' || text.ptr[i] == '\r' || is_special(text, i))
			return true;
	return false;
}

/* Between double quotes, with escapes (YAML 1.1, 5.5). */
static void add_escaped(struct buffer *out, struct str text)
{
	buffer_byte(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == '"' || c == '\\')
			buffer_byte(out, '\\');
		if (c == '\n')
			buffer_add(out, STR("\\n"));
		else if (c == '\t')
			buffer_add(out, STR("\\t"));
		else if (!is_special(text, i))
			buffer_byte(out, c);
		else if ((unsigned char)c == 0xC2)
			buffer_add(out, STR("\\N")), i++;
		else
			buffer_add(out, (unsigned char)c == 0xEF    ? STR("\\uFEFF")
					: text.ptr[i + 2] == '\xA8' ? STR("\\L")
								    : STR("\\P")),
				i += 2;
	}
	buffer_byte(out, '"');
}

/* A block "|-" holds a text whose first line does not begin with a space; the spaces at ends of lines stay. */
static bool is_block(struct str text)
{
	return str_find(text, '\n') < text.len && text.ptr[0] != ' ' && text.ptr[0] != '\n' &&
	       text.ptr[text.len - 1] != '\n' && !has_special(text);
}

static void add_block(struct buffer *out, struct str text, unsigned indent)
{
	buffer_add(out, STR("|-\n"));
	while (text.len) {
		size_t end = str_find(text, '\n');
		if (end)
			buffer_format(out, "%*s%.*s", (int)indent, "", (int)end, text.ptr);
		buffer_byte(out, '\n');
		text = str_part(text, end + (end < text.len), text.len);
	}
}

/* within: brackets are around it. */
static void add_line(struct buffer *out, struct str text, bool within)
{
	if (str_find(text, '\n') < text.len || has_special(text))
		add_escaped(out, text);
	else if (within)
		scalar_add(out, text);
	else
		scalar_add_line(out, text);
}

/* --- values ------------------------------------------------------------------------------------------------------- */

/* In brackets. False: it does not fit, or has a text of several lines. */
static bool add_flow(struct buffer *out, const struct node *node, bool nested)
{
	if (node->kind == NODE_TEXT) {
		add_line(out, node->text, nested);
		return str_find(node->text, '\n') == node->text.len;
	}
	/* What is in a mapping in a list is more than one reads on one line. */
	bool fits = !nested || node->kind == NODE_LIST;
	buffer_byte(out, node->kind == NODE_LIST ? '[' : '{');
	for (uint32_t i = 0; fits && i < node->count; i++) {
		if (i)
			buffer_add(out, STR(", "));
		if (node->kind == NODE_MAP) {
			scalar_add(out, node->entries[i].key->text);
			buffer_add(out, STR(": "));
		}
		fits = add_flow(out, node->kind == NODE_LIST ? node->items[i] : node->entries[i].value, true);
	}
	buffer_byte(out, node->kind == NODE_LIST ? ']' : '}');
	return fits;
}

static void add_map(struct buffer *out, const struct node *map, unsigned indent, bool first);

/* What stands behind the colon of a key at an indent, or behind "- ", and the end of its line. */
static void add_value(struct buffer *out, const struct node *node, unsigned indent)
{
	size_t begin = out->len, line = begin;
	while (line && out->ptr[line - 1] != '\n')
		line--;
	if (node->kind == NODE_TEXT && is_block(node->text)) {
		buffer_byte(out, ' ');
		add_block(out, node->text, indent + INDENT);
		return;
	}
	buffer_byte(out, ' ');
	if ((add_flow(out, node, false) && out->len - line <= LINE_MOST) || node->kind == NODE_TEXT) {
		buffer_byte(out, '\n');
		return;
	}
	out->len = begin;
	buffer_byte(out, '\n');
	if (node->kind == NODE_MAP)
		add_map(out, node, indent + INDENT, false);
	for (uint32_t i = 0; node->kind == NODE_LIST && i < node->count; i++) {
		buffer_format(out, "%*s-", (int)indent + INDENT, "");
		if (node->items[i]->kind == NODE_MAP) {
			buffer_byte(out, ' ');
			add_map(out, node->items[i], indent + 2 * INDENT, true);
		} else {
			add_value(out, node->items[i], indent + INDENT);
		}
	}
}

/* first: its first key stands on a line that has been begun. */
static void add_map(struct buffer *out, const struct node *map, unsigned indent, bool first)
{
	for (uint32_t i = 0; i < map->count; i++) {
		buffer_format(out, "%*s", i || !first ? (int)indent : 0, "");
		add_line(out, map->entries[i].key->text, false);
		buffer_byte(out, ':');
		add_value(out, map->entries[i].value, indent);
	}
}

/* --- the file ----------------------------------------------------------------------------------------------------- */

/* The place of a key in the table. */
static int compare_entries(const void *a, const void *b)
{
	const struct entry *first = a, *second = b;
	const struct key *one = key_find(first->key->text, IN_EVENT), *other = key_find(second->key->text, IN_EVENT);
	return (one > other) - (one < other);
}

/* Whether a value may stand in defaults: what is said of an event alone stays with it. */
static bool may_share(const struct entry *entry)
{
	const struct key *key = key_find(entry->key->text, IN_DEFAULTS);
	return key && !(key->flags & KEY_NOT_OF_OCCURRENCE) && strcmp(key->name, "summary") && strcmp(key->name, "url");
}

/* The values that all events share, which are taken from them; an empty mapping where there is but one event. */
static struct node *take_defaults(const struct import *import)
{
	struct arena *arena = import->findings->arena;
	struct node *shared = node_empty(arena, (struct span){0}, NODE_MAP);
	const struct node *first = import->count > 1 ? import->items[0]->map : shared;
	for (uint32_t i = 0; i < first->count; i++) {
		const struct entry *entry = &first->entries[i];
		size_t same = may_share(entry) ? 1 : import->count;
		while (same < import->count) {
			const struct node *value = node_get(import->items[same]->map, entry->key->text);
			if (!value || !node_equal(value, entry->value))
				break;
			same++;
		}
		if (may_share(entry) && same == import->count)
			node_put(arena, shared, key_find(entry->key->text, IN_DEFAULTS)->name, entry->value);
	}
	for (size_t i = 0; shared->count && i < import->count; i++) {
		struct node *map = import->items[i]->map;
		uint32_t kept = 0;
		for (uint32_t j = 0; j < map->count; j++)
			if (!node_get(shared, map->entries[j].key->text))
				map->entries[kept++] = map->entries[j];
		map->count = kept;
	}
	return shared;
}

void import_write(struct buffer *out, const struct import *import, uint32_t *lines)
{
	uint32_t line = 1;
	size_t seen = 0;
	for (size_t i = 0; i < import->count; i++) {
		struct node *map = import->items[i]->map;
		qsort(map->entries, map->count, sizeof(*map->entries), compare_entries);
	}
	const struct node *defaults = take_defaults(import);
	buffer_add(out, STR("# yaml-language-server: $schema=.schema/events.json\n"));
	if (defaults->count) {
		buffer_add(out, STR("defaults:\n"));
		add_map(out, defaults, INDENT, false);
		buffer_byte(out, '\n');
	}
	buffer_add(out, import->count ? STR("events:\n") : STR("events: []\n"));
	for (size_t i = 0; i < import->count; i++) {
		if (i)
			buffer_byte(out, '\n');
		for (; seen < out->len; seen++)
			line += out->ptr[seen] == '\n';
		lines[i] = line;
		buffer_add(out, STR("  - "));
		add_map(out, import->items[i]->map, 2 * INDENT, true);
	}
}
