#include "publish/folder.h"

#include "base/arena.h"
#include "publish/io.h"
#include "publish/lock.h"
#include "report/trouble.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How often another run may take the folder away between our making and our locking it. */
enum { TRIES = 100 };

static const char *name_of(const struct folder *folder)
{
	const char *slash = strrchr(folder->path.ptr, '/');
	return slash ? slash + 1 : folder->path.ptr;
}

const char *folders_path(const struct folders *folders, const char *path)
{
	const char *slash = strcmp(folders->dir, "/") && *path ? "/" : "";
	return str_format(folders->arena, "%s%s%s", folders->dir, slash, path).ptr;
}

static bool make_with_parents(struct folders *folders, mode_t mode)
{
	size_t len = strlen(folders->dir);
	for (size_t i = 1; i <= len; i++) {
		if (i < len && folders->dir[i] != '/')
			continue;
		const char *path = str_copy(folders->arena, (struct str){folders->dir, i}).ptr;
		if (io_mkdir(AT_FDCWD, path, mode)) {
			folders->made =
				arena_grow(folders->arena, folders->made, folders->made_count, sizeof(*folders->made));
			folders->made[folders->made_count++] = path;
		} else if (errno != EEXIST) {
			return trouble(DOING_MAKE_FOLDER, path);
		}
	}
	return true;
}

/* Whether the folder that fd is open on can still be found under its name. Takes down whose it is. */
static bool still_there(struct folders *folders, int fd)
{
	struct stat open, named;
	if (fstat(fd, &open) || stat(folders->dir, &named))
		return false;
	folders->owner = io_owner(&open);
	return open.st_ino == named.st_ino && open.st_dev == named.st_dev;
}

static bool lock(const struct folders *folders, int fd)
{
	enum lock held = lock_hold(fd, folders->dir);
	return held == LOCK_HELD || (held == LOCK_FAILED && trouble(DOING_LOCK, folders->dir));
}

static struct folder *folder_new(struct folders *folders, struct folder *parent, struct str path, int fd)
{
	struct folder *folder = arena_alloc(folders->arena, sizeof(*folder));
	*folder = (struct folder){.parent = parent, .path = str_copy(folders->arena, path), .fd = fd};
	folders->items = arena_grow(folders->arena, folders->items, folders->count, sizeof(*folders->items));
	return folders->items[folders->count++] = folder;
}

static const char *without_slashes(struct arena *arena, const char *dir)
{
	struct str s = str_from(dir);
	while (s.len > 1 && s.ptr[s.len - 1] == '/')
		s.len--;
	return str_copy(arena, s).ptr;
}

enum taking { TAKEN, GONE, FAILED };

static enum taking take(struct folders *folders, int *fd)
{
	*fd = io_open(AT_FDCWD, folders->dir, O_RDONLY | O_DIRECTORY, 0);
	if (*fd < 0 && errno == ENOENT)
		return GONE;
	if (*fd < 0) {
		trouble(DOING_OPEN_FOLDER, folders->dir);
		return FAILED;
	}
	bool locked = lock(folders, *fd);
	/* A run that we waited for takes the folder away again where it had made it and came to nothing. */
	if (locked && still_there(folders, *fd))
		return TAKEN;
	io_close(*fd);
	return locked ? GONE : FAILED;
}

static bool look_at(struct folders *folders)
{
	int fd = io_open(AT_FDCWD, folders->dir, O_RDONLY | O_DIRECTORY, 0);
	if (fd < 0 && errno != ENOENT)
		return trouble(DOING_OPEN_FOLDER, folders->dir);
	folder_new(folders, NULL, STR(""), fd)->error = fd < 0 ? ENOENT : 0;
	return true;
}

bool folders_open(struct folders *folders, struct arena *arena, const char *dir, const mode_t *mode)
{
	*folders = (struct folders){.arena = arena, .dir = without_slashes(arena, dir)};
	if (!mode)
		return look_at(folders);
	int fd = -1;
	enum taking taking = take(folders, &fd);
	for (int tries = 0; taking == GONE; tries++) {
		errno = ENOENT; /* as for a link that leads nowhere, which mkdir() takes for a folder */
		bool made =
			tries < TRIES ? make_with_parents(folders, *mode) : trouble(DOING_OPEN_FOLDER, folders->dir);
		taking = made ? take(folders, &fd) : FAILED;
	}
	if (taking == TAKEN)
		folder_new(folders, NULL, STR(""), fd);
	else
		folders_undo(folders);
	return taking == TAKEN;
}

static void open_in_parent(struct folder *folder)
{
	folder->fd = io_open(folder->parent->fd, name_of(folder), O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
	folder->error = folder->fd >= 0 ? 0 : errno == ELOOP ? ENOTDIR : errno;
}

static struct folder *folder_at(struct folders *folders, struct folder *parent, struct str path)
{
	struct folder *folder = map_get(&folders->by_path, path);
	if (folder)
		return folder;
	folder = folder_new(folders, parent, path, -1);
	map_put(&folders->by_path, folders->arena, folder->path, folder);
	if (parent->fd < 0)
		folder->error = parent->error;
	else
		open_in_parent(folder);
	return folder;
}

struct folder *folder_of(struct folders *folders, struct str path)
{
	struct folder *folder = folders->items[0];
	for (size_t i = 0; i < path.len; i++)
		if (path.ptr[i] == '/')
			folder = folder_at(folders, folder, str_part(path, 0, i));
	return folder;
}

bool folder_make(struct folders *folders, struct folder *folder, mode_t mode)
{
	if (folder->fd >= 0)
		return true;
	if (!folder_make(folders, folder->parent, mode))
		return false;
	if (io_mkdir(folder->parent->fd, name_of(folder), mode))
		folder->made = folder->parent->touched = true;
	else if (errno != EEXIST)
		return false;
	open_in_parent(folder);
	errno = folder->error;
	return folder->fd >= 0 && (!folder->made || io_give(folder->fd, &folders->owner));
}

static bool remove_empty(struct folder *folder)
{
	return !unlinkat(folder->parent->fd, name_of(folder), AT_REMOVEDIR);
}

const struct folder *folders_tidy(struct folders *folders)
{
	for (size_t i = folders->count - 1; i > 0; i--) {
		struct folder *folder = folders->items[i];
		if (!folder->emptied || folder->fd < 0)
			continue;
		if (remove_empty(folder)) {
			folder->touched = false;
			folder->parent->touched = folder->parent->emptied = true;
		} else if (errno != ENOTEMPTY && errno != EEXIST && errno != ENOENT && errno != EBUSY) {
			return folder; /* EBUSY: something is mounted there */
		}
	}
	return NULL;
}

const struct folder *folders_sync(struct folders *folders)
{
	for (size_t i = 0; i < folders->count; i++) {
		struct folder *folder = folders->items[i];
		/* EINVAL: a file system that knows no syncing of folders. */
		if (folder->touched && !io_sync(folder->fd) && errno != EINVAL)
			return folder;
		folder->touched = false;
	}
	return NULL;
}

void folders_undo(struct folders *folders)
{
	for (size_t i = folders->count; i-- > 1;)
		if (folders->items[i]->made)
			remove_empty(folders->items[i]);
	for (size_t i = folders->made_count; i-- > 0;)
		rmdir(folders->made[i]);
}

void folders_close(struct folders *folders)
{
	for (size_t i = folders->count; i-- > 0;)
		if (folders->items[i]->fd >= 0)
			io_close(folders->items[i]->fd);
	folders->count = 0;
}
