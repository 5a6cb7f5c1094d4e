#include "report/columns.h"

#include <utf8proc.h>

enum { TAB = 8 };

size_t columns_next(struct str s, unsigned column, unsigned *width, bool *shown)
{
	int32_t point;
	ptrdiff_t len = utf8proc_iterate((const uint8_t *)s.ptr, (ptrdiff_t)s.len, &point);
	if (len < 1) {
		*width = 1;
		*shown = false;
		return 1;
	}
	if (point == '\t') {
		*width = TAB - column % TAB;
		*shown = true;
		return 1;
	}
	/* What would move the cursor or turn the direction of writing is not let out to a terminal. What joins the parts
	 * of an emoji, or of a word, does neither. */
	utf8proc_category_t category = utf8proc_category(point);
	bool joins = point == 0x200C || point == 0x200D;
	*shown = joins || (category != UTF8PROC_CATEGORY_CC && category != UTF8PROC_CATEGORY_CF);
	*width = *shown ? (unsigned)utf8proc_charwidth(point) : 1;
	return (size_t)len;
}

unsigned columns_of(struct str s)
{
	unsigned column = 0, width;
	bool shown;
	for (size_t i = 0; i < s.len; column += width)
		i += columns_next(str_part(s, i, s.len), column, &width, &shown);
	return column;
}
