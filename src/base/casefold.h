/* Texts without regard to case (Unicode's case folding, libutf8proc): "STRASSE" and "straße" fold to the same. */
#ifndef BASE_CASEFOLD_H
#define BASE_CASEFOLD_H

#include "base/str.h"

/* The folded text, in the arena; of what is no UTF-8 a copy of the text as it is. */
struct str str_folded(struct arena *arena, struct str text);

/* True if a text has the other in it, byte by byte; the empty text is in every one. */
bool str_has(struct str text, struct str other);

#endif
