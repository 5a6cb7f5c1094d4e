/*
 * Dates, times of the day, and durations as people write them. Pure functions over small values; the calendar is the
 * proleptic Gregorian one.
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
int date_weekday(struct date date); /* 0 is Sunday */
int date_month_days(int year, int month);
/* The seconds since 1970-01-01T00:00 of a moment's own clock; a date alone counts as its midnight. */
int64_t moment_seconds(struct moment moment);
/* The same way back; with a time. */
struct moment moment_from_seconds(int64_t seconds);
/* Negative, 0, positive; both with a time or both without. */
int moment_compare(struct moment a, struct moment b);

/* "2021-01-21", "2021-01-21 14:00", "2021-01-21 14:00Z" */
struct str date_format(struct arena *arena, struct date date);
struct str moment_format(struct arena *arena, struct moment moment);
struct str time_format(struct arena *arena, int minute);
/* "1h30m", "2w": the shortest form of FORMAT.md. */
struct str duration_format(struct arena *arena, struct duration duration);

enum verdict_kind {
	VERDICT_OK,
	VERDICT_NONSENSE,  /* not of any form that is known */
	VERDICT_DATE_FORM, /* understood; right is how it is written */
	VERDICT_TIME_FORM, /* the same, and the date is well written */
	VERDICT_NO_MONTH,  /* a year has 12 */
	VERDICT_NO_DAY,    /* right says how many days the month has */
	VERDICT_NO_TIME,   /* the hour or minute does not exist */
	VERDICT_SECONDS,   /* right is without them */
	VERDICT_OFFSET,    /* +01:00 behind the time */
	VERDICT_MIDNIGHT,  /* 24:00; right is the next day's 00:00 where there is a date */
	VERDICT_ZERO,      /* a duration of nothing */
	VERDICT_TOO_LONG   /* a duration of more than DURATION_DAYS_MOST days */
};

enum { DURATION_DAYS_MOST = 3660 };

struct verdict {
	enum verdict_kind kind;
	struct str right; /* ready to paste, in the arena; or empty */
};

/* "2021-01-21", "2021-01-21 14:00", "2021-01-21T14:00Z". The value is set where the verdict is OK. */
struct verdict moment_read(struct arena *arena, struct str text, struct moment *moment);
/* "14:00" */
struct verdict time_read(struct arena *arena, struct str text, short *minute);
/* Whether a text looks like a time of the day rather than a date. */
bool time_looks_like(struct str text);
/* "2h", "90m", "1h30m", "1d", "2w", or ISO 8601 "PT2H" (RFC 5545, 3.3.6) */
struct verdict duration_read(struct arena *arena, struct str text, struct duration *duration);

/* 0 is Sunday; -1: no name of a weekday in Dutch or English, full or short (two or three letters). */
int weekday_read(struct str text);
/* The names, from Sunday, in Dutch and then in English; ends in NULL. */
extern const char *const weekday_names[];
const char *weekday_name(int weekday, enum language language);
const char *month_name(int month, enum language language);

#endif
