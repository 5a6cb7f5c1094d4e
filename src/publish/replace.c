#include "publish/transaction.h"

#include "base/arena.h"
#include "publish/io.h"
#include "publish/lock.h"
#include "report/trouble.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* The file and the one that its new octets are staged in. */
struct replacement {
	int folder;
	const char *name;
	const char *path; /* as the user is shown it */
	const char *staged;
	mode_t mode;
	struct owner owner; /* the file as it was, or the folder */
};

/* Whether fd is still what stands under the name of the staged file. */
static bool is_staged(const struct replacement *r, int fd)
{
	struct stat open, named;
	return !fstat(fd, &open) && !fstatat(r->folder, r->staged, &named, AT_SYMLINK_NOFOLLOW) &&
	       open.st_ino == named.st_ino && open.st_dev == named.st_dev && S_ISREG(open.st_mode) &&
	       open.st_nlink == 1;
}

/*
 * The staged file, empty and locked, or -1. Its name is always the same, so that a run that was killed leaves no more
 * than one, which the next run takes over; the lock keeps two runs apart. (The folder itself is not locked: a
 * transaction of this very process may have it.)
 */
static int staged_open(const struct replacement *r)
{
	enum { TRIES = 100 };
	for (int tries = 0; tries < TRIES; tries++) {
		int fd = io_open(r->folder, r->staged, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0600);
		/* A leftover may already have the mode of the file, and that be one without writing. */
		if (fd < 0 && errno == EACCES) {
			if (!unlinkat(r->folder, r->staged, 0))
				continue;
			errno = EACCES;
		}
		if (fd < 0) {
			trouble("write", r->path);
			return -1;
		}
		enum lock lock = lock_hold(fd, r->path);
		if (lock == LOCK_HELD && is_staged(r, fd) && !ftruncate(fd, 0))
			return fd;
		if (lock == LOCK_FAILED)
			trouble("write", r->path);
		io_close(fd);
		if (lock != LOCK_HELD)
			return -1;
	}
	errno = EBUSY;
	trouble("write", r->path);
	return -1;
}

/* What a run that was killed has left, unless another is at work with it. */
static void leftover_remove(const struct replacement *r)
{
	int fd = io_open(r->folder, r->staged, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0);
	if (fd < 0)
		return;
	if (io_lock(fd) && is_staged(r, fd))
		unlinkat(r->folder, r->staged, 0);
	io_close(fd);
}

static bool replace(const struct replacement *r, struct str octets)
{
	int fd = staged_open(r);
	if (fd < 0)
		return false;
	bool done = io_write(fd, octets) && io_give(fd, &r->owner) && !fchmod(fd, r->mode) && io_sync(fd) &&
		    !renameat(r->folder, r->staged, r->folder, r->name);
	int error = errno;
	if (!done)
		unlinkat(r->folder, r->staged, 0);
	/* The lock goes with the descriptor, so only now. */
	io_close(fd);
	errno = error;
	return (done && (io_sync(r->folder) || errno == EINVAL)) || trouble("write", r->path);
}

/* What is there now: whether it holds the octets already. False: trouble() has said that it is nothing to be replaced. */
static bool look_at(struct replacement *r, struct str octets, bool *same)
{
	struct buffer held = {0};
	struct stat now, folder;
	bool there = !fstatat(r->folder, r->name, &now, AT_SYMLINK_NOFOLLOW);
	*same = false;
	if ((!there && errno != ENOENT) || fstat(r->folder, &folder))
		return trouble("write", r->path);
	r->owner = io_owner(there && S_ISREG(now.st_mode) ? &now : &folder);
	if (!there || S_ISLNK(now.st_mode))
		return true;
	if (!S_ISREG(now.st_mode))
		return trouble_because("write", r->path, "it is not a file");
	r->mode = now.st_mode & 0666;
	*same = (size_t)now.st_size == octets.len && io_read(r->folder, r->name, octets.len, &held) == HELD_OCTETS &&
		str_equal(buffer_str(&held), octets);
	buffer_free(&held);
	return true;
}

bool file_replace(int folder, const char *name, const char *path, struct str octets, mode_t mode)
{
	struct arena arena = {0};
	struct replacement r = {.folder = folder, .name = name, .path = path, .mode = mode};
	bool same;
	/* Hidden, so that a calendar directory does not take it for an events file. */
	r.staged = str_format(&arena, ".%s.evcal-new", name).ptr;
	bool done = look_at(&r, octets, &same);
	if (done && same)
		leftover_remove(&r);
	else if (done)
		done = replace(&r, octets);
	arena_free(&arena);
	return done;
}
