/* Recurrence rules: the text of an RRULE, and the places of its parts. */
#ifndef DECODE_RULE_H
#define DECODE_RULE_H

#include "decode/decoder.h"
#include "decode/keys.h"

/* Reads a rule into a struct rule (decode/kinds.h); each finding points at the part inside its text. */
bool value_rule(struct decoder *decoder, const struct key *key, const struct node *node, void *value);

/* The place of a part of the rule's text in its source. */
struct span rule_span(const struct sources *sources, const struct rule *rule, struct extent at);

#endif
