/*
 * One event as VEVENTs (RFC 5545, 3.6.1; RFC 7986; MS-STANOICAL): one for the
 * event, and one for each occurrence with values of its own.
 *
 * They are made in two steps, since the digest of the text decides the revision: vevent_print() makes what all
 * subscribers see, vevent_add() puts the lines of the revision, and of the person who is invited, in front of it.
 */
#ifndef ICAL_VEVENT_H
#define ICAL_VEVENT_H

#include "base/arena.h"
#include "model/calendar.h"
#include "model/form.h"

struct published;
struct revision;

/* The texts of VEVENTs, each from its UID to its END: vevent_add() adds what comes before. */
struct vevents {
	struct str *items;
	size_t count;
};

/* Lines that most events share, to be copied from the second event on. Zero-initialise it, and free its arena. */
struct known {
	struct arena arena;
	struct map lines;
};

/*
 * One text, as struct vevents holds it, of an event that has passed all checks: of the event itself, or of an
 * occurrence with an override if that is not NULL. In the arena.
 */
struct str vevent_print_one(struct arena *arena, const struct calendar *calendar, const struct schedule *schedule,
	const struct occurrence *occurrence, enum form form);
/*
 * The texts of the event itself and of all its occurrences with an override (vevent_has()).
 *
 * known may be NULL; one serves one calendar and form, in one thread.
 *
 * If published is not NULL, its two digests are set. digest is over all lines of the VEVENTs but those of the
 * revision; schedule is over the lines of the keys that schedule (KEY_SCHEDULES in decode/keys.h; RFC 5546, 2.1.4).
 * revisions.yaml remembers both, so the bytes that are hashed must never change.
 */
struct vevents vevent_print(struct arena *arena, const struct calendar *calendar, const struct schedule *schedule,
	enum form form, struct known *known, struct published *published);
/* True if an occurrence has a VEVENT of its own in this form. */
bool vevent_has(const struct occurrence *occurrence, enum form form);

/*
 * What is published of an event, where that is not simply the value of a key. Texts are in the arena or the event's
 * own; a property with an empty text is not published, DESCRIPTION excepted.
 */
struct str vevent_zone(const struct timing *timing);   /* TZID */
struct str vevent_location(const struct event *event); /* the conference's address if no location is given */
struct str vevent_description(struct arena *arena, const struct calendar *calendar, const struct event *event);
struct str vevent_html(struct arena *arena, const struct calendar *calendar, const struct event *event);
struct str vevent_rule(struct arena *arena, const struct schedule *schedule); /* RRULE of one that recurs */
enum show_as vevent_show_as(const struct schedule *schedule, enum form form);
bool vevent_reminds(const struct event *event); /* true if it has an alarm as published */
/* What Microsoft reads for each enum show_as, and PRIORITY for each enum priority. */
extern const char *const vevent_busy[];
extern const int vevent_priorities[];

/* The lines of a revision: DTSTAMP, so many seconds later than that, CREATED, LAST-MODIFIED, SEQUENCE. In the arena. */
struct str vevent_revision_lines(struct arena *arena, const struct revision *revision, int64_t later);
/* The ATTENDEE line of a person, who is asked for an answer if the form is a request. The name may be empty. */
struct str vevent_attendee_lines(
	struct arena *arena, struct str name, struct str address, bool optional, enum form form);
/* Adds VEVENTs to out, each with the lines of its revision and of its attendee, both of which may be empty. What they
 * are made of must live as long as the pieces. */
void vevent_add(struct pieces *out, struct vevents vevents, struct str revision, struct str attendee);

#endif
