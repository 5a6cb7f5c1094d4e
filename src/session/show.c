#include "session/session.h"

#include "publish/transaction.h"
#include "report/output.h"

#include <string.h>

void show_findings(FILE *stream, const struct findings *findings, const struct options *options)
{
	int fd = fileno(stream);
	report_text(stream, findings, options_color(options, fd), terminal_width(fd));
}

static bool is_allowed(const struct finding *finding, const struct words *codes)
{
	for (size_t i = 0; i < codes->count; i++)
		if (!strcmp(code_row(finding->code)->name, codes->items[i]))
			return true;
	return false;
}

bool must_fail(const struct findings *findings, const struct options *options)
{
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->items[i];
		bool counts = finding->severity == SEVERITY_ERROR ||
			      (options->strict && !is_allowed(finding, &options->allow));
		if (counts && !finding_hidden(findings, finding))
			return true;
	}
	return false;
}

bool passes(const struct loaded *loaded, const struct options *options)
{
	show_findings(stderr, &loaded->findings, options);
	if (!must_fail(&loaded->findings, options))
		return true;
	if (!options->quiet)
		print_refused(findings_tally(&loaded->findings));
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

void print_written(const struct transaction *transaction, const char *directory, struct noun thing, size_t count)
{
	struct counts counts = {{0}};
	transaction_each(transaction, count_fate, &counts);
	print_counts(directory, thing, count, counts.of[FATE_NEW] + counts.of[FATE_CHANGED], counts.of[FATE_UNCHANGED],
		counts.of[FATE_REMOVED]);
}
