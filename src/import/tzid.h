/*
 * The zone that the TZID of an iCalendar file means (RFC 5545, 3.2.19): by its IANA name, perhaps with a prefix, by the
 * name that Windows has for it (CLDR), or by the rules of the file's VTIMEZONE.
 */
#ifndef IMPORT_TZID_H
#define IMPORT_TZID_H

#include "import/import.h"
#include "time/libical.h"

struct tzid {
	const struct zone *zone; /* NULL: no zone of the system has these rules */
	icaltimezone *rules;     /* then those of the VTIMEZONE; NULL: nothing describes it. To be freed. */
};

/* Puts the VTIMEZONEs of a calendar, by TZID, into all; of two with the same name the first. */
void tzid_gather(struct map *all, struct arena *arena, icalcomponent *calendar);

/*
 * The year is one in which it is used. What the calendar's zone, or that of --timezone, fits too, it is. hint: look
 * for a name that is near.
 */
struct tzid tzid_find(struct import *import, const struct map *all, struct str name, int year, bool hint);

#endif
