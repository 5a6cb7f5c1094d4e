/*
 * What is on when, for programs and for people (evcal(1), "Listing"). Every text comes ready made: nothing here knows a
 * calendar. Write errors are left to the caller, as in report/report.h.
 */
#ifndef REPORT_LISTING_H
#define REPORT_LISTING_H

#include "base/str.h"

#include <stdio.h>

struct listed_words {
	const struct str *items;
	size_t count;
};

struct listed_detail {
	struct str label, text; /* a NUL stands behind the label */
};

struct listed_details {
	struct listed_detail *items;
	size_t count;
};

/* How to register, where anything is said of that. */
struct listed_registration {
	bool given, full;
	struct str url, email, phone;
	struct str deadline; /* RFC 3339, or a date */
	int capacity;        /* -1: not given */
};

/* One occurrence. Empty texts stand for what is not there. */
struct listed {
	struct str id, uid, recurrence_id, type, summary;
	struct str start, end; /* RFC 3339; of whole days dates, the end being the last day */
	bool all_day;
	struct str timezone, location, url, conference;
	struct listed_words categories;
	struct str status;
	struct listed_words feeds;
	struct str description; /* Markdown, as it was written */
	struct listed_registration registration;
	struct listed_details details;
	bool draft;
};

/* The stable contract of evcal(1): what comes before the first, each of them (number counts from 0), and the end. */
void listing_json_begin(FILE *stream);
void listing_json(FILE *stream, const struct listed *listed, size_t number);
void listing_json_end(FILE *stream, size_t count);

/*
 * A line of columns with tabs between: start, end, id, summary, location, type, status, categories, feeds, url,
 * conference. Lists have commas. A column is never empty, since shells read two tabs as one: "-" stands for what is not
 * there. Tabs and line breaks inside a text become blanks.
 */
void listing_tsv(FILE *stream, const struct listed *listed);

/*
 * The same for spreadsheets: a row of names, in the language of the messages, and one for each occurrence: id, start,
 * end, summary, location, type, status, url, categories, feeds, conference. What is not there is an empty cell.
 */
struct csv;
void listing_csv_begin(struct csv *csv);
void listing_csv(struct csv *csv, const struct listed *listed);

/* An event for completions: "id<tab>day summary". Of day and summary either may be empty; never a tab or line break. */
void listing_event(FILE *stream, struct str id, struct str day, struct str summary);

/* A line for people. */
struct table_row {
	struct str heading; /* of the group of rows that it is in */
	struct str weekday, day, time, summary, place, id;
	struct str url, meeting; /* addresses of its page and of the online meeting, or empty */
	bool cancelled;
};

/*
 * A table with a heading above each group of rows, in columns that are as wide as what stands in them is on a screen
 * (libutf8proc). width, unless it is 0: summaries and places that have no room in it are cut with an ellipsis, the
 * summary last; places are left out where little room is left. Ids are never cut, since they are there to be copied:
 * where they leave next to nothing for the rest, lines are wider. color: with ANSI escapes.
 */
void listing_table(FILE *stream, const struct table_row *rows, size_t count, bool color, unsigned width);

/* For a newsletter: a table in Markdown, whose head is in the language of the messages. */
void listing_markdown(FILE *stream, const struct table_row *rows, size_t count);

#endif
