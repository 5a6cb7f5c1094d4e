/*
 * Web pages for subscribers (evcal-publish(7)): an index, a page for each event, their style, and an Atom feed (RFC
 * 4287) of what is new. Plain HTML that runs nothing and asks nothing of another server. Made from a calendar without
 * errors that has pages (calendar_has_pages()), and its revisions, which are up to date.
 */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

#include "model/calendar.h"
#include "model/revision.h"

struct pages {
	struct arena *arena;
	const struct calendar *calendar;
	const struct revisions *revisions;
	const struct showing *shown; /* every date that is shown, by start */
	size_t shown_count;
	const struct schedule **parts; /* events that are a part of another, by that and by start */
	size_t part_count;
	struct described *described; /* private to page/; NULL while no event's page is written */
};

struct pages pages_make(struct arena *arena, const struct calendar *calendar, const struct revisions *revisions);

/* Each adds a whole file to out. index.html, style.css, agenda.atom: */
void page_index(const struct pages *pages, struct buffer *out);
void page_style(struct buffer *out);
void page_atom(const struct pages *pages, struct buffer *out);
/* events/ID.html */
void page_event(const struct pages *pages, const struct schedule *schedule, struct buffer *out);

#endif
