/* The page of an event. */
#include "base/arena.h"
#include "page/parts.h"
#include "text/links.h"
#include "text/markdown.h"

#include <stdlib.h>

/* What is being written. */
struct writing {
	const struct pages *pages;
	const struct schedule *schedule;
	const struct event *event;
	const struct showing *showings, *next; /* next: the first that is to come and is on, or NULL */
	size_t count;
	enum language language;
	struct buffer *out;
	struct str term; /* the last of the list */
};

/* A term, unless what came before belongs to it too. */
static void begin_term(struct writing *writing, struct str term)
{
	if (!str_equal(term, writing->term)) {
		buffer_add(writing->out, STR("<dt>"));
		html_add(writing->out, term);
		buffer_add(writing->out, STR("</dt>"));
	}
	writing->term = term;
	buffer_add(writing->out, STR("<dd>"));
}

static void add_term(struct writing *writing, struct str term, struct str text)
{
	begin_term(writing, term);
	html_add(writing->out, text);
	buffer_add(writing->out, STR("</dd>\n"));
}

static void add_link(struct writing *writing, const char *scheme, struct str address, struct str text)
{
	struct str whole = str_format(writing->pages->arena, "%s%.*s", scheme, STR_ARG(address));
	buffer_add(writing->out, STR("<a"));
	html_add_address(writing->out, "href", whole);
	buffer_byte(writing->out, '>');
	html_add(writing->out, text);
	buffer_add(writing->out, STR("</a>"));
}

static void add_linked(
	struct writing *writing, struct str term, const char *scheme, struct str address, struct str text)
{
	begin_term(writing, term);
	add_link(writing, scheme, address, text);
	buffer_add(writing->out, STR("</dd>\n"));
}

static void add_state(struct writing *writing)
{
	enum language language = writing->language;
	const struct event *event = writing->event;
	struct str state =
		event_cancelled(event)   ? SAY(language, "This event is called off.", "Deze activiteit gaat niet door.")
		: event_postponed(event) ? SAY(language, "This event is postponed; another date follows.",
						   "Deze activiteit is uitgesteld; een andere datum volgt.")
		: state_of(event, language).len ? SAY(language, "This event is full: there are no places left.",
							  "Deze activiteit is volgeboekt: er zijn geen plaatsen meer.")
						: STR("");
	if (state.len)
		buffer_format(writing->out, "<p class=\"state\">%.*s</p>\n", STR_ARG(state));
}

static void add_registration(struct writing *writing)
{
	const struct registration *registration = writing->event->registration;
	enum language language = writing->language;
	struct str term = SAY(language, "Register", "Aanmelden");
	if (!at_valid(&registration->at))
		return;
	if (at_valid(&registration->url.at))
		add_linked(writing, term, "", registration->url.str, registration->url.str);
	if (at_valid(&registration->email.at))
		add_linked(writing, term, "mailto:", registration->email.str, registration->email.str);
	if (at_valid(&registration->phone.at))
		add_term(writing, term, registration->phone.str);
	if (at_valid(&registration->deadline.at)) {
		struct moment deadline = registration->deadline.moment;
		const char *day = weekday_name(date_weekday(deadline.date), language);
		struct str time =
			moment_is_date(deadline) ? STR("") : time_format(writing->pages->arena, deadline.minute);
		add_term(writing, SAY(language, "Register until", "Aanmelden tot en met"),
			str_format(writing->pages->arena, "%s %d %s %d%s%.*s", day, deadline.date.day,
				month_name(deadline.date.month, language), deadline.date.year, time.len ? ", " : "",
				STR_ARG(time)));
	}
	if (at_valid(&registration->capacity.at))
		add_term(writing, SAY(language, "Places", "Aantal plaatsen"),
			str_format(writing->pages->arena, "%d", registration->capacity.value));
}

static void add_when(struct writing *writing)
{
	const struct showing *shown = writing->next ? writing->next : writing->count ? writing->showings : NULL;
	if (!shown)
		return;
	begin_term(writing, shown->of_rule && writing->next ? SAY(writing->language, "Next date", "Eerstvolgende datum")
							    : SAY(writing->language, "When", "Wanneer"));
	when_add(writing->out, writing->pages, writing->language, shown, true);
	buffer_add(writing->out, STR("</dd>\n"));
}

/* The keys of an event as terms and what belongs to them. */
static void add_facts(struct writing *writing)
{
	const struct event *event = writing->event;
	const struct conference *conference = event->conference;
	enum language language = writing->language;
	const struct schedule *whole = schedule_parent(writing->schedule);
	buffer_add(writing->out, STR("<dl>\n"));
	add_when(writing);
	if (at_valid(&event->location->at))
		add_term(writing, SAY(language, "Where", "Waar"), event->location->str);
	if (at_valid(&conference->at))
		add_linked(writing, SAY(language, "Join online", "Online deelnemen"), "", conference->url.str,
			at_valid(&conference->label.at) ? conference->label.str : conference->url.str);
	if (whole) {
		begin_term(writing, SAY(language, "Part of", "Onderdeel van"));
		buffer_format(writing->out, "<a href=\"%.*s.html\">", STR_ARG(whole->id));
		html_add(writing->out, whole->event->summary->str);
		buffer_add(writing->out, STR("</a></dd>\n"));
	}
	for (size_t i = 0; i < event->details->count; i++)
		add_term(writing, event->details->items[i].label.str, event->details->items[i].text.str);
	add_registration(writing);
	if (at_valid(&event->url->at))
		add_linked(writing, SAY(language, "More information", "Meer informatie"), "", event->url->str,
			event->url->str);
	if (at_valid(&event->contact->at))
		add_term(writing, STR("Contact"), event->contact->str);
	for (size_t i = 0; i < event->attach->count; i++)
		add_linked(writing, STR("Document"), "", event->attach->items[i].str, event->attach->items[i].str);
	if (at_valid(&event->image->at))
		add_linked(writing, SAY(language, "Picture", "Afbeelding"), "", event->image->str, event->image->str);
	add_linked(writing, SAY(language, "Organized by", "Georganiseerd door"), "mailto:", event->organizer->email.str,
		event->organizer->name.str);
	buffer_add(writing->out, STR("</dl>\n"));
}

/* All dates of a rule that are shown. */
static void add_dates(struct writing *writing)
{
	if (writing->count < 2)
		return;
	buffer_format(
		writing->out, "<h2>%s</h2>\n<ul class=\"list\">\n", SAY(writing->language, "Dates", "Datums").ptr);
	for (size_t i = 0; i < writing->count; i++) {
		const struct showing *showing = &writing->showings[i];
		struct str state = showing->over ? SAY(writing->language, "over", "voorbij")
						 : state_of(showing->event, writing->language);
		buffer_add(writing->out, STR("<li>"));
		when_add(writing->out, writing->pages, writing->language, showing, true);
		if (state.len)
			buffer_format(writing->out, "<span class=\"%s\">%.*s</span>", showing->over ? "soft" : "state",
				STR_ARG(state));
		if (!str_equal(showing->event->summary->str, writing->event->summary->str)) {
			buffer_add(writing->out, STR(" "));
			html_add(writing->out, showing->event->summary->str);
		}
		if (!str_equal(showing->event->location->str, writing->event->location->str)) {
			buffer_add(writing->out, STR("<span class=\"soft\">"));
			html_add(writing->out, showing->event->location->str);
			buffer_add(writing->out, STR("</span>"));
		}
		buffer_add(writing->out, STR("</li>\n"));
	}
	buffer_add(writing->out, STR("</ul>\n"));
}

/* The first of the events that are a part of this one. */
static size_t first_part(const struct pages *pages, struct str id)
{
	size_t low = 0, high = pages->part_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (str_compare(schedule_parent(pages->parts[middle])->id, id) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void add_parts(struct writing *writing)
{
	const struct pages *pages = writing->pages;
	struct str id = writing->schedule->id;
	size_t begin = first_part(pages, id), i = begin;
	for (; i < pages->part_count && str_equal(schedule_parent(pages->parts[i])->id, id); i++) {
		const struct schedule *part = pages->parts[i];
		struct showing showing = {part, part->event, part->timing, part->timing.start, false, false};
		struct str place = place_of(part->event), state = state_of(part->event, writing->language);
		if (i == begin)
			buffer_format(writing->out, "<h2>%s</h2>\n<ul class=\"list\">\n",
				SAY(writing->language, "Programme", "Programma").ptr);
		buffer_add(writing->out, STR("<li>"));
		when_add(writing->out, pages, writing->language, &showing, true);
		buffer_format(writing->out, "<a href=\"%.*s.html\">", STR_ARG(part->id));
		html_add(writing->out, part->event->summary->str);
		buffer_add(writing->out, STR("</a>"));
		if (state.len)
			buffer_format(writing->out, " <span class=\"state\">%.*s</span>", STR_ARG(state));
		if (place.len) {
			buffer_add(writing->out, STR("<span class=\"soft\">"));
			html_add(writing->out, place);
			buffer_add(writing->out, STR("</span>"));
		}
		buffer_add(writing->out, STR("</li>\n"));
	}
	if (i > begin)
		buffer_add(writing->out, STR("</ul>\n"));
}

static void add_head(struct writing *writing, struct buffer *head)
{
	const struct pages *pages = writing->pages;
	const struct event *event = writing->event;
	struct str base = published_at(pages->calendar);
	property_add(head, "og:type", STR("website"));
	property_add(head, "og:title", event->summary->str);
	property_add(head, "og:site_name", pages->calendar->name.str);
	property_add(head, "og:description", description_of(pages, event));
	property_add(head, "og:locale", SAY(writing->language, "en_GB", "nl_NL"));
	if (at_valid(&event->image->at))
		property_add(head, "og:image", event->image->str);
	if (base.len) {
		struct str address = str_format(
			pages->arena, "%.*s/events/%.*s.html", STR_ARG(base), STR_ARG(writing->schedule->id));
		property_add(head, "og:url", address);
		buffer_add(head, STR("<link rel=\"canonical\""));
		html_add_address(head, "href", address);
		buffer_add(head, STR(">\n"));
	}
	alternates_add(pages, STR("../"), head);
	data_add(pages, writing->showings, writing->count, head);
}

void page_event(const struct pages *pages, const struct schedule *schedule, struct buffer *out)
{
	struct described described = {0};
	struct pages here = *pages;
	here.described = &described;
	pages = &here;
	const struct event *event = schedule->event;
	struct buffer head = {0}, header = {0}, main = {0}, footer = {0};
	struct arena_mark mark = arena_mark(pages->arena);
	struct writing writing = {
		pages, schedule, event, .language = page_language(pages->calendar, event), .out = &main};
	enum language around = page_language(pages->calendar, NULL);
	writing.showings = showings_of(pages->arena, pages->calendar, schedule, &writing.count);
	for (size_t i = 0; i < writing.count && !writing.next; i++)
		if (!writing.showings[i].over && !event_cancelled(writing.showings[i].event) &&
			!event_postponed(writing.showings[i].event))
			writing.next = &writing.showings[i];
	add_head(&writing, &head);
	buffer_format(&header, "<p><a href=\"../index.html\"%s>",
		around == writing.language ? "" : SAY(around, " lang=\"en\"", " lang=\"nl\"").ptr);
	html_add(&header, pages->calendar->name.str);
	buffer_add(&header, STR("</a></p>\n<h1>"));
	html_add(&header, event->summary->str);
	buffer_add(&header, STR("</h1>\n"));
	add_state(&writing);
	add_facts(&writing);
	if (at_valid(&event->description->text.at))
		buffer_format(&main, "<div class=\"text\">%.*s</div>\n",
			STR_ARG(markdown_to_fragment(pages->arena, event->description->text.str)));
	add_parts(&writing);
	add_dates(&writing);
	adding_add(pages, writing.language, schedule, writing.next, &main);
	footer_add(pages, writing.language, STR("../"), &footer);
	struct str title = str_format(
		pages->arena, "%.*s - %.*s", STR_ARG(event->summary->str), STR_ARG(pages->calendar->name.str));
	frame_add(out, &(struct frame){writing.language, title, STR("../"), buffer_str(&head), buffer_str(&header),
			       buffer_str(&main), buffer_str(&footer)});
	buffer_free(&head);
	buffer_free(&header);
	buffer_free(&main);
	buffer_free(&footer);
	arena_release(pages->arena, mark);
}
