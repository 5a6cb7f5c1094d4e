#include "resolve/occurrences.h"

#include "base/arena.h"
#include "resolve/timing.h"
#include "time/expand.h"
#include "time/limits.h"
#include "time/supported.h"

#include <stdlib.h>

enum {
	SLACK_DAYS = 2, /* UNTIL is an instant, and no clock is two days from UTC's */
	/* A rule can give so many dates fewer than rule_span_most() says: some weeks', and those of the slack. */
	SPAN_SLACK = 32
};

/* A date is the end of that day by the event's clock. */
static int64_t until_instant(const struct schedule *schedule)
{
	const struct timing *timing = &schedule->timing;
	const struct recurrence *rule = schedule->event->rrule->recurrence;
	if (!rule_has(rule, PART_UNTIL))
		return INT64_MAX;
	int64_t seconds = moment_seconds(rule->until) + rule->until_second;
	if (timing->all_day)
		return seconds;
	if (moment_is_date(rule->until))
		seconds += DAY_SECONDS - 1;
	if (rule->until.utc || !timing->zone)
		return seconds;
	return zone_local(timing->zone, seconds).instant;
}

static int64_t year_begin(int year)
{
	return date_days((struct date){(short)year, 1, 1}) * DAY_SECONDS;
}

static void extend(int64_t *last, const struct when *when)
{
	if (at_valid(&when->at) && moment_seconds(when->moment) + DAY_SECONDS > *last)
		*last = moment_seconds(when->moment) + DAY_SECONDS;
}

/* How far an endless rule is followed. */
static int64_t horizon(const struct calendar *calendar, const struct schedule *schedule)
{
	const struct event *event = schedule->event;
	int64_t last = moment_seconds(schedule->timing.start) + (int64_t)ENDLESS_YEARS * 36525 * (DAY_SECONDS / 100);
	bool today = false;
	for (size_t i = 0; i < calendar->feeds.count; i++) {
		extend(&last, &calendar->feeds.items[i]->from);
		extend(&last, &calendar->feeds.items[i]->until);
		today |= at_valid(&calendar->feeds.items[i]->past.at);
	}
	/* Feeds without what is over ask what is on today and later. */
	if (today)
		extend(&last, &(struct when){.at.given = GIVEN_VALID, .moment = {calendar->today, -1, false}});
	for (size_t i = 0; i < event->exdate->count; i++)
		extend(&last, &event->exdate->items[i]);
	for (size_t i = 0; i < event->overrides->count; i++)
		extend(&last, &event->overrides->items[i]->recurrence_id);
	return last;
}

/* The occurrences up to last (seconds of the event's own clock). */
static struct occurrences follow(
	struct arena *arena, const struct timing *timing, const struct recurring *recurring, int64_t last, size_t most)
{
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
		o->id_at = o->start_at = timing_instant(timing, o->start);
		o->end_at = timing_instant(timing, o->end);
		if (o->start_at > recurring->until)
			break;
		all.count++;
	}
	return all;
}

static struct recurring *complete(struct arena *arena, const struct schedule *schedule)
{
	struct recurring *recurring = arena_alloc(arena, sizeof(*recurring));
	const struct recurrence *rule = schedule->event->rrule->recurrence;
	recurring->rule = *rule;
	rule_complete(&recurring->rule, schedule->timing.start);
	recurring->until = until_instant(schedule);
	recurring->endless = !rule->count && !rule_has(rule, PART_UNTIL);
	return recurring;
}

/* How far a rule is followed, by the event's own clock. */
static int64_t last_of(const struct calendar *calendar, const struct schedule *schedule)
{
	const struct recurring *recurring = schedule->recurring;
	int64_t last = year_begin(YEAR_MAXIMUM + 1);
	if (recurring->endless)
		return horizon(calendar, schedule);
	if (recurring->until < last - SLACK_DAYS * DAY_SECONDS)
		return recurring->until + SLACK_DAYS * DAY_SECONDS;
	return last;
}

/* What is wrong with what a rule gives, if anything. */
static enum recurrence_state state_of(const struct recurring *recurring, const struct timing *timing)
{
	const struct occurrences *all = &recurring->occurrences;
	if (!all->count)
		return RECURRENCE_EMPTY;
	if (moment_compare(all->items[0].id, timing->start))
		return RECURRENCE_ELSEWHERE;
	if (all->count == OCCURRENCES_MOST && !recurring->endless)
		return RECURRENCE_TOO_MANY;
	if (recurring->rule.count && all->count < (size_t)recurring->rule.count)
		return RECURRENCE_TOO_FAR;
	return RECURRENCE_KNOWN;
}

static bool is_followed(const struct schedule *schedule)
{
	const struct event *event = schedule->event;
	struct rule_refusal refusals[REFUSALS_MOST];
	return at_valid(&event->rrule->at) && !rule_refusals(event->rrule->recurrence, &event->start->moment, refusals);
}

/* What can be told of a rule from its first date and the years that it spans. */
static enum recurrence_state foresee(const struct recurring *recurring, const struct timing *timing, int64_t last,
	struct moment *first, size_t *dates)
{
	struct arena scratch = {0};
	size_t count, span = rule_span_most(&recurring->rule, timing->start, last);
	size_t wanted = (size_t)recurring->rule.count;
	enum recurrence_state state = RECURRENCE_NONE;
	*dates = 0;
	if (recurring->until < timing->start_at)
		return RECURRENCE_OVER;
	const struct moment *moments = rule_expand(&scratch, &recurring->rule, timing->start, last, 1, &count);
	if (!count)
		state = RECURRENCE_EMPTY;
	else if (moment_compare(*moments, timing->start))
		state = RECURRENCE_ELSEWHERE;
	else if (span < wanted)
		state = RECURRENCE_TOO_FAR;
	else if (!wanted && !recurring->endless && span > OCCURRENCES_MOST + SPAN_SLACK)
		state = RECURRENCE_TOO_MANY;
	else
		*dates = wanted ? wanted : span < OCCURRENCES_MOST ? span : OCCURRENCES_MOST;
	if (count)
		*first = *moments;
	arena_free(&scratch);
	return state;
}

void occurrences_estimate(struct arena *arena, const struct calendar *calendar, struct schedule *schedule)
{
	if (!is_followed(schedule))
		return;
	schedule->recurring = complete(arena, schedule);
	schedule->recurrence = foresee(schedule->recurring, &schedule->timing, last_of(calendar, schedule),
		&schedule->first, &schedule->dates_most);
	if (!schedule->dates_most)
		schedule->recurring = NULL;
}

static void follow_rule(struct arena *arena, const struct calendar *calendar, struct schedule *schedule)
{
	struct recurring *recurring = schedule->recurring;
	struct arena_mark mark = arena_mark(arena);
	recurring->occurrences =
		follow(arena, &schedule->timing, recurring, last_of(calendar, schedule), OCCURRENCES_MOST);
	schedule->recurrence = state_of(recurring, &schedule->timing);
	if (schedule->recurrence == RECURRENCE_KNOWN)
		return;
	schedule->recurring = NULL;
	arena_release(arena, mark);
}

size_t occurrences_find(const struct occurrences *occurrences, int64_t instant)
{
	size_t low = 0, high = occurrences->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (occurrences->items[middle].id_at < instant)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The occurrence that the rule puts at an instant, or NULL. */
static struct occurrence *find(const struct occurrences *occurrences, int64_t instant)
{
	size_t at = occurrences_find(occurrences, instant);
	bool found = at < occurrences->count && occurrences->items[at].id_at == instant;
	return found ? &occurrences->items[at] : NULL;
}

static struct occurrence single(const struct timing *timing)
{
	return (struct occurrence){timing->start, timing->start, timing->end, timing->start_at, timing->start_at,
		timing->end_at, NULL, false};
}

/* A value that names an occurrence; a time names none of a whole-day event. */
static struct named name(const struct schedule *schedule, const struct when *when)
{
	struct named named = {0};
	if (!at_valid(&when->at) || (schedule->timing.all_day && !moment_is_date(when->moment)))
		return named;
	named.at = timing_instant(&schedule->timing, when->moment);
	if (schedule->followed)
		named.occurrence = find(&schedule->followed->occurrences, named.at);
	return named;
}

static struct named *name_all(struct arena *arena, const struct schedule *schedule, const struct moments *whens)
{
	struct named *named = arena_alloc(arena, whens->count * sizeof(*named));
	for (size_t i = 0; i < whens->count; i++)
		named[i] = name(schedule, &whens->items[i]);
	return named;
}

/* The first override of an occurrence that is on gives it values of its own. */
static void override_resolve(struct arena *arena, const struct schedule *schedule, struct occurrence *occurrence,
	const struct override *override)
{
	struct schedule *own = arena_alloc(arena, sizeof(*own));
	own->event = &override->event;
	own->id = schedule->id;
	own->id_span = schedule->id_span;
	own->uid = schedule->uid;
	own->type = schedule->type;
	own->parent = schedule->parent;
	timing_resolve_override(&own->timing, schedule, occurrence, override);
	occurrence->own = own;
	if (!timing_known(own))
		return;
	occurrence->start = own->timing.start;
	occurrence->end = own->timing.end;
	occurrence->start_at = own->timing.start_at;
	occurrence->end_at = own->timing.end_at;
}

static void overrides_resolve(struct arena *arena, const struct calendar *calendar, struct schedule *schedule)
{
	const struct event *event = schedule->event;
	bool drop = at_valid(&calendar->cancelled.at) && calendar->cancelled.value == CANCELLED_DROP;
	/* Of an event that is cancelled as a whole nothing falls out: it leaves the feeds, and its file says so. */
	drop &= !event_cancelled(event);
	schedule->overrides = arena_alloc(arena, event->overrides->count * sizeof(*schedule->overrides));
	for (size_t i = 0; i < event->overrides->count; i++) {
		const struct override *override = event->overrides->items[i];
		struct named *named = &schedule->overrides[i];
		*named = name(schedule, &override->recurrence_id);
		struct occurrence *occurrence = named->occurrence;
		for (size_t j = 0; !occurrence && j < event->rdate->count; j++)
			named->is_rdate |= named->at && schedule->rdates[j].at == named->at;
		if (!occurrence || occurrence->excluded || occurrence->own)
			continue;
		override_resolve(arena, schedule, occurrence, override);
		occurrence->excluded = drop && event_cancelled(&override->event);
	}
}

/* A rule with one occurrence makes a single event, with what an override says of it: some readers refuse COUNT=1. */
static void make_single(struct schedule *schedule)
{
	const struct occurrence *only = &schedule->recurring->occurrences.items[0];
	schedule->recurring = NULL;
	if (!only->own)
		return;
	schedule->event = only->own->event;
	if (timing_known(only->own))
		schedule->timing = only->own->timing;
}

void occurrences_resolve(struct arena *arena, const struct calendar *calendar, struct schedule *schedule)
{
	const struct event *event = schedule->event;
	if (schedule->recurring)
		follow_rule(arena, calendar, schedule);
	schedule->followed = schedule->recurring;
	schedule->exdates = name_all(arena, schedule, event->exdate);
	schedule->rdates = name_all(arena, schedule, event->rdate);
	for (size_t i = 0; i < event->exdate->count; i++)
		if (schedule->exdates[i].occurrence)
			schedule->exdates[i].occurrence->excluded = true;
	overrides_resolve(arena, calendar, schedule);
	if (schedule->recurring && schedule->recurring->occurrences.count == 1 && !schedule->recurring->endless)
		make_single(schedule);
}

void rdate_resolve(struct schedule *schedule)
{
	const struct event *event = schedule->event;
	const struct timing *timing = &schedule->timing;
	const struct occurrence occurrence = single(timing);
	for (size_t i = 0; i < event->overrides->count; i++) {
		const struct override *override = event->overrides->items[i];
		if (!at_valid(&override->recurrence_id.at) ||
			timing_instant(timing, override->recurrence_id.moment) != timing->start_at)
			continue;
		const struct when *start = override->event.start;
		schedule->event = &override->event;
		/* A start of the wrong kind is found where the override stands. */
		if (at_valid(&start->at) && moment_is_date(start->moment) != timing->all_day)
			return;
		struct timing own = {0};
		timing_resolve_override(&own, schedule, &occurrence, override);
		schedule->timing = own;
		return;
	}
}

static int compare(const void *left, const void *right)
{
	const struct occurrence *a = left, *b = right;
	int order = (a->start_at > b->start_at) - (a->start_at < b->start_at);
	return order ? order : (a->id_at > b->id_at) - (a->id_at < b->id_at);
}

struct occurrences occurrences_of(struct arena *arena, const struct schedule *schedule, int64_t last)
{
	const struct recurring *recurring = schedule->recurring;
	struct occurrence one = single(&schedule->timing);
	struct occurrences known = recurring ? recurring->occurrences : (struct occurrences){&one, 1};
	struct occurrences all = {NULL, 0};
	for (size_t i = 0; i < known.count; i++)
		if (!known.items[i].excluded) {
			all.items = arena_grow(arena, all.items, all.count, sizeof(*all.items));
			all.items[all.count++] = known.items[i];
		}
	int64_t behind = known.items[known.count - 1].id_at;
	if (recurring && recurring->endless && last > behind) {
		struct occurrences more = follow(arena, &schedule->timing, recurring, last + 2 * DAY_SECONDS, SIZE_MAX);
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

void ends_resolve(struct schedule *schedule)
{
	const struct recurring *recurring = schedule->recurring;
	struct moment last = schedule->timing.end;
	int64_t last_at = recurring ? INT64_MIN : schedule->timing.end_at;
	for (size_t i = 0; recurring && i < recurring->occurrences.count; i++) {
		const struct occurrence *o = &recurring->occurrences.items[i];
		if (!o->excluded && o->end_at > last_at) {
			last = o->end;
			last_at = o->end_at;
		}
	}
	/* What ends at midnight is over on the day that begins then. */
	schedule->ends = moment_from_seconds(moment_seconds(last) + DAY_SECONDS - 1).date;
	if (recurring && recurring->endless)
		schedule->ends = (struct date){9999, 12, 31};
}
