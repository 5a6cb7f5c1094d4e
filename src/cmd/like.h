/* evcal new --like: an event of the calendar, copied for its next time. */
#ifndef CMD_LIKE_H
#define CMD_LIKE_H

#include "cmd/cmd.h"

struct buffer;
struct loaded;

/* Adds it to a text. Otherwise a message has said why not, and the status is returned. */
enum exit_status like_add(struct buffer *out, struct loaded *loaded, const struct options *options);

#endif
