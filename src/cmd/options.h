/*
 * The command line. One table of options serves parsing, the suggestions and the help.
 */
#ifndef CMD_OPTIONS_H
#define CMD_OPTIONS_H

#include "base/str.h"

enum exit_status { EXIT_DONE, EXIT_FINDINGS, EXIT_USAGE, EXIT_TROUBLE };

/* The commands, as bits of option_row.commands; in the order of the table in commands.c. */
enum command_bit {
	FOR_VALIDATE = 1 << 0,
	FOR_EXPORT = 1 << 1,
	FOR_INVITE = 1 << 2,
	FOR_LIST = 1 << 3,
	FOR_NEW = 1 << 4,
	FOR_SCHEMA = 1 << 5,
	FOR_HELP = 1 << 6,
	FOR_ALL = (1 << 7) - 1,
};

/* What --format names: a list of words for each command that has it. */
enum validate_format { FORMAT_TEXT, FORMAT_JSON, FORMAT_GITHUB, FORMAT_SARIF };
enum export_format { EXPORT_TEXT, EXPORT_JSON };
enum invite_format { INVITE_ICS, INVITE_EML };
/* Those from LIST_EVENT on are for completions. */
enum list_format { LIST_TABLE, LIST_JSON, LIST_TSV, LIST_ID, LIST_EVENT, LIST_TYPE, LIST_CATEGORY, LIST_FEED };
enum color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* Words of the command line, in the order in which they stand there. */
struct words {
	const char **items;
	size_t count;
};

struct options {
	const char *directory; /* -C */
	enum color color;
	bool quiet, help, version;
	int format; /* of the command's own list; its first word where it is not given */
	bool strict;
	const char *stdin_name;         /* or NULL */
	const char *output;             /* -o, or NULL */
	struct words feeds;             /* --feed */
	struct words types, categories; /* --type, --category */
	const char *from, *until;       /* --from, --until, or NULL */
	bool dry_run, locked;
	struct words attendees, to; /* --attendees, --to */
	bool cancel;
	int manual; /* --man: the section, or 0 */
	struct words operands;
};

struct option_row {
	const char *name; /* without the two hyphens */
	char letter;      /* or 0 */
	unsigned commands;
	const char *argument;       /* what --help calls it, or NULL */
	const char *const *choices; /* the words that it takes, or NULL for any; ends in NULL */
	const char *doc;
	void (*set)(struct options *options, const char *argument, int choice);
};

/* Ends with a row whose name is NULL. An option that takes other words for other commands has a row for each. */
extern const struct option_row option_rows[];

/* The index of the first word that is neither an option nor an option's argument: the command. argc where there is
 * none. */
int options_command(int argc, char **argv);

/*
 * Parses the words behind the command (argv[0] is the first of them). Options and operands may be mixed; "--" ends the
 * options. False: a message on standard error has said what is wrong, with the nearest option; the status is
 * EXIT_USAGE. What options points to lives as long as argv.
 */
bool options_parse(struct options *options, unsigned command, const char *command_name, int argc, char **argv);
void options_free(struct options *options);

/*
 * Says on standard error that a word is not known: "evcal: <what> "<word>"", with the nearest word, if there is one.
 * The status is EXIT_USAGE.
 */
void usage_unknown(const char *what, struct str word, struct str near);

/* Whether a stream is to be coloured. */
bool options_color(const struct options *options, int fd);
/* The width of the terminal behind a stream in columns; 0: it is none. */
unsigned terminal_width(int fd);

#endif
