/*
 * What changes for subscribers between two snapshots of one event. export --dry-run compares what the folder holds with
 * the calendar; a diff compares two calendars.
 */
#ifndef ICAL_COMPARE_H
#define ICAL_COMPARE_H

#include "ical/snapshot.h"
#include "model/diff.h"

struct change {
	const struct key *key;
	struct str before, after; /* empty: it was not, or is not there */
	/* The kind of the difference says it, or it only follows from another change: the mark in front of a summary, free
	 * time and no alarm from status; the location of an event that names none from conference; the end from the start. */
	bool follows;
};

struct difference {
	enum change_kind kind;  /* from CHANGE_CANCELLED on; where count is 0 without a meaning */
	struct change *changes; /* in the order of keys[]; of start, end and timezone too */
	size_t count;           /* 0: subscribers see no difference */
};

/* The changes are in the arena, their texts where the snapshots have them. */
struct difference compare_snapshots(struct arena *arena, const struct snapshot *before, const struct snapshot *after);

#endif
