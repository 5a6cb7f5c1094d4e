/*
 * Each pair of changes that the zone has in one of the years is a candidate, with both ways to describe a day: counted
 * from the start of its month, and from its end. Each candidate is weighed at the instants, and the best stays. libical
 * would give VTIMEZONEs of up to 55 parts instead, which Outlook cannot hold.
 */
#include "time/yearly.h"

#include "base/arena.h"
#include "time/date.h"
#include "time/limits.h"

#include <stdlib.h>
#include <string.h>

enum { CHANGES_MOST = 16 };

/* 1971-01-01: before it a VTIMEZONE that starts in 1970 is not reliable. */
static const int64_t YEAR_LEAST_AT = 365 * DAY_SECONDS;

int64_t yearly_days(const struct yearly_day *day, int year)
{
	struct date date = {(short)year, (signed char)day->month, 1};
	int length = date_month_days(year, day->month);
	int first = (day->weekday - date_weekday(date) + 7) % 7;
	int of_month = day->week < 0 ? first + (length - 1 - first) / 7 * 7 : first + 7 * (day->week - 1);
	return date_days(date) + of_month;
}

/* An instant at which the zone's offset changes. */
struct zone_change {
	int64_t at;
	int32_t before, after;
};

static size_t changes_of(const struct zone *zone, int year, struct zone_change *changes)
{
	size_t count = 0;
	int64_t at = date_days((struct date){(short)year, 1, 1}) * DAY_SECONDS - 1;
	int64_t end = date_days((struct date){(short)(year + 1), 1, 1}) * DAY_SECONDS;
	while (count < CHANGES_MOST && (at = zone_next_change(zone, at)) < end)
		changes[count++] = (struct zone_change){at, zone_offset(zone, at - 1), zone_offset(zone, at)};
	return count;
}

/* An instant and what it counts. */
struct weighed {
	int64_t at;
	uint64_t weight;
};

/*
 * A part of the sorted instants: they are on one day (of UTC) and have one offset in the zone. Within a day no offset
 * changes twice, so the first and the last stand for all between them.
 */
struct stretch {
	size_t begin, end;
	int32_t offset;
	uint64_t weight;
};

/* A candidate that was weighed; most come again every year. */
struct entrant {
	struct yearly yearly;
	uint64_t holds, agrees;
};

/* The candidates and what each is worth. */
struct contest {
	struct arena *arena;
	const struct zone *zone;
	struct weighed *instants; /* ascending */
	size_t count;
	struct stretch *stretches; /* ascending */
	size_t stretch_count;
	int *years; /* of the instants, ascending */
	size_t year_count;
	int64_t *noons; /* of all days of those years, in UTC, ascending */
	int32_t *noon_offsets;
	size_t noon_count;
	struct entrant *entrants;
	size_t entrant_count;
	const struct entrant *best; /* NULL: none yet */
};

/* The daylight time of one year, kept while ascending instants stay in it. */
struct season {
	const struct yearly *yearly;
	int64_t from, to; /* the year, by standard time */
	int64_t begin, end;
};

static void season_set(struct season *season, int64_t instant)
{
	const struct yearly *yearly = season->yearly;
	int year = moment_from_seconds(instant + yearly->standard).date.year;
	season->from = date_days((struct date){(short)year, 1, 1}) * DAY_SECONDS - yearly->standard;
	season->to = date_days((struct date){(short)(year + 1), 1, 1}) * DAY_SECONDS - yearly->standard;
	if (!yearly->has_daylight)
		return;
	season->begin =
		yearly_days(&yearly->to_daylight, year) * DAY_SECONDS + yearly->to_daylight.second - yearly->standard;
	season->end =
		yearly_days(&yearly->to_standard, year) * DAY_SECONDS + yearly->to_standard.second - yearly->daylight;
}

static int32_t season_offset(struct season *season, int64_t instant)
{
	const struct yearly *yearly = season->yearly;
	int64_t begin, end;
	if (!yearly->has_daylight)
		return yearly->standard;
	if (instant < season->from || instant >= season->to)
		season_set(season, instant);
	begin = season->begin;
	end = season->end;
	bool daylight = begin < end ? instant >= begin && instant < end : instant >= begin || instant < end;
	return daylight ? yearly->daylight : yearly->standard;
}

int32_t yearly_offset(const struct yearly *yearly, int64_t instant)
{
	struct season season = {.yearly = yearly};
	return season_offset(&season, instant);
}

bool yearly_holds(const struct yearly *yearly, const struct zone *zone, int64_t instant)
{
	return instant >= YEAR_LEAST_AT && yearly_offset(yearly, instant) == zone_offset(zone, instant);
}

/* The weight of the instants of a stretch at which a candidate holds. */
static uint64_t holds_in(const struct contest *contest, struct season *season, const struct stretch *stretch)
{
	const struct weighed *instants = contest->instants;
	uint64_t holds = 0;
	if (season_offset(season, instants[stretch->begin].at) == season_offset(season, instants[stretch->end - 1].at))
		return season_offset(season, instants[stretch->begin].at) == stretch->offset ? stretch->weight : 0;
	for (size_t i = stretch->begin; i < stretch->end; i++)
		if (season_offset(season, instants[i].at) == stretch->offset)
			holds += instants[i].weight;
	return holds;
}

static bool same_day(const struct yearly_day *a, const struct yearly_day *b)
{
	return a->month == b->month && a->week == b->week && a->weekday == b->weekday && a->second == b->second;
}

static bool same_yearly(const struct yearly *a, const struct yearly *b)
{
	if (a->standard != b->standard || a->daylight != b->daylight || a->has_daylight != b->has_daylight)
		return false;
	return !a->has_daylight ||
	       (same_day(&a->to_daylight, &b->to_daylight) && same_day(&a->to_standard, &b->to_standard));
}

static const struct entrant *weigh(struct contest *contest, const struct yearly *candidate)
{
	for (size_t i = 0; i < contest->entrant_count; i++)
		if (same_yearly(&contest->entrants[i].yearly, candidate))
			return &contest->entrants[i];
	struct entrant entrant = {.yearly = *candidate};
	struct season season = {.yearly = candidate};
	for (size_t i = 0; i < contest->stretch_count; i++)
		entrant.holds += holds_in(contest, &season, &contest->stretches[i]);
	for (size_t i = 0; i < contest->noon_count; i++)
		entrant.agrees += season_offset(&season, contest->noons[i]) == contest->noon_offsets[i];
	contest->entrants =
		arena_grow(contest->arena, contest->entrants, contest->entrant_count, sizeof(*contest->entrants));
	contest->entrants[contest->entrant_count] = entrant;
	return &contest->entrants[contest->entrant_count++];
}

static void enter(struct contest *contest, const struct yearly *candidate)
{
	if (candidate->standard % 60 || candidate->daylight % 60)
		return;
	const struct entrant *entrant = weigh(contest, candidate), *best = contest->best;
	if (!entrant->holds)
		return;
	/* Years come in ascending order: of equals the later stays. */
	if (!best || entrant->holds > best->holds || (entrant->holds == best->holds && entrant->agrees >= best->agrees))
		contest->best = entrant;
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
	int32_t fixed = zone_offset(contest->zone, date_days((struct date){(short)year, 1, 1}) * DAY_SECONDS);
	enter(contest, &(struct yearly){.standard = fixed, .daylight = fixed});
	for (size_t i = 0; i < count; i++) {
		enter(contest, &(struct yearly){.standard = changes[i].after, .daylight = changes[i].after});
		for (size_t j = 0; j < count; j++)
			if (changes[i].after > changes[i].before && changes[j].before == changes[i].after &&
				changes[j].after == changes[i].before)
				enter_pair(contest, &changes[i], &changes[j]);
	}
}

static int64_t day_of(int64_t instant)
{
	return (instant >= 0 ? instant : instant - DAY_SECONDS + 1) / DAY_SECONDS;
}

static int compare_instants(const void *left, const void *right)
{
	const struct weighed *a = left, *b = right;
	return (a->at > b->at) - (a->at < b->at);
}

static void sort_instants(struct contest *contest, const int64_t *instants, const uint32_t *weights, size_t count)
{
	bool sorted = true;
	contest->instants = arena_alloc(contest->arena, (count + 1) * sizeof(*contest->instants));
	contest->count = count;
	for (size_t i = 0; i < count; i++) {
		contest->instants[i] = (struct weighed){instants[i], weights ? weights[i] : 1};
		sorted &= !i || instants[i - 1] <= instants[i];
	}
	if (!sorted)
		qsort(contest->instants, count, sizeof(*contest->instants), compare_instants);
}

/* Adds what lies from begin up to end, on one day, where the zone has one offset or, where it changes, each instant. */
static void add_stretch(struct contest *contest, size_t begin, size_t end)
{
	const struct weighed *instants = contest->instants;
	int32_t offset = zone_offset(contest->zone, instants[begin].at);
	if (instants[begin].at < YEAR_LEAST_AT)
		return;
	if (end - begin > 1 && offset != zone_offset(contest->zone, instants[end - 1].at)) {
		for (; begin < end; begin++)
			add_stretch(contest, begin, begin + 1);
		return;
	}
	struct stretch stretch = {begin, end, offset, 0};
	for (size_t i = begin; i < end; i++)
		stretch.weight += instants[i].weight;
	contest->stretches =
		arena_grow(contest->arena, contest->stretches, contest->stretch_count, sizeof(*contest->stretches));
	contest->stretches[contest->stretch_count++] = stretch;
}

static void find_stretches(struct contest *contest)
{
	const struct weighed *instants = contest->instants;
	for (size_t begin = 0, end; begin < contest->count; begin = end) {
		int64_t next = (day_of(instants[begin].at) + 1) * DAY_SECONDS;
		for (end = begin + 1; end < contest->count && instants[end].at < next; end++)
			;
		add_stretch(contest, begin, end);
	}
}

static void add_noons(struct contest *contest, int year)
{
	int64_t noon = date_days((struct date){(short)year, 1, 1}) * DAY_SECONDS + DAY_SECONDS / 2;
	for (int day = 0; day < 365; day++, noon += DAY_SECONDS) {
		if (noon < YEAR_LEAST_AT)
			continue;
		contest->noons[contest->noon_count] = noon;
		contest->noon_offsets[contest->noon_count++] = zone_offset(contest->zone, noon);
	}
}

static void find_years(struct contest *contest)
{
	int64_t next = INT64_MIN;
	for (size_t i = 0; i < contest->count; i++) {
		if (contest->instants[i].at < next)
			continue;
		int year = moment_from_seconds(contest->instants[i].at).date.year;
		next = date_days((struct date){(short)(year + 1), 1, 1}) * DAY_SECONDS;
		contest->years =
			arena_grow(contest->arena, contest->years, contest->year_count, sizeof(*contest->years));
		contest->years[contest->year_count++] = year;
	}
	contest->noons = arena_alloc(contest->arena, contest->year_count * 365 * sizeof(*contest->noons));
	contest->noon_offsets = arena_alloc(contest->arena, contest->year_count * 365 * sizeof(*contest->noon_offsets));
	for (size_t i = 0; i < contest->year_count; i++)
		add_noons(contest, contest->years[i]);
}

bool yearly_find(struct arena *arena, const struct zone *zone, const int64_t *instants, const uint32_t *weights,
	size_t count, struct yearly *yearly)
{
	struct arena_mark mark = arena_mark(arena);
	struct contest contest = {.arena = arena, .zone = zone};
	sort_instants(&contest, instants, weights, count);
	find_stretches(&contest);
	find_years(&contest);
	for (size_t i = 0; i < contest.year_count; i++)
		enter_year(&contest, contest.years[i]);
	bool found = contest.best;
	*yearly = found ? contest.best->yearly : (struct yearly){0};
	arena_release(arena, mark);
	return found;
}
