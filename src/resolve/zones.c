#include "resolve/resolve.h"

#include "base/arena.h"
#include "resolve/timing.h"
#include "time/yearly.h"

#include <stdlib.h>

enum {
	/* Of a recurring event that the rules do not describe nothing can be published, so that it comes first. */
	RECURRING_WEIGHT = 1000
};

static bool in_zone(const struct schedule *schedule, const struct zone *zone)
{
	return timing_known(schedule) && schedule_is_published(schedule) && !schedule->timing.all_day &&
	       schedule->timing.zone == zone;
}

static void move_to_utc(struct schedule *schedule, enum zone_state why)
{
	struct timing *timing = &schedule->timing;
	schedule->zone = why;
	timing->zone = NULL;
	timing->start = moment_from_seconds(timing->start_at);
	timing->end = moment_from_seconds(timing->end_at);
}

/* It has no rule, or one that gives a single occurrence. */
static bool is_single(const struct schedule *schedule)
{
	bool rule = at_given(&schedule->written->rrule->at) && !schedule->rdate_of;
	return !rule || (schedule->followed && !schedule->recurring);
}

/* The clocks pass its start or its end twice. */
static bool touches_twice(const struct timing *timing)
{
	return zone_local(timing->zone, moment_seconds(timing->start)).kind == LOCAL_TWICE ||
	       zone_local(timing->zone, moment_seconds(timing->end)).kind == LOCAL_TWICE;
}

/* The first occurrence from which on the rules are right, or NULL. */
static const struct occurrence *first_right(const struct yearly *yearly, const struct schedule *schedule)
{
	const struct recurring *recurring = schedule->recurring;
	const struct zone *zone = schedule->timing.zone;
	for (size_t i = 0; recurring && i < recurring->occurrences.count; i++) {
		const struct occurrence *o = &recurring->occurrences.items[i];
		if (yearly_holds(yearly, zone, o->start_at) && yearly_holds(yearly, zone, o->end_at))
			return o;
	}
	return NULL;
}

/* A recurring event cannot go out in UTC: its hour would shift with summer time. yearly: the rules, which are wrong at
 * an instant; NULL where there are none. */
static void refuse_zone(struct schedule *schedule, const struct yearly *yearly, int64_t wrong)
{
	const struct occurrence *right = yearly ? first_right(yearly, schedule) : NULL;
	bool later = wrong <= schedule->timing.end_at && right;
	schedule->zone = later ? ZONE_LATER : ZONE_REFUSED;
	schedule->zone_from = later ? right->start.date : timing_moment(&schedule->timing, wrong).date;
}

/* Every instant that a zone has to be right at, and what it counts. */
struct instants {
	struct arena *arena;
	int64_t *at;
	uint32_t *weights;
	size_t count;
};

static void add_instant(struct instants *instants, int64_t at, uint32_t weight)
{
	instants->at = arena_grow(instants->arena, instants->at, instants->count, sizeof(*instants->at));
	instants->weights = arena_grow(instants->arena, instants->weights, instants->count, sizeof(*instants->weights));
	instants->at[instants->count] = at;
	instants->weights[instants->count++] = weight;
}

static void add_instants(struct instants *instants, const struct schedule *schedule)
{
	const struct recurring *recurring = schedule->recurring;
	for (size_t i = 0; recurring && i < recurring->occurrences.count; i++) {
		add_instant(instants, recurring->occurrences.items[i].start_at, RECURRING_WEIGHT);
		add_instant(instants, recurring->occurrences.items[i].end_at, RECURRING_WEIGHT);
	}
	add_instant(instants, schedule->timing.start_at, 1);
	add_instant(instants, schedule->timing.end_at, 1);
}

/* Whether the rules are right at the whole event; else *wrong is an instant at which they are not. */
static bool holds(const struct yearly *yearly, const struct schedule *schedule, int64_t *wrong)
{
	struct arena arena = {0};
	struct instants instants = {.arena = &arena};
	bool good = true;
	add_instants(&instants, schedule);
	for (size_t i = 0; good && i < instants.count; i++) {
		*wrong = instants.at[i];
		good = yearly_holds(yearly, schedule->timing.zone, *wrong);
	}
	arena_free(&arena);
	return good;
}

/* One decision for a zone: the pair that holds for the most; other events go out in UTC, or cannot go out. */
static void zone_resolve(struct arena *arena, struct calendar *calendar, const struct zone *zone)
{
	struct instants instants = {.arena = arena};
	for (size_t i = 0; i < calendar->schedule_count; i++)
		if (in_zone(calendar->schedules[i], zone))
			add_instants(&instants, calendar->schedules[i]);
	struct yearly yearly;
	bool found = yearly_find(arena, zone, instants.at, instants.weights, instants.count, &yearly);
	bool used = false;
	for (size_t i = 0; i < calendar->schedule_count; i++) {
		struct schedule *schedule = calendar->schedules[i];
		int64_t wrong = schedule->timing.start_at;
		if (!in_zone(schedule, zone))
			continue;
		if (is_single(schedule) && touches_twice(&schedule->timing))
			move_to_utc(schedule, ZONE_TWICE);
		else if (found && holds(&yearly, schedule, &wrong))
			used = true;
		else if (is_single(schedule))
			move_to_utc(schedule, ZONE_MOVED);
		else
			refuse_zone(schedule, found ? &yearly : NULL, wrong);
	}
	if (!used)
		return;
	calendar->zone_rules =
		arena_grow(arena, calendar->zone_rules, calendar->zone_rules_count, sizeof(*calendar->zone_rules));
	calendar->zone_rules[calendar->zone_rules_count++] = (struct zone_rules){zone, yearly};
}

static int compare_zones(const void *left, const void *right)
{
	const struct zone_rules *a = left, *b = right;
	return str_compare(zone_name(a->zone), zone_name(b->zone));
}

void zones_resolve(struct arena *arena, struct calendar *calendar)
{
	struct map seen = {0};
	for (size_t i = 0; i < calendar->schedule_count; i++) {
		const struct timing *timing = &calendar->schedules[i]->timing;
		const struct zone *zone = timing->zone;
		if (timing->state != TIMING_KNOWN || timing->all_day || !zone || map_get(&seen, zone_name(zone)))
			continue;
		map_put(&seen, arena, zone_name(zone), (void *)zone);
		zone_resolve(arena, calendar, zone);
	}
	/* Not in the order of the files: splitting one changes nothing that is published. */
	if (calendar->zone_rules_count)
		qsort(calendar->zone_rules, calendar->zone_rules_count, sizeof(*calendar->zone_rules), compare_zones);
}
