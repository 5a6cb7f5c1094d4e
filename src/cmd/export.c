#include "cmd/cmd.h"

#include "base/suggest.h"
#include "cmd/preview.h"
#include "ical/file.h"
#include "publish/lock.h"
#include "publish/transaction.h"
#include "report/trouble.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { PROGRESS_EVERY = 64, PROGRESS_AFTER_NS = 500000000 };

static bool wanted(const struct options *options, const struct feed *feed)
{
	for (size_t i = 0; i < options->feeds.count; i++)
		if (str_equal(str_from(options->feeds.items[i]), feed->id.str))
			return true;
	return !options->feeds.count;
}

/* Every --feed names a feed; else says so, with the nearest. */
static bool feeds_exist(const struct calendar *calendar, const struct options *options)
{
	for (size_t i = 0; i < options->feeds.count; i++) {
		struct str id = str_from(options->feeds.items[i]);
		struct suggestion near = {0};
		bool found = false;
		for (size_t j = 0; j < calendar->feeds.count; j++) {
			found |= str_equal(calendar->feeds.items[j]->id.str, id);
			suggest(&near, id, calendar->feeds.items[j]->id.str);
		}
		if (found)
			continue;
		usage_unknown("there is no feed", id, near.best);
		return false;
	}
	return true;
}

/* A line on a terminal that says how far it is, once it takes long. */
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
		fprintf(stderr, "\r%zu of %zu files", progress->done, progress->all);
}

static bool add_files(struct transaction *transaction, const struct files *files, const struct options *options)
{
	const struct calendar *calendar = files->calendar;
	struct pieces text = {0};
	bool good = true;
	struct progress progress = {
		.on = !options->quiet && isatty(STDERR_FILENO), .all = calendar->event_count + calendar->feeds.count};
	clock_gettime(CLOCK_MONOTONIC, &progress.begun);
	for (size_t i = 0; good && i < calendar->feeds.count; i++) {
		const struct feed *feed = calendar->feeds.items[i];
		if (!wanted(options, feed))
			continue;
		text.count = 0;
		files_feed(files, feed, &text);
		struct str path = str_format(files->arena, "%.*s.ics", STR_ARG(feed->id.str));
		good = transaction_add(transaction, path, &text);
		progress_step(&progress, false);
	}
	for (size_t i = 0; good && !options->feeds.count && i < calendar->event_count; i++) {
		text.count = 0;
		files_event(files, i, &text);
		struct str path = str_format(files->arena, "events/%.*s.ics", STR_ARG(calendar->events[i]->id.str));
		good = transaction_add(transaction, path, &text);
		progress_step(&progress, false);
	}
	progress_step(&progress, true);
	pieces_free(&text);
	return good;
}

/* Says so where a folder keeps everybody else out; evcal makes none that does, but leaves one as it was made. */
static void say_closed(const char *directory)
{
	struct stat folder;
	if (!stat(directory, &folder) && !(folder.st_mode & (S_IXGRP | S_IXOTH)))
		fprintf(stderr,
			"%s: only its owner can open this folder; for a web server to read the files, chmod go+x %s\n",
			directory, directory);
}

static enum exit_status export_to_folder(
	struct loaded *loaded, const struct files *files, const struct options *options)
{
	const char *directory = options->output ? options->output : "public";
	struct transaction_options how = {.file_mode = 0644,
		.folder_mode = 0755,
		.remove_stale = !options->feeds.count,
		.dry_run = options->dry_run};
	enum exit_status status = EXIT_TROUBLE;
	struct transaction *transaction = transaction_open(&loaded->arena, directory, how);
	if (!transaction || !add_files(transaction, files, options))
		goto out;
	if (options->dry_run) {
		preview_print(transaction, files, &loaded->revisions, directory, options->format == EXPORT_JSON);
		status = flush_output() ? EXIT_DONE : EXIT_TROUBLE;
		goto out;
	}
	/* What subscribers have seen is never newer than what is remembered. */
	if (!revisions_save(loaded, options) || !transaction_commit(transaction))
		goto out;
	if (!options->quiet) {
		print_written(transaction, directory, "event", files->calendar->event_count);
		say_closed(directory);
		say_closed(str_format(&loaded->arena, "%s/events", directory).ptr);
	}
	status = EXIT_DONE;
out:
	transaction_close(transaction);
	return status;
}

static enum exit_status export_to_output(
	const struct loaded *loaded, const struct files *files, const struct options *options)
{
	const struct feed *only = NULL;
	size_t count = 0;
	for (size_t i = 0; i < files->calendar->feeds.count; i++)
		if (wanted(options, files->calendar->feeds.items[i])) {
			only = files->calendar->feeds.items[i];
			count++;
		}
	if (count != 1) {
		fputs("evcal: standard output takes one feed; say which with --feed=ID\n", stderr);
		return EXIT_USAGE;
	}
	struct pieces text = {0};
	if (!revisions_save(loaded, options))
		return EXIT_TROUBLE;
	files_feed(files, only, &text);
	print_pieces(&text);
	pieces_free(&text);
	return flush_output() ? EXIT_DONE : EXIT_TROUBLE;
}

static enum exit_status write_calendar(struct loaded *loaded, const struct options *options)
{
	if (findings_tally(&loaded->findings).errors) {
		passes(loaded, options);
		return EXIT_FINDINGS;
	}
	if (!feeds_exist(&loaded->calendar, options))
		return EXIT_USAGE;
	struct files files = files_make(&loaded->arena, &loaded->calendar);
	revise(loaded, &files, options);
	if (!passes(loaded, options))
		return EXIT_FINDINGS;
	if (options->output && !strcmp(options->output, "-"))
		return export_to_output(loaded, &files, options);
	return export_to_folder(loaded, &files, options);
}

enum exit_status cmd_export(const struct options *options)
{
	struct loaded loaded;
	if (options->operands.count) {
		fprintf(stderr, "evcal: export takes no file names; \"%s\" is one too many\n",
			options->operands.items[0]);
		return EXIT_USAGE;
	}
	if (options->format == EXPORT_JSON && !options->dry_run) {
		fputs("evcal: --format=json goes with --dry-run\n", stderr);
		return EXIT_USAGE;
	}
	int lock = options->dry_run ? -1 : calendar_lock(options);
	enum exit_status status = load(&loaded, options, NULL) ? write_calendar(&loaded, options) : EXIT_TROUBLE;
	loaded_free(&loaded);
	lock_release(lock);
	return status;
}
