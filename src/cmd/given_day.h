/* A day on the command line, in the calendar's zone. */
#ifndef CMD_GIVEN_DAY_H
#define CMD_GIVEN_DAY_H

#include "time/date.h"

struct loaded;

/*
 * Reads the value of an option as time/day.h has it. False: a message has shown how a day is written; the status is
 * then EXIT_USAGE.
 */
bool given_day(struct loaded *loaded, const char *option, const char *word, struct date *date);

#endif
