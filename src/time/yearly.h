/*
 * The one yearly pair of rules by which Outlook holds a zone (MS-STANOICAL 3.6.5). It is computed
 * from the zone's own changes, for the instants that it has to be right at.
 */
#ifndef TIME_YEARLY_H
#define TIME_YEARLY_H

#include "time/zone.h"

/* The day in a month that a yearly rule means. */
struct yearly_day {
	int month;   /* 1 to 12 */
	int week;    /* 1 to 4, or -1 for the last */
	int weekday; /* 0 is Sunday */
	int second;  /* of the local day, by the offset in force before; 0 to 86399, whole minutes */
};

/* A pair of changes each year; without daylight, one offset for ever. standard < daylight, both whole minutes. */
struct yearly {
	int32_t standard, daylight;
	bool has_daylight;
	struct yearly_day to_daylight, to_standard;
};

/* The offset that a reader of the VTIMEZONE made of yearly finds at an instant. */
int32_t yearly_offset(const struct yearly *yearly, int64_t instant);
/* The date in a year that a yearly day means, as days since 1970-01-01. */
int64_t yearly_days(const struct yearly_day *day, int year);
/* True if it gives the zone's own offset at an instant; never before 1971, where a VTIMEZONE that starts in 1970 is not
 * reliable. */
bool yearly_holds(const struct yearly *yearly, const struct zone *zone, int64_t instant);

/*
 * The pair that holds at most of the instants; weights (NULL: all 1) say what each counts. Of equal pairs, the one that
 * agrees with the zone's own offsets on most days of the years in question, so that a zone with summer time has its
 * DAYLIGHT also if all events are in winter; then the one of the latest year. Returns false if no offset of whole
 * minutes holds at any. Scratch memory comes from the arena and is released. Instants in ascending order are quickest:
 * each is looked at once, and each day that has any once for every pair that the zone ever had.
 */
bool yearly_find(struct arena *arena, const struct zone *zone, const int64_t *instants, const uint32_t *weights,
	size_t count, struct yearly *yearly);

#endif
