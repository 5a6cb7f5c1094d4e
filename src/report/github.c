#include "report/report.h"

#include "report/escape.h"
#include "report/limit.h"

#include <string.h>

/*
 * Adds a text with % in front of the number of each character that would end a message, or, in a property, the
 * property. Line breaks in the name of a file are such characters, which GitHub undoes; the rest of what may not be let
 * out is escaped as everywhere.
 */
static void add_escaped(struct buffer *out, struct str s, const char *set)
{
	for (size_t i = 0; i < s.len;) {
		bool shown;
		struct str rest = str_part(s, i, s.len);
		size_t len = escape_next(rest, &shown);
		if (rest.ptr[0] && strchr(set, rest.ptr[0]))
			buffer_percent(out, rest.ptr[0]);
		else
			escape_add(out, str_part(rest, 0, len));
		i += len;
	}
}

static void render(struct buffer *out, const void *context, const struct finding *finding, size_t number)
{
	static const char *const in_message = "%\r\n", *const in_property = "%\r\n:,";
	const struct findings *findings = context;
	struct place place = source_place(findings->sources, finding->span);
	(void)number;
	buffer_format(out, "::%s file=", severity_name(finding->severity));
	if (finding->span.source)
		add_escaped(out, source_get(findings->sources, finding->span.source)->name, in_property);
	buffer_format(out, ",line=%u", place.line);
	/* GitHub takes columns only within one line, and counts the last one in. */
	if (place.end_line == place.line)
		buffer_format(out, ",col=%u,endColumn=%u", place.column,
			place.end_column > place.column ? place.end_column - 1 : place.column);
	else
		buffer_format(out, ",endLine=%u", place.end_line);
	buffer_format(out, ",title=%s::", code_row(finding->code)->name);
	add_escaped(out, finding->text, in_message);
	if (finding->help.len) {
		buffer_add(out, STR("; "));
		add_escaped(out, finding->help, in_message);
	}
	buffer_byte(out, '\n');
}

void report_github(FILE *stream, const struct findings *findings)
{
	size_t omitted = print_limited(stream, findings, render, findings);
	if (omitted)
		fprintf(stream,
			LOCAL("::notice title=omitted::%zu more findings are not shown\n",
				"::notice title=omitted::%zu andere meldingen staan hier niet bij\n"),
			omitted);
}
