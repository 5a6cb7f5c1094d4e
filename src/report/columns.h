/* The columns of a terminal that text takes up (libutf8proc), and text laid out in them. */
#ifndef REPORT_COLUMNS_H
#define REPORT_COLUMNS_H

#include "base/str.h"

/*
 * The first character of s, which is not empty: returns its bytes, and sets its width where it begins at a column, and
 * whether it may be shown (report/escape.h; a tab may). What may not takes one column, for U+FFFD.
 */
size_t columns_next(struct str s, unsigned column, unsigned *width, bool *shown);
/* The columns of a text that begins at column 0. */
unsigned columns_of(struct str s);

/*
 * Adds a line; the cursor is at a column. Where a word has no room within width, it goes to the next line, indented, in
 * place of the space before it. width 0: the line is added as it is. No line break at its end.
 */
void columns_wrap(struct buffer *out, struct str line, unsigned column, unsigned indent, unsigned width);

#endif
