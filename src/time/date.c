#include "time/date.h"

#include "base/arena.h"
#include "time/limits.h"

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

int days_weekday(int64_t days)
{
	return (int)(((days + 4) % 7 + 7) % 7);
}

int date_weekday(struct date date)
{
	return days_weekday(date_days(date));
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

void date_add(struct buffer *out, struct date date)
{
	buffer_number(out, date.year, 4);
	buffer_byte(out, '-');
	buffer_number(out, date.month, 2);
	buffer_byte(out, '-');
	buffer_number(out, date.day, 2);
}

struct str date_format(struct arena *arena, struct date date)
{
	struct buffer out = {0};
	date_add(&out, date);
	struct str text = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return text;
}

struct str time_format(struct arena *arena, int minute)
{
	return str_format(arena, "%02d:%02d", minute / 60, minute % 60);
}

struct str month_format(struct arena *arena, struct date date)
{
	return str_format(arena, "%04d-%02d", date.year, date.month);
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

const char *weekday_name(int weekday, enum language language)
{
	return weekday_names[language == LANGUAGE_NL ? weekday : weekday + 7];
}

const char *month_name(int month, enum language language)
{
	return wording_in(months[month - 1], language);
}
