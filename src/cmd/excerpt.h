/*
 * An item of a list in a YAML file, as its author wrote it, with some of it replaced or taken out: comments, quotes and
 * layout stay.
 */
#ifndef CMD_EXCERPT_H
#define CMD_EXCERPT_H

#include "base/str.h"

struct arena;
struct entry;
struct node;

struct excerpt {
	struct arena *arena;
	struct str bytes;        /* of the file */
	const struct node *root; /* of the file */
	const struct node *item; /* a mapping in it */
	struct edit {
		uint32_t begin, end; /* bytes of the file */
		struct str text;     /* what comes there; it lives as long as the excerpt is used */
	} * edits;
	size_t count;
};

/* Puts a text in the place of some bytes, which no other edit touches. */
void excerpt_replace(struct excerpt *excerpt, uint32_t begin, uint32_t end, struct str text);
/*
 * Takes an entry out of a mapping in the item, with the comments behind it; the only one stays. limit is where whatever
 * follows that mapping begins.
 */
void excerpt_remove(struct excerpt *excerpt, const struct node *map, uint32_t number, uint32_t limit);
/* Where the item is over: what follows it, or the end of the file. */
uint32_t excerpt_limit(const struct excerpt *excerpt);
/* Adds the item, with its edits, as one of a list that is indented by two columns. */
void excerpt_add(struct excerpt *excerpt, struct buffer *out);

#endif
