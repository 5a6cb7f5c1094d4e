#include "cmd/list_rows.h"

#include "base/arena.h"
#include "resolve/select.h"
#include "text/words.h"
#include "decode/keys.h"
#include "time/limits.h"
#include "time/zone.h"

const struct event *item_shown(const struct item *item)
{
	return item->occurrence.own ? item->occurrence.own->event : item->schedule->event;
}

static struct str valid(const struct text *text)
{
	return at_valid(&text->at) ? text->str : STR("");
}

/* --- for programs ------------------------------------------------------------------------------------------------- */

/* The zone that the author gave the event; NULL: UTC, or none that could be read. */
static const struct zone *own_zone(const struct event *event)
{
	const struct zone *zone = event->timezone->zone;
	return event->start->moment.utc || !zone || zone_is_utc(zone) ? NULL : zone;
}

/* "2021-01-21T14:00:00+01:00"; zone NULL: UTC. */
static struct str stamp_in(struct arena *arena, const struct zone *zone, int64_t instant)
{
	int32_t offset = zone ? zone_offset(zone, instant) : 0;
	if (offset % 60)
		zone = NULL;
	int64_t local = instant + (zone ? offset : 0);
	struct moment moment = moment_from_seconds(local);
	int second = (int)((local % 60 + 60) % 60), minutes = offset < 0 ? -offset / 60 : offset / 60;
	struct str day = date_format(arena, moment.date);
	if (!zone)
		return str_format(
			arena, "%.*sT%02d:%02d:%02dZ", STR_ARG(day), moment.minute / 60, moment.minute % 60, second);
	return str_format(arena, "%.*sT%02d:%02d:%02d%c%02d:%02d", STR_ARG(day), moment.minute / 60, moment.minute % 60,
		second, offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

/* The same in the event's own zone; the date alone if the event lasts whole days. */
static struct str stamp(struct arena *arena, const struct item *item, int64_t instant)
{
	if (item->all_day)
		return date_format(arena, moment_from_seconds(instant).date);
	return stamp_in(arena, own_zone(item->schedule->event), instant);
}

/* What is not known is empty; of a month that is announced, "2026-10". */
static struct str start_of(struct arena *arena, const struct item *item)
{
	if (item->known == KNOWN_NOTHING)
		return STR("");
	if (item->known == KNOWN_MONTH)
		return month_format(arena, item->schedule->event->start->moment.date);
	return stamp(arena, item, item->occurrence.start_at);
}

static struct str end_of(struct arena *arena, const struct item *item)
{
	int64_t end_at = item->occurrence.end_at;
	return item->known == KNOWN_WHOLE ? stamp(arena, item, item->all_day ? end_at - DAY_SECONDS : end_at) : STR("");
}

/* A deadline may be a date where the event has times, and the other way round. */
static struct str deadline_of(struct arena *arena, const struct event *event, struct moment deadline)
{
	if (moment_is_date(deadline))
		return date_format(arena, deadline.date);
	const struct zone *zone = deadline.utc ? NULL : event->timezone->zone;
	int64_t seconds = moment_seconds(deadline);
	if (!zone)
		return stamp_in(arena, NULL, seconds);
	return stamp_in(arena, zone_is_utc(zone) ? NULL : zone, zone_local(zone, seconds).instant);
}

static struct str timezone_of(const struct item *item)
{
	const struct event *event = item->schedule->event;
	if (item->all_day)
		return STR("");
	return own_zone(event) ? zone_name(own_zone(event)) : STR("UTC");
}

static struct str status_of(const struct event *event)
{
	const struct key *key = key_find(STR("status"), IN_EVENT);
	return at_valid(&event->status->at) ? str_from(key->words[event->status->value]) : STR("");
}

static struct listed_registration registration_of(struct arena *arena, const struct event *event)
{
	const struct registration *registration = event->registration;
	struct listed_registration listed = {.capacity = -1};
	if (!at_valid(&registration->at))
		return listed;
	listed.given = true;
	listed.url = valid(&registration->url);
	listed.email = valid(&registration->email);
	listed.phone = valid(&registration->phone);
	listed.full = at_valid(&registration->full.at) && registration->full.value;
	if (at_valid(&registration->capacity.at))
		listed.capacity = registration->capacity.value;
	if (at_valid(&registration->deadline.at))
		listed.deadline = deadline_of(arena, event, registration->deadline.moment);
	return listed;
}

struct listed listed_of(struct arena *arena, const struct item *item)
{
	const struct schedule *schedule = item->schedule;
	const struct event *event = schedule->event, *own = item_shown(item);
	struct listed listed = {
		.id = at_valid(&event->id->at) ? schedule->id : STR(""),
		.uid = schedule->uid,
		.type = valid(event->type),
		.summary = valid(own->summary),
		.start = start_of(arena, item),
		.end = end_of(arena, item),
		.all_day = item->all_day,
		.timezone = timezone_of(item),
		.location = valid(own->location),
		.url = valid(own->url),
		.conference = valid(&own->conference->url),
		.status = status_of(own),
		.feeds = item->feeds,
		.description = valid(&own->description->text),
		.registration = registration_of(arena, own),
		.draft = event_draft(event),
	};
	if (at_valid(&own->details->at)) {
		listed.details.items = arena_alloc(arena, own->details->count * sizeof(*listed.details.items));
		for (; listed.details.count < own->details->count; listed.details.count++) {
			const struct detail *detail = &own->details->items[listed.details.count];
			listed.details.items[listed.details.count] =
				(struct listed_detail){str_copy(arena, detail->label.str), detail->text.str};
		}
	}
	if (schedule->recurring)
		listed.recurrence_id = stamp(arena, item, item->occurrence.id_at);
	listed.categories.items = schedule_categories(arena, schedule, &listed.categories.count);
	return listed;
}

/* --- for people --------------------------------------------------------------------------------------------------- */

/* "jan"; in Dutch "mrt" for maart. */
static struct str short_month(int month, enum language language)
{
	return language == LANGUAGE_NL && month == 3 ? STR("mrt")
						     : str_part(str_from(month_name(month, language)), 0, 3);
}

/* "30 sep" */
static struct str short_date(struct arena *arena, struct date date, enum language language)
{
	return str_format(arena, "%d %.*s", date.day, STR_ARG(short_month(date.month, language)));
}

/* "14:00–16:00", "30 sep – 7 okt"; empty for one whole day. */
static struct str times_of(
	struct arena *arena, struct moment start, struct moment end, bool all_day, enum language language)
{
	int64_t length = moment_seconds(end) - moment_seconds(start);
	if (all_day) {
		struct moment last = moment_from_seconds(moment_seconds(end) - DAY_SECONDS);
		if (length <= DAY_SECONDS)
			return STR("");
		return str_format(arena, "%.*s – %.*s", STR_ARG(short_date(arena, start.date, language)),
			STR_ARG(short_date(arena, last.date, language)));
	}
	struct str from = time_format(arena, start.minute), to = time_format(arena, end.minute);
	/* An end in the same night needs no date. */
	if (length < DAY_SECONDS)
		return str_format(arena, "%.*s–%.*s", STR_ARG(from), STR_ARG(to));
	return str_format(
		arena, "%.*s – %.*s %.*s", STR_ARG(from), STR_ARG(short_date(arena, end.date, language)), STR_ARG(to));
}

/* "online" for a link, which is long and says no more; a number to ring is shown. */
static struct str meeting_of(const struct event *event)
{
	struct str url = valid(&event->conference->url);
	return str_starts(url, STR("https:")) || str_starts(url, STR("http:")) ? STR("online") : url;
}

static struct moment on_calendars_clock(const struct calendar *calendar, bool all_day, int64_t instant)
{
	if (!all_day && at_valid(&calendar->timezone.at))
		instant += zone_offset(calendar->timezone.zone, instant);
	return moment_from_seconds(instant);
}

/* The heading, the day and the time of a row, as far as they are known. */
static void set_when(struct arena *arena, const struct calendar *calendar, const struct item *item,
	enum language language, struct table_row *row)
{
	if (item->known == KNOWN_NOTHING) {
		row->heading = str_from(LOCAL("no date yet", "nog geen datum"));
		return;
	}
	struct moment start = on_calendars_clock(calendar, item->all_day, item->occurrence.start_at);
	struct moment end = on_calendars_clock(calendar, item->all_day, item->occurrence.end_at);
	struct str weekday = str_from(weekday_name(date_weekday(start.date), language));
	row->heading = str_format(arena, "%s %d", month_name(start.date.month, language), start.date.year);
	if (item->known == KNOWN_MONTH) {
		row->time = str_from(LOCAL("day to come", "dag volgt"));
		return;
	}
	row->weekday = str_part(weekday, 0, language == LANGUAGE_NL ? 2 : 3);
	row->day = str_format(arena, "%d", start.date.day);
	if (item->known == KNOWN_WHOLE)
		row->time = times_of(arena, start, end, item->all_day, language);
	else if (!item->all_day)
		row->time = time_format(arena, start.minute);
}

static struct str summary_of(struct arena *arena, const struct calendar *calendar, const struct event *event)
{
	struct str summary = at_valid(&event->summary->at) ? words_summary(arena, calendar, event) : STR("?");
	if (!event_draft(event))
		return summary;
	return str_format(arena, "%s: %.*s", LOCAL("Draft", "Concept"), STR_ARG(summary));
}

struct table_row table_row_of(struct arena *arena, const struct calendar *calendar, const struct item *item)
{
	const struct schedule *schedule = item->schedule;
	const struct event *event = schedule->event, *own = item_shown(item);
	enum language language = local_language();
	struct table_row row = {
		.summary = summary_of(arena, calendar, own),
		.place = at_valid(&own->location->at) ? own->location->str : meeting_of(own),
		.url = valid(own->url),
		.meeting = valid(&own->conference->url),
		.id = at_valid(&event->id->at) ? schedule->id : STR(""),
		.cancelled = event_cancelled(own),
	};
	set_when(arena, calendar, item, language, &row);
	return row;
}
