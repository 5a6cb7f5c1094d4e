#include "decode/inherit.h"

#include "base/arena.h"
#include "decode/keys.h"
#include "report/finding.h"
#include "time/zone.h"

#include <string.h>

/* Whether an end or a duration that comes from elsewhere may say when this event ends. */
static bool takes_ending(const struct event *event, const struct event *other, const struct field *field)
{
	if (at_given(&event->end.at) || at_given(&event->duration.at))
		return false;
	bool all_day = event->start.at.given == GIVEN_VALID && moment_is_date(event->start.moment);
	if (!all_day)
		return true;
	return field->kind == KIND_DURATION ? !other->duration.duration.minutes : !other->end.time_only;
}

static bool is_ending(const struct field *field)
{
	return field->kind == KIND_ENDING || field->kind == KIND_DURATION;
}

/* exdate and overrides name occurrences: an event without a rule has none. */
static bool names_occurrences(const struct field *field)
{
	return field->offset == offsetof(struct event, exdate) || field->kind == KIND_OVERRIDES;
}

static void take(struct event *event, const struct event *other, const struct field *field)
{
	struct at *at = (struct at *)((char *)event + field->offset);
	const struct at *from = (const struct at *)((const char *)other + field->offset);
	if (!at_given(at) && at_given(from))
		memcpy(at, from, field_size(field->kind));
}

void inherit(struct event *event, const struct event *other, unsigned where)
{
	const struct field *endings[2];
	size_t count = 0;
	for (const struct field *field = fields; field->key; field++) {
		if (!(field->where & where) || !(field->where & IN_EVENT))
			continue;
		if (is_ending(field))
			endings[count++] = field;
		else if (!names_occurrences(field) || at_given(&event->rrule.at))
			take(event, other, field);
	}
	/* Both are asked before either is taken: a level may contradict itself, and is told so. */
	bool takes[2] = {false, false};
	for (size_t i = 0; i < count; i++)
		takes[i] = takes_ending(event, other, endings[i]);
	for (size_t i = 0; i < count; i++)
		if (takes[i])
			take(event, other, endings[i]);
}

const struct type *calendar_type(const struct calendar *calendar, struct str id)
{
	for (size_t i = 0; i < calendar->types.count; i++)
		if (str_equal(calendar->types.items[i]->id.str, id))
			return calendar->types.items[i];
	return NULL;
}

/* None means one feed with everything. */
static void add_feed(struct calendar *calendar, struct arena *arena)
{
	struct feed *feed = arena_alloc(arena, sizeof(*feed));
	feed->id = (struct text){.at.given = GIVEN_VALID, .str = STR("calendar")};
	feed->name = calendar->name;
	feed->description = calendar->description;
	calendar->feeds.items = arena_grow(arena, NULL, 0, sizeof(*calendar->feeds.items));
	calendar->feeds.items[calendar->feeds.count++] = feed;
}

/* What makes an event recur is none of an occurrence's own. */
static void take_out_recurrence(struct event *event)
{
	event->rrule = (struct rule){0};
	event->exdate = event->rdate = (struct moments){0};
	event->overrides = (struct overrides){0};
	event->weekday = (struct choice){0};
}

static void inherit_override(struct override *override, const struct event *event)
{
	struct event *own = &override->event;
	override->moves = at_given(&own->start.at);
	override->ends = at_given(&own->end.at) || at_given(&own->duration.at);
	inherit(own, event, IN_EVENT);
	own->of_type = event->of_type;
	take_out_recurrence(own);
}

/* The seconds of a moment on the clock of UTC, or on that of a zone. */
static int64_t clock_seconds(struct moment moment, bool utc, const struct zone *zone)
{
	int64_t seconds = moment_seconds(moment);
	if (moment.utc == utc || !zone)
		return seconds;
	return utc ? zone_local(zone, seconds).instant : seconds + zone_offset(zone, seconds);
}

/* Whether it is certain when an extra date begins and ends, as far as one event can tell. */
static bool can_have_rdates(const struct event *event)
{
	bool all_day = moment_is_date(event->start.moment);
	return at_valid(&event->id.at) && at_valid(&event->start.at) &&
	       (all_day || at_valid(&event->end.at) || at_valid(&event->duration.at));
}

/* An extra date as an event of its own (FORMAT.md, "An events file"): as long as the event, by the clock on the wall.
 */
static void add_rdate(struct events *rdates, struct arena *arena, const struct event *event, struct when when)
{
	struct event *extra = arena_alloc(arena, sizeof(*extra));
	struct date date = when.moment.date;
	*extra = *event;
	take_out_recurrence(extra);
	extra->rdate_of = event;
	extra->uid = (struct text){0};
	extra->sequence = (struct choice){0};
	extra->id.at.span = when.at.span;
	extra->id.str = str_format(arena, "%.*s-%04d%02d%02d", STR_ARG(event->id.str), date.year, date.month, date.day);
	if (moment_is_date(when.moment)) {
		when.moment.minute = event->start.moment.minute;
		when.moment.utc = event->start.moment.utc;
	}
	extra->start = when;
	if (at_valid(&event->end.at)) {
		struct moment start = event->start.moment, end = event->end.moment;
		if (event->end.time_only)
			end = (struct moment){start.date, end.minute, start.utc};
		int64_t length = clock_seconds(end, start.utc, event->timezone.zone) - moment_seconds(start);
		struct moment moved = moment_from_seconds(moment_seconds(when.moment) + length);
		moved.minute = moment_is_date(when.moment) ? -1 : moved.minute;
		moved.utc = when.moment.utc;
		extra->end = (struct when){.at = when.at, .moment = moved};
	}
	events_add(rdates, arena, extra);
}

static void add_rdates(struct events *rdates, struct arena *arena, const struct event *event)
{
	for (size_t i = 0; can_have_rdates(event) && i < event->rdate.count; i++) {
		struct when when = event->rdate.items[i];
		if (!moment_is_date(event->start.moment) || moment_is_date(when.moment))
			add_rdate(rdates, arena, event, when);
	}
}

void inherit_events(struct file_events *events, const struct calendar *calendar, struct arena *arena)
{
	for (size_t i = 0; i < events->written.count; i++) {
		struct event *event = events->written.items[i];
		if (event->type.at.given == GIVEN_VALID)
			event->of_type = calendar_type(calendar, event->type.str);
		if (event->of_type)
			inherit(event, &event->of_type->event, IN_TYPE);
		if (!at_given(&event->timezone.at))
			event->timezone = calendar->timezone;
		if (!at_given(&event->organizer.at))
			event->organizer = calendar->organizer;
		for (size_t j = 0; j < event->overrides.count; j++)
			inherit_override(event->overrides.items[j], event);
		add_rdates(&events->rdates, arena, event);
	}
}

void events_add(struct events *events, struct arena *arena, struct event *event)
{
	events->items = arena_grow(arena, events->items, events->count, sizeof(*events->items));
	events->items[events->count++] = event;
}

static void join(struct calendar *calendar, const struct events *events)
{
	if (events->count)
		memcpy(calendar->events + calendar->event_count, events->items, events->count * sizeof(*events->items));
	calendar->event_count += events->count;
}

void calendar_join(struct calendar *calendar, struct findings *findings, struct file_events *files, size_t count)
{
	size_t all = 0, room = EVENTS_MOST;
	for (size_t i = 0; i < count; i++) {
		struct events *written = &files[i].written;
		calendar->events_broken |= files[i].broken;
		if (written->count > room) {
			written->count = room;
			calendar->events_broken = true;
			finding_add(findings, MSG_TOO_LARGE_EVENTS, calendar->span, NO_WORDS);
		}
		room -= written->count;
		all += written->count + files[i].rdates.count;
	}
	calendar->events = arena_alloc(findings->arena, all * sizeof(*calendar->events));
	for (size_t i = 0; i < count; i++)
		join(calendar, &files[i].written);
	calendar->written_count = calendar->event_count;
	for (size_t i = 0; i < count; i++)
		join(calendar, &files[i].rdates);
	if (!calendar->feeds.count && calendar->feeds.at.given != GIVEN_INVALID)
		add_feed(calendar, findings->arena);
}
