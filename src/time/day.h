/* Days and durations as they are named on a command line. */
#ifndef TIME_DAY_H
#define TIME_DAY_H

#include "time/read.h"

/*
 * "2021-01-21", or counted from today: "today", "tomorrow", "yesterday", "+30d", "-7d", "+2w". The day is set where the
 * verdict is OK; else its right form, where one can be told, is ready to paste.
 */
struct verdict day_read(struct arena *arena, struct str text, struct date today, struct date *day);

/* A duration as duration_read() takes it, and besides in seconds: "30s", "1m30s", "PT30S", "0". False: it is none. */
bool wait_read(struct str text, int64_t *seconds);

#endif
