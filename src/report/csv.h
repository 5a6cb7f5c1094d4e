/*
 * Tables as CSV (RFC 4180), as Excel opens them on a double click: a Dutch Excel wants semicolons, and takes a file for
 * UTF-8 only where it begins with a byte order mark; an English one wants commas.
 */
#ifndef REPORT_CSV_H
#define REPORT_CSV_H

#include "base/str.h"

#include <stdio.h>

/* Zero-initialise it but for the stream. Write errors are left to the caller. */
struct csv {
	FILE *stream;
	bool dutch; /* a byte order mark, and semicolons */
	bool begun, in_row;
};

/*
 * Adds a cell to the row. A text that a spreadsheet would take for a formula (it begins with =, +, - or @) has an
 * apostrophe in front of it; control characters but for line breaks, and what turns the direction of writing, become
 * U+FFFD.
 */
void csv_cell(struct csv *csv, struct str text);
/* The same of texts on end, with ", " between. */
void csv_words(struct csv *csv, const struct str *words, size_t count);
void csv_end_row(struct csv *csv);

#endif
