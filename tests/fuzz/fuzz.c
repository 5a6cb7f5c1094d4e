#include "fuzz.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void fuzz_broken(const char *file, int line, const char *condition)
{
	fprintf(stderr, "%s:%d: it is not so that %s\n", file, line, condition);
	abort();
}

void fuzz_begin(struct fuzz *fuzz)
{
	static struct arena arena;
	*fuzz = (struct fuzz){
		.arena = &arena, .sources.arena = &arena, .findings.arena = &arena, .findings.sources = &fuzz->sources};
}

void fuzz_end(struct fuzz *fuzz)
{
	for (size_t i = 0; i < fuzz->copy_count; i++)
		free(fuzz->copies[i]);
	arena_release(fuzz->arena, (struct arena_mark){0});
}

uint32_t fuzz_source(struct fuzz *fuzz, const char *name, struct str bytes)
{
	/* A block of its own, of this very length. */
	char *copy = memory_resize(NULL, bytes.len);
	MUST(fuzz->copy_count < FUZZ_SOURCES);
	fuzz->copies[fuzz->copy_count++] = copy;
	if (bytes.len)
		memcpy(copy, bytes.ptr, bytes.len);
	return source_add(&fuzz->sources, str_from(name), (struct str){copy, bytes.len});
}

void fuzz_span(const struct fuzz *fuzz, struct span span)
{
	MUST(span.source && span.source <= fuzz->sources.count);
	MUST(span.begin <= span.end && span.end <= source_get(&fuzz->sources, span.source)->bytes.len);
	struct place place = source_place(&fuzz->sources, span);
	MUST(place.line && place.column && place.end_line && place.end_column);
	MUST(place.line < place.end_line || (place.line == place.end_line && place.column <= place.end_column));
}

static void look_at_text(struct str text)
{
	MUST(text.len);
	for (size_t i = 0; i < text.len; i++)
		MUST((unsigned char)text.ptr[i] >= 0x20 && text.ptr[i] != 0x7F);
}

static void read_json_back(const struct fuzz *fuzz, const char *text, size_t len)
{
	json_error_t error;
	json_t *report = json_loadb(text, len, JSON_ALLOW_NUL, &error);
	const json_t *findings = json_object_get(report, "findings");
	MUST(report && json_array_size(findings) == fuzz->findings.count);
	for (size_t i = 0; i < fuzz->findings.count; i++) {
		const json_t *finding = json_array_get(findings, i);
		const struct finding *is = &fuzz->findings.items[i];
		MUST(!strcmp(json_string_value(json_object_get(finding, "code")), code_row(is->code)->name));
		MUST(json_integer_value(json_object_get(finding, "line")) ==
			source_place(&fuzz->sources, is->span).line);
	}
	json_decref(report);
}

void fuzz_report(struct fuzz *fuzz)
{
	struct findings *findings = &fuzz->findings;
	findings_sort(findings);
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->items[i];
		fuzz_span(fuzz, finding->span);
		look_at_text(finding->text);
		for (size_t j = 0; j < finding->related_count; j++) {
			fuzz_span(fuzz, finding->related[j].span);
			look_at_text(finding->related[j].text);
		}
	}
	char *text = NULL;
	size_t len = 0;
	FILE *stream = open_memstream(&text, &len);
	MUST(stream);
	report_text(stream, findings, true, 80);
	report_github(stream, findings);
	/* These take long, the more so as SARIF brings the whole catalogue: some inputs will do. */
	bool programs_too = fuzz->sources.count && source_get(&fuzz->sources, 1)->bytes.len % 16 == 0;
	if (programs_too) {
		rewind(stream);
		report_json(stream, findings, (struct scope){1, 1});
		MUST(!fflush(stream));
		read_json_back(fuzz, text, len);
		report_sarif(stream, findings);
	}
	MUST(!fclose(stream));
	free(text);
}

struct str fuzz_split(struct str *text, char byte)
{
	size_t end = str_find(*text, byte);
	struct str part = str_part(*text, 0, end);
	*text = str_part(*text, end < text->len ? end + 1 : end, text->len);
	return part;
}
