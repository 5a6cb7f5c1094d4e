/* evcal validate: see its row in cmd/commands.def. */
#ifndef CMD_VALIDATE_H
#define CMD_VALIDATE_H

#include "cmd/cmd.h"

/* The words of --format. */
extern const struct keyword validate_formats[];

enum exit_status cmd_validate(const struct options *options);

#endif
