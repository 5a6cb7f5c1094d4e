#include "base/address.h"

#include "base/arena.h"

#include <string.h>

enum { LABEL_MAXIMUM = 63, LOCAL_MAXIMUM = 64, MENDED_MAXIMUM = 1024 };

static bool is_alphanumeric(char c)
{
	c = ascii_lower(c);
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool address_is_host(struct str s)
{
	size_t label = 0;
	if (!s.len || s.len > HOST_MAXIMUM)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		bool edge = !label || i + 1 == s.len || s.ptr[i + 1] == '.';
		if (c == '.' ? !label : !(is_alphanumeric(c) || (c == '-' && !edge)))
			return false;
		label = c == '.' ? 0 : label + 1;
		if (label > LABEL_MAXIMUM)
			return false;
	}
	return label > 0;
}

bool address_is_email(struct str s)
{
	size_t at = str_find(s, '@');
	if (!at || at > LOCAL_MAXIMUM || s.len > EMAIL_MAXIMUM || at == s.len)
		return false;
	for (size_t i = 0; i < at; i++) {
		char c = s.ptr[i];
		bool letter = is_alphanumeric(c) || (c && strchr("!#$%&'*+/=?^_`{|}~-", c));
		bool dot = c == '.' && i && i + 1 < at && s.ptr[i - 1] != '.';
		if (!letter && !dot)
			return false;
	}
	struct str host = str_part(s, at + 1, s.len);
	return address_is_host(host) && str_find(host, '.') < host.len;
}

static bool is_one_of(char c, const char *set)
{
	return c && strchr(set, c);
}

static struct str strip(struct str s, const char *set)
{
	while (s.len && is_one_of(s.ptr[0], set))
		s = str_part(s, 1, s.len);
	while (s.len && is_one_of(s.ptr[s.len - 1], set))
		s.len--;
	return s;
}

/* The bytes of a character at i that nobody sees and that came along from a web page; 0 if there is none. */
static size_t unseen(struct str s, size_t i)
{
	static const char *const characters[] = {"\u00AD", "\u200B", "\u200C", "\u200D", "\u200E", "\u200F", "\uFEFF"};
	struct str rest = str_part(s, i, s.len);
	if ((unsigned char)s.ptr[i] < 0x80)
		return (unsigned char)s.ptr[i] < ' ' || s.ptr[i] == 0x7F;
	for (size_t n = 0; n < sizeof(characters) / sizeof(*characters); n++)
		if (str_starts(rest, str_from(characters[n])))
			return strlen(characters[n]);
	return 0;
}

/* Only visible characters, and every no-break space as a plain one. */
static struct str make_visible(struct arena *arena, struct str s)
{
	char *out = arena_alloc(arena, s.len);
	size_t len = 0;
	for (size_t i = 0; i < s.len;) {
		size_t skip = unseen(s, i);
		bool no_break = !skip && str_starts(str_part(s, i, s.len), STR("\u00A0"));
		if (no_break)
			skip = STR("\u00A0").len;
		if (no_break || !skip)
			out[len++] = no_break ? ' ' : s.ptr[i];
		i += skip ? skip : 1;
	}
	return (struct str){out, len};
}

/* "info at example.org", "info(at)example.org" and "info[at]example.org" with their @. */
static struct str write_at(struct arena *arena, struct str s)
{
	static const char *const words[] = {" at ", "(at)", "[at]"};
	if (str_find(s, '@') < s.len)
		return s;
	for (size_t n = 0; n < sizeof(words) / sizeof(*words); n++) {
		struct str word = str_from(words[n]);
		for (size_t i = 0; i + word.len <= s.len; i++)
			if (str_equal_nocase(str_part(s, i, i + word.len), word))
				return str_format(arena, "%.*s@%.*s", (int)i, s.ptr, (int)(s.len - i - word.len),
					s.ptr + i + word.len);
	}
	return s;
}

/* The first character after i that is no space, or NUL. */
static char next_mark(struct str s, size_t i)
{
	while (++i < s.len)
		if (s.ptr[i] != ' ')
			return s.ptr[i];
	return 0;
}

/* Removes spaces around @ and dots, and the second of two of these; a comma in a host becomes a dot. */
static struct str tidy(struct arena *arena, struct str s)
{
	char *out = arena_alloc(arena, s.len);
	size_t len = 0, at = str_find(s, '@');
	struct str host = str_part(s, at, s.len);
	size_t dot = at + str_find(host, '.');
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i], before = len ? out[len - 1] : 0;
		bool inside = i > at && i < dot && dot < s.len;
		if (c == ' ' && (is_one_of(before, "@.") || is_one_of(next_mark(s, i), "@.") || inside))
			continue;
		if (c == ',' && i > at && dot == s.len)
			c = '.';
		if (c != before || !is_one_of(c, "@."))
			out[len++] = c;
	}
	return (struct str){out, len};
}

struct str address_mend(struct arena *arena, struct str s)
{
	static const char around[] = " \t\r\n\"'<>()[];:,.";
	if (s.len > MENDED_MAXIMUM)
		return STR("");
	s = make_visible(arena, s);
	size_t open = str_find(s, '<');
	if (open < s.len) {
		s = str_part(s, open + 1, s.len);
		s.len = str_find(s, '>');
	}
	s = strip(s, around);
	struct str scheme = STR("mailto:");
	if (s.len > scheme.len && str_equal_nocase(str_part(s, 0, scheme.len), scheme))
		s = strip(str_part(s, scheme.len, s.len), around);
	s = tidy(arena, write_at(arena, s));
	return address_is_email(s) ? s : STR("");
}

bool address_several(struct str s)
{
	struct str first = STR("");
	for (size_t begin = 0, i = 0; i <= s.len; i++) {
		if (i < s.len && !is_one_of(s.ptr[i], " \t\r\n,;<>()\"/|"))
			continue;
		struct str word = str_part(s, begin, i);
		begin = i + 1;
		if (!address_is_email(word))
			continue;
		if (first.len && !str_equal_nocase(first, word))
			return true;
		first = word;
	}
	return false;
}
