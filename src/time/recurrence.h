/*
 * Recurrence rules (RFC 5545, 3.3.10): reading one, which says where in its text each slip is, and writing it. What
 * moments it gives is in time/expand.h.
 */
#ifndef TIME_RECURRENCE_H
#define TIME_RECURRENCE_H

#include "time/date.h"

enum frequency { SECONDLY, MINUTELY, HOURLY, DAILY, WEEKLY, MONTHLY, YEARLY };

enum rule_part {
	PART_FREQ,
	PART_INTERVAL,
	PART_COUNT,
	PART_UNTIL,
	PART_BYMONTH,
	PART_BYWEEKNO,
	PART_BYYEARDAY,
	PART_BYMONTHDAY,
	PART_BYDAY,
	PART_BYHOUR,
	PART_BYMINUTE,
	PART_BYSECOND,
	PART_BYSETPOS,
	PART_WKST,
	PART_NONE /* how many there are */
};

/* A list of numbers, as far as rules that Outlook holds need it: how many there are, and the first. */
struct rule_numbers {
	int count, first;
};

/* A rule as it was read. Parts that are not given are 0; of the interval 1, of the week's start Monday. */
struct recurrence {
	enum frequency frequency;
	int interval, count;
	struct moment until; /* a date alone, or with a time */
	int until_second;    /* of the minute */
	int week_start;      /* 0 is Sunday */
	unsigned weekdays;   /* BYDAY without an ordinal: bit 0 is Sunday */
	int ordinal_count;   /* BYDAY with one: how many, and the first */
	int ordinal, ordinal_day;
	struct rule_numbers months, month_days, positions;
	unsigned given;                 /* bits of enum rule_part */
	struct extent parts[PART_NONE]; /* "NAME=VALUE" of those that are given */
};

static inline bool rule_has(const struct recurrence *rule, enum rule_part part)
{
	return rule->given >> part & 1;
}

enum rule_fault_kind {
	FAULT_FORM,  /* not of the form NAME=VALUE; right may be what was meant */
	FAULT_NAME,  /* there is no such part; right may be the nearest */
	FAULT_VALUE, /* the part does not take this value; right is one that it takes, or what it takes */
	FAULT_TWICE, /* the part stands there already */
	FAULT_NO_FREQ /* the whole rule */,
	FAULT_WITH /* RFC 5545 does not let the part stand in a rule of this FREQ; right is that FREQ */
};

struct rule_fault {
	enum rule_fault_kind kind;
	struct extent at;
	struct str name, value, right; /* in the arena, or in the text */
	bool sure;                     /* right, in the place of the extent, is surely what was meant */
};

enum { RULE_FAULTS_MOST = 8 };

/* Reads a rule, in capitals or not. Returns how many faults there are, all of them up to RULE_FAULTS_MOST. */
size_t rule_read(struct arena *arena, struct str text, struct recurrence *rule, struct rule_fault *faults);

const char *rule_part_name(enum rule_part part);
const char *frequency_name(enum frequency frequency);
/* "SU" of 0 to "SA" of 6. */
const char *weekday_code(int weekday);

/*
 * Fills in what the rule leaves to DTSTART: a weekly one its BYDAY, a monthly one its BYMONTHDAY, a yearly one both
 * that and its BYMONTH. The last day of a month that is as long in every year becomes that day: ical.js, and with it
 * Thunderbird, takes -1 for the wrong years in January. The rule is one that Outlook can hold (check/outlook.c).
 */
void rule_complete(struct recurrence *rule, struct moment start);

/*
 * The rule as it is published, of the parts that Outlook can hold: with WKST where INTERVAL is more than 1, and with
 * until as the value of UNTIL where that is not empty.
 */
struct str rule_text(struct arena *arena, const struct recurrence *rule, struct str until);

#endif
