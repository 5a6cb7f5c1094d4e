#include "check/check.h"

#include "base/arena.h"
#include "time/limits.h"
#include "time/zone.h"

#include <string.h>

bool check_weekday(struct checker *checker, const struct schedule *schedule)
{
	const struct event *event = schedule->written;
	if (!at_valid(&event->weekday->at) || !at_valid(&event->start->at) || event->start->month_only)
		return true;
	struct arena *arena = checker->findings->arena;
	struct date date = event->start->moment.date;
	int is = date_weekday(date), wanted = event->weekday->value;
	if (is == wanted)
		return true;
	int ahead = (wanted - is + 7) % 7;
	struct date nearest = date_from_days(date_days(date) + (ahead <= 3 ? ahead : ahead - 7));
	enum language language = local_language();
	ADD(checker, MSG_WEEKDAY_MISMATCH, event->weekday->at.span, date_format(arena, date),
		str_from(weekday_name(is, language)), str_from(weekday_name(wanted, language)),
		date_format(arena, nearest));
	return false;
}

static void add_two_ends(struct checker *checker, const struct event *event)
{
	size_t number = finding_add(checker->findings, MSG_END_AND_DURATION, event->duration->at.span, NO_WORDS);
	finding_relate(checker->findings, number, MSG_END_AND_DURATION_OTHER, event->end->at.span, NO_WORDS);
}

static void add_no_end(struct checker *checker, const struct event *event)
{
	bool end = event->end->at.given == GIVEN_EMPTY;
	if (!end && event->duration->at.given != GIVEN_EMPTY) {
		size_t number = finding_add(checker->findings, MSG_MISSING_END, event->start->at.span, NO_WORDS);
		if (event_draft(event))
			finding_lower(checker->findings, number);
		return;
	}
	/* The empty key is the finding; here it turns out that it had to be filled. */
	struct span span = end ? event->end->at.span : event->duration->at.span;
	size_t number = ADD(checker, MSG_EMPTY_VALUE, span, end ? STR("end") : STR("duration"));
	if (!event_draft(event))
		finding_raise(checker->findings, number);
}

/* Start and end, or start and duration, are of different kinds. */
static void add_kinds(struct checker *checker, const struct schedule *schedule)
{
	const struct event *event = schedule->event;
	const struct bound *end = &schedule->timing.ends;
	struct arena *arena = checker->findings->arena;
	if (!end->span.source)
		ADD(checker, MSG_BAD_DURATION_DAYS, event->duration->at.span,
			duration_format(arena, event->duration->duration));
	else if (schedule->timing.all_day)
		finding_add(checker->findings, MSG_MIXED_END_TIME, end->span, NO_WORDS);
	else
		ADD(checker, MSG_MIXED_START_TIME, end->span,
			str_format(arena, "%.*s 16:00", STR_ARG(date_format(arena, end->moment.date))));
}

static void add_no_length(struct checker *checker, const struct schedule *schedule)
{
	struct arena *arena = checker->findings->arena;
	struct moment start = schedule->timing.begins.moment, end = schedule->timing.ends.moment, next = end;
	next.date = date_from_days(date_days(end.date) + 1);
	/* Where one of them is in UTC only the instants could tell. */
	bool one_clock = start.utc == end.utc && moment_compare(end, start) <= 0;
	enum message message = !one_clock                        ? MSG_END_BEFORE_START
			       : schedule->event->end->time_only ? MSG_END_NEXT_DAY
			       : schedule->timing.all_day        ? MSG_END_DAY_BEFORE
								 : MSG_END_BEFORE_START;
	ADD(checker, message, schedule->timing.ends.span, moment_format(arena, end), moment_format(arena, start),
		moment_format(arena, next));
}

/* A bound that the clocks of its zone skip or pass twice. */
static void check_bound(struct checker *checker, const struct bound *bound)
{
	struct arena *arena = checker->findings->arena;
	if (bound->local == LOCAL_ONCE)
		return;
	int64_t seconds = moment_seconds(bound->moment), first = zone_local(bound->zone, seconds).instant;
	struct str written = moment_format(arena, bound->moment), name = zone_name(bound->zone);
	if (bound->local == LOCAL_SKIPPED) {
		struct moment next = moment_from_seconds(first + zone_offset(bound->zone, first));
		ADD(checker, MSG_NONEXISTENT_TIME, bound->span, written, name, moment_format(arena, next));
	} else {
		struct moment utc = moment_from_seconds(seconds - zone_offset(bound->zone, first + DAY_SECONDS));
		utc.utc = true;
		ADD(checker, MSG_AMBIGUOUS_TIME, bound->span, written, name, moment_format(arena, utc));
	}
}

/* An end that hours lead to is exact; the author may have meant the clock on the wall. */
static void check_end(struct checker *checker, const struct schedule *schedule)
{
	const struct timing *timing = &schedule->timing;
	const struct duration_value *duration = schedule->event->duration;
	const struct zone *zone = timing->begins.zone;
	if (!timing_known(schedule) || timing->all_day || timing->ends.local != LOCAL_ONCE || !zone ||
		!at_valid(&duration->at) || !duration->duration.minutes)
		return;
	struct arena *arena = checker->findings->arena;
	int64_t local = timing->end_at + zone_offset(zone, timing->end_at);
	struct moment utc = moment_from_seconds(timing->end_at);
	utc.utc = true;
	if (zone_local(zone, local).kind == LOCAL_TWICE)
		ADD(checker, MSG_AMBIGUOUS_END, duration->at.span, moment_format(arena, moment_from_seconds(local)),
			zone_name(zone), moment_format(arena, utc));
}

/* A month that is over, and no day was ever given. */
static void check_month(struct checker *checker, const struct event *event)
{
	struct date month = event->start->moment.date, today = checker->calendar->today;
	if (today.year > month.year || (today.year == month.year && today.month > month.month))
		ADD(checker, MSG_ANNOUNCED_OVER, event->start->at.span, month_format(checker->findings->arena, month),
			date_format(checker->findings->arena, today));
}

bool check_timing(struct checker *checker, const struct schedule *schedule)
{
	const struct timing *timing = &schedule->timing;
	switch (timing->state) {
	case TIMING_ANNOUNCED:
		check_month(checker, schedule->event);
		break;
	case TIMING_TWO_ENDS:
		add_two_ends(checker, schedule->event);
		break;
	case TIMING_NO_END:
		add_no_end(checker, schedule->event);
		break;
	case TIMING_KINDS:
		add_kinds(checker, schedule);
		break;
	case TIMING_NO_LENGTH:
		add_no_length(checker, schedule);
		break;
	case TIMING_UNREAD:
	case TIMING_KNOWN:
	case TIMING_SKIPPED:
		check_bound(checker, &timing->begins);
		check_bound(checker, &timing->ends);
		check_end(checker, schedule);
		return timing->state != TIMING_SKIPPED;
	}
	return false;
}

bool check_whole_day(struct checker *checker, const struct schedule *schedule)
{
	const struct timing *timing = &schedule->timing;
	struct arena *arena = checker->findings->arena;
	if (!timing_known(schedule) || timing->all_day || timing->start.minute || timing->end.minute)
		return true;
	bool duration = at_valid(&schedule->event->duration->at);
	struct date first = timing->start.date, last = date_from_days(date_days(timing->end.date) - 1);
	enum message message = date_days(first) == date_days(last) ? MSG_WHOLE_DAY_ONE
			       : duration                          ? MSG_WHOLE_DAY_DURATION
								   : MSG_WHOLE_DAY;
	ADD(checker, message, timing->begins.span, date_format(arena, first), date_format(arena, last),
		duration ? STR("duration") : STR("end"));
	return true;
}

/* The hour that the calendar's zone shows changes with summer time where the rule goes by UTC. */
bool check_utc_rule(struct checker *checker, const struct schedule *schedule)
{
	const struct zone_value *own = &checker->calendar->timezone;
	const struct recurring *recurring = schedule->recurring;
	if (!recurring || schedule->timing.all_day || !schedule->written->start->moment.utc || !at_valid(&own->at))
		return true;
	struct arena *arena = checker->findings->arena;
	int64_t first = schedule->timing.start_at;
	int32_t offset = zone_offset(own->zone, first);
	for (size_t i = 0; i < recurring->occurrences.count; i++) {
		int64_t at = recurring->occurrences.items[i].start_at;
		if (zone_offset(own->zone, at) == offset)
			continue;
		struct moment local = moment_from_seconds(first + offset);
		struct moment shifted = moment_from_seconds(at + zone_offset(own->zone, at));
		ADD(checker, MSG_UTC_RULE, schedule->written->start->at.span, zone_name(own->zone),
			moment_format(arena, local), moment_format(arena, shifted));
		break;
	}
	return true;
}

bool check_deadline(struct checker *checker, const struct schedule *schedule)
{
	const struct when *deadline = &schedule->event->registration->deadline;
	const struct timing *timing = &schedule->timing;
	const struct zone_value *zone = schedule->event->timezone;
	if (!at_valid(&deadline->at) || !timing->begins.span.source)
		return true;
	struct bound start = timing->begins, until = {deadline->at.span, deadline->moment, NULL, LOCAL_ONCE};
	if (moment_is_date(start.moment) || moment_is_date(until.moment)) {
		/* The last day to register may be the day itself. */
		start.moment.minute = until.moment.minute = -1;
		start.moment.utc = until.moment.utc = false;
	}
	int64_t start_at = moment_seconds(start.moment), until_at = moment_seconds(until.moment);
	if (!moment_is_date(until.moment)) {
		if (!at_valid(&zone->at))
			return true;
		until.zone = zone->zone;
		if (!until.moment.utc) {
			struct local local = zone_local(until.zone, until_at);
			until.local = local.kind;
			until_at = local.instant;
		}
		check_bound(checker, &until);
		if (until.local == LOCAL_SKIPPED)
			return false;
		start_at = start.moment.utc ? start_at : zone_local(until.zone, start_at).instant;
	}
	if (until_at <= start_at)
		return true;
	struct arena *arena = checker->findings->arena;
	ADD(checker, MSG_DEADLINE_AFTER_START, deadline->at.span, moment_format(arena, deadline->moment),
		moment_format(arena, timing->begins.moment));
	return false;
}
