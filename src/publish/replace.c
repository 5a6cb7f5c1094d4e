#include "publish/transaction.h"

#include "base/arena.h"
#include "publish/io.h"
#include "publish/lock.h"
#include "base/wording.h"
#include "report/trouble.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* The file and the one that its new bytes are staged in. */
struct replacement {
	int folder;
	const char *name;
	const char *path; /* as the user is shown it */
	const char *staged;
	mode_t mode;
	struct owner owner; /* the file as it was, or the folder */
	int fd;             /* of the staged file; -1: there is none */
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
			trouble(DOING_WRITE, r->path);
			return -1;
		}
		enum lock lock = lock_hold(fd, r->path);
		if (lock == LOCK_HELD && is_staged(r, fd) && !ftruncate(fd, 0))
			return fd;
		if (lock == LOCK_FAILED)
			trouble(DOING_WRITE, r->path);
		io_close(fd);
		if (lock != LOCK_HELD)
			return -1;
	}
	errno = EBUSY;
	trouble(DOING_WRITE, r->path);
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

/* Takes the staged file away again. */
static void discard(struct replacement *r)
{
	int error = errno;
	if (r->fd < 0)
		return;
	unlinkat(r->folder, r->staged, 0);
	/* The lock goes with the descriptor, so only now. */
	io_close(r->fd);
	r->fd = -1;
	errno = error;
}

static bool stage(struct replacement *r, struct str bytes)
{
	r->fd = staged_open(r);
	if (r->fd < 0)
		return false;
	if (io_write(r->fd, bytes) && io_give(r->fd, &r->owner) && !fchmod(r->fd, r->mode) && io_sync(r->fd))
		return true;
	discard(r);
	return trouble(DOING_WRITE, r->path);
}

/* Puts the staged file in the place of the other. */
static bool commit(struct replacement *r)
{
	if (renameat(r->folder, r->staged, r->folder, r->name)) {
		discard(r);
		return trouble(DOING_WRITE, r->path);
	}
	io_close(r->fd);
	r->fd = -1;
	return io_sync(r->folder) || errno == EINVAL || trouble(DOING_WRITE, r->path);
}

/* What is there now: whether it holds the bytes already. False: trouble() has said that it is nothing to be
 * replaced. */
static bool look_at(struct replacement *r, struct str bytes, bool *same)
{
	struct buffer held = {0};
	struct stat now, folder;
	bool there = !fstatat(r->folder, r->name, &now, AT_SYMLINK_NOFOLLOW);
	*same = false;
	if ((!there && errno != ENOENT) || fstat(r->folder, &folder))
		return trouble(DOING_WRITE, r->path);
	r->owner = io_owner(there && S_ISREG(now.st_mode) ? &now : &folder);
	if (!there || S_ISLNK(now.st_mode))
		return true;
	if (!S_ISREG(now.st_mode))
		return trouble_because(DOING_WRITE, r->path, LOCAL("it is not a file", "het is geen bestand"));
	r->mode = now.st_mode & 0666;
	*same = (size_t)now.st_size == bytes.len && io_read(r->folder, r->name, bytes.len, &held) == HELD_BYTES &&
		str_equal(buffer_str(&held), bytes);
	buffer_free(&held);
	return true;
}

/* Hidden, so that a calendar directory does not take it for an events file. */
static const char *staged_name(struct arena *arena, const char *name)
{
	return str_format(arena, ".%s.evcal-new", name).ptr;
}

bool file_replace(int folder, const char *name, const char *path, struct str bytes, mode_t mode)
{
	struct arena arena = {0};
	struct replacement r = {.folder = folder, .name = name, .path = path, .mode = mode, .fd = -1};
	bool same;
	r.staged = staged_name(&arena, name);
	bool done = look_at(&r, bytes, &same);
	if (done && same)
		leftover_remove(&r);
	else if (done)
		done = stage(&r, bytes) && commit(&r);
	arena_free(&arena);
	return done;
}

/* Whether the file may be written and still holds what was read of it; else trouble() has said why. */
static bool is_as_read(struct replacement *r, struct str before)
{
	bool same;
	if (faccessat(r->folder, r->name, W_OK, AT_EACCESS))
		return trouble(DOING_WRITE, r->path);
	return look_at(r, before, &same) &&
	       (same || trouble_because(DOING_WRITE, r->path,
				LOCAL("it has changed since it was read", "het is veranderd sinds het gelezen werd")));
}

bool files_replace(const struct new_file *files, size_t count)
{
	struct arena arena = {0};
	struct replacement *all = arena_alloc(&arena, count * sizeof(*all));
	bool good = true;
	size_t staged = 0, done = 0;
	for (; good && staged < count; staged++) {
		const struct new_file *file = &files[staged];
		all[staged] =
			(struct replacement){.folder = file->folder, .name = file->name, .path = file->path, .fd = -1};
		all[staged].staged = staged_name(&arena, file->name);
		good = is_as_read(&all[staged], file->before) && stage(&all[staged], file->bytes);
	}
	for (; good && done < count; done++)
		good = commit(&all[done]);
	/* The last of those that were tried was not replaced; those before it get back what they had. */
	for (size_t i = 0; !good && i + 1 < done; i++)
		file_replace(files[i].folder, files[i].name, files[i].path, files[i].before, all[i].mode);
	for (size_t i = 0; i < staged; i++)
		discard(&all[i]);
	arena_free(&arena);
	return good;
}
