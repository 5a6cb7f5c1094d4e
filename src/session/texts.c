#include "session/texts.h"

#include "base/arena.h"
#include "base/threads.h"
#include "decode/values.h"
#include "input/locate.h"
#include "text/markdown.h"

#include <stdlib.h>

/* Bytes. */
enum { SHARED_MAXIMUM = 64 << 20 };

/* The events that one thread looks at. Nobody else writes to what it has, nor to the texts that these own. */
struct looking {
	const struct calendar *calendar;
	size_t begin, end;
	bool keep; /* what descriptions are published as */
	struct findings findings;
	struct arena lasting, scratch;
	struct map seen; /* the spans of long texts that were looked at */
};

static int compare(const void *left, const void *right)
{
	const struct loss *a = left, *b = right;
	return (a->at.begin > b->at.begin) - (a->at.begin < b->at.begin);
}

static void add_link(struct findings *findings, const struct loss *loss, struct span span)
{
	if (!loss->what.len) {
		finding_add(findings, MSG_BAD_LINK_EMPTY, span, NO_WORDS);
		return;
	}
	size_t number = finding_add(
		findings, loss->right.len ? MSG_BAD_LINK_FORM : MSG_BAD_LINK, span, WORDS(loss->what, loss->right));
	/* Only where it was found byte for byte, and no quotes can be around that it would close. */
	if (loss->right.len && str_equal(source_text(findings->sources, span), loss->what) &&
		str_find(loss->right, '\'') == loss->right.len)
		finding_fix(findings, number, span, loss->right);
}

/* A turn of direction can be taken out where it was found alone. */
static void add_direction(struct findings *findings, const struct loss *loss, struct span span, struct str text)
{
	size_t number = finding_add(findings, MSG_INVISIBLE_DIRECTION, span, WORDS(loss->what));
	if (str_equal(source_text(findings->sources, span), str_part(text, loss->at.begin, loss->at.end)))
		finding_fix(findings, number, span, STR(""));
}

/* A text that keys of one line can take. */
static struct str one_line(struct arena *arena, struct str text)
{
	struct buffer out = {0};
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] != '\n')
			buffer_byte(&out, text.ptr[i]);
		else if (out.len && out.ptr[out.len - 1] != ' ')
			buffer_add(&out, STR(", "));
	struct str line = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return line;
}

/* Marks in a text that takes none. */
static void add_marks(
	struct looking *looking, enum message message, struct str key, const struct loss *loss, const struct text *text)
{
	struct findings *findings = &looking->findings;
	struct str right = one_line(&looking->scratch, loss->right);
	size_t number =
		finding_add(findings, message, text->at.span, WORDS(key, value_quoted(&looking->scratch, right)));
	uint32_t offset;
	if (right.len && str_one_line(text->str) && source_holds(findings->sources, text->at.span, text->str, &offset))
		finding_fix_value(findings, number, right);
}

static void add(
	struct looking *looking, struct str key, const struct loss *loss, const struct text *text, struct span span)
{
	struct findings *findings = &looking->findings;
	switch (loss->kind) {
	case LOSS_COMMENT:
		finding_add(findings, MSG_HTML_COMMENT, span, NO_WORDS);
		break;
	case LOSS_TAG:
		finding_add(findings, MSG_HTML_IN_TEXT, span, WORDS(loss->what));
		break;
	case LOSS_LINK:
		add_link(findings, loss, span);
		break;
	case LOSS_WRAPPED:
		finding_add(findings, MSG_WRAPPED_TEXT, span, NO_WORDS);
		break;
	case LOSS_DIRECTION:
		add_direction(findings, loss, span, text->str);
		break;
	case LOSS_MARK:
		add_marks(looking, MSG_MARKDOWN_IN_TEXT, key, loss, text);
		break;
	case LOSS_TAG_SHOWN:
		add_marks(looking, MSG_HTML_SHOWN, key, loss, text);
		break;
	case LOSS_SIZE:
		finding_add(findings, MSG_TOO_LARGE_TEXT, span, NO_WORDS);
		break;
	}
}

static void add_all(struct looking *looking, struct str key, const struct text *text, struct losses *losses)
{
	struct locator locator = locator_open(looking->findings.sources, text->at.span, text->str);
	if (losses->count)
		qsort(losses->items, losses->count, sizeof(*losses->items), compare);
	for (size_t i = 0; i < losses->count; i++) {
		const struct loss *loss = &losses->items[i];
		bool whole = loss->at.begin == 0 && loss->at.end == text->str.len;
		add(looking, key, loss, text, whole ? text->at.span : locator_find(&locator, loss->at));
	}
}

static void look_at_description(struct looking *looking, const struct prose *prose)
{
	struct losses losses = {0};
	struct arena_mark mark = arena_mark(&looking->scratch);
	struct str plain = markdown_to_text_with(&looking->scratch, prose->text.str, &losses);
	prose->rendered->len = plain.len;
	if (looking->keep)
		prose->rendered->plain = str_copy(&looking->lasting, plain).ptr;
	add_all(looking, STR("description"), &prose->text, &losses);
	arena_release(&looking->scratch, mark);
}

/* Whether a text is long, and its span in the map already; else it is put there. */
static bool was_seen(struct map *seen, struct arena *arena, const struct text *text)
{
	struct str key = {(const char *)&text->at.span, sizeof(text->at.span)};
	if (text->str.len < LONG_TEXT)
		return false;
	if (map_get(seen, key))
		return true;
	map_put(seen, arena, str_copy(arena, key), seen);
	return false;
}

/* A key whose text is published as it stands. */
static void look_at_plain(struct looking *looking, struct str key, const struct text *text)
{
	struct losses losses = {0};
	if (!at_valid(&text->at) || was_seen(&looking->seen, &looking->scratch, text))
		return;
	if (text->str.len > TEXT_MAXIMUM) {
		finding_add(&looking->findings, MSG_TOO_LARGE_TEXT, text->at.span, NO_WORDS);
		return;
	}
	struct arena_mark mark = arena_mark(&looking->scratch);
	markdown_in_text(&looking->scratch, text->str, &losses);
	add_all(looking, key, text, &losses);
	arena_release(&looking->scratch, mark);
}

/* The texts of an event that are published as they stand, by number, and what each is called; NULL behind the last. */
static const struct text *plain_text(const struct event *event, size_t number, struct str *key)
{
	const struct text *texts[] = {
		event->summary, event->location, event->contact, &event->conference->label, &event->organizer->name};
	static const char *const names[] = {"summary", "location", "contact", "label", "name"};
	enum { COUNT = sizeof(names) / sizeof(*names) };
	if (number < COUNT) {
		*key = str_from(names[number]);
		return texts[number];
	}
	number -= COUNT;
	if (number / 2 >= event->details->count)
		return NULL;
	const struct detail *detail = &event->details->items[number / 2];
	*key = detail->label.str;
	return number % 2 ? &detail->text : &detail->label;
}

static void look_at_event(struct looking *looking, const struct event *event)
{
	struct str key;
	const struct text *text;
	for (size_t i = 0; (text = plain_text(event, i, &key)); i++)
		look_at_plain(looking, key, text);
	if (at_valid(&event->description->text.at) && event->description->rendered->owner == event)
		look_at_description(looking, event->description);
}

static void look_at_calendar(struct looking *looking)
{
	const struct calendar *calendar = looking->calendar;
	look_at_plain(looking, STR("name"), &calendar->name);
	look_at_plain(looking, STR("description"), &calendar->description);
	look_at_plain(looking, STR("name"), &calendar->organizer.name);
	if (at_valid(&calendar->page.intro.text.at))
		look_at_description(looking, &calendar->page.intro);
	for (size_t i = 0; i < calendar->types.count; i++)
		look_at_plain(looking, STR("name"), &calendar->types.items[i]->name);
	for (size_t i = 0; i < calendar->feeds.count; i++) {
		look_at_plain(looking, STR("name"), &calendar->feeds.items[i]->name);
		look_at_plain(looking, STR("description"), &calendar->feeds.items[i]->description);
	}
}

/* The event itself, and behind it its overrides. */
static const struct event *part_of(const struct event *event, size_t number)
{
	return number ? &event->overrides->items[number - 1]->event : event;
}

static void look_at_part(void *context, unsigned worker, size_t index)
{
	struct looking *looking = &((struct looking *)context)[index];
	(void)worker;
	if (!index)
		look_at_calendar(looking);
	for (size_t i = looking->begin; i < looking->end; i++) {
		const struct event *event = looking->calendar->events[i];
		finding_begin(&looking->findings, event->id->str);
		for (size_t n = 0; n <= event->overrides->count; n++)
			look_at_event(looking, part_of(event, n));
		finding_end(&looking->findings);
	}
	arena_free(&looking->scratch);
}

/* One of those who share a description has it looked at. */
static void find_owners(const struct calendar *calendar)
{
	for (size_t i = 0; i < calendar->event_count; i++)
		for (size_t n = 0; n <= calendar->events[i]->overrides->count; n++) {
			const struct event *event = part_of(calendar->events[i], n);
			struct rendered *rendered = event->description->rendered;
			if (at_valid(&event->description->text.at) && !rendered->owner)
				rendered->owner = event;
		}
}

/* What several events share is published for each of them. Returns the text with which that is too much, or NULL. */
static const struct text *find_shared(const struct event *event, struct map *seen, struct arena *arena, size_t *shared)
{
	const struct prose *description = event->description;
	const struct text *text = &description->text;
	struct str key;
	if (at_valid(&text->at) && description->rendered->owner != event && text->str.len >= LONG_TEXT)
		*shared += description->rendered->len;
	for (size_t i = 0; *shared <= SHARED_MAXIMUM && (text = plain_text(event, i, &key)); i++)
		if (at_valid(&text->at) && was_seen(seen, arena, text))
			*shared += text->str.len;
	return *shared > SHARED_MAXIMUM ? text : NULL;
}

static void add_shared(const struct calendar *calendar, struct findings *findings)
{
	size_t shared = 0;
	struct map seen = {0};
	struct arena scratch = {0};
	for (size_t i = 0; i < calendar->event_count && shared <= SHARED_MAXIMUM; i++)
		for (size_t n = 0; n <= calendar->events[i]->overrides->count && shared <= SHARED_MAXIMUM; n++) {
			const struct event *event = part_of(calendar->events[i], n);
			const struct text *text = find_shared(event, &seen, &scratch, &shared);
			finding_begin(findings, calendar->events[i]->id->str);
			if (text)
				finding_add(findings, MSG_TOO_LARGE_SHARED, text->at.span, NO_WORDS);
			finding_end(findings);
		}
	arena_free(&scratch);
}

void texts_look(const struct calendar *calendar, struct findings *findings, unsigned threads, bool keep)
{
	struct looking looking[THREADS_MOST];
	find_owners(calendar);
	for (unsigned i = 0; i < threads; i++) {
		looking[i] = (struct looking){.calendar = calendar,
			.begin = calendar->event_count * i / threads,
			.end = calendar->event_count * (i + 1) / threads,
			.keep = keep,
			.findings.sources = findings->sources};
		looking[i].findings.arena = &looking[i].lasting;
	}
	threads_each(threads, 0, threads, look_at_part, looking);
	for (unsigned i = 0; i < threads; i++) {
		findings_take(findings, &looking[i].findings);
		arena_take(findings->arena, &looking[i].lasting);
	}
	add_shared(calendar, findings);
}
