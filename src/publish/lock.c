#include "publish/lock.h"

#include "publish/io.h"
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
	char reason[100];
	snprintf(reason, sizeof(reason), "another process has had it for %jd second%s; try again later",
		(intmax_t)patience, patience == 1 ? "" : "s");
	trouble_because("lock", path, patience ? reason : "another process has it; try again later");
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
			tell("waiting for another run of evcal to be done with %s", path);
		if (tries < SAID)
			tries++;
		nanosleep(&(struct timespec){.tv_nsec = BETWEEN}, NULL);
	}
}
