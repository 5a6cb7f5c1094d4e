#include "session/session.h"

#include "publish/transaction.h"
#include "report/output.h"

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
		print_refused(tally);
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

void print_written(const struct transaction *transaction, const char *directory, const char *thing, size_t count)
{
	struct counts counts = {{0}};
	transaction_each(transaction, count_fate, &counts);
	print_counts(directory, thing, count, counts.of[FATE_NEW] + counts.of[FATE_CHANGED], counts.of[FATE_UNCHANGED],
		counts.of[FATE_REMOVED]);
}
