/*
 * What a value has of the way it was typed or copied: characters that nobody sees, quotes of a word processor, a # that
 * cut it off.
 */
#ifndef DECODE_TYPED_H
#define DECODE_TYPED_H

#include "decode/decode.h"
#include "decode/keys.h"
#include "input/yaml.h"

/*
 * Looks at a value before it is read, and at the items of a list: invisible-character, comment-in-text, and quotes that
 * are none. Returns the node to read: the same, or one without those characters.
 */
const struct node *typed_look(struct decoder *decoder, const struct key *key, const struct node *node);

/*
 * The comment behind a value, on its line, that may be meant as a part of it: its # has no space behind it. Empty where
 * there is none.
 */
struct str typed_comment(const struct sources *sources, const struct node *node);

/*
 * Says that an item of a list has nothing behind its dash, or a # that somebody meant as a text. Returns that text
 * where it is sure, else NULL.
 */
const struct node *typed_empty_item(struct decoder *decoder, const struct key *key, const struct node *item);

#endif
