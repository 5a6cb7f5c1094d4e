/* A text as YAML takes it. */
#ifndef BASE_SCALAR_H
#define BASE_SCALAR_H

#include "base/str.h"

/* True if YAML takes a text as it stands for that very text, between brackets too. */
bool scalar_is_plain(struct str text);
/* Adds a text in quotes: in double ones unless that would change it or quote is a single one. */
void scalar_add_quoted(struct buffer *out, struct str text, char quote);
/* Adds a text, in quotes where it needs them. */
void scalar_add(struct buffer *out, struct str text);
/* The same where no brackets are around it. */
void scalar_add_line(struct buffer *out, struct str text);

#endif
