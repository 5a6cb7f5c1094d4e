/*
 * What somebody meant who wrote the name of a zone that the system does not have.
 */
#ifndef TIME_ZONE_HINT_H
#define TIME_ZONE_HINT_H

#include "time/zone.h"

struct zone_hint {
	struct str name; /* a zone that the system has; empty: nothing can be told */
	bool renamed;    /* the zone that was written; this is what it is called now */
	bool sure;       /* nothing else can have been meant; false for an offset, which is one of half a year */
};

/*
 * Another name of the same zone, the name that is a slip of the pen away, the city alone; for a clock or an offset
 * (CET, UTC+1) own, the calendar's zone or NULL, if it has that. Never a zone that may have another offset than what
 * was meant. The hint is the same whether or not the system has the old names of zones. It lives in the arena of
 * zones, or in the program.
 */
struct zone_hint zone_hint(struct zones *zones, struct str written, const struct zone *own);

#endif
