/*
 * The shapes of texts as JSON Schema: what "evcal schema" says of a date, an id, a colour. Each is as strict as the
 * reading of values (decode/values.c, time/date.c) where a regular expression can be; tests/schema/ compares the two.
 */
#ifndef CMD_SHAPES_H
#define CMD_SHAPES_H

#include <jansson.h>

/*
 * The schema of a shape, by name; the caller owns it. It gives a pattern or words and, for editors, "errorMessage"; a
 * text of blanks fits all of them, as does any value that is no text, since who refers to a shape gives the types.
 */
json_t *shape_schema(const char *name);
/* One of some words; the list ends in NULL. The words also stand as an enum, from which editors complete. */
json_t *shape_words(const char *const *words);
/* The same schema, for a text that must not be blank. */
json_t *shape_something(json_t *schema);
/* Patterns: a date without a time; the same, or blanks; a duration of whole days, or blanks; an UNTIL with a time. */
extern const char shape_day[], shape_day_or_nothing[], shape_days[], shape_until_time[];

#endif
