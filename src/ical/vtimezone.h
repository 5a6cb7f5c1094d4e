/*
 * VTIMEZONE as Outlook can hold it: one STANDARD, at most one DAYLIGHT, yearly rules from 1970.
 */
#ifndef ICAL_VTIMEZONE_H
#define ICAL_VTIMEZONE_H

#include "model/calendar.h"

struct arena;

/* The component's folded text, in the arena. TZID is the zone's name as the user wrote it. */
struct str vtimezone_print(struct arena *arena, const struct zone_rules *rules);

#endif
