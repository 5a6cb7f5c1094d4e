#include "time/read.h"

#include "base/arena.h"
#include "time/limits.h"
#include "time/scan.h"

#include <string.h>

/* True if word is a name or its first letters, at least least of them. */
static bool names(struct str word, const char *name, size_t least)
{
	struct str full = str_from(name);
	return word.len >= least && word.len <= full.len && str_equal_nocase(word, str_part(full, 0, word.len));
}

int weekday_read(struct str text)
{
	if (text.len && text.ptr[text.len - 1] == '.')
		text.len--;
	for (int i = 0; weekday_names[i]; i++) {
		struct str name = str_from(weekday_names[i]);
		bool shortened = text.len >= 2 && text.len <= 4 && names(text, name.ptr, 2);
		if (shortened || str_equal_nocase(text, name))
			return i % 7;
	}
	return -1;
}

static int month_read(struct str word)
{
	for (int month = 1; month <= 12; month++)
		if (names(word, month_name(month, LANGUAGE_NL), 3) || names(word, month_name(month, LANGUAGE_EN), 3))
			return month;
	return names(word, "mrt", 3) ? 3 : 0;
}

/* A date as it was written; its numbers need not exist. */
struct written_time {
	int year, month, day;
	int weekday; /* the one that stands in front, or -1 */
	bool no_year;
	bool two_ways;    /* the day may be the year */
	bool month_first; /* in America */
};

/* "2021-01-21" and nothing looser. */
static bool strict_date(struct scan *scan, struct written_time *date)
{
	struct scan s = *scan;
	*date = (struct written_time){.weekday = -1};
	if (!scan_number(&s, 4, 4, &date->year) || !scan_take(&s, '-') || !scan_number(&s, 2, 2, &date->month) ||
		!scan_take(&s, '-') || !scan_number(&s, 2, 2, &date->day))
		return false;
	*scan = s;
	return true;
}

/* "9 februari 14:00", "9 februari 14 uur": what stands behind the day is no year. */
static bool is_hour(struct scan behind)
{
	if (scan_peek(&behind) && strchr(":.", scan_peek(&behind)))
		return true;
	scan_skip(&behind, " ");
	char next = ascii_lower(scan_peek(&behind));
	return next == 'u' || next == 'h';
}

/*
 * The year behind a day and a month: of two digits, it is of this century, unless the day in front may be a year too:
 * of 21-02-26 nobody knows. Without one the date lacks its year.
 */
static bool read_year(struct scan *s, struct written_time *date, bool in_words)
{
	struct scan behind = *s;
	size_t marks = scan_skip(&behind, in_words ? "-/., '" : "-/. ");
	int digits = marks ? scan_number(&behind, 2, 4, &date->year) : 0;
	if (digits == 2 && is_hour(behind))
		digits = 0;
	if (digits == 3 || (!digits && !in_words && !scan_done(s)))
		return false;
	date->no_year = !digits;
	if (digits == 2) {
		date->two_ways = !in_words && date->day >= 20 && date->day <= 31;
		date->year += 2000;
	}
	if (digits)
		*s = behind;
	return true;
}

/* 2021/1/21, 20210121 */
static bool year_first(struct scan *s, struct written_time *date)
{
	/* Of the latter four digits are taken by now. */
	bool packed = scan_peek(s) >= '0' && scan_peek(s) <= '9';
	int digits = packed ? 2 : 1;
	if (!packed && !scan_skip(s, "-/. "))
		return false;
	if (!scan_number(s, digits, 2, &date->month) || (!packed && !scan_skip(s, "-/. ")))
		return false;
	return scan_number(s, digits, 2, &date->day);
}

/* The letters behind a day: 1st, 2nd, 3e. */
static void skip_ordinal(struct scan *s)
{
	static const char *const endings[] = {"st", "nd", "rd", "th", "e", "ste", "de", "of", NULL};
	struct scan word = *s;
	if (scan_word(&word, endings))
		*s = word;
}

/* 21 januari 2021, January 21, 2021: a month in words; the day stands before it or behind. */
static bool in_words(struct scan *s, struct written_time *date)
{
	date->month = month_read(scan_letters(s));
	if (!date->month)
		return false;
	scan_skip(s, ".");
	if (!date->day) {
		scan_skip(s, " ");
		if (!scan_number(s, 1, 2, &date->day))
			return false;
		skip_ordinal(s);
	}
	return read_year(s, date, true);
}

/* The month and the year behind a day. */
static bool behind_day(struct scan *s, struct written_time *date)
{
	char mark = scan_peek(s);
	size_t marks = scan_skip(s, "-/. ");
	struct scan word = *s;
	if (scan_letters(&word).len)
		return in_words(s, date);
	if (!marks || !scan_number(s, 1, 2, &date->month))
		return false;
	date->month_first = mark == '/' && date->month <= 12 && date->day <= 12 && date->month != date->day;
	/* "9.30" is no day without a year. */
	return read_year(s, date, false) && (!date->no_year || mark == '-' || mark == '/');
}

/* 21-1-2021, 21/01/2021, 21.1.21, 2021/1/21, 21 januari 2021, donderdag 21 januari 2021, January 21, 2021 */
static bool loose_date(struct scan *scan, struct written_time *date)
{
	struct scan s = *scan;
	*date = (struct written_time){.weekday = -1};
	struct str word = scan_letters(&s);
	if (word.len && weekday_read(word) >= 0) {
		date->weekday = weekday_read(word);
		scan_skip(&s, "., ");
	} else {
		s = *scan;
	}
	bool good;
	int digits = scan_number(&s, 1, 4, &date->day);
	if (!digits) {
		good = in_words(&s, date);
	} else if (digits == 4) {
		date->year = date->day;
		good = year_first(&s, date);
	} else {
		skip_ordinal(&s);
		good = digits < 3 && behind_day(&s, date);
	}
	if (good)
		*scan = s;
	return good;
}

struct clock {
	int hour, minute;
	bool seconds, offset, utc;
	bool rounded; /* the seconds are not 0 */
	bool strict;  /* written as 14:00 */
	bool in_words;
	bool one_digit; /* and neither "am" nor "pm": it may be in the afternoon */
};

/* "2:30 pm". False: there is no such hour. */
static bool read_half(struct scan *s, struct clock *clock)
{
	static const char *const before[] = {"am", "a.m.", "a.m", NULL}, *const after[] = {"pm", "p.m.", "p.m", NULL};
	bool am = scan_word(s, before), pm = !am && scan_word(s, after);
	if (!am && !pm)
		return true;
	clock->one_digit = false;
	if (clock->hour < 1 || clock->hour > 12)
		return false;
	clock->hour = clock->hour % 12 + (pm ? 12 : 0);
	return true;
}

/* What may stand behind a time: seconds, "uur", "u", "h", "pm", "Z", an offset. */
static bool clock_tail(struct scan *s, struct clock *clock)
{
	static const char *const words[] = {"uur", "uren", "u", "hrs", "h", NULL};
	int number;
	struct scan behind = *s;
	behind.i++;
	if ((scan_peek(s) == ':' || scan_peek(s) == '.') && scan_number(&behind, 2, 2, &number)) {
		*s = behind;
		clock->seconds = true;
		clock->rounded = number;
		if (scan_take(s, '.') && !scan_number(s, 1, 9, &number))
			return false;
	}
	if (scan_take(s, 'Z') || scan_take(s, 'z')) {
		clock->utc = true;
		return scan_done(s);
	}
	scan_skip(s, " ");
	if (scan_peek(s) == '+' || scan_peek(s) == '-') {
		s->i++;
		clock->offset = scan_number(s, 2, 2, &number) != 0;
		scan_take(s, ':');
		return clock->offset && (scan_done(s) || scan_number(s, 2, 2, &number)) && scan_done(s);
	}
	if (scan_word(s, words))
		scan_take(s, '.');
	return read_half(s, clock) && scan_done(s);
}

/* "half drie", "kwart over 2", "kwart voor twee", "twee uur": at night or in the afternoon. */
static bool clock_in_words(struct scan *scan, struct clock *clock)
{
	static const struct {
		const char *word;
		int minutes;
	} befores[] = {{"half", -30}, {"kwart voor", -15}, {"kwart over", 15}, {"quarter to", -15},
		{"quarter past", 15}, {"half past", 30}};
	static const char *const hours[] = {"een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen",
		"tien", "elf", "twaalf", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
		"eleven", "twelve", NULL};
	static const char *const ends[] = {"uur", "o'clock", NULL};
	struct scan s = *scan;
	int hour = 0, minutes = 0;
	for (size_t i = sizeof(befores) / sizeof(*befores); i-- > 0 && !minutes;)
		if (scan_word(&s, (const char *[]){befores[i].word, NULL}))
			minutes = befores[i].minutes;
	for (int i = 0; hours[i] && !hour; i++)
		if (scan_word(&s, (const char *[]){hours[i], NULL}))
			hour = i % 12 + 1;
	if (!hour && (!minutes || !scan_number(&s, 1, 2, &hour)))
		return false;
	scan_skip(&s, " ");
	bool end = scan_word(&s, ends);
	if (hour < 1 || hour > 12 || !scan_done(&s) || (!minutes && !end))
		return false;
	int minute = (hour * 60 + minutes) % (DAY_MINUTES / 2);
	*clock = (struct clock){.hour = minute / 60, .minute = minute % 60, .in_words = true};
	*scan = s;
	return true;
}

/* 14:00, 9:00, 14.00, 14u, 14u30, 14h, 14.00 uur, 1400 uur, 2 pm, half drie; to the end of the text */
static bool loose_clock(struct scan *scan, struct clock *clock)
{
	*clock = (struct clock){0};
	struct scan s = *scan;
	int digits = scan_number(&s, 1, 2, &clock->hour);
	if (!digits)
		return clock_in_words(scan, clock);
	char mark = scan_peek(&s);
	clock->one_digit = digits == 1 && clock->hour;
	bool marked = mark && strchr(":.uh", mark);
	struct scan behind = s;
	if (marked)
		behind.i++;
	if (scan_number(&behind, 2, 2, &clock->minute) && (marked || digits == 2)) {
		s = behind;
		clock->strict = digits == 2 && mark == ':' && scan_done(&s);
	} else {
		clock->minute = 0;
		/* An hour alone is a time only with its word behind it. */
		if (scan_done(&s) || mark == ':' || mark == '.' || (mark == ' ' && s.i + 1 >= s.s.len) || mark == '-' ||
			mark == '+')
			return false;
	}
	if (!clock_tail(&s, clock))
		return false;
	if (clock->utc)
		clock->strict = digits == 2 && mark == ':' && !clock->seconds;
	*scan = s;
	return true;
}

/* An hour alone, where nothing but a time can stand. */
static bool bare_hour(struct scan *scan, struct clock *clock)
{
	struct scan s = *scan;
	*clock = (struct clock){0};
	if (!scan_number(&s, 1, 2, &clock->hour) || !scan_done(&s))
		return false;
	*scan = s;
	return true;
}

static struct verdict check_date(struct arena *arena, const struct written_time *date)
{
	if (date->month < 1 || date->month > 12)
		return (struct verdict){.kind = VERDICT_NO_MONTH};
	int days = date_month_days(date->no_year ? 2000 : date->year, date->month);
	if (date->day < 1 || date->day > days)
		return (struct verdict){.kind = VERDICT_NO_DAY,
			.right = date->no_year ? str_format(arena, LOCAL("%s has %d days", "%s heeft %d dagen"),
							 month_name(date->month, local_language()), days)
					       : str_format(arena, LOCAL("%s %d has %d days", "%s %d heeft %d dagen"),
							 month_name(date->month, local_language()), date->year, days)};
	if (date->no_year)
		return (struct verdict){
			.kind = VERDICT_NO_YEAR, .right = str_format(arena, "…-%02d-%02d", date->month, date->day)};
	return (struct verdict){.kind = VERDICT_OK};
}

static struct verdict check_clock(const struct clock *clock)
{
	if (clock->offset)
		return (struct verdict){.kind = VERDICT_OFFSET};
	if (clock->hour == 24 && clock->minute == 0)
		return (struct verdict){.kind = VERDICT_MIDNIGHT, .meant = true};
	if (clock->hour > 23 || clock->minute > 59)
		return (struct verdict){.kind = VERDICT_NO_TIME};
	if (clock->in_words)
		return (struct verdict){.kind = VERDICT_TWICE};
	if (clock->seconds)
		return (struct verdict){.kind = VERDICT_SECONDS, .meant = !clock->rounded};
	return (struct verdict){.kind = clock->strict ? VERDICT_OK : VERDICT_TIME_FORM,
		.meant = !clock->strict,
		.twelve = clock->one_digit};
}

/* The time behind a date that exists. */
static struct verdict read_clock(struct arena *arena, struct scan *s, struct moment *moment)
{
	static const char *const words[] = {"om", "vanaf", "van", "at", "from", NULL};
	struct clock clock;
	bool separated =
		(scan_peek(s) == ' ' && s->i + 1 < s->s.len && s->s.ptr[s->i + 1] != ' ') || scan_peek(s) == 'T';
	scan_skip(s, " ,Tt");
	separated &= !scan_word(s, words);
	if (!loose_clock(s, &clock) && !bare_hour(s, &clock))
		return (struct verdict){.kind = VERDICT_NO_TIME};
	struct verdict verdict = check_clock(&clock);
	if (verdict.kind == VERDICT_OK && !separated)
		verdict = (struct verdict){.kind = VERDICT_TIME_FORM, .meant = true};
	if (verdict.kind == VERDICT_NO_TIME || verdict.kind == VERDICT_OFFSET)
		return verdict;
	moment->minute = (short)(clock.hour * 60 + clock.minute + (clock.in_words ? DAY_MINUTES / 2 : 0));
	moment->utc = clock.utc;
	if (verdict.kind == VERDICT_MIDNIGHT) {
		moment->date = date_from_days(date_days(moment->date) + 1);
		moment->minute = 0;
	}
	if (verdict.kind != VERDICT_OK)
		verdict.right = moment_format(arena, *moment);
	return verdict;
}

/* The moment of a date that may be read in another way; empty where it may not. */
static struct str other_way(struct arena *arena, const struct written_time *date, struct moment moment)
{
	struct date other = {(short)date->year, (signed char)date->day, (signed char)date->month};
	if (date->two_ways)
		other = (struct date){
			(short)(2000 + date->day), (signed char)date->month, (signed char)(date->year - 2000)};
	else if (!date->month_first)
		return STR("");
	if (other.day < 1 || other.day > date_month_days(other.year, other.month))
		return STR("");
	moment.date = other;
	return moment_format(arena, moment);
}

struct verdict moment_read(struct arena *arena, struct str text, struct moment *moment)
{
	struct scan s = {.s = str_trim(text)};
	struct written_time date;
	bool strict = strict_date(&s, &date);
	if (!strict && !loose_date(&s, &date))
		return (struct verdict){.kind = VERDICT_NONSENSE};
	char next = scan_peek(&s);
	if (!scan_done(&s) && next != ' ' && next != 'T' && next != 't' && next != ',')
		return (struct verdict){.kind = VERDICT_NONSENSE};
	struct verdict verdict = check_date(arena, &date);
	if (verdict.kind != VERDICT_OK)
		return verdict;
	struct moment m = {{(short)date.year, (signed char)date.month, (signed char)date.day}, -1, false};
	int weekday = date_weekday(m.date);
	if (!scan_done(&s))
		verdict = read_clock(arena, &s, &m);
	if (verdict.kind == VERDICT_NO_TIME || verdict.kind == VERDICT_OFFSET)
		return verdict;
	bool sure = (verdict.kind == VERDICT_OK || verdict.meant) && !date.two_ways;
	if (!strict && verdict.kind != VERDICT_TWICE)
		verdict = (struct verdict){.kind = VERDICT_DATE_FORM, .right = moment_format(arena, m), .meant = sure};
	if (date.weekday >= 0 && date.weekday != weekday)
		verdict = (struct verdict){.kind = VERDICT_WEEKDAY, .right = verdict.right, .weekday = date.weekday};
	verdict.month_first = date.month_first;
	verdict.other = other_way(arena, &date, m);
	if (verdict_known(verdict) || verdict.kind == VERDICT_WEEKDAY || verdict.kind == VERDICT_TWICE)
		*moment = m;
	return verdict;
}

bool time_looks_like(struct str text)
{
	struct scan s = {.s = str_trim(text)};
	struct clock clock;
	return loose_clock(&s, &clock) && scan_done(&s);
}

struct verdict time_read(struct arena *arena, struct str text, short *minute)
{
	struct scan s = {.s = str_trim(text)};
	struct clock clock;
	if (!loose_clock(&s, &clock))
		return (struct verdict){.kind = VERDICT_NO_TIME};
	struct verdict verdict = check_clock(&clock);
	if (verdict.kind == VERDICT_OK && clock.utc)
		return (struct verdict){.kind = VERDICT_NO_TIME};
	int read = clock.hour * 60 + clock.minute;
	if (verdict_known(verdict) || verdict.kind == VERDICT_TWICE)
		*minute = (short)read;
	if (verdict.kind == VERDICT_TWICE)
		verdict.right = time_format(arena, read + DAY_MINUTES / 2);
	else if (verdict.kind == VERDICT_SECONDS || verdict.kind == VERDICT_TIME_FORM)
		verdict.right = time_format(arena, read);
	return verdict;
}

/* "2021-10"; "oktober 2021", "2021-9", "10-2021", "2021/10". */
static bool scan_months(struct str text, int *year, int *month)
{
	struct scan s = {text, 0};
	struct str word = scan_letters(&s);
	*month = month_read(word);
	if (word.len)
		scan_take(&s, '.');
	if (*month)
		return scan_skip(&s, " ") && scan_number(&s, 4, 4, year) && scan_done(&s);
	if (word.len)
		return false;
	struct scan turned = s;
	if (scan_number(&s, 4, 4, year))
		return scan_skip(&s, "-/. ") == 1 && scan_number(&s, 1, 2, month) && scan_done(&s);
	s = turned;
	return scan_number(&s, 1, 2, month) && scan_skip(&s, "-/. ") == 1 && scan_number(&s, 4, 4, year) &&
	       scan_done(&s);
}

struct verdict months_read(struct arena *arena, struct str text, struct date *first)
{
	int year, month;
	/* A whole date, as nearly all are. */
	bool date =
		text.len >= 10 && text.ptr[0] >= '0' && text.ptr[0] <= '9' && text.ptr[4] == '-' && text.ptr[7] == '-';
	if (date || !scan_months(text, &year, &month))
		return (struct verdict){.kind = VERDICT_NONSENSE};
	if (month < 1 || month > 12)
		return (struct verdict){.kind = VERDICT_NO_MONTH};
	*first = (struct date){(short)year, (signed char)month, 1};
	struct str right = month_format(arena, *first);
	if (str_equal(text, right))
		return (struct verdict){.kind = VERDICT_OK};
	return (struct verdict){.kind = VERDICT_DATE_FORM, .right = right, .meant = true};
}
