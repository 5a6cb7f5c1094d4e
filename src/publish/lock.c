#include "publish/lock.h"

#include "publish/io.h"
#include "base/arena.h"
#include "base/wording.h"
#include "report/trouble.h"

#include <errno.h>
#include <stdio.h>
#include <time.h>

enum { SECOND = 1000000000, BETWEEN = SECOND / 20 /* ns from one try to the next */ };

static int64_t patience = LOCK_PATIENCE;

void lock_patience(int64_t seconds)
{
	patience = seconds;
}

static struct timespec clock_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now;
}

static bool is_before(struct timespec a, struct timespec b)
{
	return a.tv_sec < b.tv_sec || (a.tv_sec == b.tv_sec && a.tv_nsec < b.tv_nsec);
}

static enum lock refused(const char *path)
{
	struct arena arena = {0};
	const char *reason = LOCAL("another process has it; try again later",
		"een ander programma gebruikt dit; probeer het later opnieuw");
	if (patience)
		reason = str_format(&arena,
			LOCAL("another process has had it for %s; try again later",
				"een ander programma gebruikt dit al %s; probeer het later opnieuw"),
			noun_count(&arena, (size_t)patience, noun_second))
				 .ptr;
	trouble_because(DOING_LOCK, path, reason);
	arena_free(&arena);
	return LOCK_REFUSED;
}

enum lock lock_hold(int fd, const char *path)
{
	struct timespec end = clock_now();
	/* What is over in no time is not worth a word. */
	enum { FIRST, SAY, SAID } tries = FIRST;
	end.tv_sec += (time_t)patience;
	for (;;) {
		if (io_lock(fd))
			return LOCK_HELD;
		if (errno != EWOULDBLOCK)
			return LOCK_FAILED;
		if (!is_before(clock_now(), end))
			return refused(path);
		if (tries == SAY)
			tell(LOCAL("waiting for another run of evcal to be done with %s",
				     "een andere evcal is nog bezig met %s; even wachten"),
				path);
		if (tries < SAID)
			tries++;
		nanosleep(&(struct timespec){.tv_nsec = BETWEEN}, NULL);
	}
}
