#include "unit.h"

#include "time/day.h"

static const struct date today = {2020, 12, 30};

static void days_as_they_should_be(void **state)
{
	static const struct {
		const char *written, *day;
	} cases[] = {
		{"2021-01-21", "2021-01-21"},
		{" 2021-01-21 ", "2021-01-21"},
		{"today", "2020-12-30"},
		{"tomorrow", "2020-12-31"},
		{"yesterday", "2020-12-29"},
		{"+0d", "2020-12-30"},
		{"+30d", "2021-01-29"},
		{"-7d", "2020-12-23"},
		{"+2w", "2021-01-13"},
		{"-1w", "2020-12-23"},
		{"+99999d", "2294-10-14"},
		{"-99999w", "0104-06-25"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct date day = {0};
		assert_int_equal(day_read(&test_arena, str_from(cases[i].written), today, &day).kind, VERDICT_OK);
		assert_str(date_format(&test_arena, day), cases[i].day);
	}
}

static void days_as_people_write_them(void **state)
{
	static const struct {
		const char *written;
		enum verdict_kind kind;
		const char *right;
	} cases[] = {
		{"21-01-2021", VERDICT_DATE_FORM, "2021-01-21"},
		{"21 januari 2021", VERDICT_DATE_FORM, "2021-01-21"},
		{"2021-01-21 14:00", VERDICT_DATE_FORM, "2021-01-21"},
		{"2021-01-21 14.00", VERDICT_TIME_FORM, "2021-01-21"},
		{"2021-02-30", VERDICT_NO_DAY, "February 2021 has 28 days"},
		{"Today", VERDICT_DATE_FORM, "today"},
		{"vandaag", VERDICT_DATE_FORM, "today"},
		{"now", VERDICT_DATE_FORM, "today"},
		{"morgen", VERDICT_DATE_FORM, "tomorrow"},
		{"+30", VERDICT_DATE_FORM, "+30d"},
		{"30d", VERDICT_DATE_FORM, "+30d"},
		{"+2 weken", VERDICT_DATE_FORM, "+2w"},
		{"-7 Days", VERDICT_DATE_FORM, "-7d"},
		{"+07d", VERDICT_DATE_FORM, "+7d"},
		{"+1m", VERDICT_NONSENSE, ""},
		{"+1y", VERDICT_NONSENSE, ""},
		{"+100000d", VERDICT_NONSENSE, ""},
		{"+", VERDICT_NONSENSE, ""},
		{"+d", VERDICT_NONSENSE, ""},
		{"30", VERDICT_NONSENSE, ""},
		{"soon", VERDICT_NONSENSE, ""},
		{"", VERDICT_NONSENSE, ""},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct date day = {0};
		struct verdict verdict = day_read(&test_arena, str_from(cases[i].written), today, &day);
		assert_int_equal(verdict.kind, cases[i].kind);
		assert_str(verdict.right, cases[i].right);
		assert_int_equal(day.year, 0);
	}
}

static void durations_to_wait(void **state)
{
	static const struct {
		const char *written;
		int64_t seconds; /* -1: it is none */
	} cases[] = {
		{"0", 0},
		{"0s", 0},
		{"0m", 0},
		{"30s", 30},
		{" 5m ", 300},
		{"1m30s", 90},
		{"1h30m", 5400},
		{"1d", 86400},
		{"99999s", 99999},
		{"PT30S", 30},
		{"PT1M5S", 65},
		{"PT2H", 7200},
		{"P1D", 86400},
		{"100000s", -1},
		{"999999999999999999999s", -1},
		{"", -1},
		{"s", -1},
		{"ms", -1},
		{"P", -1},
		{"PT", -1},
		{"PS", -1},
		{"P30S", -1},
		{"-5s", -1},
		{"5", -1},
		{"1.5s", -1},
		{"soon", -1},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int64_t seconds = -1;
		bool good = wait_read(str_from(cases[i].written), &seconds);
		assert_int_equal(seconds, cases[i].seconds);
		assert_int_equal(good, cases[i].seconds >= 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_as_they_should_be),
		cmocka_unit_test(days_as_people_write_them),
		cmocka_unit_test(durations_to_wait),
	};
	return cmocka_run_group_tests(tests, NULL, free_arena);
}
