#include "report/report.h"

#include "report/json_text.h"
#include "report/limit.h"

enum { DEPTH = 2 };

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

/* They are printed one by one: a report of all of them at once would take many times their memory. */
static void render(struct buffer *out, const void *context, const struct finding *finding, size_t number)
{
	json_t *object = object_of(context, finding);
	buffer_format(out, "%s\n%*s", number ? "," : "", 2 * DEPTH, "");
	json_add(out, object, DEPTH);
	json_decref(object);
}

void report_json(FILE *stream, const struct findings *findings, struct scope scope)
{
	struct tally tally = findings_tally(findings);
	struct buffer out = {0};
	fputs("{\n  \"version\": 1,\n  \"findings\": [", stream);
	size_t omitted = print_limited(stream, findings, render, findings);
	json_t *summary = json_pack("{s:I, s:I, s:I, s:I, s:I}", "files", (json_int_t)scope.files, "events",
		(json_int_t)scope.events, "errors", (json_int_t)tally.errors, "warnings", (json_int_t)tally.warnings,
		"omitted", (json_int_t)omitted);
	json_add(&out, summary, 1);
	fprintf(stream, "%s],\n  \"summary\": %.*s\n}\n", tally.errors + tally.warnings > omitted ? "\n  " : "",
		STR_ARG(buffer_str(&out)));
	buffer_free(&out);
	json_decref(summary);
}
