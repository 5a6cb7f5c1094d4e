#include "input/csv.h"

#include "base/arena.h"
#include "input/encoding.h"
#include "input/recognise.h"

#include <csv.h>

#include <string.h>

/* CELLS_MOST is what Excel has, too. */
/* TITLES_MOST: rows that may stand above the one that names the columns. */
enum { CELLS_MOST = 16384, ROWS_MOST = 100000, BLOCK = 65536, TITLES_MOST = 10 };

struct reader {
	struct csv_parser parser;
	struct findings *findings;
	const struct csv_taker *taker;
	uint32_t source;
	struct str bytes;
	char separator;
	size_t at;    /* libcsv has read up to here */
	size_t begin; /* of the cell that is being read */
	size_t end;   /* of that cell, should libcsv find it complete */
	struct cell *cells;
	size_t count, room; /* count goes on when no more cells are kept */
	size_t rows;        /* that hold anything */
	bool taken;         /* a row was */
	bool stopped;
	bool failed;
};

static bool is_break(char c)
{
	return c == '\r' || c == '\n';
}

static bool is_plain(char c)
{
	return c > ' ' && c < 0x7F;
}

/* The bytes of the blank at the beginning of s, or at its end; 0 where there is none. */
static size_t blank_in(struct str s, bool (*at_edge)(struct str, struct str))
{
	static const char *const blanks[] = {" ", "\t", "\r", "\n", "\u00A0", "\u200B", "\u202F"};
	for (size_t i = 0; i < sizeof(blanks) / sizeof(*blanks); i++)
		if (at_edge(s, str_from(blanks[i])))
			return strlen(blanks[i]);
	return 0;
}

/* Without the blanks at both ends, those that come from web pages among them; of blanks alone, their beginning. */
static struct str trim(struct str s)
{
	size_t blank;
	while (s.len && !is_plain(s.ptr[s.len - 1]) && (blank = blank_in(s, str_ends)) > 0)
		s.len -= blank;
	while (s.len && !is_plain(s.ptr[0]) && (blank = blank_in(s, str_starts)) > 0)
		s = str_part(s, blank, s.len);
	return s;
}

static struct span span_of(const struct reader *reader, struct str part)
{
	uint32_t begin = (uint32_t)(part.ptr - reader->bytes.ptr);
	return (struct span){reader->source, begin, begin + (uint32_t)part.len};
}

static size_t line_end(struct str s, size_t i)
{
	while (i < s.len && !is_break(s.ptr[i]))
		i++;
	return i;
}

/* The next byte at which a cell can end. */
static size_t cell_end(struct str s, size_t i, char separator)
{
	while (i < s.len && !is_break(s.ptr[i]) && s.ptr[i] != separator)
		i++;
	return i;
}

/* A row that should name the columns and cannot be read tells nothing of those below. */
static void fail(struct reader *reader)
{
	reader->failed = true;
	reader->stopped = !reader->taken;
}

static void keep_cell(struct reader *reader, struct cell cell)
{
	if (reader->count == reader->room) {
		size_t room = reader->room ? reader->room * 2 : 16;
		struct cell *cells = arena_alloc(reader->findings->arena, room * sizeof(*cells));
		if (reader->count)
			memcpy(cells, reader->cells, reader->count * sizeof(*cells));
		reader->cells = cells;
		reader->room = room;
	}
	reader->cells[reader->count] = cell;
}

/* libcsv's first callback, with what a cell says. */
static void take_cell(void *bytes, size_t len, void *context)
{
	struct reader *reader = context;
	struct str written = trim(str_part(reader->bytes, reader->begin, reader->end));
	struct str text = trim((struct str){bytes, len});
	/* What stands in the source as it is need not be kept twice. */
	text = str_equal(text, written) ? written : str_copy(reader->findings->arena, text);
	if (reader->count < CELLS_MOST)
		keep_cell(reader, (struct cell){text, span_of(reader, written)});
	reader->count++;
	reader->begin = reader->end + 1;
}

static void give_row(struct reader *reader)
{
	struct row row = {.cells = reader->cells, .count = reader->count, .separator = reader->separator};
	size_t last = (row.count < CELLS_MOST ? row.count : CELLS_MOST) - 1;
	row.span = (struct span){reader->source, row.cells[0].span.begin, row.cells[last].span.end};
	if (row.count > CELLS_MOST) {
		finding_add(reader->findings, MSG_TOO_LARGE_ROW, row.span, NO_WORDS);
		fail(reader);
		return;
	}
	if (reader->rows++ == ROWS_MOST) {
		finding_add(reader->findings, MSG_TOO_LARGE_ROWS, row.span, NO_WORDS);
		reader->failed = reader->stopped = true;
		return;
	}
	reader->taken = true;
	reader->stopped = !reader->taker->take(reader->taker->context, &row);
}

/* libcsv's second callback, at every line break outside of quotes (CSV_REPALL_NL) and at the end of the last row. */
static void take_row(int byte, void *context)
{
	struct reader *reader = context;
	(void)byte;
	bool filled = reader->count > CELLS_MOST;
	for (size_t i = 0; i < reader->count && !filled; i++)
		filled = reader->cells[i].text.len > 0;
	if (filled)
		give_row(reader);
	reader->count = 0;
	reader->begin = reader->end + 1;
}

/* libcsv at the beginning of a row. */
static void start(struct reader *reader)
{
	csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
	csv_set_delim(&reader->parser, (unsigned char)reader->separator);
	csv_set_realloc_func(&reader->parser, memory_resize);
	csv_set_blk_size(&reader->parser, BLOCK);
}

/* A cell in quotes, those inside of it doubled. */
static struct str quoted(struct arena *arena, struct str cell)
{
	struct buffer out = {0};
	buffer_byte(&out, '"');
	for (size_t i = 0; i < cell.len; i++) {
		if (cell.ptr[i] == '"')
			buffer_byte(&out, '"');
		buffer_byte(&out, cell.ptr[i]);
	}
	buffer_byte(&out, '"');
	struct str text = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return text;
}

static void add_broken_quote(struct reader *reader, size_t open, size_t line_end_at)
{
	struct findings *findings = reader->findings;
	struct str bytes = reader->bytes;
	size_t at = reader->at, end = cell_end(bytes, at, reader->separator);
	if (bytes.ptr[open] != '"') {
		struct str cell = trim(str_part(bytes, open, end));
		struct span span = span_of(reader, str_part(bytes, at, at + 1));
		finding_add(findings, MSG_BAD_CSV_QUOTE_INSIDE, span, WORDS(quoted(findings->arena, cell)));
	} else if (at < line_end_at) {
		struct span span = span_of(reader, trim(str_part(bytes, at, end)));
		finding_add(findings, MSG_BAD_CSV_QUOTE_BEHIND, span, NO_WORDS);
	} else {
		/* Nobody writes text behind a quote lines away: it is the opening one that was left alone. */
		struct span span = span_of(reader, str_part(bytes, open, open + 1));
		size_t finding = finding_add(findings, MSG_BAD_CSV_QUOTE_OPEN, span, NO_WORDS);
		if (at == bytes.len)
			return;
		while (bytes.ptr[--at] != '"')
			;
		span = span_of(reader, str_part(bytes, at, at + 1));
		finding_relate(findings, finding, MSG_BAD_CSV_QUOTE_NEXT, span, NO_WORDS);
	}
}

/* libcsv has stopped at a broken quote: reading goes on with the line below the one on which its cell begins. */
static void recover(struct reader *reader)
{
	struct str before = str_part(reader->bytes, reader->begin, reader->at);
	while (before.ptr[0] == ' ' || before.ptr[0] == '\t')
		before = str_part(before, 1, before.len);
	size_t open = (size_t)(before.ptr - reader->bytes.ptr);
	size_t line = line_end(reader->bytes, open);
	add_broken_quote(reader, open, line);
	fail(reader);
	reader->at = reader->begin = line < reader->bytes.len ? line + 1 : line;
	reader->count = 0;
	csv_free(&reader->parser);
	start(reader);
}

/*
 * libcsv tells no places. It finds a cell or a row complete only at a separator or a line break, so it is fed up to and
 * including one at a time. False: the end.
 */
static bool feed(struct reader *reader)
{
	struct str bytes = reader->bytes;
	reader->end = cell_end(bytes, reader->at, reader->separator);
	size_t size = (reader->end < bytes.len ? reader->end + 1 : reader->end) - reader->at;
	size_t done = csv_parse(&reader->parser, bytes.ptr + reader->at, size, take_cell, take_row, reader);
	reader->at += done;
	if (done == size && reader->at < bytes.len)
		return true;
	/* The last byte may have been a separator, and an empty cell stands behind it. */
	reader->end = bytes.len;
	if (done == size && !csv_fini(&reader->parser, take_cell, take_row, reader))
		return false;
	recover(reader);
	return true;
}

/* The separator that a first line "sep=;" sets, or NUL; *begin is then behind that line. */
static char given_separator(struct str bytes, size_t *begin)
{
	struct str line = str_part(bytes, 0, line_end(bytes, 0));
	if (line.len == 7 && line.ptr[0] == '"' && line.ptr[6] == '"')
		line = str_part(line, 1, 6);
	if (line.len != 5 || !str_equal_nocase(str_part(line, 0, 4), STR("sep=")) || !strchr(",;\t|:^~", line.ptr[4]))
		return 0;
	*begin = line_end(bytes, 0);
	return line.ptr[4];
}

/*
 * How well a separator divides the first row that holds anything: the cells, and far above them the known names, which
 * may stand some rows below. Of a file in which nothing stands but separators, the longest row counts.
 */
static size_t separator_rank(struct str bytes, char separator, bool (*is_header)(struct str))
{
	size_t rank = 0, longest = 0, begin = 0, first = 0, rows = 0;
	bool inside = false, filled = false;
	for (size_t i = 0; i <= bytes.len; i++) {
		bool ends = i == bytes.len || is_break(bytes.ptr[i]);
		if (!ends && bytes.ptr[i] == '"')
			inside = !inside;
		if (i < bytes.len && (inside || (!ends && bytes.ptr[i] != separator)))
			continue;
		struct str cell = trim(str_part(bytes, begin, i));
		if (cell.len > 1 && cell.ptr[0] == '"' && cell.ptr[cell.len - 1] == '"')
			cell = str_part(cell, 1, cell.len - 1);
		filled |= cell.len > 0;
		rank += cell.len && is_header(cell) ? CELLS_MOST : 1;
		begin = i + 1;
		if (!ends)
			continue;
		if (rank >= CELLS_MOST)
			return rank;
		if (filled && !first)
			first = rank;
		rows += filled;
		if (rows == TITLES_MOST)
			break;
		longest = rank > longest ? rank : longest;
		rank = 0;
		filled = false;
	}
	return first ? first : longest;
}

static char find_separator(struct str bytes, bool (*is_header)(struct str))
{
	/* Of two that are as good, a comma is the one that may stand in a text. */
	static const char separators[] = ";\t,";
	char best = ',';
	size_t best_rank = 1;
	for (const char *c = separators; *c; c++) {
		size_t rank = separator_rank(bytes, *c, is_header);
		if (rank > best_rank) {
			best = *c;
			best_rank = rank;
		}
	}
	return best;
}

bool csv_read(struct findings *findings, uint32_t source, const struct csv_taker *taker)
{
	struct str bytes = source_get(findings->sources, source)->bytes;
	if (recognise_workbook(bytes)) {
		finding_add(findings, MSG_BAD_CSV_WORKBOOK, (struct span){source, 0, 0}, NO_WORDS);
		return false;
	}
	if (!encoding_check(findings, findings->arena, source, NULL))
		return false;
	struct reader reader = {.findings = findings, .taker = taker, .source = source, .bytes = bytes};
	reader.separator = given_separator(bytes, &reader.at);
	if (!reader.separator)
		reader.separator = find_separator(bytes, taker->is_header);
	reader.begin = reader.at;
	start(&reader);
	while (!reader.stopped && feed(&reader))
		;
	csv_free(&reader.parser);
	return !reader.failed;
}
