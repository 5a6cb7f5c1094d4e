/*
 * THE table of kinds of value. A row says all there is to a kind: how it is read, what people are told to write, how
 * JSON Schema describes it, how large it is to copy. A new kind is a word of enum kind, a row in kinds.c, and the
 * function that reads it.
 */
#ifndef DECODE_KINDS_H
#define DECODE_KINDS_H

#include "base/wording.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buffer;
struct decoder;
struct key;
struct node;

enum kind {
	KIND_LINE,
	KIND_TEXT,
	KIND_MARKDOWN,
	KIND_ID,
	KIND_UID,
	KIND_DOMAIN,
	KIND_EMAIL,
	KIND_URL,
	KIND_MEETING,
	KIND_PHONE,
	KIND_COLOR,
	KIND_CATEGORY,
	KIND_KEY,
	KIND_LINES,
	KIND_CATEGORIES,
	KIND_KEYS,
	KIND_URLS,
	KIND_DATE,
	KIND_MOMENT,
	KIND_START,
	KIND_ENDING,
	KIND_MOMENTS,
	KIND_DURATION,
	KIND_REMINDER,
	KIND_ZONE,
	KIND_RULE,
	KIND_WEEKDAY,
	KIND_CHOICE,
	KIND_BOOLEAN,
	KIND_COUNT,
	KIND_NUMBER,
	KIND_LATITUDE,
	KIND_LONGITUDE,
	KIND_GEO,
	KIND_PERSON,
	KIND_CONFERENCE,
	KIND_DETAILS,
	KIND_REGISTRATION,
	KIND_LINKS,
	KIND_PAGE,
	KIND_TYPES,
	KIND_FEEDS,
	KIND_OVERRIDES,
	KIND_DEFAULTS,
	KIND_EVENTS,
	KINDS
};

/* How a value is built. */
enum built {
	BUILT_ONE,         /* one text */
	BUILT_LIST,        /* a list of values of the kind item; one may stand alone */
	BUILT_PAIR,        /* a list of two: of the kind item, and of the kind behind it in enum kind */
	BUILT_MAP,         /* a mapping of the keys of holds */
	BUILT_MAP_OR_ONE,  /* the same, or one text of the kind item */
	BUILT_MAPS,        /* a list of such mappings */
	BUILT_MAPS_OR_MAP, /* the same; one may stand alone */
	BUILT_NAMED_MAPS,  /* a mapping of names, of the kind item, to such mappings */
	BUILT_NAMED        /* a mapping of names, lines of text, to values of the kind item */
};

/* The types of JSON that an editor sees in a value of the kind: YAML 1.2 makes a number of 2021. */
enum { AS_STRING = 1 << 0, AS_NUMBER = 1 << 1, AS_INTEGER = 1 << 2, AS_BOOLEAN = 1 << 3 };

struct value_kind {
	const char *name;
	size_t size; /* of its struct in model/, which begins with struct at and is copied as it is; 0: it is in another's */
	/*
	 * Reads a node, which is not empty, into the struct. Returns true where that went well; else a finding has been
	 * added. NULL: it is read as a part of another kind.
	 */
	bool (*read)(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
	struct wording shape; /* what to write: "a date as 2021-01-21" */

	enum built built;
	enum kind item; /* of BUILT_LIST, BUILT_PAIR, BUILT_MAP_OR_ONE, BUILT_NAMED_MAPS */
	unsigned holds; /* where the keys of its mappings stand (enum where); 0: it has none */
	unsigned most;  /* items of a list, or entries of a mapping of names; 0: any number */

	/* Of BUILT_ONE: */
	unsigned types;                       /* of JSON, AS_STRING and its like */
	const char *pattern;                  /* a regular expression that a text fits, or NULL */
	int longest;                          /* characters; 0: any */
	int minimum, maximum;                 /* of a number; both 0: any; INT_MAX: no maximum */
	const char *const *words;             /* the words that editors offer, or NULL; ends in NULL */
	void (*add_pattern)(struct buffer *); /* in place of pattern: adds it to a text */
	const char *never;                    /* a pattern that no text may fit, or NULL */
	struct wording why;                   /* what to do about one that does */
	bool prose; /* in {key: one, two} a word behind a comma belongs to the text in front of it */

	bool (*fits_day)(const void *value); /* true if it can be of whole days; NULL: all can */
	/* Adds to a given value what another level says besides, in the arena. NULL: the nearer level counts alone. */
	void (*merge)(struct arena *arena, void *value, const void *other);
};

/* By enum kind. */
extern const struct value_kind kinds[KINDS];

#endif
