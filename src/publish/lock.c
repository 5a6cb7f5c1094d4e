#include "publish/lock.h"

#include "publish/io.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>

int lock_take(const char *path)
{
	int fd = io_open(AT_FDCWD, path, O_RDONLY | O_NONBLOCK, 0);
	if (fd < 0 || io_lock(fd, false))
		return fd;
	if (errno == EWOULDBLOCK) {
		fprintf(stderr, "evcal: waiting for another run of evcal to be done with %s\n", path);
		if (io_lock(fd, true))
			return fd;
	}
	io_close(fd);
	return -1;
}

void lock_release(int lock)
{
	if (lock >= 0)
		io_close(lock);
}
