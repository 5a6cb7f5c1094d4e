#include "session/session.h"

#include "base/threads.h"
#include "check/check.h"
#include "decode/decode.h"
#include "decode/inherit.h"
#include "decode/revisions.h"
#include "input/file.h"
#include "input/folder.h"
#include "input/yaml.h"
#include "publish/lock.h"
#include "report/trouble.h"
#include "resolve/resolve.h"
#include "session/language.h"
#include "session/texts.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Below so many bytes all is read before a thread would have begun. */
enum { BYTES_LEAST = 1 << 16 };

/* How far ahead a line of revisions.yaml may be, in seconds: more than any clock is wrong by. */
enum { AHEAD_MOST = 366 * 86400 };

/* What a file may have, in MiB (evcal(5)); revisions.yaml may be as large as the calendar makes it. */
enum { FILE_MOST = 16, REVISIONS_MOST = 256 };

/* Files that are read at the same time: what each gives, and for each worker the memory that it fills. */
struct loading {
	struct loaded *loaded;
	const struct input_file *files;
	uint32_t first_source;
	struct outcome {
		int error, zones_error; /* errno: the file, or the zone data, cannot be read; else 0 */
		bool is_calendar;       /* what is in it is what belongs in calendar.yaml */
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

/* Whether a file that is not calendar.yaml can be meant for nothing else. */
static bool is_calendar(const struct node *root)
{
	return root && !node_get(root, STR("events")) && node_get(root, STR("domain")) &&
	       (node_get(root, STR("timezone")) || node_get(root, STR("organizer")));
}

/* calendar.yaml, or an events file. */
static void load_definitions(struct loading *loading, size_t number, const struct node *root, uint32_t source)
{
	struct loaded *loaded = loading->loaded;
	struct decoder decoder = {.findings = &loading->findings[number],
		.zones = &loaded->zones,
		.zone = loaded->calendar.timezone.zone,
		.completing = loaded->reach != READ_ALL,
		.english = at_valid(&loaded->calendar.language.at) && loaded->calendar.language.value == LANGUAGE_EN};
	if (str_equal(loading->files[number].path, loaded->calendar_path)) {
		decode_calendar(&decoder, source, root, &loaded->calendar);
		if (at_valid(&loaded->calendar.language.at))
			language_set((enum language)loaded->calendar.language.value);
		inherit_feeds(decoder.findings, &loaded->calendar);
	} else if (is_calendar(root)) {
		loading->outcomes[number].is_calendar = true;
	} else {
		decode_events(&decoder, source, root, &loading->events[number]);
		inherit_events(decoder.findings, &loading->events[number], &loaded->calendar);
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
	if (loaded->reach == READ_CALENDAR ? number || !loaded->directory.calendar.len
					   : loaded->reach == READ_SHOWN && remembered)
		return;
	if (!file_read(findings, source, &loaded->directory, file, remembered ? REVISIONS_MOST : FILE_MOST)) {
		loading->outcomes[number].error = errno;
	} else if (remembered) {
		loaded->revisions_source = source;
		loaded->revisions.arena = arena;
		revisions_read(&loaded->revisions, findings, source);
		loaded->remembered = digest_of(source_get(&loaded->sources, source)->bytes);
		loaded->revisions.arena = &loaded->arena;
	} else if (!is_beyond(loading, number)) {
		bool broken = source_get(&loaded->sources, source)->broken;
		if (str_equal(file->path, loaded->calendar_path))
			language_look(source_get(&loaded->sources, source)->bytes);
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
		return trouble(DOING_READ, path.ptr);
	errno = outcome->zones_error;
	if (errno)
		return trouble(DOING_READ_ZONES, "/usr/share/zoneinfo");
	bool remembered = str_equal(path, loaded->revisions_path);
	if (remembered || !is_beyond(loading, number))
		findings_take(&loaded->findings, &loading->findings[number]);
	loaded->calendar.file_count += !remembered;
	return true;
}

/* A file that is not called calendar.yaml, and must be meant for it. */
static void add_misnamed(struct loaded *loaded, uint32_t source)
{
	struct str name = source_get(&loaded->sources, source)->name, folder = loaded->directory.path;
	if (str_starts(name, folder) && name.len > folder.len)
		name = str_part(name, folder.len + 1, name.len);
	finding_add(&loaded->findings, MSG_NO_CALENDAR_NAME, (struct span){source, 0, 0}, WORDS(name));
}

/* That calendar.yaml is not there, has another name, or is there twice. */
static void report_calendar(const struct loading *loading, size_t count)
{
	struct loaded *loaded = loading->loaded;
	const struct directory *directory = &loaded->directory;
	bool lacks = !directory->calendar.len && !directory->calendar_withheld;
	for (size_t i = 0; i < count; i++) {
		uint32_t source = loading->first_source + (uint32_t)i;
		if (!loading->outcomes[i].is_calendar)
			continue;
		if (directory->calendar.len || directory->calendar_withheld)
			finding_add(&loaded->findings, MSG_SECOND_CALENDAR_LIKE, (struct span){source, 0, 0}, NO_WORDS);
		else
			add_misnamed(loaded, source);
		lacks = false;
	}
	if (lacks) {
		uint32_t source = source_add(&loaded->sources, loaded->calendar_path, STR(""));
		finding_add(&loaded->findings, MSG_NO_CALENDAR, (struct span){source, 0, 0}, NO_WORDS);
	}
	if (directory->misnamed)
		add_misnamed(loaded, loading->first_source);
}

/* What events inherit stands in calendar.yaml, the first of the files, if there is one; the others wait for it. */
static bool take_files(struct loaded *loaded)
{
	const struct directory *directory = &loaded->directory;
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
	threads_each(threads_for(directory->bytes, BYTES_LEAST), begin, count, load_file, &loading);
	bool good = true;
	loading.counted = loading.count = 0;
	for (size_t i = 0; good && i < count; i++)
		good = take_file(&loading, i);
	for (size_t i = 0; i < THREADS_MOST; i++) {
		arena_take(&loaded->arena, &loading.kept[i]);
		arena_free(&loading.trees[i]);
	}
	if (good) {
		calendar_join(&loaded->calendar, &loaded->findings, loading.events, count);
		report_calendar(&loading, count);
	}
	arena_free(&scratch);
	return good;
}

static bool load_files(struct loaded *loaded, const char *stdin_name)
{
	struct directory *directory = &loaded->directory;
	if (!directory_list(directory, &loaded->sources, &loaded->findings, stdin_name))
		return false;
	loaded->revisions_path = str_format(&loaded->arena, "%.*s/revisions.yaml", STR_ARG(directory->path));
	/* One with another name is reported, and read as if it had the right one. */
	loaded->calendar_path = directory->calendar;
	if (!loaded->calendar_path.len)
		loaded->calendar_path = str_format(&loaded->arena, "%.*s/calendar.yaml", STR_ARG(directory->path));
	loaded->calendar.events_broken = directory->withheld;
	loaded->calendar.broken = !directory->calendar.len;
	return take_files(loaded);
}

static bool open_nothing(struct loaded *loaded, enum reach reach)
{
	*loaded = (struct loaded){.directory.fd = -1, .reach = reach, .lock = -1};
	loaded->sources.arena = &loaded->arena;
	loaded->findings.arena = &loaded->arena;
	loaded->findings.sources = &loaded->sources;
	loaded->zones.arena = &loaded->arena;
	loaded->revisions.arena = &loaded->arena;
	loaded->remembered = digest_of(STR(""));
	if (!now_read(&loaded->now))
		return false;
	/* SOURCE_DATE_EPOCH may lie in the past, and clocks may differ. */
	int64_t clock = time(NULL);
	loaded->revisions.latest = (clock > loaded->now ? clock : loaded->now) + AHEAD_MOST;
	return true;
}

static bool open_calendar(struct loaded *loaded, const struct options *options, enum reach reach)
{
	return open_nothing(loaded, reach) && directory_open(&loaded->directory, &loaded->arena, options->directory);
}

/* Where there is no such file, or it cannot be locked, whoever reads it will find out. */
static bool lock_calendar(struct loaded *loaded)
{
	const char *below = directory_find(&loaded->directory, "calendar.yaml");
	loaded->lock = below ? directory_open_file(&loaded->directory, below) : -1;
	struct str path = str_format(&loaded->arena, "%.*s/calendar.yaml", STR_ARG(loaded->directory.path));
	return loaded->lock < 0 || lock_hold(loaded->lock, path.ptr) != LOCK_REFUSED;
}

static bool read_calendar(struct loaded *loaded, const char *stdin_name)
{
	if (!load_files(loaded, stdin_name))
		return false;
	resolve_names(&loaded->arena, &loaded->calendar);
	findings_sort(&loaded->findings);
	return today_read(&loaded->calendar, loaded->now, &loaded->calendar.today);
}

/* keep: what descriptions are published as. */
static bool check(struct loaded *loaded, const struct options *options, bool keep)
{
	if (options->forget.count)
		forget(loaded, &options->forget);
	resolve_times(&loaded->arena, &loaded->calendar);
	struct checker checker = {&loaded->findings, &loaded->calendar, &loaded->revisions, loaded->now};
	check_calendar(&checker);
	texts_look(&loaded->calendar, &loaded->findings, threads_for(loaded->directory.bytes, BYTES_LEAST), keep);
	findings_sort(&loaded->findings);
	return true;
}

bool load_nothing(struct loaded *loaded)
{
	return open_nothing(loaded, READ_ALL) && today_read(&loaded->calendar, loaded->now, &loaded->calendar.today);
}

bool load_unchecked(struct loaded *loaded, const struct options *options, enum reach reach)
{
	return open_calendar(loaded, options, reach) && read_calendar(loaded, NULL);
}

bool load(struct loaded *loaded, const struct options *options, const char *stdin_name)
{
	return open_calendar(loaded, options, READ_ALL) && read_calendar(loaded, stdin_name) &&
	       check(loaded, options, options->dry_run);
}

bool load_to_write(struct loaded *loaded, const struct options *options)
{
	return open_calendar(loaded, options, READ_ALL) && lock_calendar(loaded) && read_calendar(loaded, NULL) &&
	       check(loaded, options, true);
}

void check_more(struct loaded *loaded, uint32_t source, struct findings *findings)
{
	struct calendar *calendar = &loaded->calendar;
	struct file_events files[] = {{.written = {calendar->events, calendar->event_count}}, {.broken = false}};
	struct decoder decoder = {.findings = findings,
		.zones = &loaded->zones,
		.zone = calendar->timezone.zone,
		.english = at_valid(&calendar->language.at) && calendar->language.value == LANGUAGE_EN};
	struct arena tree = {0};
	decode_events(&decoder, source, node_read_into(&tree, findings, source), &files[1]);
	arena_free(&tree);
	inherit_events(findings, &files[1], calendar);
	calendar->events = NULL;
	calendar->schedules = NULL;
	calendar->event_count = calendar->schedule_count = 0;
	calendar_join(calendar, findings, files, 2);
	resolve_names(&loaded->arena, calendar);
	resolve_times(&loaded->arena, calendar);
	struct checker checker = {findings, calendar, &loaded->revisions, loaded->now};
	check_calendar(&checker);
	findings_sort(findings);
}

void loaded_free(struct loaded *loaded)
{
	if (loaded->lock >= 0)
		close(loaded->lock);
	directory_close(&loaded->directory);
	arena_free(&loaded->arena);
}
