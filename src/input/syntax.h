/* What libyaml says of a file that it cannot read on, in words for people. */
#ifndef INPUT_SYNTAX_H
#define INPUT_SYNTAX_H

#include "report/finding.h"

/*
 * The sentence for a problem of libyaml's at a place of a source, of something that began (if that has a source)
 * elsewhere. None of libyaml's own words is in it. at moves to where to look.
 */
enum message syntax_message(const struct source *source, struct str problem, struct span began, struct span *at);

#endif
