/*
 * The moments that a recurrence rule gives (RFC 5545, 3.3.10), as libical works them out. Nothing here knows a zone:
 * they are those of the rule's own clock.
 */
#ifndef TIME_EXPAND_H
#define TIME_EXPAND_H

#include "time/recurrence.h"

/*
 * The moments that a completed rule gives from start on, in order: at most `most`, none later than last (seconds of
 * the rule's own clock); COUNT is followed, UNTIL is not. They are of start's kind (dates, or times of the same
 * clock), live in the arena, and number *count. The first is start if that is an occurrence.
 */
const struct moment *rule_expand(struct arena *arena, const struct recurrence *rule, struct moment start, int64_t last,
	size_t most, size_t *count);

/*
 * The first moments, at most `most`, of any rule by its text, to show people; COUNT and UNTIL are followed. None if it
 * repeats within a day. Otherwise as above.
 */
const struct moment *rule_preview(
	struct arena *arena, struct str text, struct moment start, size_t most, size_t *count);

#endif
