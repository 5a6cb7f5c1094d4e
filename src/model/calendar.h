/*
 * A calendar directory as it was read: calendar.yaml and the events of all files.
 */
#ifndef MODEL_CALENDAR_H
#define MODEL_CALENDAR_H

#include "base/hash.h"
#include "base/wording.h"
#include "model/schedule.h"
#include "time/yearly.h"

struct arena;

enum cancelled { CANCELLED_KEEP, CANCELLED_DROP };

struct type {
	struct event event; /* the defaults; first, so that the keys of events decode into it */
	struct text id;
	struct text name;
	struct texts required; /* names of event keys, each of them known */
};

struct types {
	struct at at;
	struct type **items;
	size_t count;
	struct map by_id;
};

struct feed {
	struct span span;
	struct text id, name, description;
	struct texts types, categories;
	struct when from, until; /* dates, both inclusive */
	struct duration_value past;
	size_t number; /* its place among the feeds, set by resolve/ */
};

struct feeds {
	struct at at;
	struct feed **items;
	size_t count;
};

/* The web pages of a calendar (evcal-publish(7)). */
struct page {
	struct at at;
	struct choice on; /* where it is true or false alone */
	struct prose intro;
	struct details links; /* labels, and web addresses */
};

/* How a zone is written in this calendar: one decision for all of its events, the same in every file. */
struct zone_rules {
	const struct zone *zone;
	struct yearly yearly;
};

struct events {
	struct event **items;
	size_t count;
};

/* What a file gives, in its order. */
struct file_events {
	struct events written;
	bool broken; /* the file could not be read to its end: events may be missing here */
};

/* What a calendar may have; DATES_MOST are those of all rules together. */
enum { EVENTS_MOST = 200000, DATES_MOST = 1000000 };

struct calendar {
	struct span span; /* the first key of calendar.yaml; source 0 where there is none */
	struct text name, domain;
	struct zone_value timezone;
	struct choice language;
	struct text description, url, publish_url;
	struct person organizer;
	struct duration_value refresh;
	struct text color;
	struct texts rooms;
	struct page page;
	struct choice cancelled;
	struct types types;
	struct feeds feeds;

	struct date today; /* by which it is judged, in its zone */

	struct event **events; /* in order of file and place */
	size_t event_count;
	struct schedule **schedules; /* as the events; after them one for each extra date (rdate) */
	size_t schedule_count;
	const struct when *rdate_beyond; /* the first extra date for which EVENTS_MOST leaves no room, or NULL */
	const struct schedule *beyond;   /* the first one with RECURRENCE_BEYOND, or NULL */
	struct zone_rules *zone_rules;   /* of every zone that an event is published in, by its name */
	size_t zone_rules_count;

	size_t file_count;  /* that were read, calendar.yaml included */
	bool broken;        /* calendar.yaml is not there or could not be read to its end */
	bool events_broken; /* the same of an events file: events may be missing here */
};

static inline bool calendar_has_pages(const struct calendar *calendar)
{
	return at_valid(&calendar->page.at) && !(at_valid(&calendar->page.on.at) && !calendar->page.on.value);
}

/* The type of an id, or NULL. */
static inline const struct type *calendar_type(const struct calendar *calendar, struct str id)
{
	return map_get(&calendar->types.by_id, id);
}

/* False: types could not be read that may be those that events name. */
static inline bool calendar_types_known(const struct calendar *calendar)
{
	return !calendar->broken && calendar->types.at.given != GIVEN_INVALID;
}

#endif
