#include "resolve/select.h"

#include "base/arena.h"
#include "time/zone.h"

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
	return has(&event->categories, word) || has(&event->add_categories, word) ||
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
	const struct texts *own = &schedule->event->categories, *added = &schedule->event->add_categories;
	struct str *words = arena_alloc(arena, (own->count + added->count + 1) * sizeof(*words));
	struct str type = schedule->type ? schedule->type->name.str : STR("");
	*count = 0;
	if (type.len && !has(own, type))
		add_words(words, count, &type, 1);
	add_list(words, count, own);
	add_list(words, count, added);
	return words;
}

static bool fits_categories(const struct texts *wanted, const struct schedule *schedule)
{
	for (size_t i = 0; i < wanted->count; i++)
		if (schedule_has_category(schedule, wanted->items[i].str))
			return true;
	return false;
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

bool feed_selects(const struct calendar *calendar, const struct feed *feed, const struct schedule *schedule)
{
	const struct days days = days_of(calendar, feed);
	const struct event *event = schedule->event;
	const struct timing *timing = &schedule->timing;
	/* A type that could not be read may be the one, and has a category; so may categories. */
	bool typed = event->type.at.given != GIVEN_INVALID,
	     known = typed && event->categories.at.given != GIVEN_INVALID;
	if (typed && feed->types.at.given != GIVEN_ABSENT && !has(&feed->types, event->type.str))
		return false;
	if (known && feed->categories.at.given != GIVEN_ABSENT && !fits_categories(&feed->categories, schedule))
		return false;
	if (timing->state != TIMING_KNOWN)
		return true;
	const struct recurring *recurring = schedule->recurring;
	if (!recurring)
		return days_touch(calendar, &days, timing->all_day, timing->start_at, timing->end_at);
	for (size_t i = 0; i < recurring->occurrences.count; i++) {
		const struct occurrence *o = &recurring->occurrences.items[i];
		if (!o->excluded && days_touch(calendar, &days, timing->all_day, o->start_at, o->end_at))
			return true;
	}
	return false;
}

bool feed_holds(const struct calendar *calendar, const struct feed *feed, const struct schedule *schedule)
{
	bool drop = at_valid(&calendar->cancelled.at) && calendar->cancelled.value == CANCELLED_DROP;
	return schedule_is_published(schedule) && !(drop && event_cancelled(schedule->event)) &&
	       feed_selects(calendar, feed, schedule);
}
