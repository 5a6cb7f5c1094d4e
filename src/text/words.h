/*
 * The words that evcal adds to texts, in the calendar's language.
 */
#ifndef TEXT_WORDS_H
#define TEXT_WORDS_H

#include "model/calendar.h"
#include "model/form.h"

struct arena;

/* A summary as it is published: marked where the event is called off. */
struct str words_summary(struct arena *arena, const struct calendar *calendar, const struct event *event);

/*
 * Whether a published summary begins with such a mark, in either language; then *status is what it says, *language the
 * mark's, and *summary what stands behind it.
 */
bool words_marked(struct str *summary, enum status *status, enum language *language);

/* All of an event's description, in plain text and as HTML: what its author wrote, and what evcal adds. */
struct str words_description(struct arena *arena, const struct calendar *calendar, const struct event *event);
struct str words_html(struct arena *arena, const struct calendar *calendar, const struct event *event);

/*
 * The subject of a mail with an invitation: the summary and the day, of one occurrence that which it is known by, of an
 * event that recurs its first.
 */
struct str words_subject(struct arena *arena, const struct calendar *calendar, const struct schedule *schedule,
	const struct occurrence *occurrence, enum form form);
/* What stands in front of it where it changes what the person was sent before; empty where the subject says so. */
struct str words_changed(const struct calendar *calendar, const struct event *event, enum form form);

/*
 * What a mail with an invitation says to who reads it without a calendar: what, when with weekday and zone, where, what
 * the description says (as it is published), and how to answer. of one occurrence, or (NULL) of the event with all its
 * dates. As plain text, whose lines end in LF, and as an HTML document.
 */
void words_message(struct arena *arena, const struct calendar *calendar, const struct schedule *schedule,
	const struct occurrence *occurrence, enum form form, struct str *text, struct str *html);

#endif
