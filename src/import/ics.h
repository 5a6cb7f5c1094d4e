/*
 * An iCalendar file that is being imported (RFC 5545). Private to import/.
 */
#ifndef IMPORT_ICS_H
#define IMPORT_ICS_H

#include "import/draft.h"
#include "import/tzid.h"

/* So many things that are left out have a finding each; so much is done for what the format does not have. */
enum { LEFT_OUT_MOST = 100, DATES_BUDGET = 50000, FOLLOWED_BUDGET = 4000000, RULES_MOST = 10, HINTS_MOST = 100 };

/* A property with the content line that it stands on. */
struct ics_item {
	icalproperty *property;
	struct span span;
};

struct vevent {
	icalcomponent *component;
	struct span span; /* of its first line */
	struct ics_item *items;
	size_t count;
};

/* What many events have and none can keep is one finding, at the first. */
struct left_out {
	struct str what;
	struct span span;
	size_t count;
};

struct ics {
	struct import *import;
	struct arena *arena;
	struct span *lines; /* of the content lines */
	size_t line_count;
	struct left_out *left_out[LEFT_OUT_MOST]; /* the last is for all that there is no room for */
	size_t left_out_count;
	struct map left_out_by_name;
	size_t dates, followed, hints; /* of rules that became dates; unknown zones that were compared with all */
	struct left_out attendees, twice, known; /* twice: read before; known: the calendar has them */
	size_t floats;                           /* times without a zone */
	struct map unzoned;                      /* TZIDs that no zone fits, and that were reported */
	size_t attended;                         /* events with attendees */
	struct map masters;                      /* struct master by UID */

	/* Of the VCALENDAR that is being read. */
	struct str zone_name; /* X-WR-TIMEZONE, or empty */
	bool cancels;         /* METHOD:CANCEL */
	struct map rules;     /* VTIMEZONEs by TZID */
	struct map zones;     /* struct tzid by TZID */
	struct tzid **found;
	size_t found_count;
};

/* A moment of a file: of a zone, of rules that no zone has, of UTC, of no zone (zone and rules NULL), or a date. */
struct time {
	struct moment moment;
	const struct zone *zone;
	icaltimezone *rules;
};

/* When an event takes place, in the form that the format has for it. */
struct master {
	struct imported *imported;
	bool ruled;                 /* it has a rule */
	struct recurrence rule;     /* completed */
	int64_t last, followed;     /* of UNTIL; so far its dates are among those below: seconds of the rule's clock */
	struct moment start;        /* of zone's clock; utc: of UTC */
	const struct zone *zone;    /* NULL: the calendar's, or UTC */
	int64_t seconds;            /* how long it lasts; -1: that is not known */
	const struct moment *dates; /* that its rule and rdate give; not all of an endless one */
	size_t date_count;
	struct node *map;
};

/* The first property of a kind, or with a name (of an X- one), or NULL. */
const struct ics_item *vevent_find(const struct vevent *vevent, icalproperty_kind kind);
const struct ics_item *vevent_find_x(const struct vevent *vevent, const char *name);
void ics_leave_out(struct ics *ics, struct str what, struct span span);

/* A text without its escapes, or empty where item is NULL. */
struct str ics_plain(struct ics *ics, const struct ics_item *item);
/* Puts what an event says besides when it is into its map; of an occurrence (IN_OVERRIDE) its texts and place alone. */
void ics_put_values(struct ics *ics, const struct vevent *vevent, struct node *map, bool all_day);
void ics_put_texts(struct ics *ics, const struct vevent *vevent, struct node *map, unsigned where);

/* Reads when an event takes place into its map: start, end, zone, rule, exdate, rdate. False: it cannot be told, and a
 * finding says why. */
bool ics_read_times(struct ics *ics, const struct vevent *vevent, struct master *master);
/* The same of an occurrence: recurrence-id, start and end, where they differ from its event's. False: the event has no
 * such occurrence. */
bool ics_read_occurrence(struct ics *ics, const struct vevent *vevent, struct master *master, struct node *map);

#endif
