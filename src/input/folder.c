#define _GNU_SOURCE /* realpath(), d_type */

#include "input/folder.h"

#include "base/arena.h"
#include "base/wording.h"
#include "input/beneath.h"
#include "report/trouble.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* More than anybody asks for who asks whether threads are worth their start (session/load.c). */
enum { BYTES_KNOWN = 1 << 20 };

/* A walk through the folders of a directory: not by recursion, so that they may lie as deep as they like. */
struct walk {
	struct directory *directory;
	struct sources *sources;
	struct findings *findings;
	struct str *folders; /* their paths, in the order in which they are walked through; no ptr: passed over */
	size_t count;
};

/* A folder while it is being read. */
struct folder_reading {
	struct walk *walk;
	struct str path;
	int fd;
};

static const char *below_of(const struct directory *directory, struct str path)
{
	return path.len > directory->path.len ? path.ptr + directory->path.len + 1 : ".";
}

/* What is not read, and why. */
static void report(struct walk *walk, enum message message, struct str path, struct inserts words)
{
	uint32_t source = source_add(walk->sources, path, STR(""));
	source_get(walk->sources, source)->unread = true;
	finding_add(walk->findings, message, (struct span){source, 0, 0}, words);
}

/* The same of what should have been read. */
static void withhold(struct walk *walk, enum message message, struct str path)
{
	report(walk, message, path, NO_WORDS);
	walk->directory->withheld = true;
	if (!strcmp(below_of(walk->directory, path), "calendar.yaml"))
		walk->directory->calendar_withheld = true;
}

static bool is_read(enum file_kind kind)
{
	return kind >= FILE_EVENTS && kind <= FILE_CALENDAR_COPY;
}

static void add_file(struct directory *directory, struct input_file file)
{
	directory->files = arena_grow(directory->arena, directory->files, directory->count, sizeof(*directory->files));
	directory->files[directory->count++] = file;
}

static void add_folder(struct walk *walk, struct str path)
{
	walk->folders = arena_grow(walk->directory->arena, walk->folders, walk->count, sizeof(*walk->folders));
	walk->folders[walk->count++] = path;
}

/* --- links ------------------------------------------------------------------------------------------------------- */

/* Whether that is all that a failed stat() of a link says: it leads to nothing that there is, or in a circle. */
static bool leads_nowhere(int error)
{
	return error == ENOENT || error == ENOTDIR || error == ELOOP || error == ENAMETOOLONG;
}

/*
 * The place below the directory that a path leads to, links followed; empty: it lies elsewhere; no ptr: errno says why
 * that is not known. No more than looked up by name: should it be another when it is opened, beneath_open() sees to it
 * that it is not outside.
 */
static struct str place_of(const struct directory *directory, struct str path)
{
	char *top = realpath(directory->path.ptr, NULL), *real = top ? realpath(path.ptr, NULL) : NULL;
	struct str prefix = str_from(top), place = {NULL, 0};
	int error = errno;
	if (prefix.len == 1)
		prefix.len = 0;
	if (real) {
		place = str_from(real);
		bool inside = str_starts(place, prefix) && place.len > prefix.len && real[prefix.len] == '/';
		place = inside ? str_copy(directory->arena, str_part(place, prefix.len + 1, place.len)) : STR("");
	}
	free(top);
	free(real);
	errno = error;
	return place;
}

/* A link with the name of a file that is read, to something that is no folder. */
static bool list_link_to_file(struct walk *walk, struct str path, enum file_kind kind, const struct stat *target)
{
	struct str place = place_of(walk->directory, path);
	if (!place.ptr && !leads_nowhere(errno))
		return trouble(DOING_READ, path.ptr);
	if (!place.ptr)
		withhold(walk, MSG_NOT_A_FILE_LINK, path);
	else if (!place.len)
		withhold(walk, MSG_OUTSIDE_FOLDER, path);
	else if (!S_ISREG(target->st_mode))
		withhold(walk, MSG_NOT_A_FILE, path);
	else
		add_file(walk->directory, (struct input_file){path, place.ptr, kind, false});
	return true;
}

/* A link whose target cannot be looked up: it leads nowhere, or to where we may not go, which is not in the folder. */
static bool list_lost_link(struct walk *walk, struct str path, int error)
{
	bool outside = error == EACCES && !place_of(walk->directory, path).ptr && errno == EACCES;
	errno = error;
	if (!outside && !leads_nowhere(error))
		return trouble(DOING_READ, path.ptr);
	withhold(walk, outside ? MSG_OUTSIDE_FOLDER : MSG_NOT_A_FILE_LINK, path);
	return true;
}

static bool list_link(struct folder_reading *reading, struct str path, const char *name, enum file_kind kind)
{
	struct walk *walk = reading->walk;
	struct stat target;
	bool found = !fstatat(reading->fd, name, &target, 0);
	if (found && S_ISDIR(target.st_mode))
		withhold(walk, MSG_OUTSIDE_FOLDER_FOLDER, path);
	else if (is_read(kind))
		return found ? list_link_to_file(walk, path, kind, &target) : list_lost_link(walk, path, errno);
	else if (!found && errno != EACCES && !leads_nowhere(errno))
		return trouble(DOING_READ, path.ptr);
	return true;
}

const char *directory_find(const struct directory *directory, const char *name)
{
	struct stat found;
	struct str path = str_format(directory->arena, "%.*s/%s", STR_ARG(directory->path), name);
	if (fstatat(directory->fd, name, &found, AT_SYMLINK_NOFOLLOW))
		return NULL;
	if (!S_ISLNK(found.st_mode))
		return S_ISREG(found.st_mode) ? name : NULL;
	struct str place = place_of(directory, path);
	return place.len && !fstatat(directory->fd, name, &found, 0) && S_ISREG(found.st_mode) ? place.ptr : NULL;
}

/* --- the walk ---------------------------------------------------------------------------------------------------- */

/* Whether a.yaml lies beside a.yaml~: then that is the backup of an editor. */
static bool is_backup(const struct folder_reading *reading, const struct filename *filename)
{
	struct stat original;
	struct str name = str_format(
		reading->walk->directory->arena, "%.*s%.*s", STR_ARG(filename->stem), STR_ARG(filename->ending));
	return filename->kind == FILE_BACKUP && !fstatat(reading->fd, name.ptr, &original, AT_SYMLINK_NOFOLLOW);
}

/* The path of an entry of the folder. */
static struct str path_of(const struct folder_reading *reading, struct str name)
{
	struct str folder = reading->path;
	char *path = arena_bytes(reading->walk->directory->arena, folder.len + name.len + 2), *end = path;
	end = mempcpy(end, folder.ptr, folder.len);
	*end++ = '/';
	end = mempcpy(end, name.ptr, name.len);
	*end = '\0';
	return (struct str){path, (size_t)(end - path)};
}

/* type: what the folder itself says of the entry (readdir()), which is enough for a file of a folder with many. */
static bool list_entry(struct folder_reading *reading, const char *name, unsigned char type)
{
	struct walk *walk = reading->walk;
	struct directory *directory = walk->directory;
	struct filename filename = filename_of(str_from(name));
	struct stat found = {.st_mode = S_IFREG};
	bool known = type == DT_REG && directory->bytes >= BYTES_KNOWN;
	/* It may be gone by now. */
	if (!known && fstatat(reading->fd, name, &found, AT_SYMLINK_NOFOLLOW))
		return errno == ENOENT || trouble(DOING_READ, path_of(reading, str_from(name)).ptr);
	bool folder = S_ISDIR(found.st_mode), link = S_ISLNK(found.st_mode), regular = S_ISREG(found.st_mode);
	if (!folder && !link && filename.kind == FILE_OTHER)
		return true;
	struct str path = path_of(reading, str_from(name));
	const char *below = below_of(directory, path);
	if (strlen(below) >= PATH_MAX) {
		withhold(walk, MSG_TOO_LARGE_PATH, path);
	} else if (folder) {
		add_folder(walk, path);
	} else if (link) {
		return list_link(reading, path, name, filename.kind);
	} else if (regular && !is_backup(reading, &filename)) {
		add_file(directory, (struct input_file){path, below, filename.kind, false});
		directory->bytes += is_read(filename.kind) ? (size_t)found.st_size : 0;
	} else if (!regular && is_read(filename.kind)) {
		/* To open a pipe would be to wait for someone who writes to it. */
		withhold(walk, MSG_NOT_A_FILE, path);
	}
	return true;
}

/* Passes over what was listed of a folder further down that is a calendar of its own; the finding says so. */
static void drop_calendar(struct walk *walk, size_t files, size_t folders)
{
	struct directory *directory = walk->directory;
	const struct input_file *calendar = NULL;
	for (size_t i = files; i < directory->count && !calendar; i++)
		if (directory->files[i].kind == FILE_CALENDAR || directory->files[i].kind == FILE_CALENDAR_NAME)
			calendar = &directory->files[i];
	if (!calendar)
		return;
	withhold(walk, MSG_SECOND_CALENDAR_BELOW, calendar->path);
	for (size_t i = files; i < directory->count; i++)
		directory->files[i].kind = FILE_OTHER;
	for (size_t i = folders; i < walk->count; i++)
		walk->folders[i].ptr = NULL;
}

static bool list_entries(struct folder_reading *reading, DIR *folder)
{
	for (;;) {
		errno = 0;
		const struct dirent *entry = readdir(folder);
		if (!entry)
			return !errno || trouble(DOING_READ, reading->path.ptr);
		if (entry->d_name[0] != '.' && !list_entry(reading, entry->d_name, entry->d_type))
			return false;
	}
}

static bool list_folder(struct walk *walk, struct str path)
{
	struct directory *directory = walk->directory;
	const char *below = below_of(directory, path);
	struct folder_reading reading = {walk, path, beneath_open(directory->fd, below, O_RDONLY | O_DIRECTORY)};
	size_t files = directory->count, folders = walk->count;
	DIR *folder = reading.fd >= 0 ? fdopendir(reading.fd) : NULL;
	if (!folder) {
		trouble(DOING_READ, path.ptr);
		if (reading.fd >= 0)
			close(reading.fd);
		return false;
	}
	bool good = list_entries(&reading, folder);
	closedir(folder);
	if (path.len > directory->path.len)
		drop_calendar(walk, files, folders);
	return good;
}

/* --- what came of it --------------------------------------------------------------------------------------------- */

/* Whether two paths lead to one file; one of them may not exist yet, and is then compared by its words. */
static bool same_file(const char *a, const char *b)
{
	struct stat x, y;
	if (!stat(a, &x) && !stat(b, &y))
		return x.st_dev == y.st_dev && x.st_ino == y.st_ino;
	return !strcmp(a, b);
}

static void stand_in(struct directory *directory, const char *name)
{
	struct str path = str_from(name), top = directory->path;
	for (size_t i = 0; i < directory->count; i++)
		if (is_read(directory->files[i].kind) && same_file(directory->files[i].path.ptr, name)) {
			directory->files[i].from_stdin = true;
			return;
		}
	/* What is not there yet may be the calendar itself; elsewhere no name but that of events has a meaning. */
	enum file_kind kind = FILE_EVENTS;
	if (str_starts(path, top) && path.len > top.len && path.ptr[top.len] == '/')
		kind = filename_of(str_from(below_of(directory, path))).kind;
	add_file(directory, (struct input_file){path, NULL, is_read(kind) ? kind : FILE_EVENTS, true});
}

static bool at_top(const struct directory *directory, const struct input_file *file)
{
	return file->kind != FILE_EVENTS && is_read(file->kind) && !strchr(below_of(directory, file->path), '/');
}

static int compare_files(const void *left, const void *right)
{
	const struct input_file *a = left, *b = right;
	return str_compare(a->path, b->path);
}

/* The calendar: the first of the files whose name is the nearest to calendar.yaml; or NULL. */
static const struct input_file *find_calendar(const struct directory *directory)
{
	const struct input_file *calendar = NULL;
	for (size_t i = 0; i < directory->count && !directory->calendar_withheld; i++) {
		const struct input_file *file = &directory->files[i];
		if (at_top(directory, file) && (!calendar || file->kind < calendar->kind))
			calendar = file;
	}
	return calendar;
}

static void report_ignored(struct walk *walk, const struct input_file *file)
{
	const char *slash = strrchr(file->path.ptr, '/');
	struct str name = str_from(slash + 1);
	struct filename filename = filename_of(name);
	if (filename.kind == FILE_ICS)
		report(walk, MSG_IGNORED_FILE_ICS, file->path, NO_WORDS);
	else
		report(walk, MSG_IGNORED_FILE, file->path,
			WORDS(str_format(
				walk->directory->arena, "%.*s%.*s", STR_ARG(filename.stem), STR_ARG(filename.ending))));
}

/* Moves the calendar to the front of the files. */
static void put_first(struct directory *directory, const struct input_file *calendar)
{
	struct input_file first = *calendar;
	memmove(directory->files + 1, directory->files, (size_t)(calendar - directory->files) * sizeof(first));
	directory->files[0] = first;
	directory->calendar = first.path;
	directory->misnamed = first.kind != FILE_CALENDAR;
}

/* Sorts the files, and takes out those that are not read. */
static void settle(struct walk *walk)
{
	struct directory *directory = walk->directory;
	struct input_file *files = directory->files;
	size_t count = 0;
	if (!files)
		return;
	qsort(files, directory->count, sizeof(*files), compare_files);
	const struct input_file *calendar = find_calendar(directory);
	if (calendar)
		put_first(directory, calendar);
	for (size_t i = 0; i < directory->count; i++) {
		if (at_top(directory, &files[i]) && (i || !calendar))
			withhold(walk, MSG_SECOND_CALENDAR, files[i].path);
		else if (is_read(files[i].kind))
			files[count++] = files[i];
		else if (files[i].kind != FILE_OTHER)
			report_ignored(walk, &files[i]);
	}
	directory->count = count;
}

bool directory_list(
	struct directory *directory, struct sources *sources, struct findings *findings, const char *stdin_name)
{
	struct walk walk = {.directory = directory, .sources = sources, .findings = findings};
	add_folder(&walk, directory->path);
	for (size_t i = 0; i < walk.count; i++)
		if (walk.folders[i].ptr && !list_folder(&walk, walk.folders[i]))
			return false;
	if (stdin_name)
		stand_in(directory, stdin_name);
	settle(&walk);
	return true;
}

/* --- opening ----------------------------------------------------------------------------------------------------- */

/* Says that the folder cannot be read, and which may be meant. Always false. */
static bool no_folder(const char *folder)
{
	if (errno != ENOENT)
		return trouble(DOING_READ, folder);
	if (access("calendar.yaml", F_OK))
		return trouble_because(DOING_READ, folder,
			LOCAL("there is no such folder; \"evcal init\" makes one, with a first calendar in it",
				"die map is er niet; \"evcal init\" maakt er een, met een eerste agenda erin"));
	return trouble_because(DOING_READ, folder,
		LOCAL("there is no such folder, but calendar.yaml is in this one: add -C .",
			"die map is er niet, maar calendar.yaml staat hier: voeg -C . toe"));
}

bool directory_open(struct directory *directory, struct arena *arena, const char *path)
{
	struct str folder = str_from(path);
	while (folder.len > 1 && folder.ptr[folder.len - 1] == '/')
		folder.len--;
	*directory = (struct directory){.arena = arena, .path = str_copy(arena, folder)};
	do
		directory->fd = open(directory->path.ptr, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	while (directory->fd < 0 && errno == EINTR);
	return directory->fd >= 0 || no_folder(directory->path.ptr);
}

void directory_close(struct directory *directory)
{
	if (directory->fd >= 0)
		close(directory->fd);
	directory->fd = -1;
}

int directory_open_file(const struct directory *directory, const char *below)
{
	return beneath_open(directory->fd, below, O_RDONLY);
}

int directory_open_parent(const struct directory *directory, const char *below, const char **name)
{
	const char *slash = strrchr(below, '/');
	*name = slash ? slash + 1 : below;
	struct str folder = slash ? (struct str){below, (size_t)(slash - below)} : STR(".");
	return beneath_open(directory->fd, str_copy(directory->arena, folder).ptr, O_RDONLY | O_DIRECTORY);
}
