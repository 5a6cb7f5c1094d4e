/*
 * One event as VEVENTs (RFC 5545, 3.6.1; RFC 7986; OUTLOOK.md, "Days and times", "Other properties"): itself, and
 * behind it each occurrence that has values of its own.
 *
 * They are made in two steps, since a revision is known only once the text is: first all that subscribers see, then the
 * lines that differ by revision and by person are put in.
 */
#ifndef ICAL_VEVENT_H
#define ICAL_VEVENT_H

#include "model/calendar.h"
#include "model/form.h"

struct arena;
struct published;
struct revision;

/* The texts of VEVENTs, each without what vevent_add() puts in front of it: BEGIN and the lines of its revision. */
struct vevents {
	struct str *items;
	size_t count;
};

/*
 * The folded text, as struct vevents holds it, of an event that has passed all checks, in the arena. With an occurrence
 * (of this event, with an override): that one alone; NULL: the event itself, without its occurrences.
 */
struct str vevent_print_one(struct arena *arena, const struct calendar *calendar, const struct schedule *schedule,
	const struct occurrence *occurrence, enum form form);
/*
 * The same of the event itself and, unless it is cancelled or withdrawn, of all occurrences that have an override.
 * published, where it is not NULL, gets the two digests that tell revisions apart: digest is over the whole text of the
 * VEVENTs but the lines of their revisions, schedule over the lines with their date, time, zone, recurrence, place,
 * conference and status (RFC 5546, 2.1.4). revisions.yaml remembers them: other bytes would be other revisions.
 */
struct vevents vevent_print(struct arena *arena, const struct calendar *calendar, const struct schedule *schedule,
	enum form form, struct published *published);
/* True if an occurrence has a VEVENT of its own in a form. */
bool vevent_has(const struct occurrence *occurrence, enum form form);

/*
 * What is published of an event where that is not just the value of a key. Texts are in the arena, or the event's; an
 * empty one is not published.
 */
struct str vevent_zone(const struct timing *timing);   /* TZID */
struct str vevent_location(const struct event *event); /* else the conference's address */
struct str vevent_description(struct arena *arena, const struct calendar *calendar, const struct event *event);
struct str vevent_html(struct arena *arena, const struct calendar *calendar, const struct event *event);
struct str vevent_rule(struct arena *arena, const struct schedule *schedule); /* RRULE of one that recurs */
enum show_as vevent_show_as(const struct schedule *schedule, enum form form);
bool vevent_reminds(const struct event *event); /* if published; no cancellation has an alarm */
/* What Microsoft reads for each enum show_as, and PRIORITY for each enum priority. */
extern const char *const vevent_busy[];
extern const int vevent_priorities[];

/* The lines of a revision: DTSTAMP, CREATED, LAST-MODIFIED, SEQUENCE. In the arena. */
struct str vevent_revision_lines(struct arena *arena, const struct revision *revision);
/* The ATTENDEE of a person: who answers a request, and who is only told of a cancellation. The name may be empty. */
struct str vevent_attendee_lines(struct arena *arena, struct str name, struct str address, enum form form);
/* Adds VEVENTs to out, each with the lines of its revision and of its attendee, which may be empty. */
void vevent_add(struct buffer *out, struct vevents vevents, struct str revision, struct str attendee);

#endif
