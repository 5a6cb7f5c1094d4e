/*
 * The columns of the keys and dashes that a line of YAML may belong to, as libyaml keeps them: those of the lines above
 * that nothing further to the left has ended.
 */
#ifndef INPUT_INDENTS_H
#define INPUT_INDENTS_H

#include "base/str.h"

enum { INDENTS_DEPTH_MAXIMUM = 64, INDENTS_NOWHERE = -1, INDENTS_NEAR = 4 };

struct indent {
	size_t column;
	bool dash;
	struct str word; /* of a dash: the first key of its item */
	size_t inner;    /* of a dash: the column of that */
};

/* Zero-initialise it. */
struct indents {
	struct indent columns[INDENTS_DEPTH_MAXIMUM];
	size_t depth;
	size_t parent; /* the column of the key or dash that the last line's value belongs to */
	bool open;     /* it has no value yet: what is indented deeper belongs to it */
};

/* Whether a key, or a dash, may stand at a column. */
bool indents_fit(const struct indents *indents, size_t column, bool dash);
/* The dash at a column, if the lines there are items of a list; else NULL. */
const struct indent *indents_dash(const struct indents *indents, size_t column);
/* The column of a key or dash that is nearest to one, the deeper one of two; INDENTS_NOWHERE where none is near. */
int indents_nearest(const struct indents *indents, size_t column, bool dash);
/* A key or dash stands at its column: what was deeper is ended. */
void indents_enter(struct indents *indents, struct indent column);

#endif
