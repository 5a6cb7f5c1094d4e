/*
 * One event as a VEVENT (RFC 5545, 3.6.1; RFC 7986; OUTLOOK.md, "Days and times", "Other properties").
 */
#ifndef ICAL_VEVENT_H
#define ICAL_VEVENT_H

#include "model/calendar.h"

struct arena;

/*
 * Adds the folded text of the event to out, as every published file has it, and behind it that of each occurrence that
 * has values of its own. The event has passed all checks. stamp is
 * the time of its revision in seconds since 1970, for DTSTAMP and LAST-MODIFIED.
 */
void vevent_print(struct buffer *out, struct arena *arena, const struct calendar *calendar, const struct event *event,
	int64_t stamp);

#endif
