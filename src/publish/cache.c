#define _GNU_SOURCE /* realpath(), O_PATH */

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

/* A file in evcal's own folder of the user's cache. */
struct cache_place {
	int folder; /* -1: there can be none */
	const char *name;
};

/* The user's cache folder, or NULL. Relative paths are ignored, as the XDG Base Directory Specification says. */
static const char *user_cache(struct arena *arena)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	if (cache && cache[0] == '/')
		return cache;
	return home && home[0] == '/' ? str_format(arena, "%s/.cache", home).ptr : NULL;
}

/* Makes a folder and those above it, with the mode of the specification. */
static void make_folders(struct arena *arena, struct str path)
{
	for (size_t i = 1; i <= path.len; i++)
		if (i == path.len || path.ptr[i] == '/')
			io_mkdir(AT_FDCWD, str_copy(arena, str_part(path, 0, i)).ptr, 0700);
}

/* Opens evcal's folder, or returns -1. A folder of another user is not used: what is in it cannot be trusted. */
static int cache_open(struct arena *arena, bool make)
{
	const char *cache = user_cache(arena);
	struct stat stat;
	if (!cache)
		return -1;
	if (make)
		make_folders(arena, str_from(cache));
	/* Only to find its folder there: behind a fence (base/fence.h) it cannot be read. */
	int parent = io_open(AT_FDCWD, cache, O_PATH | O_DIRECTORY, 0);
	if (parent < 0)
		return -1;
	/* Where root works for somebody else, they could not use what it made. */
	if (make && (geteuid() || (!fstat(parent, &stat) && !stat.st_uid)))
		io_mkdir(parent, "evcal", 0700);
	int folder = io_open(parent, "evcal", O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
	io_close(parent);
	if (folder >= 0 && !fstat(folder, &stat) && stat.st_uid == geteuid())
		return folder;
	if (folder >= 0)
		io_close(folder);
	return -1;
}

const char *cache_prepare(struct arena *arena)
{
	int folder = cache_open(arena, true);
	if (folder < 0)
		return NULL;
	io_close(folder);
	return str_format(arena, "%s/evcal", user_cache(arena)).ptr;
}

/* The cache file of the folder dir. place_close() closes it. */
static struct cache_place place_open(struct arena *arena, const char *dir, bool make)
{
	char *real = realpath(dir, NULL);
	struct cache_place place = {-1, ""};
	if (real)
		place = (struct cache_place){
			cache_open(arena, make), str_format(arena, "%s", digest_of(str_from(real)).hex).ptr};
	free(real);
	return place;
}

static void place_close(const struct cache_place *place)
{
	if (place->folder >= 0)
		io_close(place->folder);
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
	const struct manifest_entry *listed = comparison->list->items[index];
	const char *slash = strrchr(listed->path.ptr, '/');
	int folder = comparison->folders[index]->fd;
	struct digest held;
	if (comparison->differ)
		return;
	if (folder < 0 || listed->digest_count != 1 ||
		io_digest(folder, slash ? slash + 1 : listed->path.ptr, &held) != HELD_BYTES ||
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

/* True if the cache file has this content. */
static bool place_holds(const struct cache_place *place, struct str line)
{
	struct buffer kept = {0};
	bool holds = place->folder >= 0 && io_read(place->folder, place->name, line.len, &kept) == HELD_BYTES &&
		     str_equal(buffer_str(&kept), line);
	buffer_free(&kept);
	return holds;
}

static bool folder_holds(struct arena *arena, struct folders *folders, const struct cache_place *place,
	const struct digest *origin, struct manifest *manifest)
{
	struct buffer list = {0};
	int root = folders->items[0]->fd;
	bool holds = root >= 0 && is_absent(root, STAGING) &&
		     io_read(root, MANIFEST, MANIFEST_MOST, &list) == HELD_BYTES &&
		     place_holds(place, line_of(arena, origin, buffer_str(&list))) &&
		     !manifest_read(manifest, buffer_str(&list)) && all_equal(arena, folders, manifest);
	buffer_free(&list);
	return holds;
}

bool cache_holds(struct arena *arena, const char *dir, const struct digest *origin, size_t *files)
{
	struct folders folders;
	struct manifest manifest = {.arena = arena};
	struct cache_place place = place_open(arena, dir, false);
	bool holds = false;
	if (place.folder >= 0 && folders_open(&folders, arena, dir, NULL)) {
		holds = folder_holds(arena, &folders, &place, origin, &manifest);
		folders_close(&folders);
	}
	*files = manifest.count;
	place_close(&place);
	return holds;
}

/* The file is replaced whole. */
static void replace(struct arena *arena, const struct cache_place *place, struct str line)
{
	const char *new = str_format(arena, "%s.%ld", place->name, (long)getpid()).ptr;
	int fd = io_open(place->folder, new, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
	if (fd < 0)
		return;
	bool written = io_write(fd, line);
	if (!io_close(fd) || !written || renameat(place->folder, new, place->folder, place->name))
		unlinkat(place->folder, new, 0);
}

void cache_keep(struct arena *arena, const char *dir, const struct digest *origin)
{
	struct buffer list = {0};
	struct cache_place place = place_open(arena, dir, true);
	int root = io_open(AT_FDCWD, dir, O_RDONLY | O_DIRECTORY, 0);
	if (place.folder >= 0 && root >= 0 && io_read(root, MANIFEST, MANIFEST_MOST, &list) == HELD_BYTES) {
		struct str line = line_of(arena, origin, buffer_str(&list));
		if (!place_holds(&place, line))
			replace(arena, &place, line);
	}
	if (root >= 0)
		io_close(root);
	place_close(&place);
	buffer_free(&list);
}
