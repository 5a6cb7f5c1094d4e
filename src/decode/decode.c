#include "decode/decode.h"

#include "base/arena.h"
#include "decode/inherit.h"
#include "decode/mapping.h"

/* What an event requires, and neither it nor its file's defaults give. */
static void check_required(struct decoder *decoder, const struct event *event)
{
	if (!at_valid(&event->at))
		return;
	finding_begin(decoder->findings, event->id->str);
	decoder->draft = event_draft(event);
	for (const struct key *key = keys; key->name; key++)
		if ((key->required & IN_EVENT) && key_may_come(key, IN_EVENT) &&
			key_value(key, event)->given == GIVEN_ABSENT)
			mapping_add_missing(decoder, event->at.span, key);
	decoder->draft = false;
	finding_end(decoder->findings);
}

/* The root of a file as a mapping, or NULL and a finding. */
static const struct node *root_map(struct decoder *decoder, const struct node *root, const char *first)
{
	if (root->kind == NODE_MAP)
		return root;
	ADD(decoder, MSG_WRONG_TYPE_FILE, root->span, str_from(first));
	return NULL;
}

/* The same of an events file: a list of mappings can be meant for nothing but its events. */
static const struct node *events_map(struct decoder *decoder, const struct node *root)
{
	struct arena *arena = decoder->findings->arena;
	const struct node *map = root_map(decoder, root, "events:");
	if (map || root->kind != NODE_LIST || !root->count || root->items[0]->kind != NODE_MAP)
		return map;
	struct entry *entry = arena_alloc(arena, sizeof(*entry));
	struct node *made = arena_alloc(arena, sizeof(*made)), *key = arena_alloc(arena, sizeof(*key));
	struct node *list = arena_alloc(arena, sizeof(*list));
	*list = *root;
	*key = (struct node){.kind = NODE_TEXT, .span = root->span, .text = STR("events")};
	*entry = (struct entry){key, list};
	*made = (struct node){.kind = NODE_MAP, .span = root->span, .count = 1, .entries = entry};
	return made;
}

void decode_calendar(struct decoder *decoder, uint32_t source, const struct node *root, struct calendar *calendar)
{
	calendar->span = (struct span){source, 0, 0};
	calendar->broken = source_get(decoder->findings->sources, source)->broken;
	bool nothing = !root || node_is_empty(root);
	if (nothing && !calendar->broken)
		mapping_read(decoder, &(struct node){.kind = NODE_MAP, .span = calendar->span}, IN_CALENDAR, calendar);
	if (nothing)
		return;
	root = root_map(decoder, root, "name: ");
	if (!root) {
		calendar->broken = true;
		return;
	}
	calendar->span = root->span;
	mapping_read(decoder, root, IN_CALENDAR, calendar);
}

/* The value of a mapping that stands at a place, or NULL. */
static const struct node *value_at(const struct node *map, struct span span)
{
	for (uint32_t i = 0; map && map->kind == NODE_MAP && i < map->count; i++)
		if (map->entries[i].value->span.begin == span.begin)
			return map->entries[i].value;
	return NULL;
}

/* The defaults may stand behind the events. */
static bool makes_drafts(const struct node *root)
{
	const struct node *defaults = node_get(root, STR("defaults"));
	const struct node *draft = defaults && defaults->kind == NODE_MAP ? node_get(defaults, STR("draft")) : NULL;
	return draft && draft->kind == NODE_TEXT && str_equal(draft->text, STR("true"));
}

/* Of an event of which only the month is known: what it says itself that needs a day is refused, all in one finding. */
static void refuse_day(struct decoder *decoder, struct event *event, const struct event *defaults)
{
	const struct when *start = at_given(&event->start->at) ? event->start : defaults->start;
	struct buffer names = {0};
	struct span first = {0};
	if (!at_valid(&start->at) || !start->month_only)
		return;
	for (const struct key *key = keys; key->name; key++) {
		const struct at *at = key_value(key, event);
		if (!(key->where & IN_EVENT) || !(key->flags & KEY_NEEDS_DAY) || !at_given(at))
			continue;
		if (at_valid(at)) {
			first = names.len ? first : at->span;
			buffer_format(&names, "%s\"%s\"", names.len ? ", " : "", key->name);
		}
		*key_room(key, decoder->findings->arena, event) = (struct at){at->span, GIVEN_INVALID};
	}
	if (names.len) {
		finding_begin(decoder->findings, event->id->str);
		size_t number = ADD(decoder, MSG_MIXED_ANNOUNCED, first, buffer_str(&names));
		finding_relate(decoder->findings, number, MSG_MIXED_ANNOUNCED_START, start->at.span, NO_WORDS);
		finding_end(decoder->findings);
	}
	buffer_free(&names);
}

void decode_events(struct decoder *decoder, uint32_t source, const struct node *root, struct file_events *events)
{
	struct events_file file = {0};
	event_open(&file.defaults);
	events->broken = source_get(decoder->findings->sources, source)->broken;
	decoder->events = events;
	const struct node *map = NULL;
	if (root && !node_is_empty(root)) {
		map = events_map(decoder, root);
		decoder->drafts = map && makes_drafts(map);
		if (map)
			mapping_read(decoder, map, IN_FILE, &file);
		else
			file.events.given = GIVEN_INVALID;
	}
	const struct node *list = value_at(map, file.events.span);
	/* "events: [" is somebody who is still writing, and was told to close it. */
	bool closed = list && str_ends(source_text(decoder->findings->sources, list->span), STR("]"));
	bool nothing = !map || (closed && list->kind == NODE_LIST && !list->count);
	if (nothing && !events->broken && file.events.given != GIVEN_INVALID)
		finding_add(decoder->findings, MSG_NO_EVENTS_FILE, (struct span){source, 0, 0}, NO_WORDS);
	for (size_t i = 0; i < events->written.count; i++) {
		struct event *event = events->written.items[i];
		refuse_day(decoder, event, &file.defaults);
		if (at_given(&file.defaults.at))
			inherit(decoder->findings->arena, event, &file.defaults, IN_DEFAULTS);
		check_required(decoder, event);
	}
}
