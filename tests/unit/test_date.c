#include "unit.h"

#include "time/read.h"

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
		{"2021-01-21 14", VERDICT_TIME_FORM, "2021-01-21 14:00"},
		{"2021-01-21 25", VERDICT_NO_TIME, ""},
		{"2021-01-21 om 2 pm", VERDICT_TIME_FORM, "2021-01-21 14:00"},
		{"2021-01-21 half drie", VERDICT_TWICE, "2021-01-21 14:30"},
		{"2021-02-29", VERDICT_NO_DAY, "February 2021 has 28 days"},
		{"2021-00-10", VERDICT_NO_MONTH, ""},
		{"09-02-26", VERDICT_DATE_FORM, "2026-02-09"},
		{"21-02-26", VERDICT_DATE_FORM, "2026-02-21"},
		{"9/2/26 14.00", VERDICT_DATE_FORM, "2026-02-09 14:00"},
		{"21st of January 2021", VERDICT_NONSENSE, ""},
		{"January 21st, 2021", VERDICT_DATE_FORM, "2021-01-21"},
		{"9 februari", VERDICT_NO_YEAR, "…-02-09"},
		{"9 februari 14:00", VERDICT_NO_YEAR, "…-02-09"},
		{"9 februari om 14 uur", VERDICT_NO_YEAR, "…-02-09"},
		{"9-2", VERDICT_NO_YEAR, "…-02-09"},
		{"31 februari", VERDICT_NO_DAY, "February has 29 days"},
		{"dinsdag 9 februari 2026", VERDICT_WEEKDAY, "2026-02-09"},
		{"9.30", VERDICT_NONSENSE, ""},
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

/* Of what may be read in two ways nothing is sure. */
static void moments_that_are_sure(void **state)
{
	static const struct {
		const char *written;
		bool meant, month_first;
	} cases[] = {
		{"21/1/2021", true, false},
		{"9/2/2021", true, true},
		{"9-2-2021", true, false},
		{"09-02-26", true, false},
		{"21-02-26", false, false},
		{"21 jan 26", true, false},
		{"2021-01-21 14:00:00", true, false},
		{"2021-01-21 14:00:30", false, false},
		{"2021-12-31 24:00", true, false},
		{"2021-01-21 half drie", false, false},
		{"21 januari 2021 half drie", false, false},
		{"dinsdag 9 februari 2026", false, false},
		{"maandag 9 februari 2026", true, false},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct moment moment;
		struct verdict verdict = moment_read(&test_arena, str_from(cases[i].written), &moment);
		if (verdict.meant != cases[i].meant || verdict.month_first != cases[i].month_first)
			fail_msg("%s: meant %d, month first %d", cases[i].written, verdict.meant, verdict.month_first);
		if (verdict.meant)
			assert_str(verdict.right, moment_format(&test_arena, moment).ptr);
	}
}

static void months_alone(void **state)
{
	static const struct {
		const char *written;
		enum verdict_kind kind;
		const char *month;
	} cases[] = {
		{"2021-10", VERDICT_OK, "2021-10"},
		{"2021-09", VERDICT_OK, "2021-09"},
		{"2021-9", VERDICT_DATE_FORM, "2021-09"},
		{"2021/10", VERDICT_DATE_FORM, "2021-10"},
		{"10-2021", VERDICT_DATE_FORM, "2021-10"},
		{"oktober 2021", VERDICT_DATE_FORM, "2021-10"},
		{"Okt. 2021", VERDICT_DATE_FORM, "2021-10"},
		{"mrt 2021", VERDICT_DATE_FORM, "2021-03"},
		{"March 2021", VERDICT_DATE_FORM, "2021-03"},
		{"2021-13", VERDICT_NO_MONTH, ""},
		{"0-2021", VERDICT_NO_MONTH, ""},
		{"2021-10-05", VERDICT_NONSENSE, ""},
		{"5 oktober 2021", VERDICT_NONSENSE, ""},
		{"oktober", VERDICT_NONSENSE, ""},
		{"voorjaar 2021", VERDICT_NONSENSE, ""},
		{"2021", VERDICT_NONSENSE, ""},
		{"2021--10", VERDICT_NONSENSE, ""},
		{"", VERDICT_NONSENSE, ""},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct date first = {0, 0, 0};
		struct verdict verdict = months_read(&test_arena, str_from(cases[i].written), &first);
		if (verdict.kind != cases[i].kind)
			fail_msg("%s: %d, not %d", cases[i].written, verdict.kind, cases[i].kind);
		assert_int_equal(verdict_known(verdict), *cases[i].month != 0);
		assert_int_equal(first.day, verdict_known(verdict));
		if (verdict_known(verdict))
			assert_str(month_format(&test_arena, first), cases[i].month);
		assert_str(verdict.right, verdict.meant ? cases[i].month : "");
	}
}

static void ranges(void **state)
{
	static const struct {
		const char *written, *start, *end; /* NULL: it is none */
	} cases[] = {
		{"24 sep t/m 1 okt 2026", "2026-09-24", "2026-10-01"},
		{"24 t/m 26 september 2026", "2026-09-24", "2026-09-26"},
		{"van 24-9 t/m 26-9-2026", "2026-09-24", "2026-09-26"},
		{"28 december t/m 3 januari 2027", "2026-12-28", "2027-01-03"},
		{"2021-09-27 - 2021-10-03", "2021-09-27", "2021-10-03"},
		{"9 februari 2026 van 14:00 tot 16:00 uur", "2026-02-09 14:00", "2026-02-09 16:00"},
		{"9-2-2026 14.00-16.00", "2026-02-09 14:00", "2026-02-09 16:00"},
		{"9-2-2026 22.00-2.00 uur", "2026-02-09 22:00", "2026-02-10 02:00"},
		{"2026-02-09 14:00-13:00", NULL, NULL},
		{"2026-02-09T04:00-05:00", NULL, NULL},
		{"2026-02-09 - 2026-02-08", NULL, NULL},
		{"2026-02-09 tot 16:00", NULL, NULL},
		{"2026-02-09", NULL, NULL},
		{"t/m 2026-02-09", NULL, NULL},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct range range;
		bool is = range_read(&test_arena, str_from(cases[i].written), &range);
		if (is != (cases[i].start != NULL))
			fail_msg("%s: %d", cases[i].written, is);
		if (!is)
			continue;
		assert_str(moment_format(&test_arena, range.start), cases[i].start);
		assert_str(moment_format(&test_arena, range.end), cases[i].end);
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
	assert_str(time_read(&test_arena, STR("12 am"), &minute).right, "00:00");
	assert_str(time_read(&test_arena, STR("2:30 p.m."), &minute).right, "14:30");
	assert_str(time_read(&test_arena, STR("13 pm"), &minute).right, "");
	static const struct {
		const char *written;
		short minute;
	} words[] = {{"half drie", 150}, {"half een", 30}, {"kwart voor 1", 45}, {"kwart over twaalf", 15},
		{"drie uur", 180}, {"half past two", 150}};
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		struct verdict verdict = time_read(&test_arena, str_from(words[i].written), &minute);
		assert_int_equal(verdict.kind, VERDICT_TWICE);
		assert_int_equal(minute, words[i].minute);
		assert_str(verdict.right, time_format(&test_arena, minute + 720).ptr);
	}
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
		{"2H", VERDICT_DATE_FORM, "2h"}, {"1:30", VERDICT_DATE_FORM, "1h30m"},
		{"02:00:00", VERDICT_DATE_FORM, "2h"}, {"anderhalf uur", VERDICT_DATE_FORM, "1h30m"},
		{"een half uur", VERDICT_DATE_FORM, "30m"}, {"drie kwartier", VERDICT_DATE_FORM, "45m"},
		{"kwartier", VERDICT_DATE_FORM, "15m"}, {"1 uur en 30 minuten", VERDICT_DATE_FORM, "1h30m"},
		{"een week", VERDICT_DATE_FORM, "1w"}, {"1 dag van tevoren", VERDICT_DATE_FORM, "1d"},
		{"half an hour", VERDICT_DATE_FORM, "30m"}, {"halve dag", VERDICT_NONSENSE, ""},
		{"1,5 dag", VERDICT_NONSENSE, ""}, {"1:75", VERDICT_NONSENSE, ""},
		{"1h 30m", VERDICT_DATE_FORM, "1h30m"}, {"1h30", VERDICT_DATE_FORM, "1h30m"}, {"0m", VERDICT_ZERO, ""},
		{"", VERDICT_NONSENSE, ""}, {"30m1h", VERDICT_NONSENSE, ""}, {"-1h", VERDICT_NONSENSE, ""},
		{"PT", VERDICT_NONSENSE, ""}, {"P1H", VERDICT_NONSENSE, ""}, {"999999w", VERDICT_TOO_LONG, ""},
		{"2", VERDICT_NONSENSE, ""}, {"PT30S", VERDICT_NONSENSE, ""}};
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
		cmocka_unit_test(moments_that_are_sure),
		cmocka_unit_test(months_alone),
		cmocka_unit_test(ranges),
		cmocka_unit_test(times),
		cmocka_unit_test(durations),
		cmocka_unit_test(weekdays),
	};
	return cmocka_run_group_tests(tests, NULL, free_arena);
}
