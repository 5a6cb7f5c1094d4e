#include "publish/fresh.h"

#include "base/arena.h"
#include "base/wording.h"
#include "publish/io.h"
#include "report/trouble.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* What this run has made, in order; it is taken away again where it cannot be completed. */
struct fresh {
	struct arena *arena;
	struct made {
		const char *path;
		bool folder;
	} * items;
	size_t count;
};

static void add(struct fresh *fresh, const char *path, bool folder)
{
	fresh->items = arena_grow(fresh->arena, fresh->items, fresh->count, sizeof(*fresh->items));
	fresh->items[fresh->count++] = (struct made){path, folder};
}

static bool undo(struct fresh *fresh)
{
	while (fresh->count) {
		const struct made *made = &fresh->items[--fresh->count];
		if (made->folder)
			rmdir(made->path);
		else
			unlink(made->path);
	}
	return false;
}

/* Makes each folder on the way to the last slash of a path. */
static bool make_parents(struct fresh *fresh, struct str path)
{
	for (size_t i = 1; i < path.len; i++) {
		if (path.ptr[i] != '/' || path.ptr[i - 1] == '/')
			continue;
		const char *folder = str_copy(fresh->arena, str_part(path, 0, i)).ptr;
		if (!mkdir(folder, 0777))
			add(fresh, folder, true);
		else if (errno != EEXIST)
			return trouble(DOING_MAKE_FOLDER, folder);
	}
	return true;
}

static bool is_there(const char *path)
{
	struct stat stat;
	return !lstat(path, &stat);
}

static bool refuse(const char *path)
{
	return trouble_because(DOING_MAKE, path,
		LOCAL("it is there already; name another folder, or take it away first",
			"het bestaat al; noem een andere map, of haal het eerst weg"));
}

static bool make_file(struct fresh *fresh, const char *path, const struct fresh_file *file)
{
	int fd = io_open(AT_FDCWD, path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0666);
	if (fd < 0 && errno == EEXIST)
		return file->kind == FRESH_UNLESS_THERE || refuse(path);
	if (fd < 0)
		return trouble(DOING_MAKE, path);
	add(fresh, path, false);
	bool written = io_write(fd, file->text) && io_sync(fd);
	int error = errno;
	bool closed = io_close(fd);
	if (!written)
		errno = error;
	return (written && closed) || trouble(DOING_WRITE, path);
}

bool fresh_write(struct arena *arena, const char *folder, const struct fresh_file *files, size_t count)
{
	struct fresh fresh = {.arena = arena};
	for (size_t i = 0; i < count; i++) {
		const char *path = str_format(arena, "%s/%s", folder, files[i].path).ptr;
		if (files[i].kind == FRESH_OWN && is_there(path))
			return refuse(path);
	}
	for (size_t i = 0; i < count; i++) {
		struct str path = str_format(arena, "%s/%s", folder, files[i].path);
		if (!make_parents(&fresh, path) || !make_file(&fresh, path.ptr, &files[i]))
			return undo(&fresh);
	}
	return true;
}
