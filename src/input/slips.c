#include "input/slips.h"

#include "base/arena.h"
#include "decode/keys.h"

#include <ctype.h>
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

size_t slips_closed(struct str s)
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

/* The bytes of the escape that the backslash at a byte begins; 0 where it begins none. */
static size_t escape_length(struct str s, size_t i)
{
	char letter = i + 1 < s.len ? s.ptr[i + 1] : 0;
	size_t digits = letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
	if (!letter || !strchr("0abtnvfre \"/\\N_LPxuU\t\n\r", letter))
		return 0;
	for (size_t n = 0; n < digits; n++)
		if (i + 2 + n >= s.len || !isxdigit((unsigned char)s.ptr[i + 2 + n]))
			return 0;
	return 2 + digits;
}

size_t slips_escape(struct str s)
{
	for (size_t i = 1; i < s.len && s.ptr[i] != '"'; i++) {
		if (s.ptr[i] != '\\')
			continue;
		size_t len = escape_length(s, i);
		if (!len)
			return i;
		i += len - 1;
	}
	return s.len;
}

static bool is_quoted(struct str value)
{
	return value.len && (value.ptr[0] == '"' || value.ptr[0] == '\'') && slips_closed(value) == value.len;
}

static bool has_bad_escape(struct str value)
{
	return is_quoted(value) && value.ptr[0] == '"' && slips_escape(value) < value.len;
}

/* Whether a value within brackets, up to its comma, cannot stand there without quotes. */
static bool breaks_brackets(struct str value)
{
	if (!value.len)
		return false;
	if (value.ptr[0] == '"' || value.ptr[0] == '\'')
		return !is_quoted(value) || has_bad_escape(value);
	for (size_t i = 0; i < value.len; i++)
		if (strchr("[]{}", value.ptr[i]) ||
			(value.ptr[i] == ':' && (i + 1 == value.len || blank(value.ptr[i + 1]))))
			return true;
	return strchr("@`%&*!", value.ptr[0]);
}

/* The bytes of a list or mapping in brackets at the beginning of s; 0 where its brackets do not close. */
static size_t bracketed_length(struct str s)
{
	size_t depth = 0;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if ((c == '"' || c == '\'') && i && strchr(" \t[{,:", s.ptr[i - 1])) {
			size_t quoted = slips_closed(str_part(s, i, s.len));
			if (!quoted)
				return 0;
			i += quoted - 1;
		}
		depth += c == '[' || c == '{';
		depth -= depth && (c == ']' || c == '}');
		if (!depth)
			return i + 1;
	}
	return 0;
}

/*
 * Where a value within brackets ends: at the comma in front of the next key, or item, or with them. A bracket of its
 * own that closes is a part of it.
 */
static size_t bracketed_value(struct str inner, char open, size_t begin)
{
	size_t end = begin;
	if (end < inner.len && (inner.ptr[end] == '[' || inner.ptr[end] == '{'))
		end += bracketed_length(str_part(inner, end, inner.len));
	for (; end < inner.len; end++)
		if (inner.ptr[end] == ',' && (open == '[' || key_length(str_trim(str_part(inner, end + 1, inner.len)))))
			break;
	return end;
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

/* The text of a line behind its dashes and its key; empty where the line has neither. */
static struct str value_of(struct str line)
{
	return without_comment(str_part(line, value_begin(line), line.len));
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
			size_t quoted = slips_closed(str_part(value, i, value.len));
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

/*
 * What stands behind a key of the format that lacks its colon, from its blank on: "start 2021-01-21"; empty where the
 * line is something else.
 */
static struct str bare_value(struct str line)
{
	size_t begin = 0, i;
	while (begin < line.len && (blank(line.ptr[begin]) || (line.ptr[begin] == '-' && begin + 1 < line.len &&
								      blank(line.ptr[begin + 1]))))
		begin++;
	for (i = begin; i < line.len && (line.ptr[i] == '-' || (line.ptr[i] >= 'a' && line.ptr[i] <= 'z')); i++)
		;
	struct str value = without_comment(str_part(line, i, line.len));
	bool is_value = value.len > 1 && blank(value.ptr[0]) && str_trim(value).len;
	for (size_t n = 0; n + 1 < value.len; n++)
		is_value &= value.ptr[n] != ':' || !blank(value.ptr[n + 1]);
	return is_value && key_find(str_part(line, begin, i), ~0U) ? value : STR("");
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
		return is_quoted(value) && !has_bad_escape(value);
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

/* Whether a text between double quotes has escapes that begin a character: then its backslashes were meant as such. */
static bool has_escape(struct str value)
{
	for (size_t i = 1; i < value.len; i++)
		if (value.ptr[i] == '\\') {
			if (escape_length(value, i))
				return !(i > 1 && value.ptr[i - 1] == ':');
			i++;
		}
	return false;
}

/* Such a text with two backslashes in the place of each that begins no character. */
static struct str double_escapes(struct arena *arena, struct str value)
{
	struct buffer out = {0};
	for (size_t i = 0; i < value.len;) {
		size_t len = value.ptr[i] == '\\' ? escape_length(value, i) : 1;
		buffer_add(&out, len ? str_part(value, i, i + len) : STR("\\\\"));
		i += len ? len : 1;
	}
	struct str doubled = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return doubled;
}

static struct str quote(struct arena *arena, struct str value)
{
	char first = value.ptr[0];
	if (is_open_bracket(value))
		return str_format(arena, "%.*s%c", STR_ARG(value), first == '[' ? ']' : '}');
	if (has_bad_escape(value) && has_escape(value))
		return double_escapes(arena, value);
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

/* Gathers the slips of a line. */
struct gathering {
	struct arena *arena;
	struct slip *slips;
	size_t count;
};

static void gather(struct gathering *gathering, struct str value, struct str shown, enum slip_kind kind)
{
	if (gathering->count < SLIPS_MAXIMUM)
		gathering->slips[gathering->count++] = (struct slip){value, shown, kind};
}

static void gather_text(struct gathering *gathering, struct str value)
{
	enum slip_kind kind = has_bad_escape(value) ? SLIP_ESCAPE : is_open_bracket(value) ? SLIP_BRACKET : SLIP_QUOTES;
	gather(gathering, value, quote(gathering->arena, value), kind);
}

/* Of what stands within { and }, or [ and ], the values that need quotes. */
static void gather_within(struct gathering *gathering, struct str inner, char open)
{
	for (size_t begin = 0, end; begin < inner.len && gathering->count < SLIPS_MAXIMUM; begin = end + 1) {
		while (begin < inner.len && blank(inner.ptr[begin]))
			begin++;
		size_t key = open == '{' ? key_length(str_part(inner, begin, inner.len)) : 0;
		end = bracketed_value(inner, open, begin + key);
		struct str value = str_trim(str_part(inner, begin + key, end));
		if (value.len && strchr("[{", value.ptr[0]) && bracketed_length(value) == value.len)
			gather_within(gathering, str_part(value, 1, value.len - 1), value.ptr[0]);
		else if ((key || open == '[') && breaks_brackets(value))
			gather_text(gathering, value);
	}
}

/* The bytes of a list or mapping in brackets behind which there are only brackets that close nothing; else all of
 * them. */
static size_t closed_length(struct str value)
{
	size_t len = bracketed_length(value);
	for (size_t i = len; i < value.len; i++)
		if (!strchr("]} ", value.ptr[i]))
			return value.len;
	return len ? len : value.len;
}

static void count_brackets(struct str text, size_t *opened, size_t *closed)
{
	*opened = *closed = 0;
	for (size_t i = 0; i < text.len; i++) {
		*opened += text.ptr[i] == '[' || text.ptr[i] == '{';
		*closed += text.ptr[i] == ']' || text.ptr[i] == '}';
	}
}

bool slips_within(struct str line)
{
	size_t opened, closed;
	count_brackets(without_comment(line), &opened, &closed);
	return closed > opened;
}

/* A line within brackets that others open or close: without the brackets that are not its own. */
static void gather_inner(struct gathering *gathering, struct str line)
{
	struct str inner = str_trim(without_comment(line));
	struct str value = value_of(line);
	char open = '{';
	bool bracket = value.len && strchr("[{", value.ptr[0]);
	if (bracket && bracketed_length(value))
		return;
	if (bracket) {
		open = value.ptr[0];
		inner = str_part(value, 1, value.len);
	}
	size_t opened, closed;
	count_brackets(inner, &opened, &closed);
	for (; inner.len && strchr(",]} ", inner.ptr[inner.len - 1]); inner.len--)
		if (strchr("]}", inner.ptr[inner.len - 1]) && closed-- <= opened)
			break;
	gather_within(gathering, inner, open);
}

size_t slips_find(struct arena *arena, struct str line, bool within, struct slip slips[SLIPS_MAXIMUM])
{
	struct gathering gathering = {arena, slips, 0};
	struct str cut = cut_value(line), joined = joined_value(line), bare = bare_value(line), value = value_of(line);
	if (within) {
		gather_inner(&gathering, line);
	} else if (cut.len) {
		gather(&gathering, cut, quote_cut(arena, cut), SLIP_COMMENT);
	} else if (joined.len) {
		struct str shown = str_format(arena, ": %.*s", STR_ARG(str_part(joined, 1, joined.len)));
		gather(&gathering, joined, shown, SLIP_BLANK);
	} else if (bare.len) {
		gather(&gathering, bare, str_format(arena, ": %.*s", STR_ARG(str_trim(bare))), SLIP_COLON);
	} else if (value.len && !stands_as_it_is(value)) {
		gather_text(&gathering, is_open_bracket(value) ? value : with_hash(line, value));
	} else if (value.len && strchr("[{", value.ptr[0]) && closed_length(value) < value.len) {
		size_t closed = closed_length(value);
		gather(&gathering, str_part(value, closed, value.len), STR(""), SLIP_CLOSED);
	} else if (value.len && strchr("[{", value.ptr[0])) {
		gather_within(&gathering, str_part(value, 1, value.len - 1), value.ptr[0]);
	}
	return gathering.count;
}

bool slips_open(struct str line)
{
	struct str value = value_of(line);
	return (value.len && strchr("\"'[{&*", value.ptr[0]) && !stands_as_it_is(value)) || cut_value(line).len;
}

bool slips_joined(struct str line)
{
	return joined_value(line).len || bare_value(line).len;
}
