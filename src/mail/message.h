/*
 * A calendar file as a mail message that a mail program or "sendmail -t" sends as it is (RFC 5322, RFC 2045 to 2047;
 * iMIP: RFC 6047). Pure functions from values to bytes, without clock, host name, locale or random numbers, so that
 * the same content gives the same message.
 */
#ifndef MAIL_MESSAGE_H
#define MAIL_MESSAGE_H

#include "base/str.h"

struct arena;

/* All texts are UTF-8. */
struct mail {
	struct str from_name, from_address; /* if a name is empty, the address stands alone */
	struct str to_name, to_address;
	struct str subject;
	int64_t date;        /* seconds since 1970-01-01T00:00Z */
	struct str id;       /* of message_id() */
	struct str method;   /* the calendar's METHOD; A-Z */
	struct str text;     /* for readers without a calendar; lines end in LF or CRLF */
	struct str html;     /* the same as a document of HTML, or empty */
	struct str calendar; /* one VCALENDAR; arrives byte for byte */
};

/*
 * A Message-ID without its angle brackets: the same for the same content and sequence. The content has the person and
 * the method too. A later sequence of the same content is another message, which servers would drop as a duplicate
 * under the Message-ID of the first. The result is in the arena.
 */
struct str message_id(struct arena *arena, struct str content, int sequence, struct str domain);
/* True if two are of the same content, whatever the sequence. */
bool message_alike(struct str id, struct str other);

/*
 * Adds the message to out: From, To, Subject, Date, Message-ID, then the text, the HTML and the calendar as
 * alternatives, the best one last (RFC 2046, 5.1.4). All is ASCII, lines end in CRLF, and those of the parts have at
 * most 76 bytes; for the headers see mail/header.h. The caller must have checked the addresses. Scratch memory comes
 * from the arena.
 */
void message_print(struct buffer *out, struct arena *arena, const struct mail *message);

/* True if a printed message has a Message-ID that is alike: then only its date and sequence may be others. */
bool message_has(struct str mail, struct str id);

#endif
