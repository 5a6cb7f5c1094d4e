/*
 * The occurrences of a recurring event (RFC 5545, 3.8.5). An occurrence lasts as long by the clock on the wall as the
 * first one does, as Outlook and its peers have it.
 */
#ifndef RESOLVE_OCCURRENCES_H
#define RESOLVE_OCCURRENCES_H

#include "model/calendar.h"

struct arena;

enum { OCCURRENCES_MOST = 10000, ENDLESS_YEARS = 10 };

/*
 * Sets dates_most of an event whose timing is known, and the recurrence where that can be told without following the
 * rule; else it stays RECURRENCE_NONE.
 */
void occurrences_estimate(struct arena *arena, const struct calendar *calendar, struct schedule *schedule);

/*
 * After occurrences_estimate(): follows the rule of an event whose timing is known, where Outlook can hold it
 * (time/supported.h): to its end, of an endless one for ENDLESS_YEARS years and as far as a feed's from or until, or
 * an exdate or override, asks; never further than OCCURRENCES_MOST. A rule that is refused leaves no occurrences
 * behind. Sets recurrence, recurring, followed, and what exdates, overrides and rdates name.
 */
void occurrences_resolve(struct arena *arena, const struct calendar *calendar, struct schedule *schedule);

/* The first of what a rule gives that it does not put before an instant; their count where there is none. */
size_t occurrences_find(const struct occurrences *occurrences, int64_t instant);

/* Gives an extra date whose timing is known what an override that names it says. */
void rdate_resolve(struct schedule *schedule);

/*
 * The occurrences of an event whose timing is known, by start: also the single one of an event without a rule, and of
 * an endless rule all that begin no later than an instant. In the arena.
 */
struct occurrences occurrences_of(struct arena *arena, const struct schedule *schedule, int64_t last);

/* Sets the day on which an event whose timing is known is over. */
void ends_resolve(struct schedule *schedule);

#endif
