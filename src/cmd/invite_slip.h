/* What "evcal invite" is asked for, and what in that does not go together. */
#ifndef CMD_INVITE_SLIP_H
#define CMD_INVITE_SLIP_H

#include "cmd/options.h"

enum invite_format { INVITE_ICS, INVITE_EML, INVITE_TABLE, INVITE_JSON, INVITE_CSV };

/* True if people are named. */
bool invites_people(const struct options *options);
/* What the words of the command line have wrong by themselves, as a sentence; NULL: nothing. */
const char *invite_slip(const struct options *options);

#endif
