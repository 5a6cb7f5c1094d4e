/* evcal import: see its row in cmd/commands.def. */
#ifndef CMD_IMPORT_H
#define CMD_IMPORT_H

#include "cmd/cmd.h"

/* The words of --format. */
extern const struct keyword import_formats[];

enum exit_status cmd_import(const struct options *options);

#endif
