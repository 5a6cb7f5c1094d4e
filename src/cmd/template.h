/* An event that is still to be filled in, as "evcal new" and "evcal init" give it. */
#ifndef CMD_TEMPLATE_H
#define CMD_TEMPLATE_H

#include "base/wording.h"
#include "model/calendar.h"

/*
 * Adds an item of "events:": the keys that every event must have, those that the type (or NULL) requires and does not
 * give itself, and above each a comment in the language that says what goes there.
 */
void template_event(struct buffer *out, const struct calendar *calendar, const struct type *type,
	enum language language, struct str id);

/* "activiteit": what the id of an event without a type begins with. */
struct str template_stem(enum language language);

/* workshop-2027 of a stem, or workshop-2027-2 and on where that is taken: by an event, or by one that there was. */
struct loaded;
struct str template_id(struct loaded *loaded, struct str stem, int year);

#endif
