#include "decode/structures.h"

#include "base/address.h"
#include "base/arena.h"
#include "base/scalar.h"
#include "base/url.h"
#include "decode/inherit.h"
#include "decode/mapping.h"
#include "decode/shape.h"
#include "decode/typed.h"
#include "decode/values.h"

#include <string.h>

/* A mapping where the key wants one; else a finding. */
static bool is_map(struct decoder *decoder, const struct key *key, const struct node *node)
{
	if (node->kind != NODE_MAP)
		shape_add_unknown(decoder, key, node);
	return node->kind == NODE_MAP;
}

bool value_mapping(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	if (!is_map(decoder, key, node))
		return false;
	mapping_read(decoder, node, kinds[key->kind].holds, value);
	return true;
}

/* The word of a text that is an address; empty where there is none, or a second. */
static struct str find_address(struct str text)
{
	struct str found = STR("");
	for (size_t begin = 0, i = 0; i <= text.len; i++) {
		if (i < text.len && !strchr(" ,;<>()\"", text.ptr[i]))
			continue;
		struct str word = str_part(text, begin, i);
		begin = i + 1;
		if (!address_is_email(word))
			continue;
		if (found.len)
			return STR("");
		found = word;
	}
	return found;
}

/* The name in "Balie <balie@example.org>" or "balie@example.org (Balie)". */
static struct str name_beside(struct str text, struct str address)
{
	size_t at = (size_t)(address.ptr - text.ptr);
	struct str before = str_part(text, 0, at), behind = str_part(text, at + address.len, text.len), name = before;
	for (int i = 0; i < 2; i++, name = behind) {
		while (name.len && strchr(" ,;<>()\"'-", name.ptr[0]))
			name = str_part(name, 1, name.len);
		while (name.len && strchr(" ,;<>()\"'-", name.ptr[name.len - 1]))
			name.len--;
		if (name.len)
			break;
	}
	return name;
}

/* A person in one text. True if both name and address are in it. */
static bool read_person_text(
	struct decoder *decoder, const struct key *key, const struct node *node, struct person *person)
{
	struct arena *arena = decoder->findings->arena;
	struct buffer right = {0};
	struct str text = str_trim(node->text), address = find_address(text);
	struct str name = address.len ? name_beside(text, address) : text;
	bool sure = address.len && name.len && str_one_line(name);
	buffer_add(&right, STR("{name: "));
	if (name.len && str_one_line(name))
		scalar_add(&right, name);
	else
		buffer_add(&right, STR("…"));
	buffer_format(&right, ", email: %.*s}", STR_ARG(address.len ? address : STR("…")));
	if (sure)
		shape_add(decoder, key, node, buffer_str(&right));
	else
		ADD(decoder, MSG_WRONG_TYPE_MAP, node->span, str_from(key->name), shape_name(node),
			str_format(arena, "%s: %.*s", key->name, STR_ARG(buffer_str(&right))));
	person->name = (struct text){{node->span, GIVEN_VALID}, name};
	person->email = (struct text){{node->span, GIVEN_VALID}, address};
	buffer_free(&right);
	return sure;
}

bool value_person(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct person *person = value;
	if (node->kind == NODE_TEXT)
		return read_person_text(decoder, key, node, person);
	return value_mapping(decoder, key, node, person) && at_valid(&person->name.at) && at_valid(&person->email.at);
}

/* The web address in a text, perhaps without its https://; or empty. */
static struct str url_of(struct arena *arena, struct str text)
{
	enum url_fault fault = url_check(text);
	return fault == URL_OK ? text : fault == URL_NONE ? url_mend(arena, text) : STR("");
}

bool value_registration(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct registration *registration = value;
	struct arena *arena = decoder->findings->arena;
	if (node->kind != NODE_TEXT)
		return value_mapping(decoder, key, node, value);
	struct str text = str_trim(node->text), url = url_of(arena, text);
	const struct key *email = key_find(STR("email"), IN_REGISTRATION);
	if (address_is_email(text) && email) {
		*(struct text *)key_room(email, arena, registration) = (struct text){{node->span, GIVEN_VALID}, text};
		shape_add(decoder, key, node, str_format(arena, "{email: %.*s}", STR_ARG(text)));
		return true;
	}
	if (!url.len || address_is_email(text)) {
		shape_add_unknown(decoder, key, node);
		return false;
	}
	registration->url = (struct text){{node->span, GIVEN_VALID}, url};
	shape_add(decoder, key, node, str_format(arena, "{url: %.*s}", STR_ARG(url)));
	return true;
}

bool value_conference(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct conference *conference = value;
	if (node->kind != NODE_MAP) {
		const struct key url = {.name = key->name, .kind = kinds[key->kind].item};
		value_read(decoder, &url, node, &conference->url);
		return at_valid(&conference->url.at);
	}
	return value_mapping(decoder, key, node, conference) && at_valid(&conference->url.at);
}

bool value_page(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct page *page = value;
	if (node->kind == NODE_MAP)
		return value_mapping(decoder, key, node, page);
	const struct key on = {.name = key->name, .kind = kinds[key->kind].item};
	value_read(decoder, &on, node, &page->on);
	return at_valid(&page->on.at);
}

/* Each entry is a label, which is a line of text, and a value. */
bool value_details(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct arena *arena = decoder->findings->arena;
	struct details *details = value;
	if (!is_map(decoder, key, node))
		return false;
	for (uint32_t i = 0; i < node->count; i++) {
		const struct entry *entry = &node->entries[i];
		struct detail detail = {0};
		const char *label = str_copy(arena, entry->key->text).ptr;
		const char *example = str_format(arena, "%s: …", label).ptr;
		const struct key line = {.name = label, .kind = KIND_LINE, .example = example};
		const struct key item = {.name = label, .kind = kinds[key->kind].item, .example = example};
		value_read(decoder, &line, entry->key, &detail.label);
		if (node_is_empty(entry->value))
			ADD(decoder, MSG_EMPTY_VALUE, entry->key->span, entry->key->text);
		else
			value_read(decoder, &item, entry->value, &detail.text);
		if (!at_valid(&detail.label.at) || !at_valid(&detail.text.at))
			continue;
		details->items = arena_grow(arena, details->items, details->count, sizeof(*details->items));
		details->items[details->count++] = detail;
	}
	return true;
}

static bool has_detail(const struct details *details, struct str label)
{
	for (size_t i = 0; i < details->count; i++)
		if (str_equal(details->items[i].label.str, label))
			return true;
	return false;
}

void details_merge(struct arena *arena, void *value, const void *other)
{
	struct details *details = value, own = *details;
	const struct details *further = other;
	details->items = arena_alloc(arena, (own.count + further->count) * sizeof(*details->items));
	if (own.count)
		memcpy(details->items, own.items, own.count * sizeof(*own.items));
	for (size_t i = 0; i < further->count; i++)
		if (!has_detail(&own, further->items[i].label.str))
			details->items[details->count++] = further->items[i];
}

/* "workshop: Workshop" is a type with its name alone. */
static void read_type_text(struct decoder *decoder, const struct node *value, struct type *type)
{
	struct arena *arena = decoder->findings->arena;
	struct str name = value->kind == NODE_TEXT ? str_trim(value->text) : STR("");
	bool sure = name.len && str_one_line(name) && str_find(name, ',') == name.len;
	struct buffer right = {0};
	buffer_add(&right, STR("{name: "));
	if (sure)
		scalar_add(&right, name);
	else
		buffer_add(&right, STR("…"));
	buffer_byte(&right, '}');
	size_t number =
		ADD(decoder, MSG_WRONG_TYPE_TYPE, value->span, type->id.str, shape_name(value), buffer_str(&right));
	if (sure) {
		shape_replace(decoder, number, value, buffer_str(&right));
		type->name = (struct text){{value->span, GIVEN_VALID}, str_copy(arena, name)};
	}
	buffer_free(&right);
}

static void read_type(struct decoder *decoder, const struct entry *entry, struct type *type)
{
	static const struct key id = {.name = "types", .kind = KIND_ID};
	const struct node *value = entry->value;
	value_read(decoder, &id, entry->key, &type->id);
	type->id.str = entry->key->text;
	if (node_is_empty(value))
		mapping_add_missing(decoder, type->id.at.span, key_first_required(IN_TYPE));
	else if (value->kind == NODE_MAP)
		mapping_read(decoder, value, IN_TYPE, type);
	else
		read_type_text(decoder, value, type);
}

bool value_types(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct arena *arena = decoder->findings->arena;
	struct types *types = value;
	if (!is_map(decoder, key, node))
		return false;
	for (uint32_t i = 0; i < node->count; i++) {
		struct type *type = arena_alloc(arena, sizeof(*type));
		event_open(&type->event);
		read_type(decoder, &node->entries[i], type);
		types->items = arena_grow(arena, types->items, types->count, sizeof(*types->items));
		types->items[types->count++] = type;
		map_put(&types->by_id, arena, type->id.str, type);
	}
	return true;
}

/* "- id:workshop" is a text for YAML, and a key with its value for the one who wrote it. */
static void add_not_item(struct decoder *decoder, const struct key *key, const struct node *item)
{
	struct arena *arena = decoder->findings->arena;
	unsigned where = kinds[key->kind].holds;
	bool text = item->kind == NODE_TEXT;
	size_t colon = text ? str_find(item->text, ':') : 0;
	if (text && !item->quoted && colon < item->text.len && key_find(str_part(item->text, 0, colon), where)) {
		struct str line = source_text(decoder->findings->sources, item->span);
		line.len = str_find(line, '\n');
		ADD(decoder, MSG_WRONG_TYPE_BLANK, item->span,
			str_format(arena, "- %.*s: %.*s", (int)colon, line.ptr,
				STR_ARG(str_trim(str_part(line, colon + 1, line.len)))));
		return;
	}
	ADD(decoder, MSG_WRONG_TYPE_ITEM, item->span, str_from(key->name), shape_name(item),
		shape_form(arena, key_first_required(where)));
}

/* A list of mappings: calls read for each. */
static bool each_map(struct decoder *decoder, const struct key *key, const struct node *node,
	void (*read)(struct decoder *, const struct node *, void *), void *target)
{
	if (node->kind != NODE_LIST) {
		ADD(decoder, node->kind == NODE_TEXT ? MSG_WRONG_TYPE_TEXT_LIST : MSG_WRONG_TYPE_LIST, node->span,
			str_from(key->name));
		return false;
	}
	for (uint32_t i = 0; i < node->count; i++) {
		const struct node *item = node->items[i];
		if (node_is_empty(item))
			typed_empty_item(decoder, key, item);
		else if (item->kind == NODE_MAP)
			read(decoder, item, target);
		else
			add_not_item(decoder, key, item);
	}
	return true;
}

static void read_feed(struct decoder *decoder, const struct node *node, void *target)
{
	struct arena *arena = decoder->findings->arena;
	struct feeds *feeds = target;
	struct feed *feed = arena_alloc(arena, sizeof(*feed));
	feed->span = node->span;
	mapping_read(decoder, node, IN_FEED, feed);
	feeds->items = arena_grow(arena, feeds->items, feeds->count, sizeof(*feeds->items));
	feeds->items[feeds->count++] = feed;
}

bool value_feeds(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	return each_map(decoder, key, node, read_feed, value);
}

static void read_override(struct decoder *decoder, const struct node *node, void *target)
{
	struct arena *arena = decoder->findings->arena;
	struct overrides *overrides = target;
	struct override *override = arena_alloc(arena, sizeof(*override));
	event_open(&override->event);
	override->event.at = (struct at){node->span, GIVEN_VALID};
	mapping_read(decoder, node, IN_OVERRIDE, override);
	overrides->items = arena_grow(arena, overrides->items, overrides->count, sizeof(*overrides->items));
	overrides->items[overrides->count++] = override;
}

bool value_overrides(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	if (node->kind != NODE_MAP)
		return each_map(decoder, key, node, read_override, value);
	read_override(decoder, node, value);
	return true;
}

/* The event's own word, before the event is read: every finding names it. */
static struct str event_name(const struct node *node)
{
	const struct node *id = node_get(node, STR("id"));
	return id && id->kind == NODE_TEXT ? id->text : STR("");
}

/* Before it is read, for the same reason: what a draft lacks is a warning. */
static bool is_draft(const struct decoder *decoder, const struct node *node)
{
	const struct node *draft = node_get(node, STR("draft"));
	return !draft || node_is_empty(draft) ? decoder->drafts
					      : draft->kind == NODE_TEXT && str_equal(draft->text, STR("true"));
}

static void read_event(struct decoder *decoder, const struct node *node, void *target)
{
	struct arena *arena = decoder->findings->arena;
	(void)target;
	/* One more than a calendar may have tells as much as a million (calendar_join()). */
	if (decoder->events->written.count > EVENTS_MOST)
		return;
	struct event *event = arena_alloc(arena, sizeof(*event));
	event_open(event);
	/* Of an event at which the file broke off nobody knows what it has. */
	event->at = (struct at){node->span, node->cut ? GIVEN_INVALID : GIVEN_VALID};
	finding_begin(decoder->findings, event_name(node));
	decoder->draft = is_draft(decoder, node);
	mapping_read(decoder, node, IN_EVENT, event);
	decoder->draft = false;
	finding_end(decoder->findings);
	struct events *written = &decoder->events->written;
	written->items = arena_grow(arena, written->items, written->count, sizeof(*written->items));
	written->items[written->count++] = event;
}

bool value_events(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	return each_map(decoder, key, node, read_event, value);
}
