/*
 * One arena holds all that a run reads and builds; it is freed once, at the end of the run.
 *
 * Nothing in here returns an error: if memory runs out, the program says so and ends with status 3. Nothing is then
 * half published, since files become visible by rename only (publish/transaction.h).
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_block;

/* It is zero at first; the first allocation opens the first block. */
struct arena {
	struct arena_block *block;
	struct arena_block *spare; /* released, to be used again */
	size_t used;
};

/* size bytes, zeroed and aligned for any type. They live until arena_free(). */
void *arena_alloc(struct arena *arena, size_t size);

/* The same, not zeroed, for bytes that are written at once. */
char *arena_bytes(struct arena *arena, size_t size);

/*
 * Makes room for one more item after the count items at items. Returns items, or their new place. An array starts as
 * (NULL, 0) and grows by doubling. The old place stays allocated, so pointers into it stay valid. New room is zeroed.
 */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t item_size);

/*
 * What is allocated between a mark and its release is scratch memory: it is gone afterwards, and is used again. An
 * array that was begun before the mark must not grow until the release.
 */
struct arena_mark {
	struct arena_block *block, *next;
	size_t used;
};

struct arena_mark arena_mark(const struct arena *arena);
void arena_release(struct arena *arena, struct arena_mark mark);

/*
 * Moves all of another arena here, and leaves that empty: what was allocated from it lives as long as this one. Not
 * between a mark and its release.
 */
void arena_take(struct arena *arena, struct arena *other);

/* Frees every block. */
void arena_free(struct arena *arena);

/* As realloc(), for buffers that grow too large for an arena; the caller frees it with free(). Never returns NULL. */
void *memory_resize(void *memory, size_t size);

/* As malloc(), for libraries that let us choose theirs. Never returns NULL. */
void *memory_new(size_t size);

/* Ends the program, since a library has said that memory has run out. */
_Noreturn void memory_gone(void);

/*
 * For libraries that do not say so and leave out what they have no memory for (libical): memory_check() ends the
 * program if memory has run out since memory_watch(). It looks at errno, so only calls that need nothing but memory
 * may be in between.
 */
void memory_watch(void);
void memory_check(void);

#endif
