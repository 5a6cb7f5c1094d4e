#include "ical/words.h"

#include "base/arena.h"

#include <string.h>

enum word { WORD_CANCELLED, WORD_JOIN, WORD_REGISTER, WORD_DEADLINE, WORD_CAPACITY, WORD_MORE };

static const char *const words[][2] = {
	[WORD_CANCELLED] = {"Geannuleerd: ", "Cancelled: "},
	[WORD_JOIN] = {"Online deelnemen: ", "Join online: "},
	[WORD_REGISTER] = {"Aanmelden: ", "Register: "},
	[WORD_DEADLINE] = {"Aanmelden kan tot en met ", "Register until "},
	[WORD_CAPACITY] = {"Aantal plaatsen: ", "Places: "},
	[WORD_MORE] = {"Meer informatie: ", "More information: "},
};

static enum language language_of(const struct calendar *calendar)
{
	return at_valid(&calendar->language.at) ? (enum language)calendar->language.value : LANGUAGE_EN;
}

static const char *word(const struct calendar *calendar, enum word word)
{
	return words[word][language_of(calendar)];
}

static bool is_cancelled(const struct event *event)
{
	return at_valid(&event->status.at) && event->status.value == STATUS_CANCELLED;
}

struct str words_summary(struct arena *arena, const struct calendar *calendar, const struct event *event)
{
	if (!is_cancelled(event))
		return event->summary.str;
	return str_format(arena, "%s%.*s", word(calendar, WORD_CANCELLED), STR_ARG(event->summary.str));
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

/* A line of the paragraph; its end is a hard line break of Markdown. */
static void add_line(struct buffer *out, struct str label, struct str url, struct str text)
{
	if (out->len)
		buffer_add(out, STR("\\\n"));
	add_plain(out, label);
	if (url.len)
		buffer_format(out, "<%.*s>", STR_ARG(url));
	add_plain(out, text);
}

/* "donderdag 14 januari 2021, 12:00" */
static struct str date_words(struct arena *arena, const struct calendar *calendar, struct moment moment)
{
	bool dutch = language_of(calendar) == LANGUAGE_NL;
	struct str time = moment.minute < 0 ? STR("") : time_format(arena, moment.minute);
	return str_format(arena, "%s %d %s %d%s%.*s%s", weekday_name(date_weekday(moment.date), dutch), moment.date.day,
		month_name(moment.date.month, dutch), moment.date.year, time.len ? ", " : "", STR_ARG(time),
		moment.utc ? " UTC" : "");
}

struct str words_lines(struct arena *arena, const struct calendar *calendar, const struct event *event)
{
	struct buffer out = {0};
	const struct conference *conference = &event->conference;
	const struct registration *registration = &event->registration;
	if (at_valid(&conference->at)) {
		bool labelled = at_valid(&conference->label.at);
		add_line(&out,
			labelled ? str_format(arena, "%.*s: ", STR_ARG(conference->label.str))
				 : str_from(word(calendar, WORD_JOIN)),
			conference->url.str, STR(""));
	}
	if (at_valid(&registration->url.at))
		add_line(&out, str_from(word(calendar, WORD_REGISTER)), registration->url.str, STR(""));
	if (at_valid(&registration->deadline.at))
		add_line(&out, str_from(word(calendar, WORD_DEADLINE)), STR(""),
			date_words(arena, calendar, registration->deadline.moment));
	if (at_valid(&registration->capacity.at))
		add_line(&out, str_from(word(calendar, WORD_CAPACITY)), STR(""),
			str_format(arena, "%d", registration->capacity.value));
	if (at_valid(&event->url.at))
		add_line(&out, str_from(word(calendar, WORD_MORE)), event->url.str, STR(""));
	struct str lines = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return lines;
}
