/*
 * What changes for subscribers between two snapshots of one event. export --dry-run compares what the folder holds with
 * the calendar; a diff compares two calendars.
 */
#ifndef ICAL_COMPARE_H
#define ICAL_COMPARE_H

#include "ical/snapshot.h"

struct change {
	const struct key *key;
	struct str before, after; /* empty: it was not, or is not there */
	/* It only follows from another change: the mark in front of a summary, free time and no alarm from status; the
	 * location of an event that names none from conference. */
	bool follows;
};

struct difference {
	bool moved;             /* it starts at another time, or the same in another zone */
	bool cancelled;         /* it is called off, and was not before */
	struct change *changes; /* in the order of keys[]; of start, end and timezone too */
	size_t count;           /* 0: subscribers see no difference */
};

/* The changes are in the arena, their texts where the snapshots have them. */
struct difference compare_snapshots(struct arena *arena, const struct snapshot *before, const struct snapshot *after);

#endif
