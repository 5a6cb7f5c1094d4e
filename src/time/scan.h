/* A cursor over what somebody wrote. */
#ifndef TIME_SCAN_H
#define TIME_SCAN_H

#include "base/str.h"

struct scan {
	struct str s;
	size_t i;
};

/* The next byte; NUL at the end. */
char scan_peek(const struct scan *scan);
static inline bool scan_done(const struct scan *scan)
{
	return scan->i >= scan->s.len;
}
/* Passes one byte if it is c. */
bool scan_take(struct scan *scan, char c);
/* Passes all bytes of a set. Returns how many. */
size_t scan_skip(struct scan *scan, const char *set);
/* A number of at least least and at most most digits. Returns how many it has; 0: there is none. */
int scan_number(struct scan *scan, int least, int most, int *value);
/* The letters of ASCII that come next; perhaps none. */
struct str scan_letters(struct scan *scan);
/* Passes a word of a list, which ends in NULL, in any case, and the spaces behind it. */
bool scan_word(struct scan *scan, const char *const *words);

#endif
