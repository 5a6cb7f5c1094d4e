#include "cmd/export.h"

#include "base/program.h"
#include "base/threads.h"
#include "cmd/known.h"
#include "cmd/preview.h"
#include "ical/file.h"
#include "page/page.h"
#include "publish/cache.h"
#include "publish/transaction.h"
#include "report/output.h"
#include "report/trouble.h"
#include "session/session.h"
#include "time/libical.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Google does not take much larger feeds (roed314/seminars#777). */
enum { FEED_MOST = 1000000 };

/* So many pages of events are in memory at a time; with fewer than the other, a thread costs more than it saves. */
enum { PAGES_AT_ONCE = 256, PAGES_LEAST = 32 };

enum { PROGRESS_EVERY = 64, PROGRESS_AFTER_NS = 500000000 };

enum export_format { EXPORT_TEXT, EXPORT_JSON };

const struct keyword export_formats[] = {
	[EXPORT_TEXT] = {"text", W("for people", "voor mensen")},
	[EXPORT_JSON] = {"json", W("for programs", "voor programma's")},
	{NULL, W(NULL, NULL)},
};

static bool wanted(const struct options *options, const struct feed *feed)
{
	for (size_t i = 0; i < options->feeds.count; i++)
		if (str_equal(str_from(options->feeds.items[i]), feed->id.str))
			return true;
	return !options->feeds.count;
}

/* Progress on a terminal, shown once the export takes long. */
struct progress {
	bool on;
	struct timespec begun;
	size_t done, all;
};

static void progress_step(struct progress *progress, bool last)
{
	struct timespec now;
	if (!progress->on || (++progress->done % PROGRESS_EVERY && !last))
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	int64_t passed =
		(int64_t)(now.tv_sec - progress->begun.tv_sec) * 1000000000 + now.tv_nsec - progress->begun.tv_nsec;
	if (passed < PROGRESS_AFTER_NS)
		return;
	if (last)
		fputs("\r\033[K", stderr);
	else
		fprintf(stderr, LOCAL("\r%zu of %zu files", "\r%zu van %zu bestanden"), progress->done, progress->all);
}

static size_t count_published(const struct calendar *calendar)
{
	size_t count = 0;
	for (size_t i = 0; i < calendar->schedule_count; i++)
		count += schedule_is_published(calendar->schedules[i]);
	return count;
}

/* Warns of a feed that is larger than some readers take. */
static void look_at_size(struct loaded *loaded, const struct feed *feed, size_t size)
{
	struct span own = feed->id.at.span;
	if (size <= FEED_MOST)
		return;
	finding_add(&loaded->findings, MSG_LARGE_FEED, own.source ? own : loaded->calendar.span,
		WORDS(feed->id.str, str_format(&loaded->arena, "%zu", size)));
	findings_sort(&loaded->findings);
}

/* Puts a file that was made in text into the transaction. */
static bool add_page(struct transaction *transaction, struct str path, struct buffer *text)
{
	bool good = transaction_add(transaction, path, buffer_str(text));
	text->len = 0;
	return good;
}

/* The pages of some events, made in several threads, each with an arena of its own. */
struct page_batch {
	const struct pages *pages;
	const struct schedule *events[PAGES_AT_ONCE];
	struct buffer texts[PAGES_AT_ONCE];
	size_t count;
	struct arena arenas[THREADS_MOST];
};

static void make_page(void *context, unsigned worker, size_t index)
{
	struct page_batch *batch = context;
	struct pages pages = *batch->pages;
	pages.arena = &batch->arenas[worker];
	page_event(&pages, batch->events[index], &batch->texts[index]);
}

/* Puts the pages of the events that were gathered into the transaction. */
static bool add_batch(struct page_batch *batch, struct transaction *transaction)
{
	struct arena paths = {0};
	bool good = true;
	threads_each(threads_for(batch->count, PAGES_LEAST), 0, batch->count, make_page, batch);
	for (size_t i = 0; good && i < batch->count; i++)
		good = add_page(transaction, str_format(&paths, "events/%.*s.html", STR_ARG(batch->events[i]->id)),
			&batch->texts[i]);
	batch->count = 0;
	arena_free(&paths);
	return good;
}

static bool add_event_pages(const struct pages *pages, struct transaction *transaction)
{
	const struct calendar *calendar = pages->calendar;
	struct page_batch batch = {.pages = pages};
	bool good = true;
	for (size_t i = 0; good && i < calendar->schedule_count; i++) {
		if (schedule_is_published(calendar->schedules[i]))
			batch.events[batch.count++] = calendar->schedules[i];
		if (batch.count == PAGES_AT_ONCE)
			good = add_batch(&batch, transaction);
	}
	good = good && add_batch(&batch, transaction);
	for (size_t i = 0; i < PAGES_AT_ONCE; i++)
		buffer_free(&batch.texts[i]);
	for (size_t i = 0; i < THREADS_MOST; i++)
		arena_free(&batch.arenas[i]);
	return good;
}

static bool add_pages(struct loaded *loaded, struct transaction *transaction, struct buffer *text)
{
	struct pages pages = pages_make(&loaded->arena, &loaded->calendar, &loaded->revisions);
	text->len = 0;
	page_index(&pages, text);
	bool good = add_page(transaction, STR("index.html"), text);
	page_style(text);
	good = good && add_page(transaction, STR("style.css"), text);
	page_atom(&pages, text);
	return good && add_page(transaction, STR("agenda.atom"), text) && add_event_pages(&pages, transaction);
}

static bool add_files(struct loaded *loaded, struct transaction *transaction, const struct files *files,
	const struct options *options)
{
	const struct calendar *calendar = files->calendar;
	struct arena paths = {0};
	struct pieces pieces = {0};
	struct buffer text = {0};
	bool good = true;
	struct progress progress = {.on = !options->quiet && isatty(STDERR_FILENO),
		.all = count_published(calendar) + calendar->feeds.count};
	clock_gettime(CLOCK_MONOTONIC, &progress.begun);
	for (size_t i = 0; good && i < calendar->feeds.count; i++) {
		const struct feed *feed = calendar->feeds.items[i];
		if (!wanted(options, feed))
			continue;
		pieces.count = pieces.len = 0;
		files_feed(files, feed, &pieces);
		look_at_size(loaded, feed, pieces.len);
		struct str path = str_format(&paths, "%.*s.ics", STR_ARG(feed->id.str));
		good = transaction_add_pieces(transaction, path, &pieces);
		progress_step(&progress, false);
	}
	for (size_t i = 0; good && !options->feeds.count && i < calendar->schedule_count; i++) {
		if (!schedule_is_published(calendar->schedules[i]))
			continue;
		pieces.count = pieces.len = 0;
		files_event(files, i, &pieces);
		arena_release(&paths, (struct arena_mark){0});
		struct str path = str_format(&paths, "events/%.*s.ics", STR_ARG(calendar->schedules[i]->id));
		good = transaction_add_pieces(transaction, path, &pieces);
		progress_step(&progress, false);
	}
	if (good && !options->feeds.count && calendar_has_pages(calendar))
		good = add_pages(loaded, transaction, &text);
	progress_step(&progress, true);
	pieces_free(&pieces);
	buffer_free(&text);
	arena_free(&paths);
	return good;
}

/* Warns if only its owner can open a folder: evcal makes no such folder, but does not change one that exists. */
static void say_closed(const char *directory)
{
	struct stat folder;
	if (!stat(directory, &folder) && !(folder.st_mode & (S_IXGRP | S_IXOTH)))
		tell(LOCAL("%s: only its owner can open this folder; for a web server to read the files, chmod go+x %s",
			     "%s: alleen de eigenaar kan deze map openen; geef een webserver toegang met chmod go+x "
			     "%s"),
			directory, directory);
}

static const char *directory_of(const struct options *options)
{
	return options->output ? options->output : "public";
}

static void say_closed_folders(const struct options *options)
{
	const char *directory = directory_of(options);
	struct arena scratch = {0};
	say_closed(directory);
	say_closed(str_format(&scratch, "%s/events", directory).ptr);
	arena_free(&scratch);
}

/*
 * A digest of all that the files of feeds and events depend on: this program, the definitions, the zone data, the
 * remembered revisions, and today where a feed leaves out what is past, or there are pages. False: there is no digest,
 * or not all files are to be written.
 */
static bool find_origin(const struct loaded *loaded, const struct options *options, struct digest *origin)
{
	const struct calendar *calendar = &loaded->calendar;
	int64_t today = date_days(calendar->today);
	struct digest parts[3] = {[2] = loaded->remembered};
	/* The digest is of the libraries that are loaded, and libical is not yet. */
	libical_load();
	if (options->feeds.count || options->dry_run || !program_digest(&parts[0]))
		return false;
	parts[1] = zones_digest(&loaded->zones);
	struct hasher *hasher = hasher_open();
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		hasher_add(hasher, str_from(parts[i].hex));
	for (uint32_t i = 1; i <= loaded->sources.count; i++) {
		struct str bytes = source_get(&loaded->sources, i)->bytes;
		if (i == loaded->revisions_source)
			continue;
		hasher_add(hasher, (struct str){(const char *)&bytes.len, sizeof(bytes.len)});
		hasher_add(hasher, bytes);
	}
	bool asks_today = calendar_has_pages(calendar);
	for (size_t i = 0; i < calendar->feeds.count; i++)
		asks_today |= at_valid(&calendar->feeds.items[i]->past.at);
	if (asks_today)
		hasher_add(hasher, (struct str){(const char *)&today, sizeof(today)});
	*origin = hasher_close(hasher);
	return true;
}

/* True if the last export was made from the same input and its files are unchanged. */
static bool is_current(struct loaded *loaded, const struct options *options, size_t *files)
{
	struct digest origin;
	return !options->forget.count && find_origin(loaded, options, &origin) &&
	       cache_holds(&loaded->arena, directory_of(options), &origin, files);
}

/* current: --locked is not there, or the revisions are as they were. */
static enum exit_status export_to_folder(
	struct loaded *loaded, const struct files *files, const struct options *options, bool current)
{
	const char *directory = directory_of(options);
	struct digest origin;
	struct transaction_options how = {.file_mode = 0644,
		.folder_mode = 0755,
		.remove_stale = !options->feeds.count,
		.expected = options->feeds.count ? 0 : count_published(files->calendar),
		.dry_run = options->dry_run || !current || must_fail(&loaded->findings, options)};
	enum exit_status status = EXIT_TROUBLE;
	struct transaction *transaction = transaction_open(&loaded->arena, directory, how);
	bool lost = false;
	bool added = transaction && add_files(loaded, transaction, files, options) &&
		     find_lost(loaded, transaction, directory, options, &lost);
	/* That the revisions are outdated only follows where they were lost. */
	if (!lost && !current)
		add_outdated(loaded);
	if (!passes(loaded, options))
		status = EXIT_FINDINGS;
	if (!added || status == EXIT_FINDINGS)
		goto out;
	if (options->dry_run) {
		preview_print(
			transaction, files, &loaded->revisions, loaded->now, directory, options->format == EXPORT_JSON);
		status = flush_output() ? EXIT_DONE : EXIT_TROUBLE;
		goto out;
	}
	/* Saved first, so that no subscriber sees a revision that is not remembered. */
	if (!revisions_save(loaded, options) || !transaction_commit(transaction))
		goto out;
	if (find_origin(loaded, options, &origin))
		cache_keep(&loaded->arena, directory, &origin);
	if (!options->quiet) {
		print_written(transaction, directory, noun_event, count_published(files->calendar));
		say_closed_folders(options);
	}
	status = EXIT_DONE;
out:
	transaction_close(transaction);
	return status;
}

/* current: as in export_to_folder(). */
static enum exit_status export_to_output(
	struct loaded *loaded, const struct files *files, const struct options *options, bool current)
{
	const struct feed *only = NULL;
	size_t count = 0;
	for (size_t i = 0; i < files->calendar->feeds.count; i++)
		if (wanted(options, files->calendar->feeds.items[i])) {
			only = files->calendar->feeds.items[i];
			count++;
		}
	if (count != 1) {
		fputs(LOCAL("evcal: standard output takes one feed; say which with --feed=ID\n",
			      "evcal: op de standaarduitvoer past één feed; zeg welke met --feed=ID\n"),
			stderr);
		return EXIT_USAGE;
	}
	struct pieces text = {0};
	enum exit_status status = EXIT_FINDINGS;
	files_feed(files, only, &text);
	look_at_size(loaded, only, text.len);
	if (!current)
		add_outdated(loaded);
	if (!passes(loaded, options))
		goto out;
	status = EXIT_TROUBLE;
	if (!revisions_save(loaded, options))
		goto out;
	print_pieces(&text);
	if (flush_output())
		status = EXIT_DONE;
out:
	pieces_free(&text);
	return status;
}

/* That a word of --forget names nothing that is gone. */
static enum exit_status say_refused(const struct refusal *refusal)
{
	if (!refusal->present) {
		usage_unknown(
			LOCAL("nothing was published as", "niets is gepubliceerd als"), refusal->word, refusal->near);
		return EXIT_USAGE;
	}
	fputs("evcal: --forget: \"", stderr);
	usage_word(refusal->word);
	fprintf(stderr, "\" %s\n",
		LOCAL("is still in the files; take it out of them first",
			"staat nog in de bestanden; haal het daar eerst weg"));
	return EXIT_USAGE;
}

/* The same of the feeds that the last export wrote, and that are still as they were. */
static void look_at_written(struct loaded *loaded, const struct options *options)
{
	const struct calendar *calendar = &loaded->calendar;
	struct arena scratch = {0};
	struct stat file;
	for (size_t i = 0; i < calendar->feeds.count; i++) {
		const struct feed *feed = calendar->feeds.items[i];
		struct str path = str_format(&scratch, "%s/%.*s.ics", directory_of(options), STR_ARG(feed->id.str));
		if (!stat(path.ptr, &file))
			look_at_size(loaded, feed, (size_t)file.st_size);
	}
	arena_free(&scratch);
}

static enum exit_status write_calendar(struct loaded *loaded, const struct options *options)
{
	if (loaded->refusal.word.ptr)
		return say_refused(&loaded->refusal);
	if (findings_tally(&loaded->findings).errors) {
		passes(loaded, options);
		return EXIT_FINDINGS;
	}
	if (!known_words(&loaded->calendar, VALUE_FEED, &options->feeds))
		return EXIT_USAGE;
	bool to_output = options->output && !strcmp(options->output, "-");
	size_t count;
	if (!to_output && is_current(loaded, options, &count)) {
		look_at_written(loaded, options);
		if (!passes(loaded, options))
			return EXIT_FINDINGS;
		if (!options->quiet) {
			print_counts(
				directory_of(options), noun_event, count_published(&loaded->calendar), 0, count, 0);
			say_closed_folders(options);
		}
		return EXIT_DONE;
	}
	struct files files = files_make(&loaded->arena, &loaded->calendar);
	bool current = revise(loaded, &files, options);
	if (!to_output)
		return export_to_folder(loaded, &files, options, current);
	return export_to_output(loaded, &files, options, current);
}

/* True for "agenda.ics": whoever writes that wants one file, not a folder of that name. */
static bool names_file(struct str output)
{
	return output.len >= 4 && str_equal_nocase(str_part(output, output.len - 4, output.len), STR(".ics"));
}

static void say_one_file(const struct options *options)
{
	const char *feed = options->feeds.count ? options->feeds.items[0] : "ID";
	fputs(LOCAL("evcal: -o names a folder; to write one feed to a file: evcal export -o - --feed=",
		      "evcal: -o noemt een map; zo schrijf je één feed naar een bestand: evcal export -o - --feed="),
		stderr);
	usage_word(str_from(feed));
	fputs(" >", stderr);
	usage_word(str_from(options->output));
	fputc('\n', stderr);
}

enum exit_status cmd_export(const struct options *options)
{
	struct loaded loaded;
	if (options->format == EXPORT_JSON && !options->dry_run) {
		fputs(LOCAL("evcal: --format=json goes with --dry-run\n", "evcal: --format=json hoort bij --dry-run\n"),
			stderr);
		return EXIT_USAGE;
	}
	if (options->forget.count && options->locked) {
		fputs(LOCAL("evcal: --forget changes revisions.yaml, which --locked leaves as it is\n",
			      "evcal: --forget verandert revisions.yaml, en --locked laat dat zoals het is\n"),
			stderr);
		return EXIT_USAGE;
	}
	if (options->output && names_file(str_from(options->output))) {
		say_one_file(options);
		return EXIT_USAGE;
	}
	bool read = options->dry_run ? load(&loaded, options, NULL) : load_to_write(&loaded, options);
	enum exit_status status = read ? write_calendar(&loaded, options) : EXIT_TROUBLE;
	loaded_free(&loaded);
	return status;
}
