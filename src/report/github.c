#include "report/report.h"

#include <string.h>

/* The characters that would end a message, or, in a property, the property. */
static void print_escaped(FILE *stream, struct str s, const char *set)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] && strchr(set, s.ptr[i]))
			fprintf(stream, "%%%02X", (unsigned char)s.ptr[i]);
		else
			fputc(s.ptr[i], stream);
	}
}

static void print_finding(FILE *stream, const struct findings *findings, const struct finding *finding)
{
	static const char *const in_message = "%\r\n", *const in_property = "%\r\n:,";
	struct place place = source_place(findings->sources, finding->span);
	fprintf(stream, "::%s file=", severity_name(finding->severity));
	if (finding->span.source)
		print_escaped(stream, source_get(findings->sources, finding->span.source)->name, in_property);
	fprintf(stream, ",line=%u", place.line);
	/* GitHub takes columns only within one line, and counts the last one in. */
	if (place.end_line == place.line)
		fprintf(stream, ",col=%u,endColumn=%u", place.column,
			place.end_column > place.column ? place.end_column - 1 : place.column);
	else
		fprintf(stream, ",endLine=%u", place.end_line);
	fprintf(stream, ",title=%s::", code_row(finding->code)->name);
	print_escaped(stream, finding->text, in_message);
	if (finding->help.len) {
		fputs("; ", stream);
		print_escaped(stream, finding->help, in_message);
	}
	fputc('\n', stream);
}

void report_github(FILE *stream, const struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++)
		if (!finding_hidden(findings, &findings->items[i]))
			print_finding(stream, findings, &findings->items[i]);
}
