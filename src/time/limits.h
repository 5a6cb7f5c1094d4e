/*
 * The limits of values that several stations share, each in one place.
 */
#ifndef TIME_LIMITS_H
#define TIME_LIMITS_H

/* Outlook cannot show a date outside these years. */
enum { YEAR_MINIMUM = 1601, YEAR_MAXIMUM = 4500 };

enum { DAY_SECONDS = 86400, DAY_MINUTES = 1440 };

/* The longest event id, in characters of ASCII; the longest UID, in bytes. */
enum { ID_MAXIMUM = 64, UID_MAXIMUM = 255 };

#endif
