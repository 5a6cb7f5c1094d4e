/* Days as they are named on a command line. */
#ifndef TIME_DAY_H
#define TIME_DAY_H

#include "time/date.h"

/*
 * "2021-01-21", or counted from today: "today", "tomorrow", "yesterday", "+30d", "-7d", "+2w". The day is set where the
 * verdict is OK; else its right form, where one can be told, is ready to paste.
 */
struct verdict day_read(struct arena *arena, struct str text, struct date today, struct date *day);

#endif
