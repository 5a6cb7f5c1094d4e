/*
 * Web addresses: what is one, and what was meant by a text that is none (RFC 3986).
 */
#ifndef BASE_URL_H
#define BASE_URL_H

#include "base/str.h"

struct arena;

enum url_fault {
	URL_OK,
	URL_NONE,     /* it does not begin with http:// or https:// and a host */
	URL_HOST,     /* a character in its host that a host cannot have */
	URL_CHARACTER /* a character after its host that an address cannot have */
};

/* What keeps a text from being an http(s) address; letters beyond ASCII do too. */
enum url_fault url_check(struct str s);

/* With every character that an address cannot have as its bytes in hexadecimal: "%20". In the arena. */
struct str url_escape(struct arena *arena, struct str s);

/*
 * The https address that was surely meant by a text that is none, in the arena: "www.example.org/x", "htps://…",
 * "https:\\…". Empty if that is not sure.
 */
struct str url_mend(struct arena *arena, struct str s);

#endif
