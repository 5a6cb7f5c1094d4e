/*
 * What an event comes to: when it is, how it recurs, what it is called in calendars. resolve/ works it out from what
 * the author said, which it never changes; from there on it is const. Where something is wrong with what the author
 * said, the state says what, and check/ tells the author.
 *
 * Moments are local to the zone of their struct timing, in UTC where that is NULL, or dates. Ends are exclusive (RFC
 * 5545,
 * 3.8.2.2). Instants are seconds since 1970; of a whole day they are midnights as if these were UTC.
 */
#ifndef MODEL_SCHEDULE_H
#define MODEL_SCHEDULE_H

#include "model/event.h"
#include "time/zone.h"

struct type;

/* A start or an end that was given, with its day, and how the clocks of its zone (NULL: UTC) take it. */
struct bound {
	struct span span; /* source 0: none was given */
	struct moment moment;
	const struct zone *zone;
	enum local_kind local;
};

enum timing_state {
	TIMING_UNREAD,    /* a value that it needs is missing or could not be read, and that was reported */
	TIMING_ANNOUNCED, /* only the month of its start is known yet */
	TIMING_KNOWN,     /* the only state in which the rest of struct timing is set */
	TIMING_TWO_ENDS,  /* an end and a duration */
	TIMING_NO_END,    /* it begins at a time, and nothing says when it ends */
	TIMING_KINDS,     /* one of start and end is a date, the other has a time */
	TIMING_NO_LENGTH, /* the end is not after the start */
	TIMING_SKIPPED    /* a local time that the clocks skip */
};

struct timing {
	enum timing_state state;
	bool all_day;
	struct moment start, end;
	int64_t start_at, end_at;
	const struct zone *zone;
	struct bound begins, ends; /* as they were given; set as far as they could be read, in every state */
};

/*
 * One occurrence of a recurring event (RFC 5545, 3.8.4.4).
 */
struct occurrence {
	struct moment id; /* the RECURRENCE-ID: what the rule gives */
	struct moment start, end;
	int64_t id_at, start_at, end_at;
	const struct schedule *own; /* what its override comes to, or NULL */
	bool excluded;              /* it falls out: an EXDATE */
};

struct occurrences {
	struct occurrence *items; /* in the order of the rule */
	size_t count;
};

enum recurrence_state {
	RECURRENCE_NONE,      /* there is no rule, or none that can be followed: it or the timing was refused */
	RECURRENCE_KNOWN,     /* the only state in which there is a struct recurring */
	RECURRENCE_OVER,      /* UNTIL lies before the start */
	RECURRENCE_EMPTY,     /* the rule gives nothing */
	RECURRENCE_ELSEWHERE, /* the start is none of the occurrences */
	RECURRENCE_TOO_MANY,  /* more than OCCURRENCES_MOST */
	RECURRENCE_TOO_FAR,   /* COUNT asks for years that Outlook does not know */
	RECURRENCE_BEYOND     /* the rules before it have used up the dates of a calendar; it was not followed */
};

/* What a rule comes to. */
struct recurring {
	struct recurrence rule; /* completed (time/recurrence.h) */
	int64_t until;          /* no occurrence begins after this instant; INT64_MAX: no UNTIL */
	bool endless;           /* neither COUNT nor UNTIL: there are more after those below */
	struct occurrences occurrences;
};

/* A value that names an occurrence. */
struct named {
	int64_t at;                    /* the instant that it means */
	struct occurrence *occurrence; /* NULL: there is none, or the value is of the wrong kind */
	bool is_rdate;                 /* of an override: it names an extra date */
};

enum zone_state {
	ZONE_HELD,    /* one yearly pair of rules describes its zone at all of its times */
	ZONE_MOVED,   /* none does: it is published in UTC */
	ZONE_TWICE,   /* the clocks pass its start or end twice, and readers differ: in UTC too */
	ZONE_REFUSED, /* none does, and it recurs: from zone_from on it is wrong */
	ZONE_LATER    /* the same, but the rules are right from the occurrence on zone_from on */
};

struct schedule {
	const struct event *event;       /* what the author said, with what it inherits */
	const struct event *written;     /* the same but where an override stands for all of it: what that changes */
	const struct schedule *rdate_of; /* of an extra date: the event's; else NULL */
	const struct when *rdate;        /* and the date, as it was given */
	struct str id;                   /* the event's, or that of the extra date */
	struct span id_span;
	struct str uid;                /* uid, or id@domain; empty where either is not known */
	const struct type *type;       /* NULL: none, or unknown */
	const struct schedule *parent; /* the event that it is part of, or NULL */
	size_t climbed;                /* of resolve/: by which search for circles it was met */
	bool in_circle;                /* it is one of those above it */
	bool crowded;                  /* many names before are unknown: for its own no near one is sought */
	/* The feeds whose types and categories take it in: a bit for each, by number; NULL where there are no feeds. */
	uint64_t *feeds;
	struct timing timing;
	enum recurrence_state recurrence;
	size_t dates_most;                /* no more dates can its rule give; 0 where it is not followed */
	struct moment first;              /* of RECURRENCE_ELSEWHERE: the first occurrence */
	struct recurring *recurring;      /* what its rule gives; NULL: none, or one occurrence, a single event */
	const struct recurring *followed; /* the same of a rule that gives one occurrence too, for the checks */
	struct named *exdates, *overrides, *rdates; /* as the event's lists; NULL where its timing is not known */
	enum zone_state zone;
	struct date zone_from;
	struct date ends; /* the first day on which all of it is over, by its own clock; of an endless one 9999-12-31 */
};

static inline bool timing_known(const struct schedule *schedule)
{
	return schedule->timing.state == TIMING_KNOWN;
}

/*
 * True if subscribers are to see it: it is in files, feeds and revisions, and people can be invited. Of a calendar
 * without errors its timing is known.
 */
static inline bool schedule_is_published(const struct schedule *schedule)
{
	return !event_draft(schedule->event) && schedule->timing.state != TIMING_ANNOUNCED;
}

/* The event that its part-of names, where subscribers see that; else NULL. */
static inline const struct schedule *schedule_parent(const struct schedule *schedule)
{
	return schedule->parent && schedule_is_published(schedule->parent) ? schedule->parent : NULL;
}

#endif
