/*
 * One arena holds all that a run reads and builds; it is freed once, at the end of the run.
 *
 * Nothing in here returns an error: where memory runs out, the program says so and ends with status 3. A half-written
 * publication cannot come of it, since files become visible by rename only (publish/transaction.h).
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_block;

/* Zero-initialise it; the first allocation opens the first block. */
struct arena {
	struct arena_block *block;
	struct arena_block *spare; /* given back, to be used again */
	size_t used;
};

/* size octets, zeroed, aligned for any type; they live until arena_free(). */
void *arena_alloc(struct arena *arena, size_t size);

/* The same, not zeroed, for octets that are written at once. */
char *arena_octets(struct arena *arena, size_t size);

/*
 * Room for one item more behind the count items at items: returns items, or their new place. An array starts as
 * (NULL, 0) and grows by doubling; the old place stays allocated, so pointers into it stay readable. New room is
 * zeroed.
 */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t item_size);

/*
 * What is allocated between a mark and its release is scratch: it is gone afterwards, and its memory is used again. An
 * array that was begun before the mark must not grow until the release.
 */
struct arena_mark {
	struct arena_block *block, *next;
	size_t used;
};

struct arena_mark arena_mark(const struct arena *arena);
void arena_release(struct arena *arena, struct arena_mark mark);

/* Moves all of another arena here, which is empty then: what was allocated from it lives as long as this one. Not between
 * a mark and its release. */
void arena_take(struct arena *arena, struct arena *other);

/* Frees every block. */
void arena_free(struct arena *arena);

/* As realloc(), for buffers that outgrow an arena; the caller frees it with free(). Never returns NULL. */
void *memory_resize(void *memory, size_t size);

/* As malloc(), for libraries that take it from us; never returns NULL. */
void *memory_new(size_t size);

/* Ends the program: a library has said that memory has run out. */
_Noreturn void memory_gone(void);

/*
 * For libraries that do not say so, and go on without what they had no room for (libical): memory_check() ends the
 * program where memory has run out since memory_watch(). It goes by errno, so in between there are only calls that need
 * nothing but memory.
 */
void memory_watch(void);
void memory_check(void);

#endif
