#include "report/output.h"

#include "report/escape.h"
#include "report/trouble.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

void print_refused(struct tally tally)
{
	fprintf(stderr, "nothing was written: %zu error%s, %zu warning%s\n", tally.errors, tally.errors == 1 ? "" : "s",
		tally.warnings, tally.warnings == 1 ? "" : "s");
}

void print_counts(
	const char *directory, const char *thing, size_t count, size_t written, size_t unchanged, size_t removed)
{
	struct buffer escaped = {0};
	escape_add(&escaped, str_from(directory));
	fprintf(stderr, "%.*s: %zu %s%s; %zu file%s written, %zu unchanged, %zu removed\n",
		STR_ARG(buffer_str(&escaped)), count, thing, count == 1 ? "" : "s", written, written == 1 ? "" : "s",
		unchanged, removed);
	buffer_free(&escaped);
}

void print_output(struct str text)
{
	fwrite(text.ptr, 1, text.len, stdout);
}

/* Whether nobody reads what is written any more: "| head" has seen enough, and need not be told. */
static bool reader_gone(void)
{
	struct pollfd output = {.fd = STDOUT_FILENO};
	return poll(&output, 1, 0) > 0 && output.revents & POLLERR;
}

bool flush_output(void)
{
	/* An error of before must not hide behind a flush that has nothing left to write. */
	bool failed = ferror(stdout);
	if (!fflush(stdout) && !failed)
		return true;
	int error = errno;
	if (reader_gone())
		return false;
	errno = error;
	return trouble("write", "standard output");
}
