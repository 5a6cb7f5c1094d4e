/*
 * What subscribers see of one event, key by key, as people write it (evcal(5)): "2021-02-09 14:00", "1h30m",
 * "Utrecht". Snapshots of an event before and after are what a preview and a diff compare (ical/compare.h).
 *
 * In goes an event of a calendar, or a published file (ical/published.h). Both give the same snapshot if the file is
 * that event's.
 */
#ifndef ICAL_SNAPSHOT_H
#define ICAL_SNAPSHOT_H

#include "decode/keys.h"
#include "model/calendar.h"

struct arena;
struct buffer;

/* A value that subscribers see. The items of a list stand with ", " between them. */
struct shown {
	const struct key *key; /* a row of keys[] (decode/keys.h) */
	struct str text;       /* never empty */
};

/* It lives as long as the arena, and the calendar or file, that it was made of. */
struct snapshot {
	struct str uid;
	struct str summary; /* as it is shown: with "Cancelled: " in front if it is called off; by key as it is given */
	struct moment start, end; /* as published: of a whole day the end is exclusive; with utc if there is no zone */
	bool cancelled;
	/*
	 * In the order of keys[], each key once; the members above are among them. A key without a property of its own is
	 * seen in description (registration) or categories (type). exdate is the days on which a rule has no occurrence;
	 * overrides has a line "2021-03-08 location: Utrecht" for each value of an occurrence that is not the event's, or
	 * the day alone if there is none.
	 */
	struct shown *items;
	size_t count;
};

/* The snapshot of an event that has passed all checks. */
struct snapshot snapshot_of(struct arena *arena, const struct calendar *calendar, const struct schedule *schedule);
/*
 * The same, but what evcal adds to a description stands under the keys that it is made of: details, registration; those
 * of url and conference have it. A published file cannot tell them apart. other is NULL, or the event that it is
 * compared with where neither recurs: a description that both have, word for word, is given as it was typed and not
 * rendered.
 */
struct snapshot snapshot_by_key(struct arena *arena, const struct calendar *calendar, const struct schedule *schedule,
	const struct event *other);

/* The text of a key, or an empty one. */
struct str snapshot_text(const struct snapshot *snapshot, const struct key *key);

/* --- for who makes snapshots ------------------------------------------------------------------------------------- */

/* The row of a member of struct event. */
const struct key *snapshot_key(size_t offset);
/* Adds a text, unless it is empty; a second one of the same key is another item of its list. */
void snapshot_put(struct snapshot *snapshot, struct arena *arena, const struct key *key, struct str text);
/* Adds start, end and timezone. The zone is empty for UTC and whole days. */
void snapshot_put_times(
	struct snapshot *snapshot, struct arena *arena, struct moment start, struct moment end, struct str zone);
/* Adds the lines of overrides for the occurrence whose RECURRENCE-ID is id. */
void snapshot_add_override(
	struct buffer *lines, const struct snapshot *event, struct moment id, const struct snapshot *occurrence);

/* Values as people write them; in the arena. */
struct str snapshot_geo(struct arena *arena, double latitude, double longitude);
struct str snapshot_person(struct arena *arena, struct str name, struct str address);
struct str snapshot_conference(struct arena *arena, struct str url, struct str label);
struct str snapshot_reminder(struct arena *arena, int minutes);

#endif
