#include "base/arena.h"

#include "base/wording.h"

#include <errno.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Each block is twice as large as the one before, up to the large size. */
enum { FIRST_SIZE = 256 << 10, LARGE_SIZE = 2 << 20, FIRST_ITEMS = 4 };

struct arena_block {
	struct arena_block *next;
	size_t size;
	alignas(max_align_t) char bytes[];
};

static _Noreturn void out_of_memory(size_t size)
{
	fprintf(stderr,
		LOCAL("evcal: out of memory (%zu bytes were asked for)\n",
			"evcal: te weinig geheugen (er waren %zu bytes nodig)\n"),
		size);
	exit(3);
}

void memory_gone(void)
{
	fputs(LOCAL("evcal: out of memory\n", "evcal: te weinig geheugen\n"), stderr);
	exit(3);
}

void memory_watch(void)
{
	errno = 0;
}

void memory_check(void)
{
	if (errno == ENOMEM)
		memory_gone();
}

/* To touch a page for the first time costs more than most of what is then done with it, so released blocks are used
 * again. */
static struct arena_block *block_new(struct arena *arena, size_t size)
{
	struct arena_block *block = arena->spare;
	if (block && block->size >= size) {
		arena->spare = block->next;
		return block;
	}
	if (size > SIZE_MAX - sizeof(*block))
		out_of_memory(size);
	block = malloc(sizeof(*block) + size);
	if (!block)
		out_of_memory(size);
	block->size = size;
	return block;
}

char *arena_bytes(struct arena *arena, size_t size)
{
	const size_t align = alignof(max_align_t);
	if (size > SIZE_MAX - align)
		out_of_memory(size);
	size = (size + align - 1) / align * align;
	if (size > FIRST_SIZE / 4 && arena->block && arena->used + size > arena->block->size) {
		/* A large one gets a block of its own, after the current one, which stays in use. */
		struct arena_block *large = block_new(arena, size);
		large->next = arena->block->next;
		arena->block->next = large;
		return large->bytes;
	}
	if (!arena->block || arena->used + size > arena->block->size) {
		size_t header = sizeof(struct arena_block), whole = FIRST_SIZE;
		if (arena->block)
			whole = arena->block->size < LARGE_SIZE / 2 ? 2 * (arena->block->size + header) : LARGE_SIZE;
		size_t usual = whole - header;
		struct arena_block *block = block_new(arena, size > usual ? size : usual);
		block->next = arena->block;
		arena->block = block;
		arena->used = 0;
	}
	char *memory = arena->block->bytes + arena->used;
	arena->used += size;
	return memory;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	/* Not the whole block at once: released memory is used again. */
	return memset(arena_bytes(arena, size), 0, size);
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

struct arena_mark arena_mark(const struct arena *arena)
{
	return (struct arena_mark){arena->block, arena->block ? arena->block->next : NULL, arena->used};
}

static void block_back(struct arena *arena, struct arena_block *block)
{
	if (block->size > LARGE_SIZE) {
		free(block);
		return;
	}
	block->next = arena->spare;
	arena->spare = block;
}

void arena_release(struct arena *arena, struct arena_mark mark)
{
	while (arena->block != mark.block) {
		struct arena_block *newer = arena->block;
		arena->block = newer->next;
		block_back(arena, newer);
	}
	/* Large ones that were put after the block that was current. */
	while (mark.block && mark.block->next != mark.next) {
		struct arena_block *large = mark.block->next;
		mark.block->next = large->next;
		block_back(arena, large);
	}
	arena->used = mark.used;
}

static void blocks_free(struct arena_block *block)
{
	while (block) {
		struct arena_block *next = block->next;
		free(block);
		block = next;
	}
}

/* After the current block, which stays in use. */
void arena_take(struct arena *arena, struct arena *other)
{
	struct arena_block *last = other->block;
	if (!arena->block) {
		arena->block = other->block;
		arena->used = other->used;
	} else if (last) {
		while (last->next)
			last = last->next;
		last->next = arena->block->next;
		arena->block->next = other->block;
	}
	blocks_free(other->spare);
	*other = (struct arena){0};
}

void arena_free(struct arena *arena)
{
	blocks_free(arena->block);
	blocks_free(arena->spare);
	*arena = (struct arena){0};
}

void *memory_new(size_t size)
{
	return memory_resize(NULL, size);
}

void *memory_resize(void *memory, size_t size)
{
	void *resized = realloc(memory, size ? size : 1);
	if (!resized)
		out_of_memory(size);
	return resized;
}
