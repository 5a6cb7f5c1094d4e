/* evcal invite --status: who was sent what. */
#ifndef CMD_INVITE_STATUS_H
#define CMD_INVITE_STATUS_H

#include "cmd/cmd.h"

enum exit_status invite_status(const struct options *options);

#endif
