/*
 * One mapping of the format, by the table of keys: its keys are read, and those that it does not know or lacks are
 * findings.
 */
#ifndef DECODE_MAPPING_H
#define DECODE_MAPPING_H

#include "decode/decoder.h"
#include "decode/keys.h"

/*
 * Reads a mapping into its struct (enum where), zero-initialised. What it requires and lacks is a finding, unless a
 * file's defaults may still give it.
 */
void mapping_read(struct decoder *decoder, const struct node *node, unsigned where, void *target);

/* "missing-key": a mapping, at the span, lacks a key. */
void mapping_add_missing(struct decoder *decoder, struct span span, const struct key *key);

#endif
