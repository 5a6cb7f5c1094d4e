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
	bool tied, sure; /* another word is as near; best is one or two slips away from a long word, and no other is */
};

/*
 * Compares word with what was written: insertions, deletions, replacements and swaps of neighbouring bytes, without
 * regard to case; "near enough" grows with the length. Of two equally near words the first offered stays. Words of more
 * than 64 bytes are passed over.
 */
void suggest(struct suggestion *suggestion, struct str written, struct str word);

/*
 * The nearest word of a table; empty where none is near enough. The table has rows of size bytes that begin with a
 * pointer to their word (const char *), and ends with a row where that is NULL; a list of such pointers is one too.
 */
struct str suggest_among(struct str written, const void *rows, size_t size);
/* Offers all words of such a table. */
void suggest_all(struct suggestion *suggestion, struct str written, const void *rows, size_t size);

/* What people write for a word of ours. A table of them ends with a row whose written is NULL. */
struct synonym {
	const char *written, *meant;
};

/* What a word means by the table, in any case; empty where it is not in it. */
struct str synonym_meant(const struct synonym *table, struct str word);

#endif
