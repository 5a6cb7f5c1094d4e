/*
 * Content lines as RFC 5545, 3.1 and Outlook want them (OUTLOOK.md 1, 2). libical folds inside escapes.
 */
#ifndef ICAL_FOLD_H
#define ICAL_FOLD_H

#include "base/str.h"

/*
 * Adds text, as libical has printed it, to out with its lines unfolded and folded anew: CRLF at every end; at most 75
 * octets in a line without its CRLF; no line broken inside a UTF-8 sequence, inside an escape (\n \, \; \\), or right
 * behind the colon or the blank where a better place is near. Octets that are no UTF-8 are kept, and never break the
 * limit. CRs at the end of a line are of its end.
 */
void fold_lines(struct buffer *out, struct str text);

#endif
