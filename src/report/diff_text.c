#include "base/wording.h"
#include "report/diff.h"
#include "report/escape.h"

static const char *color_of(enum change_kind kind)
{
	switch (kind) {
	case CHANGE_NEW:
		return "\033[32m";
	case CHANGE_GONE:
	case CHANGE_CANCELLED:
	case CHANGE_POSTPONED:
	case CHANGE_UID:
		return "\033[31m";
	default:
		return "\033[33m";
	}
}

/* Prints lines, each of them escaped. */
static void print_lines(FILE *stream, struct str text)
{
	while (text.len) {
		size_t end = str_find(text, '\n');
		struct buffer out = {0};
		escape_add(&out, str_part(text, 0, end));
		fprintf(stream, "%.*s\n", STR_ARG(buffer_str(&out)));
		buffer_free(&out);
		text = str_part(text, end < text.len ? end + 1 : end, text.len);
	}
}

static void add_values(struct buffer *out, const struct diff_event *event)
{
	static const char indent[] = "    ";
	for (size_t i = 0; i < event->value_count; i++)
		diff_add_lines(out, indent, event->values[i].property, event->values[i].before, event->values[i].after);
	if (event->added.count) {
		buffer_format(out, "%s%s ", indent, LOCAL("dates that come:", "datums erbij:"));
		diff_add_dates(out, event->added);
		buffer_byte(out, '\n');
	}
	if (event->removed.count) {
		buffer_format(out, "%s%s ", indent, LOCAL("dates that go:", "datums eraf:"));
		diff_add_dates(out, event->removed);
		buffer_byte(out, '\n');
	}
	if (event->kind == CHANGE_GONE)
		buffer_format(out, "%s%s\n", indent, diff_copies());
}

static void print_event(FILE *stream, const struct diff_event *event, bool color)
{
	struct buffer out = {0};
	if (color)
		fputs(color_of(event->kind), stream);
	fputs(diff_said(event->kind), stream);
	if (color)
		fputs("\033[0m", stream);
	if (event->kind == CHANGE_MOVED) {
		buffer_byte(&out, ' ');
		diff_add_times(&out, event);
		buffer_format(&out, ": %.*s", STR_ARG(event->summary));
	} else {
		buffer_format(&out, ": %.*s, ", STR_ARG(event->summary));
		diff_add_times(&out, event);
	}
	buffer_format(&out, " (%.*s)\n", STR_ARG(event->id));
	add_values(&out, event);
	print_lines(stream, buffer_str(&out));
	buffer_free(&out);
}

static void add_words(struct buffer *out, struct diff_words words)
{
	for (size_t i = 0; i < words.count; i++)
		buffer_format(out, "%s%.*s", i ? ", " : " ", STR_ARG(words.items[i]));
}

static void print_feed(FILE *stream, const struct diff_feed *feed)
{
	struct buffer out = {0};
	buffer_format(&out, "feed %.*s:", STR_ARG(feed->id));
	if (feed->entered.count) {
		buffer_add(&out, str_from(LOCAL(" comes in", " erbij")));
		add_words(&out, feed->entered);
	}
	if (feed->left.count) {
		buffer_format(&out, "%s%s", feed->entered.count ? ";" : "", LOCAL(" goes out", " eruit"));
		add_words(&out, feed->left);
	}
	buffer_byte(&out, '\n');
	print_lines(stream, buffer_str(&out));
	buffer_free(&out);
}

void diff_text(FILE *stream, const struct diff *diff, bool color)
{
	struct buffer out = {0};
	for (size_t i = 0; i < diff->count; i++)
		print_event(stream, &diff->events[i], color);
	for (size_t i = 0; i < diff->feed_count; i++)
		print_feed(stream, &diff->feeds[i]);
	diff_add_counts(&out, diff);
	fprintf(stream, "%.*s\n", STR_ARG(buffer_str(&out)));
	buffer_free(&out);
}
