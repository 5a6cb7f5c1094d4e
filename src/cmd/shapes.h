/*
 * The kinds of text as JSON Schema: what "evcal schema" says of a date, an id, a colour, by the table of kinds.
 */
#ifndef CMD_SHAPES_H
#define CMD_SHAPES_H

#include "decode/kinds.h"

#include <jansson.h>

/*
 * The schema of a kind of BUILT_ONE; the caller owns it. It gives a pattern or words and, for editors, "errorMessage".
 * A text of spaces fits all of them, as does any value that is no text, since who refers to it gives the types.
 */
json_t *shape_schema(enum kind kind);
/*
 * One of some words; the list ends in NULL. They stand as an enum, from which editors complete, beside a pattern of
 * all ways to write them; add_pattern NULL: of the words alone. The message is for editors; NULL: none.
 */
json_t *shape_words(const char *const *words, void (*add_pattern)(struct buffer *), const char *message);
/* The same schema, for a text that is more than spaces. */
json_t *shape_something(json_t *schema);

#endif
