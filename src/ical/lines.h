/*
 * Content lines (RFC 5545, 3.1), printed while the properties are made: each is printed by libical, folded (ical/fold.h)
 * and freed at once.
 */
#ifndef ICAL_LINES_H
#define ICAL_LINES_H

#include "base/str.h"

#include <libical/ical.h>

struct arena;

/* The lines so far. From lines_open() to lines_close(). */
struct lines {
	struct buffer text;
};

/*
 * libical leaves out what it has no memory for. What it makes of properties between these two ends the program then
 * (memory_watch(), base/arena.h), so only calls that need nothing but memory stand between them.
 */
struct lines lines_open(void);
/* The text of all lines, in the arena. */
struct str lines_close(struct lines *lines, struct arena *arena);

/* "BEGIN:VALARM" and "END:VALARM" */
void lines_begin(struct lines *lines, const char *component);
void lines_end(struct lines *lines, const char *component);
/* Adds a property and frees it. Returns its lines, which stay there until the next are added. */
struct str lines_add(struct lines *lines, icalproperty *property);

#endif
