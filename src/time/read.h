/*
 * Dates, times of the day and durations as people write them: the forms that the format takes, and those from which one
 * reads at once what was meant, in Dutch or English. Pure functions.
 */
#ifndef TIME_READ_H
#define TIME_READ_H

#include "time/date.h"

enum verdict_kind {
	VERDICT_OK,
	VERDICT_NONSENSE,  /* not of any form that is known */
	VERDICT_DATE_FORM, /* understood; right is how it is written */
	VERDICT_TIME_FORM, /* the same, and the date is well written */
	VERDICT_NO_YEAR,   /* a day and a month; right is the date with "…" for the year */
	VERDICT_NO_MONTH,  /* a year has 12 */
	VERDICT_NO_DAY,    /* right says how many days the month has */
	VERDICT_WEEKDAY,   /* the date has another weekday than the one that stands in front; right is the date */
	VERDICT_NO_TIME,   /* the hour or minute does not exist */
	VERDICT_SECONDS,   /* right is without them */
	VERDICT_OFFSET,    /* +01:00 behind the time */
	VERDICT_MIDNIGHT,  /* 24:00; right is the next day's 00:00 where there is a date */
	VERDICT_TWICE,     /* "half drie" is at night and in the afternoon; right is that */
	VERDICT_ZERO,      /* a duration of nothing */
	VERDICT_TOO_LONG   /* a duration of more than DURATION_DAYS_MOST days */
};

enum { DURATION_DAYS_MOST = 3660 };

struct verdict {
	enum verdict_kind kind;
	struct str right; /* ready to paste, in the arena; or empty */
	struct str
		other; /* the same of the other way to read it: the month of 9/2/2021, or the year of 21-02-26, in front */
	bool meant;    /* right is surely what was meant, and the value is set to it; false for VERDICT_OK */
	bool twelve;      /* of a time: it may be twelve hours later, as 4:00 */
	bool month_first; /* an American would read the month in front: 9/2/2021 */
	int weekday;      /* of VERDICT_WEEKDAY: the one that was written */
};

/* True if the value is set. */
static inline bool verdict_known(struct verdict verdict)
{
	return verdict.kind == VERDICT_OK || verdict.meant;
}

/* "2021-01-21", "2021-01-21 14:00", "2021-01-21T14:00Z". Of VERDICT_WEEKDAY and VERDICT_TWICE the value is set to
 * right. */
struct verdict moment_read(struct arena *arena, struct str text, struct moment *moment);
/*
 * "2021-10", a month alone. VERDICT_NONSENSE: it is no month, and may be something else; else the date, where it is
 * set, is the first of the month.
 */
struct verdict months_read(struct arena *arena, struct str text, struct date *first);
/* "14:00". Of VERDICT_TWICE the minute is set to the earlier time; the other is twelve hours later. */
struct verdict time_read(struct arena *arena, struct str text, short *minute);
/* Whether a text looks like a time of the day rather than a date. */
bool time_looks_like(struct str text);
/* "2h", "90m", "1h30m", "1d", "2w", or ISO 8601 "PT2H" (RFC 5545, 3.3.6) */
struct verdict duration_read(struct arena *arena, struct str text, struct duration *duration);
/* The minutes that a word for a unit of time stands for, or, for days and weeks, the days, negative; 0: it is none. */
int unit_minutes(struct str unit);

/* An end behind a start: "24 sep t/m 1 okt 2026", "2021-02-09 14:00 - 16:00". */
struct range {
	struct moment start, end;
	bool time_only; /* the end is a time on the day of the start */
};

/* True if a text is one, and it is sure what it means. */
bool range_read(struct arena *arena, struct str text, struct range *range);

/* 0 is Sunday; -1: no name of a weekday in Dutch or English, full or short (two or three letters). */
int weekday_read(struct str text);

#endif
