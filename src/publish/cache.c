#define _XOPEN_SOURCE 700 /* realpath() */

#include "publish/cache.h"

#include "base/arena.h"
#include "base/threads.h"
#include "publish/folder.h"
#include "publish/io.h"
#include "publish/manifest.h"
#include "publish/staging.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* With fewer files, a thread costs more than it saves. */
enum { FILES_LEAST = 500 };

/* The cache folder, or NULL. Relative paths are ignored, as the XDG Base Directory Specification says. */
static const char *cache_folder(struct arena *arena)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	if (cache && cache[0] == '/')
		return str_format(arena, "%s/evcal", cache).ptr;
	return home && home[0] == '/' ? str_format(arena, "%s/.cache/evcal", home).ptr : NULL;
}

/* The cache file of the folder dir, or NULL if there can be none. */
static const char *cache_file(struct arena *arena, const char *dir)
{
	const char *cache = cache_folder(arena);
	char *real = realpath(dir, NULL);
	const char *place = NULL;
	if (cache && real)
		place = str_format(arena, "%s/%s", cache, digest_of(str_from(real)).hex).ptr;
	free(real);
	return place;
}

/* The content of the cache file: the digests of the origin and of the list of files. */
static struct str line_of(struct arena *arena, const struct digest *origin, struct str list)
{
	return str_format(arena, "%s %s\n", origin->hex, digest_of(list).hex);
}

/* The files of a list, each with the folder that it is in, while several threads compare them. */
struct comparison {
	const struct manifest *list;
	struct folder **folders;
	atomic_bool differ;
};

static void compare_file(void *context, unsigned worker, size_t index)
{
	(void)worker;
	struct comparison *comparison = context;
	const struct listed *listed = comparison->list->items[index];
	const char *slash = strrchr(listed->path.ptr, '/');
	int folder = comparison->folders[index]->fd;
	struct digest held;
	if (comparison->differ)
		return;
	if (folder < 0 || listed->digest_count != 1 ||
		io_digest(folder, slash ? slash + 1 : listed->path.ptr, &held) != HELD_OCTETS ||
		!digest_same(&held, listed->digests))
		comparison->differ = true;
}

static bool all_equal(struct arena *arena, struct folders *folders, const struct manifest *list)
{
	struct comparison comparison = {.list = list};
	comparison.folders = arena_alloc(arena, list->count * sizeof(struct folder *));
	for (size_t i = 0; i < list->count; i++)
		comparison.folders[i] = folder_of(folders, list->items[i]->path);
	threads_each(threads_for(list->count, FILES_LEAST), 0, list->count, compare_file, &comparison);
	return !comparison.differ;
}

static bool is_absent(int folder, const char *name)
{
	return faccessat(folder, name, F_OK, AT_SYMLINK_NOFOLLOW) && errno == ENOENT;
}

bool cache_holds(struct arena *arena, const char *dir, const struct digest *origin, size_t *files)
{
	struct folders folders;
	struct buffer kept = {0}, list = {0};
	struct manifest manifest = {.arena = arena};
	const char *place = cache_file(arena, dir);
	bool holds = place && io_read(AT_FDCWD, place, &kept) == HELD_OCTETS;
	holds = holds && folders_open(&folders, arena, dir, NULL);
	if (!holds)
		goto out;
	int root = folders.items[0]->fd;
	holds = root >= 0 && is_absent(root, STAGING) && io_read(root, MANIFEST, &list) == HELD_OCTETS &&
		str_equal(buffer_str(&kept), line_of(arena, origin, buffer_str(&list))) &&
		!manifest_read(&manifest, buffer_str(&list)) && all_equal(arena, &folders, &manifest);
	*files = manifest.count;
	folders_close(&folders);
out:
	buffer_free(&kept);
	buffer_free(&list);
	return holds;
}

/* Makes the folders above place, with the mode of the specification. The file is replaced whole. */
static void replace(struct arena *arena, const char *place, struct str line)
{
	for (const char *slash = strchr(place + 1, '/'); slash; slash = strchr(slash + 1, '/'))
		io_mkdir(AT_FDCWD, str_copy(arena, (struct str){place, (size_t)(slash - place)}).ptr, 0700);
	const char *new = str_format(arena, "%s.%ld", place, (long)getpid()).ptr;
	int fd = io_open(AT_FDCWD, new, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
	if (fd < 0)
		return;
	bool written = io_write(fd, line);
	if (!io_close(fd) || !written || rename(new, place))
		unlink(new);
}

void cache_keep(struct arena *arena, const char *dir, const struct digest *origin)
{
	struct buffer list = {0}, kept = {0};
	const char *place = cache_file(arena, dir);
	int root = io_open(AT_FDCWD, dir, O_RDONLY | O_DIRECTORY, 0);
	if (place && root >= 0 && io_read(root, MANIFEST, &list) == HELD_OCTETS) {
		struct str line = line_of(arena, origin, buffer_str(&list));
		if (io_read(AT_FDCWD, place, &kept) != HELD_OCTETS || !str_equal(buffer_str(&kept), line))
			replace(arena, place, line);
	}
	if (root >= 0)
		io_close(root);
	buffer_free(&list);
	buffer_free(&kept);
}
