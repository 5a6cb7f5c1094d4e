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

/* An occurrence takes everything from its event but what makes that recur, and when it is. */
static void inherit_override(struct event *own, const struct event *event)
{
	struct when start = own->start, end = own->end;
	struct duration_value duration = own->duration;
	inherit(own, event, IN_EVENT);
	own->start = start;
	own->end = end;
	own->duration = duration;
	own->rrule = (struct rule){0};
	own->exdate = own->rdate = (struct moments){0};
	own->overrides = (struct overrides){0};
	own->weekday = (struct choice){0};
}

void inherit_events(struct file_events *events, const struct calendar *calendar)
{
	for (size_t i = 0; i < events->written.count; i++) {
		struct event *event = events->written.items[i];
		const struct type *type = at_valid(&event->type.at) ? calendar_type(calendar, event->type.str) : NULL;
		if (type)
			inherit(event, &type->event, IN_TYPE);
		if (!at_given(&event->timezone.at))
			event->timezone = calendar->timezone;
		if (!at_given(&event->organizer.at))
			event->organizer = calendar->organizer;
		for (size_t j = 0; j < event->overrides.count; j++)
			inherit_override(&event->overrides.items[j]->event, event);
	}
}

void events_add(struct events *events, struct arena *arena, struct event *event)
{
	events->items = arena_grow(arena, events->items, events->count, sizeof(*events->items));
	events->items[events->count++] = event;
}

void calendar_join(struct calendar *calendar, struct findings *findings, struct file_events *files, size_t count)
{
	size_t all = 0;
	for (size_t i = 0; i < count; i++)
		all += files[i].written.count;
	calendar->events = arena_alloc(findings->arena, all * sizeof(*calendar->events));
	for (size_t i = 0; i < count; i++) {
		const struct events *written = &files[i].written;
		size_t room = EVENTS_MOST - calendar->event_count,
		       taken = written->count < room ? written->count : room;
		calendar->events_broken |= files[i].broken;
		if (taken < written->count) {
			calendar->events_broken = true;
			finding_add(findings, MSG_TOO_LARGE_EVENTS, calendar->span, NO_WORDS);
		}
		if (taken)
			memcpy(calendar->events + calendar->event_count, written->items,
				taken * sizeof(*written->items));
		calendar->event_count += taken;
	}
	if (!calendar->feeds.count && calendar->feeds.at.given != GIVEN_INVALID)
		add_feed(calendar, findings->arena);
}
