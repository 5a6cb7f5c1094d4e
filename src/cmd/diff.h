/* evcal diff: see its row in cmd/commands.def. */
#ifndef CMD_DIFF_H
#define CMD_DIFF_H

#include "cmd/cmd.h"

/* The words of --format. */
extern const struct keyword diff_formats[];

enum exit_status cmd_diff(const struct options *options);

#endif
