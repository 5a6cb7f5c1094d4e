/*
 * The same work for many things, on all processors. For work whose results depend neither on its order nor on who does
 * it; each worker has what it writes to itself.
 */
#ifndef BASE_THREADS_H
#define BASE_THREADS_H

#include <stddef.h>

enum { THREADS_MOST = 8 };

/*
 * How many threads are worth their start for so much work: the processors that this process may run on, but no more than
 * THREADS_MOST; 1 where there is less than least of it.
 */
unsigned threads_for(size_t amount, size_t least);

/*
 * Calls one for every index from begin up to end, once, and returns when all have returned. worker is below threads (from
 * 1 to THREADS_MOST); no two calls with the same worker overlap. Where the system gives fewer threads, fewer do the work.
 */
void threads_each(unsigned threads, size_t begin, size_t end, void (*one)(void *context, unsigned worker, size_t index),
	void *context);

#endif
