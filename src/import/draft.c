#include "import/draft.h"

#include "base/arena.h"
#include "decode/values.h"
#include "time/limits.h"
#include "time/zone.h"

#include <string.h>

/* "-2027-200000" must fit behind it. */
enum { STEM_MOST = ID_MAXIMUM - 14, OFFSET = sizeof("+02:00") - 1 };

struct node *node_empty(struct arena *arena, struct span span, enum node_kind kind)
{
	struct node *node = arena_alloc(arena, sizeof(*node));
	node->kind = kind;
	node->span = span;
	return node;
}

struct node *node_text(struct arena *arena, struct span span, struct str text)
{
	struct node *node = node_empty(arena, span, NODE_TEXT);
	node->text = text;
	/* None of YAML's words for nothing. */
	node->quoted = true;
	return node;
}

void node_add(struct arena *arena, struct node *list, struct node *item)
{
	list->items = arena_grow(arena, list->items, list->count, sizeof(*list->items));
	list->items[list->count++] = item;
}

void node_put(struct arena *arena, struct node *map, const char *name, struct node *value)
{
	if (!value)
		return;
	map->entries = arena_grow(arena, map->entries, map->count, sizeof(*map->entries));
	map->entries[map->count++] = (struct entry){node_text(arena, value->span, str_from(name)), value};
}

bool node_equal(const struct node *a, const struct node *b)
{
	if (a->kind != b->kind)
		return false;
	if (a->kind == NODE_TEXT)
		return str_equal(a->text, b->text);
	bool equal = a->count == b->count;
	for (uint32_t i = 0; equal && i < a->count; i++)
		equal = a->kind == NODE_LIST ? node_equal(a->items[i], b->items[i])
					     : node_equal(a->entries[i].key, b->entries[i].key) &&
						       node_equal(a->entries[i].value, b->entries[i].value);
	return equal;
}

static struct str cleaned(struct arena *arena, struct str text, bool line)
{
	struct buffer out = {0};
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		bool blank = c == ' ' || c == '\t' || c == '\n';
		if (blank && line && (!out.len || out.ptr[out.len - 1] == ' '))
			continue;
		if (blank)
			buffer_byte(&out, line ? ' ' : (char)c);
		else if (c >= ' ' && c != 0x7F && !(c == 0xC2 && (unsigned char)text.ptr[i + 1] < 0xA0))
			buffer_byte(&out, (char)c);
		else
			i += c == 0xC2;
	}
	struct str clean = str_copy(arena, str_trim(buffer_str(&out)));
	buffer_free(&out);
	return clean;
}

struct str text_line(struct arena *arena, struct str text)
{
	return cleaned(arena, text, true);
}

struct str text_clean(struct arena *arena, struct str text)
{
	return cleaned(arena, text, false);
}

/* The form in which the format has a value that was read; empty: as it is. */
static struct str written(struct arena *arena, const struct key *key, const void *value)
{
	const struct when *when = value;
	const struct duration_value *duration = value;
	const struct text *text = value;
	const struct choice *choice = value;
	switch (key->kind) {
	case KIND_DATE:
	case KIND_MOMENT:
	case KIND_START:
	case KIND_ENDING:
		return when->month_only  ? month_format(arena, when->moment.date)
		       : when->time_only ? time_format(arena, when->moment.minute)
					 : moment_format(arena, when->moment);
	case KIND_MOMENTS:
		return moment_format(arena, ((const struct moments *)value)->items->moment);
	case KIND_DURATION:
	case KIND_REMINDER:
		return duration->none ? STR("none") : duration_format(arena, duration->duration);
	case KIND_BOOLEAN:
		return choice->value ? STR("true") : STR("false");
	case KIND_CHOICE:
		return str_from(key->words[choice->value]);
	case KIND_LINES:
	case KIND_CATEGORIES:
	case KIND_URLS:
		return ((const struct texts *)value)->items->str;
	case KIND_MARKDOWN:
		return text->str;
	default:
		return kinds[key->kind].built == BUILT_ONE && kinds[key->kind].size == sizeof(*text) ? text->str
												     : STR("");
	}
}

static bool takes(struct import *import, const struct key *key, struct node *value)
{
	struct arena *arena = import->findings->arena;
	struct findings scratch = {.arena = arena, .sources = import->findings->sources};
	struct node nothing = {.kind = NODE_MAP};
	struct decoder decoder = {
		.findings = &scratch, .zones = import->zones, .zone = import->zone, .mapping = &nothing};
	struct buffer text = {0};
	struct arena_mark mark = arena_mark(arena);
	struct at *at = arena_alloc(arena, kinds[key->kind].size);
	value_read(&decoder, key, value, at);
	bool valid = at_valid(at);
	if (valid && value->kind == NODE_TEXT)
		buffer_add(&text, written(arena, key, at));
	/* Nothing else is kept, but for a zone that was read first here. */
	if (key->kind != KIND_ZONE)
		arena_release(arena, mark);
	if (text.len && !str_equal(buffer_str(&text), value->text))
		value->text = str_copy(arena, buffer_str(&text));
	buffer_free(&text);
	return valid;
}

bool draft_takes(struct import *import, const struct key *key, struct node *value)
{
	if (value->kind != NODE_LIST || kinds[key->kind].built != BUILT_LIST)
		return takes(import, key, value);
	uint32_t kept = 0;
	for (uint32_t i = 0; i < value->count; i++)
		if (takes(import, key, value->items[i]))
			value->items[kept++] = value->items[i];
	value->count = kept;
	return kept && takes(import, key, value);
}

bool draft_put(struct import *import, struct node *map, unsigned where, const char *name, struct node *value)
{
	const struct key *key = key_find(str_from(name), where);
	uint32_t count = value->kind == NODE_TEXT ? 0 : value->count;
	bool taken = draft_takes(import, key, value);
	if (!taken || (value->kind == NODE_LIST && value->count < count)) {
		struct str text =
			value->kind == NODE_TEXT ? value->text : source_text(import->findings->sources, value->span);
		ADD(import, MSG_NOT_IMPORTED_VALUE, value->span, text, str_from(name),
			str_from(local_text(kinds[key->kind].shape)));
	}
	if (taken)
		node_put(import->findings->arena, map, key->name, value);
	return taken;
}

bool draft_put_text(
	struct import *import, struct node *map, unsigned where, const char *name, struct span span, struct str text)
{
	return text.len && draft_put(import, map, where, name, node_text(import->findings->arena, span, text));
}

static int two_digits(const char *p)
{
	bool good = p[0] >= '0' && p[0] <= '9' && p[1] >= '0' && p[1] <= '9';
	return good ? (p[0] - '0') * 10 + p[1] - '0' : -1;
}

struct str draft_take_offset(struct str text, int *minutes)
{
	*minutes = 0;
	if (text.len <= OFFSET)
		return text;
	struct str before = str_part(text, 0, text.len - OFFSET);
	const char *offset = text.ptr + before.len;
	int hours = two_digits(offset + 1), rest = two_digits(offset + 4);
	if (!strchr("+-", offset[0]) || hours < 0 || offset[3] != ':' || rest < 0)
		return text;
	*minutes = (hours * 60 + rest) * (offset[0] == '-' ? -1 : 1);
	return str_trim(before);
}

void draft_put_zone(struct import *import, struct node *map, struct span span, const struct zone *zone)
{
	const struct zone *own = import->calendar->timezone.zone;
	if (zone && !(own && str_equal(zone_name(zone), zone_name(own))))
		draft_put_text(import, map, IN_EVENT, "timezone", span, zone_name(zone));
}

/* The summary's letters and digits and the year, and a number where that is taken. */
static struct str make_id(struct import *import, struct str summary, int year)
{
	bool whole;
	struct arena *arena = import->findings->arena;
	struct str stem = value_slug(arena, summary, &whole), tail = str_format(arena, "-%d", year);
	if (stem.len > STEM_MOST)
		stem.len = STEM_MOST;
	while (stem.len && stem.ptr[stem.len - 1] == '-')
		stem.len--;
	if (!stem.len)
		stem = import->language == LANGUAGE_NL ? STR("activiteit") : STR("event");
	if (!str_ends(stem, tail))
		stem = str_format(arena, "%.*s%.*s", STR_ARG(stem), STR_ARG(tail));
	/* Of many alike the last number is where the next begins. */
	unsigned *last = map_get(&import->stems, stem);
	struct str id = stem;
	if (!last)
		last = map_put(&import->stems, arena, stem, arena_alloc(arena, sizeof(*last)));
	do {
		if ((*last)++)
			id = str_format(arena, "%.*s-%u", STR_ARG(stem), *last);
	} while (map_get(&import->taken, id));
	return id;
}

struct imported *import_add(struct import *import, struct node *map, struct span span, struct str wanted, int year)
{
	struct arena *arena = import->findings->arena;
	const struct node *summary = node_get(map, STR("summary"));
	struct imported *item = arena_alloc(arena, sizeof(*item));
	*item = (struct imported){.map = map, .span = span, .id = wanted};
	if (!wanted.len)
		item->id = make_id(import, summary ? summary->text : STR(""), year);
	map_put(&import->taken, arena, item->id, item);
	node_put(arena, map, "id", node_text(arena, span, item->id));
	import->items = arena_grow(arena, import->items, import->count, sizeof(struct imported *));
	import->items[import->count++] = item;
	return item;
}
