#include "cmd/cmd.h"

#include "check/check.h"
#include "model/decode.h"
#include "model/inherit.h"
#include "read/ahead.h"
#include "report/trouble.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The files of a calendar directory, found and then sorted. */
struct listing {
	struct arena *arena;
	struct ahead_file *files;
	size_t count, octets;
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

static void list_file(struct listing *listing, struct ahead_file file)
{
	listing->files = arena_grow(listing->arena, listing->files, listing->count, sizeof(*listing->files));
	listing->files[listing->count++] = file;
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
		/* To open a pipe would be to wait for someone who writes to it. */
		if (!S_ISREG(stat_buffer.st_mode))
			return trouble_because("read", full.ptr, "it is no regular file; move it out of the folder");
		list_file(listing, (struct ahead_file){.path = full});
		listing->octets += (size_t)stat_buffer.st_size;
	}
	return true;
}

static bool list_folder(struct listing *listing, struct str path, const struct above *above)
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
		if (entry->d_name[0] != '.' && !list_entry(listing, path, above, entry->d_name)) {
			good = false;
			break;
		}
	}
	closedir(folder);
	return good;
}

static int compare_files(const void *left, const void *right)
{
	const struct ahead_file *a = left, *b = right;
	return str_compare(a->path, b->path);
}

/* By their paths, but calendar.yaml first, since its zones and types are asked for by the others. */
static void sort_files(struct listing *listing, struct str calendar)
{
	struct ahead_file *files = listing->files;
	if (files)
		qsort(files, listing->count, sizeof(*files), compare_files);
	for (size_t i = 0; i < listing->count; i++)
		if (str_equal(files[i].path, calendar)) {
			struct ahead_file first = files[i];
			memmove(files + 1, files, i * sizeof(*files));
			files[0] = first;
		}
}

/* Whether two paths lead to one file; one of them may not exist yet, and is then compared by its words. */
static bool same_file(const char *a, const char *b)
{
	struct stat x, y;
	if (!stat(a, &x) && !stat(b, &y))
		return x.st_dev == y.st_dev && x.st_ino == y.st_ino;
	return !strcmp(a, b);
}

/* Takes in a file that was read. False: it could not be, and trouble() has said why. */
static bool take_file(
	struct loaded *loaded, struct decoder *decoder, const struct ahead_file *file, struct ahead_parsed parsed)
{
	if (!parsed.source) {
		errno = parsed.error;
		return trouble("read", file->path.ptr);
	}
	if (!file->parse) {
		loaded->revisions_source = parsed.source;
		revisions_read(&loaded->revisions, &loaded->findings, parsed.source);
		return true;
	}
	if (str_equal(file->path, loaded->calendar_path))
		decode_calendar(decoder, parsed.source, parsed.root);
	else
		decode_events(decoder, parsed.source, parsed.root);
	loaded->calendar.file_count++;
	if (!decoder->zones_failed)
		return true;
	errno = decoder->zones_errno;
	return trouble("read the time zones (Debian: apt-get install tzdata)", "/usr/share/zoneinfo");
}

static bool take_files(struct loaded *loaded, const struct listing *listing)
{
	struct decoder decoder = {&loaded->findings, &loaded->zones, &loaded->calendar, NULL, false, 0};
	struct ahead *ahead = ahead_open(&loaded->sources, listing->files, listing->count, listing->octets);
	bool good = true;
	for (size_t i = 0; good && i < listing->count; i++)
		good = take_file(loaded, &decoder, &listing->files[i], ahead_next(ahead, &loaded->findings));
	ahead_close(ahead, &loaded->arena);
	return good;
}

static void add_no_calendar(struct loaded *loaded)
{
	uint32_t source = source_add(&loaded->sources, loaded->calendar_path, STR(""));
	loaded->calendar.broken = true;
	finding_add(&loaded->findings, MSG_NO_CALENDAR, (struct span){source, 0, 0}, NULL);
}

/* The calendar's file among those listed, or one that must be meant for it: calendar.yml, Calendar.yaml; or nothing. */
static struct str find_calendar(const struct listing *listing, struct str folder, struct str calendar)
{
	struct str misnamed = STR("");
	for (size_t i = 0; i < listing->count; i++) {
		struct str path = listing->files[i].path;
		if (str_equal(path, calendar))
			return path;
		/* What standard input stands in for may lie elsewhere. */
		if (path.len <= folder.len || !str_starts(path, folder))
			continue;
		struct str name = str_part(path, folder.len + 1, path.len);
		if (str_equal_nocase(name, STR("calendar.yaml")) || str_equal_nocase(name, STR("calendar.yml")))
			misnamed = path;
	}
	return misnamed;
}

static bool load_files(struct loaded *loaded, const struct options *options, const char *stdin_name)
{
	struct listing listing = {.arena = &loaded->arena};
	struct str folder = str_copy(&loaded->arena, str_from(options->directory));
	while (folder.len > 1 && folder.ptr[folder.len - 1] == '/')
		folder.len--;
	folder = str_copy(&loaded->arena, folder);
	loaded->calendar_path = str_format(&loaded->arena, "%.*s/calendar.yaml", STR_ARG(folder));
	loaded->revisions_path = str_format(&loaded->arena, "%.*s/revisions.yaml", STR_ARG(folder));
	struct stat top;
	if (stat(folder.ptr, &top))
		return trouble("read", folder.ptr);
	if (!list_folder(&listing, folder, &(struct above){NULL, top.st_dev, top.st_ino}))
		return false;
	bool listed = false;
	for (size_t i = 0; i < listing.count; i++) {
		struct ahead_file *file = &listing.files[i];
		file->parse = !str_equal(file->path, loaded->revisions_path);
		if (stdin_name && !listed)
			listed = file->from_stdin = same_file(file->path.ptr, stdin_name);
	}
	if (stdin_name && !listed)
		list_file(&listing, (struct ahead_file){str_from(stdin_name), true, true});
	struct str calendar = find_calendar(&listing, folder, loaded->calendar_path);
	bool misnamed = calendar.len && !str_equal(calendar, loaded->calendar_path);
	/* It is reported, and read as if it had the right name. */
	if (misnamed)
		loaded->calendar_path = calendar;
	else if (!calendar.len)
		add_no_calendar(loaded);
	sort_files(&listing, loaded->calendar_path);
	if (!take_files(loaded, &listing))
		return false;
	if (misnamed)
		finding_add(&loaded->findings, MSG_NO_CALENDAR_NAME, (struct span){1, 0, 0},
			WORDS(str_part(loaded->calendar_path, folder.len + 1, loaded->calendar_path.len)));
	return true;
}

bool load_unchecked(struct loaded *loaded, const struct options *options, const char *stdin_name)
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
	findings_sort(&loaded->findings);
	return true;
}

bool load(struct loaded *loaded, const struct options *options, const char *stdin_name)
{
	if (!load_unchecked(loaded, options, stdin_name))
		return false;
	struct checker checker = {&loaded->findings, &loaded->calendar, &loaded->revisions, loaded->now};
	check_calendar(&checker);
	findings_sort(&loaded->findings);
	return true;
}

void loaded_free(struct loaded *loaded)
{
	arena_free(&loaded->arena);
}
