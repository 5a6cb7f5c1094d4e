/* Links that subscribe to a feed, or add an event to an agenda. */
#include "base/arena.h"
#include "page/parts.h"

#include <string.h>

/* Bytes of a description in a link: browsers and servers take no addresses of any length. */
enum { DETAILS_MOST = 1000 };

static void add_link(struct buffer *out, struct str address, const char *name)
{
	buffer_add(out, STR("<li><a href=\""));
	html_add(out, address);
	buffer_format(out, "\">%s</a></li>\n", name);
}

static const char *google(enum language language)
{
	return SAY(language, "Google Calendar", "Google Agenda").ptr;
}

void subscribing_add(const struct pages *pages, const struct feed *feed, struct buffer *out)
{
	static const char *const outlooks[][2] = {
		{"Outlook (Microsoft 365)", "https://outlook.office.com"}, {"Outlook.com", "https://outlook.live.com"}};
	enum language language = page_language(pages->calendar, NULL);
	struct arena *arena = pages->arena;
	struct str base = published_at(pages->calendar), id = feed->id.str;
	struct buffer query = {0}, name = {0};
	buffer_add(out, STR("<ul class=\"links\">\n"));
	if (base.len) {
		struct str address = str_format(arena, "%.*s/%.*s.ics", STR_ARG(base), STR_ARG(id));
		struct str behind = str_part(address, str_find(address, ':'), address.len);
		html_add_query(&query, address);
		html_add_query(&name, feed->name.str);
		add_link(out, str_format(arena, "webcal%.*s", STR_ARG(behind)),
			SAY(language, "In the calendar of this device", "In de agenda van dit apparaat").ptr);
		for (size_t i = 0; i < sizeof(outlooks) / sizeof(*outlooks); i++)
			add_link(out,
				str_format(arena, "%s/calendar/0/addfromweb/?url=%.*s&name=%.*s", outlooks[i][1],
					STR_ARG(buffer_str(&query)), STR_ARG(buffer_str(&name))),
				outlooks[i][0]);
		query.len = 0;
		html_add_query(&query, str_format(arena, "webcal%.*s", STR_ARG(behind)));
		add_link(out,
			str_format(
				arena, "https://calendar.google.com/calendar/r?cid=%.*s", STR_ARG(buffer_str(&query))),
			google(language));
	}
	add_link(out, str_format(arena, "%.*s.ics", STR_ARG(id)),
		SAY(language, "The file (.ics)", "Het bestand (.ics)").ptr);
	buffer_add(out, STR("</ul>\n"));
	if (base.len) {
		buffer_format(out, "<p class=\"own\">%s <a href=\"",
			SAY(language, "Or paste this address where your calendar asks for one:",
				"Of plak dit adres waar je agenda erom vraagt:")
				.ptr);
		html_add(out, str_format(arena, "%.*s/%.*s.ics", STR_ARG(base), STR_ARG(id)));
		buffer_add(out, STR("\">"));
		html_add(out, str_format(arena, "%.*s/%.*s.ics", STR_ARG(base), STR_ARG(id)));
		buffer_add(out, STR("</a></p>\n"));
	}
	buffer_free(&query);
	buffer_free(&name);
}

static void add_part(struct buffer *out, const char *name, struct str value)
{
	buffer_add(out, str_from(name));
	html_add_query(out, value);
}

/* "20270930T120000Z", or "20270930"; the end of whole days is exclusive. */
static struct str compact(struct arena *arena, bool all_day, struct moment moment, int64_t at)
{
	if (!all_day)
		moment = moment_from_seconds(at);
	struct str day = str_format(arena, "%04d%02d%02d", moment.date.year, moment.date.month, moment.date.day);
	return all_day ? day
		       : str_format(arena, "%.*sT%02d%02d00Z", STR_ARG(day), moment.minute / 60, moment.minute % 60);
}

static struct str spaced(struct arena *arena, bool all_day, struct moment moment, int64_t at)
{
	if (!all_day)
		moment = moment_from_seconds(at);
	struct str day = date_format(arena, moment.date);
	return all_day ? day
		       : str_format(arena, "%.*sT%02d:%02d:00Z", STR_ARG(day), moment.minute / 60, moment.minute % 60);
}

/* The beginning of a description, at a whole character. */
static struct str shortened(struct arena *arena, struct str text)
{
	if (text.len <= DETAILS_MOST)
		return text;
	text.len = DETAILS_MOST;
	while (text.len && ((unsigned char)text.ptr[text.len] & 0xC0) == 0x80)
		text.len--;
	return str_format(arena, "%.*s…", STR_ARG(text));
}

static void add_services(const struct pages *pages, const struct showing *next, struct buffer *out)
{
	struct arena *arena = pages->arena;
	const struct timing *timing = &next->timing;
	const struct event *event = next->event;
	struct str text = shortened(arena, description_of(pages, event));
	struct str place = at_valid(&event->location->at)     ? event->location->str
			   : at_valid(&event->conference->at) ? event->conference->url.str
							      : STR("");
	struct str from = compact(arena, timing->all_day, timing->start, timing->start_at);
	struct str to = compact(arena, timing->all_day, timing->end, timing->end_at);
	struct buffer link = {0}, rest = {0};
	add_part(&link, "https://calendar.google.com/calendar/render?action=TEMPLATE&text=", event->summary->str);
	buffer_format(&link, "&dates=%.*s/%.*s", STR_ARG(from), STR_ARG(to));
	add_part(&link, "&details=", text);
	add_part(&link, "&location=", place);
	add_link(out, buffer_str(&link), google(page_language(pages->calendar, event)));
	add_part(&rest, "/calendar/0/deeplink/compose?path=%2Fcalendar%2Faction%2Fcompose&rru=addevent&subject=",
		event->summary->str);
	add_part(&rest, "&startdt=", spaced(arena, timing->all_day, timing->start, timing->start_at));
	add_part(&rest, "&enddt=", spaced(arena, timing->all_day, timing->end, timing->end_at));
	buffer_add(&rest, timing->all_day ? STR("&allday=true") : STR(""));
	add_part(&rest, "&body=", text);
	add_part(&rest, "&location=", place);
	add_link(out, str_format(arena, "https://outlook.live.com%.*s", STR_ARG(buffer_str(&rest))), "Outlook.com");
	add_link(out, str_format(arena, "https://outlook.office.com%.*s", STR_ARG(buffer_str(&rest))),
		"Outlook (Microsoft 365)");
	buffer_free(&link);
	buffer_free(&rest);
}

void adding_add(const struct pages *pages, enum language language, const struct schedule *schedule,
	const struct showing *next, struct buffer *out)
{
	buffer_format(out, "<h2 class=\"screen\">%s</h2>\n",
		SAY(language, "Add to my calendar", "In mijn agenda zetten").ptr);
	buffer_format(out, "<ul class=\"links\">\n<li><a href=\"%.*s.ics\">%s</a></li>\n", STR_ARG(schedule->id),
		SAY(language, "Calendar file (.ics)", "Agendabestand (.ics)").ptr);
	if (next)
		add_services(pages, next, out);
	buffer_add(out, STR("</ul>\n"));
	if (next && next->of_rule) {
		buffer_format(out, "<p class=\"soft screen\">%s ",
			SAY(language, "The file has all dates; the other links add the next one:",
				"Het bestand heeft alle datums; de andere links voegen de eerstvolgende toe:")
				.ptr);
		when_add(out, pages, language, next, true);
		buffer_add(out, STR("</p>\n"));
	}
}
