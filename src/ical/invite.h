/*
 * Scheduling messages (iTIP, RFC 5546, 3.2; OUTLOOK.md 32 to 35): a meeting request, or the cancellation of one, for
 * one person each, so that nobody sees who else was invited.
 */
#ifndef ICAL_INVITE_H
#define ICAL_INVITE_H

#include "ical/file.h"

/* A message as all people get it, but for their own name; made once. Texts live in the files' arena. */
struct invitation {
	enum form form;
	struct str suffix; /* of the file's name: "+20210331" for an override, which no address ends with; or empty */
	struct vevents vevents;   /* without the lines of revision and person */
	struct str head;          /* what the file has before them */
	struct str lines;         /* of the revision */
	struct str subject, text; /* of a mail */
};

struct invitations {
	struct invitation *items;
	size_t count;
};

/*
 * The messages about the event of an index in the calendar, whose revision is known. A file holds the event with all
 * its overrides; of a mail Outlook reads one VEVENT, so that each override is a message of its own (by_mail).
 */
struct invitations invitations_make(
	const struct files *files, size_t index, const struct revision *revision, enum form form, bool by_mail);

/* "REQUEST" or "CANCEL" */
struct str invitation_method(const struct invitation *invitation);

/* Adds the VCALENDAR for a person to out; the name may be empty. The arena is for what is
 * needed meanwhile. */
void invitation_add(struct buffer *out, struct arena *arena, const struct invitation *invitation, struct str name,
	struct str address);

#endif
