/*
 * An event that is being made of what another calendar says: nodes, each tried by what decode/ takes.
 */
#ifndef IMPORT_DRAFT_H
#define IMPORT_DRAFT_H

#include "import/import.h"
#include "decode/keys.h"

struct node *node_text(struct arena *arena, struct span span, struct str text);
struct node *node_empty(struct arena *arena, struct span span, enum node_kind kind);
void node_add(struct arena *arena, struct node *list, struct node *item);
/* Adds an entry at the end of a mapping; does nothing where value is NULL. */
void node_put(struct arena *arena, struct node *map, const char *name, struct node *value);
bool node_equal(const struct node *a, const struct node *b);

/* One line: line breaks and tabs as single spaces, other control characters left out; of a text, without the latter. */
struct str text_line(struct arena *arena, struct str text);
struct str text_clean(struct arena *arena, struct str text);

/*
 * Whether a key of a mapping (enum where) takes a value, which is then brought into the form in which the format has it
 * ("21-1-2021" as 2021-01-21); of a list the items that it does not take are left out. Adds no finding.
 */
bool draft_takes(struct import *import, const struct key *key, struct node *value);

/* Puts a value under a key of a mapping (IN_EVENT or IN_OVERRIDE). What the key does not take is a warning, and left
 * out. Returns whether it was put. */
bool draft_put(struct import *import, struct node *map, unsigned where, const char *name, struct node *value);
bool draft_put_text(
	struct import *import, struct node *map, unsigned where, const char *name, struct span span, struct str text);

/* Takes "+02:00" off the end of a time, in minutes. Returns the text in front of it; all of it where there is none. */
struct str draft_take_offset(struct str text, int *minutes);

/* Puts the zone of an event that has a time of day, where it is another than the calendar's. zone may be NULL. */
void draft_put_zone(struct import *import, struct node *map, struct span span, const struct zone *zone);

/*
 * Adds an event, with the id that it has (wanted, where that is valid) or one that is made of summary and year. Returns
 * it.
 */
struct imported *import_add(struct import *import, struct node *map, struct span span, struct str wanted, int year);

#endif
