/* evcal init: see its row in cmd/commands.def. */
#ifndef CMD_INIT_H
#define CMD_INIT_H

#include "cmd/cmd.h"

enum exit_status cmd_init(const struct options *options);

#endif
