/*
 * The moments that a recurrence rule gives (RFC 5545, 3.3.10). Nothing here knows a zone: they are those of the rule's
 * own clock. Rules that Outlook can hold (time/supported.h) have one day, or some weekdays, in each period, and are
 * followed here; any other, to show people what it would give, by libical.
 */
#ifndef TIME_EXPAND_H
#define TIME_EXPAND_H

#include "time/recurrence.h"

/*
 * The moments that a completed rule that Outlook can hold gives from start on, in order: at most `most`, none later
 * than last (seconds of the rule's own clock); COUNT is followed, UNTIL is not. They are of start's kind (dates, or
 * times of the same clock), live in the arena, and number *count. The first is start if that is an occurrence.
 */
const struct moment *rule_expand(struct arena *arena, const struct recurrence *rule, struct moment start, int64_t last,
	size_t most, size_t *count);

/* How many moments the same can give at the most, whatever its COUNT. Does not follow the rule. */
size_t rule_span_most(const struct recurrence *rule, struct moment start, int64_t last);

/*
 * The first moments, at most `most`, of any rule by its text, to show people; COUNT and UNTIL are followed. None if it
 * repeats within a day. Otherwise as above.
 */
const struct moment *rule_preview(
	struct arena *arena, struct str text, struct moment start, size_t most, size_t *count);

#endif
