#include "publish/io.h"

#include "base/arena.h"
#include "base/read_full.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/uio.h>
#include <unistd.h>

enum { PARTS_MOST = 256 /* that one call takes */ };

#define DIGEST_MOST ((size_t)4 << 30)

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

bool io_write_pieces(int fd, const struct pieces *pieces)
{
	struct iovec parts[PARTS_MOST];
	size_t written = 0; /* bytes of the piece that is the next */
	for (size_t next = 0; next < pieces->count;) {
		size_t count = pieces->count - next < PARTS_MOST ? pieces->count - next : PARTS_MOST;
		for (size_t i = 0; i < count; i++) {
			struct str piece = pieces->items[next + i];
			size_t skip = i ? 0 : written;
			parts[i] = (struct iovec){(char *)piece.ptr + skip, piece.len - skip};
		}
		ssize_t more = writev(fd, parts, (int)count);
		if (interrupted(more))
			continue;
		if (more < 0)
			return false;
		written += (size_t)more;
		while (next < pieces->count && written >= pieces->items[next].len)
			written -= pieces->items[next++].len;
	}
	return true;
}

bool io_write(int fd, struct str text)
{
	struct pieces whole = pieces_of(&text);
	return io_write_pieces(fd, &whole);
}

bool io_sync(int fd)
{
	int result;
	do
		result = fsync(fd);
	while (interrupted(result));
	return !result;
}

bool io_lock(int fd)
{
	int result;
	do
		result = flock(fd, LOCK_EX | LOCK_NB);
	while (interrupted(result));
	return !result;
}

struct owner io_owner(const struct stat *stat)
{
	bool other = !geteuid() && (stat->st_uid || stat->st_gid != getegid());
	return (struct owner){other, stat->st_uid, stat->st_gid};
}

bool io_give(int fd, const struct owner *owner)
{
	/* EINVAL: an owner whom the container does not know. */
	return !owner->other || !fchown(fd, owner->user, owner->group) || errno == EPERM || errno == EINVAL;
}

bool io_close(int fd)
{
	/* Linux has closed it even when interrupted; a second try might close what somebody else has opened since. */
	return !close(fd) || errno == EINTR;
}

/* Opens a regular file, with the number of bytes that it has then. */
static enum held open_regular(int folder, const char *name, int *fd, size_t *size)
{
	struct stat stat;
	/* Without O_NONBLOCK a FIFO would keep us waiting for its other end. */
	*fd = io_open(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0);
	if (*fd < 0 && errno == ENOENT)
		return HELD_NOTHING;
	if (*fd < 0) /* ELOOP: a link; ENXIO: a socket or a device without a driver */
		return errno == ELOOP || errno == ENXIO ? HELD_OTHER : HELD_FAILED;
	if (fstat(*fd, &stat))
		return HELD_FAILED;
	*size = (size_t)stat.st_size;
	return S_ISREG(stat.st_mode) ? HELD_BYTES : HELD_OTHER;
}

static enum held closed(int fd, enum held held)
{
	int error = errno;
	if (fd >= 0)
		io_close(fd);
	errno = error;
	return held;
}

enum held io_read(int folder, const char *name, size_t most, struct buffer *buffer)
{
	int fd;
	size_t size;
	enum held held = open_regular(folder, name, &fd, &size);
	if (held == HELD_BYTES && size > most)
		held = HELD_TOO_LARGE;
	if (held != HELD_BYTES)
		return closed(fd, held);
	if (buffer->room < size) {
		buffer->ptr = memory_resize(buffer->ptr, size);
		buffer->room = size;
	}
	ssize_t got = read_full(fd, buffer->ptr, size);
	buffer->len = got < 0 ? 0 : (size_t)got;
	return closed(fd, got < 0 ? HELD_FAILED : HELD_BYTES);
}

enum held io_digest(int folder, const char *name, struct digest *digest)
{
	/* Not zeroed by -ftrivial-auto-var-init: that costs more than the reading, and only what was read is looked at. */
	__attribute__((uninitialized)) char part[65536];
	int fd;
	size_t size, at = 0;
	ssize_t got = 0;
	enum held held = open_regular(folder, name, &fd, &size);
	if (held == HELD_BYTES && size > DIGEST_MOST)
		held = HELD_TOO_LARGE;
	if (held != HELD_BYTES)
		return closed(fd, held);
	struct hasher *hasher = hasher_open();
	while (at < size) {
		got = read_full(fd, part, size - at < sizeof(part) ? size - at : sizeof(part));
		if (got <= 0)
			break;
		hasher_add(hasher, (struct str){part, (size_t)got});
		at += (size_t)got;
	}
	*digest = hasher_close(hasher);
	return closed(fd, got < 0 ? HELD_FAILED : HELD_BYTES);
}
