/*
 * When an event, an extra date or an occurrence with values of its own is: from what the author said to instants. Each
 * function fills in a struct timing, whose state says what is wrong where something is.
 *
 * Days of a duration are days on the calendar, its hours are exact (RFC 5545, 3.3.6). An extra date, and an occurrence
 * that is given no end, last as long as the event does by the clock on the wall.
 */
#ifndef RESOLVE_TIMING_H
#define RESOLVE_TIMING_H

#include "model/schedule.h"

/* Of an event. */
void timing_resolve(struct timing *timing, const struct event *event);
/* Of one of its extra dates; can_have_rdates() holds of the event. */
void timing_resolve_rdate(struct timing *timing, const struct event *event, const struct when *when);
/* Of an occurrence with an override; the timing of the event is known. Moments are by the event's clock. */
void timing_resolve_override(struct timing *timing, const struct schedule *schedule,
	const struct occurrence *occurrence, const struct override *override);

/* True if it is certain when an extra date of the event begins and ends, as far as the event alone can tell. */
bool can_have_rdates(const struct event *event);

/* An instant on the clock of a timing. */
struct moment timing_moment(const struct timing *timing, int64_t instant);
/* The instant of a value that names an occurrence: a date alone is at the event's time of day. */
int64_t timing_instant(const struct timing *timing, struct moment moment);

#endif
