/* evcal new: see its row in cmd/commands.def. */
#ifndef CMD_NEW_H
#define CMD_NEW_H

#include "cmd/cmd.h"

enum exit_status cmd_new(const struct options *options);

#endif
