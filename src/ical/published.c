#include "ical/published.h"

#include "base/arena.h"
#include "ical/property.h"
#include "ical/vevent.h"
#include "text/words.h"
#include "time/limits.h"

#include <stdlib.h>

#define OF(member) offsetof(struct event, member)

/* The word of a key for a published value, which is the same word but for case, or has the same place in a list. */
static struct str choice_text(const struct key *key, icalproperty *property, struct str value)
{
	for (size_t i = 0; key->words[i]; i++) {
		bool same = str_equal_nocase(value, str_from(key->words[i]));
		if (key->offset == OF(show_as))
			same = str_equal(value, str_from(vevent_busy[i]));
		else if (key->offset == OF(priority))
			same = icalproperty_get_priority(property) == vevent_priorities[i];
		if (same)
			return str_from(key->words[i]);
	}
	return STR("");
}

/* The rule as vevent_rule() writes it: libical orders the parts in its own way. */
static struct str rule_as_published(struct arena *arena, struct str text)
{
	struct recurrence rule = {0};
	struct rule_fault faults[RULE_FAULTS_MOST];
	if (rule_read(arena, text, &rule, faults))
		return text;
	struct extent until = rule.parts[PART_UNTIL];
	size_t name = sizeof("UNTIL=") - 1;
	return rule_text(
		arena, &rule, rule_has(&rule, PART_UNTIL) ? str_part(text, until.begin + name, until.end) : STR(""));
}

/* No category has a comma; libical leaves some lists whole, such as "a\;b,c". */
static struct str categories_text(struct arena *arena, struct str text)
{
	struct buffer out = {0};
	for (size_t i = 0; i < text.len; i++)
		buffer_add(&out, text.ptr[i] == ',' ? STR(", ") : str_part(text, i, i + 1));
	struct str parted = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return parted;
}

static struct str value_text(struct arena *arena, const struct key *key, icalproperty *property)
{
	struct str text = property_plain(arena, property), mailto = STR("mailto:");
	switch (key->kind) {
	case KIND_CHOICE:
		return choice_text(key, property, text);
	case KIND_GEO: {
		struct icalgeotype geo = icalproperty_get_geo(property);
		return snapshot_geo(arena, geo.lat, geo.lon);
	}
	case KIND_PERSON:
		return snapshot_person(arena, property_parameter(arena, property, "CN"),
			str_starts(text, mailto) ? str_part(text, mailto.len, text.len) : text);
	case KIND_CONFERENCE:
		return snapshot_conference(arena, text, property_parameter(arena, property, "LABEL"));
	case KIND_CATEGORIES:
		return categories_text(arena, text);
	case KIND_RULE:
		return rule_as_published(arena, text);
	case KIND_MOMENTS:
		return date_format(arena, property_moment_of(property).date);
	default:
		return text;
	}
}

/* The key of a property, or NULL. That of show-as is Microsoft's, which tells more than TRANSP. */
static const struct key *key_of(icalproperty *property)
{
	icalproperty_kind kind = icalproperty_isa(property);
	struct str name = kind == ICAL_X_PROPERTY ? str_from(icalproperty_get_x_name(property)) : STR("");
	if (str_equal(name, STR("X-ALT-DESC")))
		return snapshot_key(OF(html));
	if (str_equal(name, STR("X-MICROSOFT-CDO-BUSYSTATUS")))
		return snapshot_key(OF(show_as));
	const struct key *key = property_key(kind);
	bool other = !key || !(key->where & IN_EVENT) || (key->flags & KEY_UNCOMPARED);
	return other || kind == ICAL_TRANSP_PROPERTY || kind == ICAL_DTSTART_PROPERTY || kind == ICAL_DTEND_PROPERTY
		       ? NULL
		       : key;
}

/* libical makes a property of each value of a list; they follow each other. */
static void put_values(struct snapshot *snapshot, struct arena *arena, icalcomponent *vevent)
{
	struct buffer list = {0};
	icalproperty *property = icalcomponent_get_first_property(vevent, ICAL_ANY_PROPERTY);
	while (property) {
		const struct key *key = key_of(property);
		list.len = 0;
		do {
			struct str text = key ? value_text(arena, key, property) : STR("");
			buffer_format(&list, "%s%.*s", list.len ? ", " : "", STR_ARG(text));
			property = icalcomponent_get_next_property(vevent, ICAL_ANY_PROPERTY);
		} while (property && key_of(property) == key);
		if (key)
			snapshot_put(snapshot, arena, key, str_copy(arena, buffer_str(&list)));
	}
	buffer_free(&list);
}

static struct str reminder_of(struct arena *arena, icalcomponent *vevent)
{
	icalcomponent *alarm = icalcomponent_get_first_component(vevent, ICAL_VALARM_COMPONENT);
	icalproperty *trigger = alarm ? icalcomponent_get_first_property(alarm, ICAL_TRIGGER_PROPERTY) : NULL;
	return trigger ? snapshot_reminder(
				 arena, abs(icaldurationtype_as_int(icalproperty_get_trigger(trigger).duration)) / 60)
		       : STR("");
}

static struct snapshot values_of(struct arena *arena, icalcomponent *vevent)
{
	icalproperty *start = icalcomponent_get_first_property(vevent, ICAL_DTSTART_PROPERTY);
	icalproperty *end = icalcomponent_get_first_property(vevent, ICAL_DTEND_PROPERTY);
	struct str zone = start ? property_parameter(arena, start, "TZID") : STR("");
	struct snapshot snapshot = {
		.uid = str_copy(arena, str_from(icalcomponent_get_uid(vevent))),
		.cancelled = icalcomponent_get_status(vevent) == ICAL_STATUS_CANCELLED,
	};
	snapshot_put_times(&snapshot, arena, property_moment_of(start), property_moment_of(end ? end : start), zone);
	icalproperty *summary = icalcomponent_get_first_property(vevent, ICAL_SUMMARY_PROPERTY);
	if (summary)
		snapshot_put(
			&snapshot, arena, snapshot_key(OF(language)), property_parameter(arena, summary, "LANGUAGE"));
	/* STATUS has no word for what was postponed; the summary says it. */
	struct str marked = summary ? property_plain(arena, summary) : STR("");
	enum status status;
	enum language language;
	if (words_marked(&marked, &status, &language) && status == STATUS_POSTPONED)
		snapshot_put(&snapshot, arena, snapshot_key(OF(status)), STR("postponed"));
	put_values(&snapshot, arena, vevent);
	snapshot_put(&snapshot, arena, snapshot_key(OF(reminder)), reminder_of(arena, vevent));
	snapshot.summary = snapshot_text(&snapshot, snapshot_key(OF(summary)));
	return snapshot;
}

static struct snapshot *event_of(struct arena *arena, icalcomponent *vcalendar)
{
	icalcomponent *vevent = icalcomponent_get_first_component(vcalendar, ICAL_VEVENT_COMPONENT);
	struct snapshot *event = vevent ? arena_alloc(arena, sizeof(*event)) : NULL;
	struct buffer lines = {0};
	if (!event)
		return NULL;
	*event = values_of(arena, vevent);
	while ((vevent = icalcomponent_get_next_component(vcalendar, ICAL_VEVENT_COMPONENT))) {
		struct snapshot occurrence = values_of(arena, vevent);
		icalproperty *id = icalcomponent_get_first_property(vevent, ICAL_RECURRENCEID_PROPERTY);
		snapshot_add_override(&lines, event, property_moment_of(id), &occurrence);
	}
	snapshot_put(event, arena, snapshot_key(OF(overrides)), str_copy(arena, buffer_str(&lines)));
	buffer_free(&lines);
	return event;
}

const struct snapshot *published_read(struct arena *arena, struct str text)
{
	memory_watch();
	icalcomponent *vcalendar = icalparser_parse_string(str_copy(arena, text).ptr);
	const struct snapshot *event = vcalendar ? event_of(arena, vcalendar) : NULL;
	memory_check();
	if (vcalendar)
		icalcomponent_free(vcalendar);
	return event;
}

/* The bytes up to the next line break, which are passed over with it. */
static struct str take_line(struct str text, size_t *at)
{
	struct str rest = str_part(text, *at, text.len);
	struct str line = str_part(rest, 0, str_find(rest, '\n'));
	*at += line.len + (line.len < rest.len);
	line.len -= line.len && line.ptr[line.len - 1] == '\r';
	return line;
}

/* A value of the type TEXT that may go on in the next lines (RFC 5545, 3.1 and 3.3.11), without its escapes. */
static struct str take_text(struct arena *arena, struct str begin, struct str text, size_t *at)
{
	struct buffer out = {0};
	buffer_add(&out, begin);
	while (*at < text.len && text.ptr[*at] == ' ') {
		struct str line = take_line(text, at);
		buffer_add(&out, str_part(line, 1, line.len));
	}
	size_t len = 0;
	for (size_t i = 0; i < out.len; i++) {
		i += out.ptr[i] == '\\' && i + 1 < out.len;
		out.ptr[len++] = out.ptr[i];
	}
	struct str value = str_copy(arena, (struct str){out.ptr, len});
	buffer_free(&out);
	return value;
}

bool published_next(struct arena *arena, struct str text, size_t *at, struct version *version)
{
	struct str uid = STR("UID:"), sequence = STR("SEQUENCE:");
	*version = (struct version){.uid = STR("")};
	while (*at < text.len) {
		struct str line = take_line(text, at);
		if (str_starts(line, uid))
			version->uid = take_text(arena, str_part(line, uid.len, line.len), text, at);
		else if (str_starts(line, sequence))
			version->sequence = (int)strtol(str_copy(arena, line).ptr + sequence.len, NULL, 10);
		else if (str_equal(line, STR("END:VEVENT")))
			return true;
	}
	return false;
}
