/* The files of invitations are named by the address of whom they are for. */
#ifndef CMD_INVITE_NAME_H
#define CMD_INVITE_NAME_H

#include "base/str.h"

struct arena;

/*
 * An address as the name of a file: what is not a letter, a digit or one of a few marks, percent-encoded. Of one that
 * gets too long, the beginning and a digest of the whole; "~" stands in no other name. In the arena.
 */
struct str invite_name(struct arena *arena, struct str address);
/* The address that a name has; of one that was too long, its beginning. In the arena. */
struct str invite_address(struct arena *arena, struct str name);

#endif
