#include "resolve/resolve.h"

#include "base/arena.h"
#include "base/threads.h"
#include "resolve/occurrences.h"
#include "resolve/timing.h"

/* Fewer events are worked out before a thread would have begun. */
enum { EVENTS_LEAST = 200 };

/* The event's own, or id@domain where both are known. */
static struct str uid_of(struct arena *arena, const struct calendar *calendar, const struct schedule *schedule)
{
	const struct event *event = schedule->event;
	if (!schedule->rdate_of && at_valid(&event->uid->at))
		return event->uid->str;
	bool invalid = !schedule->rdate_of && event->uid->at.given == GIVEN_INVALID;
	if (invalid || !at_valid(&event->id->at) || !at_valid(&calendar->domain.at))
		return STR("");
	return str_format(arena, "%.*s@%.*s", STR_ARG(schedule->id), STR_ARG(calendar->domain.str));
}

/* An extra date is an event of its own, since Outlook reads no RDATE. */
static struct schedule *name_rdate(
	struct arena *arena, const struct calendar *calendar, const struct schedule *of, const struct when *when)
{
	struct schedule *schedule = arena_alloc(arena, sizeof(*schedule));
	struct date date = when->moment.date;
	schedule->event = schedule->written = of->event;
	schedule->rdate_of = of;
	schedule->rdate = when;
	schedule->type = of->type;
	schedule->id = str_format(arena, "%.*s-%04d%02d%02d", STR_ARG(of->id), date.year, date.month, date.day);
	schedule->id_span = when->at.span;
	schedule->uid = uid_of(arena, calendar, schedule);
	return schedule;
}

/* A date with a time is none of a whole-day event's. */
static bool is_rdate(const struct event *event, const struct when *when)
{
	return !moment_is_date(event->start->moment) || moment_is_date(when->moment);
}

static size_t count_rdates(const struct calendar *calendar)
{
	size_t count = 0;
	for (size_t i = 0; i < calendar->event_count; i++)
		if (can_have_rdates(calendar->events[i]))
			count += calendar->events[i]->rdate->count;
	return count;
}

static void name_rdates(struct arena *arena, struct calendar *calendar)
{
	for (size_t i = 0; i < calendar->event_count; i++) {
		const struct event *event = calendar->events[i];
		for (size_t j = 0; can_have_rdates(event) && j < event->rdate->count; j++) {
			const struct when *when = &event->rdate->items[j];
			if (!is_rdate(event, when))
				continue;
			if (calendar->schedule_count == EVENTS_MOST) {
				calendar->rdate_beyond = when;
				return;
			}
			calendar->schedules[calendar->schedule_count++] =
				name_rdate(arena, calendar, calendar->schedules[i], when);
		}
	}
}

/* Each step from an event to the one above it is taken once; a circle is one that its own steps come back to. */
static void find_circles(struct arena *arena, struct calendar *calendar)
{
	struct schedule **path = arena_alloc(arena, calendar->schedule_count * sizeof(*path));
	for (size_t i = 0; i < calendar->schedule_count; i++) {
		size_t count = 0;
		struct schedule *at = calendar->schedules[i];
		for (; at && !at->climbed; at = (struct schedule *)at->parent) {
			at->climbed = i + 1;
			path[count++] = at;
		}
		if (!at || at->climbed != i + 1)
			continue;
		while (!at->in_circle)
			path[--count]->in_circle = true;
	}
}

/* Finds the events that others are part of. */
static void find_parents(struct arena *arena, struct calendar *calendar)
{
	struct map ids = {0};
	for (size_t i = 0; i < calendar->schedule_count; i++)
		map_put(&ids, arena, calendar->schedules[i]->id, calendar->schedules[i]);
	for (size_t i = 0; i < calendar->schedule_count; i++) {
		const struct text *part_of = calendar->schedules[i]->event->part_of;
		if (at_valid(&part_of->at))
			calendar->schedules[i]->parent = map_get(&ids, part_of->str);
	}
}

/* So many unknown names are told which known one is near: each is compared with all. */
enum { NEAR_MOST = 100 };

static void find_crowded(struct calendar *calendar)
{
	size_t types = 0, events = 0;
	for (size_t i = 0; i < calendar->schedule_count; i++) {
		struct schedule *schedule = calendar->schedules[i];
		types += at_valid(&schedule->event->type->at) && !schedule->type;
		events += at_valid(&schedule->event->part_of->at) && !schedule->parent;
		schedule->crowded = types > NEAR_MOST || events > NEAR_MOST;
	}
}

static bool has_parts(const struct calendar *calendar)
{
	for (size_t i = 0; i < calendar->event_count; i++)
		if (at_valid(&calendar->events[i]->part_of->at))
			return true;
	return false;
}

void resolve_names(struct arena *arena, struct calendar *calendar)
{
	size_t room = calendar->event_count + count_rdates(calendar);
	calendar->schedules =
		arena_alloc(arena, (room < EVENTS_MOST ? room : EVENTS_MOST) * sizeof(*calendar->schedules));
	struct schedule *schedules = arena_alloc(arena, calendar->event_count * sizeof(*schedules));
	for (size_t i = 0; i < calendar->event_count; i++) {
		struct schedule *schedule = &schedules[i];
		const struct event *event = calendar->events[i];
		schedule->event = schedule->written = event;
		schedule->id = event->id->str;
		schedule->id_span = event->id->at.span;
		schedule->uid = uid_of(arena, calendar, schedule);
		if (at_valid(&event->type->at))
			schedule->type = calendar_type(calendar, event->type->str);
		calendar->schedules[calendar->schedule_count++] = schedule;
	}
	name_rdates(arena, calendar);
	if (has_parts(calendar)) {
		find_parents(arena, calendar);
		find_circles(arena, calendar);
	}
	find_crowded(calendar);
}

/* Events are worked out in several threads, into an arena of each. */
struct resolving {
	struct calendar *calendar;
	struct arena arenas[THREADS_MOST];
};

static void resolve_one(void *context, unsigned worker, size_t index)
{
	struct resolving *resolving = context;
	struct schedule *schedule = resolving->calendar->schedules[index];
	if (schedule->rdate) {
		timing_resolve_rdate(&schedule->timing, schedule->event, schedule->rdate);
		if (timing_known(schedule))
			rdate_resolve(schedule);
		return;
	}
	timing_resolve(&schedule->timing, schedule->event);
	if (timing_known(schedule))
		occurrences_estimate(&resolving->arenas[worker], resolving->calendar, schedule);
}

static void follow_one(void *context, unsigned worker, size_t index)
{
	struct resolving *resolving = context;
	struct schedule *schedule = resolving->calendar->schedules[index];
	if (!schedule->rdate && timing_known(schedule))
		occurrences_resolve(&resolving->arenas[worker], resolving->calendar, schedule);
}

static void refuse_beyond(struct calendar *calendar, struct schedule *schedule)
{
	schedule->recurring = NULL;
	schedule->followed = NULL;
	schedule->recurrence = RECURRENCE_BEYOND;
	if (!calendar->beyond)
		calendar->beyond = schedule;
}

static size_t dates_of(const struct schedule *schedule)
{
	return schedule->followed ? schedule->followed->occurrences.count : 0;
}

/*
 * Follows the rules, as far as DATES_MOST goes, in the order of the events: so many at the same time as cannot pass it
 * together, whatever the number of threads. The dates of a refused rule do not count; the work does, from so many on.
 */
static void follow_all(struct resolving *resolving, unsigned threads)
{
	struct calendar *calendar = resolving->calendar;
	size_t left = DATES_MOST, work = 4 * (size_t)DATES_MOST;
	for (size_t begin = 0, end; begin < calendar->schedule_count; begin = end) {
		size_t dates = 0;
		for (end = begin; end < calendar->schedule_count; end++) {
			struct schedule *schedule = calendar->schedules[end];
			if (calendar->beyond && schedule->dates_most)
				refuse_beyond(calendar, schedule);
			else if (dates && dates + schedule->dates_most > left)
				break;
			else
				dates += schedule->dates_most;
		}
		for (size_t i = begin; dates > work && i < end; i++)
			if (calendar->schedules[i]->dates_most)
				refuse_beyond(calendar, calendar->schedules[i]);
		threads_each(threads, begin, end, follow_one, resolving);
		for (size_t i = begin; i < end; i++) {
			if (dates_of(calendar->schedules[i]) > left)
				refuse_beyond(calendar, calendar->schedules[i]);
			left -= dates_of(calendar->schedules[i]);
		}
		work -= dates < work ? dates : work;
	}
}

static void resolve_end(void *context, unsigned worker, size_t index)
{
	struct resolving *resolving = context;
	struct schedule *schedule = resolving->calendar->schedules[index];
	(void)worker;
	if (timing_known(schedule))
		ends_resolve(schedule);
}

void resolve_times(struct arena *arena, struct calendar *calendar)
{
	struct resolving resolving = {.calendar = calendar};
	unsigned threads = threads_for(calendar->schedule_count, EVENTS_LEAST);
	threads_each(threads, 0, calendar->schedule_count, resolve_one, &resolving);
	follow_all(&resolving, threads);
	for (size_t i = 0; i < THREADS_MOST; i++)
		arena_take(arena, &resolving.arenas[i]);
	zones_resolve(arena, calendar);
	threads_each(threads, 0, calendar->schedule_count, resolve_end, &resolving);
	feeds_resolve(arena, calendar);
}
