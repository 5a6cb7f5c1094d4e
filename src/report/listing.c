#include "report/listing.h"

#include "report/columns.h"
#include "report/escape.h"
#include "report/json_text.h"

enum { INDENT = 2, GAP = 2, LEAST_FLEXIBLE = 24, LEAST_PLACE = 8 };

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define STRUCK "\033[9;31m"
#define RESET "\033[0m"
#define ELLIPSIS STR("…")

static void print(FILE *stream, struct str s)
{
	fwrite(s.ptr, 1, s.len, stream);
}

/* --- JSON --------------------------------------------------------------------------------------------------------- */

static json_t *list_of(struct listed_words words)
{
	json_t *list = json_array();
	for (size_t i = 0; i < words.count; i++)
		json_array_append_new(list, json_text_or_null(words.items[i]));
	return list;
}

void listing_json_begin(FILE *stream)
{
	fputs("{\n  \"version\": 1,\n  \"occurrences\": [", stream);
}

/* On one line each: a year's occurrences are many, and are printed as they come. */
void listing_json(FILE *stream, const struct listed *listed, size_t number)
{
	json_t *object = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "id",
		json_text_or_null(listed->id), "uid", json_text_or_null(listed->uid), "recurrence_id",
		json_text_or_null(listed->recurrence_id), "type", json_text_or_null(listed->type), "summary",
		json_text_or_null(listed->summary), "start", json_text_or_null(listed->start), "end",
		json_text_or_null(listed->end), "all_day", (int)listed->all_day, "timezone",
		json_text_or_null(listed->timezone), "location", json_text_or_null(listed->location), "url",
		json_text_or_null(listed->url), "conference", json_text_or_null(listed->conference), "categories",
		list_of(listed->categories), "status", json_text_or_null(listed->status), "feeds",
		list_of(listed->feeds));
	struct buffer out = {0};
	json_add(&out, object, ONE_LINE);
	fputs(number ? ",\n    " : "\n    ", stream);
	print(stream, buffer_str(&out));
	buffer_free(&out);
	json_decref(object);
}

void listing_json_end(FILE *stream, size_t count)
{
	fputs(count ? "\n  ]\n}\n" : "]\n}\n", stream);
}

/* --- columns with tabs -------------------------------------------------------------------------------------------- */

/* A text on one line, and in one column. */
static void print_plain(FILE *stream, struct str text)
{
	struct buffer out = {0};
	for (size_t i = 0; i < text.len;) {
		bool shown;
		size_t len = escape_next(str_part(text, i, text.len), &shown);
		if (strchr("\t\n\r", text.ptr[i]) && text.ptr[i])
			buffer_byte(&out, ' ');
		else
			escape_add(&out, str_part(text, i, i + len));
		i += len;
	}
	print(stream, buffer_str(&out));
	buffer_free(&out);
}

static void print_column(FILE *stream, struct str text)
{
	print_plain(stream, text.len ? text : STR("-"));
}

static void print_words(FILE *stream, struct listed_words words)
{
	if (!words.count)
		fputc('-', stream);
	for (size_t i = 0; i < words.count; i++) {
		if (i)
			fputc(',', stream);
		print_column(stream, words.items[i]);
	}
}

void listing_tsv(FILE *stream, const struct listed *listed)
{
	const struct str before[] = {listed->start, listed->end, listed->id, listed->summary, listed->location,
		listed->type, listed->status};
	for (size_t i = 0; i < sizeof(before) / sizeof(*before); i++) {
		print_column(stream, before[i]);
		fputc('\t', stream);
	}
	print_words(stream, listed->categories);
	fputc('\t', stream);
	print_words(stream, listed->feeds);
	fputc('\t', stream);
	print_column(stream, listed->url);
	fputc('\t', stream);
	print_column(stream, listed->conference);
	fputc('\n', stream);
}

void listing_event(FILE *stream, struct str id, struct str day, struct str summary)
{
	print_plain(stream, id);
	fputc('\t', stream);
	print_plain(stream, day);
	if (day.len && summary.len)
		fputc(' ', stream);
	print_plain(stream, summary);
	fputc('\n', stream);
}

/* --- for people --------------------------------------------------------------------------------------------------- */

/* The columns that can be cut. A text's weight says how hard it is to do without: the lightest is cut first. */
enum column { SUMMARY, PLACE, ID, COLUMNS };
static const unsigned weights[COLUMNS] = {[SUMMARY] = 2, [PLACE] = 3, [ID] = 3};

struct table {
	FILE *stream;
	bool color;
	unsigned weekday, day, time; /* columns of the terminal; 0: the table has no such column */
	unsigned cut[COLUMNS];
};

static struct str cell(const struct table_row *row, enum column column)
{
	return column == SUMMARY ? row->summary : column == PLACE ? row->place : row->id;
}

static void widen(unsigned *width, struct str text)
{
	unsigned columns = columns_of(text);
	*width = columns > *width ? columns : *width;
}

static unsigned with_gap(unsigned width)
{
	return width ? width + GAP : 0;
}

/* Takes columns away where there is least to lose, until what can be cut fits into the room. */
static void shrink(struct table *table, unsigned room)
{
	unsigned *cut = table->cut;
	for (int i = 0; i < COLUMNS; i++)
		cut[i] = cut[i] > room ? room : cut[i];
	while (with_gap(cut[SUMMARY]) + with_gap(cut[PLACE]) + cut[ID] > room) {
		int widest = SUMMARY;
		for (int i = PLACE; i < COLUMNS; i++)
			if (cut[i] * weights[i] > cut[widest] * weights[widest])
				widest = i;
		cut[widest]--;
	}
}

static void fit(struct table *table, unsigned width)
{
	unsigned *cut = table->cut;
	unsigned before = INDENT + table->weekday + 1 + table->day + GAP + with_gap(table->time);
	unsigned room = width > before + LEAST_FLEXIBLE ? width - before : LEAST_FLEXIBLE;
	unsigned summary = cut[SUMMARY], place = cut[PLACE], id = cut[ID];
	shrink(table, room);
	if (cut[PLACE] >= LEAST_PLACE || cut[PLACE] == place)
		return;
	cut[SUMMARY] = summary;
	cut[PLACE] = 0;
	cut[ID] = id;
	shrink(table, room);
}

/* Prints a text in so many columns, cut where it is wider; padded up to them. */
static void print_cell(const struct table *table, struct str text, unsigned width, bool pad, const char *escape)
{
	unsigned natural = columns_of(text), column = 0, most = natural > width ? width - 1 : width;
	if (table->color && escape && text.len)
		fputs(escape, table->stream);
	for (size_t i = 0; i < text.len;) {
		unsigned wide;
		bool shown;
		struct str rest = str_part(text, i, text.len);
		size_t len = columns_next(rest, column, &wide, &shown);
		if (column + wide > most)
			break;
		print(table->stream, !shown                ? STR("\xEF\xBF\xBD")
				     : rest.ptr[0] == '\t' ? STR(" ")
							   : str_part(rest, 0, len));
		column += wide;
		i += len;
	}
	if (natural > width) {
		print(table->stream, ELLIPSIS);
		column++;
	}
	if (table->color && escape && text.len)
		fputs(RESET, table->stream);
	for (; pad && column < width; column++)
		fputc(' ', table->stream);
}

static void print_gap(const struct table *table)
{
	fprintf(table->stream, "%*s", GAP, "");
}

static void print_row(const struct table *table, const struct table_row *row)
{
	fprintf(table->stream, "%*s", INDENT, "");
	print_cell(table, row->weekday, table->weekday, true, DIM);
	fprintf(table->stream, " %*s", (int)(table->day - row->day.len), "");
	print(table->stream, row->day);
	print_gap(table);
	if (table->time) {
		print_cell(table, row->time, table->time, true, NULL);
		print_gap(table);
	}
	print_cell(table, row->summary, table->cut[SUMMARY], table->cut[PLACE] || table->cut[ID],
		row->cancelled ? STRUCK : NULL);
	if (table->cut[PLACE]) {
		print_gap(table);
		print_cell(table, row->place, table->cut[PLACE], table->cut[ID], NULL);
	}
	if (table->cut[ID]) {
		print_gap(table);
		print_cell(table, row->id, table->cut[ID], false, DIM);
	}
	fputc('\n', table->stream);
}

void listing_table(FILE *stream, const struct table_row *rows, size_t count, bool color, unsigned width)
{
	struct table table = {.stream = stream, .color = color};
	for (size_t i = 0; i < count; i++) {
		widen(&table.weekday, rows[i].weekday);
		widen(&table.day, rows[i].day);
		widen(&table.time, rows[i].time);
		for (int column = 0; column < COLUMNS; column++)
			widen(&table.cut[column], cell(&rows[i], (enum column)column));
	}
	if (width)
		fit(&table, width);
	for (size_t i = 0; i < count; i++) {
		if (!i || !str_equal(rows[i].heading, rows[i - 1].heading)) {
			fputs(i ? "\n" : "", stream);
			print_cell(&table, rows[i].heading, columns_of(rows[i].heading), false, BOLD);
			fputc('\n', stream);
		}
		print_row(&table, &rows[i]);
	}
}
