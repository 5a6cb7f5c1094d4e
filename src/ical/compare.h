/*
 * What a subscriber would see change between two files of one event.
 */
#ifndef ICAL_COMPARE_H
#define ICAL_COMPARE_H

#include "base/str.h"

struct arena;

struct change {
	bool moved;          /* the start or the end is another */
	bool cancelled;      /* it is called off now, and was not before */
	struct str from, to; /* the starts, as "2021-01-21 14:00" or a date; empty where a file holds no event */
	struct str what;     /* the other properties that changed, as "summary, location"; or empty */
	struct str summary;  /* of the newer file, or of the one that there is */
};

/* Compares the files of one event: its VEVENT, and those of its overrides as a whole; either may be empty. The times of revision do not count. */
struct change compare_events(struct arena *arena, struct str before, struct str now);

#endif
