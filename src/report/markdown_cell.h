/*
 * Texts in a Markdown table (GitHub Flavored Markdown): whatever is in a text, it is shown as it is, in its cell. It
 * can make no markup, no tag, no other cell and no other row.
 */
#ifndef REPORT_MARKDOWN_CELL_H
#define REPORT_MARKDOWN_CELL_H

#include "base/str.h"

#include <stdio.h>

/* Line breaks and tabs become spaces, what may not be shown U+FFFD. */
void markdown_add(struct buffer *out, struct str text);
/* The same, printed. Write errors are left to the caller. */
void markdown_text(FILE *stream, struct str text);
/* The same as a link to an address; the text alone where that is empty. */
void markdown_link(FILE *stream, struct str text, struct str url);

#endif
