/*
 * Which recurrence rules can be published: those with a clear end, in the forms that Outlook can hold.
 */
#ifndef TIME_SUPPORTED_H
#define TIME_SUPPORTED_H

#include "time/recurrence.h"

enum refusal_kind {
	REFUSAL_UNTIL_YEAR,      /* UNTIL lies in a year that Outlook does not know */
	REFUSAL_COUNT_AND_UNTIL, /* both */
	REFUSAL_WITHIN_DAY,      /* it repeats within a day */
	REFUSAL_CLOCK,           /* BYHOUR and the like */
	REFUSAL_PART,            /* Outlook cannot hold the part */
	REFUSAL_BETTER,          /* the same, and there is another rule that means the same, or nearly */
	REFUSAL_COUNT,           /* more occurrences than it takes */
	REFUSAL_INTERVAL         /* further apart than it takes */
};

struct rule_refusal {
	enum refusal_kind kind;
	enum rule_part part;      /* the one to blame */
	struct recurrence better; /* of REFUSAL_BETTER; its COUNT and UNTIL are the rule's own */
};

enum { REFUSALS_MOST = 4 };

/* Returns the number of refusals. start is DTSTART, or NULL if it is not known. */
size_t rule_refusals(const struct recurrence *rule, const struct moment *start, struct rule_refusal *refusals);

/* The maximum INTERVAL of a frequency, DAILY or more, and its unit ("days"). */
int rule_interval_maximum(enum frequency frequency);
struct wording rule_interval_unit(enum frequency frequency);

#endif
