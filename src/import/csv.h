/* A table that is being imported. Private to import/. */
#ifndef IMPORT_CSV_H
#define IMPORT_CSV_H

#include "import/draft.h"
#include "input/csv.h"

/* What a column is for. */
enum use {
	USE_NONE,  /* nobody knows: a line of the description, unless it is about people */
	USE_KEY,   /* a key of events */
	USE_START, /* a date, a time, or both */
	USE_END,   /* the same */
	USE_ALL_DAY,
	USE_PLACE, /* where the location is */
	USE_TYPE,  /* a type, or else a category */
	USE_STATUS,
	USE_REGISTRATION,
	USE_CAPACITY,
	USE_DEADLINE,
	USE_FULL,
	USE_ONLINE, /* the address of an online meeting */
	USE_DETAIL, /* a line of the description */
	USE_LEFT,   /* about people, or about the programme that has made the table */
};

struct heading {
	struct cell name;
	enum use use;
	const struct key *key; /* of USE_KEY */
};

struct table {
	struct import *import;
	struct arena *arena;
	struct row *rows; /* all of them; cells live in the arena */
	size_t count, header;
	struct heading *columns;
	size_t width;
	bool month_first;
};

/* Whether a text is the name of a column that is known. */
bool table_knows(struct str name);
/* Finds the row that names the columns, and what each is for. False: there is none. */
bool table_find_columns(struct table *table);

/* The cell of a column in a row; where the row is too short, the place at its end. */
struct cell table_cell(const struct table *table, const struct row *row, size_t column);

/* Whether the month stands in front in dates of the kind of 9/2/2021: what all cells together tell. */
void table_find_order(struct table *table);
/*
 * Puts start and end of a row into the map. False: there is no start that can be read, or the end is before it, and a
 * finding says so.
 */
bool table_put_times(const struct table *table, const struct row *row, struct node *map, int *year);

#endif
