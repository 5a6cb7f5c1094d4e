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
 * Follows the event's rule, which Outlook can hold, from the event's known timing: to its end, of an endless one for
 * ENDLESS_YEARS years and as far as a feed's from or until, or an exdate or override, asks; never further than
 * OCCURRENCES_MOST. Exdates and overrides are not applied yet.
 */
struct recurring *recurring_make(struct arena *arena, const struct calendar *calendar, const struct event *event);
/* Whether COUNT asks for occurrences in years that Outlook does not know. */
bool recurring_passes(const struct recurring *recurring);

/* The instant of a value that names an occurrence: a date alone is at the event's time of day. */
int64_t occurrence_instant(const struct event *event, struct moment moment);
/* An instant on the event's own clock. */
struct moment occurrence_moment(const struct event *event, int64_t instant);
/* The occurrence that the rule puts at an instant, or NULL. */
struct occurrence *occurrences_find(const struct occurrences *occurrences, int64_t instant);
/* Takes out the occurrences of a recurring event that are called off, where the calendar drops those. */
void occurrences_drop(const struct calendar *calendar, const struct event *event);

/*
 * The occurrences of an event that has passed the checks, by start: also the single one of an event without a rule, and
 * of an endless rule all that begin no later than an instant. In the arena.
 */
struct occurrences occurrences_of(struct arena *arena, const struct event *event, int64_t last);

/* The first day on which an event that has passed the checks is over, by its own clock; of an endless one 9999-12-31.
 */
struct date event_ends(const struct event *event);

#endif
