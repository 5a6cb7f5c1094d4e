/*
 * The command line, read by the tables of cmd/tables.h.
 */
#ifndef CMD_PARSE_H
#define CMD_PARSE_H

#include "cmd/cmd.h"
#include "cmd/options.h"

/* The index of the first word that is neither an option nor the value of one: the command. argc if there is none. */
int parse_command(int argc, char **argv);

/* What must be known before anything is said of the command line: the words of two options, in whatever place. */
struct first_options {
	const char *language; /* NULL: it is not given */
	const char *directory;
};

/* Nothing else is looked at, and nothing is said: what is wrong will be found by parse_options(). */
struct first_options parse_first(int argc, char **argv);

/*
 * Reads the words behind a command (argv[0] is the first of them); COMMAND_COUNT: no command is named. Options and
 * operands may be mixed; "--" ends the options. False: a message on standard error has said what is wrong, with the
 * nearest option or word; the status is EXIT_USAGE. What options points to lives as long as argv; parse_free() frees
 * the rest in either case.
 */
bool parse_options(struct options *options, enum command_number command, int argc, char **argv);
void parse_free(struct options *options);

#endif
