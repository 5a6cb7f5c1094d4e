/*
 * The iCalendar files that are published: a feed, and one file for each event (evcal-publish(7)).
 */
#ifndef ICAL_FILE_H
#define ICAL_FILE_H

#include "ical/vevent.h"

struct arena;

struct revision;
struct published;

/* The texts of one calendar's events and zones, each made once for all files. */
struct files {
	struct arena *arena;
	const struct calendar *calendar;
	struct vevents *events;      /* one for each of calendar->schedules */
	struct published *published; /* the same: their digests, for the revisions */
	struct str *revisions;       /* the same: the lines of their revisions */
	struct str *zones;           /* a VTIMEZONE for each of calendar->zone_rules */
	struct str head;             /* files_head() of a file of one event */
	const struct revision *last; /* the last that lines were made of, and its lines */
	struct str last_lines;
};

/* Makes the texts of a calendar that has passed all checks. In several threads. */
struct files files_make(struct arena *arena, const struct calendar *calendar);
/* Sets the revision of an event, by its index in calendar->schedules; needed before the event goes into a file. */
void files_set_revision(struct files *files, size_t index, const struct revision *revision);

/*
 * Adds the text of a feed's file to out: its events by start, then id. The pieces live as long as files. Returns the
 * number of events.
 */
size_t files_feed(const struct files *files, const struct feed *feed, struct pieces *out);

/* The same of the file of one event, by its index. It has no calendar name: Outlook would open a new calendar. */
void files_event(const struct files *files, size_t index, struct pieces *out);

/* The VTIMEZONE of an event, or an empty text. */
struct str files_zone(const struct files *files, const struct schedule *schedule);
/* What a VCALENDAR has before its components, with the METHOD of the form (in the arena), and after them. */
struct str files_head(struct arena *arena, enum form form);
#define FILES_TAIL STR("END:VCALENDAR\r\n")

#endif
