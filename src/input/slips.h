/*
 * What stands on a line of YAML and is taken for something else than a person means: text that needed quotes, a
 * bracket that is not closed, a blank that lacks. This knows what to put in its place, not whether it is needed: that
 * shows when the file is parsed with it.
 */
#ifndef INPUT_SLIPS_H
#define INPUT_SLIPS_H

#include "base/str.h"

enum { SLIPS_MAXIMUM = 16 };

enum slip_kind {
	SLIP_QUOTES,    /* quotes are missing, or more of them stand in the text */
	SLIP_BRACKET,   /* a bracket is not closed */
	SLIP_BLANK,     /* a blank behind a colon is missing */
	SLIP_COLON,     /* a colon behind a key is missing */
	SLIP_COMMENT,   /* a # cuts a list or mapping off */
	SLIP_ESCAPE,    /* a backslash between double quotes begins no character */
	SLIP_BACKSLASH, /* the same, of a text that goes on on the lines below */
	SLIP_CLOSE,     /* a quote is not closed, of a text that goes on on the lines below */
	SLIP_CLOSED,    /* a bracket closes nothing */
	SLIP_EMPTY      /* a comma stands behind nothing */
};

struct slip {
	struct str value; /* of the line */
	struct str shown; /* what should stand there */
	enum slip_kind kind;
};

/*
 * The slips that may be on a line, in their order: behind "key: ", behind "- ", or within brackets. within: the line
 * stands within brackets that are opened or closed on another one. Returns how many there are.
 */
size_t slips_find(struct arena *arena, struct str line, bool within, struct slip slips[SLIPS_MAXIMUM]);

/* Whether a line may leave something open that the lines below it then seem to belong to: a quote, a bracket. */
bool slips_open(struct str line);
/* Whether a line closes brackets that another one has opened. */
bool slips_within(struct str line);
/* Whether a colon, or a blank behind it, lacks behind the key of a line. */
bool slips_joined(struct str line);
/* The bytes of a text between quotes at the beginning of s, and of its quotes; 0 where it is not closed. */
size_t slips_closed(struct str s);
/* The first backslash of a text that begins with a double quote which begins no character; s.len where there is
 * none. */
size_t slips_escape(struct str s);

#endif
