/*
 * A calendar directory as it was read: calendar.yaml and the events of all files.
 */
#ifndef MODEL_CALENDAR_H
#define MODEL_CALENDAR_H

#include "base/hash.h"
#include "base/wording.h"
#include "model/event.h"
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
};

struct feed {
	struct span span;
	struct text id, name, description;
	struct texts types, categories;
	struct when from, until; /* dates, both inclusive */
};

struct feeds {
	struct at at;
	struct feed **items;
	size_t count;
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
	struct events rdates; /* one for each rdate */
	bool broken;          /* the file could not be read to its end: events may be missing here */
};

enum { EVENTS_MOST = 200000 };

struct calendar {
	struct span span; /* the first key of calendar.yaml; source 0 where there is none */
	struct text name, domain;
	struct zone_value timezone;
	struct choice language;
	struct text description, url, publish_url;
	struct person organizer;
	struct duration_value refresh;
	struct text color;
	struct choice cancelled;
	struct types types;
	struct feeds feeds;

	struct zone_rules *zone_rules; /* of every zone that an event is published in (check/outlook.c) */
	size_t zone_rules_count;

	struct event **events; /* in order of file and place; behind them those that stand for an rdate */
	size_t event_count;
	size_t written_count; /* without those of an rdate */
	size_t file_count;    /* that were read, calendar.yaml included */
	bool broken;          /* calendar.yaml is not there or could not be read to its end */
	bool events_broken;   /* the same of an events file: events may be missing here */
};

void events_add(struct events *events, struct arena *arena, struct event *event);

/*
 * Whether an event is in a feed: it fits every selector that is given. Of an event whose time is not known, times are
 * not asked. Dates are those of the calendar's zone.
 */
bool feed_selects(const struct calendar *calendar, const struct feed *feed, const struct event *event);

/* Whether it is in the feed: the same, unless it is cancelled and the calendar drops such events. */
bool feed_holds(const struct calendar *calendar, const struct feed *feed, const struct event *event);

/* Days of the calendar's zone, both inclusive, and each only where it is given. */
struct days {
	bool has_first, has_last;
	struct date first, last;
};

/*
 * Whether what lasts from one instant up to another (of whole days: midnights as if they were UTC) falls on the days:
 * it is not over before the first of them, and begins on the last or before.
 */
bool days_touch(
	const struct calendar *calendar, const struct days *days, bool all_day, int64_t start_at, int64_t end_at);

/* The categories of an event as they are published, each once: the type's name, then its own. In the arena. */
const struct str *event_categories(struct arena *arena, const struct event *event, size_t *count);
bool event_has_category(const struct event *event, struct str word);

/* The type of an id, or NULL. */
const struct type *calendar_type(const struct calendar *calendar, struct str id);

#endif
