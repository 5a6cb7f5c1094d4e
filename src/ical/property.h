/*
 * The few things that libical's own constructors do otherwise than Outlook needs (OUTLOOK.md), for the files beside
 * this.
 */
#ifndef ICAL_PROPERTY_H
#define ICAL_PROPERTY_H

#include "base/str.h"
#include "time/date.h"

#include <libical/ical.h>

struct arena;

/* Adds a property whose value is TEXT, escaped as RFC 5545, 3.3.11 says. Returns it, the component's. */
icalproperty *property_text(icalcomponent *component, icalproperty_kind kind, struct arena *arena, struct str text);
/* The same with a URI, as it stands. */
icalproperty *property_uri(icalcomponent *component, icalproperty_kind kind, struct arena *arena, struct str uri);
/* A text as the value of a TEXT property shows it: what libical would not escape in X- properties and CATEGORIES. */
struct str property_escape(struct arena *arena, struct str text);
/* A property whose value is printed as it is given. type is the one that the property has where no VALUE is written. */
icalproperty *property_raw(icalcomponent *component, icalproperty_kind kind, icalparameter_value type,
	struct arena *arena, struct str value);
/* An X- property with a text, escaped in the same way, which libical would not do. */
icalproperty *property_x(icalcomponent *component, const char *name, struct arena *arena, struct str text);
/* "20210331", "20210331T140000", "20210331T140000Z" */
struct str property_moment_text(struct arena *arena, struct moment moment, bool utc);
/* DTSTART and the like: a DATE, a DATE-TIME with TZID (zone not empty), or one in UTC. */
void property_moment(
	icalcomponent *component, icalproperty_kind kind, struct arena *arena, struct moment moment, struct str zone);
/* DTSTAMP and the like, in UTC. */
void property_instant(icalcomponent *component, icalproperty_kind kind, struct arena *arena, int64_t instant);
/* A name as a parameter's value can hold it in Outlook (OUTLOOK.md 28): without double quotes. */
const char *property_name_value(struct arena *arena, struct str name);

/*
 * Adds the component's text to out, folded (ical/fold.h). The component is freed. libical leaves out what it has no
 * memory for: memory_watch() (base/arena.h) stands before the component was made, and this ends the program then.
 */
void property_print(struct buffer *out, icalcomponent *component);
/* The same for a component that others are to be put into: what comes before them to out, what closes it to tail. */
void property_print_open(struct buffer *out, struct buffer *tail, icalcomponent *component);

#endif
