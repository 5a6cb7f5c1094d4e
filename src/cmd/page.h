/*
 * Text laid out for a reader at a terminal: wrapped paragraphs, and terms with their texts in two columns.
 *
 * A text has paragraphs with an empty line between them. A line that begins with a blank stands as it is: it is an
 * example. Widths are counted in code points.
 */
#ifndef CMD_PAGE_H
#define CMD_PAGE_H

#include "cmd/options.h"

#include <stdio.h>

struct page {
	FILE *stream;
	unsigned width; /* columns */
	bool color;
};

/* As wide as the terminal behind the stream, from 40 columns to 100; 80 where it is none. */
struct page page_make(FILE *stream, const struct options *options);

/* "Options:" on a line of its own, behind an empty line. */
void page_heading(const struct page *page, const char *heading);
/* A text, each line behind indent blanks. */
void page_text(const struct page *page, unsigned indent, const char *text);
/* Lines as they are, each behind indent blanks. */
void page_lines(const struct page *page, unsigned indent, const char *lines);
/* A term behind indent blanks, and its text from column on; on the next line where the term reaches that far. */
void page_term(const struct page *page, unsigned indent, const char *term, unsigned column, const char *text);

#endif
