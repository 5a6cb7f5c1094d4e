#include "input/locate.h"

#include <string.h>

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t skip_spaces(struct str s, size_t i)
{
	while (i < s.len && is_space(s.ptr[i]))
		i++;
	return i;
}

/* Behind what stands in front of a text: an anchor or tag, a quote, the line of a | or >. */
static void begin(struct locator *locator)
{
	struct str written = locator->written;
	size_t i = 0;
	while (i < written.len && (written.ptr[i] == '&' || written.ptr[i] == '!')) {
		while (i < written.len && !is_space(written.ptr[i]))
			i++;
		i = skip_spaces(written, i);
	}
	char first = i < written.len ? written.ptr[i] : 0;
	locator->style = first && strchr("\"'|>", first) ? first : 0;
	if (first == '|' || first == '>')
		i += str_find(str_part(written, i, written.len), '\n');
	else
		i += locator->style != 0;
	locator->from = 0;
	locator->to = skip_spaces(written, i);
}

struct locator locator_open(const struct sources *sources, struct span span, struct str text)
{
	struct locator locator = {.span = span, .written = source_text(sources, span), .text = text};
	begin(&locator);
	return locator;
}

/* The bytes of an escape between double quotes. */
static size_t escape_length(char letter)
{
	return letter == 'x' ? 4 : letter == 'u' ? 6 : letter == 'U' ? 10 : 2;
}

static size_t character_length(struct str s, size_t i)
{
	size_t len = 1;
	while (i + len < s.len && (s.ptr[i + len] & 0xC0) == 0x80)
		len++;
	return len;
}

/* Whether spaces from i on lead to the end of a line. */
static bool ends_line(struct str s, size_t i)
{
	while (i < s.len && (s.ptr[i] == ' ' || s.ptr[i] == '\t'))
		i++;
	return i < s.len && (s.ptr[i] == '\n' || s.ptr[i] == '\r');
}

/* A backslash at the end of a line between double quotes: it gives nothing. */
static bool joins_lines(const struct locator *locator)
{
	struct str written = locator->written;
	size_t to = locator->to;
	return locator->style == '"' && to < written.len && written.ptr[to] == '\\' && ends_line(written, to + 1);
}

/* Takes one character of both. False where they do not go together. */
static bool step(struct locator *locator)
{
	struct str written = locator->written, text = locator->text;
	size_t from = locator->from, to = locator->to;
	if (to >= written.len)
		return false;
	if (joins_lines(locator)) {
		locator->to = skip_spaces(written, to + 1);
		return true;
	}
	if (locator->style == '"' && written.ptr[to] == '\\' && to + 1 < written.len) {
		locator->to += escape_length(written.ptr[to + 1]);
		locator->from += character_length(text, from);
		return locator->to <= written.len;
	}
	if (ends_line(written, to) || (is_space(written.ptr[to]) && written.ptr[to] != text.ptr[from])) {
		/* What YAML makes of a line break and the indentation behind it is white space too, or nothing. */
		locator->to = skip_spaces(written, to);
		locator->from = skip_spaces(text, from);
		return true;
	}
	if (is_space(text.ptr[from]) && !is_space(written.ptr[to])) {
		locator->from = skip_spaces(text, from);
		return true;
	}
	if (written.ptr[to] != text.ptr[from])
		return false;
	locator->to += locator->style == '\'' && written.ptr[to] == '\'' ? 2 : 1;
	locator->from++;
	return true;
}

/* Takes what gives the bytes of text in front of one. False where that cannot be found. */
static bool follow(struct locator *locator, size_t at)
{
	if (at < locator->from)
		begin(locator);
	while (locator->from < at)
		if (!step(locator))
			return false;
	return true;
}

struct span locator_find(struct locator *locator, struct extent at)
{
	struct span span = locator->span;
	if (at.begin >= at.end || at.end > locator->text.len || !follow(locator, at.begin))
		return span;
	if (joins_lines(locator))
		step(locator);
	size_t first = locator->to;
	if (!follow(locator, at.end))
		return span;
	size_t last = locator->to;
	while (last > first && is_space(locator->written.ptr[last - 1]))
		last--;
	return (struct span){span.source, span.begin + (uint32_t)first, span.begin + (uint32_t)last};
}
