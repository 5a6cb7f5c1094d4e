/*
 * Events that cannot be at the same time: in one of the calendar's rooms, or with the same address of an online
 * meeting.
 *
 * Every date is put into one list, sorted by what it occupies and then by its start, and looked at in that order,
 * beside the dates before it that are still on. Of these the latest ACTIVE_MOST are remembered, and at most
 * CLASHES_MOST pairs are told: nobody has more in one room but by mistake, and it takes no longer than sorting.
 */
#include "check/check.h"

#include "base/arena.h"
#include "time/limits.h"
#include "time/zone.h"

#include <stdlib.h>
#include <string.h>

enum { ACTIVE_MOST = 16, CLASHES_MOST = 10000, PARENTS_FOLLOWED = 64 };

/* One date of an event in a room or at an address. */
struct taken {
	size_t place; /* the number of its room or address */
	int64_t start_at, end_at;
	struct date date;
	size_t index; /* of its event's schedule */
	bool is_room;
	struct text what; /* the room or the address, as this event has it */
};

struct clashes {
	struct checker *checker;
	struct arena scratch;
	struct map rooms;  /* in small letters */
	struct map places; /* to size_t: the number of a room or an address */
	struct map pairs;  /* those that were told: both ids */
	struct taken *items;
	size_t count, told;
};

static struct str small(struct arena *arena, struct str text)
{
	char *bytes = arena_bytes(arena, text.len);
	for (size_t i = 0; i < text.len; i++)
		bytes[i] = ascii_lower(text.ptr[i]);
	return (struct str){bytes, text.len};
}

/* The number of a room or an address. */
static size_t place_number(struct clashes *clashes, struct str key)
{
	size_t *number = map_get(&clashes->places, key);
	if (number)
		return *number;
	number = arena_alloc(&clashes->scratch, sizeof(*number));
	*number = clashes->places.count;
	map_put(&clashes->places, &clashes->scratch, key, number);
	return *number;
}

/* Whole days are those of the calendar's zone. */
static int64_t instant_of(const struct clashes *clashes, const struct schedule *schedule, int64_t at)
{
	const struct zone_value *zone = &clashes->checker->calendar->timezone;
	return schedule->timing.all_day && at_valid(&zone->at) ? zone_local(zone->zone, at).instant : at;
}

static const struct event *occurrence_event(const struct schedule *schedule, const struct occurrence *occurrence)
{
	return occurrence->own ? occurrence->own->event : schedule->event;
}

static void take(struct clashes *clashes, size_t index, const struct occurrence *occurrence, struct str key,
	const struct text *what)
{
	const struct schedule *schedule = clashes->checker->calendar->schedules[index];
	clashes->items = arena_grow(&clashes->scratch, clashes->items, clashes->count, sizeof(*clashes->items));
	clashes->items[clashes->count++] = (struct taken){
		.place = place_number(clashes, key),
		.start_at = instant_of(clashes, schedule, occurrence->start_at),
		.end_at = instant_of(clashes, schedule, occurrence->end_at),
		.date = occurrence->start.date,
		.index = index,
		.is_room = what == occurrence_event(schedule, occurrence)->location,
		.what = *what,
	};
}

/* A date of an event, with what it occupies. */
static void add_date(struct clashes *clashes, size_t index, const struct occurrence *occurrence)
{
	const struct event *event = occurrence_event(clashes->checker->calendar->schedules[index], occurrence);
	const struct text *location = event->location, *url = &event->conference->url;
	if (event_cancelled(event) || event_postponed(event))
		return;
	if (at_valid(&location->at) && clashes->rooms.count) {
		struct str room = small(&clashes->scratch, location->str);
		if (map_get(&clashes->rooms, room))
			take(clashes, index, occurrence, room, location);
	}
	if (at_valid(&event->conference->at) && at_valid(&url->at))
		take(clashes, index, occurrence, url->str, url);
}

static void add_schedule(struct clashes *clashes, size_t index)
{
	const struct schedule *schedule = clashes->checker->calendar->schedules[index];
	const struct timing *timing = &schedule->timing;
	const struct recurring *recurring = schedule->recurring;
	/* What has no id has a finding for that, and nothing to be named by. */
	if (!timing_known(schedule) || !schedule_is_published(schedule) || !schedule->id.len ||
		event_cancelled(schedule->event) || event_postponed(schedule->event))
		return;
	if (!recurring) {
		struct occurrence one = {
			.start = timing->start, .start_at = timing->start_at, .end_at = timing->end_at};
		add_date(clashes, index, &one);
		return;
	}
	for (size_t i = 0; i < recurring->occurrences.count; i++) {
		const struct occurrence *o = &recurring->occurrences.items[i];
		if (!o->excluded)
			add_date(clashes, index, o);
	}
}

static int compare(const void *left, const void *right)
{
	const struct taken *a = left, *b = right;
	int order = (a->place > b->place) - (a->place < b->place);
	if (!order)
		order = (a->start_at > b->start_at) - (a->start_at < b->start_at);
	return order ? order : (a->index > b->index) - (a->index < b->index);
}

/* The event of an extra date. */
static const struct schedule *whole_of(const struct schedule *schedule)
{
	return schedule->rdate_of ? schedule->rdate_of : schedule;
}

static bool is_part(const struct schedule *part, const struct schedule *whole)
{
	const struct schedule *above = whole_of(part)->parent;
	for (size_t i = 0; above && i < PARENTS_FOLLOWED; i++) {
		if (above == whole)
			return true;
		above = above->parent;
	}
	return false;
}

/* Tells of two events, once, at the place of the later one in the files. */
static void tell(struct clashes *clashes, const struct taken *early, const struct taken *late)
{
	struct checker *checker = clashes->checker;
	const struct taken *first = early->index < late->index ? early : late, *second = first == early ? late : early;
	const struct schedule *one = whole_of(checker->calendar->schedules[first->index]);
	const struct schedule *other = whole_of(checker->calendar->schedules[second->index]);
	struct arena *arena = &clashes->scratch;
	if (clashes->told == CLASHES_MOST || one == other || is_part(one, other) || is_part(other, one))
		return;
	struct str pair = str_format(arena, "%.*s %.*s", STR_ARG(one->id), STR_ARG(other->id));
	if (map_get(&clashes->pairs, pair))
		return;
	map_put(&clashes->pairs, arena, pair, clashes);
	clashes->told++;
	finding_begin(checker->findings, other->id);
	size_t number = ADD(checker, second->is_room ? MSG_CLASH_ROOM : MSG_CLASH_MEETING, second->what.at.span,
		other->id, one->id, date_format(arena, late->date), second->what.str);
	finding_relate(checker->findings, number, MSG_CLASH_OTHER, first->what.at.span, WORDS(one->id));
	finding_end(checker->findings);
}

/* Looks at all dates in order, beside those before them that are still on. */
static void sweep(struct clashes *clashes)
{
	const struct taken *active[ACTIVE_MOST];
	size_t count = 0;
	for (size_t i = 0; i < clashes->count; i++) {
		const struct taken *taken = &clashes->items[i];
		size_t kept = 0;
		for (size_t j = 0; j < count; j++)
			if (active[j]->place == taken->place && active[j]->end_at > taken->start_at)
				active[kept++] = active[j];
		for (size_t j = 0; j < kept; j++)
			tell(clashes, active[j], taken);
		if (kept == ACTIVE_MOST)
			memmove(active, active + 1, --kept * sizeof(*active));
		active[kept] = taken;
		count = kept + 1;
	}
}

void check_clashes(struct checker *checker)
{
	const struct calendar *calendar = checker->calendar;
	struct clashes clashes = {.checker = checker};
	for (size_t i = 0; i < calendar->rooms.count; i++)
		map_put(&clashes.rooms, &clashes.scratch, small(&clashes.scratch, calendar->rooms.items[i].str),
			&clashes);
	for (size_t i = 0; i < calendar->schedule_count; i++)
		add_schedule(&clashes, i);
	if (clashes.count)
		qsort(clashes.items, clashes.count, sizeof(*clashes.items), compare);
	sweep(&clashes);
	arena_free(&clashes.scratch);
}
