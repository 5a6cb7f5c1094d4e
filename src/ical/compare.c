#include "ical/compare.h"

#include "base/arena.h"
#include "time/date.h"

#include <libical/ical.h>

#include <stdlib.h>

static const struct {
	icalproperty_kind kind;
	const char *name;
} compared[] = {
	{ICAL_SUMMARY_PROPERTY, "summary"},
	{ICAL_RRULE_PROPERTY, "rrule"},
	{ICAL_EXDATE_PROPERTY, "exdate"},
	{ICAL_LOCATION_PROPERTY, "location"},
	{ICAL_GEO_PROPERTY, "geo"},
	{ICAL_CONFERENCE_PROPERTY, "conference"},
	{ICAL_URL_PROPERTY, "url"},
	{ICAL_DESCRIPTION_PROPERTY, "description"},
	{ICAL_CATEGORIES_PROPERTY, "categories"},
	{ICAL_STATUS_PROPERTY, "status"},
	{ICAL_CLASS_PROPERTY, "class"},
	{ICAL_TRANSP_PROPERTY, "show-as"},
	{ICAL_PRIORITY_PROPERTY, "priority"},
	{ICAL_COLOR_PROPERTY, "color"},
	{ICAL_IMAGE_PROPERTY, "image"},
	{ICAL_ATTACH_PROPERTY, "attach"},
	{ICAL_CONTACT_PROPERTY, "contact"},
	{ICAL_ORGANIZER_PROPERTY, "organizer"},
};

/* libical parses a whole VCALENDAR; NULL for none, and for no text at all. */
static icalcomponent *parse(struct arena *arena, struct str text)
{
	return text.len ? icalparser_parse_string(str_copy(arena, text).ptr) : NULL;
}

static icalcomponent *event_of(icalcomponent *vcalendar)
{
	return vcalendar ? icalcomponent_get_first_component(vcalendar, ICAL_VEVENT_COMPONENT) : NULL;
}

/* All properties of a kind as text: there may be several, such as ATTACH. */
static struct str all_of(struct arena *arena, icalcomponent *event, icalproperty_kind kind)
{
	struct buffer out = {0};
	icalproperty *property = event ? icalcomponent_get_first_property(event, kind) : NULL;
	for (; property; property = icalcomponent_get_next_property(event, kind)) {
		char *text = icalproperty_as_ical_string_r(property);
		buffer_add(&out, str_from(text));
		free(text);
	}
	struct str all = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return all;
}

static struct str alarms_of(struct arena *arena, icalcomponent *event)
{
	icalcomponent *alarm = event ? icalcomponent_get_first_component(event, ICAL_VALARM_COMPONENT) : NULL;
	icalproperty *trigger = alarm ? icalcomponent_get_first_property(alarm, ICAL_TRIGGER_PROPERTY) : NULL;
	return trigger ? all_of(arena, alarm, ICAL_TRIGGER_PROPERTY) : STR("");
}

static struct str start_of(struct arena *arena, icalcomponent *event)
{
	icalproperty *start = event ? icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY) : NULL;
	if (!start)
		return STR("");
	struct icaltimetype time = icalproperty_get_dtstart(start);
	struct moment moment = {
		.date = {(short)time.year, (signed char)time.month, (signed char)time.day},
		.minute = time.is_date ? -1 : (short)(time.hour * 60 + time.minute),
		.utc = icaltime_is_utc(time),
	};
	return moment_format(arena, moment);
}

/* The occurrences with values of their own, as text, without what is of the revision. */
static struct str overrides_of(struct arena *arena, icalcomponent *vcalendar)
{
	static const icalproperty_kind revision[] = {
		ICAL_DTSTAMP_PROPERTY, ICAL_CREATED_PROPERTY, ICAL_LASTMODIFIED_PROPERTY, ICAL_SEQUENCE_PROPERTY};
	struct buffer out = {0};
	icalcomponent *event = event_of(vcalendar);
	while (event && (event = icalcomponent_get_next_component(vcalendar, ICAL_VEVENT_COMPONENT))) {
		for (size_t i = 0; i < sizeof(revision) / sizeof(*revision); i++) {
			icalproperty *property = icalcomponent_get_first_property(event, revision[i]);
			if (property) {
				icalcomponent_remove_property(event, property);
				icalproperty_free(property);
			}
		}
		char *text = icalcomponent_as_ical_string_r(event);
		buffer_add(&out, str_from(text));
		free(text);
	}
	struct str all = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return all;
}

static struct str summary_of(struct arena *arena, icalcomponent *event)
{
	const char *summary = event ? icalcomponent_get_summary(event) : NULL;
	return str_copy(arena, str_from(summary));
}

struct change compare_events(struct arena *arena, struct str before, struct str now)
{
	memory_watch();
	icalcomponent *old_calendar = parse(arena, before), *new_calendar = parse(arena, now);
	icalcomponent *old = event_of(old_calendar), *new = event_of(new_calendar);
	struct change change = {.from = start_of(arena, old), .to = start_of(arena, new)};
	struct buffer what = {0};
	change.summary = summary_of(arena, new ? new : old);
	if (old && new) {
		change.moved =
			!str_equal(
				all_of(arena, old, ICAL_DTSTART_PROPERTY), all_of(arena, new, ICAL_DTSTART_PROPERTY)) ||
			!str_equal(all_of(arena, old, ICAL_DTEND_PROPERTY), all_of(arena, new, ICAL_DTEND_PROPERTY));
		change.cancelled = icalcomponent_get_status(new) == ICAL_STATUS_CANCELLED &&
				   icalcomponent_get_status(old) != ICAL_STATUS_CANCELLED;
		for (size_t i = 0; i < sizeof(compared) / sizeof(*compared); i++)
			if (!str_equal(all_of(arena, old, compared[i].kind), all_of(arena, new, compared[i].kind)))
				buffer_format(&what, "%s%s", what.len ? ", " : "", compared[i].name);
		if (!str_equal(overrides_of(arena, old_calendar), overrides_of(arena, new_calendar)))
			buffer_format(&what, "%soverrides", what.len ? ", " : "");
		if (!str_equal(alarms_of(arena, old), alarms_of(arena, new)))
			buffer_format(&what, "%sreminder", what.len ? ", " : "");
	}
	memory_check();
	change.what = str_copy(arena, buffer_str(&what));
	buffer_free(&what);
	if (old_calendar)
		icalcomponent_free(old_calendar);
	if (new_calendar)
		icalcomponent_free(new_calendar);
	return change;
}
