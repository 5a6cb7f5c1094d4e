#include "input/outline.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* A text without a comment, and without blanks at both ends. */
static struct str without_comment(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] == '#' && (!i || is_blank(text.ptr[i - 1])))
			text.len = i;
	return str_trim(text);
}

size_t outline_close_quote(struct str s, char quote)
{
	for (size_t i = 0; i < s.len; i++) {
		bool doubled = s.ptr[i] == quote && quote == '\'' && i + 1 < s.len && s.ptr[i + 1] == quote;
		if (doubled || (s.ptr[i] == '\\' && quote == '"'))
			i++;
		else if (s.ptr[i] == quote)
			return i + 1;
	}
	return 0;
}

size_t outline_key(struct str text)
{
	if (!text.len || strchr("[{&*!|>%@`#,]}", text.ptr[0]))
		return 0;
	size_t i = 0;
	if (text.ptr[0] == '"' || text.ptr[0] == '\'') {
		size_t quoted = outline_close_quote(str_part(text, 1, text.len), text.ptr[0]);
		struct str rest = str_part(text, 1 + quoted, text.len);
		return quoted && rest.len && rest.ptr[0] == ':' && (rest.len == 1 || is_blank(rest.ptr[1])) ? 1 + quoted
													    : 0;
	}
	for (; i < text.len; i++) {
		if (text.ptr[i] == '#' && i && is_blank(text.ptr[i - 1]))
			return 0;
		if (text.ptr[i] == ':' && (i + 1 == text.len || is_blank(text.ptr[i + 1])))
			return i;
	}
	return 0;
}

bool outline_is_word(struct str key)
{
	for (size_t i = 0; i < key.len; i++) {
		char c = key.ptr[i];
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
			return false;
	}
	return key.len > 0;
}

size_t outline_depth(struct str text, size_t depth)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == '#' && i && is_blank(text.ptr[i - 1]))
			break;
		if ((c == '"' || c == '\'') && (!i || strchr(" \t[{,:", text.ptr[i - 1]))) {
			size_t quoted = outline_close_quote(str_part(text, i + 1, text.len), c);
			if (!quoted)
				break;
			i += quoted;
			continue;
		}
		depth += c == '[' || c == '{';
		depth -= depth && (c == ']' || c == '}');
	}
	return depth;
}

enum outline_value outline_value(struct str text)
{
	struct str value = without_comment(text);
	/* An anchor or a tag stands in front of what it names. */
	while (value.len && (value.ptr[0] == '&' || value.ptr[0] == '!'))
		value = str_trim(str_part(value, str_find(value, ' '), value.len));
	if (!value.len)
		return VALUE_NOTHING;
	switch (value.ptr[0]) {
	case '|':
	case '>':
		return value.len <= 3 ? VALUE_BLOCK : VALUE_WHOLE;
	case '"':
	case '\'':
		value = str_trim(text);
		return outline_close_quote(str_part(value, 1, value.len), value.ptr[0]) ? VALUE_WHOLE : VALUE_QUOTED;
	case '[':
	case '{':
		return outline_depth(str_trim(text), 0) ? VALUE_OPEN : VALUE_WHOLE;
	default:
		return VALUE_TEXT;
	}
}

size_t outline_sign(struct str text)
{
	static const char *const signs[] = {"*", "+", "\u2013", "\u2014", "\u2212", "\u2012", "\u2015", "\u2010",
		"\u2011", "\u2022", "\u00b7", "\u25e6", "\u2023", "\u25aa", "\u25ab", "\u25cf", "\u25cb", "\u2043",
		"\uf0b7"};
	char first = text.len ? text.ptr[0] : 0;
	if (first != '*' && first != '+' && !(first & 0x80))
		return 0;
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
		struct str sign = str_from(signs[i]);
		if (str_starts(text, sign) && (text.len == sign.len || is_blank(text.ptr[sign.len])))
			return sign.len;
	}
	return 0;
}

bool outline_is_fence(struct str text)
{
	if (text.len < 3 || (text.ptr[0] != '`' && text.ptr[0] != '~') || text.ptr[1] != text.ptr[0] ||
		text.ptr[2] != text.ptr[0])
		return false;
	text = str_trim(text);
	char fence = text.ptr[0];
	size_t i = 0;
	while (i < text.len && text.ptr[i] == fence)
		i++;
	for (; i < text.len; i++) {
		char c = ascii_lower(text.ptr[i]);
		if (!((c >= 'a' && c <= 'z') || c == ' '))
			return false;
	}
	return true;
}
