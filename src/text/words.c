#include "text/words.h"

#include "base/arena.h"
#include "text/links.h"
#include "text/markdown.h"
#include "time/zone.h"

#include <string.h>

enum {
	SHOWN_DATES = 40 /* in a mail; an agenda has them all */
};

enum word {
	WORD_CANCELLED,
	WORD_POSTPONED,
	WORD_FULL,
	WORD_JOIN,
	WORD_REGISTER,
	WORD_DEADLINE,
	WORD_CAPACITY,
	WORD_MORE,
	WORD_WITHDRAWN,
	WORD_CHANGED,
	WORD_WHEN,
	WORD_WHERE,
	WORD_THROUGH,
	WORD_TO,
	WORD_FROM,
	WORD_FURTHER,
	WORD_ANSWER,
	WORD_IS_OFF,
	WORD_NOT_INVITED,
};

static const char *const words[][2] = {
	[WORD_CANCELLED] = {"Geannuleerd: ", "Cancelled: "},
	[WORD_POSTPONED] = {"Uitgesteld: ", "Postponed: "},
	[WORD_FULL] = {"Volgeboekt: er zijn geen plaatsen meer", "Full: there are no places left"},
	[WORD_JOIN] = {"Online deelnemen: ", "Join online: "},
	[WORD_REGISTER] = {"Aanmelden: ", "Register: "},
	[WORD_DEADLINE] = {"Aanmelden kan tot en met ", "Register until "},
	[WORD_CAPACITY] = {"Aantal plaatsen: ", "Places: "},
	[WORD_MORE] = {"Meer informatie: ", "More information: "},
	[WORD_WITHDRAWN] = {"Uitnodiging ingetrokken: ", "Invitation withdrawn: "},
	[WORD_CHANGED] = {"Gewijzigd: ", "Changed: "},
	[WORD_WHEN] = {"Wanneer:", "When:"},
	[WORD_WHERE] = {"Waar: ", "Where: "},
	[WORD_THROUGH] = {" t/m ", " to "},
	[WORD_TO] = {" tot ", " to "},
	[WORD_FROM] = {"vanaf ", "from "},
	[WORD_FURTHER] = {"en verder; alle data staan in de agenda", "and so on; the calendar has all dates"},
	[WORD_ANSWER] = {"Laat weten of u erbij bent: kies Accepteren of Weigeren in uw agenda, of mail naar ",
		"To answer, choose Accept or Decline in your calendar, or write to "},
	[WORD_IS_OFF] = {"Deze activiteit gaat niet door.", "This event is called off."},
	[WORD_NOT_INVITED] = {"Uw uitnodiging voor deze activiteit is ingetrokken. U hoeft niets te doen.",
		"Your invitation to this event is withdrawn. There is nothing that you need to do."},
};

/* The language of an event: its own, else the calendar's. */
static enum language language_of(const struct calendar *calendar, const struct event *event)
{
	const struct choice *language = at_valid(&event->language->at) ? event->language : &calendar->language;
	return at_valid(&language->at) ? (enum language)language->value : LANGUAGE_EN;
}

struct str words_summary(struct arena *arena, const struct calendar *calendar, const struct event *event)
{
	enum language language = language_of(calendar, event);
	enum word mark = event_cancelled(event) ? WORD_CANCELLED : WORD_POSTPONED;
	if (!event_cancelled(event) && !event_postponed(event))
		return event->summary->str;
	return str_format(arena, "%s%.*s", words[mark][language], STR_ARG(event->summary->str));
}

bool words_marked(struct str *summary, enum status *status, enum language *language)
{
	static const struct {
		enum word word;
		enum status status;
	} marks[] = {{WORD_CANCELLED, STATUS_CANCELLED}, {WORD_POSTPONED, STATUS_POSTPONED}};
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		for (enum language in = LANGUAGE_NL; in <= LANGUAGE_EN; in++) {
			struct str mark = str_from(words[marks[i].word][in]);
			if (!str_starts(*summary, mark))
				continue;
			*summary = str_part(*summary, mark.len, summary->len);
			*status = marks[i].status;
			*language = in;
			return true;
		}
	return false;
}

/* Text of the user's that is no Markdown: its marks lose their meaning. */
static void add_plain(struct buffer *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (strchr("\\`*_{}[]()#+-.!<>&|~\"'", text.ptr[i]))
			buffer_byte(out, '\\');
		buffer_byte(out, text.ptr[i]);
	}
}

/* Plain text as a part of a document of Markdown; its lines stay lines. */
static struct str plain_part(struct arena *arena, struct str text)
{
	struct buffer out = {0};
	add_plain(&out, str_trim(text));
	struct str part = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return part;
}

/*
 * "Aanmelden: https://…" and the like: one paragraph, a line each, as plain text and as Markdown. An address that
 * stands in the description (as plain text), or in a line before, is not given again.
 */
struct added_lines {
	struct buffer plain, markdown;
	struct str description;
};

static void add_line(struct added_lines *lines, struct str label, struct str text)
{
	/* A hard line break of Markdown. */
	if (lines->plain.len) {
		buffer_byte(&lines->plain, '\n');
		buffer_add(&lines->markdown, STR("\\\n"));
	}
	buffer_add(&lines->plain, label);
	buffer_add(&lines->plain, text);
	add_plain(&lines->markdown, label);
	add_plain(&lines->markdown, text);
}

/* The same with an address, unless that has been shown. */
static void add_address(struct added_lines *lines, struct str label, struct str url)
{
	if (link_stands(lines->description, url) || link_stands(buffer_str(&lines->plain), url))
		return;
	add_line(lines, label, STR(""));
	buffer_add(&lines->plain, url);
	buffer_byte(&lines->markdown, '<');
	buffer_add(&lines->markdown, url);
	buffer_byte(&lines->markdown, '>');
}

/* "donderdag 14 januari 2021, 12:00" */
static struct str date_words(struct arena *arena, enum language language, struct moment moment)
{
	struct str time = moment_is_date(moment) ? STR("") : time_format(arena, moment.minute);
	return str_format(arena, "%s %d %s %d%s%.*s%s", weekday_name(date_weekday(moment.date), language),
		moment.date.day, month_name(moment.date.month, language), moment.date.year, time.len ? ", " : "",
		STR_ARG(time), moment.utc ? " UTC" : "");
}

/* How to register: places, and where. */
static void add_registration(
	struct added_lines *lines, struct arena *arena, enum language language, const struct registration *registration)
{
	const char *const *where = words[WORD_REGISTER];
	bool full = at_valid(&registration->full.at) && registration->full.value;
	if (full)
		add_line(lines, str_from(words[WORD_FULL][language]), STR(""));
	if (at_valid(&registration->url.at))
		add_address(lines, str_from(where[language]), registration->url.str);
	if (at_valid(&registration->email.at) && !link_stands(lines->description, registration->email.str))
		add_line(lines, str_from(where[language]), registration->email.str);
	if (at_valid(&registration->phone.at))
		add_line(lines, str_from(where[language]), registration->phone.str);
	if (at_valid(&registration->deadline.at))
		add_line(lines, str_from(words[WORD_DEADLINE][language]),
			date_words(arena, language, registration->deadline.moment));
	if (at_valid(&registration->capacity.at))
		add_line(lines, str_from(words[WORD_CAPACITY][language]),
			str_format(arena, "%d", registration->capacity.value));
}

static void add_lines(
	struct added_lines *lines, struct arena *arena, const struct calendar *calendar, const struct event *event)
{
	const struct conference *conference = event->conference;
	enum language language = language_of(calendar, event);
	for (size_t i = 0; i < event->details->count; i++) {
		const struct detail *detail = &event->details->items[i];
		add_line(lines, str_format(arena, "%.*s: ", STR_ARG(detail->label.str)), detail->text.str);
	}
	if (at_valid(&conference->at)) {
		bool labelled = at_valid(&conference->label.at);
		add_address(lines,
			labelled ? str_format(arena, "%.*s: ", STR_ARG(conference->label.str))
				 : str_from(words[WORD_JOIN][language]),
			conference->url.str);
	}
	if (at_valid(&event->registration->at))
		add_registration(lines, arena, language, event->registration);
	if (at_valid(&event->url->at))
		add_address(lines, str_from(words[WORD_MORE][language]), event->url->str);
}

/* What the author wrote, as it is published. */
static struct str author_text(struct arena *arena, const struct prose *description)
{
	if (!at_valid(&description->text.at))
		return STR("");
	const struct rendered *rendered = description->rendered;
	return rendered->plain ? (struct str){rendered->plain, rendered->len}
			       : markdown_to_text(arena, &description->text.str, 1);
}

struct str words_description(struct arena *arena, const struct calendar *calendar, const struct event *event)
{
	struct added_lines lines = {.description = author_text(arena, event->description)};
	struct buffer out = {0};
	add_lines(&lines, arena, calendar, event);
	buffer_add(&out, lines.description);
	if (out.len && lines.plain.len)
		buffer_add(&out, STR("\n\n"));
	buffer_add(&out, buffer_str(&lines.plain));
	struct str all = str_copy(arena, buffer_str(&out));
	buffer_free(&lines.plain);
	buffer_free(&lines.markdown);
	buffer_free(&out);
	return all;
}

/* The same as two documents of Markdown. */
static void description_parts(
	struct arena *arena, const struct calendar *calendar, const struct event *event, struct str parts[2])
{
	const struct prose *description = event->description;
	struct added_lines lines = {.description = author_text(arena, description)};
	add_lines(&lines, arena, calendar, event);
	parts[0] = at_valid(&description->text.at) ? description->text.str : STR("");
	parts[1] = str_copy(arena, buffer_str(&lines.markdown));
	buffer_free(&lines.plain);
	buffer_free(&lines.markdown);
}

struct str words_html(struct arena *arena, const struct calendar *calendar, const struct event *event)
{
	struct str parts[2];
	description_parts(arena, calendar, event, parts);
	return markdown_to_html(arena, parts, 2);
}

/* The summary, with what becomes of the event or of the invitation in front of it. */
static struct str headline(
	struct arena *arena, const struct calendar *calendar, const struct event *event, enum form form)
{
	enum language language = language_of(calendar, event);
	return form == FORM_WITHDRAW
		       ? str_format(arena, "%s%.*s", words[WORD_WITHDRAWN][language], STR_ARG(event->summary->str))
		       : words_summary(arena, calendar, event);
}

struct str words_subject(struct arena *arena, const struct calendar *calendar, const struct schedule *schedule,
	const struct occurrence *occurrence, enum form form)
{
	const struct event *event = occurrence ? occurrence->own->event : schedule->event;
	enum language language = language_of(calendar, event);
	struct moment day = {.date = occurrence ? occurrence->id.date : schedule->timing.start.date, .minute = -1};
	bool first = !occurrence && schedule->recurring;
	return str_format(arena, "%.*s (%s%.*s)", STR_ARG(headline(arena, calendar, event, form)),
		first ? words[WORD_FROM][language] : "", STR_ARG(date_words(arena, language, day)));
}

struct str words_changed(const struct calendar *calendar, const struct event *event, enum form form)
{
	bool said = form != FORM_REQUEST || event_cancelled(event) || event_postponed(event);
	return said ? STR("") : str_from(words[WORD_CHANGED][language_of(calendar, event)]);
}

/* "donderdag 21 januari 2021, 14:00 tot 16:00 (Europe/Amsterdam)" */
static struct str span_words(struct arena *arena, enum language language, const struct timing *timing,
	struct moment start, struct moment end)
{
	bool all_day = timing->all_day;
	struct moment last = end;
	if (all_day)
		last.date = date_from_days(date_days(end.date) - 1);
	struct str from = date_words(arena, language, start), to = date_words(arena, language, last);
	bool one_day = date_days(start.date) == date_days(last.date);
	if (all_day)
		return one_day ? from
			       : str_format(arena, "%.*s%s%.*s", STR_ARG(from), words[WORD_THROUGH][language],
					 STR_ARG(to));
	if (one_day)
		to = time_format(arena, end.minute);
	struct str zone = timing->zone ? zone_name(timing->zone) : STR("UTC");
	return str_format(
		arena, "%.*s%s%.*s (%.*s)", STR_ARG(from), words[WORD_TO][language], STR_ARG(to), STR_ARG(zone));
}

/* On one line, or a line for each of the dates. */
static void add_when(struct buffer *out, struct arena *arena, enum language language, const struct schedule *schedule,
	const struct occurrence *occurrence)
{
	const struct timing *timing = &schedule->timing;
	size_t shown = 0;
	buffer_add(out, str_from(words[WORD_WHEN][language]));
	if (occurrence || !schedule->recurring) {
		struct moment start = occurrence ? occurrence->start : timing->start;
		struct moment end = occurrence ? occurrence->end : timing->end;
		buffer_format(out, " %.*s\n", STR_ARG(span_words(arena, language, timing, start, end)));
		return;
	}
	buffer_byte(out, '\n');
	for (size_t i = 0; i < schedule->recurring->occurrences.count; i++) {
		const struct occurrence *o = &schedule->recurring->occurrences.items[i];
		if (o->excluded || (o->own && event_cancelled(o->own->event)))
			continue;
		if (shown++ == SHOWN_DATES) {
			buffer_format(out, "- %s\n", words[WORD_FURTHER][language]);
			return;
		}
		buffer_format(out, "- %.*s\n", STR_ARG(span_words(arena, language, timing, o->start, o->end)));
	}
}

static void add_answer(struct buffer *out, enum language language, const struct event *event, enum form form)
{
	buffer_byte(out, '\n');
	if (form == FORM_CANCEL)
		buffer_add(out, str_from(words[WORD_IS_OFF][language]));
	else if (form == FORM_WITHDRAW)
		buffer_add(out, str_from(words[WORD_NOT_INVITED][language]));
	else
		buffer_format(out, "%s%.*s.", words[WORD_ANSWER][language], STR_ARG(event->organizer->email.str));
	buffer_byte(out, '\n');
}

void words_message(struct arena *arena, const struct calendar *calendar, const struct schedule *schedule,
	const struct occurrence *occurrence, enum form form, struct str *text, struct str *html)
{
	const struct event *shown = occurrence ? occurrence->own->event : schedule->event;
	enum language language = language_of(calendar, shown);
	struct buffer head = {0}, tail = {0};
	struct str parts[4];
	buffer_format(&head, "%.*s\n\n", STR_ARG(headline(arena, calendar, shown, form)));
	add_when(&head, arena, language, schedule, occurrence);
	if (at_valid(&shown->location->at))
		buffer_format(&head, "%s%.*s\n", words[WORD_WHERE][language], STR_ARG(shown->location->str));
	add_answer(&tail, language, schedule->event, form);
	struct str description = words_description(arena, calendar, shown);
	*text = str_format(arena, "%.*s%s%.*s%s%.*s", STR_ARG(buffer_str(&head)), description.len ? "\n" : "",
		STR_ARG(description), description.len ? "\n" : "", STR_ARG(buffer_str(&tail)));
	description_parts(arena, calendar, shown, parts + 1);
	parts[0] = plain_part(arena, buffer_str(&head));
	parts[3] = plain_part(arena, str_trim(buffer_str(&tail)));
	*html = markdown_to_html(arena, parts, 4);
	buffer_free(&head);
	buffer_free(&tail);
}
