/*
 * A value comes from the event, else the file's defaults, else the type, else the calendar; a list replaces a list.
 */
#ifndef DECODE_INHERIT_H
#define DECODE_INHERIT_H

#include "model/calendar.h"

struct arena;
struct findings;

/*
 * Fills in what the event does not give and the other does; where is the mapping that the other was decoded from. end
 * and duration say the same thing: the nearer one counts. What only fits a timed event passes a whole-day one by.
 */
void inherit(struct arena *arena, struct event *event, const struct event *other, unsigned where);

/* Feeds select the types that they surely mean. */
void inherit_feeds(struct findings *findings, struct calendar *calendar);

/*
 * Gives every event of a file the values of its type and of the calendar, and every override those of its event, but
 * for what is not of one occurrence (KEY_NOT_OF_OCCURRENCE). A type that is misspelt, so that it is sure which one is
 * meant, is a finding, and taken as that.
 */
void inherit_events(struct findings *findings, struct file_events *events, const struct calendar *calendar);

/*
 * Puts the events of all files into the calendar, and gives it its feed where it names none. What is beyond EVENTS_MOST
 * is left out, with a finding.
 */
void calendar_join(struct calendar *calendar, struct findings *findings, struct file_events *files, size_t count);

#endif
