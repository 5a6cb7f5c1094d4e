/*
 * The words that evcal adds to texts, in the calendar's language.
 */
#ifndef ICAL_WORDS_H
#define ICAL_WORDS_H

#include "model/calendar.h"

struct arena;

/* A summary as it is published: marked where the event is called off (OUTLOOK.md 30). */
struct str words_summary(struct arena *arena, const struct calendar *calendar, const struct event *event);

/* "Aanmelden: https://…" and the like, as Markdown: one paragraph, a line each; or empty. */
struct str words_lines(struct arena *arena, const struct calendar *calendar, const struct event *event);

#endif
