#include "ical/vtimezone.h"

#include "base/arena.h"
#include "ical/property.h"
#include "time/zone.h"

/* STANDARD or DAYLIGHT: from is the offset before its change, to the one it brings; day NULL: it never changes. */
static void add_observance(icalcomponent *zone, icalcomponent *observance, struct arena *arena, int32_t from,
	int32_t to, const struct yearly_day *day)
{
	static const char *const weekdays[] = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
	struct icaltimetype start = icaltime_null_time();
	struct date date = date_from_days(day ? yearly_days(day, 1970) : 0);
	start.year = date.year;
	start.month = date.month;
	start.day = date.day;
	if (day) {
		start.hour = day->second / 3600;
		start.minute = day->second / 60 % 60;
	}
	icalcomponent_add_property(observance, icalproperty_new_dtstart(start));
	if (day) {
		struct str rule = str_format(
			arena, "FREQ=YEARLY;BYMONTH=%d;BYDAY=%d%s", day->month, day->week, weekdays[day->weekday]);
		icalcomponent_add_property(
			observance, icalproperty_new_rrule(icalrecurrencetype_from_string(rule.ptr)));
	}
	icalcomponent_add_property(observance, icalproperty_new_tzoffsetfrom(from));
	icalcomponent_add_property(observance, icalproperty_new_tzoffsetto(to));
	icalcomponent_add_component(zone, observance);
}

void vtimezone_print(struct buffer *out, struct arena *arena, const struct zone_rules *rules)
{
	const struct yearly *yearly = &rules->yearly;
	memory_watch();
	icalcomponent *zone = icalcomponent_new_vtimezone();
	property_text(zone, ICAL_TZID_PROPERTY, arena, zone_name(rules->zone));
	bool twice = yearly->has_daylight;
	if (twice)
		add_observance(zone, icalcomponent_new_xdaylight(), arena, yearly->standard, yearly->daylight,
			&yearly->to_daylight);
	add_observance(zone, icalcomponent_new_xstandard(), arena, twice ? yearly->daylight : yearly->standard,
		yearly->standard, twice ? &yearly->to_standard : NULL);
	property_print(out, zone);
}
