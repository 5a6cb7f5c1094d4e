/*
 * What subscribers have been shown of every UID: the file revisions.yaml at the root of the calendar directory
 * (FORMAT.md, section 4). Calendars take an update only where SEQUENCE or LAST-MODIFIED has grown (RFC 5545, 3.8.7.4;
 * RFC 5546, 2.1.4), and nobody remembers to raise them by hand.
 *
 * The file is YAML of one form, a line for each UID, which evcal writes itself; so it is read line by line.
 */
#ifndef MODEL_REVISION_H
#define MODEL_REVISION_H

#include "base/hash.h"
#include "report/finding.h"
#include "time/date.h"

enum revision_change { REVISION_SAME, REVISION_NEW, REVISION_CHANGED };

struct revision {
	struct str uid;
	struct span span; /* of the UID in its line; source 0 where it is new */
	int sequence;     /* what the event asks for has nine digits at most, so that there is room to grow */
	int withdrawn;    /* the sequence with which invitations were withdrawn; -1: none since the last was sent */
	int64_t created, modified;   /* seconds since 1970 */
	struct date ends;            /* the first day on which all of it is over */
	struct str digest;           /* of all that subscribers see of it */
	struct str schedule;         /* of what they have to answer anew: when, where, whether */
	enum revision_change change; /* what has become of it in this run */
};

/* Zero-initialise it but for the arena, in which all of it lives. */
struct revisions {
	struct arena *arena;
	struct map by_uid;
	struct revision **items;
	size_t count;
	bool damaged; /* the file could not be read whole: it must not be written */
};

/* Adds what a source holds; what is not as evcal writes it is a finding, revisions-damaged. */
void revisions_read(struct revisions *revisions, struct findings *findings, uint32_t source);
/* Whether what is remembered differs from what was read. */
bool revisions_changed(const struct revisions *revisions);
/* Adds the text of the file to out, sorted by UID. */
void revisions_write(const struct revisions *revisions, struct buffer *out);

/* An event as it is about to be published. */
struct published {
	struct str uid;
	int least; /* SEQUENCE is never less */
	struct date ends;
	struct str digest, schedule;
};

/*
 * Brings the revision of an event up to date: a new one has created and modified now; of one that changed, modified is
 * now, but always later than it was, and sequence one higher where the schedule changed; change says which it was.
 */
struct revision *revisions_note(struct revisions *revisions, const struct published *published, int64_t now);

/* Raises the sequence for withdrawing invitations, unless that was done for this very sequence. Returns whether. */
bool revision_withdraw(struct revision *revision, int64_t now);

/*
 * Before inviting people: where invitations were withdrawn with this very sequence, the new ones are later than that (of
 * messages with one SEQUENCE, the one with the later DTSTAMP counts: RFC 5546, 2.1.5), and withdrawing those raises the
 * sequence again. Returns whether that was so.
 */
bool revision_request(struct revision *revision, int64_t now);

#endif
