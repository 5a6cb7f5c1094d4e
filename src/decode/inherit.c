#include "decode/inherit.h"

#include "base/arena.h"
#include "base/suggest.h"
#include "decode/agree.h"
#include "decode/keys.h"
#include "report/finding.h"
#include "time/zone.h"

#include <string.h>

/* True if a value that comes from elsewhere fits the event. */
static bool fits(const struct event *event, const struct key *key, const struct at *value)
{
	bool all_day = at_valid(&event->start->at) && moment_is_date(event->start->moment);
	return !all_day || !kinds[key->kind].fits_day || kinds[key->kind].fits_day(value);
}

static void take(struct arena *arena, struct event *event, const struct event *other, const struct key *key)
{
	const struct at *own = key_value(key, event), *value = key_value(key, other);
	size_t size = kinds[key->kind].size;
	if (!at_given(own) && at_given(value)) {
		key_point(key, event, value);
	} else if (kinds[key->kind].merge && at_valid(own) && at_valid(value)) {
		void *both = memcpy(key_room(key, arena, event), own, size);
		kinds[key->kind].merge(arena, both, value);
	}
}

void inherit(struct arena *arena, struct event *event, const struct event *other, unsigned where)
{
	const unsigned both = where | IN_EVENT, waits = KEY_ENDS | KEY_NEEDS_RULE | KEY_NEEDS_DAY;
	const struct key *key = keys, *first = NULL;
	bool ends = false;
	/* What depends on other keys waits for them: the first of it is remembered. */
	for (; key->name; key++)
		if (key->flags & waits) {
			ends |= (key->flags & KEY_ENDS) && at_given(key_value(key, event));
			first = first ? first : key;
		} else if ((key->where & both) == both) {
			take(arena, event, other, key);
		}
	if (event_announced(event))
		return;
	/* A level that gives both an end and a duration is told so: both are taken. */
	for (key = first; key && key->name; key++) {
		if ((key->where & both) != both || !(key->flags & waits))
			continue;
		bool passed = (key->flags & KEY_ENDS) && (ends || !fits(event, key, key_value(key, other)));
		if (!passed && (!(key->flags & KEY_NEEDS_RULE) || at_given(&event->rrule->at)))
			take(arena, event, other, key);
	}
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

static void inherit_override(struct arena *arena, struct event *own, const struct event *event)
{
	for (const struct key *key = keys; key->name; key++)
		if ((key->where & IN_EVENT) && !(key->flags & KEY_NOT_OF_OCCURRENCE))
			take(arena, own, event, key);
}

/* So many unknown types of a file are compared with all that there are. */
enum { SOUGHT_MOST = 100 };

/* A type that is only misspelt is taken as what it must mean. */
static const struct text *mend_type(
	struct findings *findings, const struct calendar *calendar, const struct text *type, unsigned *sought)
{
	struct suggestion near = {0};
	if (!at_valid(&type->at) || calendar_type(calendar, type->str) || !calendar_types_known(calendar))
		return type;
	if ((*sought)++ >= SOUGHT_MOST)
		return type;
	for (size_t i = 0; i < calendar->types.count; i++)
		suggest(&near, type->str, calendar->types.items[i]->id.str);
	if (!near.sure)
		return type;
	size_t number = finding_add(findings, MSG_UNKNOWN_TYPE_NEAR, type->at.span, WORDS(type->str, near.best));
	finding_fix_value(findings, number, near.best);
	struct text *right = arena_alloc(findings->arena, sizeof(*right));
	*right = (struct text){type->at, near.best};
	return right;
}

void inherit_feeds(struct findings *findings, struct calendar *calendar)
{
	unsigned sought = 0;
	for (size_t i = 0; i < calendar->feeds.count; i++)
		for (size_t j = 0; j < calendar->feeds.items[i]->types.count; j++)
			calendar->feeds.items[i]->types.items[j] =
				*mend_type(findings, calendar, &calendar->feeds.items[i]->types.items[j], &sought);
}

void inherit_events(struct findings *findings, struct file_events *events, const struct calendar *calendar)
{
	struct arena *arena = findings->arena;
	unsigned sought = 0;
	for (size_t i = 0; i < events->written.count; i++) {
		struct event *event = events->written.items[i];
		finding_begin(findings, event->id->str);
		event->type = mend_type(findings, calendar, event->type, &sought);
		finding_end(findings);
		const struct type *type = at_valid(&event->type->at) ? calendar_type(calendar, event->type->str) : NULL;
		if (type)
			inherit(arena, event, &type->event, IN_TYPE);
		if (!at_given(&event->timezone->at))
			event->timezone = &calendar->timezone;
		if (!at_given(&event->organizer->at))
			event->organizer = &calendar->organizer;
		finding_begin(findings, event->id->str);
		agree(findings, event);
		finding_end(findings);
		for (size_t j = 0; j < event->overrides->count; j++)
			inherit_override(arena, &event->overrides->items[j]->event, event);
	}
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
