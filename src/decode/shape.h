/*
 * Values of another shape than their key takes: a list or a mapping where one text belongs, text where a mapping does.
 * Mostly it is plain what was meant.
 */
#ifndef DECODE_SHAPE_H
#define DECODE_SHAPE_H

#include "decode/decoder.h"
#include "decode/keys.h"

/* What a node is: a list, a mapping, text; it stands behind "not" in English, and behind "geen" in Dutch. */
struct str shape_name(const struct node *node);

/* A key with the form of its value: "summary: …", "organizer: {name: …, email: …}". A date or time is shown by one. */
struct str shape_form(struct arena *arena, const struct key *key);

/*
 * Says that a value of a key has another shape than that takes, and what to write: text, as it stands in a file. It is
 * the finding's fix where all of the value can be replaced by it without losing a comment.
 */
void shape_add(struct decoder *decoder, const struct key *key, const struct node *node, struct str text);
/* The same where nobody knows what to write. */
void shape_add_unknown(struct decoder *decoder, const struct key *key, const struct node *node);

/* The node itself if it is a text, or the text that was surely meant by it; else NULL. Adds the finding. */
const struct node *shape_text(struct decoder *decoder, const struct key *key, const struct node *node);

/* Gives a finding a fix that puts text in the place of a whole value, unless that would lose a comment or an anchor. */
void shape_replace(struct decoder *decoder, size_t number, const struct node *node, struct str text);

#endif
