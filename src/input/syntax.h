/* What libyaml says of a file that it cannot read on, in words for people. */
#ifndef INPUT_SYNTAX_H
#define INPUT_SYNTAX_H

#include "report/finding.h"

/*
 * The sentence for a problem of libyaml's at a place of a source, begun (if context_at has a source) elsewhere; its one
 * word is the problem. at moves to where to look.
 */
enum message syntax_message(const struct source *source, struct str problem, struct span context_at, struct span *at);

#endif
