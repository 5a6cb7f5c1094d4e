/*
 * From nodes to structs, by the table of keys. What cannot be read is a finding and GIVEN_INVALID; decoding always goes
 * on to the end.
 */
#ifndef DECODE_DECODE_H
#define DECODE_DECODE_H

#include "decode/decoder.h"

/* calendar.yaml. */
void decode_calendar(struct decoder *decoder, uint32_t source, const struct node *root, struct calendar *calendar);
/*
 * An events file into events, zero-initialised, with the file's defaults filled in (decode/inherit.h). root NULL: the
 * file is empty. Files can be decoded at the same time, each with a decoder and findings of its own.
 */
void decode_events(struct decoder *decoder, uint32_t source, const struct node *root, struct file_events *events);

#endif
