/*
 * Content lines as RFC 5545, 3.1 and Outlook want them. libical folds inside escapes.
 */
#ifndef ICAL_FOLD_H
#define ICAL_FOLD_H

#include "base/str.h"

/*
 * Adds text, as libical prints it, to out, with its lines unfolded and folded anew: CRLF at every end, and at most 75
 * bytes in a line without it. No line is broken inside a UTF-8 sequence or an escape (\n \, \; \\), nor right after the
 * colon or a space if a better place is near. Bytes that are not UTF-8 are kept, within the limit. CRs at the end of a
 * line belong to its end.
 */
void fold_lines(struct buffer *out, struct str text);

#endif
