#include "ical/property.h"

#include "base/arena.h"
#include "decode/keys.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

static icalproperty *new_property(icalproperty_kind kind, icalvalue *value)
{
	icalproperty *property = icalproperty_new(kind);
	icalproperty_set_value(property, value);
	return property;
}

icalproperty *property_text(struct arena *arena, icalproperty_kind kind, struct str text)
{
	return new_property(kind, icalvalue_new_text(str_copy(arena, text).ptr));
}

icalproperty *property_uri(struct arena *arena, icalproperty_kind kind, struct str uri)
{
	return new_property(kind, icalvalue_new_uri(str_copy(arena, uri).ptr));
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

icalproperty *property_raw(struct arena *arena, icalproperty_kind kind, icalparameter_value type, struct str value)
{
	/* libical prints a URI as it stands, and no "VALUE=URI" if the type is the property's own. */
	icalproperty *property = property_uri(arena, kind, value);
	icalproperty_set_parameter(property, icalparameter_new_value(type));
	return property;
}

icalproperty *property_x(struct arena *arena, const char *name, struct str text)
{
	icalproperty *property = property_raw(arena, ICAL_X_PROPERTY, ICAL_VALUE_X, property_escape(arena, text));
	icalproperty_set_x_name(property, name);
	return property;
}

struct str property_moment_text(struct arena *arena, struct moment moment, bool utc)
{
	struct buffer out = {0};
	buffer_number(&out, moment.date.year, 4);
	buffer_number(&out, moment.date.month, 2);
	buffer_number(&out, moment.date.day, 2);
	if (!moment_is_date(moment)) {
		buffer_byte(&out, 'T');
		buffer_number(&out, moment.minute / 60, 2);
		buffer_number(&out, moment.minute % 60, 2);
		buffer_add(&out, utc ? STR("00Z") : STR("00"));
	}
	struct str text = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return text;
}

/* Without libical's own values of time, which print no years after 3000. */
icalproperty *property_moment(struct arena *arena, icalproperty_kind kind, struct moment moment, struct str zone)
{
	icalproperty *property =
		property_raw(arena, kind, moment_is_date(moment) ? ICAL_VALUE_DATE : ICAL_VALUE_DATETIME,
			property_moment_text(arena, moment, !zone.len));
	/* A parameter: a zone in the value would bring libical's own VTIMEZONE and TZID prefix. */
	if (!moment_is_date(moment) && zone.len)
		icalproperty_add_parameter(property, icalparameter_new_tzid(str_copy(arena, zone).ptr));
	return property;
}

icalproperty *property_instant(struct arena *arena, icalproperty_kind kind, int64_t instant)
{
	struct moment moment = moment_from_seconds(instant);
	int second = (int)((instant % 60 + 60) % 60);
	struct str minutes = property_moment_text(arena, moment, false);
	struct str text = str_format(arena, "%.*s%02dZ", STR_ARG(str_part(minutes, 0, minutes.len - 2)), second);
	return property_raw(arena, kind, ICAL_VALUE_DATETIME, text);
}

struct str property_name(struct arena *arena, struct str name)
{
	struct str copy = str_copy(arena, name);
	char *text = (char *)copy.ptr;
	for (size_t i = 0; i < copy.len; i++)
		if (text[i] == '"')
			text[i] = '\'';
	return copy;
}

/* More than libical has kinds of property: ICAL_NO_PROPERTY is not the last of them. */
enum { KINDS_MAXIMUM = 256 };

/* Made once: it is read for every property of every event, in several threads. */
static const struct key *keys_by_kind[KINDS_MAXIMUM];
static pthread_once_t keys_once = PTHREAD_ONCE_INIT;

static void find_keys(void)
{
	for (const struct key *key = keys; key->name; key++) {
		icalproperty_kind kind = key->property ? icalproperty_string_to_kind(key->property) : ICAL_NO_PROPERTY;
		assert((unsigned)kind < KINDS_MAXIMUM);
		if (kind != ICAL_X_PROPERTY && kind != ICAL_NO_PROPERTY && !keys_by_kind[kind])
			keys_by_kind[kind] = key;
	}
}

const struct key *property_key(icalproperty_kind kind)
{
	pthread_once(&keys_once, find_keys);
	return (unsigned)kind < KINDS_MAXIMUM ? keys_by_kind[kind] : NULL;
}

/* --- read back ---------------------------------------------------------------------------------------------------- */

struct moment property_moment_of(icalproperty *property)
{
	const icalvalue *value = property ? icalproperty_get_value(property) : NULL;
	bool is_date = value && icalvalue_isa(value) == ICAL_DATE_VALUE;
	struct icaltimetype time = is_date ? icalvalue_get_date(value)
				   : value && icalvalue_isa(value) == ICAL_DATETIME_VALUE
					   ? icalvalue_get_datetime(value)
					   : icaltime_null_time();
	return (struct moment){
		.date = {(short)time.year, (signed char)time.month, (signed char)time.day},
		.minute = is_date ? -1 : (short)(time.hour * 60 + time.minute),
		.utc = !is_date && value && icaltime_is_utc(time),
	};
}

struct str property_plain(struct arena *arena, icalproperty *property)
{
	const icalvalue *value = icalproperty_get_value(property);
	if (!value)
		return STR("");
	if (icalvalue_isa(value) == ICAL_TEXT_VALUE)
		return str_copy(arena, str_from(icalvalue_get_text(value)));
	if (icalvalue_isa(value) == ICAL_X_VALUE)
		return str_copy(arena, str_from(icalvalue_get_x(value)));
	char *printed = icalvalue_as_ical_string_r(value);
	struct str text = str_copy(arena, str_from(printed));
	free(printed);
	return text;
}

struct str property_parameter(struct arena *arena, icalproperty *property, const char *name)
{
	return str_copy(arena, str_from(icalproperty_get_parameter_as_string(property, name)));
}
