/*
 * Content lines (RFC 5545, 3.1). Each property is printed by libical and folded (ical/fold.h) as soon as it is made, so
 * that the caller knows which lines are its own.
 */
#ifndef ICAL_LINES_H
#define ICAL_LINES_H

#include "base/str.h"

#include "time/libical.h"

struct arena;

/* The lines so far; valid from lines_open() to lines_close(). */
struct lines {
	struct buffer text;
};

/*
 * Properties are made and added between lines_open() and lines_close(). Where memory runs out, libical leaves parts out
 * without an error: the program then ends in lines_close() (memory_watch(), base/arena.h). So nothing else that sets
 * errno may be called in between.
 */
struct lines lines_open(void);
/* The text of all lines, in the arena. */
struct str lines_close(struct lines *lines, struct arena *arena);

/* "BEGIN:VALARM" and "END:VALARM" */
void lines_begin(struct lines *lines, const char *component);
void lines_end(struct lines *lines, const char *component);
/* Adds lines that lines_add() returned before. */
void lines_put(struct lines *lines, struct str printed);
/* Adds a property and frees it. Returns its lines, which are valid until more are added. */
struct str lines_add(struct lines *lines, icalproperty *property);

#endif
