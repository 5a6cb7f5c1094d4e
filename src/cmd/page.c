#include "cmd/page.h"

#include "report/columns.h"

#include <string.h>
#include <unistd.h>

enum { WIDTH_LEAST = 40, WIDTH_DEFAULT = 80, WIDTH_MOST = 100 };

struct help_page page_make(FILE *stream, const struct options *options)
{
	unsigned width = terminal_width(fileno(stream));
	if (!width)
		width = WIDTH_DEFAULT;
	return (struct help_page){
		.stream = stream,
		.width = width < WIDTH_LEAST  ? WIDTH_LEAST
			 : width > WIDTH_MOST ? WIDTH_MOST
					      : width,
		.color = options_color(options, fileno(stream)),
	};
}

void page_heading(const struct help_page *page, const char *heading)
{
	fprintf(page->stream, "\n%s%s:%s\n", page->color ? "\033[1m" : "", heading, page->color ? "\033[0m" : "");
}

struct str page_line(struct str *rest)
{
	struct str line = str_part(*rest, 0, str_find(*rest, '\n'));
	*rest = str_part(*rest, line.len < rest->len ? line.len + 1 : line.len, rest->len);
	return line;
}

/* Prints the words of a line, wrapped at the page's width and indented; the cursor is at column at. */
static void print_wrapped(const struct help_page *page, struct str line, unsigned at, unsigned indent)
{
	struct buffer out = {0};
	columns_wrap(&out, line, at, indent, page->width);
	fprintf(page->stream, "%.*s\n", STR_ARG(buffer_str(&out)));
	buffer_free(&out);
}

static void print_text(const struct help_page *page, unsigned at, unsigned indent, const char *text)
{
	for (struct str rest = str_from(text); rest.len;) {
		struct str line = page_line(&rest);
		if (line.len && at < indent)
			fprintf(page->stream, "%*s", (int)(indent - at), "");
		if (line.len && line.ptr[0] == ' ')
			fprintf(page->stream, "%.*s\n", STR_ARG(line));
		else
			print_wrapped(page, line, at > indent ? at : indent, indent);
		at = 0;
	}
}

void page_text(const struct help_page *page, unsigned indent, const char *text)
{
	print_text(page, 0, indent, text);
}

void page_lines(const struct help_page *page, unsigned indent, const char *lines)
{
	for (struct str rest = str_from(lines); rest.len;) {
		struct str line = page_line(&rest);
		fprintf(page->stream, "%*s%.*s\n", (int)indent, "", STR_ARG(line));
	}
}

void page_term(const struct help_page *page, unsigned indent, const char *term, unsigned column, const char *text)
{
	unsigned at = indent + columns_of(str_from(term));
	fprintf(page->stream, "%*s%s", (int)indent, "", term);
	if (at + 2 > column) {
		fputc('\n', page->stream);
		at = 0;
	}
	print_text(page, at, column, text);
}
