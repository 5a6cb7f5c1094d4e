/*
 * A long text as the pieces that it is put together from, so that nobody copies them into one place.
 */
#ifndef BASE_PIECES_H
#define BASE_PIECES_H

#include "base/hash.h"
#include "base/str.h"

/* Zero-initialise it, pieces_free() it. The octets are not its own, and must outlive it. None of the pieces is empty. */
struct pieces {
	struct str *items;
	size_t count, room;
};

/* A text that is one piece. */
#define PIECES(text) (&(const struct pieces){(struct str[]){text}, (text).len > 0, 1})

void pieces_add(struct pieces *pieces, struct str piece);
/* Adds the whole text to out. */
void pieces_join(const struct pieces *pieces, struct buffer *out);
/* As digest_of() the whole text. */
struct digest pieces_digest(const struct pieces *pieces);
void pieces_free(struct pieces *pieces);

#endif
