#include "report/escape.h"

#include <utf8proc.h>

enum { NON_JOINER = 0x200C, JOINER = 0x200D };

static bool is_printable_ascii(char c)
{
	return c >= ' ' && c <= '~';
}

/* The first character of s: its bytes and, unless it is no UTF-8, what it is. */
static size_t next_point(struct str s, int32_t *point)
{
	ptrdiff_t len = utf8proc_iterate((const uint8_t *)s.ptr, (ptrdiff_t)s.len, point);
	if (len > 0)
		return (size_t)len;
	*point = -1;
	return 1;
}

static bool may_be_shown(int32_t point)
{
	if (point < 0)
		return false;
	switch (utf8proc_category(point)) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return false;
	case UTF8PROC_CATEGORY_CF:
		return point == NON_JOINER || point == JOINER;
	default:
		return true;
	}
}

size_t escape_next(struct str s, bool *shown)
{
	int32_t point;
	*shown = true;
	if (is_printable_ascii(s.ptr[0]))
		return 1;
	size_t len = next_point(s, &point);
	*shown = may_be_shown(point);
	return len;
}

static void add_escaped(struct buffer *out, struct str character)
{
	int32_t point;
	next_point(character, &point);
	if (point < 0)
		buffer_format(out, "\\x%02X", (unsigned char)character.ptr[0]);
	else if (point == '\n' || point == '\t' || point == '\r')
		buffer_add(out, point == '\n' ? STR("\\n") : point == '\t' ? STR("\\t") : STR("\\r"));
	else
		buffer_format(out,
			point < 0x100     ? "\\x%02X"
			: point < 0x10000 ? "\\u%04X"
					  : "\\U%08X",
			(unsigned)point);
}

void escape_add(struct buffer *out, struct str s)
{
	size_t begin = 0;
	for (size_t i = 0; i < s.len;) {
		bool shown;
		size_t len = escape_next(str_part(s, i, s.len), &shown);
		if (!shown) {
			buffer_add(out, str_part(s, begin, i));
			add_escaped(out, str_part(s, i, i + len));
			begin = i + len;
		}
		i += len;
	}
	buffer_add(out, str_part(s, begin, s.len));
}

struct str escape(struct arena *arena, struct str s)
{
	struct buffer out = {0};
	bool shown = true;
	for (size_t i = 0; i < s.len && shown;)
		i += escape_next(str_part(s, i, s.len), &shown);
	if (shown)
		return s;
	escape_add(&out, s);
	struct str escaped = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return escaped;
}
