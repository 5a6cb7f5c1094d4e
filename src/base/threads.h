/*
 * The same work for many things, on all processors. The results may depend neither on the order of the work nor on the
 * worker that does it, and no two workers may write to the same memory.
 */
#ifndef BASE_THREADS_H
#define BASE_THREADS_H

#include <stddef.h>

enum { THREADS_MOST = 8 };

/*
 * How many threads are worth their start for an amount of work: as many as the processors that this process may run on,
 * at most THREADS_MOST; 1 if the amount is below the least.
 */
unsigned threads_for(size_t amount, size_t least);

/*
 * Calls one() once for every index from begin up to but not including end, and returns when all calls have returned.
 * worker is below threads (1 to THREADS_MOST); no two calls with the same worker overlap. If the system gives fewer
 * threads, fewer do the work.
 */
void threads_each(unsigned threads, size_t begin, size_t end, void (*one)(void *context, unsigned worker, size_t index),
	void *context);

#endif
