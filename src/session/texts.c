#include "session/texts.h"

#include "base/arena.h"
#include "decode/values.h"
#include "input/locate.h"
#include "text/markdown.h"

#include <stdlib.h>

/* Bytes. Short texts are looked at anew for each event that shares them: to remember them would cost more. */
enum { REMEMBERED_MINIMUM = 1024, SHARED_MAXIMUM = 64 << 20 };

struct looking {
	struct findings *findings;
	struct arena kept, scratch;
	struct map seen; /* from the span of a long text to how long it is when published */
	size_t shared;   /* bytes that are published again, of texts that several events share */
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
	struct findings *findings = looking->findings;
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
	struct findings *findings = looking->findings;
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
	struct locator locator = locator_open(looking->findings->sources, text->at.span, text->str);
	if (losses->count)
		qsort(losses->items, losses->count, sizeof(*losses->items), compare);
	for (size_t i = 0; i < losses->count; i++) {
		const struct loss *loss = &losses->items[i];
		bool whole = loss->at.begin == 0 && loss->at.end == text->str.len;
		add(looking, key, loss, text, whole ? text->at.span : locator_find(&locator, loss->at));
	}
}

/* Whether a text was looked at before; then *len says how long it was. Else *len is where to write that. */
static bool was_seen(struct looking *looking, const struct text *text, size_t **len)
{
	struct str key = {(const char *)&text->at.span, sizeof(text->at.span)};
	*len = text->str.len < REMEMBERED_MINIMUM ? NULL : map_get(&looking->seen, key);
	if (*len)
		return true;
	if (text->str.len < REMEMBERED_MINIMUM)
		return false;
	*len = arena_alloc(&looking->kept, sizeof(**len));
	map_put(&looking->seen, &looking->kept, str_copy(&looking->kept, key), *len);
	return false;
}

static void look_at_description(struct looking *looking, const struct text *text)
{
	size_t *len;
	struct losses losses = {0};
	if (!at_valid(&text->at))
		return;
	if (was_seen(looking, text, &len)) {
		bool fitted = looking->shared <= SHARED_MAXIMUM;
		looking->shared += *len;
		if (fitted && looking->shared > SHARED_MAXIMUM)
			finding_add(looking->findings, MSG_TOO_LARGE_SHARED, text->at.span, NO_WORDS);
		return;
	}
	struct arena_mark mark = arena_mark(&looking->scratch);
	struct str published = markdown_to_text_with(&looking->scratch, text->str, &losses);
	if (len)
		*len = published.len;
	add_all(looking, STR("description"), text, &losses);
	arena_release(&looking->scratch, mark);
}

/* A key whose text is published as it stands. */
static void look_at_plain(struct looking *looking, struct str key, const struct text *text)
{
	size_t *len;
	struct losses losses = {0};
	if (!at_valid(&text->at) || was_seen(looking, text, &len))
		return;
	struct arena_mark mark = arena_mark(&looking->scratch);
	markdown_in_text(&looking->scratch, text->str, &losses);
	add_all(looking, key, text, &losses);
	arena_release(&looking->scratch, mark);
}

static void look_at_event(struct looking *looking, const struct event *event)
{
	look_at_plain(looking, STR("summary"), &event->summary);
	look_at_plain(looking, STR("location"), &event->location);
	look_at_plain(looking, STR("contact"), &event->contact);
	look_at_plain(looking, STR("label"), &event->conference.label);
	look_at_plain(looking, STR("name"), &event->organizer.name);
	for (size_t i = 0; i < event->details.count; i++) {
		const struct detail *detail = &event->details.items[i];
		look_at_plain(looking, detail->label.str, &detail->label);
		look_at_plain(looking, detail->label.str, &detail->text);
	}
	look_at_description(looking, &event->description);
}

static void look_at_calendar(struct looking *looking, const struct calendar *calendar)
{
	look_at_plain(looking, STR("name"), &calendar->name);
	look_at_plain(looking, STR("description"), &calendar->description);
	look_at_plain(looking, STR("name"), &calendar->organizer.name);
	look_at_description(looking, &calendar->page.intro);
	for (size_t i = 0; i < calendar->types.count; i++)
		look_at_plain(looking, STR("name"), &calendar->types.items[i]->name);
	for (size_t i = 0; i < calendar->feeds.count; i++) {
		look_at_plain(looking, STR("name"), &calendar->feeds.items[i]->name);
		look_at_plain(looking, STR("description"), &calendar->feeds.items[i]->description);
	}
}

void texts_look(const struct calendar *calendar, struct findings *findings)
{
	struct looking looking = {.findings = findings};
	look_at_calendar(&looking, calendar);
	for (size_t i = 0; i < calendar->event_count; i++) {
		const struct event *event = calendar->events[i];
		finding_begin(findings, event->id.str);
		look_at_event(&looking, event);
		for (size_t n = 0; n < event->overrides.count; n++)
			look_at_event(&looking, &event->overrides.items[n]->event);
		finding_end(findings);
	}
	arena_free(&looking.kept);
	arena_free(&looking.scratch);
}
