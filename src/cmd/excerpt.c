#include "cmd/excerpt.h"

#include "base/arena.h"
#include "input/yaml.h"

#include <stdlib.h>

/* Where the keys of an item stand behind "  - ". */
enum { COLUMN = 4 };

/* --- places ------------------------------------------------------------------------------------------------------- */

static uint32_t line_begin(struct str bytes, uint32_t at)
{
	while (at && bytes.ptr[at - 1] != '\n')
		at--;
	return at;
}

static uint32_t blanks_end(struct str bytes, uint32_t at)
{
	while (at < bytes.len && bytes.ptr[at] == ' ')
		at++;
	return at;
}

static bool line_has(struct str bytes, uint32_t line, char first)
{
	uint32_t at = blanks_end(bytes, line);
	return at < bytes.len && bytes.ptr[at] == first;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Where the bracket of a mapping stands: {a: 1}; of one in block style, UINT32_MAX. */
static uint32_t bracket_of(struct str bytes, const struct node *map)
{
	uint32_t at = map->span.begin;
	while (at && is_blank(bytes.ptr[at - 1]))
		at--;
	return at && bytes.ptr[at - 1] == '{' ? at - 1 : UINT32_MAX;
}

/* Behind a text in quotes that begins at a place. */
static uint32_t quotes_end(struct str bytes, uint32_t at)
{
	char quote = bytes.ptr[at++];
	for (; at < bytes.len && bytes.ptr[at] != quote; at++)
		at += quote == '"' && bytes.ptr[at] == '\\';
	return at + 1;
}

/* Behind the bracket that closes the one at a place. */
static uint32_t bracket_end(struct str bytes, uint32_t at)
{
	unsigned depth = 0;
	char last = '{'; /* that was no blank: what a value can begin behind */
	while (at < bytes.len) {
		char c = bytes.ptr[at];
		if (c == '#' && is_blank(bytes.ptr[at - 1])) {
			while (at < bytes.len && bytes.ptr[at] != '\n')
				at++;
			continue;
		}
		if ((c == '"' || c == '\'') && strchr("{[,:", last)) {
			at = quotes_end(bytes, at);
			last = c;
			continue;
		}
		depth += c == '{' || c == '[';
		if ((c == '}' || c == ']') && !--depth)
			return at + 1;
		last = is_blank(c) ? last : c;
		at++;
	}
	return (uint32_t)bytes.len;
}

/* The least place of those behind another. */
static void nearer(uint32_t *limit, uint32_t after, uint32_t place)
{
	if (place > after && place < *limit)
		*limit = place;
}

uint32_t excerpt_limit(const struct excerpt *excerpt)
{
	struct str bytes = excerpt->bytes;
	const struct node *root = excerpt->root;
	uint32_t begin = excerpt->item->span.begin, limit = (uint32_t)bytes.len;
	uint32_t bracket = bracket_of(bytes, excerpt->item);
	if (bracket < UINT32_MAX)
		return bracket_end(bytes, bracket);
	for (uint32_t i = 0; i < root->count; i++) {
		const struct node *value = root->entries[i].value;
		nearer(&limit, begin, root->entries[i].key->span.begin);
		for (uint32_t j = 0; value->kind == NODE_LIST && j < value->count; j++)
			nearer(&limit, begin, value->items[j]->span.begin);
	}
	if (limit == bytes.len)
		return limit;
	/* The dash of the next item may stand on a line above it; a key of the file stands at its beginning. */
	limit = line_begin(bytes, limit);
	uint32_t line = limit;
	while (line > begin && !line_has(bytes, line, '-'))
		line = line_begin(bytes, line - 1);
	bool own = bytes.ptr[limit] != ' ' && bytes.ptr[limit] != '-';
	return own || line <= begin ? limit : line;
}

/* --- edits -------------------------------------------------------------------------------------------------------- */

void excerpt_replace(struct excerpt *excerpt, uint32_t begin, uint32_t end, struct str text)
{
	excerpt->edits = arena_grow(excerpt->arena, excerpt->edits, excerpt->count, sizeof(*excerpt->edits));
	excerpt->edits[excerpt->count++] = (struct edit){begin, end, text};
}

static void remove_in_brackets(struct excerpt *excerpt, const struct node *map, uint32_t number)
{
	struct str bytes = excerpt->bytes;
	const struct entry *entry = &map->entries[number];
	uint32_t begin = entry->key->span.begin, end = entry->value->span.end;
	if (number + 1 < map->count) {
		end = map->entries[number + 1].key->span.begin;
	} else {
		while (begin && bytes.ptr[begin] != ',')
			begin--;
	}
	if (begin < end)
		excerpt_replace(excerpt, begin, end, STR(""));
}

void excerpt_remove(struct excerpt *excerpt, const struct node *map, uint32_t number, uint32_t limit)
{
	struct str bytes = excerpt->bytes;
	const struct entry *entry = &map->entries[number];
	bool last = number + 1 == map->count;
	if (map->count == 1)
		return;
	if (bracket_of(bytes, map) < UINT32_MAX) {
		remove_in_brackets(excerpt, map, number);
		return;
	}
	uint32_t begin = entry->key->span.begin, end = last ? limit : map->entries[number + 1].key->span.begin;
	if (!number) {
		excerpt_replace(excerpt, begin, end, STR(""));
		return;
	}
	/* Comments above the next key are about that. */
	begin = line_begin(bytes, begin);
	end = end < bytes.len ? line_begin(bytes, end) : end;
	for (uint32_t line = end; line > begin; end = line) {
		line = line_begin(bytes, line - 1);
		if (line <= begin || !line_has(bytes, line, '#'))
			break;
	}
	excerpt_replace(excerpt, begin, end, STR(""));
}

static int by_place(const void *left, const void *right)
{
	const struct edit *a = left, *b = right;
	return (a->begin > b->begin) - (a->begin < b->begin);
}

/* --- the text ----------------------------------------------------------------------------------------------------- */

/* Without what stands in front of the next item: blanks, and comments that are indented no further than the dash. */
static uint32_t trimmed(struct str bytes, uint32_t begin, uint32_t end, uint32_t dash_column)
{
	for (;;) {
		while (end > begin && is_blank(bytes.ptr[end - 1]))
			end--;
		uint32_t line = line_begin(bytes, end), at = blanks_end(bytes, line);
		if (line <= begin || at >= end || bytes.ptr[at] != '#' || at - line > dash_column)
			return end;
		end = line;
	}
}

static struct str edited(struct excerpt *excerpt, uint32_t begin, uint32_t end)
{
	struct buffer text = {0};
	if (excerpt->count)
		qsort(excerpt->edits, excerpt->count, sizeof(*excerpt->edits), by_place);
	for (size_t i = 0; i < excerpt->count; i++) {
		const struct edit *edit = &excerpt->edits[i];
		if (edit->begin > begin)
			buffer_add(&text, str_part(excerpt->bytes, begin, edit->begin));
		buffer_add(&text, edit->text);
		begin = edit->end > begin ? edit->end : begin;
	}
	if (end > begin)
		buffer_add(&text, str_part(excerpt->bytes, begin, end));
	struct str copy = str_copy(excerpt->arena, str_trim(buffer_str(&text)));
	buffer_free(&text);
	return copy;
}

/* A line behind the first, moved as far as that is. */
static void add_line(struct buffer *out, struct str line, uint32_t column)
{
	uint32_t blanks = blanks_end(line, 0);
	if (line.len && line.ptr[line.len - 1] == '\r')
		line.len--;
	if (blanks < line.len) {
		uint32_t indent = blanks + COLUMN > column ? blanks + COLUMN - column : 0;
		for (uint32_t i = 0; i < indent; i++)
			buffer_byte(out, ' ');
		buffer_add(out, str_part(line, blanks, line.len));
	}
	buffer_byte(out, '\n');
}

void excerpt_add(struct excerpt *excerpt, struct buffer *out)
{
	struct str bytes = excerpt->bytes;
	uint32_t bracket = bracket_of(bytes, excerpt->item), begin = excerpt->item->span.begin;
	uint32_t end = excerpt_limit(excerpt);
	begin = bracket < begin ? bracket : begin;
	uint32_t line = line_begin(bytes, begin), column = begin - line, dash = blanks_end(bytes, line) - line;
	if (bracket == UINT32_MAX)
		end = trimmed(bytes, begin, end, dash);
	struct str text = edited(excerpt, begin, end);
	buffer_add(out, STR("  - "));
	for (size_t at = 0, length; at <= text.len; at += length + 1) {
		length = str_find(str_part(text, at, text.len), '\n');
		struct str one = str_part(text, at, at + length);
		if (at) {
			add_line(out, one, column);
			continue;
		}
		buffer_add(out, str_trim(one));
		buffer_byte(out, '\n');
	}
}
