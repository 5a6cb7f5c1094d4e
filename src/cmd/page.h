/*
 * Text laid out for a reader at a terminal: wrapped paragraphs, and terms with their texts in two columns.
 *
 * A text has paragraphs with an empty line between them. A line that begins with a space is an example, and is not
 * wrapped. Widths are the columns of a terminal (report/columns.h).
 */
#ifndef CMD_PAGE_H
#define CMD_PAGE_H

#include "cmd/options.h"

#include <stdio.h>

struct help_page {
	FILE *stream;
	unsigned width; /* columns */
	bool color;
};

/* As wide as the terminal behind the stream, within 40 and 100 columns; 80 columns if there is no terminal. */
struct help_page page_make(FILE *stream, const struct options *options);

/* "Options:" on its own line, after an empty line. */
void page_heading(const struct help_page *page, const char *heading);
/* A text, each line indented by so many spaces. */
void page_text(const struct help_page *page, unsigned indent, const char *text);
/* Lines that are not wrapped, indented by so many spaces. */
void page_lines(const struct help_page *page, unsigned indent, const char *lines);
/* An indented term, and its text from a column on; on the next line if the term is too long for that. */
void page_term(const struct help_page *page, unsigned indent, const char *term, unsigned column, const char *text);

/* Takes the first line off a text, without its line break. */
struct str page_line(struct str *rest);

#endif
