#define _GNU_SOURCE /* syncfs() */

#include "publish/staging.h"

#include "publish/io.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	/* As many files are synced one by one; with more, one sync of the whole file system is quicker. */
	FEW_FILES = 8,
	LARGE_FILE = 1 << 20 /* bytes */
};

struct name {
	char text[12];
};

static struct name name_of(unsigned number)
{
	struct name name;
	snprintf(name.text, sizeof(name.text), "%u", number);
	return name;
}

static bool remove_files(DIR *folder)
{
	const struct dirent *item;
	while ((errno = 0, item = readdir(folder))) {
		bool ours = !item->d_name[strspn(item->d_name, "0123456789")];
		if (ours && unlinkat(dirfd(folder), item->d_name, 0) && errno != EISDIR)
			return false;
	}
	return !errno;
}

static int open_folder(int root)
{
	int fd = io_open(root, STAGING, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
	if (fd < 0 && errno == ELOOP)
		errno = ENOTDIR;
	return fd;
}

static bool remove_folder(int root)
{
	if (!unlinkat(root, STAGING, AT_REMOVEDIR))
		return true;
	if (errno == EEXIST)
		errno = ENOTEMPTY;
	return false;
}

/* Removes the folder and the files in it that have names of ours. Anything else in it makes that fail. */
static bool clear(int root)
{
	int fd = open_folder(root);
	if (fd < 0)
		return errno == ENOENT;
	DIR *folder = fdopendir(fd);
	bool empty = folder && remove_files(folder);
	int error = errno;
	if (folder)
		closedir(folder);
	else
		io_close(fd);
	errno = error;
	return empty && remove_folder(root);
}

bool staging_open(struct staging *staging, int root, mode_t mode, const struct owner *owner)
{
	*staging = (struct staging){.root = root, .mode = mode, .owner = owner};
	return clear(root);
}

static bool make_folder(struct staging *staging)
{
	if (!io_mkdir(staging->root, STAGING, 0700))
		return false;
	staging->fd = open_folder(staging->root);
	if (staging->fd >= 0)
		return true;
	int error = errno;
	remove_folder(staging->root);
	errno = error;
	return false;
}

bool staging_add(struct staging *staging, const struct pieces *text, unsigned *number)
{
	if (!staging->count && !make_folder(staging))
		return false;
	*number = staging->count++;
	int fd = io_open(staging->fd, name_of(*number).text, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
	if (fd < 0)
		return false;
	bool written = io_write_pieces(fd, text) && io_give(fd, staging->owner) && !fchmod(fd, staging->mode);
	int error = errno;
	/* The disk may begin while more is made. */
	if (text->len >= LARGE_FILE)
		sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE);
	bool closed = io_close(fd);
	if (!written)
		errno = error;
	return written && closed;
}

static bool sync_file(const struct staging *staging, unsigned number)
{
	int fd = io_open(staging->fd, name_of(number).text, O_RDONLY | O_NOFOLLOW, 0);
	if (fd < 0)
		return false;
	bool synced = io_sync(fd);
	int error = errno;
	io_close(fd);
	errno = error;
	return synced;
}

bool staging_sync(const struct staging *staging, unsigned *failed)
{
	*failed = 0;
	if (staging->count > FEW_FILES) {
		int result;
		do
			result = syncfs(staging->fd);
		while (result < 0 && errno == EINTR);
		return !result;
	}
	for (; *failed < staging->count; (*failed)++)
		if (!sync_file(staging, *failed))
			return false;
	return true;
}

bool staging_rename(const struct staging *staging, unsigned number, int folder, const char *name)
{
	return !renameat(staging->fd, name_of(number).text, folder, name);
}

bool staging_close(struct staging *staging)
{
	if (!staging->count)
		return true;
	io_close(staging->fd);
	staging->count = 0;
	return clear(staging->root);
}
