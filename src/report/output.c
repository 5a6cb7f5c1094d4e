#include "report/output.h"

#include "base/arena.h"
#include "report/escape.h"
#include "report/trouble.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

void print_refused(struct tally tally)
{
	struct arena arena = {0};
	fprintf(stderr, LOCAL("nothing was written: %s, %s\n", "er is niets geschreven: %s, %s\n"),
		noun_count(&arena, tally.errors, noun_error), noun_count(&arena, tally.warnings, noun_warning));
	arena_free(&arena);
}

void print_counts(
	const char *directory, struct noun thing, size_t count, size_t written, size_t unchanged, size_t removed)
{
	struct arena arena = {0};
	struct str folder = escape(&arena, str_from(directory));
	fprintf(stderr,
		LOCAL("%.*s: %s; %s written, %zu unchanged, %zu removed\n",
			"%.*s: %s; %s geschreven, %zu ongewijzigd, %zu verwijderd\n"),
		STR_ARG(folder), noun_count(&arena, count, thing), noun_count(&arena, written, noun_file), unchanged,
		removed);
	arena_free(&arena);
}

void print_output(struct str text)
{
	fwrite(text.ptr, 1, text.len, stdout);
}

void print_pieces(const struct pieces *text)
{
	for (size_t i = 0; i < text->count; i++)
		print_output(text->items[i]);
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
	return trouble(DOING_WRITE, LOCAL("standard output", "de standaarduitvoer"));
}
