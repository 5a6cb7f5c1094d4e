/*
 * Properties as Outlook needs them (MS-STANOICAL), where libical's own constructors make them otherwise. Each belongs
 * to the caller, who adds it to lines (ical/lines.h).
 */
#ifndef ICAL_PROPERTY_H
#define ICAL_PROPERTY_H

#include "base/str.h"
#include "time/date.h"

#include "time/libical.h"

struct arena;
struct key;

/* Its value is TEXT, escaped as RFC 5545, 3.3.11 says. */
icalproperty *property_text(struct arena *arena, icalproperty_kind kind, struct str text);
/* Its value is a URI, as it stands. */
icalproperty *property_uri(struct arena *arena, icalproperty_kind kind, struct str uri);
/* A text with the escapes of TEXT, for X- properties and CATEGORIES, where libical adds none. */
struct str property_escape(struct arena *arena, struct str text);
/* Its value is printed as it is given. type is the default type of the property, so that no VALUE is printed. */
icalproperty *property_raw(struct arena *arena, icalproperty_kind kind, icalparameter_value type, struct str value);
/* An X- property whose value is property_escape() of a text. */
icalproperty *property_x(struct arena *arena, const char *name, struct str text);
/* "20210331", "20210331T140000", "20210331T140000Z" */
struct str property_moment_text(struct arena *arena, struct moment moment, bool utc);
/* DTSTART and the like: a DATE, a DATE-TIME with TZID (zone not empty), or one in UTC. */
icalproperty *property_moment(struct arena *arena, icalproperty_kind kind, struct moment moment, struct str zone);
/* DTSTAMP and the like, in UTC. */
icalproperty *property_instant(struct arena *arena, icalproperty_kind kind, int64_t instant);
/* A name as Outlook takes it in a parameter: single quotes for double ones. */
struct str property_name(struct arena *arena, struct str name);
/* The row of keys[] (decode/keys.h) whose value goes to properties of a kind, or NULL; X- properties have no kind. */
const struct key *property_key(icalproperty_kind kind);

/*
 * What a property that was parsed says. A DATE or DATE-TIME as it stands, without its zone; all zero where it is
 * neither, or property is NULL.
 */
struct moment property_moment_of(icalproperty *property);
/* A TEXT or X- value without its escapes, another as it stands; and a parameter, or empty; in the arena. */
struct str property_plain(struct arena *arena, icalproperty *property);
struct str property_parameter(struct arena *arena, icalproperty *property, const char *name);

#endif
