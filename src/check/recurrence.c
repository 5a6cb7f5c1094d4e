/*
 * Rules, and what they come to: the occurrences with their exdates and overrides (RULES.md, "Recurrence").
 */
#include "check/check.h"

#include "base/arena.h"
#include "resolve/occurrences.h"
#include "time/zone.h"

#include <stdlib.h>

enum { YEAR_LEAST = 1601, YEAR_MOST = 4500, NAMED_DATES = 6 };

static bool is_all_day(const struct event *event)
{
	return event->start.moment.minute < 0;
}

static struct span part_span(const struct checker *checker, const struct event *event, enum rule_part part)
{
	return rule_span(checker->findings->sources, &event->rrule, event->rrule.recurrence->parts[part]);
}

static struct str until_written(struct arena *arena, struct date date)
{
	return str_format(arena, "UNTIL=%04d%02d%02d", date.year, date.month, date.day);
}

/* Whether the rule says well when it ends. */
bool check_rule(struct checker *checker, struct event *event)
{
	if (!at_valid(&event->rrule.at))
		return true;
	struct arena *arena = checker->findings->arena;
	const struct recurrence *rule = event->rrule.recurrence;
	bool has_until = rule_has(rule, PART_UNTIL);
	if (!has_until && !rule->count)
		finding_add(checker->findings, MSG_ENDLESS_RULE, event->rrule.at.span, NO_WORDS);
	if (!has_until)
		return true;
	struct span span = part_span(checker, event, PART_UNTIL);
	struct str day = until_written(arena, rule->until.date);
	if (rule->until.date.year < YEAR_LEAST || rule->until.date.year > YEAR_MOST) {
		ADD(checker, MSG_DATE_OUT_OF_RANGE, span, date_format(arena, rule->until.date));
		return false;
	}
	if (rule->count) {
		size_t number = finding_add(checker->findings, MSG_COUNT_AND_UNTIL, span, NO_WORDS);
		finding_relate(checker->findings, number, MSG_COUNT_AND_UNTIL_OTHER,
			part_span(checker, event, PART_COUNT), NO_WORDS);
		return false;
	}
	if (rule->until.minute < 0 || !at_valid(&event->start.at) || !is_all_day(event))
		return true;
	ADD(checker, MSG_UNTIL_TYPE, span, day);
	return false;
}

/* A time where a whole-day event takes dates: in one of the keys that name occurrences, or that add to them. */
static bool check_kind(struct checker *checker, const struct event *event, const struct when *when, struct str key)
{
	if (!at_valid(&when->at) || when->moment.minute < 0 || !is_all_day(event))
		return true;
	ADD(checker, MSG_MIXED_OCCURRENCE, when->at.span, key,
		date_format(checker->findings->arena, when->moment.date));
	return false;
}

bool check_kinds(struct checker *checker, struct event *event)
{
	bool good = true;
	if (!at_valid(&event->start.at))
		return true;
	for (size_t i = 0; i < event->exdate.count; i++)
		good &= check_kind(checker, event, &event->exdate.items[i], STR("exdate"));
	for (size_t i = 0; i < event->rdate.count; i++)
		good &= check_kind(checker, event, &event->rdate.items[i], STR("rdate"));
	for (size_t i = 0; i < event->overrides.count; i++)
		good &= check_kind(checker, event, &event->overrides.items[i]->recurrence_id, STR("recurrence-id"));
	return good;
}

/* exdate and overrides name occurrences of a rule; without one there are none. */
bool check_has_rule(struct checker *checker, struct event *event)
{
	if (at_given(&event->rrule.at))
		return true;
	bool good = true;
	if (event->exdate.count) {
		finding_add(checker->findings, MSG_EXDATE_NO_RULE, event->exdate.items[0].at.span, NO_WORDS);
		good = false;
	}
	if (event->overrides.count) {
		const struct override *first = event->overrides.items[0];
		bool named = at_valid(&first->recurrence_id.at);
		finding_add(checker->findings, MSG_OVERRIDE_NO_RULE,
			named ? first->recurrence_id.at.span : first->event.at.span, NO_WORDS);
		good = false;
	}
	return good;
}

/* Follows the rule. */
bool check_occurrences(struct checker *checker, struct event *event)
{
	if (!at_valid(&event->rrule.at) || !event->timing.known)
		return true;
	struct arena *arena = checker->findings->arena;
	struct recurring *recurring = recurring_make(arena, checker->calendar, event);
	const struct occurrences *all = &recurring->occurrences;
	struct span span = event->rrule.at.span;
	struct moment start = event->timing.start;
	if (recurring->until < event->timing.start_at) {
		ADD(checker, MSG_NO_OCCURRENCES_UNTIL, part_span(checker, event, PART_UNTIL),
			moment_format(arena, event->start.moment));
	} else if (!all->count) {
		finding_add(checker->findings, MSG_NO_OCCURRENCES, span, NO_WORDS);
	} else if (moment_compare(all->items[0].id, start)) {
		struct moment first = all->items[0].id;
		first.utc = event->start.moment.utc;
		ADD(checker, MSG_START_NOT_IN_RULE, event->start.at.span, moment_format(arena, event->start.moment),
			moment_format(arena, first));
	} else if (all->count == OCCURRENCES_MOST && !recurring->endless) {
		ADD(checker, MSG_TOO_LARGE_OCCURRENCES, span, str_format(arena, "%d", OCCURRENCES_MOST));
	} else if (recurring_passes(recurring)) {
		ADD(checker, MSG_RULE_OUT_OF_RANGE, span, str_format(arena, "%d", YEAR_MOST));
	} else {
		event->recurring = recurring;
		return true;
	}
	return false;
}

/* An occurrence as the user writes it in the kind that was used. */
static struct str shown(struct arena *arena, const struct occurrence *occurrence, bool date_only)
{
	return date_only ? date_format(arena, occurrence->id.date) : moment_format(arena, occurrence->id);
}

/* The occurrence that a value names; else a finding that names the nearest one. */
static struct occurrence *find(
	struct checker *checker, const struct event *event, const struct when *when, enum message message)
{
	struct arena *arena = checker->findings->arena;
	struct occurrences *all = &event->recurring->occurrences;
	int64_t at = occurrence_instant(event, when->moment);
	struct occurrence *found = occurrences_find(all, at);
	if (found && !found->excluded)
		return found;
	const struct occurrence *nearest = NULL;
	for (size_t i = 0; i < all->count; i++) {
		const struct occurrence *o = &all->items[i];
		if (!o->excluded && (!nearest || llabs(o->id_at - at) < llabs(nearest->id_at - at)))
			nearest = o;
	}
	if (nearest)
		ADD(checker, message, when->at.span, moment_format(arena, when->moment),
			shown(arena, nearest, when->moment.minute < 0));
	return NULL;
}

bool check_exdates(struct checker *checker, struct event *event)
{
	bool good = true;
	size_t left = event->recurring ? event->recurring->occurrences.count : 0;
	if (!left)
		return true;
	for (size_t i = 0; i < event->exdate.count; i++) {
		/* The same date twice does no harm. */
		int64_t at = occurrence_instant(event, event->exdate.items[i].moment);
		struct occurrence *before = occurrences_find(&event->recurring->occurrences, at);
		if (before && before->excluded)
			continue;
		struct occurrence *found = find(checker, event, &event->exdate.items[i], MSG_EXDATE_NO_MATCH);
		good &= found != NULL;
		if (found)
			found->excluded = true;
		left -= found != NULL;
	}
	if (left)
		return good;
	finding_add(checker->findings, MSG_NO_OCCURRENCES_LEFT, event->exdate.at.span, NO_WORDS);
	return false;
}

/* The values of an override that say when it is, for the checks of events: what it does not give is the occurrence's.
 */
static void set_times(const struct event *event, const struct occurrence *occurrence, struct override *override)
{
	struct event *own = &override->event;
	struct span span = override->recurrence_id.at.span;
	bool utc = !event->timing.all_day && !event->timing.zone;
	struct moment start = occurrence->start, end = occurrence->end;
	if (!override->moves) {
		own->start = (struct when){.at = {span, GIVEN_VALID}, .moment = start};
		own->start.moment.utc = utc;
	}
	if (override->ends || !at_valid(&own->start.at))
		return;
	/* As long as it was, by the clock on the wall. */
	struct moment moved = own->start.moment;
	int64_t length = moment_seconds(end) - moment_seconds(start);
	if (event->timing.all_day)
		length -= 86400;
	own->duration = (struct duration_value){0};
	own->end = (struct when){.at = {override->moves ? own->start.at.span : span, GIVEN_VALID}};
	own->end.moment = moment_from_seconds(moment_seconds(moved) + length);
	own->end.moment.utc = moved.utc;
	if (moved.minute < 0)
		own->end.moment.minute = -1;
}

/* Whether the start that an override gives is of the event's kind. */
static bool check_override_kind(struct checker *checker, const struct event *event, const struct override *override)
{
	struct arena *arena = checker->findings->arena;
	const struct when *start = &override->event.start;
	if (!override->moves || !at_valid(&start->at) || (start->moment.minute < 0) == is_all_day(event))
		return true;
	struct moment right = start->moment;
	right.minute = is_all_day(event) ? -1 : event->start.moment.minute;
	ADD(checker, is_all_day(event) ? MSG_MIXED_OVERRIDE_TIME : MSG_MIXED_OVERRIDE_DATE, start->at.span,
		moment_format(arena, right));
	return false;
}

/* Moments of the event's own clock, whichever the override was written by. */
static void set_occurrence(const struct event *event, struct occurrence *occurrence, struct override *override)
{
	struct timing *timing = &override->event.timing;
	timing->zone = event->timing.zone;
	if (!timing->all_day) {
		timing->start = occurrence_moment(event, timing->start_at);
		timing->end = occurrence_moment(event, timing->end_at);
	}
	occurrence->start = timing->start;
	occurrence->end = timing->end;
	occurrence->start_at = timing->start_at;
	occurrence->end_at = timing->end_at;
}

static bool check_override(struct checker *checker, struct event *event, struct override *override)
{
	const struct when *id = &override->recurrence_id;
	if (!at_valid(&id->at))
		return false;
	int64_t at = occurrence_instant(event, id->moment);
	const struct occurrence *there = occurrences_find(&event->recurring->occurrences, at);
	if (there && there->excluded) {
		ADD(checker, MSG_OVERRIDE_EXCLUDED, id->at.span, moment_format(checker->findings->arena, id->moment));
		return false;
	}
	struct occurrence *occurrence = find(checker, event, id, MSG_OVERRIDE_NO_MATCH);
	if (!occurrence)
		return false;
	if (occurrence->override) {
		size_t number = ADD(checker, MSG_DUPLICATE_OVERRIDE, id->at.span,
			shown(checker->findings->arena, occurrence, id->moment.minute < 0));
		finding_relate(checker->findings, number, MSG_DUPLICATE_OVERRIDE_FIRST,
			occurrence->override->recurrence_id.at.span, NO_WORDS);
		return false;
	}
	occurrence->override = override;
	if (!check_override_kind(checker, event, override))
		return false;
	set_times(event, occurrence, override);
	override->event.full_uid = event->full_uid;
	if (!check_moved(checker, &override->event) || !override->event.timing.known)
		return false;
	set_occurrence(event, occurrence, override);
	return true;
}

bool check_overrides(struct checker *checker, struct event *event)
{
	bool good = true;
	if (!event->recurring)
		return true;
	for (size_t i = 0; i < event->overrides.count; i++)
		good &= check_override(checker, event, event->overrides.items[i]);
	if (good)
		occurrences_drop(checker->calendar, event);
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

static void report_dates(struct checker *checker, const struct event *event, struct dates *dates, enum message message)
{
	struct arena *arena = checker->findings->arena;
	if (dates->count > NAMED_DATES)
		buffer_format(&dates->text, " and %zu more", dates->count - NAMED_DATES);
	if (dates->count)
		ADD(checker, message, event->rrule.at.span, zone_name(event->timing.zone), buffer_str(&dates->text),
			time_format(arena, event->timing.start.minute), time_format(arena, event->timing.end.minute));
	buffer_free(&dates->text);
}

/* Occurrences at a local time that the clocks skip or pass twice. The first was looked at as the event's own start. */
bool check_occurrence_clocks(struct checker *checker, struct event *event)
{
	struct arena *arena = checker->findings->arena;
	const struct zone *zone = event->timing.zone;
	struct dates skipped = {{0}, 0}, twice = {{0}, 0};
	if (!event->recurring || event->timing.all_day || !zone)
		return true;
	const struct occurrences *all = &event->recurring->occurrences;
	for (size_t i = 1; i < all->count; i++) {
		const struct occurrence *o = &all->items[i];
		if (o->excluded || o->override)
			continue;
		enum local_kind start = zone_local(zone, moment_seconds(o->start)).kind;
		enum local_kind end = zone_local(zone, moment_seconds(o->end)).kind;
		if (start == LOCAL_SKIPPED || end == LOCAL_SKIPPED)
			add_date(&skipped, arena, o->start);
		else if (start == LOCAL_TWICE || end == LOCAL_TWICE)
			add_date(&twice, arena, o->start);
	}
	bool good = !skipped.count;
	report_dates(checker, event, &skipped, MSG_NONEXISTENT_OCCURRENCES);
	report_dates(checker, event, &twice, MSG_AMBIGUOUS_OCCURRENCES);
	return good;
}

static int compare_starts(const void *left, const void *right)
{
	const struct occurrence *a = *(const struct occurrence *const *)left,
				*b = *(const struct occurrence *const *)right;
	return (a->start_at > b->start_at) - (a->start_at < b->start_at);
}

static void add_overlap(
	struct checker *checker, const struct event *event, const struct occurrence *a, const struct occurrence *b)
{
	struct arena *arena = checker->findings->arena;
	const struct override *own = b->override && b->override->moves ? b->override : a->override;
	struct span span = event->rrule.at.span;
	if (own)
		span = own->moves ? own->event.start.at.span : own->recurrence_id.at.span;
	bool one_day = date_days(a->start.date) == date_days(b->start.date);
	ADD(checker, one_day ? MSG_OUTLOOK_OVERLAP_DAY : MSG_OUTLOOK_OVERLAP, span, moment_format(arena, a->start),
		moment_format(arena, b->start));
}

/* Outlook takes no two occurrences that overlap or begin on one day (OUTLOOK.md 21). One is shown of what a rule
 * makes; of overrides each. */
bool check_overlap(struct checker *checker, struct event *event)
{
	if (!event->recurring)
		return true;
	const struct occurrences *all = &event->recurring->occurrences;
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
		bool own = a->override || b->override;
		if (own || !by_rule)
			add_overlap(checker, event, a, b);
		by_rule |= !own;
	}
	return good;
}

/* An extra date that the rule gives already would show twice. */
bool check_rdates(struct checker *checker, struct event *event)
{
	bool good = true;
	if (!event->timing.known)
		return true;
	for (size_t i = 0; i < event->rdate.count; i++) {
		const struct when *when = &event->rdate.items[i];
		int64_t at = occurrence_instant(event, when->moment);
		bool twice = at == event->timing.start_at;
		if (event->recurring) {
			const struct occurrence *there = occurrences_find(&event->recurring->occurrences, at);
			twice = there && !there->excluded;
		}
		if (!twice)
			continue;
		ADD(checker, MSG_RDATE_TWICE, when->at.span, moment_format(checker->findings->arena, when->moment));
		good = false;
	}
	return good;
}
