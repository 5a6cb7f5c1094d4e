#include "model/calendar.h"

#include "time/zone.h"

static bool has(const struct texts *list, struct str word)
{
	for (size_t i = 0; i < list->count; i++)
		if (str_equal(list->items[i].str, word))
			return true;
	return false;
}

static bool fits_categories(const struct texts *wanted, const struct event *event)
{
	for (size_t i = 0; i < event->categories.count; i++)
		if (has(wanted, event->categories.items[i].str))
			return true;
	return event->of_type && has(wanted, event->of_type->name.str);
}

/* The day, since 1970, of an instant in the calendar's zone; of a whole day, the day itself. */
static int64_t day_of(const struct calendar *calendar, const struct event *event, int64_t instant)
{
	if (!event->timing.all_day && at_valid(&calendar->timezone.at))
		instant += zone_offset(calendar->timezone.zone, instant);
	return date_days(moment_from_seconds(instant).date);
}

/* Whether from and until let through what begins and ends at these instants. */
static bool within(const struct calendar *calendar, const struct feed *feed, const struct event *event,
	int64_t start_at, int64_t end_at)
{
	if (at_valid(&feed->until.at) && day_of(calendar, event, start_at) > date_days(feed->until.moment.date))
		return false;
	/* The end is exclusive: what ends at midnight is over the day before. */
	return !at_valid(&feed->from.at) || day_of(calendar, event, end_at - 1) >= date_days(feed->from.moment.date);
}

bool feed_selects(const struct calendar *calendar, const struct feed *feed, const struct event *event)
{
	if (feed->types.at.given != GIVEN_ABSENT && !has(&feed->types, event->type.str))
		return false;
	if (feed->categories.at.given != GIVEN_ABSENT && !fits_categories(&feed->categories, event))
		return false;
	if (!event->timing.known)
		return true;
	const struct recurring *recurring = event->recurring;
	if (!recurring)
		return within(calendar, feed, event, event->timing.start_at, event->timing.end_at);
	for (size_t i = 0; i < recurring->occurrences.count; i++) {
		const struct occurrence *o = &recurring->occurrences.items[i];
		if (!o->excluded && within(calendar, feed, event, o->start_at, o->end_at))
			return true;
	}
	return false;
}
