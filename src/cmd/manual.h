/*
 * What the help and the manual pages say of the commands beyond their one line in the table of cmd/commands.c.
 */
#ifndef CMD_MANUAL_H
#define CMD_MANUAL_H

#include "cmd/cmd.h"

struct usage_example {
	const char *line; /* for the shell */
	const char *doc;  /* what it does: one clause */
};

struct chapter {
	const char *command;
	const char *text;                     /* paragraphs, as cmd/page.h takes them */
	const struct usage_example *examples; /* ends with a row whose line is NULL */
};

/* The chapter of a command, by its name; the same for the whole run. NULL: it has none yet. */
const struct chapter *manual_chapter(const char *command);

/* The meanings of the exit status, by enum exit_status. */
extern const char *const exit_meanings[EXIT_TROUBLE + 1];

/* "-o, --output=DIR"; where padded, an option without a letter leaves room for one. */
struct str option_flag(struct arena *arena, const struct option_row *row, bool padded);
/* A clause of the tables as a sentence: with a capital, and with '.' or ':' at its end. */
struct str sentence(struct arena *arena, const char *clause, char end);
/* Prints the manual page of a section, 1 or 5, as mdoc(7): its frame in src/man/, and the tables. */
void manual_page(FILE *stream, int section);

#endif
