/*
 * THE table of keys. Decoding, the suggestions, the schema, the help and the completions come from it: a new key is a
 * row here, a member of its struct, and the code that uses the value.
 */
#ifndef DECODE_KEYS_H
#define DECODE_KEYS_H

#include "base/str.h"

/* Where a key may stand: one mapping of the format each. */
enum where {
	IN_CALENDAR = 1 << 0,     /* calendar.yaml; struct calendar */
	IN_TYPE = 1 << 1,         /* a type; struct type, whose event comes first */
	IN_FEED = 1 << 2,         /* struct feed */
	IN_FILE = 1 << 3,         /* an events file; struct events_file */
	IN_DEFAULTS = 1 << 4,     /* its defaults; struct event */
	IN_EVENT = 1 << 5,        /* struct event */
	IN_PERSON = 1 << 6,       /* organizer; struct person */
	IN_CONFERENCE = 1 << 7,   /* struct conference */
	IN_REGISTRATION = 1 << 8, /* struct registration */
	IN_OVERRIDE = 1 << 9,     /* an item of overrides; struct override, whose event comes first */
};

/* What kind of value: how it is read (decode/decode.c), and into which struct of model/event.h. */
enum kind {
	KIND_LINE,         /* struct text, one line */
	KIND_TEXT,         /* struct text */
	KIND_ID,           /* struct text */
	KIND_UID,          /* struct text */
	KIND_DOMAIN,       /* struct text */
	KIND_EMAIL,        /* struct text */
	KIND_URL,          /* struct text, http(s) */
	KIND_COLOR,        /* struct text, a CSS3 name */
	KIND_CATEGORY,     /* struct text, one line without commas */
	KIND_LINES,        /* struct texts */
	KIND_CATEGORIES,   /* struct texts, without commas */
	KIND_KEYS,         /* struct texts, keys of events */
	KIND_URLS,         /* struct texts */
	KIND_DATE,         /* struct when */
	KIND_MOMENT,       /* struct when, a date or a date and time */
	KIND_ENDING,       /* struct when, also a time alone */
	KIND_DURATION,     /* struct duration_value */
	KIND_REMINDER,     /* struct duration_value, also none */
	KIND_ZONE,         /* struct zone_value */
	KIND_GEO,          /* struct position */
	KIND_CHOICE,       /* struct choice */
	KIND_BOOLEAN,      /* struct choice */
	KIND_COUNT,        /* struct choice, from 1 */
	KIND_NUMBER,       /* struct choice, from 0 */
	KIND_WEEKDAY,      /* struct choice */
	KIND_PERSON,       /* struct person */
	KIND_CONFERENCE,   /* struct conference, also a URL alone */
	KIND_REGISTRATION, /* struct registration */
	KIND_TYPES,        /* struct types */
	KIND_FEEDS,        /* struct feeds */
	KIND_RULE,         /* struct rule */
	KIND_MOMENTS,      /* struct moments */
	KIND_OVERRIDES,    /* struct overrides */
	KIND_DEFAULTS,     /* struct event */
	KIND_EVENTS,       /* into the calendar */
	KIND_COUNT_OF
};

struct field {
	const char *key;
	unsigned where, must; /* bits of enum where; must: where it has to stand */
	enum kind kind;
	size_t offset;              /* into the struct that its mapping decodes into */
	const char *const *choices; /* KIND_CHOICE: the words, in the order of their enum; ends in NULL */
	const char *example;        /* "key: value", ready to paste */
	const char *doc;            /* one sentence for people */
	const char *dutch;          /* the same in Dutch */
};

/* All rows, in the order in which documentation shows them; ends with a row whose key is NULL. */
extern const struct field fields[];

/* The row of a key in a mapping, or NULL. */
const struct field *field_find(struct str key, unsigned where);
/* The size of the struct that a kind is read into. */
size_t field_size(enum kind kind);
/* How people call a mapping: "an event", "calendar.yaml". */
const char *where_name(unsigned where);

#endif
