/*
 * Runs a command and prints what it took, on descriptor 3: "<wall ns> <user and system us> <peak KiB> <page faults>
 * <status>". A
 * small program, since the peak of a child counts from that of the process which started it.
 */
#define _GNU_SOURCE /* wait4() */

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long nanoseconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static long long microseconds(struct timeval time)
{
	return time.tv_sec * 1000000LL + time.tv_usec;
}

int main(int argc, char **argv)
{
	struct rusage usage;
	int status;
	if (argc < 2)
		return 2;
	long long begun = nanoseconds();
	pid_t child = fork();
	if (!child) {
		close(3);
		execv(argv[1], argv + 1);
		_exit(127);
	}
	if (child < 0 || wait4(child, &status, 0, &usage) != child)
		return 1;
	long long ended = nanoseconds();
	dprintf(3, "%lld %lld %ld %ld %d\n", ended - begun, microseconds(usage.ru_utime) + microseconds(usage.ru_stime),
		usage.ru_maxrss, usage.ru_minflt, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
	return 0;
}
