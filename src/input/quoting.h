/*
 * A text that is mended for libyaml where it needs quotes, a bracket or a blank (slips.h), and where what stands in
 * it stands in the source. No line is added, so only columns behind what is mended move. What is mended is tried: it
 * is added in rounds, of which the last can be taken back.
 */
#ifndef INPUT_QUOTING_H
#define INPUT_QUOTING_H

#include "input/layout.h"
#include "input/slips.h"

enum { CANDIDATES_MAXIMUM = 8 };

/* Zero-initialise it but for the layout, whose text it is. */
struct quoting {
	const struct layout *layout;
	struct quote *items; /* in the order of their places */
	size_t count;
	unsigned round; /* of what is added now */
};

/*
 * Lines (from 0) whose text may be to blame for a failure on a line of something that began on another, or the same;
 * the likeliest first. Returns how many.
 */
size_t quoting_candidates(
	const struct quoting *quoting, uint32_t line, uint32_t began, uint32_t lines[CANDIDATES_MAXIMUM]);

/* Whether a line closes brackets that another one has opened. */
bool quoting_within(const struct quoting *quoting, uint32_t line);

/*
 * Begins another round, in which lines are mended: within has the meaning of slips_find(). Returns whether there is
 * anything on the line that was not mended before.
 */
void quoting_begin(struct quoting *quoting);
bool quoting_add(struct quoting *quoting, struct arena *arena, uint32_t line, bool within);
/* The same for the escapes that are none in the text of several lines between double quotes that begins at a place
 * of the mended text. */
bool quoting_add_escapes(struct quoting *quoting, struct arena *arena, size_t line, size_t column);
/* The same for the quote that lacks behind such a text, which is not closed: where the lines below it are no deeper. */
bool quoting_add_close(struct quoting *quoting, struct arena *arena, size_t line, size_t column);
/* The same for a comma that stands there, and behind nothing. */
bool quoting_add_comma(struct quoting *quoting, struct arena *arena, size_t line, size_t column);
/* The same for all lines of which another has mended something, in another layout. */
void quoting_add_all(struct quoting *quoting, struct arena *arena, const struct quoting *other);
/* Takes back what was added in this round. */
void quoting_drop(struct quoting *quoting);

/* Adds the whole text, as it is mended, to out. */
void quoting_apply(const struct quoting *quoting, struct buffer *out);
/* The byte of the source for a line and column (from 0) of the mended text. */
uint32_t quoting_offset(const struct quoting *quoting, size_t line, size_t column);
/* Whether something that was mended begins at this byte of the source. */
bool quoting_has(const struct quoting *quoting, uint32_t begin);
/* Adds a finding for each thing that was mended. */
void quoting_report(const struct quoting *quoting, struct findings *findings, uint32_t source);

#endif
