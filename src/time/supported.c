#include "time/supported.h"

#include "time/limits.h"

enum { COUNT_MAXIMUM = 999, EVERY_MONTH = 28 };

/* The maximum INTERVAL. */
static const struct {
	int maximum;
	struct wording unit;
} intervals[] = {
	[DAILY] = {999, W("days", "dagen")},
	[WEEKLY] = {99, W("weeks", "weken")},
	[MONTHLY] = {99, W("months", "maanden")},
	[YEARLY] = {8, W("years", "jaar")},
};

/* A rule, and the refusal that its form may meet. */
struct judging {
	const struct recurrence *rule;
	const struct moment *start; /* or NULL */
	struct rule_refusal *refusal;
};

static bool refuse_as(const struct judging *judging, enum refusal_kind kind, enum rule_part part)
{
	judging->refusal->kind = kind;
	judging->refusal->part = part;
	return false;
}

static bool refuse(const struct judging *judging, enum rule_part part)
{
	return refuse_as(judging, REFUSAL_PART, part);
}

static bool refuse_better(const struct judging *judging, enum rule_part part, struct recurrence better)
{
	judging->refusal->better = better;
	return refuse_as(judging, REFUSAL_BETTER, part);
}

static bool is_position(int n)
{
	return (n >= 1 && n <= 4) || n == -1;
}

/* The days that a month has in every year; 28 if the rule is for every month. */
static int days_for_sure(const struct recurrence *rule, struct moment start)
{
	if (rule->frequency == MONTHLY)
		return EVERY_MONTH;
	return date_month_days(2021, rule->months.count ? rule->months.first : start.date.month);
}

/* BYMONTHDAY, or else the day of the start. */
static bool judge_month_day(const struct judging *judging)
{
	const struct recurrence *rule = judging->rule;
	struct moment start = judging->start ? *judging->start : (struct moment){{2021, 1, 1}, -1, false};
	bool given = rule->month_days.count;
	/* Without a start that can be read there is none. */
	if (!given && !judging->start)
		return true;
	int day = given ? rule->month_days.first : start.date.day, sure = days_for_sure(rule, start);
	if (rule->month_days.count > 1)
		return refuse(judging, PART_BYMONTHDAY);
	if (day == -1 || (day >= 1 && day <= sure))
		return true;
	if (day < 0 || !judging->start)
		return day < 0 ? refuse(judging, PART_BYMONTHDAY) : true;
	struct recurrence last = *rule;
	last.month_days = (struct rule_numbers){1, -1};
	if (rule->frequency == YEARLY && !last.months.count)
		last.months = (struct rule_numbers){1, start.date.month};
	return refuse_better(judging, given ? PART_BYMONTHDAY : PART_FREQ, last);
}

/* BYDAY with an ordinal, or with BYSETPOS. */
static bool judge_weekday(const struct judging *judging)
{
	const struct recurrence *rule = judging->rule;
	if (rule->ordinal_count) {
		bool one = rule->ordinal_count == 1 && !rule->weekdays && is_position(rule->ordinal);
		if (one && rule->positions.count)
			return refuse(judging, PART_BYSETPOS);
		return one || refuse(judging, PART_BYDAY);
	}
	if (rule->positions.count)
		return (rule->positions.count == 1 && is_position(rule->positions.first)) ||
		       refuse(judging, PART_BYSETPOS);
	if (rule->frequency != MONTHLY || rule->interval > 1 || rule->months.count)
		return refuse(judging, PART_BYDAY);
	struct recurrence weekly = *rule;
	weekly.frequency = WEEKLY;
	return refuse_better(judging, PART_BYDAY, weekly);
}

/* The day within the month that a monthly or yearly rule means. */
static bool judge_day(const struct judging *judging)
{
	const struct recurrence *rule = judging->rule;
	bool by_day = rule_has(rule, PART_BYDAY);
	if (by_day && rule->month_days.count)
		return refuse(judging, PART_BYMONTHDAY);
	if (by_day)
		return judge_weekday(judging);
	if (rule->positions.count)
		return refuse(judging, PART_BYSETPOS);
	return judge_month_day(judging);
}

static bool judge_month(const struct judging *judging)
{
	const struct recurrence *rule = judging->rule;
	bool by_day = rule_has(rule, PART_BYDAY);
	if (rule->frequency == MONTHLY && rule->months.count) {
		struct recurrence yearly = *rule;
		yearly.frequency = YEARLY;
		bool same = rule->months.count == 1 && rule->interval == 1 && !rule->weekdays;
		return same ? refuse_better(judging, PART_BYMONTH, yearly) : refuse(judging, PART_BYMONTH);
	}
	if (rule->months.count > 1)
		return refuse(judging, PART_BYMONTH);
	if (rule->frequency == YEARLY && !rule->months.count && by_day)
		return refuse(judging, PART_BYDAY);
	if (rule->frequency == YEARLY && !rule->months.count && rule->month_days.count) {
		struct recurrence monthly = *rule;
		monthly.frequency = MONTHLY;
		bool same = rule->month_days.count == 1 && rule->interval == 1;
		return same ? refuse_better(judging, PART_BYMONTHDAY, monthly) : refuse(judging, PART_BYMONTHDAY);
	}
	return judge_day(judging);
}

/* A daily or weekly rule: only the weekly one may name days. */
static bool judge_short(const struct judging *judging)
{
	static const enum rule_part none[] = {PART_BYMONTH, PART_BYMONTHDAY, PART_BYSETPOS};
	const struct recurrence *rule = judging->rule;
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
		if (rule_has(rule, none[i]))
			return refuse(judging, none[i]);
	if (rule->frequency == WEEKLY || !rule_has(rule, PART_BYDAY))
		return true;
	if (rule->interval > 1)
		return refuse(judging, PART_BYDAY);
	struct recurrence weekly = *rule;
	weekly.frequency = WEEKLY;
	return refuse_better(judging, PART_BYDAY, weekly);
}

static bool judge_form(const struct judging *judging)
{
	static const enum rule_part clock[] = {PART_BYHOUR, PART_BYMINUTE, PART_BYSECOND};
	static const enum rule_part odd[] = {PART_BYYEARDAY, PART_BYWEEKNO};
	const struct recurrence *rule = judging->rule;
	if (rule->frequency < DAILY)
		return refuse_as(judging, REFUSAL_WITHIN_DAY, PART_FREQ);
	for (size_t i = 0; i < sizeof(clock) / sizeof(*clock); i++)
		if (rule_has(rule, clock[i]))
			return refuse_as(judging, REFUSAL_CLOCK, clock[i]);
	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++)
		if (rule_has(rule, odd[i]))
			return refuse(judging, odd[i]);
	return rule->frequency < MONTHLY ? judge_short(judging) : judge_month(judging);
}

/* False if COUNT and UNTIL do not give a clear end. */
static bool judge_until(const struct judging *judging)
{
	const struct recurrence *rule = judging->rule;
	if (!rule_has(rule, PART_UNTIL))
		return true;
	if (rule->until.date.year < YEAR_MINIMUM || rule->until.date.year > YEAR_MAXIMUM)
		return refuse_as(judging, REFUSAL_UNTIL_YEAR, PART_UNTIL);
	if (rule->count)
		return refuse_as(judging, REFUSAL_COUNT_AND_UNTIL, PART_UNTIL);
	return true;
}

int rule_interval_maximum(enum frequency frequency)
{
	return intervals[frequency].maximum;
}

struct wording rule_interval_unit(enum frequency frequency)
{
	return intervals[frequency].unit;
}

size_t rule_refusals(const struct recurrence *rule, const struct moment *start, struct rule_refusal *refusals)
{
	struct judging judging = {rule, start, refusals};
	judging.refusal += !judge_until(&judging);
	judging.refusal += !judge_form(&judging);
	if (rule->count > COUNT_MAXIMUM)
		judging.refusal += !refuse_as(&judging, REFUSAL_COUNT, PART_COUNT);
	if (rule->frequency >= DAILY && rule->interval > intervals[rule->frequency].maximum)
		judging.refusal += !refuse_as(&judging, REFUSAL_INTERVAL, PART_INTERVAL);
	return (size_t)(judging.refusal - refusals);
}
