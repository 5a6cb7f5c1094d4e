/*
 * What subscribers have been shown of every UID. Calendars take an update only where SEQUENCE or LAST-MODIFIED has
 * grown (RFC 5545, 3.8.7.4; RFC 5546, 2.1.4), and nobody remembers to raise them by hand.
 */
#ifndef MODEL_REVISION_H
#define MODEL_REVISION_H

#include "base/hash.h"
#include "input/source.h"
#include "time/date.h"

/* RETURNED: an event is back under a UID that was marked as gone. FORGOTTEN: it is marked so. */
enum revision_change { REVISION_SAME, REVISION_NEW, REVISION_CHANGED, REVISION_RETURNED, REVISION_FORGOTTEN };

struct revision {
	struct str uid;
	struct span span; /* of the UID in its line; source 0 where it is new */
	int sequence;     /* what the event asks for has nine digits at most, so that there is room to grow */
	int known;        /* the highest that may have been published: as read, or what the event asks for */
	int withdrawn;    /* the sequence with which invitations were withdrawn; -1: none since the last was sent */
	int64_t created, modified; /* seconds since 1970 */
	struct date ends;          /* the first day on which all of it is over */
	struct str digest;         /* of all that subscribers see of it */
	struct str schedule;       /* of what they have to answer anew: when, where, whether */
	struct date invited;       /* when invitations were first sent; year 0: never */
	bool invites;              /* they are sent for the first time in this run */
	bool gone; /* nobody is to be told that the event is gone; its line stays, so that the UID never starts anew */
	enum revision_change change; /* what has become of it in this run */
};

/* Zero-initialise it but for the arena, in which all of it lives. */
struct revisions {
	struct arena *arena;
	struct map by_uid;
	struct revision **items;
	size_t count;
	bool damaged;   /* the file could not be read whole: it must not be written */
	int64_t latest; /* no line can be later, in seconds since 1970; 0: any may */
};

/* A SEQUENCE in the file is no higher, so that there is room to grow: RFC 5545 ends at 2,147,483,647. */
enum { SEQUENCE_MOST = 2000000000 };

/* An event as it is about to be published. */
struct published {
	struct str uid;
	int least; /* SEQUENCE is never less */
	struct date ends;
	struct str digest, schedule;
};

#endif
