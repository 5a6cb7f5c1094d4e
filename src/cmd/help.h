/* evcal help: see its row in cmd/commands.def. */
#ifndef CMD_HELP_H
#define CMD_HELP_H

#include "cmd/cmd.h"

#include <stdio.h>

enum exit_status cmd_help(const struct options *options);

/* Prints the help of one command; of all if that is COMMAND_COUNT. */
void help_print(FILE *stream, const struct options *options, enum command_number command);

#endif
