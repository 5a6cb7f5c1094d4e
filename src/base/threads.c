#define _GNU_SOURCE /* sched_getaffinity() */

#include "base/threads.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

/* Enough for all that they do, also if the shell limits the program to a small stack. */
enum { STACK = 1 << 20 };

struct work {
	void (*one)(void *context, unsigned worker, size_t index);
	void *context;
	size_t end;
	atomic_size_t next;
};

struct worker {
	struct work *work;
	unsigned number;
	pthread_t thread;
};

unsigned threads_for(size_t amount, size_t least)
{
	cpu_set_t ours;
	if (amount < least || sched_getaffinity(0, sizeof(ours), &ours))
		return 1;
	unsigned count = (unsigned)CPU_COUNT(&ours);
	return count < THREADS_MOST ? count : THREADS_MOST;
}

static void *work_on(void *context)
{
	const struct worker *worker = context;
	struct work *work = worker->work;
	size_t index;
	while ((index = atomic_fetch_add(&work->next, 1)) < work->end)
		work->one(work->context, worker->number, index);
	return NULL;
}

void threads_each(unsigned threads, size_t begin, size_t end, void (*one)(void *context, unsigned worker, size_t index),
	void *context)
{
	struct work work = {.one = one, .context = context, .end = end, .next = begin};
	struct worker workers[THREADS_MOST] = {{.work = &work}};
	unsigned begun = 1;
	pthread_attr_t attributes;
	if (threads > 1 && pthread_attr_init(&attributes))
		threads = 1;
	if (threads > 1)
		pthread_attr_setstacksize(&attributes, STACK);
	for (; begun < threads && begun < end - begin; begun++) {
		workers[begun] = (struct worker){.work = &work, .number = begun};
		if (pthread_create(&workers[begun].thread, &attributes, work_on, &workers[begun]))
			break;
	}
	if (threads > 1)
		pthread_attr_destroy(&attributes);
	work_on(&workers[0]);
	while (--begun)
		pthread_join(workers[begun].thread, NULL);
}
