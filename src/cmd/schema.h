/* evcal schema: see its row in cmd/commands.def. */
#ifndef CMD_SCHEMA_H
#define CMD_SCHEMA_H

#include "cmd/cmd.h"

/* The files that there is a schema of. */
extern const struct keyword schema_choices[];

/* Adds a schema: "events" or "calendar". */
struct buffer;
void schema_add(struct buffer *out, const char *which);

enum exit_status cmd_schema(const struct options *options);

#endif
