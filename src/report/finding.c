#include "report/finding.h"

#include "base/arena.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_WORD = 120 };

static const struct code_row codes[CODE_COUNT + 1] = {
#define CODE(id, name, severity, summary, explanation) {name, SEVERITY_##severity, summary, explanation},
#include "report/catalogue.def"
};

static const struct code_example examples[CODE_COUNT] = {
#define EXAMPLE(code, place, wrong, right) [CODE_##code] = {EXAMPLE_##place, W(wrong, wrong), W(right, right)},
#define IN_WORDS(code, wrong, right) [CODE_##code] = {EXAMPLE_ELSEWHERE, wrong, right},
#include "report/catalogue.def"
};

static const struct message_row {
	enum code code;
	struct wording text, help;
} messages[] = {
#define MESSAGE(id, code, text, help) {CODE_##code, text, help},
#include "report/catalogue.def"
};

/* A text in one language would be taken by the braces of the next: its row does not compile here. */
#define BOTH(...) static_assert(sizeof((struct wording)__VA_ARGS__), "in both languages");
#define CODE(id, name, severity, summary, explanation) BOTH(summary) BOTH(explanation)
#define IN_WORDS(code, wrong, right) BOTH(wrong) BOTH(right)
#define MESSAGE(id, code, text, help) BOTH(text) BOTH(help)
#include "report/catalogue.def"

const struct code_row *code_row(enum code code)
{
	return &codes[code];
}

const struct code_example *code_example(enum code code)
{
	return &examples[code];
}

struct wording example_place_name(enum example_place place)
{
	static const struct wording names[] = {
		[EXAMPLE_EVENT] = W("in an event", "in een activiteit"),
		[EXAMPLE_FILE] = W("in an events file", "in een bestand met activiteiten"),
		[EXAMPLE_CALENDAR] = W("in calendar.yaml", "in calendar.yaml"),
		[EXAMPLE_ELSEWHERE] = W("", ""),
	};
	return names[place];
}

const char *severity_name(enum severity severity)
{
	return severity == SEVERITY_ERROR ? "error" : "warning";
}

/* A word as it may stand in a sentence: on one line, without control characters, not endless. */
static void add_word(struct buffer *out, struct str word)
{
	size_t points = 0;
	for (size_t i = 0; i < word.len; i++) {
		unsigned char c = (unsigned char)word.ptr[i];
		if ((c & 0xC0) != 0x80 && ++points > LONGEST_WORD) {
			buffer_add(out, STR("…"));
			return;
		}
		bool c1 = c == 0xC2 && i + 1 < word.len && (unsigned char)word.ptr[i + 1] < 0xA0;
		if (c1)
			i++;
		buffer_byte(out, c < 0x20 || c == 0x7F || c1 ? ' ' : (char)c);
	}
}

/* "{1}" to "{9}" */
static bool is_place(const char *text)
{
	return text[0] == '{' && text[1] >= '1' && text[1] <= '9' && text[2] == '}';
}

/* The places of a text: the largest number in it. */
static size_t places(const char *text)
{
	size_t most = 0;
	for (; *text; text++)
		if (is_place(text) && (size_t)(text[1] - '0') > most)
			most = (size_t)(text[1] - '0');
	return most;
}

/* No place of the row's text and help lacks its word. */
static bool fits(const struct message_row *row, struct inserts words)
{
	size_t text = places(local_text(row->text)), help = places(local_text(row->help));
	return words.count >= (text > help ? text : help);
}

static struct str fill(struct arena *arena, const char *text, struct inserts words)
{
	struct buffer out = {0};
	for (; *text; text++) {
		if (is_place(text)) {
			add_word(&out, words.items[text[1] - '1']);
			text += 2;
		} else {
			buffer_byte(&out, *text);
		}
	}
	struct str filled = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return filled;
}

/* Adds a finding, unless it is there already. Returns its number. */
static size_t add(struct findings *findings, const struct finding *finding)
{
	struct arena *arena = findings->arena;
	struct span span = finding->span;
	struct str key = str_format(arena, "%u:%u:%u:%d:%.*s", span.source, span.begin, span.end, (int)finding->code,
		STR_ARG(finding->text));
	size_t *number = arena_alloc(arena, sizeof(*number));
	*number = findings->count;
	size_t *first = map_put(&findings->seen, arena, key, number);
	if (first != number)
		return *first;
	findings->items = arena_grow(arena, findings->items, findings->count, sizeof(*findings->items));
	findings->items[findings->count] = *finding;
	findings->items[findings->count].number = findings->count;
	return findings->count++;
}

void finding_begin(struct findings *findings, struct str event)
{
	findings->event = event;
}

void finding_end(struct findings *findings)
{
	findings->event = STR("");
}

size_t finding_add(struct findings *findings, enum message message, struct span span, struct inserts words)
{
	const struct message_row *row = &messages[message];
	assert(fits(row, words));
	return add(findings, &(struct finding){
				     .code = row->code,
				     .severity = codes[row->code].severity,
				     .span = span,
				     .text = fill(findings->arena, local_text(row->text), words),
				     .help = fill(findings->arena, local_text(row->help), words),
				     .event = findings->event,
			     });
}

/* A place is named once, however many events it spoils. */
static void relate(struct arena *arena, struct finding *finding, struct related related)
{
	for (size_t i = 0; i < finding->related_count; i++)
		if (!memcmp(&finding->related[i].span, &related.span, sizeof(related.span)) &&
			str_equal(finding->related[i].text, related.text))
			return;
	finding->related = arena_grow(arena, finding->related, finding->related_count, sizeof(*finding->related));
	finding->related[finding->related_count++] = related;
}

void finding_relate(
	struct findings *findings, size_t number, enum message message, struct span span, struct inserts words)
{
	assert(fits(&messages[message], words));
	relate(findings->arena, &findings->items[number],
		(struct related){span, fill(findings->arena, local_text(messages[message].text), words)});
}

void findings_take(struct findings *findings, const struct findings *other)
{
	for (size_t i = 0; i < other->count; i++) {
		const struct finding *theirs = &other->items[i];
		size_t number = add(findings, theirs);
		struct finding *ours = &findings->items[number];
		if (theirs->severity == SEVERITY_ERROR)
			ours->severity = SEVERITY_ERROR;
		for (size_t j = 0; ours->related != theirs->related && j < theirs->related_count; j++)
			relate(findings->arena, ours, theirs->related[j]);
	}
}

void finding_raise(struct findings *findings, size_t number)
{
	findings->items[number].severity = SEVERITY_ERROR;
}

/* qsort() has no context to pass; findings_sort() puts it here. */
static const struct sources *sorted_sources;

static struct str name_of(const struct sources *sources, struct span span)
{
	return span.source ? source_get(sources, span.source)->name : STR("");
}

static int compare(const void *left, const void *right)
{
	const struct finding *a = left, *b = right;
	int order = a->span.source == b->span.source
			    ? 0
			    : str_compare(name_of(sorted_sources, a->span), name_of(sorted_sources, b->span));
	if (!order)
		order = (a->span.begin > b->span.begin) - (a->span.begin < b->span.begin);
	return order ? order : (a->number > b->number) - (a->number < b->number);
}

void findings_sort(struct findings *findings)
{
	sorted_sources = findings->sources;
	if (findings->count)
		qsort(findings->items, findings->count, sizeof(*findings->items), compare);
}

bool finding_hidden(const struct findings *findings, const struct finding *finding)
{
	return finding->span.source && source_get(findings->sources, finding->span.source)->hidden;
}

struct tally findings_tally(const struct findings *findings)
{
	struct tally tally = {0};
	for (size_t i = 0; i < findings->count; i++) {
		if (finding_hidden(findings, &findings->items[i]))
			continue;
		if (findings->items[i].severity == SEVERITY_ERROR)
			tally.errors++;
		else
			tally.warnings++;
	}
	return tally;
}
