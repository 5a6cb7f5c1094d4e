#include "input/quoting.h"

#include "base/arena.h"

#include <string.h>

static bool blank(char c)
{
	return c == ' ' || c == '\t';
}

/* The length of "key:" with blanks behind it at the beginning of s, or 0. */
static size_t key_length(struct str s)
{
	size_t i = 0;
	while (i < s.len && (s.ptr[i] == '-' || s.ptr[i] == '_' || (s.ptr[i] >= '0' && s.ptr[i] <= '9') ||
				    (ascii_lower(s.ptr[i]) >= 'a' && ascii_lower(s.ptr[i]) <= 'z')))
		i++;
	if (!i || i + 1 >= s.len || s.ptr[i] != ':' || !blank(s.ptr[i + 1]))
		return 0;
	for (i++; i < s.len && blank(s.ptr[i]); i++)
		;
	return i;
}

/* A value without a comment and blanks behind it. */
static struct str without_comment(struct str value)
{
	for (size_t j = 1; j < value.len; j++)
		if (value.ptr[j] == '#' && blank(value.ptr[j - 1])) {
			value.len = j;
			break;
		}
	while (value.len && (blank(value.ptr[value.len - 1]) || value.ptr[value.len - 1] == '\r'))
		value.len--;
	return value;
}

/* The octets of a quoted text at the beginning of s, its quotes included; 0 where it is not closed. */
static size_t quoted_length(struct str s)
{
	char quote = s.ptr[0];
	for (size_t i = 1; i < s.len; i++) {
		if (quote == '"' && s.ptr[i] == '\\') {
			i++;
		} else if (s.ptr[i] == quote) {
			if (quote == '\'' && i + 1 < s.len && s.ptr[i + 1] == quote)
				i++;
			else
				return i + 1;
		}
	}
	return 0;
}

/* Whether a value of a mapping in braces, up to its comma, cannot stand there without quotes. */
static bool breaks_braces(struct str value)
{
	if (!value.len || value.ptr[0] == '[' || value.ptr[0] == '{')
		return false;
	if (value.ptr[0] == '"' || value.ptr[0] == '\'')
		return quoted_length(value) != value.len;
	for (size_t i = 0; i < value.len; i++)
		if (strchr("[]{}", value.ptr[i]) ||
			(value.ptr[i] == ':' && (i + 1 == value.len || blank(value.ptr[i + 1]))))
			return true;
	return strchr("@`%&*!", value.ptr[0]);
}

/* Of "{id: a, summary: Samen: eten}" the first value that breaks it; empty where there is none. */
static struct str value_in_braces(struct str braces)
{
	size_t begin = 1, end;
	for (; begin < braces.len; begin = end + 1) {
		while (begin < braces.len && blank(braces.ptr[begin]))
			begin++;
		size_t key = key_length(str_part(braces, begin, braces.len));
		/* A value ends where the next key begins, or with the braces. */
		for (end = begin + key; end + 1 < braces.len; end++)
			if (braces.ptr[end] == ',' && key_length(str_trim(str_part(braces, end + 1, braces.len))))
				break;
		struct str value = str_trim(str_part(braces, begin + key, end));
		if (!key || breaks_braces(value))
			return key ? value : STR("");
	}
	return STR("");
}

/* Where the text of a line begins, behind its dashes and its key; its length where the line has neither. */
static size_t value_begin(struct str line)
{
	size_t i = 0;
	bool introduced = false;
	while (i < line.len && blank(line.ptr[i]))
		i++;
	while (i + 1 < line.len && line.ptr[i] == '-' && blank(line.ptr[i + 1])) {
		introduced = true;
		for (i++; i < line.len && blank(line.ptr[i]); i++)
			;
	}
	size_t key = key_length(str_part(line, i, line.len));
	return key || introduced ? i + key : line.len;
}

/* The text of a line behind its dashes and its key, or within its braces; empty where the line has neither. */
static struct str value_of(struct str line)
{
	struct str value = without_comment(str_part(line, value_begin(line), line.len));
	bool braces = value.len > 1 && value.ptr[0] == '{' && value.ptr[value.len - 1] == '}';
	struct str within = braces ? value_in_braces(value) : STR("");
	return within.len ? within : value;
}

/* Whether a # at a byte makes a comment of what is no comment by the look of it. */
static bool is_cut(struct str s, size_t i)
{
	return s.ptr[i] == '#' && i && i + 1 < s.len && !blank(s.ptr[i + 1]) && strchr(" \t[{,", s.ptr[i - 1]);
}

/*
 * The list or mapping on a line that a # within it cuts off, up to the bracket that was meant to close it: of
 * "categories: [Utrecht, #jong]" the list. Empty where there is none.
 */
static struct str cut_value(struct str line)
{
	struct str value = str_part(line, value_begin(line), line.len);
	size_t depth = 0;
	bool cut = false;
	for (size_t i = 0; i < value.len; i++) {
		char c = value.ptr[i];
		if ((c == '"' || c == '\'') && i && strchr(" [{,", value.ptr[i - 1])) {
			size_t quoted = quoted_length(str_part(value, i, value.len));
			if (!quoted)
				break;
			i += quoted - 1;
			continue;
		}
		cut |= is_cut(value, i);
		depth += c == '[' || c == '{';
		depth -= depth && (c == ']' || c == '}');
		if (!depth)
			return cut ? str_part(value, 0, i + 1) : STR("");
	}
	return STR("");
}

/*
 * What stands behind a key from its colon on, where the blank behind that is missing: ":Samen eten" of
 * "summary:Samen eten"; empty where it is not, and where that is no key but an address or a time.
 */
static struct str joined_value(struct str line)
{
	size_t i = 0;
	while (i < line.len &&
		(blank(line.ptr[i]) || (line.ptr[i] == '-' && i + 1 < line.len && blank(line.ptr[i + 1]))))
		i++;
	size_t begin = i;
	while (i < line.len && (line.ptr[i] == '-' || (line.ptr[i] >= 'a' && line.ptr[i] <= 'z')))
		i++;
	if (i == begin || i + 1 >= line.len || line.ptr[i] != ':' || blank(line.ptr[i + 1]) || line.ptr[i + 1] == '/' ||
		line.ptr[i + 1] == '\r')
		return STR("");
	return without_comment(str_part(line, i, line.len));
}

static bool stands_as_it_is(struct str value)
{
	char first = value.ptr[0], last = value.ptr[value.len - 1];
	if (first == '&') {
		/* An anchor of a list or mapping. */
		struct str behind = str_trim(str_part(value, str_find(value, ' '), value.len));
		return behind.len && (behind.ptr[0] == '[' || behind.ptr[0] == '{');
	}
	if (first == '"' || first == '\'')
		return quoted_length(value) == value.len;
	return (first == '[' && last == ']') || (first == '{' && last == '}') ||
	       ((first == '|' || first == '>') && value.len <= 3);
}

/* A list or mapping on one line whose bracket was never closed. */
static bool is_open_bracket(struct str value)
{
	return (value.ptr[0] == '[' && str_find(value, ']') == value.len) ||
	       (value.ptr[0] == '{' && str_find(value, '}') == value.len);
}

/* A Dutch word that begins with an apostrophe: 't, 's avonds, 's-Gravenhage. */
static bool is_apostrophe(struct str value)
{
	if (value.len < 3 || value.ptr[0] != '\'' || !strchr("kmnst", ascii_lower(value.ptr[1])))
		return false;
	char behind = ascii_lower(value.ptr[2]);
	return behind < 'a' || behind > 'z';
}

/*
 * The text between two quotes that were meant as such, while the text has more of them: 'Foto's maken', "Zeg "ja" nu".
 * Empty where the quotes at the ends belong to the text: "Samen" en "thuis".
 */
static struct str within_quotes(struct str value)
{
	char quote = value.ptr[0];
	if ((quote != '"' && quote != '\'') || value.len < 3 || value.ptr[value.len - 1] != quote ||
		is_apostrophe(value))
		return STR("");
	struct str inner = str_part(value, 1, value.len - 1);
	size_t count = 0;
	for (size_t i = 0; i < inner.len; i++) {
		if (inner.ptr[i] != quote)
			continue;
		bool begins = !i || blank(inner.ptr[i - 1]), ends = i + 1 == inner.len || blank(inner.ptr[i + 1]);
		if (quote == '"' ? begins == count % 2 : begins || ends)
			return STR("");
		count++;
	}
	return quote == '\'' || count % 2 == 0 ? inner : STR("");
}

static struct str quote(struct arena *arena, struct str value)
{
	char first = value.ptr[0];
	if (is_open_bracket(value))
		return str_format(arena, "%.*s%c", STR_ARG(value), first == '[' ? ']' : '}');
	struct str within = within_quotes(value);
	if (within.len)
		value = within;
	/* A quote that was opened and never closed. */
	else if ((first == '"' || first == '\'') && !is_apostrophe(value) &&
		 str_find(str_part(value, 1, value.len), first) == value.len - 1 && str_find(value, '\\') == value.len)
		return str_format(arena, "%.*s%c", STR_ARG(value), first);
	if (str_find(value, '"') == value.len && str_find(value, '\\') == value.len)
		return str_format(arena, "\"%.*s\"", STR_ARG(value));
	struct buffer out = {0};
	buffer_byte(&out, '\'');
	for (size_t i = 0; i < value.len; i++) {
		buffer_byte(&out, value.ptr[i]);
		if (value.ptr[i] == '\'')
			buffer_byte(&out, '\'');
	}
	buffer_byte(&out, '\'');
	struct str quoted = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return quoted;
}

/* A list or mapping with quotes around each text in it that a # cuts off. */
static struct str quote_cut(struct arena *arena, struct str value)
{
	struct buffer out = {0};
	size_t begin = 0;
	bool cut = false;
	for (size_t i = 0; i < value.len; i++) {
		char c = value.ptr[i];
		bool key = c == ':' && i + 1 < value.len && blank(value.ptr[i + 1]);
		cut |= is_cut(value, i);
		if (!key && !strchr("[]{},", c))
			continue;
		struct str text = str_part(value, begin, i);
		size_t left = 0;
		while (left < text.len && blank(text.ptr[left]))
			left++;
		buffer_add(&out, str_part(text, 0, left));
		text = str_trim(text);
		buffer_add(&out, cut && text.len ? quote(arena, text) : text);
		buffer_byte(&out, c);
		begin = i + 1;
		cut = false;
	}
	struct str quoted = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return quoted;
}

static uint32_t line_at(const struct source *source, uint32_t offset)
{
	return source_place_in(source, (struct span){0, offset, offset}).line - 1;
}

size_t quoting_candidates(
	const struct source *source, struct span at, struct span context, uint32_t lines[QUOTING_CANDIDATES])
{
	size_t count = 0;
	uint32_t line = line_at(source, at.begin);
	lines[count++] = line;
	if (context.source && line_at(source, context.begin) != line)
		lines[count++] = line_at(source, context.begin);
	/* Of a text that should have been a key only the next line shows that it was none. */
	if (line && count < QUOTING_CANDIDATES && joined_value(source_line(source, line)).len)
		lines[count++] = line - 1;
	/* A quote or bracket that was left open further up lets the failure show only here. */
	for (uint32_t above = line; above-- > 0 && count < QUOTING_CANDIDATES && line - above < 64;) {
		struct str text = source_line(source, above + 1), value = value_of(text);
		bool left_open = value.len && strchr("\"'[{&*", value.ptr[0]) && !stands_as_it_is(value);
		if (left_open || cut_value(text).len)
			lines[count++] = above;
	}
	return count;
}

/* A text that needs quotes, with the # behind it that they keep from being a comment: Workshop: deel #2. */
static struct str with_hash(struct str line, struct str value)
{
	struct str rest = str_part(line, (size_t)(value.ptr + value.len - line.ptr), line.len);
	size_t i = 0;
	while (i < rest.len && blank(rest.ptr[i]))
		i++;
	bool hash = i && i + 1 < rest.len && rest.ptr[i] == '#' && !blank(rest.ptr[i + 1]) && rest.ptr[i + 1] != '\r';
	if (hash)
		value.len = (size_t)(line.ptr + line.len - value.ptr);
	while (hash && (blank(value.ptr[value.len - 1]) || value.ptr[value.len - 1] == '\r'))
		value.len--;
	return value;
}

bool quoting_add(struct quoting *quoting, struct arena *arena, const struct source *source, uint32_t line)
{
	struct str joined = joined_value(source_line(source, line + 1));
	struct str cut = cut_value(source_line(source, line + 1));
	struct str value = cut.len ? cut : joined.len ? joined : value_of(source_line(source, line + 1));
	if (!value.len || (!cut.len && !joined.len && stands_as_it_is(value)))
		return false;
	size_t at = 0;
	while (at < quoting->count && quoting->items[at].line < line)
		at++;
	if (at < quoting->count && quoting->items[at].line == line)
		return false;
	if (!cut.len && !joined.len && !is_open_bracket(value))
		value = with_hash(source_line(source, line + 1), value);
	uint32_t begin = (uint32_t)(value.ptr - source->bytes.ptr);
	struct str shown = cut.len      ? quote_cut(arena, cut)
			   : joined.len ? str_format(arena, ": %.*s", STR_ARG(str_part(joined, 1, joined.len)))
					: quote(arena, value);
	quoting->items = arena_grow(arena, quoting->items, quoting->count, sizeof(*quoting->items));
	memmove(quoting->items + at + 1, quoting->items + at, (quoting->count - at) * sizeof(*quoting->items));
	quoting->items[at] = (struct quote){
		.line = line,
		.begin = begin,
		.end = begin + (uint32_t)value.len,
		.column = (uint32_t)str_points(str_part(source->bytes, source->lines[line], begin)),
		.points_before = (uint32_t)str_points(value),
		.points = (uint32_t)str_points(shown),
		.shown = shown,
		.slip = cut.len                  ? SLIP_COMMENT
			: joined.len             ? SLIP_BLANK
			: is_open_bracket(value) ? SLIP_BRACKET
						 : SLIP_QUOTES,
	};
	quoting->count++;
	return true;
}

void quoting_drop(struct quoting *quoting, uint32_t line)
{
	size_t at = 0;
	while (quoting->items[at].line != line)
		at++;
	quoting->count--;
	memmove(quoting->items + at, quoting->items + at + 1, (quoting->count - at) * sizeof(*quoting->items));
}

void quoting_apply(const struct quoting *quoting, struct buffer *out)
{
	uint32_t from = 0;
	for (size_t i = 0; i < quoting->count; i++) {
		const struct quote *item = &quoting->items[i];
		buffer_add(out, str_part(quoting->text, from, item->begin));
		buffer_add(out, item->shown);
		from = item->end;
	}
	buffer_add(out, str_part(quoting->text, from, quoting->text.len));
}

uint32_t quoting_offset(const struct quoting *quoting, const struct source *source, size_t line, size_t column)
{
	for (size_t i = 0; i < quoting->count; i++) {
		const struct quote *item = &quoting->items[i];
		if (item->line != line || column <= item->column)
			continue;
		if (column < item->column + item->points)
			return item->begin;
		return source_offset(source, line, column - item->points + item->points_before);
	}
	return source_offset(source, line, column);
}

bool quoting_has(const struct quoting *quoting, uint32_t begin)
{
	for (size_t i = 0; i < quoting->count; i++)
		if (quoting->items[i].begin == begin)
			return true;
	return false;
}

struct span quoting_span(const struct quoting *quoting, size_t index, uint32_t source)
{
	return (struct span){source, quoting->items[index].begin, quoting->items[index].end};
}

struct str quoting_shown(const struct quoting *quoting, struct arena *arena, const struct source *source, size_t index)
{
	const struct quote *item = &quoting->items[index];
	struct str before = str_trim(str_part(source->bytes, source->lines[item->line], item->begin));
	/* Within braces its own key will do. */
	for (size_t i = before.len; i-- > 0;)
		if (before.ptr[i] == '{' || before.ptr[i] == ',') {
			before = str_trim(str_part(before, i + 1, before.len));
			break;
		}
	return str_format(
		arena, "%.*s%s%.*s", STR_ARG(before), item->slip == SLIP_BLANK ? "" : " ", STR_ARG(item->shown));
}
