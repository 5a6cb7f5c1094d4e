#include "cmd/known.h"

#include "base/suggest.h"
#include "model/calendar.h"

#include <assert.h>

static void each_event(const struct calendar *calendar, void (*each)(void *context, struct str word), void *context)
{
	for (size_t i = 0; i < calendar->schedule_count; i++)
		each(context, calendar->schedules[i]->id);
}

static void each_feed(const struct calendar *calendar, void (*each)(void *context, struct str word), void *context)
{
	for (size_t i = 0; i < calendar->feeds.count; i++)
		each(context, calendar->feeds.items[i]->id.str);
}

static void each_type(const struct calendar *calendar, void (*each)(void *context, struct str word), void *context)
{
	for (size_t i = 0; i < calendar->types.count; i++)
		each(context, calendar->types.items[i]->id.str);
}

static void each_category(const struct calendar *calendar, void (*each)(void *context, struct str word), void *context)
{
	for (size_t i = 0; i < calendar->types.count; i++)
		each(context, calendar->types.items[i]->name.str);
	for (size_t i = 0; i < calendar->event_count; i++)
		for (size_t j = 0; j < calendar->events[i]->categories->count; j++)
			each(context, calendar->events[i]->categories->items[j].str);
}

static const struct kind {
	void (*each)(const struct calendar *calendar, void (*each)(void *context, struct str word), void *context);
	struct wording none;
} kinds[] = {
	[VALUE_EVENT] = {each_event, W("there is no event", "er is geen activiteit")},
	[VALUE_FEED] = {each_feed, W("there is no feed", "er is geen feed")},
	[VALUE_TYPE] = {each_type, W("there is no type", "er is geen soort")},
	[VALUE_CATEGORY] = {each_category, W("there is no category", "er is geen categorie")},
};

void known_each(
	const struct calendar *calendar, enum value kind, void (*each)(void *context, struct str word), void *context)
{
	assert(kind < sizeof(kinds) / sizeof(*kinds) && kinds[kind].each);
	kinds[kind].each(calendar, each, context);
}

struct known_search {
	struct str word;
	bool found;
	struct suggestion near;
};

static void look_at(void *context, struct str word)
{
	struct known_search *search = context;
	search->found |= str_equal(word, search->word);
	if (!search->found)
		suggest(&search->near, search->word, word);
}

bool known_word(const struct calendar *calendar, enum value kind, const char *word)
{
	struct known_search search = {.word = str_from(word)};
	known_each(calendar, kind, look_at, &search);
	if (!search.found)
		usage_unknown(local_text(kinds[kind].none), search.word, search.near.best);
	return search.found;
}

bool known_words(const struct calendar *calendar, enum value kind, const struct words *words)
{
	for (size_t i = 0; i < words->count; i++)
		if (!known_word(calendar, kind, words->items[i]))
			return false;
	return true;
}
