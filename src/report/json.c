#include "report/report.h"

#include "report/json_text.h"

static struct str file_of(const struct findings *findings, struct span span)
{
	return span.source ? source_get(findings->sources, span.source)->name : STR("");
}

static json_t *related_of(const struct findings *findings, const struct finding *finding)
{
	json_t *list = json_array();
	for (size_t i = 0; i < finding->related_count; i++) {
		const struct related *related = &finding->related[i];
		struct place place = source_place(findings->sources, related->span);
		json_array_append_new(list,
			json_pack("{s:o, s:i, s:i, s:o}", "file", json_text(file_of(findings, related->span)), "line",
				(int)place.line, "column", (int)place.column, "message", json_text(related->text)));
	}
	return list;
}

static json_t *fix_of(const struct findings *findings, const struct finding *finding)
{
	if (!finding->fix)
		return json_null();
	struct place place = source_place(findings->sources, finding->fix->span);
	return json_pack("{s:i, s:i, s:i, s:i, s:o}", "line", (int)place.line, "column", (int)place.column, "end_line",
		(int)place.end_line, "end_column", (int)place.end_column, "text", json_text(finding->fix->text));
}

static json_t *object_of(const struct findings *findings, const struct finding *finding)
{
	struct place place = source_place(findings->sources, finding->span);
	return json_pack("{s:o, s:i, s:i, s:i, s:i, s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "file",
		json_text(file_of(findings, finding->span)), "line", (int)place.line, "column", (int)place.column,
		"end_line", (int)place.end_line, "end_column", (int)place.end_column, "severity",
		severity_name(finding->severity), "code", code_row(finding->code)->name, "message",
		json_text(finding->text), "help", json_text_or_null(finding->help), "event",
		json_text_or_null(finding->event), "fix", fix_of(findings, finding), "related",
		related_of(findings, finding));
}

void report_json(FILE *stream, const struct findings *findings, struct scope scope)
{
	json_t *list = json_array();
	struct tally tally = findings_tally(findings);
	for (size_t i = 0; i < findings->count; i++)
		if (!finding_hidden(findings, &findings->items[i]))
			json_array_append_new(list, object_of(findings, &findings->items[i]));
	json_t *report = json_pack("{s:i, s:o, s:{s:I, s:I, s:I, s:I}}", "version", 1, "findings", list, "summary",
		"files", (json_int_t)scope.files, "events", (json_int_t)scope.events, "errors",
		(json_int_t)tally.errors, "warnings", (json_int_t)tally.warnings);
	json_dumpf(report, stream, JSON_INDENT(2));
	fputc('\n', stream);
	json_decref(report);
}
