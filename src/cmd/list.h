/* What "evcal list" shows of one occurrence. */
#ifndef CMD_LIST_H
#define CMD_LIST_H

#include "model/calendar.h"
#include "report/listing.h"

struct arena;

/* One occurrence that is listed. */
struct item {
	const struct schedule *schedule;
	struct occurrence occurrence;
	int64_t at;                /* when it starts; a whole day at midnight of the calendar's zone */
	struct listed_words feeds; /* the ids of those that hold the event */
};

/*
 * For programs. Times are by the event's own zone, also where Outlook gets them in UTC (OUTLOOK.md 16); an offset that
 * is not whole minutes, as RFC 3339 wants it, makes UTC of a time. timezone is empty for whole days only. Texts are in
 * the arena, or the calendar's own.
 */
struct listed listed_of(struct arena *arena, const struct item *item);

/* For people: by the clock of the calendar's zone, in its language, grouped by month. */
struct table_row table_row_of(struct arena *arena, const struct calendar *calendar, const struct item *item);

#endif
