#include "base/arena.h"
#include "import/draft.h"
#include "text/markdown.h"
#include "time/read.h"
#include "time/zone.h"

#include <stdlib.h>
#include <string.h>

/* An event of such a file. */
struct yaml2ics_reading {
	struct import *import;
	struct arena *arena;
	const struct node *event;
	struct node *map;
	const struct zone *zone; /* NULL: UTC, which is what times without a zone are of */
	struct moment start;
};

static const struct node *get(const struct node *map, const char *name)
{
	const struct node *value = map && map->kind == NODE_MAP ? node_get(map, str_from(name)) : NULL;
	return value && !node_is_empty(value) ? value : NULL;
}

static struct str text_of(const struct node *node)
{
	return node && node->kind == NODE_TEXT ? str_trim(node->text) : STR("");
}

static bool put(struct yaml2ics_reading *reading, const char *name, const struct node *node, struct str text)
{
	return node && draft_put_text(reading->import, reading->map, IN_EVENT, name, node->span, text);
}

/* --- times -------------------------------------------------------------------------------------------------------- */

/* "2021-09-30 12:00:00", on the clock of the event's zone. False: a finding says that it is no moment. */
static bool read_moment(struct yaml2ics_reading *reading, const struct node *node, struct moment *moment)
{
	int offset;
	struct str text = str_copy(reading->arena, text_of(node));
	struct str time = draft_take_offset(text, &offset);
	bool has_offset = time.len < text.len;
	size_t seconds = time.len < 3 ? time.len : time.len - 3;
	if (time.len > 17 && str_equal(str_part(time, seconds, time.len), STR(":00")))
		time = str_part(time, 0, seconds);
	if (!verdict_known(moment_read(reading->arena, time, moment))) {
		ADD(reading->import, MSG_CANNOT_IMPORT_DATE, node->span, text);
		return false;
	}
	if (has_offset) {
		*moment = moment_from_seconds(moment_seconds(*moment) - offset * 60);
		moment->utc = true;
	}
	if (moment->utc && reading->zone) {
		int64_t instant = moment_seconds(*moment);
		*moment = moment_from_seconds(instant + zone_offset(reading->zone, instant));
	}
	moment->utc = !reading->zone && !moment_is_date(*moment);
	return true;
}

/* {hours: 1, minutes: 30} in minutes; -1: none of the units that it may have, and a finding says so. */
static int64_t read_duration(struct yaml2ics_reading *reading, const struct node *node)
{
	int64_t total = 0;
	for (uint32_t i = 0; node->kind == NODE_MAP && i < node->count; i++) {
		int unit = unit_minutes(node->entries[i].key->text);
		struct str number = text_of(node->entries[i].value);
		int64_t value = strtol(str_copy(reading->arena, number).ptr, NULL, 10);
		if (str_equal(node->entries[i].key->text, STR("seconds")))
			total += value / 60;
		else if (!unit || value < 0 || value > DAY_MINUTES * 366)
			return -1;
		else
			total += unit > 0 ? value * unit : value * -unit * DAY_MINUTES;
	}
	return node->kind == NODE_MAP ? total : -1;
}

/* Without an end it is a whole day; an end is exclusive. */
static bool put_end(struct yaml2ics_reading *reading)
{
	const struct node *end = get(reading->event, "end"), *duration = get(reading->event, "duration");
	struct moment moment, start = reading->start;
	int64_t minutes = duration ? read_duration(reading, duration) : 0;
	if (minutes < 0) {
		ADD(reading->import, MSG_NOT_IMPORTED_VALUE, duration->span,
			source_text(reading->import->findings->sources, duration->span), STR("duration"),
			str_from(local_text(kinds[KIND_DURATION].shape)));
		return true;
	}
	if (duration && !moment_is_date(start)) {
		struct duration length = {0, (int)minutes};
		return !minutes || put(reading, "duration", duration, duration_format(reading->arena, length));
	}
	if (duration) {
		moment = (struct moment){date_from_days(date_days(start.date) + minutes / DAY_MINUTES), -1, false};
		end = duration;
	} else if (!end) {
		return true;
	} else if (!read_moment(reading, end, &moment)) {
		return false;
	}
	if (moment_is_date(start))
		moment.minute = -1;
	if (moment_is_date(moment) != moment_is_date(start) || moment_compare(moment, start) < 0) {
		ADD(reading->import, MSG_CANNOT_IMPORT_END, end->span, text_of(end),
			moment_format(reading->arena, start));
		return false;
	}
	if (moment_is_date(moment) && moment_compare(moment, start))
		moment.date = date_from_days(date_days(moment.date) - 1);
	if (!moment_compare(moment, start))
		return true;
	bool same_day = date_days(moment.date) == date_days(start.date) && !moment_is_date(moment) && !moment.utc;
	return put(reading, "end", end,
		same_day ? time_format(reading->arena, moment.minute) : moment_format(reading->arena, moment));
}

static void put_moments(struct yaml2ics_reading *reading, const char *name, const struct node *node)
{
	struct node *list = node ? node_empty(reading->arena, node->span, NODE_LIST) : NULL;
	struct moment moment;
	for (uint32_t i = 0; list && node->kind == NODE_LIST && i < node->count; i++) {
		if (!read_moment(reading, node->items[i], &moment))
			continue;
		bool same_time = moment.minute == reading->start.minute || moment_is_date(reading->start);
		struct str text =
			same_time ? date_format(reading->arena, moment.date) : moment_format(reading->arena, moment);
		node_add(reading->arena, list, node_text(reading->arena, node->items[i]->span, text));
	}
	if (list && list->count)
		draft_put(reading->import, reading->map, IN_EVENT, name, list);
}

/* repeat: {interval: {weeks: 1}, until: 2021-12-31, except_on: […], also_on: […]} */
static void put_repeat(struct yaml2ics_reading *reading)
{
	static const struct {
		const char *unit, *frequency;
	} units[] = {{"days", "DAILY"}, {"weeks", "WEEKLY"}, {"months", "MONTHLY"}, {"years", "YEARLY"}};
	const struct node *repeat = get(reading->event, "repeat"), *interval = get(repeat, "interval");
	const struct node *until = get(repeat, "until");
	struct moment last;
	struct str rule = STR("");
	if (!repeat)
		return;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		const struct node *number = get(interval, units[i].unit);
		if (number && interval->count == 1)
			rule = str_format(reading->arena, "FREQ=%s%s%.*s", units[i].frequency,
				str_equal(text_of(number), STR("1")) ? "" : ";INTERVAL=",
				str_equal(text_of(number), STR("1")) ? 0 : (int)text_of(number).len,
				text_of(number).ptr);
	}
	if (rule.len && until && read_moment(reading, until, &last)) {
		/* A date is the midnight that it begins with. */
		if (moment_is_date(last) && !moment_is_date(reading->start))
			last.minute = 0;
		int64_t seconds = moment_seconds(last);
		if (reading->zone && !moment_is_date(last))
			seconds = zone_local(reading->zone, seconds).instant;
		struct moment in_utc = moment_from_seconds(seconds);
		struct str day = str_format(
			reading->arena, "%04d%02d%02d", in_utc.date.year, in_utc.date.month, in_utc.date.day);
		rule = moment_is_date(reading->start)
			       ? str_format(reading->arena, "%.*s;UNTIL=%.*s", STR_ARG(rule), STR_ARG(day))
			       : str_format(reading->arena, "%.*s;UNTIL=%.*sT%02d%02d00Z", STR_ARG(rule), STR_ARG(day),
					 in_utc.minute / 60, in_utc.minute % 60);
	}
	struct str text = source_text(reading->import->findings->sources, repeat->span);
	if (!rule.len)
		ADD(reading->import, MSG_NOT_IMPORTED_VALUE, repeat->span, text, STR("rrule"),
			str_from(local_text(kinds[KIND_RULE].shape)));
	else
		put(reading, "rrule", repeat, rule);
	put_moments(reading, "exdate", get(repeat, "except_on"));
	put_moments(reading, "rdate", get(repeat, "also_on"));
}

/* --- texts -------------------------------------------------------------------------------------------------------- */

/* "Name <name@example.org>", or an address alone. */
static void put_organizer(struct yaml2ics_reading *reading, const struct node *node)
{
	struct arena *arena = reading->arena;
	struct node *person = node ? node_empty(arena, node->span, NODE_MAP) : NULL;
	struct str text = text_of(node), name = text, email = text;
	if (!node)
		return;
	if (node->kind == NODE_MAP) {
		name = text_of(get(node, "common_name"));
		email = text_of(get(node, "email"));
	} else if (text.len && text.ptr[text.len - 1] == '>') {
		size_t open = str_find(text, '<');
		name = str_trim(str_part(text, 0, open));
		email = str_part(text, open + (open < text.len - 1), text.len - 1);
	}
	node_put(arena, person, "name", node_text(arena, node->span, name.len ? name : email));
	node_put(arena, person, "email", node_text(arena, node->span, email));
	draft_put(reading->import, reading->map, IN_EVENT, "organizer", person);
}

static void put_texts(struct yaml2ics_reading *reading)
{
	struct arena *arena = reading->arena;
	const struct node *event = reading->event;
	const struct node *summary = get(event, "summary"), *description = get(event, "description");
	const struct node *location = get(event, "location"), *status = get(event, "status");
	struct str text, place = text_line(arena, text_of(location));
	struct buffer word = {0};
	if (!summary)
		summary = get(event, "name");
	put(reading, "summary", summary, text_line(arena, text_of(summary)));
	if (description && !markdown_from_text(arena, text_clean(arena, text_of(description)), &text))
		ADD(reading->import, MSG_GUESSED_TEXT, description->span, text_of(description));
	if (description)
		put(reading, "description", description, text);
	/* A place that is an address of the web is a meeting. */
	put(reading, str_starts(place, STR("https://")) ? "conference" : "location", location, place);
	put(reading, "url", get(event, "url"), text_of(get(event, "url")));
	put(reading, "uid", get(event, "uid"), text_of(get(event, "uid")));
	put(reading, "geo", get(event, "geo"), text_of(get(event, "geo")));
	for (size_t i = 0; i < text_of(status).len; i++)
		buffer_byte(&word, ascii_lower(text_of(status).ptr[i]));
	put(reading, "status", status, str_copy(arena, buffer_str(&word)));
	buffer_free(&word);
	const struct node *categories = get(event, "categories");
	struct node *list = categories ? node_empty(arena, categories->span, NODE_LIST) : NULL;
	for (uint32_t i = 0; list && categories->kind == NODE_LIST && i < categories->count; i++)
		node_add(arena, list,
			node_text(arena, categories->items[i]->span, text_line(arena, text_of(categories->items[i]))));
	if (list && list->count)
		draft_put(reading->import, reading->map, IN_EVENT, "categories", list);
	put_organizer(reading, get(event, "organizer"));
}

/* What is not carried over: alarms, lines of iCalendar, whatever else stands there. */
static void report_rest(struct yaml2ics_reading *reading)
{
	static const char *const known[] = {"summary", "name", "description", "location", "begin", "end", "duration",
		"timezone", "repeat", "uid", "url", "geo", "status", "categories", "organizer", "created",
		"last_modified"};
	for (uint32_t i = 0; i < reading->event->count; i++) {
		const struct entry *entry = &reading->event->entries[i];
		bool is_known = node_is_empty(entry->value);
		for (size_t n = 0; n < sizeof(known) / sizeof(*known); n++)
			is_known |= str_equal(entry->key->text, str_from(known[n]));
		if (!is_known)
			ADD(reading->import, MSG_NOT_IMPORTED_PROPERTY, entry->key->span, entry->key->text, STR("1"));
	}
}

/* --- the file ----------------------------------------------------------------------------------------------------- */

/* The zone of a name; NULL: UTC. False: there is none, and a finding says so. */
static bool find_zone(struct import *import, const struct node *name, const struct zone **zone)
{
	if (!name)
		return true;
	if (zone_get(import->zones, text_of(name), zone) != ZONE_OK) {
		ADD(import, MSG_CANNOT_IMPORT_ZONE, name->span, text_of(name));
		return false;
	}
	if (zone_is_utc(*zone))
		*zone = NULL;
	return true;
}

static void read_event(struct import *import, const struct node *event, const struct zone *zone)
{
	struct yaml2ics_reading reading = {import, import->findings->arena, event, .zone = zone};
	const struct node *begin = get(event, "begin"), *named = get(event, "timezone");
	reading.map = node_empty(reading.arena, event->span, NODE_MAP);
	if (!begin) {
		finding_add(import->findings, MSG_CANNOT_IMPORT_START, event->span, NO_WORDS);
		return;
	}
	if (!find_zone(import, named, &reading.zone))
		return;
	if (!read_moment(&reading, begin, &reading.start))
		return;
	if (!get(event, "end") && !get(event, "duration"))
		reading.start = (struct moment){reading.start.date, -1, false};
	put(&reading, "start", begin, moment_format(reading.arena, reading.start));
	if (!moment_is_date(reading.start))
		draft_put_zone(import, reading.map, (named ? named : begin)->span, reading.zone);
	if (!put_end(&reading))
		return;
	put_repeat(&reading);
	put_texts(&reading);
	report_rest(&reading);
	import_add(import, reading.map, event->span, STR(""), reading.start.date.year);
}

/* What our own files may not have, others may: merge keys and tags. */
static void take_findings(struct findings *findings, struct findings *read)
{
	size_t kept = 0;
	for (size_t i = 0; i < read->count; i++)
		if (read->items[i].code != CODE_UNSUPPORTED_YAML)
			read->items[kept++] = read->items[i];
	read->count = kept;
	findings_take(findings, read);
}

void import_yaml2ics(struct import *import, uint32_t source,
	uint32_t (*include)(void *context, struct span span, struct str name), void *context)
{
	struct findings read = {.arena = import->findings->arena, .sources = import->findings->sources};
	const struct node *root = node_read(&read, source), *files = get(root, "include"),
			  *events = get(root, "events");
	const struct zone *zone = import->zone;
	take_findings(import->findings, &read);
	if ((!files && !events) || !find_zone(import, get(root, "timezone"), &zone)) {
		if (!files && !events && !findings_tally(&read).errors)
			finding_add(import->findings, MSG_CANNOT_IMPORT_FILE, (struct span){source, 0, 0}, NO_WORDS);
		return;
	}
	for (uint32_t i = 0; files && files->kind == NODE_LIST && i < files->count; i++) {
		uint32_t other = include(context, files->items[i]->span, text_of(files->items[i]));
		if (other)
			import_yaml2ics(import, other, include, context);
	}
	for (uint32_t i = 0; events && events->kind == NODE_LIST && i < events->count; i++)
		if (events->items[i]->kind == NODE_MAP)
			read_event(import, events->items[i], zone);
}
