/*
 * Characters that nobody sees, and that come along when text is copied: from a web page, a mail, a word processor.
 */
#ifndef BASE_UNSEEN_H
#define BASE_UNSEEN_H

#include "base/str.h"
#include "base/wording.h"

struct arena;

enum unseen_kind {
	UNSEEN_NONE,
	UNSEEN_BLANK,     /* looks like a space: a tab, U+00A0, U+202F and the like */
	UNSEEN_NOTHING,   /* looks like nothing: U+00AD, U+200B, U+2060, U+FEFF and the like */
	UNSEEN_JOINER,    /* U+200C, U+200D: between characters beyond ASCII a part of them, else nothing */
	UNSEEN_DIRECTION, /* a bidirectional control: reverses the text after it */
};

struct unseen {
	enum unseen_kind kind;
	size_t len; /* bytes */
	int32_t point;
};

/* The unseen character at byte i of a text, or UNSEEN_NONE. A joiner that belongs to the characters around it is
 * none. */
struct unseen unseen_at(struct str s, size_t i);

/* "no-break space (U+00A0)", in the arena. */
struct str unseen_name(struct arena *arena, int32_t point, enum language language);

/* What is done with UNSEEN_BLANK within a text; at its ends they are removed. */
enum unseen_blanks { BLANKS_SPACES, BLANKS_DROP, BLANKS_KEEP };

/*
 * The text without unseen characters, in the arena; the text itself if none is removed. *first is the first that is
 * removed, and *at its place.
 */
struct str unseen_strip(struct arena *arena, struct str s, enum unseen_blanks blanks, struct unseen *first, size_t *at);

/* The place of the first bidirectional control from byte i on; s.len if there is none. */
size_t unseen_direction(struct str s, size_t i);

#endif
