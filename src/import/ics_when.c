#include "base/arena.h"
#include "ical/property.h"
#include "import/ics.h"
#include "time/expand.h"
#include "time/supported.h"

#include <stdlib.h>
#include <string.h>

/* Of an endless rule so many years are followed where it must become dates; so many dates are looked at. */
enum { YEARS_AHEAD = 2, DATES_LOOKED_AT = 4000, DATES_KEPT = 1000 };

/* --- moments ------------------------------------------------------------------------------------------------------ */

static struct tzid *zone_of(struct ics *ics, struct str name, int year)
{
	struct tzid *known = map_get(&ics->zones, name);
	if (known)
		return known;
	known = arena_alloc(ics->arena, sizeof(*known));
	*known = tzid_find(ics->import, &ics->rules, name, year, ics->hints++ < HINTS_MOST);
	map_put(&ics->zones, ics->arena, name, known);
	ics->found = arena_grow(ics->arena, ics->found, ics->found_count, sizeof(*ics->found));
	ics->found[ics->found_count++] = known;
	return known;
}

/* The zone of times that name none: --timezone, else X-WR-TIMEZONE, else the calendar's. */
static const struct zone *floating_zone(struct ics *ics)
{
	const struct zone *zone = ics->import->zone;
	if (!zone && ics->zone_name.len)
		zone = zone_of(ics, ics->zone_name, ics->import->today.year)->zone;
	return zone ? zone : ics->import->calendar->timezone.zone;
}

/* Reads a moment. False: nothing describes its zone, and a finding says so. */
static bool read_time(struct ics *ics, const struct ics_item *item, struct time *time)
{
	*time = (struct time){.moment = property_moment_of(item->property)};
	struct str name = property_parameter(ics->arena, item->property, "TZID");
	if (moment_is_date(time->moment) || time->moment.utc)
		return true;
	if (!name.len) {
		time->zone = floating_zone(ics);
		if (!ics->floats++)
			ADD(ics->import, MSG_GUESSED_ZONE, item->span, time->zone ? zone_name(time->zone) : STR("…"));
		return true;
	}
	const struct tzid *tzid = zone_of(ics, name, time->moment.date.year);
	*time = (struct time){time->moment, tzid->zone, tzid->zone ? NULL : tzid->rules};
	if (!tzid->zone && !tzid->rules)
		ADD(ics->import, MSG_CANNOT_IMPORT_ZONE, item->span, name);
	else if (!tzid->zone && !map_get(&ics->unzoned, name))
		ADD(ics->import, MSG_NOT_IMPORTED_ZONE, item->span, name);
	if (!tzid->zone)
		map_put(&ics->unzoned, ics->arena, name, ics);
	/* UTC has a form of its own. */
	if (tzid->zone && zone_is_utc(tzid->zone)) {
		time->zone = NULL;
		time->moment.utc = true;
	}
	return tzid->zone || tzid->rules;
}

/* The instant of a time; of a date, or one of no zone, what it would be in UTC. */
static int64_t instant_of(const struct time *time)
{
	int64_t local = moment_seconds(time->moment);
	struct date date = time->moment.date;
	struct icaltimetype parts = {.year = date.year,
		.month = date.month,
		.day = date.day,
		.hour = time->moment.minute / 60,
		.minute = time->moment.minute % 60};
	int is_daylight;
	if (time->moment.utc || moment_is_date(time->moment))
		return local;
	if (time->rules)
		return local - icaltimezone_get_utc_offset(time->rules, &parts, &is_daylight);
	return time->zone ? zone_local(time->zone, local).instant : local;
}

/* A time on the clock of a zone; of UTC where that is NULL, unless time is of no zone itself. */
static struct moment on_clock(const struct time *time, const struct zone *zone)
{
	struct moment moment = time->moment;
	bool floating = !time->zone && !time->rules && !moment.utc;
	if (moment_is_date(moment) || (time->zone == zone && !time->rules && !moment.utc) || (floating && !zone))
		return moment;
	int64_t instant = instant_of(time);
	moment = moment_from_seconds(zone ? instant + zone_offset(zone, instant) : instant);
	moment.utc = !zone;
	return moment;
}

/* A single time in UTC, on the clock of the people who will read it, unless that hour comes twice. */
static void leave_utc(struct ics *ics, struct time *time)
{
	const struct zone *zone = floating_zone(ics);
	if (!zone || zone_is_utc(zone) || moment_is_date(time->moment) || !(time->moment.utc || time->rules))
		return;
	int64_t instant = instant_of(time);
	int64_t local = instant + zone_offset(zone, instant);
	if (zone_local(zone, local).kind == LOCAL_ONCE)
		*time = (struct time){moment_from_seconds(local), zone, NULL};
}

/* --- start and end ------------------------------------------------------------------------------------------------ */

/* The end, exclusive, of a time of the start's clock. False: there is none. */
static bool read_end(struct ics *ics, const struct vevent *vevent, const struct time *start, const struct zone *zone,
	struct moment *end, bool *failed)
{
	const struct ics_item *item = vevent_find(vevent, ICAL_DTEND_PROPERTY);
	struct moment begin = on_clock(start, zone);
	*failed = false;
	if (item) {
		struct time time;
		*failed = !read_time(ics, item, &time);
		*end = on_clock(&time, zone);
		*failed |= moment_is_date(*end) != moment_is_date(begin);
		return !*failed;
	}
	item = vevent_find(vevent, ICAL_DURATION_PROPERTY);
	if (!item)
		return false;
	struct icaldurationtype length = icalproperty_get_duration(item->property);
	int64_t days = (int64_t)length.weeks * 7 + length.days;
	int64_t seconds = length.hours * 3600LL + length.minutes * 60LL + length.seconds;
	if (length.is_neg)
		days = -days, seconds = -seconds;
	if (moment_is_date(begin)) {
		*end = (struct moment){date_from_days(date_days(begin.date) + days), -1, false};
		return true;
	}
	/* Days are those of the clock, hours exact (RFC 5545, 3.3.6). */
	struct time later = *start;
	later.moment = moment_from_seconds(moment_seconds(start->moment) + days * DAY_SECONDS);
	later.moment.utc = start->moment.utc;
	int64_t instant = instant_of(&later) + seconds;
	bool utc = begin.utc || (!zone && (start->zone || start->rules));
	*end = moment_from_seconds(zone ? instant + zone_offset(zone, instant) : instant);
	end->utc = utc;
	return true;
}

/* Puts the end as the format has it: a date inclusive, a time alone on the day of the start. */
static bool put_end(struct ics *ics, struct node *map, unsigned where, const struct ics_item *item, struct moment start,
	struct moment end)
{
	struct arena *arena = ics->arena;
	int order = moment_compare(end, start);
	if (order < 0) {
		ADD(ics->import, MSG_CANNOT_IMPORT_END, item->span, moment_format(arena, end),
			moment_format(arena, start));
		return false;
	}
	struct str text;
	if (moment_is_date(end)) {
		struct date last = date_from_days(date_days(end.date) - (order > 0));
		if (date_days(last) == date_days(start.date))
			return true;
		text = date_format(arena, last);
	} else if (!order) {
		ADD(ics->import, MSG_GUESSED_NO_END, item->span, moment_format(arena, start));
		return true;
	} else {
		bool same_day = date_days(end.date) == date_days(start.date) && !end.utc;
		text = same_day ? time_format(arena, end.minute) : moment_format(arena, end);
	}
	return draft_put_text(ics->import, map, where, "end", item->span, text);
}

/* --- rules and dates ---------------------------------------------------------------------------------------------- */

static struct str content_of(struct arena *arena, icalproperty *property)
{
	char *text = icalproperty_get_value_as_string_r(property);
	struct str copy = str_copy(arena, str_from(text));
	free(text);
	return copy;
}

/* UNTIL in the form of the start: a date, or a time in UTC. Sets *last, seconds of the rule's clock. */
static struct str until_text(struct ics *ics, const struct recurrence *rule, const struct master *master, int64_t *last)
{
	struct moment until = rule->until;
	int second = moment_is_date(until) ? 59 : rule->until_second;
	*last = INT64_MAX;
	if (!rule_has(rule, PART_UNTIL))
		return STR("");
	struct time time = {.moment = until, .zone = until.utc ? NULL : master->zone};
	if (moment_is_date(master->start))
		time.moment = until = (struct moment){until.date, -1, false};
	else if (moment_is_date(until))
		time = (struct time){{until.date, DAY_MINUTES - 1, master->start.utc}, master->zone, NULL};
	struct moment local = on_clock(&time, master->zone);
	*last = moment_seconds(local) + (moment_is_date(local) ? 0 : second);
	if (moment_is_date(master->start))
		return property_moment_text(ics->arena, until, false);
	struct moment moment = moment_from_seconds(instant_of(&time));
	struct date date = moment.date;
	return str_format(ics->arena, "%04d%02d%02dT%02d%02d%02dZ", date.year, date.month, date.day, moment.minute / 60,
		moment.minute % 60, second);
}

static int64_t days_ahead(const struct ics *ics)
{
	struct date day = ics->import->today;
	day.year = (short)(day.year + YEARS_AHEAD);
	return date_days(day) * DAY_SECONDS;
}

static int compare_moments(const void *a, const void *b)
{
	return moment_compare(*(const struct moment *)a, *(const struct moment *)b);
}

static bool has_date(const struct moment *dates, size_t count, struct moment date)
{
	return count && bsearch(&date, dates, count, sizeof(date), compare_moments);
}

/* Puts dates into their order, each once. Returns how many there are. */
static size_t put_in_order(struct moment *dates, size_t count)
{
	size_t kept = 0;
	if (count)
		qsort(dates, count, sizeof(*dates), compare_moments);
	for (size_t i = 0; i < count; i++)
		if (!kept || moment_compare(dates[kept - 1], dates[i]))
			dates[kept++] = dates[i];
	return kept;
}

/* Puts a rule that the format has. False: it has none that says the same. */
static bool put_rule(struct ics *ics, const struct ics_item *item, struct master *master)
{
	struct recurrence rule = {0};
	struct rule_fault faults[RULE_FAULTS_MOST];
	struct rule_refusal refusals[REFUSALS_MOST];
	int64_t last;
	struct str text = content_of(ics->arena, item->property);
	if (rule_read(ics->arena, text, &rule, faults) || rule_refusals(&rule, &master->start, refusals))
		return false;
	struct str until = until_text(ics, &rule, master, &last);
	struct str written = rule_text(ics->arena, &rule, until);
	struct recurrence completed = rule;
	rule_complete(&completed, master->start);
	size_t count;
	const struct moment *first = rule_expand(ics->arena, &completed, master->start, last, 1, &count);
	if (!count || moment_compare(first[0], master->start))
		return false;
	master->rule = completed;
	master->last = last;
	master->followed = INT64_MIN;
	master->ruled = draft_put_text(ics->import, master->map, IN_EVENT, "rrule", item->span, written);
	return master->ruled;
}

/* Puts the dates of an event's rule, as far as a moment that somebody names, among its dates. */
static void follow(struct ics *ics, struct master *master, struct moment until)
{
	int64_t asked = moment_seconds(until);
	if (!master->ruled || asked <= master->followed || ics->followed > FOLLOWED_BUDGET)
		return;
	/* Who names one is likely to name one more. */
	int64_t last = asked + (int64_t)YEARS_AHEAD * 366 * DAY_SECONDS;
	master->followed = last < master->last ? last : master->last;
	size_t count;
	const struct moment *dates =
		rule_expand(ics->arena, &master->rule, master->start, master->followed, DATES_LOOKED_AT, &count);
	struct moment *all = arena_alloc(ics->arena, (count + master->date_count + 1) * sizeof(*all));
	if (count)
		memcpy(all, dates, count * sizeof(*all));
	if (master->date_count)
		memcpy(all + count, master->dates, master->date_count * sizeof(*all));
	ics->followed += count;
	master->dates = all;
	master->date_count = put_in_order(all, count + master->date_count);
}

/* The dates of a rule that the format does not have, start among them. */
static void expand_rule(struct ics *ics, const struct ics_item *item, struct master *master)
{
	struct str text = content_of(ics->arena, item->property);
	size_t count;
	bool endless = !strstr(text.ptr, "COUNT=") && !strstr(text.ptr, "UNTIL=");
	int64_t today = date_days(ics->import->today) * DAY_SECONDS;
	struct moment last = moment_from_seconds(days_ahead(ics));
	last.minute = moment_is_date(master->start) ? -1 : last.minute;
	struct str bounded = endless ? str_format(ics->arena, "%.*s;UNTIL=%.*s", STR_ARG(text),
					       STR_ARG(property_moment_text(ics->arena, last, false)))
				     : text;
	size_t most = ics->dates < DATES_BUDGET ? DATES_LOOKED_AT : 0;
	const struct moment *dates = rule_preview(ics->arena, bounded, master->start, most, &count);
	ics->dates += count;
	struct moment *kept = arena_alloc(ics->arena, (master->date_count + count + 1) * sizeof(*kept));
	size_t n = master->date_count;
	if (n)
		memcpy(kept, master->dates, n * sizeof(*kept));
	for (size_t i = 0; i < count; i++) {
		int64_t seconds = moment_seconds(dates[i]);
		struct moment date = dates[i];
		date.utc = master->start.utc;
		bool wanted = !endless || (seconds >= today && seconds <= days_ahead(ics));
		if (wanted && n < DATES_KEPT)
			kept[n++] = date;
	}
	if (!endless)
		kept[n++] = master->start;
	n = put_in_order(kept, n);
	master->dates = kept;
	master->date_count = n;
	ADD(ics->import, MSG_NOT_IMPORTED_RULE, item->span, text, str_format(ics->arena, "%zu", n),
		n ? date_format(ics->arena, kept[n - 1].date) : STR(""));
}

static struct str occasion_text(struct ics *ics, const struct master *master, struct moment moment)
{
	bool same_time = moment.minute == master->start.minute;
	return same_time ? date_format(ics->arena, moment.date) : moment_format(ics->arena, moment);
}

/* The moments of all properties of a kind, on the event's clock. A PERIOD begins with one, and is left out. */
static const struct moment *moments_of(struct ics *ics, const struct vevent *vevent, icalproperty_kind kind,
	const struct master *master, size_t *count)
{
	struct moment *moments = NULL;
	*count = 0;
	for (size_t i = 0; i < vevent->count; i++) {
		const struct ics_item *item = &vevent->items[i];
		struct time time;
		if (icalproperty_isa(item->property) != kind)
			continue;
		if (!property_moment_of(item->property).date.year) {
			ADD(ics->import, MSG_NOT_IMPORTED_VALUE, item->span, content_of(ics->arena, item->property),
				kind == ICAL_RDATE_PROPERTY ? STR("rdate") : STR("exdate"),
				str_from(local_text(kinds[KIND_MOMENTS].shape)));
			continue;
		}
		if (!read_time(ics, item, &time))
			continue;
		struct moment moment = on_clock(&time, master->zone);
		/* A date of an event with a time is all of its day. */
		if (moment_is_date(moment) != moment_is_date(master->start))
			moment.minute = master->start.minute;
		moment.utc = master->start.utc;
		moments = arena_grow(ics->arena, moments, *count, sizeof(*moments));
		moments[(*count)++] = moment;
	}
	*count = put_in_order(moments, *count);
	return moments;
}

static void put_moments(struct ics *ics, const struct master *master, const char *name, const struct ics_item *item,
	const struct moment *moments, size_t count)
{
	struct node *list = node_empty(ics->arena, item->span, NODE_LIST);
	for (size_t i = 0; i < count; i++)
		node_add(ics->arena, list, node_text(ics->arena, item->span, occasion_text(ics, master, moments[i])));
	if (list->count)
		draft_put(ics->import, master->map, IN_EVENT, name, list);
}

/* The dates that do not take place. Those that the rule does not have are none of it. */
static void read_exdates(struct ics *ics, const struct vevent *vevent, struct master *master, bool ruled)
{
	size_t count, kept = 0;
	const struct ics_item *item = vevent_find(vevent, ICAL_EXDATE_PROPERTY);
	const struct moment *given = item ? moments_of(ics, vevent, ICAL_EXDATE_PROPERTY, master, &count) : NULL;
	if (!given || !count)
		return;
	follow(ics, master, given[count - 1]);
	struct moment *exdates = arena_alloc(ics->arena, count * sizeof(*exdates));
	for (size_t i = 0; i < count; i++)
		if (has_date(master->dates, master->date_count, given[i]))
			exdates[kept++] = given[i];
		else
			ADD(ics->import, MSG_NOT_IMPORTED_EXDATE, item->span, moment_format(ics->arena, given[i]));
	if (ruled) {
		put_moments(ics, master, "exdate", item, exdates, kept);
		return;
	}
	struct moment *left = arena_alloc(ics->arena, (master->date_count + 1) * sizeof(*left));
	size_t n = 0;
	for (size_t i = 0; i < master->date_count; i++)
		if (!has_date(exdates, kept, master->dates[i]))
			left[n++] = master->dates[i];
	master->dates = left;
	master->date_count = n;
}

/* Extra dates, of RDATE and of rules that the format does not have. */
static void read_rdates(struct ics *ics, const struct vevent *vevent, struct master *master, bool ruled)
{
	const struct ics_item *item = vevent_find(vevent, ICAL_RDATE_PROPERTY);
	size_t count = 0, n = ruled ? 0 : master->date_count;
	const struct moment *extra = item ? moments_of(ics, vevent, ICAL_RDATE_PROPERTY, master, &count) : NULL;
	if (count)
		follow(ics, master, extra[count - 1]);
	struct moment *all = arena_alloc(ics->arena, (n + count + 1) * sizeof(*all));
	if (n)
		memcpy(all, master->dates, n * sizeof(*all));
	for (size_t i = 0; i < count; i++)
		if (!has_date(master->dates, master->date_count, extra[i]) && moment_compare(extra[i], master->start))
			all[n++] = extra[i];
	if (!item)
		item = vevent_find(vevent, ICAL_RRULE_PROPERTY);
	n = put_in_order(all, n);
	/* Without a rule the first date is the event's own. */
	if (!ruled && n && vevent_find(vevent, ICAL_RRULE_PROPERTY)) {
		master->start = all[0];
		all++;
		n--;
	}
	if (n)
		put_moments(ics, master, "rdate", item, all, n);
	struct moment *dates = arena_alloc(ics->arena, (master->date_count + n + 1) * sizeof(*dates));
	if (master->date_count)
		memcpy(dates, master->dates, master->date_count * sizeof(*dates));
	if (n)
		memcpy(dates + master->date_count, all, n * sizeof(*dates));
	master->dates = dates;
	master->date_count = put_in_order(dates, master->date_count + n);
}

static void read_recurrence(struct ics *ics, const struct vevent *vevent, struct master *master)
{
	size_t rules = 0;
	const struct ics_item *rule = vevent_find(vevent, ICAL_RRULE_PROPERTY);
	for (size_t i = 0; i < vevent->count; i++) {
		icalproperty_kind kind = icalproperty_isa(vevent->items[i].property);
		rules += kind == ICAL_RRULE_PROPERTY;
		if (kind == ICAL_EXRULE_PROPERTY)
			ics_leave_out(ics, STR("EXRULE"), vevent->items[i].span);
	}
	bool ruled = rules == 1 && put_rule(ics, rule, master);
	for (size_t i = 0, n = 0; !ruled && i < vevent->count; i++)
		if (icalproperty_isa(vevent->items[i].property) != ICAL_RRULE_PROPERTY)
			continue;
		else if (n++ < RULES_MOST)
			expand_rule(ics, &vevent->items[i], master);
		else
			ics_leave_out(ics, STR("RRULE"), vevent->items[i].span);
	read_exdates(ics, vevent, master, ruled);
	read_rdates(ics, vevent, master, ruled);
}

/* --- together ----------------------------------------------------------------------------------------------------- */

bool ics_read_times(struct ics *ics, const struct vevent *vevent, struct master *master)
{
	struct import *import = ics->import;
	const struct ics_item *item = vevent_find(vevent, ICAL_DTSTART_PROPERTY);
	const struct ics_item *ending = vevent_find(vevent, ICAL_DTEND_PROPERTY);
	struct time time;
	struct moment end;
	bool failed;
	if (!item || !property_moment_of(item->property).date.year) {
		ADD(import, MSG_CANNOT_IMPORT_START, item ? item->span : vevent->span, STR(""));
		return false;
	}
	if (!read_time(ics, item, &time))
		return false;
	if (!vevent_find(vevent, ICAL_RRULE_PROPERTY) && !vevent_find(vevent, ICAL_RDATE_PROPERTY))
		leave_utc(ics, &time);
	master->zone = time.zone;
	master->start = on_clock(&time, time.zone);
	bool ends = read_end(ics, vevent, &time, master->zone, &end, &failed);
	if (failed)
		return false;
	if (!ends)
		end = master->start;
	/* Microsoft's whole days may go from midnight to midnight. */
	const struct ics_item *whole = vevent_find_x(vevent, "X-MICROSOFT-CDO-ALLDAYEVENT");
	if (whole && str_equal_nocase(property_plain(ics->arena, whole->property), STR("TRUE")) && !end.minute &&
		!master->start.minute && moment_compare(end, master->start) > 0) {
		master->start = (struct moment){master->start.date, -1, false};
		end = (struct moment){end.date, -1, false};
		master->zone = NULL;
	}
	struct moment first = master->start;
	master->seconds = ends ? moment_seconds(end) - moment_seconds(first) : -1;
	read_recurrence(ics, vevent, master);
	if (moment_compare(first, master->start)) {
		/* A later date has become the first: the end goes with it. */
		int64_t later = moment_seconds(end) + moment_seconds(master->start) - moment_seconds(first);
		struct moment moved = moment_from_seconds(later);
		end = (struct moment){moved.date, moment_is_date(end) ? end.minute : moved.minute, end.utc};
	}
	if (!ending)
		ending = vevent_find(vevent, ICAL_DURATION_PROPERTY);
	if (!put_end(ics, master->map, IN_EVENT, ending ? ending : item, master->start, end))
		return false;
	if (!moment_is_date(master->start))
		draft_put_zone(import, master->map, item->span, master->zone);
	return draft_put_text(
		import, master->map, IN_EVENT, "start", item->span, moment_format(ics->arena, master->start));
}

bool ics_read_occurrence(struct ics *ics, const struct vevent *vevent, struct master *master, struct node *map)
{
	const struct ics_item *item = vevent_find(vevent, ICAL_RECURRENCEID_PROPERTY);
	const struct ics_item *starting = vevent_find(vevent, ICAL_DTSTART_PROPERTY);
	const struct ics_item *ending = vevent_find(vevent, ICAL_DTEND_PROPERTY);
	struct time time;
	struct moment end;
	bool failed;
	if (!read_time(ics, item, &time))
		return false;
	struct moment id = on_clock(&time, master->zone);
	if (moment_is_date(id) != moment_is_date(master->start))
		id.minute = master->start.minute;
	id.utc = master->start.utc;
	follow(ics, master, id);
	if (!has_date(master->dates, master->date_count, id))
		return false;
	draft_put_text(ics->import, map, IN_OVERRIDE, "recurrence-id", item->span, occasion_text(ics, master, id));
	if (!starting || !read_time(ics, starting, &time))
		return starting == NULL;
	struct moment start = on_clock(&time, master->zone);
	if (moment_is_date(start) == moment_is_date(id) && moment_compare(start, id))
		draft_put_text(
			ics->import, map, IN_OVERRIDE, "start", starting->span, moment_format(ics->arena, start));
	if (!read_end(ics, vevent, &time, master->zone, &end, &failed) || moment_is_date(end) != moment_is_date(id))
		return !failed;
	if (moment_seconds(end) - moment_seconds(start) != master->seconds)
		put_end(ics, map, IN_OVERRIDE, ending ? ending : starting, start, end);
	return true;
}
