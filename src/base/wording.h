/* A text that a person reads, in the languages that evcal speaks. */
#ifndef BASE_WORDING_H
#define BASE_WORDING_H

enum language { LANGUAGE_NL, LANGUAGE_EN };

/* Both are there: a row of a table that lacks one does not compile (W() takes two). */
struct wording {
	const char *en, *nl;
};

#define W(english, dutch) {english, dutch}

static inline const char *wording_in(struct wording wording, enum language language)
{
	return language == LANGUAGE_NL ? wording.nl : wording.en;
}

#endif
