/*
 * What a line of YAML begins with, and how what stands on it goes on below: as much as layout.c needs. Texts are lines
 * without their line break.
 */
#ifndef INPUT_OUTLINE_H
#define INPUT_OUTLINE_H

#include "base/str.h"

/* How a value goes on on the lines below. */
enum outline_value {
	VALUE_NOTHING, /* there is none: what belongs to the key stands below, indented deeper */
	VALUE_TEXT,    /* a plain text: lines that are indented deeper belong to it */
	VALUE_BLOCK,   /* | or >: so do they */
	VALUE_QUOTED,  /* a quote that is not closed yet */
	VALUE_OPEN,    /* a bracket that is not closed yet */
	VALUE_WHOLE    /* it ends on its line */
};

/* The bytes of "key" in front of a colon that ends the line or has a blank behind it; 0 where there is none. */
size_t outline_key(struct str text);
/* Whether a key is one as the format's own are: small letters, digits and hyphens. */
bool outline_is_word(struct str key);
/* What a value that begins a text is. */
enum outline_value outline_value(struct str text);
/* Of a text that goes on within quotes: the bytes up to the quote that closes it, and with it; 0 where none does. */
size_t outline_close_quote(struct str s, char quote);
/* How many brackets are open behind a text, of which so many were in front of it. */
size_t outline_depth(struct str text, size_t depth);
/* The bytes of a sign that people and programs put in front of an item in place of "-": a dash, a bullet; 0: none. */
size_t outline_sign(struct str text);
/* Whether a line is that of a code fence, as ```yaml. */
bool outline_is_fence(struct str text);

#endif
