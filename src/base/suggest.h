/*
 * "did you mean": the word of a list that is nearest to what somebody wrote.
 */
#ifndef BASE_SUGGEST_H
#define BASE_SUGGEST_H

#include "base/str.h"

/* Zero-initialise it, offer it words, take the best. */
struct suggestion {
	struct str best; /* empty where no word is near enough */
	size_t distance;
};

/*
 * Compares word with what was written: insertions, deletions, replacements and swaps of neighbouring octets, without
 * regard to case; "near enough" grows with the length. Of two equally near words the first offered stays. Words of more
 * than 64 octets are passed over.
 */
void suggest(struct suggestion *suggestion, struct str written, struct str word);

#endif
