/* What "evcal help" says of the keys of the format, by the table of keys. */
#ifndef CMD_HELP_KEYS_H
#define CMD_HELP_KEYS_H

#include "base/wording.h"
#include "cmd/page.h"

/* Every key, a line each: its name at the margin, and what it is, in an event where it may stand in one. */
void help_print_keys(const struct help_page *page, enum language language);

/* A key: each place where it may stand, what it is there, what to write, an example. False: there is no such key. */
bool help_print_key(const struct help_page *page, struct str name, enum language language);

/* The names of all keys, each once, in the order of the table; ends in NULL. In the arena. */
const char *const *help_key_names(struct arena *arena);

#endif
