#include "model/inherit.h"

#include "base/arena.h"
#include "model/fields.h"

#include <string.h>

/* Whether an end or a duration that comes from elsewhere may say when this event ends. */
static bool takes_ending(const struct event *event, const struct event *other, const struct field *field)
{
	if (at_given(&event->end.at) || at_given(&event->duration.at))
		return false;
	bool all_day = event->start.at.given == GIVEN_VALID && event->start.moment.minute < 0;
	if (!all_day)
		return true;
	return field->kind == KIND_DURATION ? !other->duration.duration.minutes : !other->end.time_only;
}

static bool is_ending(const struct field *field)
{
	return field->kind == KIND_ENDING || field->kind == KIND_DURATION;
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
		else
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

void inherit_all(struct calendar *calendar, struct arena *arena)
{
	if (!calendar->feeds.count && calendar->feeds.at.given != GIVEN_INVALID)
		add_feed(calendar, arena);
	for (size_t i = 0; i < calendar->event_count; i++) {
		struct event *event = calendar->events[i];
		if (event->type.at.given == GIVEN_VALID)
			event->of_type = calendar_type(calendar, event->type.str);
		if (event->of_type)
			inherit(event, &event->of_type->event, IN_TYPE);
		if (!at_given(&event->timezone.at))
			event->timezone = calendar->timezone;
		if (!at_given(&event->organizer.at))
			event->organizer = calendar->organizer;
	}
}
