#include "base/wording.h"
#include "report/columns.h"
#include "report/diff.h"
#include "report/escape.h"

enum { HANGING = 2 };

struct diff_screen {
	FILE *stream;
	bool color;
	unsigned width; /* columns, 0: any */
};

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

/* Prints lines, each of them escaped; the cursor is at a column. Words of a long line go on below its first. */
static void print_lines(const struct diff_screen *screen, struct str text, unsigned column)
{
	struct buffer out = {0};
	while (text.len) {
		struct buffer shown = {0};
		struct str line = str_part(text, 0, str_find(text, '\n'));
		size_t blanks = 0;
		escape_add(&shown, line);
		while (blanks < shown.len && shown.ptr[blanks] == ' ')
			blanks++;
		buffer_add(&out, str_part(buffer_str(&shown), 0, blanks));
		columns_wrap(&out, str_part(buffer_str(&shown), blanks, shown.len), column + (unsigned)blanks,
			(unsigned)blanks + HANGING, screen->width);
		buffer_byte(&out, '\n');
		buffer_free(&shown);
		text = str_part(text, line.len < text.len ? line.len + 1 : line.len, text.len);
		column = 0;
	}
	fprintf(screen->stream, "%.*s", STR_ARG(buffer_str(&out)));
	buffer_free(&out);
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

static void print_event(const struct diff_screen *screen, const struct diff_event *event)
{
	struct buffer out = {0};
	struct str said = str_from(diff_said(event->kind));
	fprintf(screen->stream, "%s%.*s%s", screen->color ? color_of(event->kind) : "", STR_ARG(said),
		screen->color ? "\033[0m" : "");
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
	print_lines(screen, buffer_str(&out), columns_of(said));
	buffer_free(&out);
}

static void add_words(struct buffer *out, struct diff_words words)
{
	for (size_t i = 0; i < words.count; i++)
		buffer_format(out, "%s%.*s", i ? ", " : " ", STR_ARG(words.items[i]));
}

static void print_feed(const struct diff_screen *screen, const struct diff_feed *feed)
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
	print_lines(screen, buffer_str(&out), 0);
	buffer_free(&out);
}

void diff_text(FILE *stream, const struct diff *diff, bool color, unsigned width)
{
	struct diff_screen screen = {stream, color, width};
	struct buffer out = {0};
	for (size_t i = 0; i < diff->count; i++)
		print_event(&screen, &diff->events[i]);
	for (size_t i = 0; i < diff->feed_count; i++)
		print_feed(&screen, &diff->feeds[i]);
	diff_add_counts(&out, diff);
	print_lines(&screen, buffer_str(&out), 0);
	buffer_free(&out);
}
