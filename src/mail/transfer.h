/*
 * The two transfer encodings of mail (RFC 2045, 6.7 and 6.8): printable ASCII in lines of at most 76 bytes, with CRLF
 * between them and none after the last. Neither ever gives "=_", so a boundary that has it is found in no part. For why
 * no library for mail is used see mail/header.c.
 */
#ifndef MAIL_TRANSFER_H
#define MAIL_TRANSFER_H

#include "base/str.h"

/* Adds bytes to out as base64. They arrive unchanged, whatever is done to line breaks on the way. */
void transfer_base64(struct buffer *out, struct str bytes);

/*
 * Adds a text to out as quoted-printable, which people can read. Its lines end in LF or CRLF and arrive with CRLF; all
 * other bytes arrive unchanged. No line begins with "." or "From ", which have a meaning to mail servers and mailboxes,
 * and none ends in a space.
 */
void transfer_quoted(struct buffer *out, struct str text);

/* Adds one byte to out as "=" and two hexadecimal digits. */
void transfer_escape(struct buffer *out, char byte);

#endif
