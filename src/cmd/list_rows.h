/* The columns of "evcal list" for one occurrence. */
#ifndef CMD_LIST_ROWS_H
#define CMD_LIST_ROWS_H

#include "model/calendar.h"
#include "report/listing.h"

struct arena;

/* One occurrence that is listed, or an event of which only the month is known: then there is no occurrence. */
struct item {
	const struct schedule *schedule;
	struct occurrence occurrence;
	int64_t at; /* its start; a whole day starts at midnight in the calendar's zone; of a month its end */
	struct listed_words feeds; /* ids of the feeds that have the event */
};

/* What holds of the occurrence: the values of its override, or of the event. */
const struct event *item_shown(const struct item *item);

/*
 * For programs. Times are in the event's own zone, even if the event is published in UTC for Outlook's sake. RFC 3339
 * has no offsets with seconds; times with such an offset are in UTC. timezone is empty for whole days only. Texts are
 * in the arena, or the calendar's own.
 */
struct listed listed_of(struct arena *arena, const struct item *item);

/* For people: in the calendar's zone and language, grouped by month. */
struct table_row table_row_of(struct arena *arena, const struct calendar *calendar, const struct item *item);

#endif
