#include "ical/vtimezone.h"

#include "base/arena.h"
#include "ical/lines.h"
#include "ical/property.h"
#include "time/zone.h"

/* STANDARD or DAYLIGHT: from is the offset before its change, to the one it brings; day NULL: it never changes. */
static void add_observance(struct lines *lines, const char *observance, struct arena *arena, int32_t from, int32_t to,
	const struct yearly_day *day)
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
	lines_begin(lines, observance);
	lines_add(lines, icalproperty_new_dtstart(start));
	if (day) {
		struct str rule = str_format(
			arena, "FREQ=YEARLY;BYMONTH=%d;BYDAY=%d%s", day->month, day->week, weekdays[day->weekday]);
		lines_add(lines, icalproperty_new_rrule(icalrecurrencetype_from_string(rule.ptr)));
	}
	lines_add(lines, icalproperty_new_tzoffsetfrom(from));
	lines_add(lines, icalproperty_new_tzoffsetto(to));
	lines_end(lines, observance);
}

struct str vtimezone_print(struct arena *arena, const struct zone_rules *rules)
{
	const struct yearly *yearly = &rules->yearly;
	bool twice = yearly->has_daylight;
	struct lines lines = lines_open();
	lines_begin(&lines, "VTIMEZONE");
	lines_add(&lines, property_text(arena, ICAL_TZID_PROPERTY, zone_name(rules->zone)));
	if (twice)
		add_observance(&lines, "DAYLIGHT", arena, yearly->standard, yearly->daylight, &yearly->to_daylight);
	add_observance(&lines, "STANDARD", arena, twice ? yearly->daylight : yearly->standard, yearly->standard,
		twice ? &yearly->to_standard : NULL);
	lines_end(&lines, "VTIMEZONE");
	return lines_close(&lines, arena);
}
