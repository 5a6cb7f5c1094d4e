/*
 * What every command shares. A command is a row of cmd/commands.def and a function cmd_NAME() in cmd/NAME.c.
 */
#ifndef CMD_CMD_H
#define CMD_CMD_H

#include "base/wording.h"

enum exit_status { EXIT_DONE, EXIT_FINDINGS, EXIT_USAGE, EXIT_TROUBLE };

enum command_number {
#define COMMAND(name, ...) COMMAND_##name,
#include "cmd/commands.def"
	COMMAND_COUNT
};

/* A word that an option or an operand takes. A list of them ends with a row whose word is NULL. */
struct keyword {
	const char *word;
	struct wording doc; /* what it means, in a few words; may be empty */
};

struct options;

#endif
