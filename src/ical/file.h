/*
 * The iCalendar files that are published: a feed, and one file for each event (FORMAT.md, section 3; OUTLOOK.md, "Every
 * file", "Feeds").
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
	struct vevents *events;      /* as calendar->schedules: without the lines of their revisions */
	struct published *published; /* the same: what tells whether they have changed */
	struct str *revisions;       /* the same: the lines of their revisions */
	struct str *zones;           /* as calendar->zone_rules */
	struct str head;             /* of the file of one event */
	const struct revision *last; /* whose lines were made last */
	struct str last_lines;
};

/* Makes the texts. The calendar has passed all checks. */
struct files files_make(struct arena *arena, const struct calendar *calendar);
/* Before an event goes into a file, its revision must be known. */
void files_set_revision(struct files *files, size_t index, const struct revision *revision);

/* Adds a feed's file to out: the events that it selects, by start, then id. Returns how many there are. */
size_t files_feed(const struct files *files, const struct feed *feed, struct buffer *out);

/* The same for the file of one event, by its index in the calendar: without a calendar's name, so that Outlook opens no
 * new calendar for it. */
void files_event(const struct files *files, size_t index, struct buffer *out);

/* The VTIMEZONE of an event, or nothing. */
struct str files_zone(const struct files *files, const struct schedule *schedule);
/* What comes before the components of a VCALENDAR, with the METHOD of the form (in the arena), and what behind them. */
struct str files_head(struct arena *arena, enum form form);
#define FILES_TAIL STR("END:VCALENDAR\r\n")

#endif
