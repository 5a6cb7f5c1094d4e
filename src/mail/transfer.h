/*
 * Octets as mail carries them (RFC 2045, 6.7 and 6.8): printable ASCII in lines of at most 76, CRLF between them and
 * none behind the last. Neither ever gives "=_", so a boundary that has it is found in no part.
 */
#ifndef MAIL_TRANSFER_H
#define MAIL_TRANSFER_H

#include "base/str.h"

/* Adds octets to out as base64: whatever mail does to line breaks on its way, they come back as they were. */
void transfer_base64(struct buffer *out, struct str octets);

/*
 * Adds text to out as quoted-printable, which people can read. Its lines end in LF or CRLF and come back with the
 * line breaks of mail, CRLF; any other octet comes back as it was. No line begins with "." or "From ", which mail
 * programs and mailboxes take for something of theirs, and none ends in a blank.
 */
void transfer_quoted(struct buffer *out, struct str text);

/* Adds one octet to out as "=" and two hexadecimal digits. */
void transfer_escape(struct buffer *out, char octet);

#endif
