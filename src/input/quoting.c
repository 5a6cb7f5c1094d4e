#include "input/quoting.h"

#include "base/arena.h"

#include <string.h>

enum { LINES_ABOVE = 64 };

struct quote {
	uint32_t line;                  /* from 0 */
	uint32_t begin, end;            /* bytes of the layout's text */
	uint32_t origin;                /* of begin in the source */
	uint32_t told;                  /* where it is told of in the source, if elsewhere; else 0 */
	uint32_t column;                /* of begin, in code points from 0 */
	uint32_t points_before, points; /* of what stood there and of what stands there now */
	struct str shown;               /* what stands there now */
	enum slip_kind kind;
	bool silent; /* another one speaks for it */
	bool within; /* its line stands within brackets */
	unsigned round;
};

static struct str line_of(const struct quoting *quoting, uint32_t line)
{
	return source_line(&quoting->layout->source, line + 1);
}

static uint32_t place_of(const struct quoting *quoting, struct str text)
{
	return (uint32_t)(text.ptr - quoting->layout->source.bytes.ptr);
}

static uint32_t line_at(const struct quoting *quoting, uint32_t offset)
{
	return source_place_in(&quoting->layout->source, (struct span){0, offset, offset}).line - 1;
}

size_t quoting_candidates(
	const struct quoting *quoting, uint32_t line, uint32_t began, uint32_t lines[CANDIDATES_MAXIMUM])
{
	size_t count = 0;
	lines[count++] = line;
	if (began != line)
		lines[count++] = began;
	/* Of a text that should have been a key only the next line shows that it was none. */
	if (line && slips_joined(line_of(quoting, line - 1)))
		lines[count++] = line - 1;
	/* A quote or bracket that was left open further up lets the failure show only here. */
	for (uint32_t above = line; above-- > 0 && count < CANDIDATES_MAXIMUM && line - above < LINES_ABOVE;)
		if (slips_open(line_of(quoting, above)))
			lines[count++] = above;
	return count;
}

bool quoting_within(const struct quoting *quoting, uint32_t line)
{
	return slips_within(line_of(quoting, line));
}

/* The first item that does not stand in front of a byte. */
static size_t find_item(const struct quoting *quoting, uint32_t begin)
{
	size_t low = 0, high = quoting->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (quoting->items[middle].begin < begin)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Puts a text in the place of a value; false where a part of it was mended before. */
static bool add_item(
	struct quoting *quoting, struct arena *arena, uint32_t line, const struct slip *slip, struct quote item)
{
	const struct source *source = &quoting->layout->source;
	uint32_t begin = place_of(quoting, slip->value), end = begin + (uint32_t)slip->value.len;
	size_t at = find_item(quoting, begin);
	if ((at < quoting->count && quoting->items[at].begin < end) || (at && quoting->items[at - 1].end > begin))
		return false;
	quoting->items = arena_grow(arena, quoting->items, quoting->count, sizeof(*quoting->items));
	memmove(quoting->items + at + 1, quoting->items + at, (quoting->count - at) * sizeof(*quoting->items));
	item.line = line;
	item.begin = begin;
	item.end = end;
	item.origin = layout_offset(quoting->layout, begin);
	item.column = (uint32_t)str_points(str_part(source->bytes, source->lines[line], begin));
	item.points_before = (uint32_t)str_points(slip->value);
	item.points = (uint32_t)str_points(slip->shown);
	item.shown = slip->shown;
	item.kind = slip->kind;
	item.round = quoting->round;
	quoting->items[at] = item;
	quoting->count++;
	return true;
}

void quoting_begin(struct quoting *quoting)
{
	quoting->round++;
}

bool quoting_add(struct quoting *quoting, struct arena *arena, uint32_t line, bool within)
{
	struct slip slips[SLIPS_MAXIMUM];
	size_t count = slips_find(arena, line_of(quoting, line), within, slips);
	bool any = false;
	for (size_t i = 0; i < count; i++)
		any |= add_item(quoting, arena, line, &slips[i], (struct quote){.within = within});
	return any;
}

/* The item that a line and column of the mended text lie in or behind, with by how much its line is longer up to
 * there. */
static const struct quote *item_at(const struct quoting *quoting, size_t line, size_t column, int64_t *longer)
{
	const struct source *source = &quoting->layout->source;
	const struct quote *found = NULL;
	*longer = 0;
	if (!quoting->count || line >= source->line_count)
		return NULL;
	for (size_t i = find_item(quoting, source->lines[line]); i < quoting->count; i++) {
		const struct quote *item = &quoting->items[i];
		if (item->line != line || (int64_t)column <= item->column + *longer)
			break;
		found = item;
		*longer += (int64_t)item->points - item->points_before;
	}
	return found;
}

/*
 * The byte of the layout's text for so many code points of what stands in its place. Within what only lacks a bracket
 * at its end things have places of their own, up to where the two part; of all else it is the beginning.
 */
static uint32_t offset_in_item(const struct quoting *quoting, const struct quote *item, int64_t points)
{
	struct str value = str_part(quoting->layout->source.bytes, item->begin, item->end);
	uint32_t at = 0;
	while (item->kind == SLIP_BRACKET && at < value.len && at < item->shown.len &&
		value.ptr[at] == item->shown.ptr[at] && (points || (value.ptr[at] & 0xC0) == 0x80)) {
		points -= (value.ptr[at] & 0xC0) != 0x80;
		at++;
	}
	return item->begin + at;
}

/* The byte of the layout's text for a line and column of the mended text. */
static uint32_t offset_in_layout(const struct quoting *quoting, size_t line, size_t column)
{
	int64_t longer;
	const struct quote *item = item_at(quoting, line, column, &longer);
	int64_t before = (int64_t)column - longer;
	if (item && before < item->column + (int64_t)item->points_before)
		return offset_in_item(quoting, item, before - item->column + item->points - item->points_before);
	return source_offset(&quoting->layout->source, line, (size_t)before);
}

bool quoting_add_escapes(struct quoting *quoting, struct arena *arena, size_t line, size_t column)
{
	const struct source *source = &quoting->layout->source;
	struct str text = str_part(source->bytes, offset_in_layout(quoting, line, column), source->bytes.len);
	size_t closed = slips_closed(text);
	bool any = false;
	/* On one line it is better shown as a whole. */
	if (!closed || str_find(text, '\n') >= closed)
		return false;
	for (size_t at = slips_escape(text); at < text.len; at = slips_escape(text)) {
		struct slip slip = {str_part(text, at, at + 1), STR("\\\\"), SLIP_BACKSLASH};
		uint32_t number = line_at(quoting, place_of(quoting, slip.value));
		if (!add_item(quoting, arena, number, &slip, (struct quote){.silent = any}))
			break;
		any = true;
		text = str_part(text, at, text.len);
	}
	return any;
}

/* The column of the key, or the text behind a dash, on a line. */
static size_t key_column(struct str line)
{
	size_t i = 0;
	while (i < line.len &&
		(line.ptr[i] == ' ' || (line.ptr[i] == '-' && i + 1 < line.len && line.ptr[i + 1] == ' ')))
		i++;
	return i;
}

bool quoting_add_close(struct quoting *quoting, struct arena *arena, size_t line, size_t column)
{
	const struct source *source = &quoting->layout->source;
	uint32_t begin = offset_in_layout(quoting, line, column), first = line_at(quoting, begin), last = first;
	if (begin >= source->bytes.len)
		return false;
	for (uint32_t below = first + 1; below < source->line_count; below++) {
		struct str text = line_of(quoting, below);
		size_t indent = 0;
		while (indent < text.len && text.ptr[indent] == ' ')
			indent++;
		if (indent < text.len && indent <= key_column(line_of(quoting, first)))
			break;
		last = indent < text.len ? below : last;
	}
	struct str text = line_of(quoting, last);
	while (text.len && strchr(" \t\r", text.ptr[text.len - 1]))
		text.len--;
	struct slip slip = {str_part(text, text.len, text.len), str_part(source->bytes, begin, begin + 1), SLIP_CLOSE};
	return last > first &&
	       add_item(quoting, arena, last, &slip, (struct quote){.told = layout_offset(quoting->layout, begin)});
}

bool quoting_add_comma(struct quoting *quoting, struct arena *arena, size_t line, size_t column)
{
	const struct source *source = &quoting->layout->source;
	uint32_t begin = offset_in_layout(quoting, line, column);
	struct slip slip = {str_part(source->bytes, begin, begin + 1), STR(" "), SLIP_EMPTY};
	return begin < source->bytes.len && source->bytes.ptr[begin] == ',' &&
	       add_item(quoting, arena, line_at(quoting, begin), &slip, (struct quote){0});
}

void quoting_add_all(struct quoting *quoting, struct arena *arena, const struct quoting *other)
{
	for (size_t i = 0; i < other->count; i++)
		if (!i || other->items[i].line != other->items[i - 1].line)
			quoting_add(quoting, arena, other->items[i].line, other->items[i].within);
}

void quoting_drop(struct quoting *quoting)
{
	size_t kept = 0;
	for (size_t i = 0; i < quoting->count; i++)
		if (quoting->items[i].round != quoting->round)
			quoting->items[kept++] = quoting->items[i];
	quoting->count = kept;
}

void quoting_apply(const struct quoting *quoting, struct buffer *out)
{
	struct str text = quoting->layout->source.bytes;
	uint32_t from = 0;
	for (size_t i = 0; i < quoting->count; i++) {
		const struct quote *item = &quoting->items[i];
		buffer_add(out, str_part(text, from, item->begin));
		buffer_add(out, item->shown);
		from = item->end;
	}
	buffer_add(out, str_part(text, from, text.len));
}

uint32_t quoting_offset(const struct quoting *quoting, size_t line, size_t column)
{
	/* As in most files. */
	if (!quoting->count && !quoting->layout->piece_count)
		return source_offset(&quoting->layout->source, line, column);
	return layout_offset(quoting->layout, offset_in_layout(quoting, line, column));
}

bool quoting_has(const struct quoting *quoting, uint32_t begin)
{
	size_t low = 0, high = quoting->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (quoting->items[middle].origin < begin)
			low = middle + 1;
		else
			high = middle;
	}
	return low < quoting->count && quoting->items[low].origin == begin;
}

/* The line as it should be, without its indent; within brackets what is mended with its own key. */
static struct str whole_line(const struct quoting *quoting, struct arena *arena, const struct quote *item)
{
	const struct source *source = &quoting->layout->source;
	struct str before = str_trim(str_part(source->bytes, source->lines[item->line], item->begin));
	for (size_t i = before.len; i-- > 0;)
		if (strchr("[{,", before.ptr[i])) {
			before = str_trim(str_part(before, i + 1, before.len));
			break;
		}
	if (item->kind == SLIP_CLOSE)
		return str_format(arena, "%.*s%.*s", STR_ARG(before), STR_ARG(item->shown));
	return str_format(arena, "%.*s%s%.*s", STR_ARG(before),
		before.len && item->kind != SLIP_BLANK && item->kind != SLIP_COLON ? " " : "", STR_ARG(item->shown));
}

void quoting_report(const struct quoting *quoting, struct findings *findings, uint32_t source)
{
	static const enum message messages[] = {
		[SLIP_QUOTES] = MSG_NEEDS_QUOTES,
		[SLIP_BRACKET] = MSG_YAML_SYNTAX_BRACKET,
		[SLIP_BLANK] = MSG_YAML_SYNTAX_BLANK,
		[SLIP_COLON] = MSG_YAML_SYNTAX_COLON,
		[SLIP_COMMENT] = MSG_COMMENT_IN_LIST,
		[SLIP_ESCAPE] = MSG_YAML_SYNTAX_ESCAPE,
		[SLIP_BACKSLASH] = MSG_YAML_SYNTAX_BACKSLASH,
		[SLIP_CLOSE] = MSG_YAML_SYNTAX_CLOSE,
		[SLIP_CLOSED] = MSG_YAML_SYNTAX_CLOSED,
		[SLIP_EMPTY] = MSG_YAML_SYNTAX_EMPTY,
	};
	for (size_t i = 0; i < quoting->count; i++) {
		const struct quote *item = &quoting->items[i];
		struct span where = {source, item->origin, layout_offset(quoting->layout, item->end)}, span = where;
		if (item->told)
			span = (struct span){source, item->told, item->told + 1};
		if (item->silent)
			continue;
		size_t number = finding_add(
			findings, messages[item->kind], span, WORDS(whole_line(quoting, findings->arena, item)));
		/* A bracket may belong to the text; of backslashes only the first is told. */
		if (item->kind != SLIP_BACKSLASH && item->kind != SLIP_BRACKET)
			finding_fix(findings, number, where, item->shown);
	}
}
