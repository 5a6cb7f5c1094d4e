/*
 * What an earlier export published, read back.
 */
#ifndef ICAL_PUBLISHED_H
#define ICAL_PUBLISHED_H

#include "ical/snapshot.h"

/*
 * The snapshot of the event in a file's text. Times are local to the event's zone, as they are written there;
 * properties that evcal does not publish are passed over. NULL if the text holds no event.
 */
const struct snapshot *published_read(struct arena *arena, struct str text);

/* Which version a VEVENT is. */
struct version {
	struct str uid; /* in the text, or the arena */
	int sequence;   /* 0 where there is none */
};

/* The next VEVENT of a file's text, a feed's too, from byte *at on, which is set to what stands behind it. False:
 * there is none. */
bool published_next(struct arena *arena, struct str text, size_t *at, struct version *version);

#endif
