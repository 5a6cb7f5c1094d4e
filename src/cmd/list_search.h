/* evcal list --search: the words that an occurrence must have somewhere in what it says. */
#ifndef CMD_LIST_SEARCH_H
#define CMD_LIST_SEARCH_H

#include "base/str.h"

struct arena;
struct item;
struct words;

struct sought {
	struct str *words; /* folded */
	size_t count;
};

/* The words of all that was asked for, parted at blanks. In the arena. */
struct sought sought_of(struct arena *arena, const struct words *asked);
/*
 * True if an occurrence has every word, in whatever case: in its summary, description, place, contact, the label of its
 * conference, its details and categories. The arena is scratch memory.
 */
bool sought_fits(const struct sought *sought, struct arena *arena, const struct item *item);

#endif
