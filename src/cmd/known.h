/* The calendar's own words that a command line can name: ids of events and feeds, types, categories. */
#ifndef CMD_KNOWN_H
#define CMD_KNOWN_H

#include "cmd/options.h"
#include "cmd/tables.h"

struct calendar;

/* Calls each with every word of a kind: VALUE_EVENT, VALUE_FEED, VALUE_TYPE or VALUE_CATEGORY. Some come repeatedly. */
void known_each(
	const struct calendar *calendar, enum value kind, void (*each)(void *context, struct str word), void *context);

/* True if the calendar has the word; else usage_unknown() has named the nearest. The status is then EXIT_USAGE. */
bool known_word(const struct calendar *calendar, enum value kind, const char *word);
/* The same of every one of the words. */
bool known_words(const struct calendar *calendar, enum value kind, const struct words *words);

#endif
