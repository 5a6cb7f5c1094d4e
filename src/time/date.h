/*
 * Dates, times of the day, and durations. Pure functions over small values; the calendar is the proleptic Gregorian
 * one. How people write them is in time/read.h.
 */
#ifndef TIME_DATE_H
#define TIME_DATE_H

#include "base/str.h"
#include "base/wording.h"
#include "time/limits.h"

struct arena;

struct date {
	short year;
	signed char month, day; /* from 1 */
};

/* A date, or a date and a time. */
struct moment {
	struct date date;
	short minute; /* of the day, 0 to 1439; -1: a date alone */
	bool utc;     /* written with a Z */
};

/* True for a date alone. */
static inline bool moment_is_date(struct moment moment)
{
	return moment.minute < 0;
}

/* Days on the calendar, and exact minutes; either may be 0. Never negative. */
struct duration {
	int days, minutes;
};

/* A day for 24 hours. */
static inline int duration_minutes(struct duration duration)
{
	return duration.days * DAY_MINUTES + duration.minutes;
}

int64_t date_days(struct date date); /* since 1970-01-01 */
struct date date_from_days(int64_t days);
int days_weekday(int64_t days); /* of such a number of days; 0 is Sunday */
int date_weekday(struct date date);
int date_month_days(int year, int month);
/* The seconds since 1970-01-01T00:00 of a moment's own clock; a date alone counts as its midnight. */
int64_t moment_seconds(struct moment moment);
/* The same way back; with a time. */
struct moment moment_from_seconds(int64_t seconds);
/* Negative, 0, positive; both with a time or both without. */
int moment_compare(struct moment a, struct moment b);

/* "2021-01-21", "2021-01-21 14:00", "2021-01-21 14:00Z" */
void date_add(struct buffer *out, struct date date);
struct str date_format(struct arena *arena, struct date date);
struct str month_format(struct arena *arena, struct date date); /* "2021-01" */
struct str moment_format(struct arena *arena, struct moment moment);
struct str time_format(struct arena *arena, int minute);
/* "1h30m", "2w": the shortest form of evcal(5). */
struct str duration_format(struct arena *arena, struct duration duration);

/* The names, from Sunday, in Dutch and then in English; ends in NULL. */
extern const char *const weekday_names[];
const char *weekday_name(int weekday, enum language language);
/* From 1. */
const char *month_name(int month, enum language language);

#endif
