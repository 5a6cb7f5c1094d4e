#include "cmd/cmd.h"

#include "base/pieces.h"
#include "publish/transaction.h"
#include "report/trouble.h"

void show_findings(FILE *stream, const struct findings *findings, const struct options *options)
{
	int fd = fileno(stream);
	report_text(stream, findings, options_color(options, fd), terminal_width(fd));
}

bool passes(const struct loaded *loaded, const struct options *options)
{
	struct tally tally = findings_tally(&loaded->findings);
	show_findings(stderr, &loaded->findings, options);
	if (!tally.errors && !(options->strict && tally.warnings))
		return true;
	if (!options->quiet)
		fprintf(stderr, "nothing was written: %zu error%s, %zu warning%s\n", tally.errors,
			tally.errors == 1 ? "" : "s", tally.warnings, tally.warnings == 1 ? "" : "s");
	return false;
}

struct counts {
	size_t of[FATE_REMOVED + 1];
};

static void count_fate(void *context, struct str path, enum fate fate)
{
	struct counts *counts = context;
	(void)path;
	counts->of[fate]++;
}

void print_counts(
	const char *directory, const char *thing, size_t count, size_t written, size_t unchanged, size_t removed)
{
	fprintf(stderr, "%s: %zu %s%s; %zu file%s written, %zu unchanged, %zu removed\n", directory, count, thing,
		count == 1 ? "" : "s", written, written == 1 ? "" : "s", unchanged, removed);
}

void print_written(const struct transaction *transaction, const char *directory, const char *thing, size_t count)
{
	struct counts counts = {{0}};
	transaction_each(transaction, count_fate, &counts);
	print_counts(directory, thing, count, counts.of[FATE_NEW] + counts.of[FATE_CHANGED], counts.of[FATE_UNCHANGED],
		counts.of[FATE_REMOVED]);
}

void print_pieces(const struct pieces *pieces)
{
	for (size_t i = 0; i < pieces->count; i++)
		fwrite(pieces->items[i].ptr, 1, pieces->items[i].len, stdout);
}

bool flush_output(void)
{
	/* An error of before must not hide behind a flush that has nothing left to write. */
	bool failed = ferror(stdout);
	return (!fflush(stdout) && !failed) || trouble("write", "standard output");
}
