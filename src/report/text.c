#include "report/columns.h"
#include "report/escape.h"
#include "report/limit.h"
#include "report/report.h"

#include <string.h>

enum { GUTTER = 8, LEAST_WIDTH = 40, LINE_MOST = 4096 };

#define BOLD "\033[1m"
#define RED "\033[1;31m"
#define YELLOW "\033[1;33m"
#define CYAN "\033[1;36m"
#define GREEN "\033[1;32m"
#define RESET "\033[0m"

struct screen {
	struct buffer *out;
	const struct findings *findings;
	bool color;
	unsigned width; /* columns, 0: any */
};

static void paint(const struct screen *screen, const char *escape)
{
	if (screen->color)
		buffer_add(screen->out, str_from(escape));
}

static void print(const struct screen *screen, struct str s)
{
	buffer_add(screen->out, s);
}

static void print_source(const struct screen *screen, struct str line)
{
	unsigned column = 0, width;
	bool shown;
	for (size_t i = 0; i < line.len; column += width) {
		struct str rest = str_part(line, i, line.len);
		size_t len = columns_next(rest, column, &width, &shown);
		if (rest.ptr[0] == '\t')
			for (unsigned blank = 0; blank < width; blank++)
				buffer_byte(screen->out, ' ');
		else
			print(screen, shown ? str_part(rest, 0, len) : STR("\xEF\xBF\xBD"));
		i += len;
	}
}

/* Moves i on over count columns of the line. */
static size_t skip_columns(struct str line, size_t i, unsigned count)
{
	unsigned column = 0, width;
	bool shown;
	while (i < line.len && column < count) {
		i += columns_next(str_part(line, i, line.len), column, &width, &shown);
		column += width;
	}
	return i;
}

/* The part of a long line that is shown: what is meant stands at begin, and some of what is before it. */
struct view {
	size_t begin, end;
};

static struct view view_of(struct str line, size_t begin, unsigned room)
{
	struct view view = {0, line.len};
	if (begin > LINE_MOST || columns_of(str_part(line, 0, begin)) + 8 > room) {
		/* Back from the place by at most a third of the room; every character has at most four bytes. */
		size_t back = room / 3;
		view.begin = begin > back ? begin - back : 0;
		while (view.begin < begin && (line.ptr[view.begin] & 0xC0) == 0x80)
			view.begin++;
	}
	view.end = skip_columns(line, view.begin, room);
	return view;
}

/* The help on a line of its own. */
static void print_help(const struct screen *screen, struct str help)
{
	if (!help.len)
		return;
	buffer_format(screen->out, "%*s= ", GUTTER - 2, "");
	columns_wrap(screen->out, help, GUTTER, GUTTER, screen->width);
	buffer_byte(screen->out, '\n');
}

/* The line of a span, and carets under what is meant. */
static void print_line(const struct screen *screen, struct span span, struct str help)
{
	const struct source *source = source_get(screen->findings->sources, span.source);
	struct place place = source_place(screen->findings->sources, span);
	struct str line = source_line(source, place.line);
	if (!line.len) {
		print_help(screen, help);
		return;
	}
	unsigned room = screen->width > LEAST_WIDTH ? screen->width - GUTTER : screen->width ? LEAST_WIDTH : LINE_MOST;
	size_t begin = span.begin - source->lines[place.line - 1];
	size_t end = place.end_line == place.line ? span.end - source->lines[place.line - 1] : line.len;
	begin = begin > line.len ? line.len : begin;
	end = end > line.len ? line.len : end;
	struct view view = view_of(line, begin, room);
	end = end > view.end ? view.end : end;
	buffer_format(screen->out, "%5u | ", place.line);
	print_source(screen, str_part(line, view.begin, view.end));
	unsigned before = columns_of(str_part(line, view.begin, begin));
	unsigned through = end > begin ? columns_of(str_part(line, view.begin, end)) : before + 1;
	buffer_format(screen->out, "\n      | %*s", (int)before, "");
	paint(screen, GREEN);
	for (unsigned i = before; i < through || i == before; i++)
		buffer_byte(screen->out, '^');
	paint(screen, RESET);
	/* The help stands behind the carets where it fits, and else below them. */
	bool fits = !screen->width || through + 1 + columns_of(help) <= room;
	if (help.len && fits)
		buffer_format(screen->out, " %.*s", STR_ARG(help));
	buffer_byte(screen->out, '\n');
	if (!fits)
		print_help(screen, help);
}

/* "file:line:column: severity: text [code]"; code may be NULL. */
static void print_message(const struct screen *screen, struct span span, const char *color, const char *severity,
	struct str text, const char *code)
{
	struct place place = source_place(screen->findings->sources, span);
	struct buffer where = {0}, said = {0};
	if (span.source)
		escape_add(&where, source_get(screen->findings->sources, span.source)->name);
	buffer_format(&where, ":%u:%u: ", place.line, place.column);
	paint(screen, BOLD);
	print(screen, buffer_str(&where));
	paint(screen, RESET);
	paint(screen, color);
	buffer_format(screen->out, "%s: ", severity);
	paint(screen, RESET);
	buffer_add(&said, text);
	if (code)
		buffer_format(&said, " [%s]", code);
	unsigned column = columns_of(buffer_str(&where)) + columns_of(str_from(severity)) + 2;
	columns_wrap(screen->out, buffer_str(&said), column, GUTTER, screen->width);
	buffer_byte(screen->out, '\n');
	buffer_free(&where);
	buffer_free(&said);
}

static void render(struct buffer *out, const void *context, const struct finding *finding, size_t number)
{
	struct screen with_out = *(const struct screen *)context, *screen = &with_out;
	screen->out = out;
	(void)number;
	print_message(screen, finding->span, finding->severity == SEVERITY_ERROR ? RED : YELLOW,
		severity_name(finding->severity), finding->text, code_row(finding->code)->name);
	if (finding->span.source)
		print_line(screen, finding->span, finding->help);
	for (size_t i = 0; i < finding->related_count; i++) {
		const struct related *related = &finding->related[i];
		print_message(screen, related->span, CYAN, "note", related->text, NULL);
		if (related->span.source)
			print_line(screen, related->span, STR(""));
	}
}

void report_text(FILE *stream, const struct findings *findings, bool color, unsigned width)
{
	size_t omitted = print_limited(stream, findings, render, &(struct screen){NULL, findings, color, width});
	if (omitted)
		fprintf(stream,
			LOCAL("%zu more findings are not shown\n", "%zu andere meldingen staan hier niet bij\n"),
			omitted);
}
