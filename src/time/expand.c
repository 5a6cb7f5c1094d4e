#include "time/expand.h"

#include "base/arena.h"
#include "time/limits.h"

#include <libical/ical.h>

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
struct walk {
	struct arena *arena;
	struct moment start;
	int64_t last;
	size_t most;
	struct moment *moments;
	size_t count;
};

/* Adds what a rule gives from a moment on, computed shift years earlier, in years that libical knows. True: that is
 * all. */
static bool walk_on(struct walk *walk, struct icalrecurrencetype type, struct moment from, int shift)
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
		done = none || next.year > YEAR_MAXIMUM || moment_seconds(moment) > walk->last;
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

static const struct moment *expand(struct walk *walk, struct str text, size_t *count)
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

/* A moment some days later. */
static struct moment days_on(struct moment moment, int days)
{
	moment.date = date_from_days(date_days(moment.date) + days);
	return moment;
}

/*
 * libical follows a rule wrongly if its week begins on Tuesday to Saturday. A weekly rule can be moved some days back,
 * so that its week begins on Monday: it then gives the same moments, those days earlier. Returns the number of days.
 */
static int begin_on_monday(struct recurrence *rule)
{
	int days = (rule->week_start + 6) % 7;
	if (rule->frequency != WEEKLY)
		return 0;
	rule->weekdays = (rule->weekdays >> days | rule->weekdays << (7 - days)) & 0x7f;
	rule->week_start = 1;
	return days;
}

/* The number of days of a rule that only says "every so many days", which needs no library; 0 for any other. */
static int64_t days_apart(const struct recurrence *rule, struct moment start)
{
	const unsigned plain =
		1u << PART_FREQ | 1u << PART_INTERVAL | 1u << PART_COUNT | 1u << PART_UNTIL | 1u << PART_WKST;
	if (rule->frequency == DAILY && !(rule->given & ~plain))
		return rule->interval;
	bool one_day = !(rule->given & ~(plain | 1u << PART_BYDAY)) && !rule->ordinal_count &&
		       rule->weekdays == 1u << date_weekday(start.date);
	return rule->frequency == WEEKLY && one_day ? 7 * (int64_t)rule->interval : 0;
}

static const struct moment *step(struct walk *walk, int64_t apart, size_t *count)
{
	int64_t end = date_days((struct date){YEAR_MAXIMUM + 1, 1, 1});
	struct moment moment = walk->start;
	for (int64_t days = date_days(moment.date); days < end && walk->count < walk->most; days += apart) {
		moment.date = date_from_days(days);
		if (moment_seconds(moment) > walk->last)
			break;
		walk->moments = arena_grow(walk->arena, walk->moments, walk->count, sizeof(*walk->moments));
		walk->moments[walk->count++] = moment;
	}
	*count = walk->count;
	return walk->moments;
}

const struct moment *rule_expand(struct arena *arena, const struct recurrence *rule, struct moment start, int64_t last,
	size_t most, size_t *count)
{
	struct recurrence endless = *rule;
	size_t all = rule->count && (size_t)rule->count < most ? (size_t)rule->count : most;
	int64_t apart = days_apart(rule, start);
	if (apart)
		return step(&(struct walk){arena, start, last, all, NULL, 0}, apart, count);
	int days = begin_on_monday(&endless);
	struct walk walk = {arena, days_on(start, -days), last - (int64_t)days * DAY_SECONDS, all, NULL, 0};
	endless.count = 0; /* it would start again in every cycle of years */
	expand(&walk, rule_text(arena, &endless, STR("")), count);
	for (size_t i = 0; i < walk.count; i++)
		walk.moments[i] = days_on(walk.moments[i], days);
	return walk.moments;
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
	struct walk walk = {arena, start, INT64_MAX, most, NULL, 0};
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
