/* Which files a command needs: the rest is fenced off before the first byte of input is read. */
#ifndef CMD_CONFINE_H
#define CMD_CONFINE_H

#include "cmd/tables.h"

/*
 * Fences a command in (base/fence.h), unless it starts other programs (git, a mailer, a pager), or EVCAL_FENCE is
 * "off".
 */
void confine(enum command_number command, const struct options *options);

#endif
