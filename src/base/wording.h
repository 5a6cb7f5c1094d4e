/* A text that a person reads, in the languages that evcal speaks. */
#ifndef BASE_WORDING_H
#define BASE_WORDING_H

#include "base/str.h"

enum language { LANGUAGE_NL, LANGUAGE_EN };

/* Both are there: a row of a table that lacks one does not compile (W() takes two). */
struct wording {
	const char *en, *nl;
};

#define W(english, dutch) \
	{ \
		english, dutch \
	}

static inline const char *wording_in(struct wording wording, enum language language)
{
	return language == LANGUAGE_NL ? wording.nl : wording.en;
}

/* The language that people are answered in: English, until it is set. It is set before threads begin. */
enum language local_language(void);
void local_language_set(enum language language);
/* A text in it. */
const char *local_text(struct wording text);
/* The same of two literals; of formats for printf() the compiler checks both. */
#define LOCAL(english, dutch) (local_language() == LANGUAGE_NL ? (dutch) : (english))

/* What things are called that are counted. */
struct noun {
	struct wording one, many;
};

#define NOUN(one, many, dutch_one, dutch_many) \
	{ \
		W(one, dutch_one), W(many, dutch_many) \
	}

/* "1 event", "2 activiteiten", in the arena. */
const char *noun_count(struct arena *arena, size_t count, struct noun noun);

extern const struct noun noun_error, noun_event, noun_file, noun_invitation, noun_second, noun_warning;

#endif
