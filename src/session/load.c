#include "session/session.h"

#include "base/threads.h"
#include "check/check.h"
#include "decode/decode.h"
#include "decode/inherit.h"
#include "decode/revisions.h"
#include "input/file.h"
#include "input/folder.h"
#include "input/yaml.h"
#include "resolve/resolve.h"
#include "report/trouble.h"
#include "session/texts.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Below so many octets all is read before a thread would have begun. */
enum { OCTETS_LEAST = 1 << 16 };

/* What a file may have, in MiB (FORMAT.md, "YAML"); revisions.yaml may be as large as the calendar makes it. */
enum { FILE_MOST = 16, REVISIONS_MOST = 256 };

/* Files that are read at the same time: what each gives, and for each worker the memory that it fills. */
struct loading {
	struct loaded *loaded;
	const struct input_file *files;
	uint32_t first_source;
	struct outcome {
		int error, zones_error; /* errno: the file, or the zone data, cannot be read; else 0 */
	} * outcomes;
	struct findings *findings;
	struct file_events *events;
	struct arena kept[THREADS_MOST], trees[THREADS_MOST];
	pthread_mutex_t mutex; /* guards what follows */
	bool *done;
	size_t counted, count; /* files from the first on that are done, and the events in them */
};

/*
 * Whether the files before one are known to have too many events already. Then nothing is to be had of it but memory;
 * what others like it have given before that was known is dropped by take_file(), so that it makes no difference.
 */
static bool is_beyond(struct loading *loading, size_t number)
{
	pthread_mutex_lock(&loading->mutex);
	for (; loading->counted < number && loading->done[loading->counted]; loading->counted++)
		loading->count += loading->events[loading->counted].written.count;
	bool beyond = loading->count > EVENTS_MOST;
	pthread_mutex_unlock(&loading->mutex);
	return beyond;
}

static void set_done(struct loading *loading, size_t number)
{
	pthread_mutex_lock(&loading->mutex);
	loading->done[number] = true;
	pthread_mutex_unlock(&loading->mutex);
}

/* calendar.yaml, or an events file. */
static void load_definitions(struct loading *loading, size_t number, const struct node *root, uint32_t source)
{
	struct loaded *loaded = loading->loaded;
	struct decoder decoder = {.findings = &loading->findings[number],
		.zones = &loaded->zones,
		.zone = loaded->calendar.timezone.zone};
	if (str_equal(loading->files[number].path, loaded->calendar_path)) {
		decode_calendar(&decoder, source, root, &loaded->calendar);
	} else {
		decode_events(&decoder, source, root, &loading->events[number]);
		inherit_events(&loading->events[number], &loaded->calendar);
	}
	loading->outcomes[number].zones_error = decoder.zones_errno;
}

static void load_file(void *context, unsigned worker, size_t number)
{
	struct loading *loading = context;
	struct loaded *loaded = loading->loaded;
	const struct input_file *file = &loading->files[number];
	struct arena *arena = &loading->kept[worker], *tree = &loading->trees[worker];
	struct findings *findings = &loading->findings[number];
	uint32_t source = loading->first_source + (uint32_t)number;
	bool remembered = str_equal(file->path, loaded->revisions_path);
	*findings = (struct findings){.arena = arena, .sources = &loaded->sources};
	if (!file_read(findings, source, file->from_stdin ? NULL : file->path.ptr,
		    remembered ? REVISIONS_MOST : FILE_MOST)) {
		loading->outcomes[number].error = errno;
	} else if (remembered) {
		loaded->revisions_source = source;
		loaded->revisions.arena = arena;
		revisions_read(&loaded->revisions, findings, source);
		loaded->remembered = digest_of(source_get(&loaded->sources, source)->bytes);
		loaded->revisions.arena = &loaded->arena;
	} else if (!is_beyond(loading, number)) {
		bool broken = source_get(&loaded->sources, source)->broken;
		load_definitions(loading, number, broken ? NULL : node_read_into(tree, findings, source), source);
		arena_release(tree, (struct arena_mark){0});
	}
	set_done(loading, number);
}

/* Takes in what a file gave. False: it could not be read, and trouble() has said why. */
static bool take_file(struct loading *loading, size_t number)
{
	struct loaded *loaded = loading->loaded;
	const struct outcome *outcome = &loading->outcomes[number];
	struct str path = loading->files[number].path;
	errno = outcome->error;
	if (errno)
		return trouble("read", path.ptr);
	errno = outcome->zones_error;
	if (errno)
		return trouble("read the time zones (Debian: apt-get install tzdata)", "/usr/share/zoneinfo");
	bool remembered = str_equal(path, loaded->revisions_path);
	if (remembered || !is_beyond(loading, number))
		findings_take(&loaded->findings, &loading->findings[number]);
	loaded->calendar.file_count += !remembered;
	return true;
}

/* What events inherit stands in calendar.yaml, the first of the files, if there is one; the others wait for it. */
static bool take_files(struct loaded *loaded, const struct directory *directory)
{
	size_t count = directory->count;
	struct arena scratch = {0};
	struct loading loading = {.loaded = loaded,
		.files = directory->files,
		.first_source = (uint32_t)loaded->sources.count + 1,
		.outcomes = arena_alloc(&scratch, count * sizeof(*loading.outcomes)),
		.findings = arena_alloc(&scratch, count * sizeof(*loading.findings)),
		.events = arena_alloc(&scratch, count * sizeof(*loading.events)),
		.mutex = PTHREAD_MUTEX_INITIALIZER,
		.done = arena_alloc(&scratch, count * sizeof(*loading.done))};
	for (size_t i = 0; i < count; i++)
		source_add(&loaded->sources, directory->files[i].path, STR(""));
	size_t begin = count && str_equal(directory->files[0].path, loaded->calendar_path);
	if (begin)
		load_file(&loading, 0, 0);
	threads_each(threads_for(directory->octets, OCTETS_LEAST), begin, count, load_file, &loading);
	bool good = true;
	loading.counted = loading.count = 0;
	for (size_t i = 0; good && i < count; i++)
		good = take_file(&loading, i);
	for (size_t i = 0; i < THREADS_MOST; i++) {
		arena_take(&loaded->arena, &loading.kept[i]);
		arena_free(&loading.trees[i]);
	}
	if (good)
		calendar_join(&loaded->calendar, &loaded->findings, loading.events, count);
	arena_free(&scratch);
	return good;
}

static void add_no_calendar(struct loaded *loaded)
{
	uint32_t source = source_add(&loaded->sources, loaded->calendar_path, STR(""));
	loaded->calendar.broken = true;
	finding_add(&loaded->findings, MSG_NO_CALENDAR, (struct span){source, 0, 0}, NO_WORDS);
}

static bool load_files(struct loaded *loaded, const struct options *options, const char *stdin_name)
{
	struct directory directory;
	if (!directory_list(&directory, &loaded->arena, options->directory))
		return false;
	if (stdin_name)
		directory_stand_in(&directory, stdin_name);
	struct str folder = directory.path, calendar = directory_calendar(&directory);
	loaded->calendar_path = str_format(&loaded->arena, "%.*s/calendar.yaml", STR_ARG(folder));
	loaded->revisions_path = str_format(&loaded->arena, "%.*s/revisions.yaml", STR_ARG(folder));
	bool misnamed = calendar.len && !str_equal(calendar, loaded->calendar_path);
	/* It is reported, and read as if it had the right name. */
	if (misnamed)
		loaded->calendar_path = calendar;
	else if (!calendar.len)
		add_no_calendar(loaded);
	directory_sort(&directory, loaded->calendar_path);
	if (!take_files(loaded, &directory))
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
	loaded->remembered = digest_of(STR(""));
	if (!now_read(&loaded->now) || !load_files(loaded, options, stdin_name))
		return false;
	resolve_names(&loaded->arena, &loaded->calendar);
	findings_sort(&loaded->findings);
	return true;
}

bool load(struct loaded *loaded, const struct options *options, const char *stdin_name)
{
	if (!load_unchecked(loaded, options, stdin_name))
		return false;
	resolve_times(&loaded->arena, &loaded->calendar);
	struct checker checker = {&loaded->findings, &loaded->calendar, &loaded->revisions, loaded->now};
	check_calendar(&checker);
	texts_look(&loaded->calendar, &loaded->findings);
	findings_sort(&loaded->findings);
	return true;
}

void loaded_free(struct loaded *loaded)
{
	arena_free(&loaded->arena);
}
