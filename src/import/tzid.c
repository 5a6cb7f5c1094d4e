#include "import/tzid.h"

#include "base/arena.h"
#include "time/date.h"
#include "time/zone_hint.h"

#include <string.h>

static const struct {
	const char *name, *zone, *all;
} windows[] = {
#include "import/windows.inc"
};

enum { WINDOWS = sizeof(windows) / sizeof(*windows) };

/* A zone of the system by its name, or the end of the name behind a slash: "/example.org/20210101/Europe/Amsterdam". */
static const struct zone *by_name(struct import *import, struct str name)
{
	const struct zone *zone;
	for (size_t i = 0; i < name.len; i++) {
		if (i && name.ptr[i - 1] != '/')
			continue;
		struct str end = str_copy(import->findings->arena, str_part(name, i, name.len));
		if (zone_get(import->zones, end, &zone) == ZONE_OK)
			return zone;
	}
	return NULL;
}

/* "Eastern Standard Time 1" is Outlook's second zone of that name in a file. */
static struct str without_number(struct str name)
{
	size_t len = name.len;
	while (len && name.ptr[len - 1] >= '0' && name.ptr[len - 1] <= '9')
		len--;
	return len < name.len && len && name.ptr[len - 1] == ' ' ? str_part(name, 0, len - 1) : name;
}

static const struct zone *by_windows(struct import *import, struct str name)
{
	const struct zone *own = import_zone(import);
	for (size_t i = 0; i < WINDOWS; i++) {
		if (!str_equal_nocase(name, str_from(windows[i].name)))
			continue;
		struct str word =
			own ? str_format(import->findings->arena, " %.*s ", STR_ARG(zone_name(own))) : STR("");
		return word.len && strstr(windows[i].all, word.ptr) ? own : by_name(import, str_from(windows[i].zone));
	}
	return NULL;
}

static struct str text_of(icalcomponent *component, icalproperty_kind kind, const char *x_name)
{
	icalproperty *property = icalcomponent_get_first_property(component, kind);
	while (property && x_name && strcmp(icalproperty_get_x_name(property), x_name) != 0)
		property = icalcomponent_get_next_property(component, kind);
	const char *text = !property ? NULL : x_name ? icalproperty_get_x(property) : icalproperty_get_tzid(property);
	return str_from(text);
}

void tzid_gather(struct map *all, struct arena *arena, icalcomponent *calendar)
{
	icalcomponent *rules = icalcomponent_get_first_component(calendar, ICAL_VTIMEZONE_COMPONENT);
	for (; rules; rules = icalcomponent_get_next_component(calendar, ICAL_VTIMEZONE_COMPONENT))
		map_put(all, arena, str_copy(arena, text_of(rules, ICAL_TZID_PROPERTY, NULL)), rules);
}

/* Whether a zone has the offsets of the rules, at noon twice a month in two years. */
static bool has_offsets(const struct zone *zone, icaltimezone *rules, int year)
{
	for (int month = 0; month < 24; month++)
		for (int day = 1; day <= 15; day += 14) {
			struct date date = {
				(short)(year + month / 12), (signed char)(month % 12 + 1), (signed char)day};
			struct icaltimetype noon = {.year = date.year, .month = date.month, .day = day, .hour = 12};
			int64_t local = date_days(date) * DAY_SECONDS + DAY_SECONDS / 2;
			int is_daylight;
			if (zone_local(zone, local).instant !=
				local - icaltimezone_get_utc_offset(rules, &noon, &is_daylight))
				return false;
		}
	return true;
}

/* The calendar's own zone, one that Windows names, and then any. */
static const struct zone *by_rules(struct import *import, icaltimezone *rules, int year)
{
	const struct zone *zone = import_zone(import);
	if (zone && has_offsets(zone, rules, year))
		return zone;
	for (size_t i = 0; i < WINDOWS; i++)
		if ((zone = by_name(import, str_from(windows[i].zone))) && has_offsets(zone, rules, year))
			return zone;
	size_t count;
	const struct str *names = zones_names(import->zones, &count);
	for (size_t i = 0; i < count; i++)
		if (zone_get(import->zones, names[i], &zone) == ZONE_OK && has_offsets(zone, rules, year))
			return zone;
	return NULL;
}

struct tzid tzid_find(struct import *import, const struct map *all, struct str name, int year, bool hint)
{
	icalcomponent *rules = map_get(all, name);
	struct str trimmed = str_trim(name);
	struct tzid found = {by_name(import, trimmed), NULL};
	if (!found.zone)
		found.zone = by_windows(import, without_number(trimmed));
	if (!found.zone && rules)
		found.zone = by_name(import, text_of(rules, ICAL_X_PROPERTY, "X-LIC-LOCATION"));
	if (!found.zone && rules) {
		found.rules = icaltimezone_new();
		/* A copy: to take it out of the calendar, libical would look through all that is in there. */
		icaltimezone_set_component(found.rules, icalcomponent_new_clone(rules));
		found.zone = by_rules(import, found.rules, year);
	}
	if (!found.zone && !rules && hint) {
		struct zone_hint meant = zone_hint(import->zones, trimmed, import_zone(import));
		if (meant.sure)
			found.zone = by_name(import, meant.name);
	}
	return found;
}
