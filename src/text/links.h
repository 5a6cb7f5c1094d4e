/* Addresses in a text: where they stand, and whether a subscriber can follow them. */
#ifndef TEXT_LINKS_H
#define TEXT_LINKS_H

#include "base/str.h"

struct arena;

/* Whether whoever reads it elsewhere can follow it: a whole http, https, mailto or tel address. */
bool link_leads(struct str address);

/* The address that was surely meant by one that does not lead anywhere, in the arena; else empty. */
struct str link_mend(struct arena *arena, struct str address);

/*
 * The bytes of the web address that stands, without any mark, at byte at of a text: https://…, http://…, www.… up to a
 * space, without the punctuation of the sentence around it. 0 where there is none, or a word goes on there.
 */
size_t link_at(struct str text, size_t at);
/* Whether a letter may begin such an address. */
static inline bool link_may_begin(char c)
{
	return c == 'h' || c == 'w' || c == 'H' || c == 'W';
}

/* The same of an e-mail address whose @ stands at byte at; *begin is where it begins. */
size_t link_email_at(struct str text, size_t at, size_t *begin);

/* Whether an address stands in a text by itself: not as a part of a longer one. A slash at its end does not count. */
bool link_stands(struct str text, struct str address);

#endif
