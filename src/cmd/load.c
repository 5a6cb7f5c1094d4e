#include "cmd/cmd.h"

#include "check/check.h"
#include "model/decode.h"
#include "model/inherit.h"
#include "read/encoding.h"
#include "read/node.h"
#include "report/trouble.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILE_MOST = 16 << 20 };

/* The files of a calendar directory, found and then sorted. */
struct listing {
	struct arena *arena;
	struct str *paths;
	size_t count;
};

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

static bool list_folder(struct listing *listing, struct str path, const struct above *above);

static bool list_entry(struct listing *listing, struct str path, const struct above *above, const char *name)
{
	struct stat stat_buffer;
	struct str full = str_format(listing->arena, "%.*s/%s", STR_ARG(path), name);
	if (stat(full.ptr, &stat_buffer))
		/* A link that leads nowhere is nothing to read, unless it should have been an events file. */
		return errno == ENOENT && !is_events_file(full) ? true : trouble("read", full.ptr);
	if (S_ISDIR(stat_buffer.st_mode)) {
		struct above here = {above, stat_buffer.st_dev, stat_buffer.st_ino};
		for (; above; above = above->next)
			if (above->device == here.device && above->inode == here.inode)
				return true;
		return list_folder(listing, full, &here);
	}
	if (is_events_file(full)) {
		listing->paths = arena_grow(listing->arena, listing->paths, listing->count, sizeof(*listing->paths));
		listing->paths[listing->count++] = full;
	}
	return true;
}

static bool list_folder(struct listing *listing, struct str path, const struct above *above)
{
	DIR *folder = opendir(path.ptr);
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
		if (entry->d_name[0] != '.' && !list_entry(listing, path, above, entry->d_name)) {
			good = false;
			break;
		}
	}
	closedir(folder);
	return good;
}

static int compare_paths(const void *left, const void *right)
{
	return str_compare(*(const struct str *)left, *(const struct str *)right);
}

/* Whether two paths lead to one file; one of them may not exist yet, and is then compared by its words. */
static bool same_file(const char *a, const char *b)
{
	struct stat x, y;
	if (!stat(a, &x) && !stat(b, &y))
		return x.st_dev == y.st_dev && x.st_ino == y.st_ino;
	return !strcmp(a, b);
}

/* Reads a file into a source. 0: it failed, and trouble() has said why. */
static uint32_t read_source(struct loaded *loaded, struct str path, bool from_stdin)
{
	struct str bytes = STR("");
	enum read_status status = source_read(&loaded->arena, from_stdin ? NULL : path.ptr, FILE_MOST, &bytes);
	if (status == READ_FAILED) {
		trouble("read", path.ptr);
		return 0;
	}
	uint32_t source = source_add(&loaded->sources, path, encoding_strip(bytes));
	if (status == READ_TOO_LARGE) {
		source_get(&loaded->sources, source)->broken = true;
		finding_add(&loaded->findings, MSG_TOO_LARGE_FILE, (struct span){source, 0, 0}, NULL);
	}
	return source;
}

static bool load_file(
	struct loaded *loaded, struct decoder *decoder, struct str path, bool from_stdin, bool is_calendar)
{
	uint32_t source = read_source(loaded, path, from_stdin);
	if (!source)
		return false;
	const struct node *root = NULL;
	struct arena_mark mark = arena_mark(&loaded->tree);
	if (!source_get(&loaded->sources, source)->broken)
		root = node_read_into(&loaded->tree, &loaded->findings, source);
	if (is_calendar)
		decode_calendar(decoder, source, root);
	else
		decode_events(decoder, source, root);
	arena_release(&loaded->tree, mark);
	loaded->calendar.file_count++;
	if (!decoder->zones_failed)
		return true;
	errno = decoder->zones_errno;
	return trouble("read the time zones (Debian: apt-get install tzdata)", "/usr/share/zoneinfo");
}

static bool load_revisions(struct loaded *loaded)
{
	loaded->revisions_source = read_source(loaded, loaded->revisions_path, false);
	if (!loaded->revisions_source)
		return false;
	revisions_read(&loaded->revisions, &loaded->findings, loaded->revisions_source);
	return true;
}

static void add_no_calendar(struct loaded *loaded, struct str path)
{
	uint32_t source = source_add(&loaded->sources, path, STR(""));
	loaded->calendar.broken = true;
	finding_add(&loaded->findings, MSG_NO_CALENDAR, (struct span){source, 0, 0}, NULL);
}

/* Reads all files: calendar.yaml first, since its zones and types are asked for by the others. */
static bool load_files(struct loaded *loaded, const struct options *options, const char *stdin_name)
{
	struct listing listing = {.arena = &loaded->arena};
	struct decoder decoder = {&loaded->findings, &loaded->zones, &loaded->calendar, NULL, false, 0};
	struct str folder = str_copy(&loaded->arena, str_from(options->directory));
	while (folder.len > 1 && folder.ptr[folder.len - 1] == '/')
		folder.len--;
	folder = str_copy(&loaded->arena, folder);
	struct stat top;
	if (stat(folder.ptr, &top))
		return trouble("read", folder.ptr);
	if (!list_folder(&listing, folder, &(struct above){NULL, top.st_dev, top.st_ino}))
		return false;
	bool listed = false;
	for (size_t i = 0; i < listing.count && stdin_name; i++)
		listed |= same_file(listing.paths[i].ptr, stdin_name);
	if (stdin_name && !listed) {
		listing.paths = arena_grow(listing.arena, listing.paths, listing.count, sizeof(*listing.paths));
		listing.paths[listing.count++] = str_from(stdin_name);
	}
	if (listing.count)
		qsort(listing.paths, listing.count, sizeof(*listing.paths), compare_paths);
	struct str calendar = str_format(&loaded->arena, "%.*s/calendar.yaml", STR_ARG(folder));
	loaded->revisions_path = str_format(&loaded->arena, "%.*s/revisions.yaml", STR_ARG(folder));
	bool found = false;
	for (size_t i = 0; i < listing.count && !found; i++)
		found = str_equal(listing.paths[i], calendar);
	if (!found)
		add_no_calendar(loaded, calendar);
	else if (!load_file(loaded, &decoder, calendar, stdin_name && same_file(calendar.ptr, stdin_name), true))
		return false;
	for (size_t i = 0; i < listing.count; i++) {
		struct str path = listing.paths[i];
		if (str_equal(path, calendar))
			continue;
		bool read = str_equal(path, loaded->revisions_path)
				    ? load_revisions(loaded)
				    : load_file(loaded, &decoder, path, stdin_name && same_file(path.ptr, stdin_name),
					      false);
		if (!read)
			return false;
	}
	return true;
}

bool load(struct loaded *loaded, const struct options *options, const char *stdin_name)
{
	*loaded = (struct loaded){0};
	loaded->sources.arena = &loaded->arena;
	loaded->findings.arena = &loaded->arena;
	loaded->findings.sources = &loaded->sources;
	loaded->zones.arena = &loaded->arena;
	loaded->revisions.arena = &loaded->arena;
	if (!now_read(&loaded->now) || !load_files(loaded, options, stdin_name))
		return false;
	inherit_all(&loaded->calendar, &loaded->arena);
	struct checker checker = {&loaded->findings, &loaded->calendar, &loaded->revisions, loaded->now};
	check_calendar(&checker);
	findings_sort(&loaded->findings);
	return true;
}

void loaded_free(struct loaded *loaded)
{
	arena_free(&loaded->tree);
	arena_free(&loaded->arena);
}
