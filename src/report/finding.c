#include "report/finding.h"

#include "base/arena.h"
#include "base/scalar.h"
#include "report/escape.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_MAXIMUM = 120, RELATED_MAXIMUM = 100 };

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

/* A word as it may stand in a sentence: on one line, escaped, not endless unless it is whole. */
static void add_word(struct buffer *out, struct str word, bool whole)
{
	size_t points = 0, end = 0;
	while (end < word.len && points <= WORD_MAXIMUM)
		points += (word.ptr[end++] & 0xC0) != 0x80;
	bool cut = points > WORD_MAXIMUM && !whole;
	escape_add(out, whole ? word : str_part(word, 0, cut ? end - 1 : end));
	if (cut)
		buffer_add(out, STR("…"));
}

/* A place of a text. */
struct slot {
	size_t len;  /* of what stands for it; 0: it is none */
	size_t word; /* from 0 */
	char mark;   /* '*', '=' or NUL */
};

/* "{1}" to "{9}", "{*1}", "{=1}" */
static struct slot slot_at(const char *text)
{
	size_t marked = text[0] == '{' && (text[1] == '*' || text[1] == '=');
	if (text[0] != '{' || text[1 + marked] < '1' || text[1 + marked] > '9' || text[2 + marked] != '}')
		return (struct slot){0};
	return (struct slot){3 + marked, (size_t)(text[1 + marked] - '1'), marked ? text[1] : 0};
}

/* The places of a text: the largest number in it. */
static size_t places(const char *text)
{
	size_t most = 0;
	for (; *text; text++) {
		struct slot slot = slot_at(text);
		if (slot.len && slot.word + 1 > most)
			most = slot.word + 1;
	}
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
		struct slot slot = slot_at(text);
		if (slot.len) {
			add_word(&out, words.items[slot.word], slot.mark);
			text += slot.len - 1;
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

/* A text as it may stand in the place of what is written there: in the same quotes, or in some if it needs them. */
static void add_quoted(struct buffer *out, struct str written, struct str text)
{
	if (written.ptr[0] == '"' || written.ptr[0] == '\'')
		scalar_add_quoted(out, text, written.ptr[0]);
	else
		scalar_add(out, text);
}

/* What stands in a span with another text in place of its own; NULL where that cannot be told. */
static const struct fix *replace(const struct findings *findings, struct span span, struct str text)
{
	struct str written = span.source ? source_text(findings->sources, span) : STR("");
	/* What an anchor names may be meant in two ways. */
	if (!written.len || written.ptr[0] == '&' || written.ptr[0] == '!' || !str_one_line(text))
		return NULL;
	/* A list on lines of its own may not be indented deeper than its key, and a text must be. */
	if (written.len > 1 && written.ptr[0] == '-' && written.ptr[1] == ' ')
		return NULL;
	/* A block of lines ends behind its last line break. */
	span.end -= (uint32_t)(written.len - str_trim(written).len);
	struct buffer out = {0};
	struct fix *fix = arena_alloc(findings->arena, sizeof(*fix));
	add_quoted(&out, written, text);
	*fix = (struct fix){span, str_copy(findings->arena, buffer_str(&out))};
	buffer_free(&out);
	return fix;
}

/* The fix that the row's help has in it, if any. */
static const struct fix *fix_of(
	const struct findings *findings, const struct message_row *row, struct span span, struct inserts words)
{
	for (const char *text = local_text(row->help); *text; text++) {
		struct slot slot = slot_at(text);
		if (slot.mark == '=')
			return replace(findings, span, words.items[slot.word]);
	}
	return NULL;
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
				     .fix = fix_of(findings, row, span, words),
			     });
}

/* A place is named once, however many events it spoils. */
static void relate(struct arena *arena, struct finding *finding, struct related related)
{
	if (finding->related_count == RELATED_MAXIMUM)
		return;
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

void finding_fix(struct findings *findings, size_t number, struct span span, struct str text)
{
	struct finding *finding = &findings->items[number];
	if (finding->fix)
		return;
	struct fix *fix = arena_alloc(findings->arena, sizeof(*fix));
	*fix = (struct fix){span, str_copy(findings->arena, text)};
	finding->fix = fix;
}

void finding_fix_value(struct findings *findings, size_t number, struct str text)
{
	struct finding *finding = &findings->items[number];
	if (!finding->fix)
		finding->fix = replace(findings, finding->span, text);
}

void findings_take(struct findings *findings, const struct findings *other)
{
	for (size_t i = 0; i < other->count; i++) {
		const struct finding *theirs = &other->items[i];
		size_t number = add(findings, theirs);
		struct finding *ours = &findings->items[number];
		if (theirs->severity == SEVERITY_ERROR)
			ours->severity = SEVERITY_ERROR;
		if (!ours->fix)
			ours->fix = theirs->fix;
		for (size_t j = 0; ours->related != theirs->related && j < theirs->related_count; j++)
			relate(findings->arena, ours, theirs->related[j]);
	}
}

void finding_extend(struct findings *findings, size_t number, struct str words)
{
	struct finding *finding = &findings->items[number];
	finding->text = str_format(findings->arena, "%.*s%.*s", STR_ARG(finding->text), STR_ARG(words));
}

void finding_raise(struct findings *findings, size_t number)
{
	findings->items[number].severity = SEVERITY_ERROR;
}

void finding_lower(struct findings *findings, size_t number)
{
	findings->items[number].severity = SEVERITY_WARNING;
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
