#include "unit.h"

#include "time/date.h"

static void days_and_dates(void **state)
{
	(void)state;
	assert_int_equal(date_days((struct date){1970, 1, 1}), 0);
	assert_int_equal(date_days((struct date){2000, 3, 1}), 11017);
	for (int64_t days = date_days((struct date){1600, 1, 1}); days < date_days((struct date){2500, 1, 1}); days++) {
		struct date date = date_from_days(days);
		assert_int_equal(date_days(date), days);
		assert_in_range(date.day, 1, date_month_days(date.year, date.month));
		assert_int_equal(date_weekday(date), ((days + 4) % 7 + 7) % 7);
	}
	assert_int_equal(date_month_days(1900, 2), 28);
	assert_int_equal(date_month_days(2000, 2), 29);
}

static void moments_as_they_should_be(void **state)
{
	(void)state;
	struct moment moment;
	assert_int_equal(moment_read(&test_arena, STR("2021-01-21"), &moment).kind, VERDICT_OK);
	assert_int_equal(moment.minute, -1);
	assert_int_equal(moment_read(&test_arena, STR("2021-01-21 14:05"), &moment).kind, VERDICT_OK);
	assert_int_equal(moment.minute, 14 * 60 + 5);
	assert_false(moment.utc);
	assert_int_equal(moment_read(&test_arena, STR("2021-01-21T23:59Z"), &moment).kind, VERDICT_OK);
	assert_true(moment.utc);
	assert_str(moment_format(&test_arena, moment), "2021-01-21 23:59Z");
}

static void moments_as_people_write_them(void **state)
{
	static const struct {
		const char *written;
		enum verdict_kind kind;
		const char *right;
	} cases[] = {
		{"21-01-2021", VERDICT_DATE_FORM, "2021-01-21"},
		{"21/1/2021", VERDICT_DATE_FORM, "2021-01-21"},
		{"21 januari 2021", VERDICT_DATE_FORM, "2021-01-21"},
		{"21 mrt 2021", VERDICT_DATE_FORM, "2021-03-21"},
		{"do 21 jan. 2021 14u", VERDICT_DATE_FORM, "2021-01-21 14:00"},
		{"January 21, 2021", VERDICT_DATE_FORM, "2021-01-21"},
		{"2021-1-21", VERDICT_DATE_FORM, "2021-01-21"},
		{"2021-01-21 14.00", VERDICT_TIME_FORM, "2021-01-21 14:00"},
		{"2021-01-21 14.00 uur", VERDICT_TIME_FORM, "2021-01-21 14:00"},
		{"2021-01-21 9:00", VERDICT_TIME_FORM, "2021-01-21 09:00"},
		{"2021-01-21  09:00", VERDICT_TIME_FORM, "2021-01-21 09:00"},
		{"2021-12-31 24:00", VERDICT_MIDNIGHT, "2022-01-01 00:00"},
		{"2021-01-21 14:00:30", VERDICT_SECONDS, "2021-01-21 14:00"},
		{"2021-01-21T14:00+01:00", VERDICT_OFFSET, ""},
		{"2021-01-21 24:01", VERDICT_NO_TIME, ""},
		{"2021-01-21 14", VERDICT_NO_TIME, ""},
		{"2021-02-29", VERDICT_NO_DAY, "February 2021 has 28 days"},
		{"2021-00-10", VERDICT_NO_MONTH, ""},
		{"21-01-21", VERDICT_NONSENSE, ""},
		{"", VERDICT_NONSENSE, ""},
		{"14:00", VERDICT_NONSENSE, ""},
		{"morgen", VERDICT_NONSENSE, ""},
		{"2021-01-21x", VERDICT_NONSENSE, ""},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct moment moment;
		struct verdict verdict = moment_read(&test_arena, str_from(cases[i].written), &moment);
		if (verdict.kind != cases[i].kind)
			fail_msg("%s: %d, not %d", cases[i].written, verdict.kind, cases[i].kind);
		assert_str(verdict.right, cases[i].right);
	}
}

static void times(void **state)
{
	short minute = 0;
	(void)state;
	assert_int_equal(time_read(&test_arena, STR("14:00"), &minute).kind, VERDICT_OK);
	assert_int_equal(minute, 840);
	assert_str(time_read(&test_arena, STR("14.30"), &minute).right, "14:30");
	assert_str(time_read(&test_arena, STR("9u"), &minute).right, "09:00");
	assert_int_equal(time_read(&test_arena, STR("24:00"), &minute).kind, VERDICT_MIDNIGHT);
	assert_int_equal(time_read(&test_arena, STR("14:00Z"), &minute).kind, VERDICT_NO_TIME);
	assert_true(time_looks_like(STR("14.00 uur")));
	assert_false(time_looks_like(STR("2021-01-21")));
	assert_false(time_looks_like(STR("14")));
}

static void durations(void **state)
{
	static const struct {
		const char *written;
		int days, minutes;
	} good[] = {{"2h", 0, 120}, {"90m", 0, 90}, {"1h30m", 0, 90}, {"1d", 1, 0}, {"2w", 14, 0}, {"PT2H", 0, 120},
		{"P1DT2H", 1, 120}, {"P1W", 7, 0}, {"1d12h", 1, 720}, {"PT120S", 0, 2}};
	static const struct {
		const char *written;
		enum verdict_kind kind;
		const char *right;
	} bad[] = {{"2 uur", VERDICT_DATE_FORM, "2h"}, {"1,5 uur", VERDICT_DATE_FORM, "1h30m"},
		{"90 min", VERDICT_DATE_FORM, "1h30m"}, {"14 dagen", VERDICT_DATE_FORM, "2w"},
		{"2H", VERDICT_DATE_FORM, "2h"}, {"0m", VERDICT_ZERO, ""}, {"", VERDICT_NONSENSE, ""},
		{"30m1h", VERDICT_NONSENSE, ""}, {"-1h", VERDICT_NONSENSE, ""}, {"PT", VERDICT_NONSENSE, ""},
		{"P1H", VERDICT_NONSENSE, ""}, {"999999w", VERDICT_TOO_LONG, ""}, {"2", VERDICT_NONSENSE, ""},
		{"PT30S", VERDICT_NONSENSE, ""}};
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		struct duration duration = {-1, -1};
		assert_int_equal(duration_read(&test_arena, str_from(good[i].written), &duration).kind, VERDICT_OK);
		assert_int_equal(duration.days, good[i].days);
		assert_int_equal(duration.minutes, good[i].minutes);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct duration duration;
		struct verdict verdict = duration_read(&test_arena, str_from(bad[i].written), &duration);
		if (verdict.kind != bad[i].kind)
			fail_msg("%s: %d, not %d", bad[i].written, verdict.kind, bad[i].kind);
		assert_str(verdict.right, bad[i].right);
	}
}

static void weekdays(void **state)
{
	(void)state;
	assert_int_equal(weekday_read(STR("donderdag")), 4);
	assert_int_equal(weekday_read(STR("Do")), 4);
	assert_int_equal(weekday_read(STR("Thurs")), -1);
	assert_int_equal(weekday_read(STR("thu")), 4);
	assert_int_equal(weekday_read(STR("ZO.")), 0);
	assert_int_equal(weekday_read(STR("Saturday")), 6);
	assert_int_equal(weekday_read(STR("d")), -1);
	assert_int_equal(weekday_read(STR("")), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_and_dates),
		cmocka_unit_test(moments_as_they_should_be),
		cmocka_unit_test(moments_as_people_write_them),
		cmocka_unit_test(times),
		cmocka_unit_test(durations),
		cmocka_unit_test(weekdays),
	};
	return cmocka_run_group_tests(tests, NULL, free_arena);
}
