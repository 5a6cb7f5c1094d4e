#include "report/listing.h"

#include "base/wording.h"
#include "report/columns.h"
#include "report/csv.h"
#include "report/escape.h"
#include "report/json_text.h"
#include "report/markdown_cell.h"

enum { INDENT = 2, GAP = 2, LEAST_SUMMARY = 12, LEAST_PLACE = 8 };

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define STRUCK "\033[9;31m"
#define RESET "\033[0m"
#define ELLIPSIS STR("…")

static void print(FILE *stream, struct str s)
{
	if (s.len)
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

static json_t *details_of(struct listed_details details)
{
	json_t *object = json_object();
	for (size_t i = 0; i < details.count; i++)
		json_object_set_new(object, details.items[i].label.ptr, json_text(details.items[i].text));
	return object;
}

static json_t *registration_of(const struct listed_registration *registration)
{
	if (!registration->given)
		return json_null();
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:b}", "url", json_text_or_null(registration->url), "email",
		json_text_or_null(registration->email), "phone", json_text_or_null(registration->phone), "deadline",
		json_text_or_null(registration->deadline), "capacity",
		registration->capacity < 0 ? json_null() : json_integer(registration->capacity), "full",
		(int)registration->full);
}

/* On one line each: a year's occurrences are many, and are printed as they come. */
void listing_json(FILE *stream, const struct listed *listed, size_t number)
{
	const struct {
		const char *name;
		json_t *value;
	} members[] = {
		{"id", json_text_or_null(listed->id)},
		{"uid", json_text_or_null(listed->uid)},
		{"recurrence_id", json_text_or_null(listed->recurrence_id)},
		{"type", json_text_or_null(listed->type)},
		{"summary", json_text_or_null(listed->summary)},
		{"start", json_text_or_null(listed->start)},
		{"end", json_text_or_null(listed->end)},
		{"all_day", json_boolean(listed->all_day)},
		{"timezone", json_text_or_null(listed->timezone)},
		{"location", json_text_or_null(listed->location)},
		{"url", json_text_or_null(listed->url)},
		{"conference", json_text_or_null(listed->conference)},
		{"categories", list_of(listed->categories)},
		{"status", json_text_or_null(listed->status)},
		{"feeds", list_of(listed->feeds)},
		{"description", json_text_or_null(listed->description)},
		{"registration", registration_of(&listed->registration)},
		{"details", details_of(listed->details)},
		{"draft", json_boolean(listed->draft)},
	};
	json_t *object = json_object();
	for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++)
		json_object_set_new(object, members[i].name, members[i].value);
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

/* --- for spreadsheets --------------------------------------------------------------------------------------------- */

void listing_csv_begin(struct csv *csv)
{
	static const struct wording names[] = {W("id", "id"), W("start", "begin"), W("end", "einde"),
		W("summary", "titel"), W("location", "locatie"), W("type", "soort"), W("status", "status"),
		W("url", "link"), W("categories", "categorieën"), W("feeds", "feeds"),
		W("conference", "online-bijeenkomst")};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		csv_cell(csv, str_from(local_text(names[i])));
	csv_end_row(csv);
}

void listing_csv(struct csv *csv, const struct listed *listed)
{
	const struct str cells[] = {listed->id, listed->start, listed->end, listed->summary, listed->location,
		listed->type, listed->status, listed->url};
	for (size_t i = 0; i < sizeof(cells) / sizeof(*cells); i++)
		csv_cell(csv, cells[i]);
	csv_words(csv, listed->categories.items, listed->categories.count);
	csv_words(csv, listed->feeds.items, listed->feeds.count);
	csv_cell(csv, listed->conference);
	csv_end_row(csv);
}

/* --- for completions ---------------------------------------------------------------------------------------------- */

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

/* The columns behind the time. */
enum listing_column { SUMMARY, PLACE, ID, COLUMNS };

struct listing_columns {
	FILE *stream;
	bool color;
	unsigned weekday, day, time; /* columns of the terminal; 0: the table has no such column */
	unsigned cut[COLUMNS];
};

static struct str cell(const struct table_row *row, enum listing_column column)
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

/* Takes columns away until summary and place fit into the room: of two texts as long, more of the place. */
static void shrink(unsigned cut[COLUMNS], unsigned room)
{
	for (int i = SUMMARY; i <= PLACE; i++)
		cut[i] = cut[i] > room ? room : cut[i];
	while (cut[SUMMARY] + with_gap(cut[PLACE]) > room)
		cut[cut[PLACE] * 3 > cut[SUMMARY] * 2 ? PLACE : SUMMARY]--;
}

static void fit(struct listing_columns *table, unsigned width)
{
	unsigned *cut = table->cut;
	unsigned before = INDENT + table->weekday + 1 + table->day + GAP + with_gap(table->time);
	unsigned beside = before + (cut[ID] ? GAP + cut[ID] : 0);
	unsigned room = width > beside + LEAST_SUMMARY ? width - beside : LEAST_SUMMARY;
	unsigned summary = cut[SUMMARY], place = cut[PLACE];
	shrink(cut, room);
	if (cut[PLACE] >= LEAST_PLACE || cut[PLACE] == place)
		return;
	cut[SUMMARY] = summary;
	cut[PLACE] = 0;
	shrink(cut, room);
}

/* Prints a text in so many columns, cut where it is wider; padded up to them. */
static void print_cell(
	const struct listing_columns *table, struct str text, unsigned width, bool pad, const char *escape)
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

static void print_gap(const struct listing_columns *table)
{
	fprintf(table->stream, "%*s", GAP, "");
}

static void print_row(const struct listing_columns *table, const struct table_row *row)
{
	fprintf(table->stream, "%*s", INDENT, "");
	if (table->day) {
		print_cell(table, row->weekday, table->weekday, true, DIM);
		fprintf(table->stream, " %*s", (int)(table->day - row->day.len), "");
		print(table->stream, row->day);
		print_gap(table);
	}
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
	struct listing_columns table = {.stream = stream, .color = color};
	for (size_t i = 0; i < count; i++) {
		widen(&table.weekday, rows[i].weekday);
		widen(&table.day, rows[i].day);
		widen(&table.time, rows[i].time);
		for (int column = 0; column < COLUMNS; column++)
			widen(&table.cut[column], cell(&rows[i], (enum listing_column)column));
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

/* --- for a newsletter --------------------------------------------------------------------------------------------- */

static void print_place(FILE *stream, const struct table_row *row)
{
	bool meeting = str_equal(row->place, STR("online"));
	markdown_link(stream, row->place, meeting ? row->meeting : STR(""));
}

void listing_markdown(FILE *stream, const struct table_row *rows, size_t count)
{
	if (!count)
		return;
	fprintf(stream, "| %s |\n| --- | --- | --- | --- |\n",
		LOCAL("Day | Time | What | Where", "Dag | Tijd | Wat | Waar"));
	for (size_t i = 0; i < count; i++) {
		const struct table_row *row = &rows[i];
		fputs("| ", stream);
		if (row->day.len)
			fprintf(stream, "%.*s %.*s ", STR_ARG(row->weekday), STR_ARG(row->day));
		fprintf(stream, "%.*s | %.*s | ", STR_ARG(row->heading), STR_ARG(row->time));
		markdown_link(stream, row->summary, row->url);
		fputs(" | ", stream);
		print_place(stream, row);
		fputs(" |\n", stream);
	}
}
