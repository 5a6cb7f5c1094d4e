#include "resolve/occurrences.h"

#include "base/arena.h"
#include "time/zone.h"
#include "time/expand.h"

#include <stdlib.h>

enum { DAY = 86400, YEAR_MOST = 4500 };

/* The instant of a moment on the event's own clock. */
static int64_t instant_of(const struct event *event, struct moment moment)
{
	int64_t seconds = moment_seconds(moment);
	return event->timing.zone ? zone_local(event->timing.zone, seconds).instant : seconds;
}

struct moment occurrence_moment(const struct event *event, int64_t instant)
{
	const struct zone *zone = event->timing.zone;
	return moment_from_seconds(instant + (zone ? zone_offset(zone, instant) : 0));
}

int64_t occurrence_instant(const struct event *event, struct moment moment)
{
	if (event->timing.all_day)
		return date_days(moment.date) * DAY;
	if (moment.minute < 0)
		moment.minute = event->timing.start.minute;
	else if (moment.utc)
		return moment_seconds(moment);
	return instant_of(event, moment);
}

/* A date is the end of that day by the event's clock. */
static int64_t until_instant(const struct event *event)
{
	const struct recurrence *rule = event->rrule.recurrence;
	if (!rule_has(rule, PART_UNTIL))
		return INT64_MAX;
	int64_t seconds = moment_seconds(rule->until) + rule->until_second;
	if (event->timing.all_day)
		return seconds;
	if (rule->until.minute < 0)
		seconds += DAY - 1;
	if (rule->until.utc || !event->timing.zone)
		return seconds;
	return zone_local(event->timing.zone, seconds).instant;
}

static int64_t year_begin(int year)
{
	return date_days((struct date){(short)year, 1, 1}) * DAY;
}

/* How far an endless rule is followed. */
static int64_t horizon(const struct calendar *calendar, const struct event *event)
{
	struct moment end = event->timing.start;
	int64_t last = moment_seconds(end) + (int64_t)ENDLESS_YEARS * 36525 * (DAY / 100);
	const struct when *asked[3];
	for (size_t i = 0; i < calendar->feeds.count; i++) {
		asked[0] = &calendar->feeds.items[i]->from;
		asked[1] = &calendar->feeds.items[i]->until;
		for (size_t j = 0; j < 2; j++)
			if (at_valid(&asked[j]->at) && moment_seconds(asked[j]->moment) + DAY > last)
				last = moment_seconds(asked[j]->moment) + DAY;
	}
	for (size_t i = 0; i < event->exdate.count; i++)
		if (moment_seconds(event->exdate.items[i].moment) + DAY > last)
			last = moment_seconds(event->exdate.items[i].moment) + DAY;
	for (size_t i = 0; i < event->overrides.count; i++) {
		asked[2] = &event->overrides.items[i]->recurrence_id;
		if (at_valid(&asked[2]->at) && moment_seconds(asked[2]->moment) + DAY > last)
			last = moment_seconds(asked[2]->moment) + DAY;
	}
	return last;
}

/* The occurrences up to last (seconds of the event's own clock). */
static struct occurrences follow(
	struct arena *arena, const struct event *event, const struct recurring *recurring, int64_t last, size_t most)
{
	const struct timing *timing = &event->timing;
	int64_t length = moment_seconds(timing->end) - moment_seconds(timing->start);
	size_t count;
	const struct moment *moments = rule_expand(arena, &recurring->rule, timing->start, last, most, &count);
	struct occurrences all = {arena_alloc(arena, count * sizeof(*all.items)), 0};
	for (size_t i = 0; i < count; i++) {
		struct occurrence *o = &all.items[all.count];
		o->id = o->start = moments[i];
		o->end = moment_from_seconds(moment_seconds(o->start) + length);
		if (timing->all_day)
			o->end.minute = -1;
		o->id_at = o->start_at = instant_of(event, o->start);
		o->end_at = instant_of(event, o->end);
		if (o->start_at > recurring->until)
			break;
		all.count++;
	}
	return all;
}

struct recurring *recurring_make(struct arena *arena, const struct calendar *calendar, const struct event *event)
{
	struct recurring *recurring = arena_alloc(arena, sizeof(*recurring));
	const struct recurrence *rule = event->rrule.recurrence;
	recurring->rule = *rule;
	rule_complete(&recurring->rule, event->timing.start);
	recurring->until = until_instant(event);
	recurring->endless = !rule->count && !rule_has(rule, PART_UNTIL);
	int64_t last = year_begin(YEAR_MOST + 1);
	if (recurring->endless)
		last = horizon(calendar, event);
	else if (recurring->until < last - 2 * DAY)
		last = recurring->until + 2 * DAY; /* it is an instant, and no clock is two days from UTC's */
	recurring->occurrences = follow(arena, event, recurring, last, OCCURRENCES_MOST);
	return recurring;
}

bool recurring_passes(const struct recurring *recurring)
{
	return recurring->rule.count && recurring->occurrences.count < (size_t)recurring->rule.count;
}

struct occurrence *occurrences_find(const struct occurrences *occurrences, int64_t instant)
{
	size_t low = 0, high = occurrences->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (occurrences->items[middle].id_at < instant)
			low = middle + 1;
		else
			high = middle;
	}
	bool found = low < occurrences->count && occurrences->items[low].id_at == instant;
	return found ? &occurrences->items[low] : NULL;
}

void occurrences_drop(const struct calendar *calendar, const struct event *event)
{
	struct occurrences *occurrences = &event->recurring->occurrences;
	bool drop = at_valid(&calendar->cancelled.at) && calendar->cancelled.value == CANCELLED_DROP;
	/* Of an event that is called off as a whole nothing falls out: it leaves the feeds, and its file says so. */
	drop &= !event_cancelled(event);
	for (size_t i = 0; drop && i < occurrences->count; i++) {
		struct occurrence *o = &occurrences->items[i];
		o->excluded |= o->override && event_cancelled(&o->override->event);
	}
}

static int compare(const void *left, const void *right)
{
	const struct occurrence *a = left, *b = right;
	int order = (a->start_at > b->start_at) - (a->start_at < b->start_at);
	return order ? order : (a->id_at > b->id_at) - (a->id_at < b->id_at);
}

static struct occurrence single(const struct event *event)
{
	const struct timing *timing = &event->timing;
	return (struct occurrence){timing->start, timing->start, timing->end, timing->start_at, timing->start_at,
		timing->end_at, NULL, false};
}

struct occurrences occurrences_of(struct arena *arena, const struct event *event, int64_t last)
{
	const struct recurring *recurring = event->recurring;
	struct occurrence one = single(event);
	struct occurrences known = recurring ? recurring->occurrences : (struct occurrences){&one, 1};
	struct occurrences all = {NULL, 0};
	for (size_t i = 0; i < known.count; i++)
		if (!known.items[i].excluded) {
			all.items = arena_grow(arena, all.items, all.count, sizeof(*all.items));
			all.items[all.count++] = known.items[i];
		}
	int64_t behind = known.items[known.count - 1].id_at;
	if (recurring && recurring->endless && last > behind) {
		struct occurrences more = follow(arena, event, recurring, last + 2 * DAY, SIZE_MAX);
		for (size_t i = 0; i < more.count; i++)
			if (more.items[i].id_at > behind && more.items[i].start_at <= last) {
				all.items = arena_grow(arena, all.items, all.count, sizeof(*all.items));
				all.items[all.count++] = more.items[i];
			}
	}
	if (all.count)
		qsort(all.items, all.count, sizeof(*all.items), compare);
	return all;
}

struct date event_ends(const struct event *event)
{
	const struct recurring *recurring = event->recurring;
	if (recurring && recurring->endless)
		return (struct date){9999, 12, 31};
	struct moment last = event->timing.end;
	int64_t last_at = recurring ? INT64_MIN : event->timing.end_at;
	for (size_t i = 0; recurring && i < recurring->occurrences.count; i++) {
		const struct occurrence *o = &recurring->occurrences.items[i];
		if (!o->excluded && o->end_at > last_at) {
			last = o->end;
			last_at = o->end_at;
		}
	}
	/* The end is exclusive: what ends at midnight is over on the day that begins then. */
	return moment_from_seconds(moment_seconds(last) + DAY - 1).date;
}
