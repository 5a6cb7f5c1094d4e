#define _GNU_SOURCE /* memmem() */
#include "cmd/like.h"

#include "base/arena.h"
#include "cmd/excerpt.h"
#include "cmd/given_day.h"
#include "cmd/known.h"
#include "cmd/template.h"
#include "decode/keys.h"
#include "decode/kinds.h"
#include "input/yaml.h"
#include "report/trouble.h"
#include "session/session.h"
#include "time/read.h"

#include <stdio.h>
#include <string.h>

enum { DATE_LENGTH = sizeof("2021-01-21") - 1, MONTH_LENGTH = sizeof("2021-01") - 1 };

struct copying {
	struct loaded *loaded;
	const struct event *event;
	struct excerpt excerpt;
	int64_t later;  /* by so many days */
	bool day_known; /* the copy is more than announced */
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

/* The same of an event that is announced: the first day of the same month. */
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
	const struct zone *zone = copying->event->timezone->zone;
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

/* "2026-10", of an event that is announced; it may be in quotes. */
static void move_month(struct copying *copying, const struct node *node)
{
	struct excerpt *excerpt = &copying->excerpt;
	struct str day = moved(copying, copying->event->start->moment.date);
	bool quoted = excerpt->bytes.ptr[node->span.begin] == '"' || excerpt->bytes.ptr[node->span.begin] == '\'';
	excerpt_replace(excerpt, node->span.begin + quoted, node->span.end - quoted,
		copying->day_known ? day : str_part(day, 0, MONTH_LENGTH));
}

/* "TH", "2TH" or "-1TH": the weekday of a day, and which of its month it is where the rule counts them. */
static struct str moved_weekday(struct arena *arena, const struct recurrence *rule, struct date day)
{
	const char *code = weekday_code(date_weekday(day));
	int number = (day.day - 1) / 7 + 1;
	bool last = day.day + 7 > date_month_days(day.year, day.month);
	if (!rule->ordinal_count)
		return str_from(code);
	/* Not every month has a fifth one. */
	return str_format(arena, "%d%s", last && (rule->ordinal < 0 || number > 4) ? -1 : number, code);
}

static bool is_single(unsigned bits)
{
	return bits && !(bits & (bits - 1));
}

/* The value of a part of a rule that the day of the start follows from, or that is a day itself; or an empty one. */
static struct str moved_part(struct copying *copying, const struct recurrence *rule, enum rule_part part)
{
	struct arena *arena = copying->excerpt.arena;
	struct date day = date_from_days(date_days(copying->event->start->moment.date) + copying->later);
	bool is_last = day.day == date_month_days(day.year, day.month);
	bool one_weekday =
		rule->ordinal_count ? rule->ordinal_count == 1 && !rule->weekdays : is_single(rule->weekdays);
	switch (part) {
	case PART_UNTIL:
		return moved_until(copying, rule->until, rule->until_second);
	case PART_BYMONTH:
		return rule->months.count == 1 ? str_format(arena, "%d", day.month) : STR("");
	case PART_BYMONTHDAY:
		if (rule->month_days.count != 1)
			return STR("");
		return str_format(arena, "%d", is_last && (day.day > 28 || rule->month_days.first < 0) ? -1 : day.day);
	case PART_BYDAY:
		return one_weekday ? moved_weekday(arena, rule, day) : STR("");
	default:
		return STR("");
	}
}

static void move_rule(struct copying *copying, const struct node *node)
{
	const struct rule *rule = copying->event->rrule;
	struct excerpt *excerpt = &copying->excerpt;
	for (enum rule_part part = 0; at_valid(&rule->at) && part < PART_NONE; part++) {
		struct str value =
			rule_has(rule->recurrence, part) ? moved_part(copying, rule->recurrence, part) : STR("");
		/* "BYDAY=2TU" stands on one line, also where the rule has several. */
		struct extent at = rule->recurrence->parts[part];
		struct str written = str_part(rule->text, at.begin, at.end);
		const char *from = excerpt->bytes.ptr + node->span.begin;
		const char *found = memmem(from, node->span.end - node->span.begin, written.ptr, written.len);
		if (!value.len || !found)
			continue;
		uint32_t end = (uint32_t)(found + written.len - excerpt->bytes.ptr);
		excerpt_replace(excerpt, end - (uint32_t)(written.len - strlen(rule_part_name(part)) - 1), end, value);
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
		move_month(copying, value);
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
	struct date was = event->start->moment.date;
	copying->later = date_days(start) - date_days(was);
	const struct span *id = &event->id->at.span;
	struct str stem = stem_of(event->id->str, was.year);
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
	if (!at_valid(&event->start->at) || !at_valid(&event->id->at) || !copying.excerpt.item) {
		tell(LOCAL("%s has no start from which its next time could be told",
			     "%s heeft geen begin waar de volgende keer uit volgt"),
			options->like);
		return EXIT_FINDINGS;
	}
	if (!options->start && event_announced(event))
		start = next_month(event->start->moment.date, calendar->today);
	else if (!options->start)
		start = next_day(event->start->moment.date, calendar->today);
	copying.day_known = options->start || !event_announced(event);
	copy(&copying, start, out);
	return EXIT_DONE;
}
