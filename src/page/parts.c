#include "page/parts.h"

#include "base/arena.h"
#include "text/words.h"
#include "time/zone.h"

#include <string.h>

static const char *const frame_lines[] = {
#include "page/frame.html.inc"
	NULL};
static const char *const style_lines[] = {
#include "page/style.css.inc"
	NULL};

enum language page_language(const struct calendar *calendar, const struct event *event)
{
	const struct choice *language = event && at_valid(&event->language->at) ? event->language : &calendar->language;
	return at_valid(&language->at) ? (enum language)language->value : LANGUAGE_EN;
}

void page_style(struct buffer *out)
{
	for (const char *const *line = style_lines; *line; line++)
		buffer_add(out, str_from(*line));
}

/* A word between two @ of the frame. */
static void add_place(struct buffer *out, const struct frame *frame, struct str name)
{
	const struct {
		const char *name;
		struct str html;
	} places[] = {{"root", frame->root}, {"head", frame->head}, {"header", frame->header}, {"main", frame->main},
		{"footer", frame->footer}, {"language", SAY(frame->language, "en", "nl")},
		{"skip", SAY(frame->language, "To the content", "Naar de inhoud")}};
	if (str_equal(name, STR("title")))
		html_add(out, frame->title);
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		if (str_equal(name, str_from(places[i].name)))
			buffer_add(out, places[i].html);
}

void frame_add(struct buffer *out, const struct frame *frame)
{
	for (const char *const *line = frame_lines; *line; line++) {
		struct str rest = str_from(*line);
		for (bool within = false; rest.len; within = !within) {
			struct str part = str_part(rest, 0, str_find(rest, '@'));
			if (within)
				add_place(out, frame, part);
			else
				buffer_add(out, part);
			rest = str_part(rest, part.len + (part.len < rest.len), rest.len);
		}
	}
}

struct str published_at(const struct calendar *calendar)
{
	struct str base = at_valid(&calendar->publish_url.at) ? calendar->publish_url.str : STR("");
	base.len -= str_ends(base, STR("/"));
	return base;
}

void property_add(struct buffer *out, const char *name, struct str value)
{
	if (!value.len)
		return;
	buffer_format(out, "<meta property=\"%s\" content=\"", name);
	html_add(out, value);
	buffer_add(out, STR("\">\n"));
}

void alternates_add(const struct pages *pages, struct str root, struct buffer *out)
{
	const struct feeds *feeds = &pages->calendar->feeds;
	for (size_t i = 0; i < feeds->count; i++) {
		buffer_format(out, "<link rel=\"alternate\" type=\"text/calendar\" href=\"%.*s%.*s.ics\" title=\"",
			STR_ARG(root), STR_ARG(feeds->items[i]->id.str));
		html_add(out, feeds->items[i]->name.str);
		buffer_add(out, STR("\">\n"));
	}
	buffer_format(out, "<link rel=\"alternate\" type=\"application/atom+xml\" href=\"%.*sagenda.atom\">\n",
		STR_ARG(root));
}

void footer_add(const struct pages *pages, enum language language, struct str root, struct buffer *out)
{
	const struct calendar *calendar = pages->calendar;
	buffer_add(out, STR("<p>"));
	html_add(out, calendar->organizer.name.str);
	buffer_add(out, STR(" · <a href=\"mailto:"));
	html_add(out, calendar->organizer.email.str);
	buffer_add(out, STR("\">"));
	html_add(out, calendar->organizer.email.str);
	buffer_add(out, STR("</a></p>\n<ul class=\"links\">\n"));
	for (size_t i = 0; i < calendar->page.links.count; i++) {
		const struct detail *link = &calendar->page.links.items[i];
		buffer_add(out, STR("<li><a"));
		html_add_address(out, "href", link->text.str);
		buffer_byte(out, '>');
		html_add(out, link->label.str);
		buffer_add(out, STR("</a></li>\n"));
	}
	buffer_format(out, "<li><a href=\"%.*sagenda.atom\">%s</a></li>\n</ul>\n", STR_ARG(root),
		SAY(language, "What is new (Atom)", "Wat er nieuw is (Atom)").ptr);
}

/* --- when and where ----------------------------------------------------------------------------------------------- */

static struct str stamp(struct arena *arena, const struct timing *timing, struct moment moment, int64_t at)
{
	int32_t offset = timing->zone ? zone_offset(timing->zone, at) : 0;
	int minutes = offset < 0 ? -offset / 60 : offset / 60;
	if (timing->all_day)
		return date_format(arena, moment.date);
	return str_format(arena, "%.*sT%02d:%02d:00%c%02d:%02d", STR_ARG(date_format(arena, moment.date)),
		moment.minute / 60, moment.minute % 60, offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

struct str start_stamp(struct arena *arena, const struct timing *timing)
{
	return stamp(arena, timing, timing->start, timing->start_at);
}

/* The last day of whole days, whose end is exclusive. */
static struct moment last_of(const struct timing *timing)
{
	struct moment last = timing->end;
	if (timing->all_day)
		last.date = date_from_days(date_days(last.date) - 1);
	return last;
}

struct str end_stamp(struct arena *arena, const struct timing *timing)
{
	return stamp(arena, timing, last_of(timing), timing->end_at);
}

/* "donderdag 30 september 2027" */
static void add_day(struct buffer *out, enum language language, struct date date, bool year)
{
	buffer_format(out, "%s %d %s", weekday_name(date_weekday(date), language), date.day,
		month_name(date.month, language));
	if (year)
		buffer_format(out, " %d", date.year);
}

void when_add(
	struct buffer *out, const struct pages *pages, enum language language, const struct showing *showing, bool year)
{
	const struct timing *timing = &showing->timing;
	struct moment start = timing->start, last = last_of(timing);
	bool one_day = date_days(start.date) == date_days(last.date);
	const char *to = SAY(language, " to ", timing->all_day ? " t/m " : " tot ").ptr;
	struct str attribute = start_stamp(pages->arena, timing);
	buffer_format(out, "<time datetime=\"%.*s\">", STR_ARG(attribute));
	add_day(out, language, start.date, year);
	if (!timing->all_day)
		buffer_format(out, ", %02d:%02d", start.minute / 60, start.minute % 60);
	if (!one_day || !timing->all_day)
		buffer_add(out, str_from(to));
	if (!one_day)
		add_day(out, language, last.date, year);
	if (!timing->all_day)
		buffer_format(out, "%s%02d:%02d", one_day ? "" : ", ", last.minute / 60, last.minute % 60);
	if (!timing->all_day && timing->zone != pages->calendar->timezone.zone) {
		buffer_add(out, STR(" ("));
		html_add(out, timing->zone ? zone_name(timing->zone) : STR("UTC"));
		buffer_byte(out, ')');
	}
	buffer_add(out, STR("</time>"));
}

struct str description_of(const struct pages *pages, const struct event *event)
{
	struct described *last = pages->described;
	if (last && last->event == event)
		return last->text;
	struct str text = words_description(pages->arena, pages->calendar, event);
	if (last)
		*last = (struct described){event, text};
	return text;
}

struct str state_of(const struct event *event, enum language language)
{
	const struct registration *registration = event->registration;
	if (event_cancelled(event))
		return SAY(language, "Cancelled", "Geannuleerd");
	if (event_postponed(event))
		return SAY(language, "Postponed", "Uitgesteld");
	if (at_valid(&registration->at) && at_valid(&registration->full.at) && registration->full.value)
		return SAY(language, "Full", "Volgeboekt");
	return STR("");
}

struct str place_of(const struct event *event)
{
	if (at_valid(&event->location->at))
		return event->location->str;
	return at_valid(&event->conference->at) ? STR("Online") : STR("");
}
