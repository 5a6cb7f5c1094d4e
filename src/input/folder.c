#include "input/folder.h"

#include "base/arena.h"
#include "report/trouble.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* The folders that are open above one, so that a link that leads back is seen. */
struct above {
	const struct above *next;
	dev_t device;
	ino_t inode;
};

static bool is_events_file(struct str name)
{
	return str_ends(name, STR(".yaml")) || str_ends(name, STR(".yml"));
}

static void add_file(struct directory *directory, struct input_file file)
{
	directory->files = arena_grow(directory->arena, directory->files, directory->count, sizeof(*directory->files));
	directory->files[directory->count++] = file;
}

static bool list_folder(struct directory *directory, struct str path, const struct above *above);

static bool list_entry(struct directory *directory, struct str path, const struct above *above, const char *name)
{
	struct stat stat_buffer;
	struct str full = str_format(directory->arena, "%.*s/%s", STR_ARG(path), name);
	if (stat(full.ptr, &stat_buffer))
		/* A link that leads nowhere is nothing to read, unless it should have been an events file. */
		return errno == ENOENT && !is_events_file(full) ? true : trouble("read", full.ptr);
	if (S_ISDIR(stat_buffer.st_mode)) {
		struct above here = {above, stat_buffer.st_dev, stat_buffer.st_ino};
		for (; above; above = above->next)
			if (above->device == here.device && above->inode == here.inode)
				return true;
		return list_folder(directory, full, &here);
	}
	if (is_events_file(full)) {
		/* To open a pipe would be to wait for someone who writes to it. */
		if (!S_ISREG(stat_buffer.st_mode))
			return trouble_because("read", full.ptr, "it is no regular file; move it out of the folder");
		add_file(directory, (struct input_file){.path = full});
		directory->octets += (size_t)stat_buffer.st_size;
	}
	return true;
}

static bool list_folder(struct directory *directory, struct str path, const struct above *above)
{
	DIR *folder;
	do
		folder = opendir(path.ptr);
	while (!folder && errno == EINTR);
	if (!folder)
		return trouble("read", path.ptr);
	bool good = true;
	for (;;) {
		errno = 0;
		const struct dirent *entry = readdir(folder);
		if (!entry) {
			if (errno)
				good = trouble("read", path.ptr);
			break;
		}
		if (entry->d_name[0] != '.' && !list_entry(directory, path, above, entry->d_name)) {
			good = false;
			break;
		}
	}
	closedir(folder);
	return good;
}

/* Says that the folder cannot be read, and which may be meant. Always false. */
static bool no_folder(const char *folder)
{
	if (errno != ENOENT || access("calendar.yaml", F_OK))
		return trouble("read", folder);
	return trouble_because("read", folder, "there is no such folder, but calendar.yaml is in this one: add -C .");
}

bool directory_list(struct directory *directory, struct arena *arena, const char *path)
{
	struct str folder = str_from(path);
	while (folder.len > 1 && folder.ptr[folder.len - 1] == '/')
		folder.len--;
	*directory = (struct directory){.arena = arena, .path = str_copy(arena, folder)};
	struct stat top;
	if (stat(directory->path.ptr, &top))
		return no_folder(directory->path.ptr);
	return list_folder(directory, directory->path, &(struct above){NULL, top.st_dev, top.st_ino});
}

/* Whether two paths lead to one file; one of them may not exist yet, and is then compared by its words. */
static bool same_file(const char *a, const char *b)
{
	struct stat x, y;
	if (!stat(a, &x) && !stat(b, &y))
		return x.st_dev == y.st_dev && x.st_ino == y.st_ino;
	return !strcmp(a, b);
}

void directory_stand_in(struct directory *directory, const char *name)
{
	for (size_t i = 0; i < directory->count; i++)
		if (same_file(directory->files[i].path.ptr, name)) {
			directory->files[i].from_stdin = true;
			return;
		}
	add_file(directory, (struct input_file){str_from(name), true});
}

struct str directory_calendar(const struct directory *directory)
{
	struct str folder = directory->path, misnamed = STR("");
	for (size_t i = 0; i < directory->count; i++) {
		struct str path = directory->files[i].path;
		/* What standard input stands in for may lie elsewhere. */
		if (path.len <= folder.len || !str_starts(path, folder))
			continue;
		struct str name = str_part(path, folder.len + 1, path.len);
		if (str_equal(name, STR("calendar.yaml")))
			return path;
		if (str_equal_nocase(name, STR("calendar.yaml")) || str_equal_nocase(name, STR("calendar.yml")))
			misnamed = path;
	}
	return misnamed;
}

static int compare_files(const void *left, const void *right)
{
	const struct input_file *a = left, *b = right;
	return str_compare(a->path, b->path);
}

void directory_sort(struct directory *directory, struct str calendar)
{
	struct input_file *files = directory->files;
	if (!files)
		return;
	qsort(files, directory->count, sizeof(*files), compare_files);
	for (size_t i = 0; i < directory->count; i++)
		if (str_equal(files[i].path, calendar)) {
			struct input_file first = files[i];
			memmove(files + 1, files, i * sizeof(*files));
			files[0] = first;
		}
}
