#include "cmd/import.h"

#include "import/import.h"
#include "input/beneath.h"
#include "input/encoding.h"
#include "input/recognise.h"
#include "report/output.h"
#include "report/trouble.h"
#include "session/session.h"
#include "time/zone_hint.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Of more events than a folder of files will ever get at once, the checks are left to validate: they need memory. */
enum { AHEAD_MOST = 30000 };

/* A whole agenda as Outlook saves it. */
#define IMPORT_MOST ((size_t)16 * 1024 * 1024)

enum import_format { IMPORT_GUESS, IMPORT_ICS, IMPORT_CSV, IMPORT_YAML2ICS };

const struct keyword import_formats[] = {
	[IMPORT_GUESS] = {"auto", W("what the file looks like", "waar het bestand op lijkt")},
	[IMPORT_ICS] = {"ics", W("iCalendar", "iCalendar")},
	[IMPORT_CSV] = {"csv", W("a table", "een tabel")},
	[IMPORT_YAML2ICS] = {"yaml2ics", W("the YAML of yaml2ics", "de YAML van yaml2ics")},
	{NULL, W(NULL, NULL)},
};

struct importing {
	const struct options *options;
	struct loaded loaded; /* the calendar that the events are for */
	struct findings findings;
	struct import import;
	bool decoded;        /* the last file was no UTF-8, and was taken for Windows-1252 */
	struct map included; /* the files that were read, since one may include another in a circle */
};

static bool has_extension(struct str name, const char *extension)
{
	size_t len = strlen(extension);
	return name.len > len && str_equal_nocase(str_part(name, name.len - len, name.len), str_from(extension));
}

/* What a file is: by what it begins with, and by its name. */
static enum import_format format_of(struct str name, struct str bytes)
{
	struct str begin = str_trim(str_part(bytes, 0, bytes.len < 200 ? bytes.len : 200)), word = STR("BEGIN:V");
	if (begin.len >= word.len && str_equal_nocase(str_part(begin, 0, word.len), word))
		return IMPORT_ICS;
	if (has_extension(name, ".yaml") || has_extension(name, ".yml"))
		return IMPORT_YAML2ICS;
	if (has_extension(name, ".csv") || has_extension(name, ".tsv"))
		return IMPORT_CSV;
	/* Standard input has no name. */
	struct str line = str_part(begin, 0, str_find(begin, '\n'));
	bool parted =
		str_find(line, ';') < line.len || str_find(line, ',') < line.len || str_find(line, '\t') < line.len;
	return parted ? IMPORT_CSV : str_find(line, ':') < line.len ? IMPORT_YAML2ICS : IMPORT_GUESS;
}

/* Reads a file into a source. False: it cannot be read, and trouble() has said why. */
static bool read_source(struct importing *importing, const char *path, uint32_t *source)
{
	struct loaded *loaded = &importing->loaded;
	struct str bytes = STR("");
	bool from_stdin = !strcmp(path, "-");
	const char *name = from_stdin ? "<stdin>" : path;
	enum read_status status = source_read(&loaded->arena, from_stdin ? NULL : path, IMPORT_MOST, &bytes);
	if (status == READ_FAILED)
		return trouble(DOING_READ, name);
	struct str decoded = encoding_decode(&loaded->arena, bytes);
	importing->decoded = decoded.len > bytes.len;
	*source = source_add(&loaded->sources, str_from(name), decoded);
	if (status == READ_TOO_LARGE)
		finding_add(&importing->findings, MSG_TOO_LARGE_FILE, (struct span){*source, 0, 0}, WORDS(STR("16")));
	return true;
}

/* A file that yaml2ics's "include" names: in the folder of the one that names it, or below. */
static uint32_t include(void *context, struct span span, struct str name)
{
	struct importing *importing = context;
	struct loaded *loaded = &importing->loaded;
	struct str from = source_get(&loaded->sources, span.source)->name, bytes = STR("");
	struct str folder = from;
	while (folder.len && folder.ptr[folder.len - 1] != '/')
		folder.len--;
	const char *below = str_copy(&loaded->arena, name).ptr;
	struct str path = str_format(&loaded->arena, "%.*s%s", STR_ARG(folder), below);
	int top = open(folder.len ? str_copy(&loaded->arena, folder).ptr : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool inside = name.len && below[0] != '/' && !strstr(below, "..");
	int fd = top >= 0 && inside ? beneath_open(top, below, O_RDONLY) : -1;
	if (top >= 0)
		close(top);
	if (fd < 0 || source_read_open(&loaded->arena, fd, IMPORT_MOST, &bytes) != READ_OK) {
		finding_add(&importing->findings, MSG_CANNOT_IMPORT_INCLUDE, span, WORDS(name));
		return 0;
	}
	if (map_get(&importing->included, path))
		return 0;
	map_put(&importing->included, &loaded->arena, path, importing);
	return source_add(&loaded->sources, path, encoding_decode(&loaded->arena, bytes));
}

static bool import_file(struct importing *importing, const char *path)
{
	struct findings *findings = &importing->findings;
	enum import_format format = (enum import_format)importing->options->format;
	size_t before = findings->count;
	uint32_t source = 0;
	if (!read_source(importing, path, &source))
		return false;
	struct str bytes = source_get(&importing->loaded.sources, source)->bytes;
	if (findings->count > before)
		return true;
	if (!format)
		format = format_of(str_from(path), bytes);
	if ((format == IMPORT_GUESS || format == IMPORT_YAML2ICS) && recognise_other(findings, source))
		return true;
	if (format == IMPORT_ICS && importing->decoded)
		finding_add(findings, MSG_GUESSED_ENCODING, (struct span){source, 0, 0}, NO_WORDS);
	if (format == IMPORT_ICS && encoding_check(findings, &importing->loaded.arena, source, NULL))
		import_ics(&importing->import, source);
	else if (format == IMPORT_CSV)
		import_csv(&importing->import, source);
	else if (format == IMPORT_YAML2ICS &&
		 map_put(&importing->included, &importing->loaded.arena, str_from(path), importing))
		import_yaml2ics(&importing->import, source, include, importing);
	else if (format == IMPORT_GUESS)
		finding_add(findings, MSG_CANNOT_IMPORT_FILE, (struct span){source, 0, 0}, NO_WORDS);
	return true;
}

/* Reads the calendar that the events are for. Without one, as where somebody begins, there are none of its ids. */
static bool read_calendar(struct importing *importing)
{
	struct stat status;
	struct loaded *loaded = &importing->loaded;
	const char *folder = importing->options->directory;
	bool none = !strcmp(folder, DIRECTORY_DEFAULT) && stat(folder, &status);
	if (none ? !load_nothing(loaded) : !load_unchecked(loaded, importing->options, READ_ALL))
		return false;
	const struct calendar *calendar = &loaded->calendar;
	importing->findings = (struct findings){.arena = &loaded->arena, .sources = &loaded->sources};
	importing->import = (struct import){.findings = &importing->findings,
		.zones = &loaded->zones,
		.calendar = calendar,
		.today = calendar->today,
		.language =
			at_valid(&calendar->language.at) ? (enum language)calendar->language.value : local_language()};
	for (size_t i = 0; i < calendar->event_count; i++)
		map_put(&importing->import.taken, &loaded->arena, calendar->events[i]->id->str, calendar->events[i]);
	return true;
}

/* The zone of --timezone. False: there is none of that name, and a message has said so. */
static bool read_zone(struct importing *importing)
{
	const char *name = importing->options->timezone;
	struct zones *zones = &importing->loaded.zones;
	if (!name)
		return true;
	enum zone_status status = zone_get(zones, str_from(name), &importing->import.zone);
	if (status == ZONE_UNKNOWN)
		usage_unknown(LOCAL("unknown time zone", "onbekende tijdzone"), str_from(name),
			zone_hint(zones, str_from(name), NULL).name);
	else if (status == ZONE_FAILED)
		trouble(DOING_READ_ZONES, "/usr/share/zoneinfo");
	return status == ZONE_OK;
}

/* Says of each event what the calendar's own checks will, since a file that is new should be good. */
static void look_ahead(struct importing *importing, struct str text, const uint32_t *lines)
{
	struct loaded *loaded = &importing->loaded;
	const struct import *import = &importing->import;
	struct findings ahead = {.arena = &loaded->arena, .sources = &loaded->sources};
	uint32_t source = source_add(&loaded->sources, STR("<stdout>"), str_copy(&loaded->arena, text));
	check_more(loaded, source, &ahead);
	for (size_t i = 0, event = 0; i < ahead.count; i++) {
		const struct finding *finding = &ahead.items[i];
		/* What the calendar has already was said. */
		bool known = finding->code == CODE_DUPLICATE_ID || finding->code == CODE_DUPLICATE_UID;
		if (finding->span.source != source || finding->severity != SEVERITY_ERROR || known)
			continue;
		uint32_t line = source_place(&loaded->sources, finding->span).line;
		while (event + 1 < import->count && lines[event + 1] <= line)
			event++;
		ADD(import, MSG_NOT_IMPORTED_WHOLE, import->items[event]->span, import->items[event]->id, finding->text,
			finding->help);
	}
}

static enum exit_status print_events(struct importing *importing)
{
	struct buffer out = {0};
	const struct import *import = &importing->import;
	uint32_t *lines = arena_alloc(&importing->loaded.arena, (import->count + 1) * sizeof(*lines));
	import_join(&importing->import);
	if (import->count)
		import_write(&out, import, lines);
	if (import->count && import->count <= AHEAD_MOST && import->calendar->file_count)
		look_ahead(importing, buffer_str(&out), lines);
	print_output(buffer_str(&out));
	buffer_free(&out);
	findings_sort(&importing->findings);
	show_findings(stderr, &importing->findings, importing->options);
	if (!importing->options->quiet)
		fprintf(stderr, LOCAL("%s imported\n", "%s geïmporteerd\n"),
			noun_count(&importing->loaded.arena, import->count, noun_event));
	if (!flush_output())
		return EXIT_TROUBLE;
	return must_fail(&importing->findings, importing->options) ? EXIT_FINDINGS : EXIT_DONE;
}

enum exit_status cmd_import(const struct options *options)
{
	struct importing importing = {.options = options};
	enum exit_status status = EXIT_DONE;
	if (!options->operands.count) {
		tell("%s", LOCAL("import needs a file: .ics, .csv or the YAML of yaml2ics",
				   "import heeft een bestand nodig: .ics, .csv of de YAML van yaml2ics"));
		return EXIT_USAGE;
	}
	if (!read_calendar(&importing))
		status = EXIT_TROUBLE;
	else if (!read_zone(&importing))
		status = EXIT_USAGE;
	for (size_t i = 0; status == EXIT_DONE && i < options->operands.count; i++)
		if (!import_file(&importing, options->operands.items[i]))
			status = EXIT_TROUBLE;
	if (status == EXIT_DONE)
		status = print_events(&importing);
	loaded_free(&importing.loaded);
	return status;
}
