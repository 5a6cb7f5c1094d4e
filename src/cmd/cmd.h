/*
 * The commands. They and session/ alone join the stations.
 */
#ifndef CMD_CMD_H
#define CMD_CMD_H

#include "cmd/options.h"
#include "report/output.h"
#include "session/session.h"

struct command {
	const char *name;
	enum exit_status (*run)(const struct options *options);
	unsigned bit; /* enum command_bit */
	const char *operands;
	const char *doc; /* one line */
};

/* Ends with a row whose name is NULL. */
extern const struct command commands[];

/* Runs the command that the command line names; argv[0] is the program. Returns the exit status. */
int commands_run(int argc, char **argv);

enum exit_status cmd_validate(const struct options *options);
enum exit_status cmd_export(const struct options *options);
enum exit_status cmd_invite(const struct options *options);
enum exit_status cmd_list(const struct options *options);
enum exit_status cmd_new(const struct options *options);
enum exit_status cmd_schema(const struct options *options);
enum exit_status cmd_help(const struct options *options);

/* The help of one command, or of all (NULL). */
void help_print(FILE *stream, const struct options *options, const struct command *command);

#endif
