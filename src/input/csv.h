/*
 * CSV (RFC 4180) as Excel and registration forms give it, row by row, every cell with the place where it stands. The
 * only code that knows libcsv.
 *
 * The separator is a comma, a semicolon or a tab, as the first row has it, or what a line "sep=;" in front says. Lines
 * end with CRLF, LF or CR. A cell may stand in quotes; then it may hold separators, line breaks and doubled quotes.
 */
#ifndef INPUT_CSV_H
#define INPUT_CSV_H

#include "report/finding.h"

struct cell {
	struct str text;  /* what it says: without quotes, and without blanks around it */
	struct span span; /* as it is written, its quotes included; where there is nothing, the place for it */
};

struct row {
	const struct cell *cells;
	size_t count;     /* one or more */
	struct span span; /* from its first cell to its last */
	char separator;
};

/* What becomes of the rows. */
struct csv_taker {
	/* Whether a text is the name of a column: that settles the separator where the first row has more than one. */
	bool (*is_header)(struct str text);
	/*
	 * Takes a row, the one with the columns' names among them. Texts live as long as the findings' arena and the
	 * source, cells until it returns. False: it has seen enough.
	 */
	bool (*take)(void *context, const struct row *row);
	void *context;
};

/*
 * Reads a source, whose bytes came through encoding_decode() (input/encoding.h), and gives its rows to the taker;
 * rows in which no cell holds anything are passed over. A workbook, bytes that are no text (encoding), a broken
 * quote, a row of more than 16,384 cells and the first row after 100,000 are findings; behind the last nothing is
 * read. A row that has one is not taken, and reading goes on behind it; if it is the first, it ends there. Control
 * characters pass. Returns whether there was no finding.
 */
bool csv_read(struct findings *findings, uint32_t source, const struct csv_taker *taker);

#endif
