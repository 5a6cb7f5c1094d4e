/*
 * Text that needed quotes: `summary: Workshop: zelf doen`. libyaml stops there; this finds the text on the line, puts
 * the quotes around it, and keeps the places of the original. Quotes add no lines, so only columns behind them move.
 * The same for two slips like it: a bracket that is not closed, and `summary:Workshop`, which lacks a blank.
 */
#ifndef INPUT_QUOTING_H
#define INPUT_QUOTING_H

#include "input/source.h"

enum { QUOTING_CANDIDATES = 8 };

/* What was mended: quotes were missing, a bracket was not closed, a blank behind a colon was missing, a # cut a list or
 * mapping off. */
enum slip { SLIP_QUOTES, SLIP_BRACKET, SLIP_BLANK, SLIP_COMMENT };

/* Zero-initialise it but for text, which is the source's text as it is to be parsed without any quotes added. */
struct quoting {
	struct str text;
	struct quote {
		uint32_t line;                  /* from 0 */
		uint32_t begin, end;            /* octets of the original */
		uint32_t column;                /* of begin, in code points from 0 */
		uint32_t points_before, points; /* of what stood there and of what stands there now */
		struct str shown;               /* what stands there now */
		enum slip slip;
	} * items; /* in the order of their lines */
	size_t count;
};

/* Lines (from 0) whose text may be to blame, the likeliest first, for a failure at a place. Returns how many. */
size_t quoting_candidates(
	const struct source *source, struct span at, struct span context, uint32_t lines[QUOTING_CANDIDATES]);

/* Quotes the text on a line: behind "key: ", behind "- ". False where there is none, or it has its quotes already. */
bool quoting_add(struct quoting *quoting, struct arena *arena, const struct source *source, uint32_t line);
/* Takes back quoting_add() for a line. */
void quoting_drop(struct quoting *quoting, uint32_t line);

/* Adds the whole text, with the quotes in it, to out. */
void quoting_apply(const struct quoting *quoting, struct buffer *out);
/* The octet in the original for a line and column (from 0) of the quoted text. */
uint32_t quoting_offset(const struct quoting *quoting, const struct source *source, size_t line, size_t column);
/* Whether a text that was quoted begins at this octet of the original. */
bool quoting_has(const struct quoting *quoting, uint32_t begin);
struct span quoting_span(const struct quoting *quoting, size_t index, uint32_t source);
/* The line as it should be, without its indent. */
struct str quoting_shown(const struct quoting *quoting, struct arena *arena, const struct source *source, size_t index);

#endif
