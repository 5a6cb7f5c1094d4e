/*
 * Snapshots of published files, and what differs between two.
 */
#include "unit.h"

#include "ical/compare.h"
#include "ical/published.h"

#define HEAD \
	"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//evcal//evcal//EN\r\nMETHOD:PUBLISH\r\n" \
	"BEGIN:VEVENT\r\nDTSTAMP:20210101T000000Z\r\nSEQUENCE:3\r\nUID:one@example.org\r\n"
#define TAIL "END:VEVENT\r\nEND:VCALENDAR\r\n"

static const struct snapshot *read_text(const char *lines)
{
	struct str text = str_format(&test_arena, "%s%s%s", HEAD, lines, TAIL);
	return published_read(&test_arena, text);
}

static void expect_text(const struct snapshot *snapshot, const char *key, const char *wanted)
{
	assert_str(snapshot_text(snapshot, key_find(str_from(key), IN_EVENT)), wanted);
}

/* "summary location", the keys that differ; those that only follow from others in brackets. */
static const char *keys_of(const struct difference *difference)
{
	struct buffer out = {0};
	for (size_t i = 0; i < difference->count; i++) {
		const struct change *change = &difference->changes[i];
		buffer_format(&out, change->follows ? "%s(%s)" : "%s%s", i ? " " : "", change->key->name);
	}
	const char *text = str_copy(&test_arena, buffer_str(&out)).ptr;
	buffer_free(&out);
	return text;
}

static struct difference differ(const char *before, const char *after)
{
	return compare_snapshots(&test_arena, read_text(before), read_text(after));
}

/* Values are as evcal(5) has them. */
static void values_are_as_people_write_them(void **state)
{
	static const char *const wanted[][2] = {
		{"summary", "Eén; twee, drie\\"},
		{"start", "2021-02-09 14:00"},
		{"end", "2021-02-09 15:30"},
		{"timezone", "Europe/Amsterdam"},
		{"location", "Den Haag"},
		{"geo", "52.09, -5.1214"},
		{"conference", "https://example.org/meet (Meedoen)"},
		{"url", "https://example.org/?a=1,2;b"},
		{"description", "Een\ntwee"},
		{"html", "<p>Een, twee</p>"},
		{"categories", "a;b, c, d e"},
		{"status", "tentative"},
		{"class", "private"},
		{"show-as", "away"},
		{"priority", "low"},
		{"color", "teal"},
		{"image", "https://example.org/a.png"},
		{"attach", "https://example.org/a.pdf, https://example.org/b.pdf"},
		{"contact", "Bel, mail"},
		{"organizer", "Test; team <test@example.org>"},
		{"reminder", "1d"},
		{"rrule", "FREQ=WEEKLY;INTERVAL=2;UNTIL=20210630T120000Z;BYDAY=TU;WKST=MO"},
		{"exdate", "2021-02-23, 2021-03-09"},
		{"overrides", ""},
		{"sequence", ""},
	};
	const struct snapshot *snapshot = read_text(
		"DTSTART;TZID=Europe/Amsterdam:20210209T140000\r\nDTEND;TZID=Europe/Amsterdam:20210209T153000\r\n"
		"RRULE:FREQ=WEEKLY;WKST=MO;UNTIL=20210630T120000Z;INTERVAL=2;BYDAY=TU\r\n"
		"EXDATE;TZID=Europe/Amsterdam:20210223T140000,20210309T140000\r\n"
		"SUMMARY:Eén\\; twee\\, drie\\\\\r\nDESCRIPTION:Een\\ntw\r\n ee\r\n"
		"X-ALT-DESC;FMTTYPE=text/html:<p>Een\\, twee</p>\r\nLOCATION:Den Haag\r\nGEO:52.090000;-5.121400\r\n"
		"CONFERENCE;VALUE=URI;LABEL=Meedoen:https://example.org/meet\r\nCATEGORIES:a\\;b,c,d e\r\n"
		"STATUS:TENTATIVE\r\nCLASS:PRIVATE\r\nTRANSP:OPAQUE\r\nX-MICROSOFT-CDO-BUSYSTATUS:OOF\r\nPRIORITY:9\r\n"
		"X-MICROSOFT-CDO-IMPORTANCE:0\r\nORGANIZER;CN=\"Test; team\":mailto:test@example.org\r\n"
		"URL:https://example.org/?a=1,2;b\r\nCOLOR:teal\r\nIMAGE;VALUE=URI:https://example.org/a.png\r\n"
		"ATTACH:https://example.org/a.pdf\r\nATTACH:https://example.org/b.pdf\r\nCONTACT:Bel\\, mail\r\n"
		"BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nTRIGGER:-PT24H\r\nEND:VALARM\r\n");
	(void)state;
	assert_non_null(snapshot);
	assert_string_equal(snapshot->uid.ptr, "one@example.org");
	assert_false(snapshot->cancelled);
	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++)
		expect_text(snapshot, wanted[i][0], wanted[i][1]);
	for (size_t i = 1; i < snapshot->count; i++)
		assert_true(snapshot->items[i - 1].key < snapshot->items[i].key);
}

static void ends_and_zones(void **state)
{
	(void)state;
	const struct snapshot *days = read_text("DTSTART;VALUE=DATE:20210209\r\nDTEND;VALUE=DATE:20210212\r\n");
	expect_text(days, "start", "2021-02-09");
	expect_text(days, "end", "2021-02-11");
	expect_text(days, "timezone", "");
	const struct snapshot *utc = read_text("DTSTART:20210209T140000Z\r\nDTEND:20210209T150000Z\r\n");
	expect_text(utc, "start", "2021-02-09 14:00Z");
	expect_text(utc, "end", "2021-02-09 15:00Z");
	expect_text(utc, "timezone", "");
	/* Later than libical's own values of time go. */
	const struct snapshot *far = read_text("DTSTART;VALUE=DATE:44991231\r\nDTEND;VALUE=DATE:45000101\r\n");
	expect_text(far, "end", "4499-12-31");
}

#define RULE \
	"DTSTART;TZID=Europe/Amsterdam:20210301T140000\r\nDTEND;TZID=Europe/Amsterdam:20210301T160000\r\n" \
	"RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=MO\r\nSUMMARY:Les\r\nLOCATION:Ede\r\n"
#define OCCURRENCE(day) \
	"END:VEVENT\r\nBEGIN:VEVENT\r\nUID:one@example.org\r\nRECURRENCE-ID;TZID=Europe/Amsterdam:" day "T140000\r\n"

/* A line for each value by which an occurrence differs from its event. */
static void overrides_are_lines(void **state)
{
	(void)state;
	const struct snapshot *snapshot = read_text(RULE OCCURRENCE(
		"20210308") "DTSTART;TZID=Europe/Amsterdam:20210309T150000\r\n"
			    "DTEND;TZID=Europe/"
			    "Amsterdam:20210309T170000\r\nSUMMARY:Toets\r\nLOCATION:Ede\r\n" OCCURRENCE(
				    "20210315") "DTSTART;TZID=Europe/Amsterdam:20210315T140000\r\n"
						"DTEND;TZID=Europe/Amsterdam:20210315T180000\r\nSUMMARY:Les\r\n"
						"DESCRIPTION:a\\nb\r\n" OCCURRENCE(
							"20210322") "DTSTART;TZID=Europe/Amsterdam:20210322T140000\r\n"
								    "DTEND;TZID=Europe/Amsterdam:20210322T160000\r\n"
								    "SUMMARY:Les\r\nLOCATION:Ede\r\n");
	expect_text(snapshot, "overrides",
		"2021-03-08 summary: Toets\n2021-03-08 start: 2021-03-09 15:00\n"
		"2021-03-15 end: 2021-03-15 18:00\n2021-03-15 location: \n"
		"2021-03-15 description: a\n2021-03-15 description: b\n2021-03-22\n");
	expect_text(snapshot, "summary", "Les");
}

#define DAY "DTSTART;VALUE=DATE:20210209\r\nDTEND;VALUE=DATE:20210210\r\n"
#define FREE "X-MICROSOFT-CDO-BUSYSTATUS:FREE\r\n"
#define BUSY "X-MICROSOFT-CDO-BUSYSTATUS:BUSY\r\n"
#define ALARM "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT1H\r\nEND:VALARM\r\n"
#define MEET "CONFERENCE;VALUE=URI;LABEL=x:https://example.org/meet\r\n"

static void differences_are_named(void **state)
{
	static const struct {
		const char *before, *after, *keys;
		enum change_kind kind;
	} cases[] = {
		{DAY "SUMMARY:A\r\n", "SUMMARY:A\r\n" DAY, "", CHANGE_CHANGED},
		{DAY "SUMMARY:A\r\nLOCATION:X\r\n", DAY "SUMMARY:B\r\nURL:https://example.org\r\n",
			"summary location url", CHANGE_CHANGED},
		{DAY "LOCATION:X\r\n", DAY, "location", CHANGE_CHANGED},
		{DAY, "DTSTART;VALUE=DATE:20210208\r\nDTEND;VALUE=DATE:20210210\r\n", "(start)", CHANGE_MOVED},
		{DAY, "DTSTART;VALUE=DATE:20210209\r\nDTEND;VALUE=DATE:20210211\r\n", "end", CHANGE_CHANGED},
		{"DTSTART:20210209T140000Z\r\nDTEND:20210209T150000Z\r\n",
			"DTSTART;TZID=Europe/Amsterdam:20210209T140000\r\nDTEND;TZID=Europe/"
			"Amsterdam:20210209T150000\r\n",
			"(start) (end) timezone", CHANGE_MOVED},
		{DAY "SUMMARY:A\r\n" BUSY ALARM, DAY "SUMMARY:Cancelled: A\r\nSTATUS:CANCELLED\r\n" FREE,
			"(summary) (status) (show-as) (reminder)", CHANGE_CANCELLED},
		{DAY "SUMMARY:Cancelled: A\r\nSTATUS:CANCELLED\r\n" FREE, DAY "SUMMARY:A\r\n" BUSY ALARM,
			"(summary) status (show-as) (reminder)", CHANGE_CHANGED},
		{DAY "SUMMARY:A\r\n", DAY "SUMMARY:Cancelled: B\r\nSTATUS:CANCELLED\r\n", "summary (status)",
			CHANGE_CANCELLED},
		{DAY FREE ALARM, DAY BUSY, "show-as reminder", CHANGE_CHANGED},
		{DAY, DAY "LOCATION:https://example.org/meet\r\n" MEET, "(location) conference", CHANGE_CHANGED},
		{DAY "LOCATION:Ede\r\n", DAY "LOCATION:https://example.org/meet\r\n" MEET, "location conference",
			CHANGE_CHANGED},
		{DAY "DESCRIPTION:a\r\nX-ALT-DESC:<p>a</p>\r\n", DAY "DESCRIPTION:b\r\nX-ALT-DESC:<p>b</p>\r\n",
			"description", CHANGE_CHANGED},
		{DAY "DESCRIPTION:a\r\nX-ALT-DESC:<p>a</p>\r\n", DAY "DESCRIPTION:a\r\nX-ALT-DESC:<b>a</b>\r\n", "html",
			CHANGE_CHANGED},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct difference difference = differ(cases[i].before, cases[i].after);
		assert_string_equal(keys_of(&difference), cases[i].keys);
		if (difference.count)
			assert_int_equal(difference.kind, cases[i].kind);
	}
	struct difference difference = differ(DAY "CLASS:PUBLIC\r\n", DAY "CLASS:PRIVATE\r\n");
	assert_int_equal(difference.count, 1);
	assert_string_equal(difference.changes[0].before.ptr, "public");
	assert_string_equal(difference.changes[0].after.ptr, "private");
}

/* What is no event, or one of another program, is no reason to fail. */
static void odd_files(void **state)
{
	(void)state;
	assert_null(published_read(&test_arena, STR("")));
	assert_null(published_read(&test_arena, STR("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")));
	assert_null(published_read(&test_arena, STR("nothing of the kind\r\n")));
	const struct snapshot *bare = read_text("X-OTHER:1\r\nPRIORITY:3\r\nRRULE:FREQ=SOMETIMES\r\n");
	assert_non_null(bare);
	expect_text(bare, "priority", "");
	const struct snapshot *twice = read_text(DAY "SUMMARY:A\r\nLOCATION:X\r\nSUMMARY:B\r\n");
	expect_text(twice, "summary", "A");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_as_people_write_them),
		cmocka_unit_test(ends_and_zones),
		cmocka_unit_test(overrides_are_lines),
		cmocka_unit_test(differences_are_named),
		cmocka_unit_test(odd_files),
	};
	return cmocka_run_group_tests(tests, NULL, free_arena);
}
