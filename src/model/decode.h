/*
 * From nodes to structs, by the table of keys. What cannot be read is a finding and GIVEN_INVALID; decoding always goes
 * on to the end.
 */
#ifndef MODEL_DECODE_H
#define MODEL_DECODE_H

#include "model/calendar.h"
#include "model/fields.h"
#include "read/node.h"
#include "time/zone.h"

enum { EVENTS_MOST = 200000 };

/* What stands at the top of an events file. */
struct events_file {
	struct event defaults;
	struct at events;
};

struct decoder {
	struct findings *findings;
	struct zones *zones;
	struct calendar *calendar;
	const struct event *event; /* the one being decoded, or NULL */
	bool zones_failed;         /* the system's zone data could not be read; errno was zones_errno */
	int zones_errno;
};

/* calendar.yaml into decoder->calendar. */
void decode_calendar(struct decoder *decoder, uint32_t source, const struct node *root);
/*
 * An events file: its events go to the end of decoder->calendar->events, with the file's defaults filled in
 * (model/inherit.h). root NULL: the file is empty.
 */
void decode_events(struct decoder *decoder, uint32_t source, const struct node *root);

/* One value, of a field that is no mapping of its own, into target, whose struct at is set. The node is not empty. */
void value_read(struct decoder *decoder, const struct field *field, const struct node *node, void *target);

/* "wrong-type": a value that should be text. */
void value_not_text(struct decoder *decoder, const struct field *field, const struct node *node);
/* The words of a list as "a, b, c". */
struct str words_join(struct arena *arena, const char *const *words);

#endif
