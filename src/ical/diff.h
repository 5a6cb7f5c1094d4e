/*
 * Two calendars compared as what they publish, event by event, by UID. Where and how an event is written in its files
 * makes no difference.
 */
#ifndef ICAL_DIFF_H
#define ICAL_DIFF_H

#include "ical/compare.h"
#include "model/diff.h"

/* A calendar, and the ids of events that have errors: of these nothing is said. */
struct diff_side {
	const struct calendar *calendar;
	struct map broken;
};

struct diff diff_calendars(struct arena *arena, const struct diff_side *before, const struct diff_side *after);

#endif
