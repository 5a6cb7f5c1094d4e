#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 256 * 1024, FIRST_ITEMS = 4 };

struct arena_block {
	struct arena_block *next;
	size_t size;
	alignas(max_align_t) char bytes[];
};

static _Noreturn void out_of_memory(size_t size)
{
	fprintf(stderr, "evcal: out of memory (%zu octets were asked for)\n", size);
	exit(3);
}

static struct arena_block *block_new(size_t size)
{
	struct arena_block *block = size > SIZE_MAX - sizeof(*block) ? NULL : malloc(sizeof(*block) + size);
	if (!block)
		out_of_memory(size);
	block->size = size;
	return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	const size_t align = alignof(max_align_t);
	if (size > SIZE_MAX - align)
		out_of_memory(size);
	size = (size + align - 1) / align * align;
	if (size > BLOCK_SIZE / 4 && arena->block) {
		/* A large one gets a block of its own, behind the current one, which stays in use. */
		struct arena_block *large = block_new(size);
		large->next = arena->block->next;
		arena->block->next = large;
		return memset(large->bytes, 0, size);
	}
	if (!arena->block || arena->used + size > arena->block->size) {
		struct arena_block *block = block_new(size > BLOCK_SIZE ? size : BLOCK_SIZE);
		block->next = arena->block;
		arena->block = block;
		arena->used = 0;
	}
	void *memory = arena->block->bytes + arena->used;
	arena->used += size;
	/* Not the whole block at once: what a release gave back is used again. */
	return memset(memory, 0, size);
}

void *arena_grow(struct arena *arena, void *items, size_t count, size_t item_size)
{
	size_t room = FIRST_ITEMS;
	if (count >= FIRST_ITEMS) {
		if (count & (count - 1))
			return items;
		room = count * 2;
	} else if (count) {
		return items;
	}
	if (room > SIZE_MAX / item_size)
		out_of_memory(SIZE_MAX);
	void *grown = arena_alloc(arena, room * item_size);
	if (count)
		memcpy(grown, items, count * item_size);
	return grown;
}

void arena_adopt(struct arena *arena, struct arena *other)
{
	if (!arena->block) {
		*arena = *other;
	} else if (other->block) {
		struct arena_block *last = other->block;
		while (last->next)
			last = last->next;
		last->next = arena->block->next;
		arena->block->next = other->block;
	}
	*other = (struct arena){0};
}

struct arena_mark arena_mark(const struct arena *arena)
{
	return (struct arena_mark){arena->block, arena->block ? arena->block->next : NULL, arena->used};
}

void arena_release(struct arena *arena, struct arena_mark mark)
{
	while (arena->block != mark.block) {
		struct arena_block *newer = arena->block;
		arena->block = newer->next;
		free(newer);
	}
	/* Large ones that were put behind the block that was current. */
	while (mark.block && mark.block->next != mark.next) {
		struct arena_block *large = mark.block->next;
		mark.block->next = large->next;
		free(large);
	}
	arena->used = mark.used;
}

void arena_free(struct arena *arena)
{
	while (arena->block) {
		struct arena_block *block = arena->block;
		arena->block = block->next;
		free(block);
	}
	arena->used = 0;
}

void *memory_resize(void *memory, size_t size)
{
	void *resized = realloc(memory, size ? size : 1);
	if (!resized)
		out_of_memory(size);
	return resized;
}
