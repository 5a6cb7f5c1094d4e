/*
 * Header fields of a mail message (RFC 5322, 2.2 and 3.6; RFC 2047): ASCII, CRLF at every end, lines of at most 76
 * octets unless an address or id alone is longer.
 *
 * A text is UTF-8 and becomes one line: a control character (CR and LF first of all; U+0080 to U+009F, U+2028 and
 * U+2029 too) is a blank, and blanks at both ends go. So is, in an address or id, whatever has no place there. No value
 * can add a field or a recipient. What a function needs for a while is the arena's.
 */
#ifndef MAIL_HEADER_H
#define MAIL_HEADER_H

#include "base/str.h"

struct arena;

void header_subject(struct buffer *out, struct arena *arena, struct str subject);

/* name is the field's ("From:"); the person's name may be empty, which leaves the bare address. */
void header_mailbox(struct buffer *out, struct arena *arena, struct str name, struct str person, struct str address);

/* seconds since 1970-01-01T00:00Z; written in UTC */
void header_date(struct buffer *out, int64_t date);

/* Message-ID; id comes without its angle brackets */
void header_id(struct buffer *out, struct arena *arena, struct str id);

#endif
