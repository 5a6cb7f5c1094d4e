/*
 * Where a part of a value stands in the file. YAML takes quotes, escapes, indentation and line breaks away; this goes
 * along both, the value and what was written, and finds the one byte for the other.
 */
#ifndef INPUT_LOCATE_H
#define INPUT_LOCATE_H

#include "input/source.h"

/* A value, and how far it was followed. */
struct locator {
	struct span span;   /* of the value */
	struct str written; /* in the source */
	struct str text;    /* as it was read, also without the spaces at its ends */
	size_t from, to;    /* a byte of text, and the byte of written that gives it */
	char style;         /* " ' | > or, of a plain text, NUL */
};

struct locator locator_open(const struct sources *sources, struct span span, struct str text);

/*
 * The span of a part of the text; of the whole value where the two cannot be followed that far (an alias of another
 * text, say). In ascending order all parts together cost one walk through the text.
 */
struct span locator_find(struct locator *locator, struct extent at);

#endif
