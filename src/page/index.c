/* The index: how to subscribe, what is on, what is to come and what is over. */
#include "base/arena.h"
#include "page/parts.h"
#include "text/markdown.h"

static void add_state(struct buffer *out, struct str state)
{
	if (state.len)
		buffer_format(out, " <span class=\"state\">%.*s</span>", STR_ARG(state));
}

static void add_showing(
	const struct pages *pages, enum language language, const struct showing *showing, struct buffer *out)
{
	struct str place = place_of(showing->event);
	enum language own = page_language(pages->calendar, showing->event);
	buffer_add(out, STR("<li>"));
	when_add(out, pages, language, showing, false);
	buffer_format(out, "<a href=\"events/%.*s.html\"", STR_ARG(showing->schedule->id));
	if (own != language)
		buffer_format(out, " lang=\"%s\"", SAY(own, "en", "nl").ptr);
	buffer_byte(out, '>');
	html_add(out, showing->event->summary->str);
	buffer_add(out, STR("</a>"));
	add_state(out, state_of(showing->event, language));
	if (place.len) {
		buffer_add(out, STR("<span class=\"soft\">"));
		html_add(out, place);
		buffer_add(out, STR("</span>"));
	}
	buffer_add(out, STR("</li>\n"));
}

/* The dates that are over, or that are not, by month. Returns how many there are. */
static size_t add_months(const struct pages *pages, enum language language, bool over, struct buffer *out)
{
	const struct date *month = NULL;
	size_t count = 0;
	for (size_t i = 0; i < pages->shown_count; i++) {
		const struct showing *showing = &pages->shown[i];
		const struct date *date = &showing->timing.start.date;
		if (showing->over != over)
			continue;
		if (!month || month->year != date->year || month->month != date->month)
			buffer_format(out, "%s<h3>%s %d</h3>\n<ul class=\"list\">\n", month ? "</ul>\n" : "",
				month_name(date->month, language), date->year);
		month = date;
		add_showing(pages, language, showing, out);
		count++;
	}
	if (month)
		buffer_add(out, STR("</ul>\n"));
	return count;
}

static void add_announced(const struct pages *pages, enum language language, struct buffer *out)
{
	const struct calendar *calendar = pages->calendar;
	bool begun = false;
	for (size_t i = 0; i < calendar->schedule_count; i++) {
		const struct event *event = calendar->schedules[i]->event;
		if (event_draft(event) || !event_announced(event))
			continue;
		struct date month = event->start->moment.date;
		if (!begun)
			buffer_format(out, "<h2>%s</h2>\n<ul class=\"list\">\n",
				SAY(language, "Announced: the day is not known yet",
					"Aangekondigd: de dag is nog niet bekend")
					.ptr);
		begun = true;
		buffer_format(out, "<li><time datetime=\"%04d-%02d\">%s %d</time>", month.year, month.month,
			month_name(month.month, language), month.year);
		html_add(out, event->summary->str);
		add_state(out, state_of(event, language));
		buffer_add(out, STR("</li>\n"));
	}
	if (begun)
		buffer_add(out, STR("</ul>\n"));
}

/* What each link does, and how late a change shows (README.md, "Subscribing"). */
static const struct wording clients[] = {
	W("This device: opens its own calendar, such as Apple's or Thunderbird, which looks every few hours.",
		"Dit apparaat: opent de eigen agenda, zoals die van Apple of Thunderbird, en die kijkt om de paar "
		"uur."),
	W("Outlook: opens Outlook on the web; a change shows some hours later, at times more than a day.",
		"Outlook: opent Outlook op het web; een wijziging zie je enkele uren later, soms meer dan een dag."),
	W("Google: asks to add the calendar; a change shows up to a day later, at times longer.",
		"Google: vraagt de agenda toe te voegen; een wijziging zie je tot een dag later, soms nog later."),
	W("The file: adds what is known now, once; later changes do not show.",
		"Het bestand: zet er eenmalig in wat nu bekend is; latere wijzigingen zie je niet."),
};

static void add_feeds(const struct pages *pages, enum language language, struct buffer *out)
{
	const struct calendar *calendar = pages->calendar;
	buffer_format(out, "<h2 id=\"subscribe\">%s</h2>\n<p>%s</p>\n<ul>\n",
		SAY(language, "Subscribe", "Abonneren").ptr,
		SAY(language,
			"Choose your calendar. It opens and asks whether you want to subscribe; from then on events "
			"and changes "
			"show in it by themselves.",
			"Kies je agenda. Die gaat open en vraagt of je je wilt abonneren; daarna staan activiteiten en "
			"wijzigingen "
			"er vanzelf in.")
			.ptr);
	for (size_t i = 0; i < sizeof(clients) / sizeof(*clients); i++)
		buffer_format(out, "<li>%s</li>\n", wording_in(clients[i], language));
	buffer_add(out, STR("</ul>\n"));
	for (size_t i = 0; i < calendar->feeds.count; i++) {
		const struct feed *feed = calendar->feeds.items[i];
		buffer_add(out, STR("<h3>"));
		html_add(out, feed->name.str);
		buffer_add(out, STR("</h3>\n"));
		if (at_valid(&feed->description.at)) {
			buffer_add(out, STR("<p>"));
			html_add(out, feed->description.str);
			buffer_add(out, STR("</p>\n"));
		}
		subscribing_add(pages, feed, out);
	}
}

static struct str intro_text(const struct pages *pages)
{
	const struct calendar *calendar = pages->calendar;
	struct str intro = calendar->page.intro.text.str;
	return at_valid(&calendar->page.intro.text.at) ? markdown_to_text(pages->arena, &intro, 1)
						       : calendar->description.str;
}

void page_index(const struct pages *pages, struct buffer *out)
{
	const struct calendar *calendar = pages->calendar;
	enum language language = page_language(calendar, NULL);
	struct buffer head = {0}, header = {0}, main = {0}, footer = {0}, past = {0};
	struct str base = published_at(calendar);
	property_add(&head, "og:type", STR("website"));
	property_add(&head, "og:title", calendar->name.str);
	property_add(&head, "og:description", intro_text(pages));
	property_add(&head, "og:locale", SAY(language, "en_GB", "nl_NL"));
	if (base.len) {
		struct str address = str_format(pages->arena, "%.*s/", STR_ARG(base));
		property_add(&head, "og:url", address);
		buffer_add(&head, STR("<link rel=\"canonical\""));
		html_add_address(&head, "href", address);
		buffer_add(&head, STR(">\n"));
	}
	alternates_add(pages, STR(""), &head);
	buffer_add(&header, STR("<h1>"));
	html_add(&header, calendar->name.str);
	buffer_add(&header, STR("</h1>\n"));
	if (at_valid(&calendar->page.intro.text.at))
		buffer_format(&main, "<div class=\"text\">%.*s</div>\n",
			STR_ARG(markdown_to_fragment(pages->arena, calendar->page.intro.text.str)));
	buffer_format(&main, "<p><a href=\"#subscribe\">%s</a></p>\n",
		SAY(language, "How to subscribe", "Zo abonneer je je").ptr);
	buffer_format(&main, "<h2>%s</h2>\n", SAY(language, "What is on", "Wat er te doen is").ptr);
	if (!add_months(pages, language, false, &main))
		buffer_format(&main, "<p>%s</p>\n",
			SAY(language, "There is nothing planned now.", "Er staat nu niets gepland.").ptr);
	add_announced(pages, language, &main);
	add_feeds(pages, language, &main);
	if (add_months(pages, language, true, &past))
		buffer_format(&main, "<h2>%s</h2>\n<details>\n<summary>%s</summary>\n%.*s</details>\n",
			SAY(language, "What is over", "Wat voorbij is").ptr,
			SAY(language, "Show what is over", "Toon wat voorbij is").ptr, STR_ARG(buffer_str(&past)));
	footer_add(pages, language, STR(""), &footer);
	frame_add(out, &(struct frame){language, calendar->name.str, STR(""), buffer_str(&head), buffer_str(&header),
			       buffer_str(&main), buffer_str(&footer)});
	buffer_free(&head);
	buffer_free(&header);
	buffer_free(&main);
	buffer_free(&footer);
	buffer_free(&past);
}
