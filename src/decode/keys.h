/*
 * THE table of keys. Decoding, inheritance, suggestions, the schema, the help, the manual and "evcal new" come from it;
 * what an iCalendar property means for comparing and for revisions does too, so every station may look into it. A new
 * key is a row in keys.c, a member of its struct, and the code that uses the value.
 */
#ifndef DECODE_KEYS_H
#define DECODE_KEYS_H

#include "base/str.h"
#include "base/wording.h"
#include "decode/kinds.h"
#include "model/event.h"

/* Where a key may stand: one mapping of the format each. */
enum where {
	IN_CALENDAR = 1 << 0,     /* calendar.yaml; struct calendar */
	IN_TYPE = 1 << 1,         /* a type; struct type, whose event comes first */
	IN_FEED = 1 << 2,         /* struct feed */
	IN_FILE = 1 << 3,         /* an events file; struct events_file */
	IN_DEFAULTS = 1 << 4,     /* its defaults; struct event */
	IN_EVENT = 1 << 5,        /* struct event */
	IN_OVERRIDE = 1 << 6,     /* an item of overrides; struct override, whose event comes first */
	IN_PERSON = 1 << 7,       /* organizer; struct person */
	IN_CONFERENCE = 1 << 8,   /* struct conference */
	IN_REGISTRATION = 1 << 9, /* struct registration */
	IN_PAGE = 1 << 10,        /* page; struct page */
};

/* What else is to be known of a key. */
enum key_flag {
	KEY_SCHEDULES = 1 << 0,  /* when, where, whether: subscribers must answer anew, so a change raises SEQUENCE */
	KEY_SELECTS = 1 << 1,    /* it says what is in a feed */
	KEY_ENDS = 1 << 2,       /* it says when an event ends: the nearest level that gives such a key counts */
	KEY_NEEDS_RULE = 1 << 3, /* it names occurrences: an event without a rule does not inherit it */
	KEY_NOT_OF_OCCURRENCE = 1 << 4, /* an override does not take it from its event */
	KEY_UNCOMPARED = 1 << 5,        /* a change of it is none that subscribers are told of */
	KEY_MAY_BE_EMPTY = 1 << 6,      /* it is required, but nothing behind it is no error */
	KEY_ONE_OF = 1 << 7,            /* its mapping requires one of the keys with this flag */
	KEY_NEEDS_DAY = 1 << 8,         /* an event of which only the month is known has none, and inherits none */
	KEY_COMPLETES = 1 << 9, /* of an event: completions show it, or need it to know which events there are */
};

struct key {
	const char *name;
	unsigned where, required; /* bits of enum where; required is a part of where */
	enum kind kind;
	size_t offset;       /* into the struct that its mapping is decoded into */
	const char *example; /* "key: value", ready to paste; the examples of a mapping fit each other */
	struct wording doc;  /* one sentence */
	unsigned flags;
	const char *const *words; /* KIND_CHOICE: the words, in the order of their enum; ends in NULL */
	const char *property;     /* of iCalendar, where an event's value goes; NULL: to none of its own */
	const char *also;         /* what people write for the name of the key, in lower case, with spaces between */
};

/* All rows, in the order in which documentation shows them; ends with a row whose name is NULL. */
extern const struct key keys[];

/* How a mapping is called: in the schema and the manual, and in a sentence ("an event", "calendar.yaml"). */
struct mapping {
	unsigned where;
	const char *name;
	struct wording said;
};

/* Ends with a row whose where is 0. */
extern const struct mapping mappings[];

/* The mapping of a bit of enum where. */
const struct mapping *mapping_of(unsigned where);

/* The row of a key in a mapping, or NULL. */
const struct key *key_find(struct str name, unsigned where);
/*
 * The key of a mapping that was meant by another word, or NULL: what people call it, else the nearest. sure: the word
 * can mean nothing else.
 */
const struct key *key_meant(struct str word, unsigned where, bool *sure);
/* The key of a mapping that has a name, or that people have that name for, or NULL. */
const struct key *key_called(struct str name, unsigned where);
/* The key of events whose value goes to a property of iCalendar, "DTSTART", or NULL. */
const struct key *key_of_property(struct str property);
/* The first key that a mapping requires. */
const struct key *key_first_required(unsigned where);

/* True if a key that an event must have may come from its file's defaults. */
static inline bool key_may_come(const struct key *key, unsigned where)
{
	return where == IN_EVENT && (key->where & IN_DEFAULTS);
}

/* True if its struct holds a pointer to its value: a key of events. */
static inline bool key_points(const struct key *key)
{
	return (key->where & (IN_TYPE | IN_DEFAULTS | IN_EVENT | IN_OVERRIDE)) && key->offset < sizeof(struct event);
}

/* The value of a key in the struct that its mapping is decoded into. */
static inline const struct at *key_value(const struct key *key, const void *mapping)
{
	const char *place = (const char *)mapping + key->offset;
	const struct at *value = (const struct at *)place;
	if (key_points(key))
		memcpy(&value, place, sizeof(value));
	return value;
}

/* Lets an event point to a value of a key. */
static inline void key_point(const struct key *key, struct event *event, const void *value)
{
	memcpy((char *)event + key->offset, &value, sizeof(value));
}

/* A value of a key to be filled in, all zero: of events a new one, in the arena. */
struct at *key_room(const struct key *key, struct arena *arena, void *mapping);
/* Makes all values of an event absent. */
void event_open(struct event *event);

#endif
