/* Values with keys of their own, read as decode/kinds.h has it: one function a kind. */
#ifndef DECODE_STRUCTURES_H
#define DECODE_STRUCTURES_H

#include "decode/decoder.h"
#include "decode/keys.h"

/* The struct of the place (decode/keys.h) whose keys the mapping has. */
bool value_mapping(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
/* struct person: the same, with a name and an address that could be read. */
bool value_registration(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
bool value_person(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
/* struct conference: {url, label}, or the URL alone. */
bool value_conference(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
/* struct details: a mapping of labels to values of the kind's item. */
bool value_details(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
/* Adds the details of another level whose labels are not there yet. */
void details_merge(struct arena *arena, void *value, const void *other);
/* struct page: {intro, links}, or true or false alone. */
bool value_page(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
/* struct types: a mapping of ids. */
bool value_types(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
/* struct feeds: a list of mappings. */
bool value_feeds(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
/* struct overrides: a list of mappings, or one mapping alone. */
bool value_overrides(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
/* A list of events, each into decoder->events. */
bool value_events(struct decoder *decoder, const struct key *key, const struct node *node, void *value);

#endif
