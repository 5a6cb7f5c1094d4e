#include "base/pieces.h"

#include "base/arena.h"

#include <stdlib.h>

enum { FIRST_ROOM = 16 };

void pieces_add(struct pieces *pieces, struct str piece)
{
	if (!piece.len)
		return;
	if (pieces->count == pieces->room) {
		pieces->room = pieces->room ? 2 * pieces->room : FIRST_ROOM;
		pieces->items = memory_resize(pieces->items, pieces->room * sizeof(*pieces->items));
	}
	pieces->items[pieces->count++] = piece;
}

void pieces_join(const struct pieces *pieces, struct buffer *out)
{
	for (size_t i = 0; i < pieces->count; i++)
		buffer_add(out, pieces->items[i]);
}

struct digest pieces_digest(const struct pieces *pieces)
{
	struct hasher *hasher = hasher_open();
	for (size_t i = 0; i < pieces->count; i++)
		hasher_add(hasher, pieces->items[i]);
	return hasher_close(hasher);
}

void pieces_free(struct pieces *pieces)
{
	free(pieces->items);
	*pieces = (struct pieces){0};
}
