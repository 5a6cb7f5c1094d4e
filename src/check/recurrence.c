/*
 * Rules, and what they come to: the occurrences with their exdates and overrides (report/catalogue.def).
 */
#include "check/check.h"

#include "base/arena.h"
#include "decode/rule.h"
#include "resolve/occurrences.h"
#include "resolve/timing.h"
#include "time/limits.h"
#include "time/zone.h"

#include <stdlib.h>

enum { NAMED_DATES = 6 };

struct span check_part_span(const struct checker *checker, const struct event *event, enum rule_part part)
{
	return rule_span(checker->findings->sources, event->rrule, event->rrule->recurrence->parts[part]);
}

/* exdate and overrides name occurrences of a rule; without one there are none. */
bool check_has_rule(struct checker *checker, const struct schedule *schedule)
{
	const struct event *event = schedule->written;
	if (at_given(&event->rrule->at))
		return true;
	bool good = true;
	if (event->exdate->count) {
		finding_add(checker->findings, MSG_EXDATE_NO_RULE, event->exdate->items[0].at.span, NO_WORDS);
		good = false;
	}
	if (event->overrides->count && !at_given(&event->rdate->at)) {
		const struct override *first = event->overrides->items[0];
		bool named = at_valid(&first->recurrence_id.at);
		finding_add(checker->findings, MSG_OVERRIDE_NO_RULE,
			named ? first->recurrence_id.at.span : first->event.at.span, NO_WORDS);
		good = false;
	}
	return good;
}

bool check_occurrences(struct checker *checker, const struct schedule *schedule)
{
	const struct event *event = schedule->written;
	struct arena *arena = checker->findings->arena;
	struct span span = event->rrule->at.span;
	struct moment first = schedule->first;
	switch (schedule->recurrence) {
	case RECURRENCE_NONE:
	case RECURRENCE_KNOWN:
		return true;
	case RECURRENCE_OVER:
		ADD(checker, MSG_NO_OCCURRENCES_UNTIL, check_part_span(checker, event, PART_UNTIL),
			moment_format(arena, event->start->moment));
		break;
	case RECURRENCE_EMPTY:
		finding_add(checker->findings, MSG_NO_OCCURRENCES, span, NO_WORDS);
		break;
	case RECURRENCE_ELSEWHERE:
		first.utc = event->start->moment.utc;
		ADD(checker, MSG_START_NOT_IN_RULE, event->start->at.span, moment_format(arena, event->start->moment),
			moment_format(arena, first));
		break;
	case RECURRENCE_TOO_MANY:
		ADD(checker, MSG_TOO_LARGE_OCCURRENCES, span, str_format(arena, "%d", OCCURRENCES_MOST));
		break;
	case RECURRENCE_BEYOND:
		/* Of those after the first it only follows. */
		if (schedule == checker->calendar->beyond)
			finding_add(checker->findings, MSG_TOO_LARGE_DATES, span, NO_WORDS);
		break;
	case RECURRENCE_TOO_FAR:
		ADD(checker, MSG_RULE_OUT_OF_RANGE, span, str_format(arena, "%d", YEAR_MAXIMUM));
		break;
	}
	return false;
}

/* The nearest to an instant of what was offered. */
struct nearest {
	int64_t at, distance;
	struct moment moment;
};

static void nearer(struct nearest *nearest, struct moment moment, int64_t there)
{
	if (llabs(there - nearest->at) < nearest->distance) {
		nearest->distance = llabs(there - nearest->at);
		nearest->moment = moment;
	}
}

/* Looks at the occurrences on both sides of an instant; of two that are as near, the earlier is taken. */
static void nearest_occurrence(struct nearest *nearest, const struct occurrences *all)
{
	size_t behind = occurrences_find(all, nearest->at), before = behind;
	while (before && all->items[before - 1].excluded)
		before--;
	if (before)
		nearer(nearest, all->items[before - 1].id, all->items[before - 1].id_at);
	while (behind < all->count && all->items[behind].excluded)
		behind++;
	if (behind < all->count)
		nearer(nearest, all->items[behind].id, all->items[behind].id_at);
}

/* No occurrence is named: the nearest is shown, of an override also among the extra dates. */
static void add_no_match(struct checker *checker, const struct schedule *schedule, const struct when *when, int64_t at,
	enum message message)
{
	struct arena *arena = checker->findings->arena;
	const struct moments *rdates = schedule->written->rdate;
	struct nearest nearest = {.at = at, .distance = INT64_MAX};
	if (schedule->followed)
		nearest_occurrence(&nearest, &schedule->followed->occurrences);
	for (size_t i = 0; message == MSG_OVERRIDE_NO_MATCH && i < rdates->count; i++)
		nearer(&nearest, timing_moment(&schedule->timing, schedule->rdates[i].at), schedule->rdates[i].at);
	if (moment_is_date(when->moment))
		nearest.moment.minute = -1;
	if (nearest.distance < INT64_MAX)
		ADD(checker, message, when->at.span, moment_format(arena, when->moment),
			moment_format(arena, nearest.moment));
}

static bool is_all_excluded(const struct schedule *schedule)
{
	const struct occurrences *all = &schedule->followed->occurrences;
	for (size_t i = 0; i < all->count; i++)
		if (!all->items[i].excluded || all->items[i].own)
			return false;
	return true;
}

bool check_exdates(struct checker *checker, const struct schedule *schedule)
{
	const struct moments *exdates = schedule->written->exdate;
	bool good = true;
	if (!schedule->followed)
		return true;
	for (size_t i = 0; i < exdates->count; i++) {
		const struct named *named = &schedule->exdates[i];
		if (!named->occurrence)
			add_no_match(checker, schedule, &exdates->items[i], named->at, MSG_EXDATE_NO_MATCH);
		good &= named->occurrence != NULL;
	}
	if (!is_all_excluded(schedule))
		return good;
	finding_add(checker->findings, MSG_NO_OCCURRENCES_LEFT, exdates->at.span, NO_WORDS);
	return false;
}

/* An override of a timed event must say at what time it begins; of one of whole days decode/agree.h has seen to it. */
static bool check_start_kind(struct checker *checker, const struct schedule *schedule, const struct event *own)
{
	const struct when *start = own->start;
	if (!at_valid(&start->at) || moment_is_date(start->moment) == schedule->timing.all_day)
		return true;
	struct moment right = start->moment;
	right.minute = schedule->written->start->moment.minute;
	ADD(checker, MSG_MIXED_OVERRIDE_DATE, start->at.span, moment_format(checker->findings->arena, right));
	return false;
}

/* The times and lengths of an occurrence with values of its own. */
static bool check_own(struct checker *checker, const struct schedule *schedule, const struct schedule *own)
{
	if (!check_start_kind(checker, schedule, own->event))
		return false;
	bool good = check_timing(checker, own);
	return check_length(checker, own) && good && timing_known(own);
}

static void add_duplicate(struct checker *checker, const struct override *override, const struct override *first)
{
	const struct when *id = &override->recurrence_id;
	struct moment moment = id->moment;
	size_t number =
		ADD(checker, MSG_DUPLICATE_OVERRIDE, id->at.span, moment_format(checker->findings->arena, moment));
	finding_relate(checker->findings, number, MSG_DUPLICATE_OVERRIDE_FIRST, first->recurrence_id.at.span, NO_WORDS);
}

/* The rest is checked where the extra date is. */
static bool check_rdate_override(struct checker *checker, const struct schedule *schedule, size_t index)
{
	const struct overrides *overrides = schedule->written->overrides;
	for (size_t i = 0; i < index; i++)
		if (schedule->overrides[i].is_rdate && schedule->overrides[i].at == schedule->overrides[index].at) {
			add_duplicate(checker, overrides->items[index], overrides->items[i]);
			return false;
		}
	return check_start_kind(checker, schedule, &overrides->items[index]->event);
}

static bool check_override(struct checker *checker, const struct schedule *schedule, size_t index)
{
	const struct override *override = schedule->written->overrides->items[index];
	const struct named *named = &schedule->overrides[index];
	const struct occurrence *occurrence = named->occurrence;
	const struct when *id = &override->recurrence_id;
	struct arena *arena = checker->findings->arena;
	if (!at_valid(&id->at))
		return false;
	if (named->is_rdate)
		return check_rdate_override(checker, schedule, index);
	if (!occurrence) {
		add_no_match(checker, schedule, id, named->at, MSG_OVERRIDE_NO_MATCH);
		return false;
	}
	if (!occurrence->own) {
		ADD(checker, MSG_OVERRIDE_EXCLUDED, id->at.span, moment_format(arena, id->moment));
		return false;
	}
	if (occurrence->own->event == &override->event)
		return check_own(checker, schedule, occurrence->own);
	add_duplicate(checker, override, (const struct override *)occurrence->own->event);
	return false;
}

bool check_overrides(struct checker *checker, const struct schedule *schedule)
{
	bool good = true;
	/* Of a rule that cannot be followed nobody knows what it gives. */
	if (!schedule->overrides || (at_given(&schedule->written->rrule->at) && !schedule->followed))
		return true;
	for (size_t i = 0; i < schedule->written->overrides->count; i++)
		good &= check_override(checker, schedule, i);
	return good;
}

/* Some of the dates of a list that may be long. */
struct dates {
	struct buffer text;
	size_t count;
};

static void add_date(struct dates *dates, struct arena *arena, struct moment moment)
{
	if (dates->count++ < NAMED_DATES)
		buffer_format(
			&dates->text, "%s%.*s", dates->text.len ? ", " : "", STR_ARG(date_format(arena, moment.date)));
}

static void report_dates(
	struct checker *checker, const struct schedule *schedule, struct dates *dates, enum message message)
{
	const struct timing *timing = &schedule->timing;
	struct arena *arena = checker->findings->arena;
	if (dates->count > NAMED_DATES)
		buffer_format(&dates->text, LOCAL(" and %zu more", " en nog %zu"), dates->count - NAMED_DATES);
	if (dates->count)
		ADD(checker, message, schedule->written->rrule->at.span, zone_name(timing->zone),
			buffer_str(&dates->text), time_format(arena, timing->start.minute),
			time_format(arena, timing->end.minute));
	buffer_free(&dates->text);
}

/* Occurrences at a local time that the clocks skip or pass twice. The first was looked at as the event's own start. */
bool check_occurrence_clocks(struct checker *checker, const struct schedule *schedule)
{
	struct arena *arena = checker->findings->arena;
	const struct zone *zone = schedule->timing.zone;
	struct dates skipped = {{0}, 0}, twice = {{0}, 0};
	if (!schedule->followed || schedule->timing.all_day || !zone)
		return true;
	const struct occurrences *all = &schedule->followed->occurrences;
	for (size_t i = 1; i < all->count; i++) {
		const struct occurrence *o = &all->items[i];
		if (o->excluded || o->own)
			continue;
		enum local_kind start = zone_local(zone, moment_seconds(o->start)).kind;
		enum local_kind end = zone_local(zone, moment_seconds(o->end)).kind;
		if (start == LOCAL_SKIPPED || end == LOCAL_SKIPPED)
			add_date(&skipped, arena, o->start);
		else if (start == LOCAL_TWICE || end == LOCAL_TWICE)
			add_date(&twice, arena, o->start);
	}
	bool good = !skipped.count;
	report_dates(checker, schedule, &skipped, MSG_NONEXISTENT_OCCURRENCES);
	report_dates(checker, schedule, &twice, MSG_AMBIGUOUS_OCCURRENCES);
	return good;
}

static int compare_starts(const void *left, const void *right)
{
	const struct occurrence *a = *(const struct occurrence *const *)left,
				*b = *(const struct occurrence *const *)right;
	return (a->start_at > b->start_at) - (a->start_at < b->start_at);
}

static bool moves(const struct occurrence *occurrence)
{
	return occurrence->own && at_given(&occurrence->own->event->start->at);
}

static void add_overlap(struct checker *checker, const struct schedule *schedule, const struct occurrence *a,
	const struct occurrence *b)
{
	struct arena *arena = checker->findings->arena;
	const struct schedule *own = moves(b) ? b->own : a->own;
	struct span span = own ? own->timing.begins.span : schedule->written->rrule->at.span;
	bool one_day = date_days(a->start.date) == date_days(b->start.date);
	ADD(checker, one_day ? MSG_OUTLOOK_OVERLAP_DAY : MSG_OUTLOOK_OVERLAP, span, moment_format(arena, a->start),
		moment_format(arena, b->start));
}

/* Outlook takes no two occurrences that overlap or begin on one day. One is shown of what a rule
 * makes; of overrides each. */
bool check_overlap(struct checker *checker, const struct schedule *schedule)
{
	if (!schedule->followed)
		return true;
	const struct occurrences *all = &schedule->followed->occurrences;
	const struct occurrence **sorted = arena_alloc(checker->findings->arena, all->count * sizeof(*sorted));
	size_t count = 0;
	bool good = true, by_rule = false;
	for (size_t i = 0; i < all->count; i++)
		if (!all->items[i].excluded)
			sorted[count++] = &all->items[i];
	if (count)
		qsort(sorted, count, sizeof(*sorted), compare_starts);
	for (size_t i = 1; i < count; i++) {
		const struct occurrence *a = sorted[i - 1], *b = sorted[i];
		if (b->start_at >= a->end_at && date_days(a->start.date) != date_days(b->start.date))
			continue;
		good = false;
		bool own = a->own || b->own;
		if (own || !by_rule)
			add_overlap(checker, schedule, a, b);
		by_rule |= !own;
	}
	return good;
}

/* An extra date that the rule gives already would show twice. */
bool check_rdates(struct checker *checker, const struct schedule *schedule)
{
	const struct moments *rdates = schedule->written->rdate;
	bool good = true;
	for (size_t i = 0; schedule->rdates && i < rdates->count; i++) {
		const struct named *named = &schedule->rdates[i];
		bool twice = schedule->followed ? named->occurrence && !named->occurrence->excluded
						: named->at == schedule->timing.start_at;
		if (twice)
			ADD(checker, MSG_RDATE_TWICE, rdates->items[i].at.span,
				moment_format(checker->findings->arena, rdates->items[i].moment));
		good &= !twice;
	}
	return good;
}
