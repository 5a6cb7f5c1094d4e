/* What the pages share. Private to page/. */
#ifndef PAGE_PARTS_H
#define PAGE_PARTS_H

#include "base/wording.h"
#include "page/html.h"
#include "page/page.h"

/* One date of an event. */
struct showing {
	const struct schedule *schedule; /* the event's */
	const struct event *event;       /* its override's where it has one */
	struct timing timing;            /* when it is, of the event's own zone */
	struct moment id;                /* of a rule: the date that it is known by */
	bool of_rule, over;              /* over: by today */
};

/*
 * The dates of an event that are shown, in order: of a rule at most 100 that are not over by today, within two years
 * from today, and the last 100 that are. In the arena.
 */
const struct showing *showings_of(
	struct arena *arena, const struct calendar *calendar, const struct schedule *schedule, size_t *count);

/* The language of an event, or (NULL) of the calendar. */
enum language page_language(const struct calendar *calendar, const struct event *event);
#define SAY(language, english, dutch) str_from((language) == LANGUAGE_NL ? (dutch) : (english))

/* A page: head, header, main and footer are HTML; root is the way to the index, "" or "../". */
struct frame {
	enum language language;
	struct str title, root, head, header, main, footer;
};
void frame_add(struct buffer *out, const struct frame *frame);
/* The links at the foot of every page. */
void footer_add(const struct pages *pages, enum language language, struct str root, struct buffer *out);
/* Links to the feeds for programs that look for them, and to agenda.atom. */
void alternates_add(const struct pages *pages, struct str root, struct buffer *out);
/* <meta property="og:…">; nothing where value is empty. */
void property_add(struct buffer *out, const char *name, struct str value);

/* publish-url without a slash at its end, or empty. */
struct str published_at(const struct calendar *calendar);

/* "<time datetime="…">donderdag 30 september 2027, 14:00 tot 16:00</time>"; year: with it. */
void when_add(struct buffer *out, const struct pages *pages, enum language language, const struct showing *showing,
	bool year);
/* "2027-09-30T14:00:00+02:00", or a date: of its start, or its end (of whole days the last). */
struct str start_stamp(struct arena *arena, const struct timing *timing);
struct str end_stamp(struct arena *arena, const struct timing *timing);
/* The description last asked for: a page has it in several places, and for each of its dates. */
struct described {
	const struct event *event;
	struct str text;
};
/* An event's description in plain text; in the arena. */
struct str description_of(const struct pages *pages, const struct event *event);
/* "Geannuleerd", "Uitgesteld", "Volgeboekt", or empty. */
struct str state_of(const struct event *event, enum language language);
/* Where it is: the location, else that it is online, else empty. */
struct str place_of(const struct event *event);

/* Links that add an event to an agenda: its .ics file, and, of a date that is to come, Google's and Outlook's. */
void adding_add(const struct pages *pages, enum language language, const struct schedule *schedule,
	const struct showing *next, struct buffer *out);
/* Links that subscribe to a feed. */
void subscribing_add(const struct pages *pages, const struct feed *feed, struct buffer *out);
/* What search engines read of the dates that are to come (schema.org/Event). */
void data_add(const struct pages *pages, const struct showing *showings, size_t count, struct buffer *out);

#endif
