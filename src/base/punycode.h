/* Host names with letters beyond ASCII, as the domain name system has them (RFC 5890 to 5892, RFC 3492). */
#ifndef BASE_PUNYCODE_H
#define BASE_PUNYCODE_H

#include "base/str.h"

struct arena;

/*
 * The ASCII form of a host name, in the arena: "xn--bcher-kva.example" of "bücher.example". Letters are folded to lower
 * case and composed first. Empty if it cannot be written so.
 */
struct str host_to_ascii(struct arena *arena, struct str host);

#endif
