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
