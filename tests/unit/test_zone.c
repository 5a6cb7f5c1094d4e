#include "unit.h"

#include "time/date.h"
#include "time/yearly.h"
#include "time/zone.h"
#include "time/zone_hint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct zones zones = {.arena = &test_arena};

static const struct zone *get(const char *name)
{
	const struct zone *zone;
	assert_int_equal(zone_get(&zones, str_from(name), &zone), ZONE_OK);
	return zone;
}

static int64_t at(int year, int month, int day, int hour, int minute)
{
	struct moment moment = {
		{(short)year, (signed char)month, (signed char)day}, (short)(hour * 60 + minute), false};
	return moment_seconds(moment);
}

static unsigned zone_count, differences;

/* The C library's zone data, at instants from 1902 to 2100. */
static void compare(struct str name)
{
	char *text = (char *)str_copy(&test_arena, name).ptr;
	const struct zone *zone = get(text);
	setenv("TZ", text, 1);
	tzset();
	zone_count++;
	for (int64_t instant = at(1902, 1, 1, 0, 0); instant < at(2100, 1, 1, 0, 0); instant += 86400 * 17 + 3601) {
		time_t time = instant;
		struct tm tm;
		localtime_r(&time, &tm);
		struct moment local = moment_from_seconds(instant + zone_offset(zone, instant));
		if (tm.tm_mday != local.date.day || tm.tm_hour * 60 + tm.tm_min != local.minute) {
			differences++;
			print_error("%s at %lld\n", text, (long long)instant);
		}
	}
}

/* Calls each with the name of every zone of the system. */
static void each_zone(void (*each)(struct str name))
{
	size_t count;
	const struct str *names = zones_names(&zones, &count);
	assert_non_null(names);
	for (size_t i = 0; i < count; i++)
		each(names[i]);
}

static void all_zones_agree_with_the_c_library(void **state)
{
	(void)state;
	each_zone(compare);
	assert_true(zone_count > 300);
	assert_int_equal(differences, 0);
}

/* Every change changes something, and between two of them nothing does. */
static void compare_changes(struct str name)
{
	const struct zone *zone = get(str_copy(&test_arena, name).ptr);
	int64_t instant = at(1850, 1, 1, 0, 0), next = zone_next_change(zone, instant);
	int32_t offset = zone_offset(zone, instant);
	for (; instant < at(2100, 1, 1, 0, 0); instant += 43200) {
		for (; next <= instant; next = zone_next_change(zone, next)) {
			differences += zone_offset(zone, next) == offset || zone_offset(zone, next - 1) != offset;
			offset = zone_offset(zone, next);
		}
		differences += zone_offset(zone, instant) != offset;
	}
}

static void all_changes_are_found(void **state)
{
	(void)state;
	differences = 0;
	each_zone(compare_changes);
	assert_int_equal(differences, 0);
	const struct zone *utc = get("UTC");
	assert_true(zone_next_change(utc, 0) == INT64_MAX);
	assert_true(zone_next_change(get("Europe/Amsterdam"), at(2099, 10, 25, 0, 0)) == at(2099, 10, 25, 1, 0));
}

static void names(void **state)
{
	static const char *const bad[] = {"", "Europe", "europe/amsterdam", "Europe/Amsterdam ", "/etc/localtime",
		"../zone", "Europe/../Europe/Amsterdam", "posix/Europe/Amsterdam", "right/UTC", "localtime",
		"posixrules", "Factory", "zone.tab", "Europe//Amsterdam", "tzdata.zi", "Europe/Amsterdam/x"};
	const struct zone *zone;
	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (zone_get(&zones, str_from(bad[i]), &zone) != ZONE_UNKNOWN)
			fail_msg("\"%s\" is a zone", bad[i]);
	assert_true(zone_is_utc(get("Etc/UTC")) && zone_is_utc(get("Etc/Zulu")));
	assert_false(zone_is_utc(get("Europe/London")));
}

static void hints(void **state)
{
	static const char amsterdam[] = "Europe/Amsterdam";
	static const struct {
		const char *written, *own, *hint;
		bool renamed;
	} rows[] = {
		{"europe/amsterdam", NULL, amsterdam, false},
		{"Amsterdam", NULL, amsterdam, false},
		{"posix/Europe/Amsterdam", NULL, amsterdam, false},
		{"Europe/Amsterdm", NULL, amsterdam, false},
		{"New York", NULL, "America/New_York", false},
		{"Europa/Brussel", amsterdam, "Europe/Brussels", false},
		{"Londen", amsterdam, "Europe/London", false},
		{"utc", amsterdam, "UTC", false},
		/* old names, whether or not the system has them */
		{"US/Eastern", amsterdam, "America/New_York", true},
		{"us/eastern", "America/New_York", "America/New_York", true},
		{"Europe/Kiev", "Europe/Helsinki", "Europe/Kyiv", true},
		{"Zulu", NULL, "Etc/UTC", true},
		{"Asia/Calcuta", NULL, "Asia/Kolkata", false},
		{"Calcutta", NULL, "Asia/Kolkata", false},
		/* clocks and offsets: the calendar's zone where it has them */
		{"CET", amsterdam, amsterdam, false},
		{"CET", "Africa/Lagos", "Europe/Brussels", false},
		{"EST5EDT", amsterdam, "America/New_York", false},
		{"EST5EDT", "America/Toronto", "America/Toronto", false},
		{"UTC+1", amsterdam, amsterdam, false},
		{"gmt +01:00", amsterdam, amsterdam, false},
		{"+0100", amsterdam, amsterdam, false},
		{"UTC+10", "Australia/Sydney", "Australia/Sydney", false},
		{"UTC-3:30", "America/St_Johns", "America/St_Johns", false},
		{"UTC+0", amsterdam, "UTC", false},
		{"UTC+1", NULL, "", false},
		{"UTC+2", amsterdam, "", false},
		{"UTC-1", amsterdam, "", false},
		{"UTC+1:0", amsterdam, "", false},
		{"UTC+:60", amsterdam, "", false},
		{"UTC+00001", amsterdam, "", false},
		/* what may be another place */
		{"PST", amsterdam, "", false},
		{"Asia/Mumbai", NULL, "", false},
		{"Laos", NULL, "", false},
		{"Eastern", NULL, "", false},
		{"Etc/GMT+20", NULL, "", false},
		{"zzzzzzzzzzzz", NULL, "", false},
		{"", NULL, "", false},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct zone *own = rows[i].own ? get(rows[i].own) : NULL;
		struct zone_hint hint = zone_hint(&zones, str_from(rows[i].written), own);
		if (!str_equal(hint.name, str_from(rows[i].hint)) || hint.renamed != rows[i].renamed)
			fail_msg("\"%s\" gives \"%.*s\"", rows[i].written, STR_ARG(hint.name));
	}
}

static void no_zone_data(void **state)
{
	(void)state;
	struct zones none = {.arena = &test_arena};
	const struct zone *zone;
	setenv("TZDIR", "/nowhere", 1);
	assert_int_equal(zone_get(&none, STR("Europe/Amsterdam"), &zone), ZONE_FAILED);
	unsetenv("TZDIR");
}

static void local_times(void **state)
{
	const struct zone *zone = get("Europe/Amsterdam");
	(void)state;
	struct local once = zone_local(zone, at(2021, 1, 21, 14, 0));
	assert_int_equal(once.kind, LOCAL_ONCE);
	assert_int_equal(once.instant, at(2021, 1, 21, 13, 0));
	struct local skipped = zone_local(zone, at(2021, 3, 28, 2, 30));
	assert_int_equal(skipped.kind, LOCAL_SKIPPED);
	assert_int_equal(skipped.instant, at(2021, 3, 28, 1, 30));
	struct local twice = zone_local(zone, at(2021, 10, 31, 2, 30));
	assert_int_equal(twice.kind, LOCAL_TWICE);
	assert_int_equal(twice.instant, at(2021, 10, 31, 0, 30));
	assert_int_equal(zone_local(zone, at(2021, 3, 28, 3, 0)).kind, LOCAL_ONCE);
	assert_int_equal(zone_local(zone, at(2021, 10, 31, 3, 0)).kind, LOCAL_ONCE);
	/* A whole day that was skipped. */
	assert_int_equal(zone_local(get("Pacific/Apia"), at(2011, 12, 30, 12, 0)).kind, LOCAL_SKIPPED);
}

static void pairs(void **state)
{
	struct yearly yearly;
	(void)state;
	int64_t amsterdam[] = {at(2021, 1, 21, 12, 0), at(2026, 7, 1, 12, 0)};
	assert_true(yearly_find(&test_arena, get("Europe/Amsterdam"), amsterdam, NULL, 2, &yearly));
	assert_true(yearly.has_daylight);
	assert_int_equal(yearly.to_daylight.month, 3);
	assert_int_equal(yearly.to_daylight.week, -1);
	assert_int_equal(yearly.to_daylight.second, 7200);
	assert_int_equal(yearly.to_standard.month, 10);
	/* Summer time is there also where all events lie in winter. */
	assert_true(
		yearly_find(&test_arena, get("Europe/Amsterdam"), amsterdam, NULL, 1, &yearly) && yearly.has_daylight);
	/* Dublin's data calls winter the exception. */
	assert_true(yearly_find(&test_arena, get("Europe/Dublin"), amsterdam, NULL, 2, &yearly));
	assert_int_equal(yearly.standard, 0);
	assert_int_equal(yearly.daylight, 3600);
	assert_true(yearly_find(&test_arena, get("Australia/Lord_Howe"), amsterdam, NULL, 2, &yearly));
	assert_int_equal(yearly.daylight - yearly.standard, 1800);
	assert_true(yearly_find(&test_arena, get("Asia/Kolkata"), amsterdam, NULL, 2, &yearly));
	assert_false(yearly.has_daylight);
	assert_int_equal(yearly.standard, 19800);
	/* Before 1971, and with seconds in the offset, no VTIMEZONE is sure. */
	int64_t old[] = {at(1930, 1, 1, 12, 0)};
	assert_false(yearly_find(&test_arena, get("Europe/Amsterdam"), old, NULL, 1, &yearly));
	/* Ramadan moves: one pair cannot hold all of these. */
	int64_t casablanca[] = {at(2021, 4, 5, 12, 0), at(2021, 4, 21, 12, 0), at(2022, 4, 1, 12, 0)};
	assert_true(yearly_find(&test_arena, get("Africa/Casablanca"), casablanca, NULL, 3, &yearly));
	int held = 0;
	for (int i = 0; i < 3; i++)
		held += yearly_holds(&yearly, get("Africa/Casablanca"), casablanca[i]);
	assert_int_equal(held, 2);
	assert_int_equal(yearly_days(&(struct yearly_day){2, -1, 1, 0}, 2021), date_days((struct date){2021, 2, 22}));
	assert_int_equal(yearly_days(&(struct yearly_day){2, 1, 1, 0}, 2021), date_days((struct date){2021, 2, 1}));
}

/* Neither the order of the instants nor whether one of them counts twice or stands there twice makes a difference. */
static void pairs_of_many(void **state)
{
	enum { MANY = 20000 };
	static int64_t up[3 * MANY], down[3 * MANY];
	static uint32_t weights[MANY];
	const struct zone *zone = get("Africa/Casablanca");
	struct yearly a, b, c;
	size_t count = 0;
	(void)state;
	for (size_t i = 0; i < MANY; i++) {
		/* Several on most days, on each side of every change. */
		up[i] = at(2019, 1, 1, 0, 0) + (int64_t)i * 9000;
		weights[i] = 1 + (uint32_t)i % 3;
		for (uint32_t times = 0; times < weights[i]; times++)
			down[3 * MANY - ++count] = up[i];
	}
	assert_true(yearly_find(&test_arena, zone, up, weights, MANY, &a));
	memcpy(up, down + 3 * MANY - count, count * sizeof(*up));
	assert_true(yearly_find(&test_arena, zone, up, NULL, count, &b));
	for (size_t i = 0; i < count; i++)
		down[i] = up[count - 1 - i];
	assert_true(yearly_find(&test_arena, zone, down, NULL, count, &c));
	uint64_t held = 0, other = 0;
	struct yearly fixed = {.standard = 3600, .daylight = 3600};
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(yearly_offset(&a, up[i]), yearly_offset(&b, up[i]));
		assert_int_equal(yearly_offset(&a, up[i]), yearly_offset(&c, up[i]));
		held += yearly_holds(&a, zone, up[i]);
		other += yearly_holds(&fixed, zone, up[i]);
	}
	assert_true(held >= other && held < count);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_zones_agree_with_the_c_library),
		cmocka_unit_test(all_changes_are_found),
		cmocka_unit_test(names),
		cmocka_unit_test(hints),
		cmocka_unit_test(no_zone_data),
		cmocka_unit_test(local_times),
		cmocka_unit_test(pairs),
		cmocka_unit_test(pairs_of_many),
	};
	return cmocka_run_group_tests(tests, NULL, free_arena);
}
