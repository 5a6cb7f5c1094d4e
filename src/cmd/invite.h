/* evcal invite: see its row in cmd/commands.def. */
#ifndef CMD_INVITE_H
#define CMD_INVITE_H

#include "cmd/cmd.h"

/* The words of --format. */
extern const struct keyword invite_formats[];

enum exit_status cmd_invite(const struct options *options);

#endif
