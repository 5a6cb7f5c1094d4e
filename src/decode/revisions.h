/*
 * The file revisions.yaml at the root of the calendar directory (evcal-publish(7)): reading it, bringing it up to
 * date, writing it. It is YAML of one form, a line for each UID, which evcal writes itself; so it is read line by line.
 */
#ifndef DECODE_REVISIONS_H
#define DECODE_REVISIONS_H

#include "model/revision.h"
#include "report/finding.h"

/* Adds what a source holds; what is not as evcal writes it, or cannot be so, is a finding, revisions-damaged. */
void revisions_read(struct revisions *revisions, struct findings *findings, uint32_t source);
/* Of a UID as evcal makes it, id@domain, what stands before and behind the "@"; of another all of it, and nothing. */
struct str uid_id(struct str uid);
struct str uid_domain(struct str uid);
/* Whether what is remembered differs from what was read. */
bool revisions_changed(const struct revisions *revisions);
/* Adds the text of the file to out, sorted by UID. */
void revisions_write(const struct revisions *revisions, struct buffer *out);

/*
 * Brings the revision of an event up to date: a new one has created and modified now; of one that changed, modified is
 * now, but always later than it was, and sequence one higher where the schedule changed or the event was gone; change
 * says which it was.
 */
struct revision *revisions_note(struct revisions *revisions, const struct published *published, int64_t now);

/* Marks a revision as gone, unless it is; revisions_note() takes the mark away. */
void revision_forget(struct revision *revision);

/* Raises the sequence for withdrawing invitations, unless that was done for this very sequence. Returns whether. */
bool revision_withdraw(struct revision *revision, int64_t now);

/*
 * Before inviting people: where invitations were withdrawn with this very sequence, the new ones are later than that
 * (of messages with one SEQUENCE, the one with the later DTSTAMP counts: RFC 5546, 2.1.5), and withdrawing those
 * raises the sequence again. Returns whether that was so.
 */
bool revision_request(struct revision *revision, int64_t now);

#endif
