/*
 * Header fields of a mail message (RFC 5322, 2.2 and 3.6; RFC 2047): ASCII, each line ends in CRLF and has at most 76
 * bytes unless an address or id alone is longer.
 *
 * A text is UTF-8 and becomes one line: a control character (CR and LF above all; also U+0080 to U+009F, U+2028 and
 * U+2029) becomes a space, and spaces at both ends are removed. In an address or id every character that may not stand
 * there becomes a space. No value can add a field or a recipient. Scratch memory comes from the arena.
 */
#ifndef MAIL_HEADER_H
#define MAIL_HEADER_H

#include "base/str.h"

struct arena;

void header_subject(struct buffer *out, struct arena *arena, struct str subject);

/* name is that of the field ("From:"). If the person's name is empty, the address stands alone. */
void header_mailbox(struct buffer *out, struct arena *arena, struct str name, struct str person, struct str address);

/* date is in seconds since 1970-01-01T00:00Z, and is written in UTC. */
void header_date(struct buffer *out, int64_t date);

/* Message-ID. The id comes without its angle brackets. */
void header_id(struct buffer *out, struct arena *arena, struct str id);

#endif
