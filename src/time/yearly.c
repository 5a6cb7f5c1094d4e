#include "time/yearly.h"

#include "base/arena.h"
#include "time/date.h"

#include <stdlib.h>
#include <string.h>

enum { DAY = 86400, YEAR_LEAST = 1971, CHANGES_MOST = 16 };

int64_t yearly_days(const struct yearly_day *day, int year)
{
	struct date date = {(short)year, (signed char)day->month, 1};
	int length = date_month_days(year, day->month);
	int first = (day->weekday - date_weekday(date) + 7) % 7;
	int of_month = day->week < 0 ? first + (length - 1 - first) / 7 * 7 : first + 7 * (day->week - 1);
	return date_days(date) + of_month;
}

int32_t yearly_offset(const struct yearly *yearly, int64_t instant)
{
	if (!yearly->has_daylight)
		return yearly->standard;
	int year = moment_from_seconds(instant + yearly->standard).date.year;
	int64_t begin = yearly_days(&yearly->to_daylight, year) * DAY + yearly->to_daylight.second - yearly->standard;
	int64_t end = yearly_days(&yearly->to_standard, year) * DAY + yearly->to_standard.second - yearly->daylight;
	bool daylight = begin < end ? instant >= begin && instant < end : instant >= begin || instant < end;
	return daylight ? yearly->daylight : yearly->standard;
}

bool yearly_holds(const struct yearly *yearly, const struct zone *zone, int64_t instant)
{
	return instant >= date_days((struct date){YEAR_LEAST, 1, 1}) * DAY &&
	       yearly_offset(yearly, instant) == zone_offset(zone, instant);
}

/* An instant at which the zone's offset changes. */
struct zone_change {
	int64_t at;
	int32_t before, after;
};

/* The changes of a year, found by halving the days on which the offset differs at both ends. */
static size_t changes_of(const struct zone *zone, int year, struct zone_change *changes)
{
	size_t count = 0;
	int64_t end = date_days((struct date){(short)(year + 1), 1, 1}) * DAY;
	for (int64_t day = date_days((struct date){(short)year, 1, 1}) * DAY; day < end; day += DAY) {
		int32_t before = zone_offset(zone, day - 1), after = zone_offset(zone, day + DAY - 1);
		if (before == after || count == CHANGES_MOST)
			continue;
		int64_t low = day - 1, high = day + DAY - 1;
		while (high - low > 1) {
			int64_t middle = low + (high - low) / 2;
			if (zone_offset(zone, middle) == before)
				low = middle;
			else
				high = middle;
		}
		changes[count++] = (struct zone_change){high, before, after};
	}
	return count;
}

/* The candidates and what each is worth. */
struct contest {
	struct arena *arena;
	const struct zone *zone;
	const int64_t *instants;
	const uint32_t *weights;
	size_t count;
	int *years; /* touched, ascending */
	size_t year_count;
	bool found;
	struct yearly best;
	uint64_t holds, agrees;
};

static void enter(struct contest *contest, const struct yearly *candidate)
{
	uint64_t holds = 0, agrees = 0;
	if (candidate->standard % 60 || candidate->daylight % 60)
		return;
	for (size_t i = 0; i < contest->count; i++)
		if (yearly_holds(candidate, contest->zone, contest->instants[i]))
			holds += contest->weights ? contest->weights[i] : 1;
	if (!holds || holds < contest->holds)
		return;
	for (size_t i = 0; i < contest->year_count; i++)
		for (int day = 0; day < 365; day++)
			agrees += yearly_holds(candidate, contest->zone,
				(date_days((struct date){(short)contest->years[i], 1, 1}) + day) * DAY + DAY / 2);
	/* Years come in ascending order: of equals the later stays. */
	if (holds == contest->holds && agrees < contest->agrees)
		return;
	contest->found = true;
	contest->best = *candidate;
	contest->holds = holds;
	contest->agrees = agrees;
}

/* The yearly days that mean the local day of a change: counted from the month's begin, and from its end. */
static int days_for(const struct zone_change *change, struct yearly_day days[2])
{
	int64_t local = change->at + change->before;
	struct moment moment = moment_from_seconds(local);
	struct date date = moment.date;
	int count = 0;
	struct yearly_day day = {date.month, (date.day - 1) / 7 + 1, date_weekday(date), moment.minute * 60};
	if (local % 60)
		return 0;
	if (day.week <= 4)
		days[count++] = day;
	if (date.day + 7 > date_month_days(date.year, date.month)) {
		day.week = -1;
		days[count++] = day;
	}
	return count;
}

static void enter_pair(struct contest *contest, const struct zone_change *up, const struct zone_change *down)
{
	struct yearly_day ups[2], downs[2];
	int up_count = days_for(up, ups), down_count = days_for(down, downs);
	for (int i = 0; i < up_count; i++)
		for (int j = 0; j < down_count; j++)
			enter(contest, &(struct yearly){up->before, up->after, true, ups[i], downs[j]});
}

static void enter_year(struct contest *contest, int year)
{
	struct zone_change changes[CHANGES_MOST];
	size_t count = changes_of(contest->zone, year, changes);
	int32_t fixed = zone_offset(contest->zone, date_days((struct date){(short)year, 1, 1}) * DAY);
	enter(contest, &(struct yearly){.standard = fixed, .daylight = fixed});
	for (size_t i = 0; i < count; i++) {
		enter(contest, &(struct yearly){.standard = changes[i].after, .daylight = changes[i].after});
		for (size_t j = 0; j < count; j++)
			if (changes[i].after > changes[i].before && changes[j].before == changes[i].after &&
				changes[j].after == changes[i].before)
				enter_pair(contest, &changes[i], &changes[j]);
	}
}

static int compare_years(const void *left, const void *right)
{
	return *(const int *)left - *(const int *)right;
}

static void find_years(struct contest *contest)
{
	contest->years = arena_alloc(contest->arena, (contest->count + 1) * sizeof(*contest->years));
	int last = 0;
	for (size_t i = 0; i < contest->count; i++) {
		int year = moment_from_seconds(contest->instants[i]).date.year;
		/* Instants mostly come with others of their year. */
		if (!i || year != last)
			contest->years[contest->year_count++] = last = year;
	}
	if (!contest->year_count)
		return;
	qsort(contest->years, contest->year_count, sizeof(*contest->years), compare_years);
	size_t kept = 1;
	for (size_t i = 1; i < contest->year_count; i++)
		if (contest->years[i] != contest->years[kept - 1])
			contest->years[kept++] = contest->years[i];
	contest->year_count = kept;
}

bool yearly_find(struct arena *arena, const struct zone *zone, const int64_t *instants, const uint32_t *weights,
	size_t count, struct yearly *yearly)
{
	struct contest contest = {arena, zone, instants, weights, count, NULL, 0, false, {0}, 0, 0};
	find_years(&contest);
	for (size_t i = 0; i < contest.year_count; i++)
		enter_year(&contest, contest.years[i]);
	*yearly = contest.best;
	return contest.found;
}
