/*
 * The command line, read by the tables of cmd/tables.h.
 */
#ifndef CMD_PARSE_H
#define CMD_PARSE_H

#include "cmd/cmd.h"
#include "cmd/options.h"

/* The index of the first word that is neither an option nor the value of one: the command. argc if there is none. */
int parse_command(int argc, char **argv);

/*
 * Reads the words behind a command (argv[0] is the first of them); COMMAND_COUNT: no command is named. Options and
 * operands may be mixed; "--" ends the options. False: a message on standard error has said what is wrong, with the
 * nearest option or word; the status is EXIT_USAGE. What options points to lives as long as argv; parse_free() frees
 * the rest in either case.
 */
bool parse_options(struct options *options, enum command_number command, int argc, char **argv);
void parse_free(struct options *options);

#endif
