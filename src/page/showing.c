#include "base/arena.h"
#include "page/parts.h"
#include "resolve/occurrences.h"
#include "resolve/select.h"

#include <stdlib.h>

/* Of a rule: so far ahead, and so many dates on each side of today. */
enum { YEARS_AHEAD = 2, DATES_MOST_SHOWN = 100 };

static int64_t day_after_years(struct date date, int years)
{
	date.year = (short)(date.year + years);
	return date_days(date) * DAY_SECONDS;
}

static bool is_over(const struct calendar *calendar, const struct timing *timing)
{
	struct days from_today = {.has_first = true, .first = calendar->today};
	return !days_touch(calendar, &from_today, timing->all_day, timing->start_at, timing->end_at);
}

const struct showing *showings_of(
	struct arena *arena, const struct calendar *calendar, const struct schedule *schedule, size_t *count)
{
	int64_t last = day_after_years(calendar->today, YEARS_AHEAD);
	struct occurrences all = occurrences_of(arena, schedule, schedule->recurring ? last : INT64_MAX);
	struct showing *showings = arena_alloc(arena, (all.count + 1) * sizeof(*showings));
	size_t over = 0, kept = 0, ahead = 0;
	for (size_t i = 0; i < all.count; i++) {
		const struct occurrence *o = &all.items[i];
		if (schedule->recurring && o->start_at > last && !(o->own))
			continue;
		struct timing timing = schedule->timing;
		timing.start = o->start;
		timing.end = o->end;
		timing.start_at = o->start_at;
		timing.end_at = o->end_at;
		struct showing showing = {schedule, o->own ? o->own->event : schedule->event, timing, o->id,
			schedule->recurring != NULL, is_over(calendar, &timing)};
		ahead += !showing.over;
		if (showing.over || ahead <= DATES_MOST_SHOWN)
			showings[kept++] = showing;
		over += showing.over;
	}
	/* They are in order, so that those that are over come first. */
	size_t dropped = over > DATES_MOST_SHOWN ? over - DATES_MOST_SHOWN : 0;
	*count = kept - dropped;
	return showings + dropped;
}

static int compare_showings(const void *a, const void *b)
{
	const struct showing *one = a, *other = b;
	int order = (one->timing.start_at > other->timing.start_at) - (one->timing.start_at < other->timing.start_at);
	return order ? order : str_compare(one->schedule->id, other->schedule->id);
}

static int compare_parts(const void *a, const void *b)
{
	const struct schedule *one = *(const struct schedule *const *)a, *other = *(const struct schedule *const *)b;
	int order = str_compare(schedule_parent(one)->id, schedule_parent(other)->id);
	if (!order)
		order = (one->timing.start_at > other->timing.start_at) -
			(one->timing.start_at < other->timing.start_at);
	return order ? order : str_compare(one->id, other->id);
}

struct pages pages_make(struct arena *arena, const struct calendar *calendar, const struct revisions *revisions)
{
	struct pages pages = {.arena = arena, .calendar = calendar, .revisions = revisions};
	struct showing *shown = NULL;
	struct arena scratch = {0};
	pages.parts = arena_alloc(arena, (calendar->schedule_count + 1) * sizeof(struct schedule *));
	for (size_t i = 0; i < calendar->schedule_count; i++) {
		const struct schedule *schedule = calendar->schedules[i];
		size_t count;
		if (!schedule_is_published(schedule))
			continue;
		const struct showing *some = showings_of(&scratch, calendar, schedule, &count);
		for (size_t n = 0; n < count; n++) {
			shown = arena_grow(arena, shown, pages.shown_count, sizeof(*shown));
			shown[pages.shown_count++] = some[n];
		}
		arena_release(&scratch, (struct arena_mark){0});
		if (schedule_parent(schedule))
			pages.parts[pages.part_count++] = schedule;
	}
	arena_free(&scratch);
	if (pages.shown_count)
		qsort(shown, pages.shown_count, sizeof(*shown), compare_showings);
	if (pages.part_count)
		qsort(pages.parts, pages.part_count, sizeof(struct schedule *), compare_parts);
	pages.shown = shown;
	return pages;
}
