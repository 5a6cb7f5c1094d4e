/* A text that a person reads, in the languages that evcal speaks. */
#ifndef BASE_WORDING_H
#define BASE_WORDING_H

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
#define LOCAL(english, dutch) local_text((struct wording)W(english, dutch))

#endif
