/*
 * From nodes to structs, by the table of keys. What cannot be read is a finding and GIVEN_INVALID; decoding always goes
 * on to the end.
 */
#ifndef DECODE_DECODE_H
#define DECODE_DECODE_H

#include "model/calendar.h"
#include "decode/keys.h"
#include "input/yaml.h"
#include "time/zone.h"

/* What stands at the top of an events file. */
struct events_file {
	struct event defaults;
	struct at events;
};

struct decoder {
	struct findings *findings;
	struct zones *zones;
	const struct zone *zone;    /* the calendar's own, or NULL */
	struct file_events *events; /* of the file being decoded, or NULL */
	const struct event *event;  /* the one being decoded, or NULL */
	bool zones_failed;          /* the system's zone data could not be read; errno was zones_errno */
	int zones_errno;
};

/* calendar.yaml. */
void decode_calendar(struct decoder *decoder, uint32_t source, const struct node *root, struct calendar *calendar);
/*
 * An events file into events, zero-initialised, with the file's defaults filled in (decode/inherit.h). root NULL: the file
 * is empty. Files can be decoded at the same time, each with a decoder and findings of its own.
 */
void decode_events(struct decoder *decoder, uint32_t source, const struct node *root, struct file_events *events);

/* One value, of a field that is no mapping of its own, into target, whose struct at is set. The node is not empty. */
void value_read(struct decoder *decoder, const struct field *field, const struct node *node, void *target);

/* "wrong-type": a value that should be text. */
void value_not_text(struct decoder *decoder, const struct field *field, const struct node *node);
/* The words of a list as "a, b, c". */
struct str words_join(struct arena *arena, const char *const *words);

#endif
