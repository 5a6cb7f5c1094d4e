/* The columns of a terminal that text takes up (libutf8proc). */
#ifndef REPORT_COLUMNS_H
#define REPORT_COLUMNS_H

#include "base/str.h"

/*
 * The first character of s, which is not empty: returns its octets, and sets its width where it begins at a column, and
 * whether it may be shown (report/escape.h; a tab may). What may not takes one column, for U+FFFD.
 */
size_t columns_next(struct str s, unsigned column, unsigned *width, bool *shown);
/* The columns of a text that begins at column 0. */
unsigned columns_of(struct str s);

#endif
