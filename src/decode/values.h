/*
 * Single values, and lists of them, read as decode/kinds.h has it: one function a kind. Each returns true if the value
 * could be read, and else has added the finding, in which *key is named. Texts live in the findings' arena.
 */
#ifndef DECODE_VALUES_H
#define DECODE_VALUES_H

#include "decode/decoder.h"
#include "decode/keys.h"

/* Reads a value of any kind, and sets its struct at, with which it begins. The node is not empty. */
void value_read(struct decoder *decoder, const struct key *key, const struct node *node, void *value);

/* struct text. Spaces around it are taken off; it has no control characters. */
bool value_text(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
/* struct prose, of which nothing is rendered yet; aliases of a long text share what will be. */
bool value_markdown(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
/* One line, and never empty; so are those that follow. */
bool value_line(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
bool value_id(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
bool value_uid(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
bool value_domain(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
bool value_email(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
bool value_url(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
/* A URL, or the tel: of a number (RFC 3966). */
bool value_meeting(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
bool value_phone(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
bool value_color(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
bool value_category(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
/* The name of a key of events. */
bool value_key(struct decoder *decoder, const struct key *key, const struct node *node, void *value);

/* struct texts: a list, or one text alone, each read as the kind's item. One that cannot be read is left out. */
bool value_texts(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
/* struct choice: the place of a word among the key's; false and true; a whole number. */
bool value_choice(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
bool value_boolean(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
bool value_number(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
/* struct position. */
bool value_geo(struct decoder *decoder, const struct key *key, const struct node *node, void *value);

/*
 * Calls read for the items of a list, or for the one value in its place, but for empty ones, which are a finding. False
 * where the node is a mapping, or where read has returned false.
 */
bool value_each(struct decoder *decoder, const struct key *key, const struct node *node, void *list,
	bool (*read)(struct decoder *decoder, const struct key *key, const struct node *item, void *list));

/*
 * The id that a text makes, in the arena; empty where it has none of the letters and digits of ids. whole: it has all
 * of the text's letters and digits.
 */
struct str value_slug(struct arena *arena, struct str text, bool *whole);

/* A text in the quotes that YAML needs for it. */
struct str value_quoted(struct arena *arena, struct str text);

#endif
