/*
 * Paragraphs that an editor broke into lines: three lines or more, all but the last of 60 to 120 columns, and at least
 * two of the breaks in mid-sentence.
 */
#ifndef TEXT_WRAPPED_H
#define TEXT_WRAPPED_H

#include "base/str.h"

/* The paragraph that is being read. Zero-initialise it where one begins. */
struct wrapped {
	size_t begin, line, end; /* bytes: the paragraph, its last line, where that ends so far */
	unsigned lines, broken;  /* broken: in mid-sentence, for sure */
	bool short_line, ended;  /* ended: the next text is on a new line */
};

/* The paragraph goes on with these bytes of the text; it goes on with a new line. */
void wrapped_text(struct wrapped *wrapped, struct str text, struct extent at);
void wrapped_line(struct wrapped *wrapped);
/* Whether the paragraph, which has ended, was surely wrapped. */
bool wrapped_surely(const struct wrapped *wrapped);

#endif
