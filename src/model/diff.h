/*
 * What subscribers see when one calendar takes another's place: ical/diff.h works it out, report/diff.h prints it.
 * Texts live in the arena of the comparison, or in the calendars.
 */
#ifndef MODEL_DIFF_H
#define MODEL_DIFF_H

#include "base/str.h"
#include "time/date.h"

#include <stdbool.h>

/* What happens to an event: the first of these that holds. */
enum change_kind {
	CHANGE_UID, /* the same id with another UID: for subscribers another event */
	CHANGE_NEW,
	CHANGE_GONE,
	CHANGE_CANCELLED,
	CHANGE_POSTPONED,
	CHANGE_MOVED,  /* another start, or another zone */
	CHANGE_CHANGED /* anything else */
};
enum { CHANGE_KINDS = CHANGE_CHANGED + 1 };

/* A value that differs, by the key of its event; empty: it was not, or is not there. */
struct diff_value {
	const char *property;
	struct str before, after;
};

struct diff_words {
	const struct str *items;
	size_t count;
};

struct diff_dates {
	const struct date *items;
	size_t count;
};

struct diff_event {
	struct str id, uid;
	enum change_kind kind;
	struct str summary; /* as it is shown; of what is gone as it was */
	bool was, is;       /* whether from and to are known */
	struct moment from, to;
	struct diff_value *values; /* but what kind says, in the order of the table of keys */
	size_t value_count;
	struct diff_dates added, removed; /* days in the event's zone, where it recurs, or did */
	struct diff_words feeds;          /* ids of those that have it, or had it */
};

struct diff_feed {
	struct str id;
	struct diff_words entered, left; /* ids of events */
};

struct diff {
	struct diff_event *events; /* by start, then id; only those that differ */
	size_t count, same;        /* same: events in which subscribers see no difference */
	struct diff_feed *feeds;   /* only those that have other events */
	size_t feed_count;
	size_t counts[CHANGE_KINDS];
};

#endif
