#include "resolve/select.h"

#include "base/arena.h"
#include "resolve/resolve.h"
#include "time/zone.h"

#include <string.h>

static bool has(const struct texts *list, struct str word)
{
	for (size_t i = 0; i < list->count; i++)
		if (str_equal(list->items[i].str, word))
			return true;
	return false;
}

bool schedule_has_category(const struct schedule *schedule, struct str word)
{
	const struct event *event = schedule->event;
	return has(event->categories, word) || has(event->add_categories, word) ||
	       (schedule->type && str_equal(schedule->type->name.str, word));
}

static void add_words(struct str *words, size_t *count, const struct str *more, size_t more_count)
{
	for (size_t i = 0; i < more_count; i++) {
		size_t j = 0;
		while (j < *count && !str_equal(words[j], more[i]))
			j++;
		words[j] = more[i];
		*count += j == *count;
	}
}

static void add_list(struct str *words, size_t *count, const struct texts *list)
{
	for (size_t i = 0; i < list->count; i++)
		add_words(words, count, &list->items[i].str, 1);
}

const struct str *schedule_categories(struct arena *arena, const struct schedule *schedule, size_t *count)
{
	const struct texts *own = schedule->event->categories, *added = schedule->event->add_categories;
	struct str *words = arena_alloc(arena, (own->count + added->count + 1) * sizeof(*words));
	struct str type = schedule->type ? schedule->type->name.str : STR("");
	*count = 0;
	if (type.len && !has(own, type))
		add_words(words, count, &type, 1);
	add_list(words, count, own);
	add_list(words, count, added);
	return words;
}

/* Sets of feeds: a bit for each, by its number. */
enum { BITS = 64 };

struct selectors {
	size_t words;       /* of 64 bits, in a set */
	uint64_t *any_type; /* feeds that name no types */
	uint64_t *any_category;
	struct map types, categories; /* a word to the set of the feeds that name it */
};

static void name_feed(struct arena *arena, struct map *map, const struct selectors *selectors,
	const struct texts *wanted, uint64_t *any, size_t number)
{
	uint64_t bit = UINT64_C(1) << number % BITS;
	if (wanted->at.given == GIVEN_ABSENT)
		any[number / BITS] |= bit;
	for (size_t i = 0; i < wanted->count; i++) {
		struct str word = wanted->items[i].str;
		uint64_t *set = map_get(map, word);
		if (!set)
			set = map_put(map, arena, word, arena_alloc(arena, selectors->words * sizeof(*set)));
		set[number / BITS] |= bit;
	}
}

static void add_set(uint64_t *set, const struct selectors *selectors, const uint64_t *more)
{
	for (size_t i = 0; more && i < selectors->words; i++)
		set[i] |= more[i];
}

static void add_named(uint64_t *set, const struct selectors *selectors, const struct texts *words)
{
	for (size_t i = 0; i < words->count; i++)
		add_set(set, selectors, map_get(&selectors->categories, words->items[i].str));
}

/* A type that could not be read may be the one that a feed names, and has a category; so may categories. */
static void select_one(const struct selectors *selectors, struct schedule *schedule, uint64_t *categories)
{
	const struct event *event = schedule->event;
	bool typed = event->type->at.given != GIVEN_INVALID,
	     known = typed && event->categories->at.given != GIVEN_INVALID;
	add_set(schedule->feeds, selectors, selectors->any_type);
	add_set(schedule->feeds, selectors, map_get(&selectors->types, event->type->str));
	memset(categories, 0, selectors->words * sizeof(*categories));
	add_set(categories, selectors, selectors->any_category);
	add_named(categories, selectors, event->categories);
	add_named(categories, selectors, event->add_categories);
	if (schedule->type)
		add_set(categories, selectors, map_get(&selectors->categories, schedule->type->name.str));
	for (size_t i = 0; i < selectors->words; i++) {
		schedule->feeds[i] |= typed ? 0 : UINT64_MAX;
		schedule->feeds[i] &= known ? categories[i] : UINT64_MAX;
	}
}

void feeds_resolve(struct arena *arena, struct calendar *calendar)
{
	struct selectors selectors = {.words = (calendar->feeds.count + BITS - 1) / BITS};
	size_t size = selectors.words * sizeof(uint64_t);
	selectors.any_type = arena_alloc(arena, size);
	selectors.any_category = arena_alloc(arena, size);
	for (size_t i = 0; i < calendar->feeds.count; i++) {
		struct feed *feed = calendar->feeds.items[i];
		feed->number = i;
		name_feed(arena, &selectors.types, &selectors, &feed->types, selectors.any_type, i);
		name_feed(arena, &selectors.categories, &selectors, &feed->categories, selectors.any_category, i);
	}
	uint64_t *sets = arena_alloc(arena, calendar->schedule_count * size), *scratch = arena_alloc(arena, size);
	for (size_t i = 0; i < calendar->schedule_count && selectors.words; i++) {
		calendar->schedules[i]->feeds = sets + i * selectors.words;
		select_one(&selectors, calendar->schedules[i], scratch);
	}
}

/* The day, since 1970, of an instant in the calendar's zone; of a whole day, the day itself. */
static int64_t day_of(const struct calendar *calendar, bool all_day, int64_t instant)
{
	if (!all_day && at_valid(&calendar->timezone.at))
		instant += zone_offset(calendar->timezone.zone, instant);
	return date_days(moment_from_seconds(instant).date);
}

bool days_touch(
	const struct calendar *calendar, const struct days *days, bool all_day, int64_t start_at, int64_t end_at)
{
	if (days->has_last && day_of(calendar, all_day, start_at) > date_days(days->last))
		return false;
	/* The end is exclusive: what ends at midnight is over the day before. */
	return !days->has_first || day_of(calendar, all_day, end_at - 1) >= date_days(days->first);
}

/* The days of a feed; those that are over for longer than its "past" lie before the first of them. */
static struct days days_of(const struct calendar *calendar, const struct feed *feed)
{
	struct days days = {
		at_valid(&feed->from.at), at_valid(&feed->until.at), feed->from.moment.date, feed->until.moment.date};
	if (!at_valid(&feed->past.at))
		return days;
	/* What is over on a day was on for the last time on the day before. */
	int64_t first = date_days(calendar->today) - duration_minutes(feed->past.duration) / DAY_MINUTES - 1;
	if (!days.has_first || date_days(days.first) < first)
		days.first = date_from_days(first);
	days.has_first = true;
	return days;
}

/* The first occurrence that the rule puts at an end behind the first day: what is before it is over by then. */
static size_t first_near(const struct calendar *calendar, const struct days *days, bool all_day,
	const struct occurrences *all, int64_t length)
{
	size_t low = 0, high = days->has_first ? all->count : 0;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (day_of(calendar, all_day, all->items[middle].id_at + length) < date_days(days->first) - 1)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The days of an occurrence that goes as the rule has it, and of those that overrides move. */
static bool touches(const struct calendar *calendar, const struct days *days, const struct schedule *schedule)
{
	const struct occurrences *all = &schedule->recurring->occurrences;
	const struct timing *timing = &schedule->timing;
	int64_t last = days->has_last ? date_days(days->last) : INT64_MAX;
	size_t i = first_near(calendar, days, timing->all_day, all, timing->end_at - timing->start_at);
	for (; i < all->count; i++) {
		const struct occurrence *o = &all->items[i];
		if (!o->excluded && days_touch(calendar, days, timing->all_day, o->start_at, o->end_at))
			return true;
		if (day_of(calendar, timing->all_day, o->id_at) > last)
			break;
	}
	for (i = 0; i < schedule->written->overrides->count; i++) {
		const struct occurrence *o = schedule->overrides[i].occurrence;
		if (o && !o->excluded && days_touch(calendar, days, timing->all_day, o->start_at, o->end_at))
			return true;
	}
	return false;
}

bool feed_selects(const struct calendar *calendar, const struct feed *feed, const struct schedule *schedule)
{
	const struct timing *timing = &schedule->timing;
	if (!(schedule->feeds[feed->number / BITS] >> feed->number % BITS & 1))
		return false;
	const struct days days = days_of(calendar, feed);
	if (timing->state != TIMING_KNOWN)
		return true;
	if (schedule->recurring)
		return touches(calendar, &days, schedule);
	return days_touch(calendar, &days, timing->all_day, timing->start_at, timing->end_at);
}

bool feed_holds(const struct calendar *calendar, const struct feed *feed, const struct schedule *schedule)
{
	bool drop = at_valid(&calendar->cancelled.at) && calendar->cancelled.value == CANCELLED_DROP;
	return schedule_is_published(schedule) && !(drop && event_cancelled(schedule->event)) &&
	       feed_selects(calendar, feed, schedule);
}
