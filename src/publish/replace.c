#define _XOPEN_SOURCE 700 /* realpath() */

#include "publish/transaction.h"

#include "base/arena.h"
#include "publish/io.h"
#include "report/trouble.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The file and the one that its new octets are staged in. */
struct replacement {
	const char *path;   /* as the user named it */
	const char *target; /* with the links in it followed, so that a link stays one */
	const char *staged;
};

/* Whether fd is still what stands under the name of the staged file. */
static bool is_staged(const struct replacement *r, int fd)
{
	struct stat open, named;
	return !fstat(fd, &open) && !lstat(r->staged, &named) && open.st_ino == named.st_ino &&
	       open.st_dev == named.st_dev && S_ISREG(open.st_mode) && open.st_nlink == 1;
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
		int fd = io_open(AT_FDCWD, r->staged, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0600);
		/* A leftover may already have the mode of the file, and that be one without writing. */
		if (fd < 0 && errno == EACCES) {
			if (!unlink(r->staged))
				continue;
			errno = EACCES;
		}
		if (fd < 0)
			return -1;
		bool locked = io_lock(fd, true);
		if (locked && is_staged(r, fd) && !ftruncate(fd, 0))
			return fd;
		int error = errno;
		io_close(fd);
		errno = error;
		if (!locked)
			return -1;
	}
	errno = EBUSY;
	return -1;
}

/* What a run that was killed has left, unless another is at work with it. */
static void leftover_remove(const struct replacement *r)
{
	int fd = io_open(AT_FDCWD, r->staged, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0);
	if (fd < 0)
		return;
	if (io_lock(fd, false) && is_staged(r, fd))
		unlink(r->staged);
	io_close(fd);
}

static bool folder_sync(struct arena *arena, const char *target)
{
	const char *slash = strrchr(target, '/');
	size_t len = slash == target ? 1 : slash ? (size_t)(slash - target) : 0;
	const char *folder = slash ? str_copy(arena, (struct str){target, len}).ptr : ".";
	int fd = io_open(AT_FDCWD, folder, O_RDONLY | O_DIRECTORY, 0);
	if (fd < 0)
		return errno == EACCES; /* one may write in a folder that one may not read */
	bool synced = io_sync(fd) || errno == EINVAL;
	int error = errno;
	io_close(fd);
	errno = error;
	return synced;
}

static bool replace(struct arena *arena, const struct replacement *r, struct str octets, mode_t mode)
{
	int fd = staged_open(r);
	if (fd < 0)
		return trouble("write", r->path);
	bool done = io_write(fd, octets) && !fchmod(fd, mode) && io_sync(fd) && !rename(r->staged, r->target);
	int error = errno;
	if (!done)
		unlink(r->staged);
	/* The lock goes with the descriptor, so only now. */
	io_close(fd);
	errno = error;
	return (done && folder_sync(arena, r->target)) || trouble("write", r->path);
}

/* "<folder>/.<name>.evcal-new": hidden, so that a calendar directory does not take it for an events file. */
static const char *staged_name(struct arena *arena, const char *target)
{
	const char *slash = strrchr(target, '/');
	struct str folder = {target, slash ? (size_t)(slash + 1 - target) : 0};
	return str_format(arena, "%.*s.%s.evcal-new", STR_ARG(folder), target + folder.len).ptr;
}

static bool replace_at(struct arena *arena, const char *path, struct str octets, mode_t mode)
{
	struct replacement r = {.path = path, .target = path};
	struct buffer held = {0};
	struct stat stat_now;
	bool there = !stat(path, &stat_now);
	if (!there && errno != ENOENT)
		return trouble("write", path);
	if (there && !S_ISREG(stat_now.st_mode))
		return trouble_because("write", path, "it is not a file");
	char *target = there ? realpath(path, NULL) : NULL;
	if (there && !target)
		return trouble("write", path);
	if (there) {
		r.target = str_copy(arena, str_from(target)).ptr;
		free(target);
	}
	r.staged = staged_name(arena, r.target);
	bool same = there && io_read(AT_FDCWD, r.target, &held) == HELD_OCTETS && str_equal(buffer_str(&held), octets);
	buffer_free(&held);
	if (!same)
		return replace(arena, &r, octets, there ? stat_now.st_mode & 07777 : mode);
	leftover_remove(&r);
	return true;
}

bool file_replace(const char *path, struct str octets, mode_t mode)
{
	struct arena arena = {0};
	bool done = replace_at(&arena, path, octets, mode);
	arena_free(&arena);
	return done;
}
