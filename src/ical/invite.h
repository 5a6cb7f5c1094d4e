/*
 * Scheduling messages (iTIP, RFC 5546, 3.2): a meeting request, or the cancellation of one, for
 * one person each, so that nobody sees who else was invited.
 */
#ifndef ICAL_INVITE_H
#define ICAL_INVITE_H

#include "ical/file.h"

/* A message to several people, without their names. Its texts are in the arena of the files. */
struct invitation {
	enum form form;
	struct str suffix; /* of the file's name: "+20210331" for an override, which no address ends with; or empty */
	struct vevents vevents;
	struct str head;  /* of the file: what it has before the VEVENTs */
	struct str lines; /* of the revision: with these it differs from an earlier one of the same content */
	int sequence;
	struct str subject, text; /* of a mail */
	struct str html;          /* the text as an HTML document */
	struct str changed; /* what stands in front of the subject where the person was sent another version before */
};

struct invitations {
	struct invitation *items;
	size_t count;
};

/*
 * The messages about the event with an index in calendar->schedules. A file holds the event with all its overrides. Of
 * a mail, Outlook reads one VEVENT: with by_mail, each override is besides a message of its own, with a DTSTAMP one
 * second later each, since Thunderbird takes a mail with the DTSTAMP of one before as the same.
 */
struct invitations invitations_make(
	const struct files *files, size_t index, const struct revision *revision, enum form form, bool by_mail);

/* The one message about one occurrence of a recurring event alone. */
struct invitations invitations_make_one(const struct files *files, size_t index, const struct revision *revision,
	enum form form, const struct occurrence *occurrence);

/* "REQUEST" or "CANCEL" */
struct str invitation_method(const struct invitation *invitation);

/* Adds the text of the file for a person, who may be optional, to out; the name may be empty. The arena holds what is
 * needed meanwhile. */
void invitation_add(struct buffer *out, struct arena *arena, const struct invitation *invitation, struct str name,
	struct str address, bool optional);

/* A file of it without the lines of its revision, which are no content. In the arena. */
struct str invitation_content(struct arena *arena, const struct invitation *invitation, struct str file);

#endif
