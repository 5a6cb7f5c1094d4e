/* evcal export: see its row in cmd/commands.def. */
#ifndef CMD_EXPORT_H
#define CMD_EXPORT_H

#include "cmd/cmd.h"

/* The words of --format. */
extern const struct keyword export_formats[];

enum exit_status cmd_export(const struct options *options);

#endif
