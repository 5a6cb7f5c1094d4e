#include "ical/diff.h"

#include "base/arena.h"
#include "resolve/select.h"

#include <stdlib.h>

/* An endless rule is followed for so many days after the later of the two starts. */
enum { ENDLESS_DAYS = 2 * 366 };

struct comparing {
	struct arena *arena;
	const struct diff_side *before, *after;
	struct map old_by_uid, new_by_uid, old_by_id; /* of schedules that are published */
	struct diff diff;
};

static bool is_shown(const struct diff_side *side, const struct schedule *schedule)
{
	return schedule_is_published(schedule) && timing_known(schedule) && schedule->uid.len &&
	       !map_get(&side->broken, schedule->event->id->str);
}

/* True if an event may be there, and could not be read. */
static bool may_be_there(const struct diff_side *side, struct str id)
{
	return side->calendar->broken || side->calendar->events_broken || map_get(&side->broken, id);
}

/* --- dates ------------------------------------------------------------------------------------------------------- */

struct day_list {
	int64_t *items; /* days since 1970, sorted, each once */
	size_t count;
};

static int compare_days(const void *left, const void *right)
{
	const int64_t *a = left, *b = right;
	return (*a > *b) - (*a < *b);
}

/* The days on which an event begins; those that are called off are none. */
static struct day_list days_of(struct arena *arena, const struct schedule *schedule, int64_t last)
{
	struct day_list days = {0};
	const struct recurring *recurring = schedule->recurring;
	size_t count = recurring ? recurring->occurrences.count : 1;
	days.items = arena_alloc(arena, count * sizeof(*days.items));
	if (!recurring)
		days.items[days.count++] = date_days(schedule->timing.start.date);
	for (size_t i = 0; recurring && i < count; i++) {
		const struct occurrence *occurrence = &recurring->occurrences.items[i];
		int64_t day = date_days(occurrence->start.date);
		bool off = occurrence->excluded || (occurrence->own && event_cancelled(occurrence->own->event));
		if (!off && (!recurring->endless || day <= last))
			days.items[days.count++] = day;
	}
	qsort(days.items, days.count, sizeof(*days.items), compare_days);
	size_t kept = 0;
	for (size_t i = 0; i < days.count; i++)
		if (!kept || days.items[kept - 1] != days.items[i])
			days.items[kept++] = days.items[i];
	days.count = kept;
	return days;
}

/* The days of one list that the other lacks. */
static struct diff_dates lacking(struct arena *arena, struct day_list days, struct day_list other)
{
	struct date *dates = arena_alloc(arena, days.count * sizeof(*dates));
	size_t count = 0, at = 0;
	for (size_t i = 0; i < days.count; i++) {
		while (at < other.count && other.items[at] < days.items[i])
			at++;
		if (at == other.count || other.items[at] != days.items[i])
			dates[count++] = date_from_days(days.items[i]);
	}
	return (struct diff_dates){dates, count};
}

static void compare_dates(
	struct comparing *comparing, struct diff_event *event, const struct schedule *old, const struct schedule *new)
{
	if (!old->recurring && !new->recurring)
		return;
	struct arena *arena = comparing->arena;
	int64_t a = date_days(old->timing.start.date), b = date_days(new->timing.start.date);
	int64_t last = (a > b ? a : b) + ENDLESS_DAYS;
	struct day_list before = days_of(arena, old, last), after = days_of(arena, new, last);
	event->added = lacking(arena, after, before);
	event->removed = lacking(arena, before, after);
}

/* --- one event --------------------------------------------------------------------------------------------------- */

/* The ids of the feeds that have an event, in their order. */
static struct diff_words feeds_of(struct arena *arena, const struct calendar *calendar, const struct schedule *schedule)
{
	struct str *ids = arena_alloc(arena, calendar->feeds.count * sizeof(*ids));
	size_t count = 0;
	for (size_t i = 0; i < calendar->feeds.count; i++)
		if (feed_holds(calendar, calendar->feeds.items[i], schedule))
			ids[count++] = calendar->feeds.items[i]->id.str;
	return (struct diff_words){ids, count};
}

static void add_value(struct comparing *comparing, struct diff_event *event, const char *property, struct str before,
	struct str after)
{
	event->values = arena_grow(comparing->arena, event->values, event->value_count, sizeof(*event->values));
	event->values[event->value_count++] = (struct diff_value){property, before, after};
}

static void add_event(struct comparing *comparing, const struct diff_event *event)
{
	struct diff *diff = &comparing->diff;
	diff->events = arena_grow(comparing->arena, diff->events, diff->count, sizeof(*diff->events));
	diff->events[diff->count++] = *event;
	diff->counts[event->kind]++;
}

/* A rule as it was written: what is published besides follows from the start. */
static struct str rule_of(const struct schedule *schedule)
{
	const struct rule *rule = schedule->event->rrule;
	return at_valid(&rule->at) ? rule->text : STR("");
}

/* An event that is in both. */
static void compare_pair(struct comparing *comparing, const struct schedule *old, const struct schedule *new)
{
	struct arena *arena = comparing->arena;
	struct arena_mark mark = arena_mark(arena);
	bool single = !old->recurring && !new->recurring;
	struct snapshot before = snapshot_by_key(arena, comparing->before->calendar, old, single ? new->event : NULL);
	struct snapshot after = snapshot_by_key(arena, comparing->after->calendar, new, single ? old->event : NULL);
	struct difference difference = compare_snapshots(arena, &before, &after);
	bool renamed = !str_equal(old->uid, new->uid), other_id = !str_equal(old->id, new->id);
	if (!renamed && !other_id && !difference.count) {
		comparing->diff.same++;
		arena_release(arena, mark);
		return;
	}
	struct diff_event event = {
		.id = new->id,
		.uid = new->uid,
		.kind = renamed ? CHANGE_UID : difference.kind,
		.summary = after.summary,
		.was = true,
		.is = true,
		.from = before.start,
		.to = after.start,
		.feeds = feeds_of(arena, comparing->after->calendar, new),
	};
	if (renamed)
		add_value(comparing, &event, "uid", old->uid, new->uid);
	if (other_id)
		add_value(comparing, &event, "id", old->id, new->id);
	for (size_t i = 0; i < difference.count; i++) {
		struct change change = difference.changes[i];
		if (change.key->offset == offsetof(struct event, rrule)) {
			change.before = rule_of(old);
			change.after = rule_of(new);
		}
		if (!change.follows && !str_equal(change.before, change.after))
			add_value(comparing, &event, change.key->name, change.before, change.after);
	}
	compare_dates(comparing, &event, old, new);
	add_event(comparing, &event);
}

/* An event that is in one of them only. */
static void add_alone(struct comparing *comparing, const struct diff_side *side, const struct schedule *schedule)
{
	bool is_new = side == comparing->after;
	struct snapshot shown = snapshot_by_key(comparing->arena, side->calendar, schedule, NULL);
	struct diff_event event = {
		.id = schedule->id,
		.uid = schedule->uid,
		.kind = is_new ? CHANGE_NEW : CHANGE_GONE,
		.summary = shown.summary,
		.was = !is_new,
		.is = is_new,
		.from = shown.start,
		.to = shown.start,
		.feeds = feeds_of(comparing->arena, side->calendar, schedule),
	};
	add_event(comparing, &event);
}

/* --- all of them ------------------------------------------------------------------------------------------------- */

static void fill_maps(struct comparing *comparing)
{
	const struct calendar *old = comparing->before->calendar, *new = comparing->after->calendar;
	for (size_t i = 0; i < old->schedule_count; i++) {
		if (!is_shown(comparing->before, old->schedules[i]))
			continue;
		map_put(&comparing->old_by_uid, comparing->arena, old->schedules[i]->uid, old->schedules[i]);
		map_put(&comparing->old_by_id, comparing->arena, old->schedules[i]->id, old->schedules[i]);
	}
	for (size_t i = 0; i < new->schedule_count; i++)
		if (is_shown(comparing->after, new->schedules[i]))
			map_put(&comparing->new_by_uid, comparing->arena, new->schedules[i]->uid, new->schedules[i]);
}

/* What an event of the new calendar was: by its UID, else by its id where that UID is not in use any more; or NULL. */
static const struct schedule *old_of(const struct comparing *comparing, const struct schedule *new)
{
	const struct schedule *old = map_get(&comparing->old_by_uid, new->uid);
	if (old)
		return old;
	old = map_get(&comparing->old_by_id, new->id);
	return old && !map_get(&comparing->new_by_uid, old->uid) ? old : NULL;
}

static void compare_events(struct comparing *comparing)
{
	const struct calendar *old = comparing->before->calendar, *new = comparing->after->calendar;
	struct map paired = {0};
	for (size_t i = 0; i < new->schedule_count; i++) {
		const struct schedule *schedule = new->schedules[i];
		if (!is_shown(comparing->after, schedule))
			continue;
		const struct schedule *was = old_of(comparing, schedule);
		if (was) {
			map_put(&paired, comparing->arena, was->uid, (void *)was);
			compare_pair(comparing, was, schedule);
		} else if (!may_be_there(comparing->before, schedule->event->id->str)) {
			add_alone(comparing, comparing->after, schedule);
		}
	}
	for (size_t i = 0; i < old->schedule_count; i++) {
		const struct schedule *schedule = old->schedules[i];
		if (is_shown(comparing->before, schedule) && !map_get(&paired, schedule->uid) &&
			!may_be_there(comparing->after, schedule->event->id->str))
			add_alone(comparing, comparing->before, schedule);
	}
}

static int compare_order(const void *left, const void *right)
{
	const struct diff_event *a = left, *b = right;
	int64_t from = moment_seconds(a->to), to = moment_seconds(b->to);
	return from != to ? (from > to) - (from < to) : str_compare(a->id, b->id);
}

/* --- feeds ------------------------------------------------------------------------------------------------------- */

static const struct feed *feed_of(const struct calendar *calendar, struct str id)
{
	for (size_t i = 0; i < calendar->feeds.count; i++)
		if (str_equal(calendar->feeds.items[i]->id.str, id))
			return calendar->feeds.items[i];
	return NULL;
}

/* The events that a feed has and other, the same feed of the other side, or NULL, has not. */
static struct diff_words only_in(const struct comparing *comparing, const struct diff_side *side,
	const struct feed *feed, const struct diff_side *other_side, const struct feed *other)
{
	const struct calendar *calendar = side->calendar;
	const struct map *others = side == comparing->after ? &comparing->old_by_uid : &comparing->new_by_uid;
	struct str *ids = arena_alloc(comparing->arena, calendar->schedule_count * sizeof(*ids));
	size_t count = 0;
	for (size_t i = 0; feed && i < calendar->schedule_count; i++) {
		const struct schedule *schedule = calendar->schedules[i];
		if (!is_shown(side, schedule) || !feed_holds(calendar, feed, schedule))
			continue;
		const struct schedule *there = map_get(others, schedule->uid);
		if (there ? !other || !feed_holds(other_side->calendar, other, there)
			  : !may_be_there(other_side, schedule->event->id->str))
			ids[count++] = schedule->id;
	}
	return (struct diff_words){ids, count};
}

static void compare_feed(struct comparing *comparing, struct str id)
{
	const struct feed *old = feed_of(comparing->before->calendar, id);
	const struct feed *new = feed_of(comparing->after->calendar, id);
	struct arena_mark mark = arena_mark(comparing->arena);
	struct diff_feed feed = {
		.id = id,
		.entered = only_in(comparing, comparing->after, new, comparing->before, old),
		.left = only_in(comparing, comparing->before, old, comparing->after, new),
	};
	struct diff *diff = &comparing->diff;
	if (!feed.entered.count && !feed.left.count) {
		arena_release(comparing->arena, mark);
		return;
	}
	diff->feeds = arena_grow(comparing->arena, diff->feeds, diff->feed_count, sizeof(*diff->feeds));
	diff->feeds[diff->feed_count++] = feed;
}

static void compare_feeds(struct comparing *comparing)
{
	const struct calendar *old = comparing->before->calendar, *new = comparing->after->calendar;
	if (old->broken || new->broken)
		return;
	for (size_t i = 0; i < new->feeds.count; i++)
		compare_feed(comparing, new->feeds.items[i]->id.str);
	for (size_t i = 0; i < old->feeds.count; i++)
		if (!feed_of(new, old->feeds.items[i]->id.str))
			compare_feed(comparing, old->feeds.items[i]->id.str);
}

struct diff diff_calendars(struct arena *arena, const struct diff_side *before, const struct diff_side *after)
{
	struct comparing comparing = {.arena = arena, .before = before, .after = after};
	fill_maps(&comparing);
	compare_events(&comparing);
	if (comparing.diff.count)
		qsort(comparing.diff.events, comparing.diff.count, sizeof(*comparing.diff.events), compare_order);
	compare_feeds(&comparing);
	return comparing.diff;
}
