/*
 * What the events of a calendar come to: a struct schedule beside each, and one for each extra date. What the author
 * said is not changed, and nothing is judged: where something is wrong, a state says so (model/schedule.h).
 */
#ifndef RESOLVE_RESOLVE_H
#define RESOLVE_RESOLVE_H

#include "model/calendar.h"

struct arena;

/* Sets calendar->schedules with event, id, uid and type: what completions need. All of it lives in the arena. */
void resolve_names(struct arena *arena, struct calendar *calendar);

/* After resolve_names(): sets all the rest of them, and calendar->zone_rules. */
void resolve_times(struct arena *arena, struct calendar *calendar);

/* Sets which feeds the types and categories of events fit. Part of resolve_times(). */
void feeds_resolve(struct arena *arena, struct calendar *calendar);

/* One yearly pair of rules for each zone; the events that it does not describe go out in UTC, or are refused.
 * Their times are known. Part of resolve_times(). */
void zones_resolve(struct arena *arena, struct calendar *calendar);

#endif
