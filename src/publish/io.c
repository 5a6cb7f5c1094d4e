#include "publish/io.h"

#include "base/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static bool interrupted(ssize_t result)
{
	return result < 0 && errno == EINTR;
}

int io_open(int folder, const char *name, int flags, mode_t mode)
{
	int fd;
	do
		fd = openat(folder, name, flags | O_CLOEXEC, mode);
	while (interrupted(fd));
	return fd;
}

bool io_mkdir(int folder, const char *name, mode_t mode)
{
	/* Not by chmod() afterwards: a run that is killed in between would leave a folder with another mode behind. */
	mode_t mask = umask(0);
	int failed = mkdirat(folder, name, mode);
	umask(mask);
	return !failed;
}

bool io_write(int fd, struct str octets)
{
	while (octets.len) {
		ssize_t written = write(fd, octets.ptr, octets.len);
		if (interrupted(written))
			continue;
		if (written < 0)
			return false;
		octets = str_part(octets, (size_t)written, octets.len);
	}
	return true;
}

bool io_sync(int fd)
{
	int result;
	do
		result = fsync(fd);
	while (interrupted(result));
	return !result;
}

bool io_lock(int fd, bool wait)
{
	int result;
	do
		result = flock(fd, wait ? LOCK_EX : LOCK_EX | LOCK_NB);
	while (interrupted(result));
	return !result;
}

bool io_close(int fd)
{
	/* Linux has closed it even when interrupted; a second try might close what somebody else has opened since. */
	return !close(fd) || errno == EINTR;
}

/* Reads the size octets that the file had when it was opened; where it has become shorter, fewer. */
static bool read_whole(int fd, size_t size, struct buffer *buffer)
{
	buffer->len = 0;
	if (buffer->room < size) {
		buffer->ptr = memory_resize(buffer->ptr, size);
		buffer->room = size;
	}
	while (buffer->len < size) {
		ssize_t got = read(fd, buffer->ptr + buffer->len, size - buffer->len);
		if (interrupted(got))
			continue;
		if (got < 0)
			return false;
		if (!got)
			break;
		buffer->len += (size_t)got;
	}
	return true;
}

enum held io_read(int folder, const char *name, struct buffer *buffer)
{
	struct stat stat;
	/* Without O_NONBLOCK a FIFO would keep us waiting for its other end. */
	int fd = io_open(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0);
	if (fd < 0 && errno == ENOENT)
		return HELD_NOTHING;
	if (fd < 0) /* ELOOP: a link; ENXIO: a socket or a device without a driver */
		return errno == ELOOP || errno == ENXIO ? HELD_OTHER : HELD_FAILED;
	enum held held = HELD_FAILED;
	if (!fstat(fd, &stat))
		held = !S_ISREG(stat.st_mode)                         ? HELD_OTHER
		       : read_whole(fd, (size_t)stat.st_size, buffer) ? HELD_OCTETS
								      : HELD_FAILED;
	int error = errno;
	io_close(fd);
	errno = error;
	return held;
}
