/*
 * System calls on files, carried through to the end: short counts are continued, interrupted calls are made again.
 * Where one fails, errno says why; nothing is printed.
 */
#ifndef PUBLISH_IO_H
#define PUBLISH_IO_H

#include "base/hash.h"
#include "base/str.h"

#include <sys/stat.h>

/* As openat(), with O_CLOEXEC. */
int io_open(int folder, const char *name, int flags, mode_t mode);
/* As mkdirat(), with this very mode under any umask. */
bool io_mkdir(int folder, const char *name, mode_t mode);
bool io_write(int fd, struct str text);
bool io_write_pieces(int fd, const struct pieces *pieces);
bool io_sync(int fd);
/* flock(LOCK_EX), which fails with EWOULDBLOCK where another process has the lock. */
bool io_lock(int fd);

/* Whose a file or folder is. other: root runs, and it is not root's. */
struct owner {
	bool other;
	uid_t user;
	gid_t group;
};

struct owner io_owner(const struct stat *stat);
/* Gives what fd is open on to another owner; a system that cannot is no failure. */
bool io_give(int fd, const struct owner *owner);

/* Whatever it returns, fd is closed. */
bool io_close(int fd);

/* What stands under a name. HELD_OTHER: a folder, a link, a device. HELD_FAILED: errno says why. */
enum held { HELD_NOTHING, HELD_BYTES, HELD_TOO_LARGE, HELD_OTHER, HELD_FAILED };

/*
 * Reads a regular file whole into buffer, in place of what that held. A symbolic link is not followed. Of more bytes
 * than most nothing is read.
 */
enum held io_read(int folder, const char *name, size_t most, struct buffer *buffer);
/* The same for the digest of what it holds alone; it may have 4 GiB, which is more than evcal ever writes. */
enum held io_digest(int folder, const char *name, struct digest *digest);

#endif
