/*
 * Host names and e-mail addresses: what is one, and what was meant by a text that is none.
 */
#ifndef BASE_ADDRESS_H
#define BASE_ADDRESS_H

#include "base/str.h"

/* In bytes, of all of it. */
enum { HOST_MAXIMUM = 253, EMAIL_MAXIMUM = 254 };

/* A host name of RFC 1123, 2.1: labels of letters, digits and inner hyphens, of at most 63 bytes each. */
bool address_is_host(struct str s);

/* An addr-spec of RFC 5322, 3.4.1 without comments and quotes, as people have them, with a dot in its host. */
bool address_is_email(struct str s);

/*
 * The address that was surely meant by a text that is none, in the arena: without a name and brackets, "mailto:",
 * spaces around @ and dots, a punctuation mark after it, "(at)". Empty if that is not sure.
 */
struct str address_mend(struct arena *arena, struct str s);

/* True if two different addresses stand in a text. */
bool address_several(struct str s);

#endif
