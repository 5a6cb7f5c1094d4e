#include "ical/snapshot.h"

#include "base/arena.h"
#include "ical/property.h"
#include "ical/vevent.h"
#include "resolve/select.h"
#include "text/words.h"
#include "time/limits.h"
#include "time/zone.h"

#include <stdlib.h>

#define OF(member) offsetof(struct event, member)

const struct key *snapshot_key(size_t offset)
{
	const struct key *key = keys;
	while (!(key->where & IN_EVENT) || key->offset != offset)
		key++;
	return key;
}

void snapshot_put(struct snapshot *snapshot, struct arena *arena, const struct key *key, struct str text)
{
	size_t at = snapshot->count;
	while (at && snapshot->items[at - 1].key > key)
		at--;
	if (!text.len || (at && snapshot->items[at - 1].key == key))
		return;
	snapshot->items = arena_grow(arena, snapshot->items, snapshot->count, sizeof(*snapshot->items));
	memmove(&snapshot->items[at + 1], &snapshot->items[at], (snapshot->count - at) * sizeof(*snapshot->items));
	snapshot->items[at] = (struct shown){key, text};
	snapshot->count++;
}

struct str snapshot_text(const struct snapshot *snapshot, const struct key *key)
{
	for (size_t i = 0; i < snapshot->count; i++)
		if (snapshot->items[i].key == key)
			return snapshot->items[i].text;
	return STR("");
}

/* --- values ------------------------------------------------------------------------------------------------------ */

/* With the six digits that are published, but without zeros at the end. */
static struct str degrees(struct arena *arena, double value)
{
	struct str text = str_format(arena, "%.6f", value);
	while (text.ptr[text.len - 1] == '0')
		text.len--;
	text.len -= text.ptr[text.len - 1] == '.';
	return text;
}

struct str snapshot_geo(struct arena *arena, double latitude, double longitude)
{
	return str_format(arena, "%.*s, %.*s", STR_ARG(degrees(arena, latitude)), STR_ARG(degrees(arena, longitude)));
}

struct str snapshot_person(struct arena *arena, struct str name, struct str address)
{
	return str_format(arena, "%.*s <%.*s>", STR_ARG(name), STR_ARG(address));
}

struct str snapshot_conference(struct arena *arena, struct str url, struct str label)
{
	return label.len ? str_format(arena, "%.*s (%.*s)", STR_ARG(url), STR_ARG(label)) : url;
}

/* "1d" and "24h" are published as the same. */
struct str snapshot_reminder(struct arena *arena, int minutes)
{
	bool days = minutes && minutes % DAY_MINUTES == 0;
	return duration_format(
		arena, days ? (struct duration){minutes / DAY_MINUTES, 0} : (struct duration){0, minutes});
}

/* Of a whole day: its last day, which is the one before the end. */
static struct str end_text(struct arena *arena, struct moment end)
{
	return moment_is_date(end) ? date_format(arena, date_from_days(date_days(end.date) - 1))
				   : moment_format(arena, end);
}

void snapshot_put_times(
	struct snapshot *snapshot, struct arena *arena, struct moment start, struct moment end, struct str zone)
{
	start.utc = end.utc = !zone.len && !moment_is_date(start);
	snapshot->start = start;
	snapshot->end = end;
	snapshot_put(snapshot, arena, snapshot_key(OF(start)), moment_format(arena, start));
	snapshot_put(snapshot, arena, snapshot_key(OF(end)), end_text(arena, end));
	snapshot_put(snapshot, arena, snapshot_key(OF(timezone)), zone);
}

/* --- overrides --------------------------------------------------------------------------------------------------- */

/* True of a key whose value an occurrence has from its event. */
static bool is_of_event(const struct key *key)
{
	switch (key->offset) {
	case OF(timezone):
	case OF(rrule):
	case OF(exdate):
	case OF(overrides):
		return true;
	default:
		return false;
	}
}

/* True of start and end, if the occurrence begins where the rule puts it, or lasts as long as the event. */
static bool follows_rule(
	const struct key *key, const struct snapshot *event, struct moment id, const struct snapshot *occurrence)
{
	int64_t start = moment_seconds(occurrence->start);
	if (key->offset == OF(start))
		return start == moment_seconds(id);
	return key->offset == OF(end) &&
	       moment_seconds(occurrence->end) - start == moment_seconds(event->end) - moment_seconds(event->start);
}

static void add_lines(struct buffer *out, struct moment id, const struct key *key, struct str text)
{
	do {
		size_t end = str_find(text, '\n');
		buffer_format(out, "%04d-%02d-%02d %s: ", id.date.year, id.date.month, id.date.day, key->name);
		buffer_add(out, str_part(text, 0, end));
		buffer_byte(out, '\n');
		text = str_part(text, end < text.len ? end + 1 : end, text.len);
	} while (text.len);
}

void snapshot_add_override(
	struct buffer *lines, const struct snapshot *event, struct moment id, const struct snapshot *occurrence)
{
	size_t before = lines->len;
	for (const struct key *key = keys; key->name; key++) {
		struct str text = snapshot_text(occurrence, key);
		if (!(key->where & IN_EVENT) || is_of_event(key) || follows_rule(key, event, id, occurrence))
			continue;
		if (key->offset == OF(start) || key->offset == OF(end) || !str_equal(text, snapshot_text(event, key)))
			add_lines(lines, id, key, text);
	}
	if (lines->len == before)
		buffer_format(lines, "%04d-%02d-%02d\n", id.date.year, id.date.month, id.date.day);
}

/* --- of a calendar ----------------------------------------------------------------------------------------------- */

static struct str choice_text(const struct key *key, int value)
{
	return str_from(key->words[value]);
}

static struct str categories_text(struct arena *arena, const struct schedule *schedule)
{
	struct buffer out = {0};
	size_t count;
	const struct str *words = schedule_categories(arena, schedule, &count);
	for (size_t i = 0; i < count; i++)
		buffer_format(&out, "%s%.*s", i ? ", " : "", STR_ARG(words[i]));
	struct str text = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return text;
}

static struct str texts_text(struct arena *arena, const struct texts *texts)
{
	struct buffer out = {0};
	for (size_t i = 0; i < texts->count; i++)
		buffer_format(&out, "%s%.*s", i ? ", " : "", STR_ARG(texts->items[i].str));
	struct str text = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return text;
}

static struct str exdate_text(struct arena *arena, const struct occurrences *all)
{
	struct buffer out = {0};
	for (size_t i = 0; i < all->count; i++)
		if (all->items[i].excluded)
			buffer_format(&out, "%s%.*s", out.len ? ", " : "",
				STR_ARG(date_format(arena, all->items[i].id.date)));
	struct str text = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return text;
}

/* The text of a value that is published as it is given; empty for a key that is not published. */
static struct str given_text(struct arena *arena, const struct key *key, const struct event *event)
{
	const void *value = key_value(key, event);
	const struct person *person = value;
	const struct conference *conference = value;
	const struct position *position = value;
	if (!key->property || (key->flags & KEY_UNCOMPARED) || !at_valid(value))
		return STR("");
	switch (key->kind) {
	case KIND_LINE:
	case KIND_URL:
	case KIND_COLOR:
		return ((const struct text *)value)->str;
	case KIND_URLS:
		return texts_text(arena, value);
	case KIND_CHOICE:
		return choice_text(key, ((const struct choice *)value)->value);
	case KIND_GEO:
		return snapshot_geo(arena, position->latitude, position->longitude);
	case KIND_PERSON:
		return snapshot_person(arena, property_name(arena, person->name.str), person->email.str);
	case KIND_CONFERENCE:
		return snapshot_conference(arena, conference->url.str, property_name(arena, conference->label.str));
	default:
		return STR("");
	}
}

/* What stands under a key: of by_key and other see snapshot_by_key(). */
struct way {
	bool by_key;
	const struct event *other;
};

/* An event that has nothing to describe but one key. */
static struct event only_of(const struct event *event, const struct key *key)
{
	struct event only = {0};
	event_open(&only);
	only.language = event->language;
	only.html = event->html;
	key_point(key, &only, key_value(key, event));
	return only;
}

/* The part of a description that one key makes. */
static struct str part_of(
	struct arena *arena, const struct calendar *calendar, const struct key *key, const struct event *event)
{
	struct event only = only_of(event, key);
	return at_valid(key_value(key, event)) ? vevent_description(arena, calendar, &only) : STR("");
}

static struct str html_of(
	struct arena *arena, const struct calendar *calendar, const struct event *event, struct way way)
{
	struct event only = only_of(event, snapshot_key(OF(description)));
	return vevent_html(arena, calendar, way.by_key ? &only : event);
}

/* The text of a key but for start, end, timezone and overrides. */
static struct str text_of(struct arena *arena, const struct calendar *calendar, const struct key *key,
	const struct schedule *schedule, struct way way)
{
	const struct event *event = schedule->event;
	switch (key->offset) {
	case OF(details):
	case OF(registration):
		return way.by_key ? part_of(arena, calendar, key, event) : STR("");
	case OF(summary):
		return way.by_key ? event->summary->str : words_summary(arena, calendar, event);
	case OF(location):
		return vevent_location(event);
	case OF(description):
		if (way.other && str_equal(event->description->text.str, way.other->description->text.str))
			return event->description->text.str;
		return way.by_key ? part_of(arena, calendar, key, event) : vevent_description(arena, calendar, event);
	case OF(html):
		return html_of(arena, calendar, event, way);
	case OF(part_of):
		return schedule_parent(schedule) ? schedule_parent(schedule)->uid : STR("");
	case OF(language):
		return at_valid(&event->language->at) ? choice_text(key, event->language->value) : STR("");
	case OF(categories):
		return categories_text(arena, schedule);
	case OF(show_as):
		return choice_text(key, vevent_show_as(schedule, FORM_PUBLISH));
	case OF(reminder):
		return vevent_reminds(event) ? snapshot_reminder(arena, duration_minutes(event->reminder->duration))
					     : STR("");
	case OF(rrule):
		return schedule->recurring ? vevent_rule(arena, schedule) : STR("");
	case OF(exdate):
		return schedule->recurring ? exdate_text(arena, &schedule->recurring->occurrences) : STR("");
	default:
		return given_text(arena, key, event);
	}
}

static struct snapshot values_of(
	struct arena *arena, const struct calendar *calendar, const struct schedule *schedule, struct way way)
{
	const struct timing *timing = &schedule->timing;
	struct snapshot snapshot = {.uid = schedule->uid, .cancelled = event_cancelled(schedule->event)};
	snapshot_put_times(&snapshot, arena, timing->start, timing->end, vevent_zone(timing));
	for (const struct key *key = keys; key->name; key++)
		if (key->where & IN_EVENT)
			snapshot_put(&snapshot, arena, key, text_of(arena, calendar, key, schedule, way));
	snapshot.summary = snapshot_text(&snapshot, snapshot_key(OF(summary)));
	return snapshot;
}

static struct snapshot make(
	struct arena *arena, const struct calendar *calendar, const struct schedule *schedule, struct way way)
{
	struct snapshot snapshot = values_of(arena, calendar, schedule, way);
	struct buffer lines = {0};
	for (size_t i = 0; schedule->recurring && i < schedule->recurring->occurrences.count; i++) {
		const struct occurrence *occurrence = &schedule->recurring->occurrences.items[i];
		if (!vevent_has(occurrence, FORM_PUBLISH))
			continue;
		struct snapshot own = values_of(arena, calendar, occurrence->own, way);
		snapshot_add_override(&lines, &snapshot, occurrence->id, &own);
	}
	snapshot_put(&snapshot, arena, snapshot_key(OF(overrides)), str_copy(arena, buffer_str(&lines)));
	buffer_free(&lines);
	return snapshot;
}

struct snapshot snapshot_of(struct arena *arena, const struct calendar *calendar, const struct schedule *schedule)
{
	return make(arena, calendar, schedule, (struct way){false, NULL});
}

struct snapshot snapshot_by_key(struct arena *arena, const struct calendar *calendar, const struct schedule *schedule,
	const struct event *other)
{
	return make(arena, calendar, schedule, (struct way){true, other});
}
