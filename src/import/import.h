/*
 * Events from calendars that others wrote (evcal(1)): iCalendar, CSV and the YAML of yaml2ics, to YAML of
 * ours. A reader makes of each event the nodes that decode/ reads in a file of ours: what a key takes is said in one
 * place, the tables of keys and kinds, and writing them is no more than printing nodes.
 *
 * What cannot be carried over is a finding, with the input's line; nothing is left out without one. Memory is the
 * findings' arena's.
 */
#ifndef IMPORT_IMPORT_H
#define IMPORT_IMPORT_H

#include "base/hash.h"
#include "decode/kinds.h"
#include "input/yaml.h"
#include "model/calendar.h"

struct imported {
	struct node *map; /* the keys of an event */
	struct span span; /* where it begins in the input */
	struct str id, uid;
};

/* Zero-initialise it but for the first six. */
struct import {
	struct findings *findings;
	struct zones *zones;
	const struct calendar *calendar; /* that the events are for; all zero where there is none */
	const struct zone *zone;         /* of --timezone, or NULL */
	struct date today;
	enum language language; /* of the words that are added */
	struct map taken;       /* the ids that are in use */
	struct map stems;       /* of an id without its number, the last number that was given */
	struct map by_uid;      /* struct imported, and where the calendar has a UID, its event */
	struct imported **items;
	size_t count;
};

/* That of --timezone, else the calendar's own, or NULL. */
static inline const struct zone *import_zone(const struct import *import)
{
	const struct zone_value *own = &import->calendar->timezone;
	return import->zone ? import->zone : at_valid(&own->at) ? own->zone : NULL;
}

/*
 * Each adds the events of a source, whose bytes came through encoding_decode() (input/encoding.h). A file that cannot
 * be read at all is an error; an event that cannot, too, and the others are added.
 */
void import_ics(struct import *import, uint32_t source);
void import_csv(struct import *import, uint32_t source);
/* include reads the file of a name that stands in a source into a new source, or returns 0, having said why. */
void import_yaml2ics(struct import *import, uint32_t source,
	uint32_t (*include)(void *context, struct span span, struct str name), void *context);

/* After all files: events that are a part of another, which iCalendar names by its UID, name its id. */
void import_join(struct import *import);

/*
 * Adds all events as an events file: the schema line, the defaults that all of them share, and the events, as a person
 * would write them. lines[i] is then the line, from 1, on which the event i begins.
 */
void import_write(struct buffer *out, const struct import *import, uint32_t *lines);

#endif
