/* Letters of other scripts that look like a Latin one. */
#ifndef BASE_ALIKE_H
#define BASE_ALIKE_H

#include "base/str.h"
#include "base/wording.h"

struct alike {
	char latin; /* lower case; NUL if there is none */
	size_t len; /* bytes */
	int32_t point;
	struct wording script;
};

/* The letter at byte i of a text. */
struct alike alike_at(struct str s, size_t i);

#endif
