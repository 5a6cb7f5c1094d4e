/*
 * The iCalendar files that are published: a feed, and one file for each event (FORMAT.md, section 3; OUTLOOK.md, "Every
 * file", "Feeds").
 */
#ifndef ICAL_FILE_H
#define ICAL_FILE_H

#include "model/calendar.h"

struct arena;

/* The texts of one calendar's events and zones, each made once for all files. */
struct files {
	struct arena *arena;
	const struct calendar *calendar;
	struct str *events; /* as calendar->events */
	struct str *zones;  /* as calendar->zone_rules */
};

/* Makes the texts. The calendar has passed all checks; stamp is the time of this revision, in seconds since 1970. */
struct files files_make(struct arena *arena, const struct calendar *calendar, int64_t stamp);

/* Adds a feed's file to out: the events that it selects, by start, then id. Returns how many there are. */
size_t files_feed(const struct files *files, const struct feed *feed, struct buffer *out);

/* Adds the file of one event, by its index in the calendar, to out: without a calendar's name, so that Outlook opens no
 * new calendar for it. */
void files_event(const struct files *files, size_t index, struct buffer *out);

#endif
