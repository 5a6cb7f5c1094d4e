/* What decoding carries along. */
#ifndef DECODE_DECODER_H
#define DECODE_DECODER_H

#include "base/hash.h"
#include "input/yaml.h"
#include "model/calendar.h"
#include "report/finding.h"
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
	bool english;               /* the calendar says that its language is */
	bool completing;            /* only the keys of events with KEY_COMPLETES are decoded */
	struct event *event;        /* the one being decoded, or NULL */
	bool drafts;                /* the file's defaults make drafts of its events */
	bool draft;                 /* the event being decoded is a draft: what it lacks is a warning */
	const struct node *mapping; /* the innermost that is being decoded */
	struct map rendered;        /* of long texts in Markdown, by their spans: aliases stand for one text */
	unsigned zones_unknown;     /* so many of its zones are unknown */
	bool zones_failed;          /* the system's zone data could not be read; errno was zones_errno */
	int zones_errno;
};

#endif
