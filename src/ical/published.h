/*
 * The file of one event as an earlier export published it, read back.
 */
#ifndef ICAL_PUBLISHED_H
#define ICAL_PUBLISHED_H

#include "ical/snapshot.h"

/*
 * The snapshot of the event in a file's text. Times are local to the event's zone, as they are written there;
 * properties that evcal does not publish are passed over. NULL if the text holds no event.
 */
const struct snapshot *published_read(struct arena *arena, struct str text);

#endif
