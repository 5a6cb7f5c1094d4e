/*
 * Which events are in a feed, and on which days; the categories of an event.
 */
#ifndef RESOLVE_SELECT_H
#define RESOLVE_SELECT_H

#include "model/calendar.h"

struct arena;

/*
 * True if an event is in a feed: it fits every selector that is given. A selector of what could not be read of the
 * event is not asked. Dates are those of the calendar's zone.
 */
bool feed_selects(const struct calendar *calendar, const struct feed *feed, const struct schedule *schedule);

/* The same of one that is published, unless it is cancelled and the calendar drops such events. */
bool feed_holds(const struct calendar *calendar, const struct feed *feed, const struct schedule *schedule);

/* Days of the calendar's zone, both inclusive, and each only where it is given. */
struct days {
	bool has_first, has_last;
	struct date first, last;
};

/*
 * True if what lasts from one instant up to another (of whole days: midnights as if they were UTC) falls on the days:
 * it is not over before the first of them, and begins on the last or before.
 */
bool days_touch(
	const struct calendar *calendar, const struct days *days, bool all_day, int64_t start_at, int64_t end_at);

/* The categories of an event as they are published, each once: the type's name, then its own. In the arena. */
const struct str *schedule_categories(struct arena *arena, const struct schedule *schedule, size_t *count);
bool schedule_has_category(const struct schedule *schedule, struct str word);

#endif
