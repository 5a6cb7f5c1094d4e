#include "check/check.h"

#include "base/arena.h"
#include "time/zone.h"

#include <string.h>

static bool is_all_day(const struct event *event)
{
	return event->start.moment.minute < 0;
}

/* Whether the author writes weekdays in Dutch: their own word says so. */
static bool writes_dutch(const struct checker *checker, const struct choice *weekday)
{
	struct str written = source_text(checker->findings->sources, weekday->at.span);
	while (written.len && strchr("\"' ", written.ptr[0]))
		written = str_part(written, 1, written.len);
	struct str dutch = str_from(weekday_name(weekday->value, true));
	return written.len >= 2 && str_equal_nocase(str_part(written, 0, 2), str_part(dutch, 0, 2));
}

bool check_weekday(struct checker *checker, struct event *event)
{
	if (!at_valid(&event->weekday.at) || !at_valid(&event->start.at))
		return true;
	struct arena *arena = checker->findings->arena;
	struct date date = event->start.moment.date;
	int is = date_weekday(date), wanted = event->weekday.value;
	if (is == wanted)
		return true;
	int ahead = (wanted - is + 7) % 7;
	struct date nearest = date_from_days(date_days(date) + (ahead <= 3 ? ahead : ahead - 7));
	bool dutch = writes_dutch(checker, &event->weekday);
	ADD(checker, MSG_WEEKDAY_MISMATCH, event->weekday.at.span, date_format(arena, date),
		str_from(weekday_name(is, dutch)), str_from(weekday_name(wanted, dutch)), date_format(arena, nearest));
	return false;
}

/* Whether it is said once how long the event lasts. */
bool check_end_given(struct checker *checker, struct event *event)
{
	if (at_given(&event->end.at) && at_given(&event->duration.at)) {
		size_t number = finding_add(checker->findings, MSG_END_AND_DURATION, event->duration.at.span, NO_WORDS);
		finding_relate(checker->findings, number, MSG_END_AND_DURATION_OTHER, event->end.at.span, NO_WORDS);
		return false;
	}
	if (at_given(&event->end.at) || at_given(&event->duration.at) || !at_valid(&event->start.at) ||
		is_all_day(event))
		return true;
	bool end = event->end.at.given == GIVEN_EMPTY;
	if (end || event->duration.at.given == GIVEN_EMPTY) {
		/* The empty key is the finding; here it turns out that it had to be filled. */
		struct findings *findings = checker->findings;
		struct span span = end ? event->end.at.span : event->duration.at.span;
		finding_raise(findings, ADD(checker, MSG_EMPTY_VALUE, span, end ? STR("end") : STR("duration")));
	} else {
		finding_add(checker->findings, MSG_MISSING_END, event->start.at.span, NO_WORDS);
	}
	return false;
}

/* Whether start and end are of one kind. */
bool check_end_kind(struct checker *checker, struct event *event)
{
	if (!at_valid(&event->start.at))
		return true;
	const struct when *end = &event->end;
	struct arena *arena = checker->findings->arena;
	bool end_timed = end->time_only || end->moment.minute >= 0;
	if (at_valid(&end->at) && is_all_day(event) && end_timed) {
		finding_add(checker->findings, MSG_MIXED_END_TIME, end->at.span, NO_WORDS);
		return false;
	}
	if (at_valid(&end->at) && !is_all_day(event) && !end_timed) {
		struct str date = date_format(arena, end->moment.date);
		ADD(checker, MSG_MIXED_START_TIME, end->at.span, str_format(arena, "%.*s 16:00", STR_ARG(date)));
		return false;
	}
	const struct duration_value *duration = &event->duration;
	if (at_valid(&duration->at) && is_all_day(event) && duration->duration.minutes) {
		ADD(checker, MSG_BAD_DURATION_DAYS, duration->at.span, duration_format(arena, duration->duration));
		return false;
	}
	return true;
}

/* The end as it was given: a time alone is on the day of the start. */
static struct moment given_end(const struct event *event)
{
	struct moment end = event->end.moment;
	if (event->end.time_only) {
		end.date = event->start.moment.date;
		end.utc = event->start.moment.utc;
	}
	return end;
}

/* Whether the end, as the author wrote it, is after the start; where both are by one clock, no zone is needed. */
bool check_end_order(struct checker *checker, struct event *event)
{
	if (!at_valid(&event->start.at) || !at_valid(&event->end.at))
		return true;
	struct arena *arena = checker->findings->arena;
	struct moment start = event->start.moment, end = given_end(event);
	int order = moment_compare(end, start);
	if (start.utc != end.utc || order > 0 || (is_all_day(event) && order == 0))
		return true;
	struct moment next = end;
	next.date = date_from_days(date_days(end.date) + 1);
	enum message message = event->end.time_only ? MSG_END_NEXT_DAY
			       : is_all_day(event)  ? MSG_END_DAY_BEFORE
						    : MSG_END_BEFORE_START;
	ADD(checker, message, event->end.at.span, moment_format(arena, end), moment_format(arena, start),
		moment_format(arena, next));
	return false;
}

/* The instant of a moment by its zone (NULL: UTC), with a finding where the clocks skip or repeat it. */
static bool resolve(
	struct checker *checker, const struct zone *zone, struct moment moment, struct span span, int64_t *instant)
{
	*instant = moment_seconds(moment);
	if (moment.utc || !zone)
		return true;
	struct local local = zone_local(zone, *instant);
	*instant = local.instant;
	if (local.kind == LOCAL_ONCE)
		return true;
	struct arena *arena = checker->findings->arena;
	struct str written = moment_format(arena, moment), name = zone_name(zone);
	if (local.kind == LOCAL_SKIPPED) {
		struct moment next = moment_from_seconds(local.instant + zone_offset(zone, local.instant));
		ADD(checker, MSG_NONEXISTENT_TIME, span, written, name, moment_format(arena, next));
	} else {
		int64_t second = moment_seconds(moment) - zone_offset(zone, local.instant + 86400);
		struct moment utc = moment_from_seconds(second);
		utc.utc = true;
		ADD(checker, MSG_AMBIGUOUS_TIME, span, written, name, moment_format(arena, utc));
	}
	return local.kind != LOCAL_SKIPPED;
}

static struct moment local_moment(const struct zone *zone, int64_t instant)
{
	return moment_from_seconds(instant + (zone ? zone_offset(zone, instant) : 0));
}

static void set_all_day(struct event *event)
{
	struct timing *timing = &event->timing;
	int64_t first = date_days(event->start.moment.date), last = first;
	if (at_valid(&event->end.at))
		last = date_days(event->end.moment.date);
	else if (at_valid(&event->duration.at))
		last = first + event->duration.duration.days - 1;
	timing->all_day = true;
	timing->start = event->start.moment;
	timing->end = (struct moment){.date = date_from_days(last + 1), .minute = -1};
	timing->start_at = first * 86400;
	timing->end_at = (last + 1) * 86400;
	timing->known = true;
}

static bool set_timed(struct checker *checker, struct event *event)
{
	struct timing *timing = &event->timing;
	const struct zone *zone = event->timezone.zone;
	bool good;
	if (event->start.moment.utc || zone_is_utc(zone))
		zone = NULL;
	timing->zone = zone;
	good = resolve(checker, zone, event->start.moment, event->start.at.span, &timing->start_at);
	if (at_valid(&event->end.at)) {
		good &= resolve(checker, event->end.moment.utc ? NULL : event->timezone.zone, given_end(event),
			event->end.at.span, &timing->end_at);
	} else {
		/* Days are days on the calendar, hours are exact (RFC 5545, 3.3.6). */
		struct moment day = event->start.moment;
		day.date = date_from_days(date_days(day.date) + event->duration.duration.days);
		good = good && (!event->duration.duration.days ||
				       resolve(checker, zone, day, event->duration.at.span, &timing->end_at));
		if (!event->duration.duration.days)
			timing->end_at = timing->start_at;
		timing->end_at += (int64_t)event->duration.duration.minutes * 60;
	}
	if (!good)
		return false;
	timing->start = local_moment(zone, timing->start_at);
	timing->end = local_moment(zone, timing->end_at);
	timing->known = true;
	return true;
}

/* Works out the instants. */
bool check_clocks(struct checker *checker, struct event *event)
{
	if (!at_valid(&event->start.at) || (at_given(&event->end.at) && !at_valid(&event->end.at)) ||
		(at_given(&event->duration.at) && !at_valid(&event->duration.at)))
		return true;
	if (is_all_day(event)) {
		set_all_day(event);
		return true;
	}
	if (!at_valid(&event->timezone.at))
		return true;
	if (!set_timed(checker, event))
		return false;
	if (event->timing.end_at > event->timing.start_at)
		return true;
	/* One of them was given in UTC: only the instants could tell. */
	struct arena *arena = checker->findings->arena;
	event->timing.known = false;
	ADD(checker, MSG_END_BEFORE_START, event->end.at.span, moment_format(arena, given_end(event)),
		moment_format(arena, event->start.moment));
	return false;
}

bool check_deadline(struct checker *checker, struct event *event)
{
	const struct when *deadline = &event->registration.deadline;
	if (!at_valid(&deadline->at) || !at_valid(&event->start.at))
		return true;
	struct moment start = event->start.moment, until = deadline->moment;
	if (start.minute < 0 || until.minute < 0) {
		/* The last day to register may be the day itself. */
		start.minute = until.minute = -1;
		start.utc = until.utc = false;
	}
	int64_t start_at = moment_seconds(start), until_at = moment_seconds(until);
	if (start.utc != until.utc || until.minute >= 0) {
		if (!at_valid(&event->timezone.at))
			return true;
		const struct zone *zone = event->timezone.zone;
		if (!resolve(checker, zone, until, deadline->at.span, &until_at))
			return false;
		start_at = start.utc ? start_at : zone_local(zone, start_at).instant;
	}
	if (until_at <= start_at)
		return true;
	struct arena *arena = checker->findings->arena;
	ADD(checker, MSG_DEADLINE_AFTER_START, deadline->at.span, moment_format(arena, deadline->moment),
		moment_format(arena, event->start.moment));
	return false;
}
