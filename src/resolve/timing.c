#include "resolve/timing.h"

#include "time/limits.h"

#include <assert.h>

/* What says when something is: a start, and an end or a duration or (for a whole day) neither. */
struct terms {
	struct bound start, end; /* a whole day's end is its last day */
	const struct duration_value *duration;
};

struct moment timing_moment(const struct timing *timing, int64_t instant)
{
	return moment_from_seconds(instant + (timing->zone ? zone_offset(timing->zone, instant) : 0));
}

int64_t timing_instant(const struct timing *timing, struct moment moment)
{
	if (timing->all_day)
		return date_days(moment.date) * DAY_SECONDS;
	if (moment_is_date(moment))
		moment.minute = timing->start.minute;
	else if (moment.utc)
		return moment_seconds(moment);
	int64_t seconds = moment_seconds(moment);
	return timing->zone ? zone_local(timing->zone, seconds).instant : seconds;
}

/* The instant of a bound; notes how the clocks take it. */
static int64_t bound_instant(struct bound *bound)
{
	int64_t seconds = moment_seconds(bound->moment);
	if (bound->moment.utc || !bound->zone)
		return seconds;
	struct local local = zone_local(bound->zone, seconds);
	bound->local = local.kind;
	return local.instant;
}

/* A time alone is on the day of the start. */
static struct moment on_day(const struct when *end, struct moment start)
{
	struct moment moment = end->moment;
	if (end->time_only) {
		moment.date = start.date;
		moment.utc = start.utc;
	}
	return moment;
}

/* False where an end is of another kind than the start, or a whole day has hours. */
static bool kinds_agree(const struct timing *timing, const struct terms *terms)
{
	if (terms->end.span.source)
		return moment_is_date(terms->end.moment) == timing->all_day;
	return !timing->all_day || !terms->duration || !terms->duration->duration.minutes;
}

static void set_all_day(struct timing *timing, const struct terms *terms)
{
	int64_t first = date_days(terms->start.moment.date), last = first;
	if (terms->end.span.source)
		last = date_days(terms->end.moment.date);
	else if (terms->duration)
		last = first + terms->duration->duration.days - 1;
	timing->start = terms->start.moment;
	timing->end = (struct moment){.date = date_from_days(last + 1), .minute = -1};
	timing->start_at = first * DAY_SECONDS;
	timing->end_at = (last + 1) * DAY_SECONDS;
	timing->state = TIMING_KNOWN;
}

/* The end that a duration leads to; its days go by the calendar. */
static int64_t duration_end(struct timing *timing, const struct duration_value *duration)
{
	int64_t minutes = duration->duration.minutes;
	if (!duration->duration.days)
		return timing->start_at + minutes * 60;
	struct moment day = timing->begins.moment;
	day.date = date_from_days(date_days(day.date) + duration->duration.days);
	timing->ends = (struct bound){duration->at.span, day, timing->zone, LOCAL_ONCE};
	return bound_instant(&timing->ends) + minutes * 60;
}

static void set_timed(struct timing *timing, const struct terms *terms, const struct zone *zone)
{
	timing->zone = terms->start.moment.utc || zone_is_utc(zone) ? NULL : zone;
	timing->begins.zone = timing->zone;
	timing->start_at = bound_instant(&timing->begins);
	if (timing->ends.span.source) {
		timing->ends.zone = timing->ends.moment.utc ? NULL : zone;
		timing->end_at = bound_instant(&timing->ends);
	} else if (timing->begins.local != LOCAL_SKIPPED) {
		assert(terms->duration);
		timing->end_at = duration_end(timing, terms->duration);
	}
	if (timing->begins.local == LOCAL_SKIPPED || timing->ends.local == LOCAL_SKIPPED) {
		timing->state = TIMING_SKIPPED;
	} else if (timing->end_at <= timing->start_at) {
		timing->state = TIMING_NO_LENGTH;
	} else {
		timing->start = timing_moment(timing, timing->start_at);
		timing->end = timing_moment(timing, timing->end_at);
		timing->state = TIMING_KNOWN;
	}
}

/* The start of the terms is set; zone is the event's, or invalid. */
static void settle(struct timing *timing, const struct terms *terms, const struct zone_value *zone)
{
	timing->all_day = moment_is_date(terms->start.moment);
	timing->begins = terms->start;
	timing->ends = terms->end;
	if (!kinds_agree(timing, terms)) {
		timing->state = TIMING_KINDS;
		return;
	}
	/* Where both are by one clock no zone is needed to see it. */
	struct moment start = terms->start.moment, end = terms->end.moment;
	int order = terms->end.span.source && start.utc == end.utc ? moment_compare(end, start) : 1;
	if (order < 0 || (!order && !timing->all_day))
		timing->state = TIMING_NO_LENGTH;
	else if (timing->all_day)
		set_all_day(timing, terms);
	else if (at_valid(&zone->at))
		set_timed(timing, terms, zone->zone);
}

static struct bound bound_of(struct span span, struct moment moment)
{
	return (struct bound){.span = span, .moment = moment, .local = LOCAL_ONCE};
}

/* Takes in the end or the duration that an event gives, if any. False where the timing's state says why not. */
static bool take_end(struct timing *timing, struct terms *terms, const struct event *event)
{
	bool end = at_given(&event->end->at), duration = at_given(&event->duration->at);
	if (end && duration)
		timing->state = TIMING_TWO_ENDS;
	if ((end && duration) || (end && !at_valid(&event->end->at)) || (duration && !at_valid(&event->duration->at)))
		return false;
	if (end)
		terms->end = bound_of(event->end->at.span, on_day(event->end, terms->start.moment));
	if (duration)
		terms->duration = event->duration;
	return true;
}

void timing_resolve(struct timing *timing, const struct event *event)
{
	struct terms terms = {.start = bound_of(event->start->at.span, event->start->moment)};
	bool ended = at_given(&event->end->at) || at_given(&event->duration->at);
	if (event_announced(event)) {
		timing->state = TIMING_ANNOUNCED;
		return;
	}
	if (!take_end(timing, &terms, event) || !at_valid(&event->start->at))
		return;
	if (!ended && !moment_is_date(event->start->moment))
		timing->state = TIMING_NO_END;
	else
		settle(timing, &terms, event->timezone);
}

bool can_have_rdates(const struct event *event)
{
	return at_valid(&event->id->at) && at_valid(&event->start->at) && !event->start->month_only &&
	       (moment_is_date(event->start->moment) || at_valid(&event->end->at) || at_valid(&event->duration->at));
}

/* The seconds of a moment on the clock of UTC, or on that of a zone. */
static int64_t clock_seconds(struct moment moment, bool utc, const struct zone *zone)
{
	int64_t seconds = moment_seconds(moment);
	if (moment.utc == utc || !zone)
		return seconds;
	return utc ? zone_local(zone, seconds).instant : seconds + zone_offset(zone, seconds);
}

/* A moment that lies so many seconds after another of the same kind and clock. */
static struct moment moment_after(struct moment moment, int64_t seconds)
{
	struct moment after = moment_from_seconds(moment_seconds(moment) + seconds);
	if (moment_is_date(moment))
		after.minute = -1;
	after.utc = moment.utc;
	return after;
}

void timing_resolve_rdate(struct timing *timing, const struct event *event, const struct when *when)
{
	struct moment start = event->start->moment, moment = when->moment;
	struct terms terms = {0};
	if (moment_is_date(moment)) {
		moment.minute = start.minute;
		moment.utc = start.utc;
	}
	terms.start = bound_of(when->at.span, moment);
	if (!take_end(timing, &terms, event))
		return;
	if (terms.end.span.source) {
		struct moment end = on_day(event->end, start);
		int64_t length = clock_seconds(end, start.utc, event->timezone->zone) - moment_seconds(start);
		terms.end = bound_of(when->at.span, moment_after(moment, length));
	}
	settle(timing, &terms, event->timezone);
}

void timing_resolve_override(struct timing *timing, const struct schedule *schedule,
	const struct occurrence *occurrence, const struct override *override)
{
	const struct timing *whole = &schedule->timing;
	const struct event *own = &override->event;
	bool moves = at_given(&own->start->at), ends = at_given(&own->end->at) || at_given(&own->duration->at);
	struct terms terms = {.start = bound_of(override->recurrence_id.at.span, occurrence->start)};
	terms.start.moment.utc = !whole->all_day && !whole->zone;
	if (moves)
		terms.start = bound_of(own->start->at.span, own->start->moment);
	timing->begins = terms.start;
	if (!take_end(timing, &terms, own) || (moves && !at_valid(&own->start->at)))
		return;
	if (moment_is_date(terms.start.moment) != whole->all_day) {
		timing->state = TIMING_KINDS;
		return;
	}
	if (!ends) {
		int64_t length = moment_seconds(occurrence->end) - moment_seconds(occurrence->start);
		if (whole->all_day)
			length -= DAY_SECONDS;
		terms.end = bound_of(terms.start.span, moment_after(terms.start.moment, length));
	}
	settle(timing, &terms, own->timezone);
	if (timing->state != TIMING_KNOWN)
		return;
	timing->zone = whole->zone;
	if (!timing->all_day) {
		timing->start = timing_moment(timing, timing->start_at);
		timing->end = timing_moment(timing, timing->end_at);
	}
}
