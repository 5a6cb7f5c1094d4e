#include "time/date.h"

#include "base/arena.h"
#include "time/limits.h"

#include <stdlib.h>
#include <string.h>

const char *const weekday_names[] = {"zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag",
	"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", NULL};

static const struct wording months[] = {W("January", "januari"), W("February", "februari"), W("March", "maart"),
	W("April", "april"), W("May", "mei"), W("June", "juni"), W("July", "juli"), W("August", "augustus"),
	W("September", "september"), W("October", "oktober"), W("November", "november"), W("December", "december")};

/* Days since 1970-01-01: years run from March here, so that the leap day is a year's last. */
int64_t date_days(struct date date)
{
	int64_t year = date.year - (date.month <= 2);
	int64_t era = (year >= 0 ? year : year - 399) / 400;
	int64_t of_era = year - era * 400;
	int64_t of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

struct date date_from_days(int64_t days)
{
	days += 719468;
	int64_t era = (days >= 0 ? days : days - 146096) / 146097;
	int64_t of_era = days - era * 146097;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153;
	return (struct date){
		.year = (short)(year + era * 400 + (month >= 10)),
		.month = (signed char)(month < 10 ? month + 3 : month - 9),
		.day = (signed char)(of_year - (153 * month + 2) / 5 + 1),
	};
}

int date_weekday(struct date date)
{
	return (int)(((date_days(date) + 4) % 7 + 7) % 7);
}

int date_month_days(int year, int month)
{
	static const signed char days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return days[month - 1] + (month == 2 && leap);
}

int64_t moment_seconds(struct moment moment)
{
	return date_days(moment.date) * DAY_SECONDS + (moment_is_date(moment) ? 0 : moment.minute * 60);
}

struct moment moment_from_seconds(int64_t seconds)
{
	int64_t days = (seconds >= 0 ? seconds : seconds - (DAY_SECONDS - 1)) / DAY_SECONDS;
	return (struct moment){.date = date_from_days(days), .minute = (short)((seconds - days * DAY_SECONDS) / 60)};
}

int moment_compare(struct moment a, struct moment b)
{
	int64_t x = moment_seconds(a), y = moment_seconds(b);
	return (x > y) - (x < y);
}

struct str date_format(struct arena *arena, struct date date)
{
	return str_format(arena, "%04d-%02d-%02d", date.year, date.month, date.day);
}

struct str time_format(struct arena *arena, int minute)
{
	return str_format(arena, "%02d:%02d", minute / 60, minute % 60);
}

struct str moment_format(struct arena *arena, struct moment moment)
{
	struct str date = date_format(arena, moment.date);
	if (moment_is_date(moment))
		return date;
	struct str time = time_format(arena, moment.minute);
	return str_format(arena, "%.*s %.*s%s", STR_ARG(date), STR_ARG(time), moment.utc ? "Z" : "");
}

struct str duration_format(struct arena *arena, struct duration duration)
{
	struct buffer out = {0};
	if (duration.days && duration.days % 7 == 0)
		buffer_format(&out, "%dw", duration.days / 7);
	else if (duration.days)
		buffer_format(&out, "%dd", duration.days);
	if (duration.minutes / 60)
		buffer_format(&out, "%dh", duration.minutes / 60);
	if (duration.minutes % 60 || !out.len)
		buffer_format(&out, "%dm", duration.minutes % 60);
	struct str text = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return text;
}

/* A cursor over what somebody wrote. */
struct scan {
	struct str s;
	size_t i;
};

static char peek(const struct scan *scan)
{
	return scan->i < scan->s.len ? scan->s.ptr[scan->i] : 0;
}

static bool take(struct scan *scan, char c)
{
	if (peek(scan) != c || scan->i >= scan->s.len)
		return false;
	scan->i++;
	return true;
}

static void skip(struct scan *scan, const char *set)
{
	while (scan->i < scan->s.len && peek(scan) && strchr(set, peek(scan)))
		scan->i++;
}

/* A number of at least least and at most most digits; returns how many, 0 for none. */
static int number(struct scan *scan, int least, int most, int *value)
{
	int digits = 0, n = 0;
	while (digits < most && peek(scan) >= '0' && peek(scan) <= '9') {
		n = n * 10 + (peek(scan) - '0');
		scan->i++;
		digits++;
	}
	*value = n;
	return digits < least ? 0 : digits;
}

static struct str letters(struct scan *scan)
{
	size_t begin = scan->i;
	while (ascii_lower(peek(scan)) >= 'a' && ascii_lower(peek(scan)) <= 'z')
		scan->i++;
	return str_part(scan->s, begin, scan->i);
}

/* Whether word is name or its first letters, at least least of them, with or without a full stop. */
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

const char *weekday_name(int weekday, enum language language)
{
	return weekday_names[language == LANGUAGE_NL ? weekday : weekday + 7];
}

const char *month_name(int month, enum language language)
{
	return wording_in(months[month - 1], language);
}

static int month_read(struct str word)
{
	for (int i = 0; i < 12; i++)
		if (names(word, months[i].nl, 3) || names(word, months[i].en, 3))
			return i + 1;
	return names(word, "mrt", 3) ? 3 : 0;
}

static bool set_date(struct date *date, int year, int month, int day)
{
	*date = (struct date){(short)year, (signed char)month, (signed char)day};
	return true;
}

/* "2021-01-21" and nothing looser; the numbers need not exist. */
static bool strict_date(struct scan *scan, struct date *date)
{
	int year, month, day;
	struct scan s = *scan;
	if (!number(&s, 4, 4, &year) || !take(&s, '-') || !number(&s, 2, 2, &month) || !take(&s, '-') ||
		!number(&s, 2, 2, &day))
		return false;
	*scan = s;
	return set_date(date, year, month, day);
}

/* 21-1-2021, 21/01/2021, 21.1.2021, 2021/1/21, 21 januari 2021, donderdag 21 januari 2021, January 21, 2021 */
static bool loose_date(struct scan *scan, struct date *date)
{
	struct scan s = *scan;
	int first, second, third, digits;
	struct str word = letters(&s);
	if (word.len && weekday_read(word) >= 0) {
		skip(&s, "., ");
		word = letters(&s);
	}
	if (word.len) {
		int month = month_read(word);
		skip(&s, ". ");
		if (!month || !number(&s, 1, 2, &second))
			return false;
		skip(&s, ", ");
		if (!number(&s, 4, 4, &third))
			return false;
		*scan = s;
		return set_date(date, third, month, second);
	}
	digits = number(&s, 1, 4, &first);
	if (!digits || digits == 3)
		return false;
	if (digits == 4) {
		/* Also 20210121, of which four digits are taken by now. */
		bool packed = peek(&s) >= '0' && peek(&s) <= '9';
		skip(&s, packed ? "" : "-/.");
		if (!number(&s, packed ? 2 : 1, 2, &second))
			return false;
		skip(&s, packed ? "" : "-/.");
		if (!number(&s, packed ? 2 : 1, 2, &third))
			return false;
		*scan = s;
		return set_date(date, first, second, third);
	}
	skip(&s, "-/. ");
	word = letters(&s);
	second = word.len ? month_read(word) : 0;
	if (word.len ? !second : !number(&s, 1, 2, &second))
		return false;
	skip(&s, "-/. ");
	if (!number(&s, 4, 4, &third))
		return false;
	*scan = s;
	return set_date(date, third, second, first);
}

struct clock {
	int hour, minute;
	bool seconds, offset, utc;
	bool strict; /* written as 14:00 */
};

/* What may stand behind a time: seconds, "uur", "u", "h", "Z", an offset. */
static bool clock_tail(struct scan *s, struct clock *clock)
{
	int ignored;
	if (peek(s) == ':' || peek(s) == '.') {
		s->i++;
		if (!number(s, 2, 2, &ignored))
			return false;
		clock->seconds = true;
		if (take(s, '.') && !number(s, 1, 9, &ignored))
			return false;
	}
	if (take(s, 'Z') || take(s, 'z')) {
		clock->utc = true;
		return s->i == s->s.len;
	}
	skip(s, " ");
	if (peek(s) == '+' || peek(s) == '-') {
		s->i++;
		clock->offset = number(s, 2, 2, &ignored) != 0;
		take(s, ':');
		return clock->offset && (s->i == s->s.len || number(s, 2, 2, &ignored)) && s->i == s->s.len;
	}
	struct str word = letters(s);
	take(s, '.');
	return s->i == s->s.len &&
	       (!word.len || str_equal_nocase(word, STR("u")) || str_equal_nocase(word, STR("uur")) ||
		       str_equal_nocase(word, STR("h")) || str_equal_nocase(word, STR("hrs")));
}

/* 14:00, 9:00, 14.00, 14u, 14u30, 14h, 14.00 uur, 1400 uur; to the end of the text */
static bool loose_clock(struct scan *scan, struct clock *clock)
{
	*clock = (struct clock){0};
	struct scan s = *scan;
	int digits = number(&s, 1, 2, &clock->hour);
	if (!digits)
		return false;
	char mark = peek(&s);
	bool marked = mark == ':' || mark == '.' || mark == 'u' || mark == 'h';
	struct scan behind = s;
	if (marked)
		behind.i++;
	if (number(&behind, 2, 2, &clock->minute) && (marked || digits == 2)) {
		s = behind;
		clock->strict = digits == 2 && mark == ':' && s.i == s.s.len;
	} else {
		clock->minute = 0;
		if (!marked && mark != ' ')
			return false;
		/* An hour alone is a time only with its word behind it. */
		if (mark == ':' || mark == '.' || (mark == ' ' && s.i + 1 >= s.s.len))
			return false;
	}
	if (!clock_tail(&s, clock))
		return false;
	if (clock->utc)
		clock->strict = digits == 2 && mark == ':' && !clock->seconds;
	*scan = s;
	return true;
}

static struct verdict check_date(struct arena *arena, struct date date)
{
	if (date.month < 1 || date.month > 12)
		return (struct verdict){.kind = VERDICT_NO_MONTH};
	if (date.day < 1 || date.day > date_month_days(date.year, date.month))
		return (struct verdict){.kind = VERDICT_NO_DAY,
			.right = str_format(arena, "%s %d has %d days", month_name(date.month, LANGUAGE_EN), date.year,
				date_month_days(date.year, date.month))};
	return (struct verdict){.kind = VERDICT_OK};
}

static struct verdict check_clock(const struct clock *clock)
{
	if (clock->offset)
		return (struct verdict){.kind = VERDICT_OFFSET};
	if (clock->hour == 24 && clock->minute == 0)
		return (struct verdict){.kind = VERDICT_MIDNIGHT};
	if (clock->hour > 23 || clock->minute > 59)
		return (struct verdict){.kind = VERDICT_NO_TIME};
	if (clock->seconds)
		return (struct verdict){.kind = VERDICT_SECONDS};
	return (struct verdict){.kind = clock->strict ? VERDICT_OK : VERDICT_TIME_FORM};
}

/* The time behind a date that exists. */
static struct verdict read_clock(struct arena *arena, struct scan *s, struct moment *moment)
{
	struct clock clock;
	bool separated = (peek(s) == ' ' && s->i + 1 < s->s.len && s->s.ptr[s->i + 1] != ' ') || peek(s) == 'T';
	skip(s, " ,Tt");
	struct scan word = *s;
	if (str_equal_nocase(letters(&word), STR("om"))) {
		*s = word;
		separated = false;
		skip(s, " ");
	}
	if (!loose_clock(s, &clock))
		return (struct verdict){.kind = VERDICT_NO_TIME};
	struct verdict verdict = check_clock(&clock);
	if (verdict.kind == VERDICT_OK && !separated)
		verdict.kind = VERDICT_TIME_FORM;
	if (verdict.kind == VERDICT_NO_TIME || verdict.kind == VERDICT_OFFSET)
		return verdict;
	moment->minute = (short)(clock.hour * 60 + clock.minute);
	moment->utc = clock.utc;
	if (verdict.kind == VERDICT_MIDNIGHT) {
		moment->date = date_from_days(date_days(moment->date) + 1);
		moment->minute = 0;
	}
	if (verdict.kind != VERDICT_OK)
		verdict.right = moment_format(arena, *moment);
	return verdict;
}

struct verdict moment_read(struct arena *arena, struct str text, struct moment *moment)
{
	struct scan s = {.s = str_trim(text)};
	struct moment m = {.minute = -1};
	bool strict = strict_date(&s, &m.date);
	if (!strict && !loose_date(&s, &m.date))
		return (struct verdict){.kind = VERDICT_NONSENSE};
	struct verdict verdict = check_date(arena, m.date);
	if (verdict.kind != VERDICT_OK)
		return verdict;
	if (s.i < s.s.len) {
		char c = peek(&s);
		if (c != ' ' && c != 'T' && c != 't' && c != ',')
			return (struct verdict){.kind = VERDICT_NONSENSE};
		verdict = read_clock(arena, &s, &m);
		if (verdict.kind == VERDICT_NO_TIME || verdict.kind == VERDICT_OFFSET)
			return verdict;
	}
	if (!strict)
		return (struct verdict){VERDICT_DATE_FORM, moment_format(arena, m)};
	if (verdict.kind == VERDICT_OK)
		*moment = m;
	return verdict;
}

bool time_looks_like(struct str text)
{
	struct scan s = {.s = str_trim(text)};
	struct clock clock;
	return loose_clock(&s, &clock) && s.i == s.s.len;
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
	if (verdict.kind == VERDICT_OK)
		*minute = (short)(clock.hour * 60 + clock.minute);
	else if (verdict.kind == VERDICT_SECONDS || verdict.kind == VERDICT_TIME_FORM)
		verdict.right = time_format(arena, clock.hour * 60 + clock.minute);
	return verdict;
}

/* The minutes (or, negative, days) that a unit stands for; 0: no unit. */
static int unit_minutes(struct str unit)
{
	static const struct {
		const char *name;
		int minutes;
	} units[] = {
		{"m", 1},
		{"min", 1},
		{"mins", 1},
		{"minuut", 1},
		{"minuten", 1},
		{"minute", 1},
		{"minutes", 1},
		{"h", 60},
		{"u", 60},
		{"uur", 60},
		{"uren", 60},
		{"hour", 60},
		{"hours", 60},
		{"d", -1},
		{"dag", -1},
		{"dagen", -1},
		{"day", -1},
		{"days", -1},
		{"w", -7},
		{"week", -7},
		{"weken", -7},
		{"weeks", -7},
	};
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (str_equal_nocase(unit, str_from(units[i].name)))
			return units[i].minutes;
	return 0;
}

/* 2h, 1h30m, 2 uur, 1,5 uur, 1h30 */
static bool loose_duration(struct scan *s, struct duration *duration, bool *strict)
{
	int last = 0, parts = 0;
	*strict = true;
	while (s->i < s->s.len) {
		int whole, tenths = 0, before = (int)s->i;
		skip(s, " ");
		*strict &= (int)s->i == before;
		if (!number(s, 1, 6, &whole))
			return false;
		if (peek(s) == ',' || peek(s) == '.') {
			s->i++;
			*strict = false;
			if (!number(s, 1, 1, &tenths))
				return false;
		}
		size_t blank = s->i;
		skip(s, " ");
		struct str unit = letters(s);
		/* "1h30" */
		int minutes = !unit.len && last == 60 ? 1 : unit_minutes(unit);
		*strict &= unit.len == 1 && blank + 1 == s->i && strchr("mhdw", unit.ptr[0]) != NULL;
		if (!minutes || (tenths && minutes < 0) || (last && minutes > 0 && last > 0 && minutes >= last))
			return false;
		if (minutes < 0)
			duration->days += whole * -minutes;
		else
			duration->minutes += whole * minutes + tenths * minutes / 10;
		last = minutes;
		parts++;
	}
	return parts > 0;
}

/* P1W, P1DT2H, PT1H30M (RFC 5545, 3.3.6); seconds only where they make whole minutes */
static bool iso_duration(struct scan *s, struct duration *duration)
{
	bool time = false;
	int parts = 0, value;
	if (!take(s, 'P'))
		return false;
	while (s->i < s->s.len) {
		if (!time && take(s, 'T')) {
			time = true;
			continue;
		}
		if (!number(s, 1, 6, &value))
			return false;
		if (!time && take(s, 'W'))
			duration->days += value * 7;
		else if (!time && take(s, 'D'))
			duration->days += value;
		else if (time && take(s, 'H'))
			duration->minutes += value * 60;
		else if (time && take(s, 'M'))
			duration->minutes += value;
		else if (time && value % 60 == 0 && take(s, 'S'))
			duration->minutes += value / 60;
		else
			return false;
		parts++;
	}
	return parts > 0;
}

struct verdict duration_read(struct arena *arena, struct str text, struct duration *duration)
{
	struct scan s = {.s = str_trim(text)};
	struct duration d = {0};
	bool strict = true;
	if (s.s.len > 40)
		return (struct verdict){.kind = VERDICT_NONSENSE};
	if (peek(&s) == 'P') {
		if (!iso_duration(&s, &d))
			return (struct verdict){.kind = VERDICT_NONSENSE};
	} else if (!loose_duration(&s, &d, &strict)) {
		return (struct verdict){.kind = VERDICT_NONSENSE};
	}
	if (!d.days && !d.minutes)
		return (struct verdict){.kind = VERDICT_ZERO};
	if (d.days > DURATION_DAYS_MOST || d.minutes > DURATION_DAYS_MOST * DAY_MINUTES)
		return (struct verdict){.kind = VERDICT_TOO_LONG};
	if (!strict)
		return (struct verdict){VERDICT_DATE_FORM, duration_format(arena, d)};
	*duration = d;
	return (struct verdict){.kind = VERDICT_OK};
}
