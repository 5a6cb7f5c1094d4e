#include "cmd/like.h"

#include "base/arena.h"
#include "cmd/excerpt.h"
#include "cmd/given_day.h"
#include "cmd/known.h"
#include "cmd/template.h"
#include "decode/keys.h"
#include "decode/kinds.h"
#include "input/yaml.h"
#include "session/session.h"
#include "time/read.h"

#include <stdio.h>
#include <string.h>

enum { DATE_LENGTH = sizeof("2021-01-21") - 1 };

struct copying {
	struct loaded *loaded;
	const struct event *event;
	struct excerpt excerpt;
	int64_t later;        /* by so many days */
	struct str announced; /* the start, where only a month is known of it */
};

/* --- the day ------------------------------------------------------------------------------------------------------ */

/* The Monday of the first week of a year (ISO 8601), in days since 1970: that of 4 January. */
static int64_t first_monday(int year)
{
	struct date fourth = {(short)year, 1, 4};
	return date_days(fourth) - (date_weekday(fourth) + 6) % 7;
}

/* The year that a day's week belongs to. */
static int week_year(int64_t day)
{
	int year = date_from_days(day).year;
	if (day < first_monday(year))
		return year - 1;
	return day < first_monday(year + 1) ? year : year + 1;
}

/* The same weekday of the same week in the first year after the event's own in which that is still to come. */
static struct date next_day(struct date start, struct date today)
{
	int64_t day = date_days(start), next = day;
	int year = week_year(day);
	int64_t since = day - first_monday(year);
	while (next <= day || next < date_days(today)) {
		year++;
		int64_t length = first_monday(year + 1) - first_monday(year);
		/* Not every year has a week 53. */
		next = first_monday(year) + (since < length ? since : since - 7);
	}
	return date_from_days(next);
}

/* The same month of that year. */
static struct date next_month(struct date month, struct date today)
{
	do
		month.year++;
	while (month.year < today.year || (month.year == today.year && month.month < today.month));
	return month;
}

/* --- what is new -------------------------------------------------------------------------------------------------- */

/* A date as it is written, "2021-01-21", at the beginning of a text. */
static bool has_date(struct arena *arena, struct str text, struct date *date)
{
	struct moment moment;
	if (text.len < DATE_LENGTH)
		return false;
	bool good = moment_read(arena, str_part(text, 0, DATE_LENGTH), &moment).kind == VERDICT_OK;
	*date = moment.date;
	return good && moment_is_date(moment);
}

static struct str moved(const struct copying *copying, struct date date)
{
	return date_format(copying->excerpt.arena, date_from_days(date_days(date) + copying->later));
}

/* Moves the dates in a text, which is one value: a date, or a date and a time. */
static void move_text(struct copying *copying, const struct node *node)
{
	struct excerpt *excerpt = &copying->excerpt;
	struct str text = str_part(excerpt->bytes, node->span.begin, node->span.end);
	struct date date;
	for (size_t i = 0; i + DATE_LENGTH <= text.len; i++) {
		if (!has_date(excerpt->arena, str_part(text, i, text.len), &date))
			continue;
		uint32_t at = node->span.begin + (uint32_t)i;
		excerpt_replace(excerpt, at, at + DATE_LENGTH, moved(copying, date));
		i += DATE_LENGTH - 1;
	}
}

/* UNTIL as it comes to when its date is moved by the clock on the wall, so that the last occurrence stays the last. */
static struct str moved_until(struct copying *copying, struct moment until, int second)
{
	const struct zone *zone = copying->event->timezone.zone;
	struct arena *arena = copying->excerpt.arena;
	int64_t later = copying->later * DAY_SECONDS, at = moment_seconds(until);
	if (until.utc && zone) {
		int64_t local = at + zone_offset(zone, at);
		later = zone_local(zone, local + later).instant - at;
	}
	struct moment moment = moment_from_seconds(at + later);
	struct str day = str_format(arena, "%04d%02d%02d", moment.date.year, moment.date.month, moment.date.day);
	if (moment_is_date(until))
		return day;
	return str_format(arena, "%.*sT%02d%02d%02d%s", STR_ARG(day), moment.minute / 60, moment.minute % 60, second,
		until.utc ? "Z" : "");
}

static void move_rule(struct copying *copying, const struct node *node)
{
	const struct rule *rule = &copying->event->rrule;
	struct excerpt *excerpt = &copying->excerpt;
	struct str text = str_part(excerpt->bytes, node->span.begin, node->span.end);
	if (!at_valid(&rule->at) || !rule_has(rule->recurrence, PART_UNTIL))
		return;
	for (size_t i = 0; i + 6 < text.len; i++) {
		if (!str_equal_nocase(str_part(text, i, i + 6), STR("UNTIL=")))
			continue;
		size_t begin = i + 6, end = begin;
		while (end < text.len && strchr("0123456789TtZz", text.ptr[end]))
			end++;
		excerpt_replace(excerpt, node->span.begin + (uint32_t)begin, node->span.begin + (uint32_t)end,
			moved_until(copying, rule->recurrence->until, rule->recurrence->until_second));
		return;
	}
}

/* What was of that time only: how it was known elsewhere, that it was called off or is full. */
static bool is_over(const struct copying *copying, const struct key *key, unsigned where)
{
	const struct event *event = copying->event;
	if (where == IN_REGISTRATION)
		return !strcmp(key->name, "full");
	if (where != IN_EVENT)
		return false;
	return !strcmp(key->name, "uid") || !strcmp(key->name, "sequence") ||
	       (!strcmp(key->name, "status") && (event_cancelled(event) || event_postponed(event)));
}

static void copy_map(struct copying *copying, const struct node *map, unsigned where, uint32_t limit);

static void copy_value(struct copying *copying, const struct key *key, const struct node *value, uint32_t limit)
{
	if (value->kind == NODE_LIST) {
		for (uint32_t i = 0; i < value->count; i++)
			copy_value(copying, key, value->items[i],
				i + 1 < value->count ? value->items[i + 1]->span.begin : limit);
	} else if (value->kind == NODE_MAP) {
		if (kinds[key->kind].holds)
			copy_map(copying, value, kinds[key->kind].holds, limit);
	} else if (key->kind == KIND_RULE) {
		move_rule(copying, value);
	} else if (key->kind == KIND_START && event_announced(copying->event)) {
		excerpt_replace(&copying->excerpt, value->span.begin, value->span.end, copying->announced);
	} else if (key->kind == KIND_MOMENT || key->kind == KIND_START || key->kind == KIND_ENDING ||
		   key->kind == KIND_MOMENTS) {
		move_text(copying, value);
	}
}

static void copy_map(struct copying *copying, const struct node *map, unsigned where, uint32_t limit)
{
	for (uint32_t i = 0; i < map->count; i++) {
		const struct entry *entry = &map->entries[i];
		const struct key *key = key_find(entry->key->text, where);
		uint32_t next = i + 1 < map->count ? map->entries[i + 1].key->span.begin : limit;
		/* What an alias stands for was written elsewhere. */
		if (!key || entry->value->span.begin < entry->key->span.begin)
			continue;
		if (is_over(copying, key, where))
			excerpt_remove(&copying->excerpt, map, i, limit);
		else
			copy_value(copying, key, entry->value, next);
	}
}

/* --- the id ------------------------------------------------------------------------------------------------------- */

/* The old id without its year: workshop-2021 and workshop-2021-2 give workshop. */
static struct str stem_of(struct str id, int year)
{
	char digits[8];
	snprintf(digits, sizeof(digits), "-%04d", year);
	for (size_t i = id.len; i >= 5; i--) {
		struct str part = str_part(id, i - 5, i);
		if (i - 5 && str_equal(part, str_from(digits)) && (i == id.len || id.ptr[i] == '-'))
			return str_part(id, 0, i - 5);
	}
	return id;
}

/* --- together ----------------------------------------------------------------------------------------------------- */

/* What the author wrote, for an extra date that of all of the event. */
static const struct event *find_event(const struct calendar *calendar, struct str id)
{
	for (size_t i = 0; i < calendar->schedule_count; i++) {
		const struct schedule *schedule = calendar->schedules[i];
		if (str_equal(schedule->id, id))
			return (schedule->rdate_of ? schedule->rdate_of : schedule)->written;
	}
	return NULL;
}

/* The node that an event was decoded from, or NULL. */
static const struct node *find_item(const struct node *root, const struct event *event)
{
	const struct node *events = root && root->kind == NODE_MAP ? node_get(root, STR("events")) : NULL;
	if (events && events->kind == NODE_MAP)
		return events->span.begin == event->at.span.begin ? events : NULL;
	for (uint32_t i = 0; events && events->kind == NODE_LIST && i < events->count; i++)
		if (events->items[i]->span.begin == event->at.span.begin && events->items[i]->kind == NODE_MAP)
			return events->items[i];
	return NULL;
}

static void copy(struct copying *copying, struct date start, struct buffer *out)
{
	struct excerpt *excerpt = &copying->excerpt;
	const struct event *event = copying->event;
	struct date was = event->start.moment.date;
	copying->later = date_days(start) - date_days(was);
	const struct span *id = &event->id.at.span;
	struct str stem = stem_of(event->id.str, was.year);
	excerpt_replace(excerpt, id->begin, id->end, template_id(copying->loaded, stem, start.year));
	copy_map(copying, excerpt->item, IN_EVENT, excerpt_limit(excerpt));
	excerpt_add(excerpt, out);
}

enum exit_status like_add(struct buffer *out, struct loaded *loaded, const struct options *options)
{
	struct arena *arena = &loaded->arena;
	const struct calendar *calendar = &loaded->calendar;
	struct copying copying = {.loaded = loaded, .event = find_event(calendar, str_from(options->like))};
	const struct event *event = copying.event;
	struct date start;
	if (!event && (calendar->broken || calendar->events_broken))
		return EXIT_FINDINGS;
	if (!event)
		return known_word(calendar, VALUE_EVENT, options->like) ? EXIT_FINDINGS : EXIT_USAGE;
	if (options->start && !given_day(loaded, "start", options->start, &start))
		return EXIT_USAGE;
	struct findings again = {.arena = arena, .sources = &loaded->sources};
	copying.excerpt.arena = arena;
	copying.excerpt.bytes = source_get(&loaded->sources, event->at.span.source)->bytes;
	copying.excerpt.root = node_read(&again, event->at.span.source);
	copying.excerpt.item = find_item(copying.excerpt.root, event);
	/* Without a start that can be read, or where an alias stands for the event, the findings say what is wrong. */
	if (!at_valid(&event->start.at) || !at_valid(&event->id.at) || !copying.excerpt.item)
		return EXIT_FINDINGS;
	if (!options->start && event_announced(event))
		start = next_month(event->start.moment.date, loaded->calendar.today);
	else if (!options->start)
		start = next_day(event->start.moment.date, loaded->calendar.today);
	copying.announced = options->start ? date_format(arena, start) : month_format(arena, start);
	copy(&copying, start, out);
	return EXIT_DONE;
}
