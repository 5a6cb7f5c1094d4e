/* evcal list: see its row in cmd/commands.def. */
#ifndef CMD_LIST_H
#define CMD_LIST_H

#include "cmd/cmd.h"

/* The words of --format. */
extern const struct keyword list_formats[];

enum exit_status cmd_list(const struct options *options);

#endif
