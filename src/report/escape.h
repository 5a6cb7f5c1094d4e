/*
 * Names of files and words of the user's as they may stand on a screen, in a log and in a sentence. Whatever prints one
 * sends it through here; reports that are JSON escape the whole of what they print (report/json_text.h).
 */
#ifndef REPORT_ESCAPE_H
#define REPORT_ESCAPE_H

#include "base/str.h"

/*
 * The first character of s, which is not empty: returns its bytes, and sets *shown to whether it may be let out. What
 * may not would move the cursor, end a line, turn the direction of writing, be seen by nobody, or is no UTF-8. What
 * joins the parts of an emoji, or of a word, may.
 */
size_t escape_next(struct str s, bool *shown);
/* Adds the text with \n, \t, \x1B, \u202E or \U000E0001 in the place of each character that may not be let out, and
 * \xFF in that of a byte which is no UTF-8. */
void escape_add(struct buffer *out, struct str s);
/* The same in the arena; s itself where all of it may be let out. */
struct str escape(struct arena *arena, struct str s);

#endif
