#include "time/expand.h"

#include "base/arena.h"
#include "time/limits.h"

#include "time/libical.h"

#include <stdlib.h>

/*
 * libical's iterator ends in the year 2582, or in 2037 if it was built with a time_t of 32 bits. The calendar repeats
 * itself every 400 years, weekdays included. So a rule starts in the 400 years from 1600, is followed up to 2037, and
 * moves back 400 years as often as it needs.
 */
enum { YEAR_LEAST = 1600, CYCLE = 400, YEAR_STOP = 2037 };

static struct icaltimetype to_ical(struct moment moment)
{
	struct icaltimetype time = icaltime_null_time();
	time.year = moment.date.year;
	time.month = moment.date.month;
	time.day = moment.date.day;
	time.is_date = moment_is_date(moment);
	if (!time.is_date) {
		time.hour = moment.minute / 60;
		time.minute = moment.minute % 60;
	}
	return time;
}

static struct moment from_ical(struct icaltimetype time, struct moment start)
{
	struct moment moment = start; /* its time and its clock */
	moment.date = (struct date){(short)time.year, (signed char)time.month, (signed char)time.day};
	return moment;
}

/* The moments that were found, and where to stop. */
struct rule_walk {
	struct arena *arena;
	struct moment start;
	size_t most;
	struct moment *moments;
	size_t count;
};

/* Adds what a rule gives from a moment on, computed shift years earlier, in years that libical knows. True: that is
 * all. */
static bool walk_on(struct rule_walk *walk, struct icalrecurrencetype type, struct moment from, int shift)
{
	bool done = false;
	from.date.year = (short)(from.date.year - shift);
	if (!icaltime_is_null_time(type.until))
		type.until.year -= shift;
	icalrecur_iterator *iterator = icalrecur_iterator_new(type, to_ical(from));
	while (iterator && !done && walk->count < walk->most) {
		struct icaltimetype next = icalrecur_iterator_next(iterator);
		bool none = icaltime_is_null_time(next);
		if (!none && next.year >= YEAR_STOP)
			break;
		next.year += shift;
		struct moment moment = from_ical(next, walk->start);
		done = none || next.year > YEAR_MAXIMUM;
		/* An iterator that goes on where another ended begins with what that one gave last. */
		bool again = walk->count && moment_compare(moment, walk->moments[walk->count - 1]) <= 0;
		if (done || again)
			continue;
		walk->moments = arena_grow(walk->arena, walk->moments, walk->count, sizeof(*walk->moments));
		walk->moments[walk->count++] = moment;
	}
	if (iterator)
		icalrecur_iterator_free(iterator);
	return done || !iterator || walk->count == walk->most;
}

static const struct moment *expand(struct rule_walk *walk, struct str text, size_t *count)
{
	memory_watch();
	struct icalrecurrencetype type = icalrecurrencetype_from_string(text.ptr);
	bool done = type.freq == ICAL_NO_RECURRENCE;
	while (!done) {
		size_t before = walk->count;
		struct moment from = before ? walk->moments[before - 1] : walk->start;
		int cycles = (from.date.year - YEAR_LEAST - (from.date.year < YEAR_LEAST ? CYCLE - 1 : 0)) / CYCLE;
		done = walk_on(walk, type, from, cycles * CYCLE) || walk->count == before;
	}
	memory_check();
	*count = walk->count;
	return walk->moments;
}

/* The steps of a rule that Outlook can hold, and which of them to take. */
struct steps {
	const struct recurrence *rule;
	struct moment start;
	int64_t last; /* the last day */
	size_t most;
	struct arena *arena;
	struct moment *moments;
	size_t count;
};

/* Takes a day, unless it lies before the start. False: that was all. */
static bool take(struct steps *steps, int64_t days)
{
	if (days > steps->last || steps->count == steps->most)
		return false;
	if (days < date_days(steps->start.date))
		return true;
	steps->moments = arena_grow(steps->arena, steps->moments, steps->count, sizeof(*steps->moments));
	struct moment *moment = &steps->moments[steps->count++];
	*moment = steps->start; /* its time and its clock */
	moment->date = date_from_days(days);
	return true;
}

static void take_days(struct steps *steps)
{
	int64_t days = date_days(steps->start.date);
	while (take(steps, days))
		days += steps->rule->interval;
}

static void take_weeks(struct steps *steps)
{
	const struct recurrence *rule = steps->rule;
	int from_start = (date_weekday(steps->start.date) - rule->week_start + 7) % 7;
	bool more = true;
	for (int64_t week = date_days(steps->start.date) - from_start; more; week += 7 * (int64_t)rule->interval)
		for (int i = 0; i < 7 && more; i++)
			if (rule->weekdays >> (rule->week_start + i) % 7 & 1)
				more = take(steps, week + i);
}

/* The day of a month that is the nth of some weekdays (bits); -1 is the last. Each month has at least four of each. */
static int nth_weekday(int year, int month, unsigned weekdays, int n)
{
	int length = date_month_days(year, month), by = n < 0 ? -1 : 1, left = n < 0 ? -n : n;
	int day = n < 0 ? length : 1;
	int weekday = date_weekday((struct date){(short)year, (signed char)month, (signed char)day});
	for (; day >= 1 && day <= length; day += by, weekday = (weekday + 7 + by) % 7)
		if (weekdays >> weekday & 1 && !--left)
			return day;
	return 0;
}

/* The one day that a monthly or yearly rule gives in a month. */
static int day_in_month(const struct recurrence *rule, int year, int month)
{
	if (rule->ordinal_count)
		return nth_weekday(year, month, 1u << rule->ordinal_day, rule->ordinal);
	if (rule->positions.count)
		return nth_weekday(year, month, rule->weekdays, rule->positions.first);
	int length = date_month_days(year, month), day = rule->month_days.first;
	if (day < 0)
		day += length + 1;
	return day <= length ? day : 0;
}

static void take_months(struct steps *steps)
{
	const struct recurrence *rule = steps->rule;
	struct date start = steps->start.date;
	bool yearly = rule->frequency == YEARLY, more = true;
	int begin = start.year * 12 + (yearly ? rule->months.first : start.month) - 1;
	for (int month = begin; more && month / 12 <= YEAR_MAXIMUM;
		month += yearly ? 12 * rule->interval : rule->interval) {
		struct date date = {(short)(month / 12), (signed char)(month % 12 + 1), 1};
		int day = day_in_month(rule, date.year, date.month);
		more = day <= 0 || take(steps, date_days(date) + day - 1);
	}
}

/* The last day of a rule's moments up to a last one. */
static int64_t last_day(struct moment start, int64_t last)
{
	int64_t end = date_days((struct date){YEAR_MAXIMUM, 12, 31});
	int64_t seconds = last - (moment_is_date(start) ? 0 : start.minute * 60);
	int64_t days = seconds / DAY_SECONDS - (seconds % DAY_SECONDS < 0);
	return days < end ? days : end;
}

const struct moment *rule_expand(struct arena *arena, const struct recurrence *rule, struct moment start, int64_t last,
	size_t most, size_t *count)
{
	size_t all = rule->count && (size_t)rule->count < most ? (size_t)rule->count : most;
	struct steps steps = {rule, start, last_day(start, last), all, arena, NULL, 0};
	if (rule->frequency == DAILY)
		take_days(&steps);
	else if (rule->frequency == WEEKLY)
		take_weeks(&steps);
	else
		take_months(&steps);
	*count = steps.count;
	return steps.moments;
}

size_t rule_span_most(const struct recurrence *rule, struct moment start, int64_t last)
{
	static const int shortest[] = {[DAILY] = 1, [WEEKLY] = 7, [MONTHLY] = 28, [YEARLY] = 365};
	int64_t days = last_day(start, last) - date_days(start.date);
	if (days < 0)
		return 0;
	size_t each = 0;
	for (unsigned weekdays = rule->frequency == WEEKLY ? rule->weekdays : 1; weekdays; weekdays &= weekdays - 1)
		each++;
	/* A period that has begun counts as a whole one. */
	return ((size_t)(days / ((int64_t)shortest[rule->frequency] * rule->interval)) + 2) * each;
}

static int weekday_count(const struct recurrence *rule)
{
	int count = 0;
	for (unsigned days = rule->weekdays; days; days &= days - 1)
		count++;
	return count;
}

/* The maximum size of a set that BYSETPOS chooses from. */
static int set_most(const struct recurrence *rule)
{
	int months = rule->months.count ? rule->months.count : 12;
	bool by_day = rule_has(rule, PART_BYDAY);
	if (rule->frequency == WEEKLY)
		return by_day ? weekday_count(rule) : 1;
	if (rule->frequency < WEEKLY || rule_has(rule, PART_BYYEARDAY) || rule_has(rule, PART_BYWEEKNO))
		return 366;
	if (rule->frequency == MONTHLY)
		months = 1;
	else if (!by_day && !rule->month_days.count && !rule->months.count)
		return 1;
	if (by_day)
		return months * (weekday_count(rule) * 5 + rule->ordinal_count);
	return months * (rule->month_days.count ? rule->month_days.count : 1);
}

/* True if a rule clearly names days that never come: libical would look for them for a second. */
static bool is_empty(const struct recurrence *rule)
{
	bool in_month = rule->frequency == MONTHLY || rule->months.count;
	bool one_ordinal = rule->ordinal_count == 1 && !rule->weekdays;
	if (in_month && one_ordinal && abs(rule->ordinal) > 5)
		return true;
	if (rule->positions.count == 1 && abs(rule->positions.first) > set_most(rule))
		return true;
	/* 2020 has a February 29. */
	return rule->months.count == 1 && rule->month_days.count == 1 &&
	       abs(rule->month_days.first) > date_month_days(2020, rule->months.first);
}

const struct moment *rule_preview(struct arena *arena, struct str text, struct moment start, size_t most, size_t *count)
{
	static const enum rule_part clock[] = {PART_BYHOUR, PART_BYMINUTE, PART_BYSECOND};
	struct recurrence rule = {0};
	struct rule_fault faults[RULE_FAULTS_MOST];
	struct rule_walk walk = {arena, start, most, NULL, 0};
	bool shows = !rule_read(arena, text, &rule, faults) && rule.frequency >= DAILY;
	/* See begin_on_monday: with more parts a weekly rule cannot be moved. */
	shows &= rule.frequency != WEEKLY || rule.interval == 1 || rule.week_start <= 1;
	shows &= !is_empty(&rule);
	for (size_t i = 0; i < sizeof(clock) / sizeof(*clock); i++)
		shows &= !rule_has(&rule, clock[i]);
	*count = 0;
	/* libical takes any weekday if a weekly rule leaves it to DTSTART. */
	if (rule_has(&rule, PART_BYWEEKNO) && !rule_has(&rule, PART_BYDAY))
		text = str_format(arena, "%.*s;BYDAY=%s", STR_ARG(text), weekday_code(date_weekday(start.date)));
	return shows ? expand(&walk, str_copy(arena, text), count) : NULL;
}
