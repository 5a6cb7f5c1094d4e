#include "text/tags.h"

#include <string.h>

static const struct {
	const char *name;
	enum tag_kind kind;
} known[] = {
	{"br", TAG_BREAK},
	{"p", TAG_PARAGRAPH},
	{"h1", TAG_PARAGRAPH},
	{"h2", TAG_PARAGRAPH},
	{"h3", TAG_PARAGRAPH},
	{"h4", TAG_PARAGRAPH},
	{"h5", TAG_PARAGRAPH},
	{"h6", TAG_PARAGRAPH},
	{"table", TAG_PARAGRAPH},
	{"div", TAG_LINE},
	{"ul", TAG_LIST},
	{"ol", TAG_NUMBERED},
	{"li", TAG_ITEM},
	{"tr", TAG_ROW},
	{"td", TAG_CELL},
	{"th", TAG_CELL},
	{"b", TAG_STRONG},
	{"strong", TAG_STRONG},
	{"i", TAG_EMPHASIS},
	{"em", TAG_EMPHASIS},
	{"u", TAG_UNDERLINE},
	{"a", TAG_LINK},
	{"span", TAG_SPAN},
};

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

/* The word at i: up to a space or one of the marks of a tag. */
static struct str word_at(struct str s, size_t i)
{
	size_t end = i;
	while (end < s.len && !is_space(s.ptr[end]) && s.ptr[end] != '>' && s.ptr[end] != '=' && s.ptr[end] != '/')
		end++;
	return str_part(s, i, end);
}

/* The value of an attribute behind its "=", and where it ends; a quote that is never closed gives s.len. */
static struct str value_at(struct str s, size_t i, size_t *end)
{
	char quote = i < s.len ? s.ptr[i] : 0;
	if (quote == '"' || quote == '\'') {
		size_t close = i + 1 + str_find(str_part(s, i + 1, s.len), quote);
		*end = close < s.len ? close + 1 : s.len;
		return str_part(s, i + 1, close);
	}
	for (*end = i; *end < s.len && !is_space(s.ptr[*end]) && s.ptr[*end] != '>';)
		++*end;
	return str_part(s, i, *end);
}

/* The attributes up to the ">"; false where there is none. */
static bool read_attributes(struct str s, size_t i, struct tag *tag)
{
	while ((i = skip_spaces(s, i)) < s.len) {
		if (s.ptr[i] == '>') {
			tag->len = i + 1;
			return true;
		}
		struct str name = word_at(s, i), value = STR("");
		size_t behind = skip_spaces(s, i + name.len);
		if (name.len && behind < s.len && s.ptr[behind] == '=')
			value = value_at(s, skip_spaces(s, behind + 1), &i);
		else
			i += name.len ? name.len : 1;
		if (str_equal_nocase(name, STR("href")))
			tag->href = value;
		if (str_equal_nocase(name, STR("start")))
			tag->start = value;
	}
	return false;
}

static struct tag read_comment(struct str text)
{
	for (size_t i = STR("<!--").len; i + 3 <= text.len; i++) {
		i += str_find(str_part(text, i, text.len), '-');
		if (str_starts(str_part(text, i < text.len ? i : text.len, text.len), STR("-->")))
			return (struct tag){.kind = TAG_COMMENT, .len = i + 3};
	}
	return (struct tag){0};
}

struct tag tag_read(struct str text)
{
	struct tag tag = {0};
	if (str_starts(text, STR("<!--")))
		return read_comment(text);
	if (text.len < 3 || text.ptr[0] != '<')
		return tag;
	tag.closes = text.ptr[1] == '/';
	struct str name = word_at(text, 1 + tag.closes);
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (str_equal_nocase(name, str_from(known[i].name)) &&
			read_attributes(text, (size_t)(name.ptr + name.len - text.ptr), &tag)) {
			tag.kind = known[i].kind;
			return tag;
		}
	return (struct tag){0};
}
