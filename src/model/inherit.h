/*
 * A value comes from the event, else the file's defaults, else the type, else the calendar; a list replaces a list.
 */
#ifndef MODEL_INHERIT_H
#define MODEL_INHERIT_H

#include "model/calendar.h"

struct arena;

/*
 * Fills in what the event does not give and the other does; where is the mapping that the other was decoded from. end
 * and duration say the same thing: the nearer one counts. What only fits a timed event passes a whole-day one by.
 */
void inherit(struct event *event, const struct event *other, unsigned where);

/*
 * Gives every event its type and the values of its type and of the calendar, every override those of its event, and the
 * calendar its feed where it names none. Adds, behind the events that were written, one for each rdate.
 */
void inherit_all(struct calendar *calendar, struct arena *arena);

#endif
