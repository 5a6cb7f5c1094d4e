/*
 * An event as its author gave it, every value with the place where it stands, and what the checks worked out of it.
 *
 * The same struct holds what a file's defaults, a type or the event itself says; decode/inherit.h puts them together.
 * Strings live in the arena of the run. Terms are those of RFC 5545 and RFC 7986.
 */
#ifndef MODEL_EVENT_H
#define MODEL_EVENT_H

#include "input/source.h"
#include "time/recurrence.h"

struct zone;

enum given {
	GIVEN_ABSENT,
	GIVEN_EMPTY,   /* the key stands there with nothing behind it: as if absent, and reported */
	GIVEN_INVALID, /* what stands there could not be read, and was reported: nothing follows from it */
	GIVEN_VALID
};

/* What every value begins with. The span is that of the value; of an absent one, source 0. */
struct at {
	struct span span;
	enum given given;
};

static inline bool at_valid(const struct at *at)
{
	return at->given == GIVEN_VALID;
}

/* Whether something was said, well or badly. */
static inline bool at_given(const struct at *at)
{
	return at->given == GIVEN_VALID || at->given == GIVEN_INVALID;
}

struct text {
	struct at at;
	struct str str;
};

struct texts {
	struct at at;
	struct text *items; /* each of them valid */
	size_t count;
};

struct event;

/* Bytes. Shorter texts that an alias stands for are worked on anew: to remember them would cost more. */
enum { LONG_TEXT = 1024 };

/* What a text is published as, worked out once for all events that share the text (session/texts.h). */
struct rendered {
	const struct event *owner; /* the first that has the text; NULL: it was not looked at */
	const char *plain;         /* in the arena of the run, or NULL: it is not kept */
	size_t len;                /* bytes of it, kept or not */
};

/* A text in Markdown. */
struct prose {
	struct text text;
	struct rendered *rendered; /* not NULL where the text is valid */
};

/* One of an enumeration, a yes or no, a weekday (0 is Sunday), a whole number. */
struct choice {
	struct at at;
	int value;
};

struct when {
	struct at at;
	struct moment moment;
	bool time_only;  /* only moment.minute is set: a time on the day of the start */
	bool month_only; /* the moment is the first day of the month: the day of the start is not known yet */
};

struct moments {
	struct at at;
	struct when *items; /* each of them valid */
	size_t count;
};

/* A recurrence rule. */
struct rule {
	struct at at;
	struct str text;               /* as it was written */
	struct recurrence *recurrence; /* as it was read */
};

struct override;

struct overrides {
	struct at at;
	struct override **items;
	size_t count;
};

struct duration_value {
	struct at at;
	struct duration duration;
	bool none; /* a reminder that is switched off */
};

struct zone_value {
	struct at at;
	const struct zone *zone;
};

struct position {
	struct at at;
	double latitude, longitude; /* degrees */
};

struct person {
	struct at at;
	struct text name, email;
};

struct conference {
	struct at at;
	struct text url, label;
};

struct registration {
	struct at at;
	struct text url, email, phone; /* one of them at least */
	struct when deadline;
	struct choice capacity, full;
};

/* A line of its own in the description: "Prijs: gratis". */
struct detail {
	struct text label, text;
};

struct details {
	struct at at;
	struct detail *items; /* each of them valid, in their order, each label once */
	size_t count;
};

enum status { STATUS_TENTATIVE, STATUS_CONFIRMED, STATUS_POSTPONED, STATUS_CANCELLED };
enum show_as { SHOW_FREE, SHOW_TENTATIVE, SHOW_BUSY, SHOW_AWAY };
enum priority { PRIORITY_HIGH, PRIORITY_NORMAL, PRIORITY_LOW };
enum class { CLASS_PUBLIC, CLASS_PRIVATE, CLASS_CONFIDENTIAL };

/*
 * Each value is a pointer, since few of them are given: once event_open() (decode/keys.h) has been called it is never
 * NULL, but leads to an absent value, which is all zero. What is inherited is the same value, so none is ever changed.
 * Behind the first member there are only such pointers.
 */
struct event {
	struct at at; /* the span is that of its first key */
	const struct text *id, *uid;
	const struct choice *sequence;
	const struct text *type, *summary;
	const struct choice *draft;
	const struct when *start, *end;
	const struct duration_value *duration;
	const struct choice *weekday;
	const struct zone_value *timezone;
	const struct text *location;
	const struct position *geo;
	const struct conference *conference;
	const struct text *url;
	const struct prose *description;
	const struct choice *html;
	const struct registration *registration;
	const struct details *details;
	const struct text *part_of; /* the id of another event */
	const struct choice *language;
	const struct texts *categories, *add_categories;
	const struct choice *status, *class, *show_as, *priority;
	const struct text *color, *image;
	const struct texts *attach;
	const struct text *contact;
	const struct person *organizer;
	const struct duration_value *reminder;
	const struct rule *rrule;
	const struct moments *exdate, *rdate;
	const struct overrides *overrides;
};

static inline bool event_draft(const struct event *event)
{
	return at_valid(&event->draft->at) && event->draft->value;
}

/* The day of its start is not known yet. */
static inline bool event_announced(const struct event *event)
{
	return at_valid(&event->start->at) && event->start->month_only;
}

static inline bool event_postponed(const struct event *event)
{
	return at_valid(&event->status->at) && event->status->value == STATUS_POSTPONED;
}

static inline bool event_cancelled(const struct event *event)
{
	return at_valid(&event->status->at) && event->status->value == STATUS_CANCELLED;
}

/* Values of its own for one occurrence: what it does not give is the event's, but for the times. */
struct override {
	struct event event; /* first, so that the keys of events decode into it */
	struct when recurrence_id;
};

#endif
