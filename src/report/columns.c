#include "report/columns.h"

#include "report/escape.h"

#include <utf8proc.h>

enum { TAB = 8 };

size_t columns_next(struct str s, unsigned column, unsigned *width, bool *shown)
{
	if (s.ptr[0] == '\t') {
		*width = TAB - column % TAB;
		*shown = true;
		return 1;
	}
	int32_t point;
	size_t len = escape_next(s, shown);
	*width = 1;
	if (*shown && s.ptr[0] & 0x80 && utf8proc_iterate((const uint8_t *)s.ptr, (ptrdiff_t)s.len, &point) > 0)
		*width = (unsigned)utf8proc_charwidth(point);
	return len;
}

unsigned columns_of(struct str s)
{
	unsigned column = 0, width;
	bool shown;
	for (size_t i = 0; i < s.len; column += width)
		i += columns_next(str_part(s, i, s.len), column, &width, &shown);
	return column;
}

void columns_wrap(struct buffer *out, struct str line, unsigned column, unsigned indent, unsigned width)
{
	bool first = true;
	if (!width) {
		buffer_add(out, line);
		return;
	}
	for (size_t i = 0; i < line.len;) {
		struct str rest = str_part(line, i, line.len), word = str_part(rest, 0, str_find(rest, ' '));
		unsigned room = columns_of(word);
		i += word.len + 1;
		if (!first && column + 1 + room > width) {
			buffer_format(out, "\n%*s", (int)indent, "");
			column = indent;
			first = true;
		}
		buffer_format(out, "%s%.*s", first ? "" : " ", STR_ARG(word));
		column += room + !first;
		first = false;
	}
}
