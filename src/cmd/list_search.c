#include "cmd/list_search.h"

#include "base/arena.h"
#include "base/casefold.h"
#include "cmd/list_rows.h"
#include "cmd/options.h"
#include "resolve/select.h"

static void add_words(struct arena *arena, struct sought *sought, struct str text)
{
	for (size_t begin = 0, end; begin < text.len; begin = end + 1) {
		struct str rest = str_part(text, begin, text.len);
		end = begin + str_find(rest, ' ');
		if (end == begin)
			continue;
		sought->words = arena_grow(arena, sought->words, sought->count, sizeof(*sought->words));
		sought->words[sought->count++] = str_part(text, begin, end);
	}
}

struct sought sought_of(struct arena *arena, const struct words *asked)
{
	struct sought sought = {0};
	for (size_t i = 0; i < asked->count; i++)
		add_words(arena, &sought, str_folded(arena, str_from(asked->items[i])));
	return sought;
}

static void add_text(struct buffer *all, const struct text *text)
{
	if (at_valid(&text->at)) {
		buffer_add(all, text->str);
		buffer_byte(all, '\n');
	}
}

/* All that it says, a line or more for each text. */
static void add_texts(struct buffer *all, struct arena *arena, const struct item *item)
{
	const struct event *event = item_shown(item);
	const struct text *texts[] = {
		event->summary, &event->description->text, event->location, event->contact, &event->conference->label};
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		add_text(all, texts[i]);
	for (size_t i = 0; at_valid(&event->details->at) && i < event->details->count; i++) {
		add_text(all, &event->details->items[i].label);
		add_text(all, &event->details->items[i].text);
	}
	size_t count;
	const struct str *categories = schedule_categories(arena, item->schedule, &count);
	for (size_t i = 0; i < count; i++) {
		buffer_add(all, categories[i]);
		buffer_byte(all, '\n');
	}
}

bool sought_fits(const struct sought *sought, struct arena *arena, const struct item *item)
{
	bool fits = true;
	if (!sought->count)
		return fits;
	struct buffer all = {0};
	add_texts(&all, arena, item);
	struct str folded = str_folded(arena, buffer_str(&all));
	buffer_free(&all);
	for (size_t i = 0; fits && i < sought->count; i++)
		fits = str_has(folded, sought->words[i]);
	return fits;
}
