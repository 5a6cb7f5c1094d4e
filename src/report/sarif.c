#include "report/report.h"

#include "base/version.h"
#include "report/json_text.h"
#include "report/limit.h"

#include <string.h>

enum { DEPTH = 4 };

/* A path as a relative reference (RFC 3986, 4.2). */
static json_t *uri(struct str path)
{
	struct buffer out = {0};
	for (size_t i = 0; i < path.len; i++) {
		unsigned char c = (unsigned char)path.ptr[i], letter = (unsigned char)ascii_lower((char)c);
		if ((letter >= 'a' && letter <= 'z') || (c >= '0' && c <= '9') || (c && strchr("/-._~", c)))
			buffer_byte(&out, (char)c);
		else
			buffer_percent(&out, (char)c);
	}
	json_t *string = json_text(buffer_str(&out));
	buffer_free(&out);
	return string;
}

static void add_half(struct buffer *out, const char *which, const struct code_example *example, const char *lines)
{
	const char *place = local_text(example_place_name(example->place));
	buffer_format(out, "\n\n%s%s%s:\n\n%s", which, *place ? ", " : "", place, lines);
}

/* What a code means, an example, and its cure. */
static json_t *help(enum code code)
{
	const struct code_example *example = code_example(code);
	struct buffer out = {0};
	buffer_add(&out, str_from(local_text(code_row(code)->explanation)));
	if (example->wrong.en) {
		add_half(&out, LOCAL("Wrong", "Fout"), example, local_text(example->wrong));
		add_half(&out, LOCAL("Right", "Goed"), example, local_text(example->right));
	}
	json_t *string = json_text(buffer_str(&out));
	buffer_free(&out);
	return string;
}

static json_t *rules(void)
{
	json_t *list = json_array();
	for (int i = 0; i < CODE_COUNT; i++) {
		const struct code_row *row = code_row((enum code)i);
		json_array_append_new(
			list, json_pack("{s:s, s:{s:s}, s:{s:s}, s:{s:o}, s:{s:s}}", "id", row->name,
				      "shortDescription", "text", local_text(row->summary), "fullDescription", "text",
				      local_text(row->explanation), "help", "text", help((enum code)i),
				      "defaultConfiguration", "level", severity_name(row->severity)));
	}
	return list;
}

static json_t *artifact(const struct findings *findings, struct span span)
{
	return json_pack("{s:o}", "uri", uri(span.source ? source_get(findings->sources, span.source)->name : STR("")));
}

static json_t *region(const struct findings *findings, struct span span)
{
	struct place place = source_place(findings->sources, span);
	return json_pack("{s:i, s:i, s:i, s:i}", "startLine", (int)place.line, "startColumn", (int)place.column,
		"endLine", (int)place.end_line, "endColumn", (int)place.end_column);
}

static json_t *location(const struct findings *findings, struct span span)
{
	return json_pack("{s:o, s:o}", "artifactLocation", artifact(findings, span), "region", region(findings, span));
}

static json_t *fixes(const struct findings *findings, const struct finding *finding)
{
	const struct fix *fix = finding->fix;
	return json_pack("[{s:{s:o}, s:[{s:o, s:[{s:o, s:{s:o}}]}]}]", "description", "text", json_text(finding->help),
		"artifactChanges", "artifactLocation", artifact(findings, fix->span), "replacements", "deletedRegion",
		region(findings, fix->span), "insertedContent", "text", json_text(fix->text));
}

static json_t *result(const struct findings *findings, const struct finding *finding)
{
	struct buffer message = {0};
	json_t *related = json_array();
	buffer_add(&message, finding->text);
	if (finding->help.len)
		buffer_format(&message, "; %.*s", STR_ARG(finding->help));
	for (size_t i = 0; i < finding->related_count; i++)
		json_array_append_new(related, json_pack("{s:i, s:o, s:{s:o}}", "id", (int)i, "physicalLocation",
						       location(findings, finding->related[i].span), "message", "text",
						       json_text(finding->related[i].text)));
	json_t *object = json_pack("{s:s, s:i, s:s, s:{s:o}, s:[{s:o}], s:o}", "ruleId", code_row(finding->code)->name,
		"ruleIndex", (int)finding->code, "level", severity_name(finding->severity), "message", "text",
		json_text(buffer_str(&message)), "locations", "physicalLocation", location(findings, finding->span),
		"relatedLocations", related);
	if (finding->fix)
		json_object_set_new(object, "fixes", fixes(findings, finding));
	buffer_free(&message);
	return object;
}

/* As many as may be shown. */
static json_t *results_of(const struct findings *findings, size_t *omitted)
{
	struct limit limit = {0};
	struct buffer out = {0};
	json_t *results = json_array();
	for (size_t i = 0; i < findings->count; i++) {
		if (finding_hidden(findings, &findings->items[i]) || !limit_open(&limit))
			continue;
		json_t *object = result(findings, &findings->items[i]);
		out.len = 0;
		json_add(&out, object, DEPTH);
		if (limit_take(&limit, out.len))
			json_array_append(results, object);
		json_decref(object);
	}
	buffer_free(&out);
	*omitted = limit.omitted;
	return results;
}

void report_sarif(FILE *stream, const struct findings *findings)
{
	size_t omitted;
	json_t *results = results_of(findings, &omitted);
	json_t *log = json_pack("{s:s, s:s, s:[{s:{s:{s:s, s:s, s:o}}, s:s, s:o, s:{s:I}}]}", "$schema",
		"https://json.schemastore.org/sarif-2.1.0.json", "version", "2.1.0", "runs", "tool", "driver", "name",
		"evcal", "version", EVCAL_VERSION, "rules", rules(), "columnKind", "unicodeCodePoints", "results",
		results, "properties", "omitted", (json_int_t)omitted);
	json_print(stream, log);
	json_decref(log);
}
