#include "ical/property.h"

#include "base/arena.h"
#include "ical/fold.h"

#include <assert.h>
#include <stdlib.h>

static icalproperty *add(icalcomponent *component, icalproperty_kind kind, icalvalue *value)
{
	icalproperty *property = icalproperty_new(kind);
	icalproperty_set_value(property, value);
	icalcomponent_add_property(component, property);
	return property;
}

icalproperty *property_text(icalcomponent *component, icalproperty_kind kind, struct arena *arena, struct str text)
{
	return add(component, kind, icalvalue_new_text(str_copy(arena, text).ptr));
}

icalproperty *property_uri(icalcomponent *component, icalproperty_kind kind, struct arena *arena, struct str uri)
{
	return add(component, kind, icalvalue_new_uri(str_copy(arena, uri).ptr));
}

struct str property_escape(struct arena *arena, struct str text)
{
	icalvalue *value = icalvalue_new_text(str_copy(arena, text).ptr);
	char *escaped = icalvalue_as_ical_string_r(value);
	struct str copy = str_copy(arena, str_from(escaped));
	free(escaped);
	icalvalue_free(value);
	return copy;
}

icalproperty *property_raw(icalcomponent *component, icalproperty_kind kind, icalparameter_value type,
	struct arena *arena, struct str value)
{
	/* A URI is printed as it stands; naming the property's own type keeps "VALUE=URI" away. */
	icalproperty *property = property_uri(component, kind, arena, value);
	icalproperty_set_parameter(property, icalparameter_new_value(type));
	return property;
}

icalproperty *property_x(icalcomponent *component, const char *name, struct arena *arena, struct str text)
{
	icalproperty *property =
		property_raw(component, ICAL_X_PROPERTY, ICAL_VALUE_X, arena, property_escape(arena, text));
	icalproperty_set_x_name(property, name);
	return property;
}

struct str property_moment_text(struct arena *arena, struct moment moment, bool utc)
{
	struct date date = moment.date;
	if (moment_is_date(moment))
		return str_format(arena, "%04d%02d%02d", date.year, date.month, date.day);
	return str_format(arena, "%04d%02d%02dT%02d%02d00%s", date.year, date.month, date.day, moment.minute / 60,
		moment.minute % 60, utc ? "Z" : "");
}

/* Not by libical's own values of time: they print no years after 3000. */
void property_moment(
	icalcomponent *component, icalproperty_kind kind, struct arena *arena, struct moment moment, struct str zone)
{
	icalproperty *property =
		property_raw(component, kind, moment_is_date(moment) ? ICAL_VALUE_DATE : ICAL_VALUE_DATETIME, arena,
			property_moment_text(arena, moment, !zone.len));
	/* A zone in the value would bring libical's own VTIMEZONE and prefix with it. */
	if (!moment_is_date(moment) && zone.len)
		icalproperty_add_parameter(property, icalparameter_new_tzid(str_copy(arena, zone).ptr));
}

void property_instant(icalcomponent *component, icalproperty_kind kind, struct arena *arena, int64_t instant)
{
	struct moment moment = moment_from_seconds(instant);
	int second = (int)((instant % 60 + 60) % 60);
	struct str minutes = property_moment_text(arena, moment, false);
	struct str text = str_format(arena, "%.*s%02dZ", STR_ARG(str_part(minutes, 0, minutes.len - 2)), second);
	property_raw(component, kind, ICAL_VALUE_DATETIME, arena, text);
}

const char *property_name_value(struct arena *arena, struct str name)
{
	char *value = (char *)str_copy(arena, name).ptr;
	for (char *c = value; *c; c++)
		if (*c == '"')
			*c = '\'';
	return value;
}

void property_print_open(struct buffer *out, struct buffer *tail, icalcomponent *component)
{
	char *text = icalcomponent_as_ical_string_r(component);
	memory_check();
	icalcomponent_free(component);
	struct str printed = str_from(text);
	size_t end = printed.len;
	if (tail) {
		assert(printed.len);
		/* The last line is END. */
		for (end--; end && printed.ptr[end - 1] != '\n'; end--)
			;
		fold_lines(tail, str_part(printed, end, printed.len));
	}
	fold_lines(out, str_part(printed, 0, end));
	free(text);
}

void property_print(struct buffer *out, icalcomponent *component)
{
	property_print_open(out, NULL, component);
}
