#include "decode/decode.h"

#include "base/arena.h"
#include "base/suggest.h"
#include "decode/inherit.h"
#include "decode/values.h"

#include <assert.h>
#include <string.h>

/* Words that people write for a key, in two languages. Of two keys for a word the first that may stand there counts. */
static const struct {
	const char *word, *key;
} synonyms[] = {
	{"title", "summary"},
	{"titel", "summary"},
	{"naam", "name"},
	{"naam", "summary"},
	{"name", "summary"},
	{"onderwerp", "summary"},
	{"samenvatting", "summary"},
	{"date", "start"},
	{"datum", "start"},
	{"begin", "start"},
	{"dtstart", "start"},
	{"tijd", "start"},
	{"time", "start"},
	{"start-date", "start"},
	{"start-time", "start"},
	{"startdatum", "start"},
	{"starttijd", "start"},
	{"begindatum", "start"},
	{"begintijd", "start"},
	{"van", "from"},
	{"tot", "until"},
	{"dtend", "end"},
	{"einde", "end"},
	{"eind", "end"},
	{"end-date", "end"},
	{"end-time", "end"},
	{"einddatum", "end"},
	{"eindtijd", "end"},
	{"duur", "duration"},
	{"dag", "weekday"},
	{"plaats", "location"},
	{"place", "location"},
	{"locatie", "location"},
	{"where", "location"},
	{"waar", "location"},
	{"adres", "location"},
	{"address", "location"},
	{"omschrijving", "description"},
	{"beschrijving", "description"},
	{"text", "description"},
	{"link", "url"},
	{"website", "url"},
	{"tz", "timezone"},
	{"zone", "timezone"},
	{"tijdzone", "timezone"},
	{"tags", "categories"},
	{"category", "categories"},
	{"categorie", "categories"},
	{"aanmelden", "registration"},
	{"aanmelding", "registration"},
	{"inschrijven", "registration"},
	{"herinnering", "reminder"},
	{"alarm", "reminder"},
	{"kleur", "color"},
	{"colour", "color"},
	{"organisator", "organizer"},
	{"organiser", "organizer"},
	{"taal", "language"},
	{"mail", "email"},
	{"e-mail", "email"},
	{"verplicht", "required"},
	{"soort", "type"},
	{"soorten", "types"},
	{"evenementen", "events"},
	{"activiteiten", "events"},
	{"capaciteit", "capacity"},
	{"canceled", "cancelled"},
	{"afbeelding", "image"},
	{"bijlage", "attach"},
	{"attachment", "attach"},
	{"attachments", "attach"},
	{"prioriteit", "priority"},
	{"busy", "show-as"},
	{"online", "conference"},
	{"meeting", "conference"},
	{"repeat", "rrule"},
	{"recurrence", "rrule"},
	{"herhaling", "rrule"},
	{"herhalen", "rrule"},
	{"except", "exdate"},
	{"uitzonderingen", "exdate"},
};

static void decode_map(struct decoder *decoder, const struct node *node, unsigned where, void *target);

/* The keys of a mapping as a sentence's word. */
static struct str keys_of(struct arena *arena, unsigned where)
{
	struct buffer out = {0};
	for (const struct field *field = fields; field->key; field++)
		if (field->where & where)
			buffer_format(&out, "%s%s", out.len ? ", " : "", field->key);
	struct str keys = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return keys;
}

/* The key that may stand there for which people write a word, or nothing; "start_date" is "start-date". */
static struct str synonym_of(struct str word, unsigned where)
{
	for (size_t i = 0; i < sizeof(synonyms) / sizeof(*synonyms); i++) {
		struct str known = str_from(synonyms[i].word), key = str_from(synonyms[i].key);
		size_t same = 0;
		while (same < word.len && same < known.len &&
			(ascii_lower(word.ptr[same]) == known.ptr[same] ||
				(word.ptr[same] == '_' && known.ptr[same] == '-')))
			same++;
		if (same == word.len && same == known.len && field_find(key, where))
			return key;
	}
	return STR("");
}

/* Where a key belongs, or 0: in an event if it may stand in one, since that is where most keys are written. */
static unsigned place_of(struct str word)
{
	const struct field *field = field_find(word, IN_EVENT);
	if (field)
		return IN_EVENT;
	field = field_find(word, ~0U);
	return field ? field->where & ~(field->where - 1) : 0;
}

/* Returns the key that was meant, or an empty word. */
static struct str add_unknown(struct decoder *decoder, const struct node *key, unsigned where)
{
	struct str word = key->text;
	struct suggestion near = {0};
	struct str begin = str_part(word, 0, str_find(word, ':'));
	if (begin.len < word.len && !key->quoted && field_find(begin, where)) {
		ADD(decoder, MSG_UNKNOWN_KEY_BLANK, key->span, word, begin, str_part(word, begin.len + 1, word.len));
		return begin;
	}
	struct str synonym = synonym_of(word, where);
	for (const struct field *field = fields; field->key; field++)
		if (field->where & where)
			suggest(&near, word, str_from(field->key));
	/* "recurrence" is two letters from "sequence", and has nothing to do with it. */
	if (synonym.len)
		near.best = synonym;
	if (near.best.len) {
		ADD(decoder, MSG_UNKNOWN_KEY_NEAR, key->span, word, near.best);
		return near.best;
	}
	unsigned elsewhere = place_of(word);
	if (elsewhere)
		ADD(decoder, MSG_UNKNOWN_KEY_ELSEWHERE, key->span, word, str_from(where_name(elsewhere)));
	else if (where & (IN_EVENT | IN_DEFAULTS | IN_CALENDAR))
		ADD(decoder, MSG_UNKNOWN_KEY_FAR, key->span, word);
	else
		ADD(decoder, MSG_UNKNOWN_KEY, key->span, word, keys_of(decoder->findings->arena, where));
	return near.best;
}

/* A key that is not there because its name was misspelt is not missing as well. */
static void read_unknown(struct decoder *decoder, const struct node *key, unsigned where, char *target)
{
	struct str word = key->text;
	bool people = str_equal(word, STR("attendee")) || str_equal(word, STR("attendees"));
	if (people && (where & (IN_EVENT | IN_DEFAULTS))) {
		ADD(decoder, MSG_ATTENDEE_IN_FEED, key->span, word);
		return;
	}
	const struct field *meant = field_find(add_unknown(decoder, key, where), where);
	struct at *at = meant ? (struct at *)(target + meant->offset) : NULL;
	if (at && at->given == GIVEN_ABSENT)
		*at = (struct at){key->span, GIVEN_INVALID};
}

/* "summary:" with nothing behind it; or with a # behind it, which somebody meant as a text. */
static size_t add_empty(struct decoder *decoder, const struct node *key)
{
	struct findings *findings = decoder->findings;
	const struct source *source = source_get(findings->sources, key->span.source);
	struct str rest = str_part(source->bytes, key->span.end, source->bytes.len);
	rest.len = str_find(rest, '\n');
	if (rest.len && rest.ptr[0] == ':')
		rest = str_trim(str_part(rest, 1, rest.len));
	bool comment = rest.len > 1 && rest.ptr[0] == '#' && rest.ptr[1] != ' ';
	if (comment)
		return ADD(decoder, MSG_EMPTY_COMMENT, key->span, key->text,
			str_format(findings->arena, "\"%.*s\"", STR_ARG(rest)));
	return ADD(decoder, MSG_EMPTY_VALUE, key->span, key->text);
}

/* A mapping where the field wants one; else a finding. */
static bool is_map(struct decoder *decoder, const struct field *field, const struct node *node)
{
	if (node->kind == NODE_MAP)
		return true;
	ADD(decoder, MSG_WRONG_TYPE_MAP, node->span, str_from(field->key),
		node->kind == NODE_LIST ? STR("a list") : STR("text"), str_from(field->example));
	return false;
}

static void read_mapping(
	struct decoder *decoder, const struct field *field, const struct node *node, unsigned where, struct at *at)
{
	at->span = node->span;
	at->given = is_map(decoder, field, node) ? GIVEN_VALID : GIVEN_INVALID;
	if (at->given == GIVEN_VALID)
		decode_map(decoder, node, where, at);
}

/* {url, label}, or the URL alone */
static void read_conference(
	struct decoder *decoder, const struct field *field, const struct node *node, struct conference *conference)
{
	if (node->kind == NODE_TEXT) {
		static const struct field url = {.key = "conference", .kind = KIND_URL};
		value_read(decoder, &url, node, &conference->url);
		conference->at = conference->url.at;
	} else {
		read_mapping(decoder, field, node, IN_CONFERENCE, &conference->at);
		if (conference->at.given == GIVEN_VALID && conference->url.at.given != GIVEN_VALID)
			conference->at.given = GIVEN_INVALID;
	}
}

static void read_person(
	struct decoder *decoder, const struct field *field, const struct node *node, struct person *person)
{
	read_mapping(decoder, field, node, IN_PERSON, &person->at);
	if (person->name.at.given != GIVEN_VALID || person->email.at.given != GIVEN_VALID)
		person->at.given = GIVEN_INVALID;
}

static void read_types(struct decoder *decoder, const struct field *field, const struct node *node, struct types *types)
{
	struct arena *arena = decoder->findings->arena;
	static const struct field id = {.key = "types", .kind = KIND_ID};
	types->at.span = node->span;
	types->at.given = is_map(decoder, field, node) ? GIVEN_VALID : GIVEN_INVALID;
	if (types->at.given != GIVEN_VALID)
		return;
	for (uint32_t i = 0; i < node->count; i++) {
		struct type *type = arena_alloc(arena, sizeof(*type));
		const struct node *value = node->entries[i].value;
		value_read(decoder, &id, node->entries[i].key, &type->id);
		type->id.str = node->entries[i].key->text;
		if (node_is_empty(value))
			ADD(decoder, MSG_MISSING_KEY, type->id.at.span, STR("name"), STR("name: Workshop"));
		else if (value->kind == NODE_MAP)
			decode_map(decoder, value, IN_TYPE, type);
		else
			ADD(decoder, MSG_WRONG_TYPE_TYPE, value->span, type->id.str,
				value->kind == NODE_LIST ? STR("a list") : STR("text"));
		types->items = arena_grow(arena, types->items, types->count, sizeof(*types->items));
		types->items[types->count++] = type;
		map_put(&types->by_id, arena, type->id.str, type);
	}
}

/* Where the keys of an item stand. */
static unsigned item_place(const struct field *field)
{
	return field->kind == KIND_EVENTS ? IN_EVENT : field->kind == KIND_FEEDS ? IN_FEED : IN_OVERRIDE;
}

/* "- id:workshop" is a text for YAML, and a key with its value for the one who wrote it. */
static void add_not_item(struct decoder *decoder, const struct field *field, const struct node *item)
{
	struct arena *arena = decoder->findings->arena;
	unsigned where = item_place(field);
	bool text = item->kind == NODE_TEXT;
	size_t colon = text ? str_find(item->text, ':') : 0;
	if (text && !item->quoted && colon < item->text.len && field_find(str_part(item->text, 0, colon), where)) {
		struct str line = source_text(decoder->findings->sources, item->span);
		line.len = str_find(line, '\n');
		ADD(decoder, MSG_WRONG_TYPE_BLANK, item->span,
			str_format(arena, "- %.*s: %.*s", (int)colon, line.ptr,
				STR_ARG(str_trim(str_part(line, colon + 1, line.len)))));
		return;
	}
	const struct field *first = fields;
	while (!(first->must & where))
		first++;
	ADD(decoder, MSG_WRONG_TYPE_ITEM, item->span, str_from(field->key), text ? STR("text") : STR("a list"),
		str_from(first->example));
}

/* A list of mappings: calls read for each. */
static bool each_map(struct decoder *decoder, const struct field *field, const struct node *node,
	void (*read)(struct decoder *, const struct node *, void *), void *target)
{
	if (node->kind == NODE_TEXT) {
		ADD(decoder, MSG_WRONG_TYPE_TEXT_LIST, node->span, str_from(field->key));
		return false;
	}
	if (node->kind == NODE_MAP) {
		ADD(decoder, MSG_WRONG_TYPE_LIST, node->span, str_from(field->key));
		return false;
	}
	for (uint32_t i = 0; i < node->count; i++) {
		const struct node *item = node->items[i];
		if (node_is_empty(item))
			ADD(decoder, MSG_EMPTY_ITEM, item->span, str_from(field->key));
		else if (item->kind == NODE_MAP)
			read(decoder, item, target);
		else
			add_not_item(decoder, field, item);
	}
	return true;
}

static void read_feed(struct decoder *decoder, const struct node *node, void *target)
{
	struct arena *arena = decoder->findings->arena;
	struct feeds *feeds = target;
	struct feed *feed = arena_alloc(arena, sizeof(*feed));
	feed->span = node->span;
	decode_map(decoder, node, IN_FEED, feed);
	feeds->items = arena_grow(arena, feeds->items, feeds->count, sizeof(*feeds->items));
	feeds->items[feeds->count++] = feed;
}

static void read_override(struct decoder *decoder, const struct node *node, void *target)
{
	struct arena *arena = decoder->findings->arena;
	struct overrides *overrides = target;
	struct override *override = arena_alloc(arena, sizeof(*override));
	const struct event *event = decoder->event;
	override->event.at = (struct at){node->span, GIVEN_VALID};
	decoder->event = &override->event;
	decode_map(decoder, node, IN_OVERRIDE, override);
	decoder->event = event;
	overrides->items = arena_grow(arena, overrides->items, overrides->count, sizeof(*overrides->items));
	overrides->items[overrides->count++] = override;
}

static void read_overrides(
	struct decoder *decoder, const struct field *field, const struct node *node, struct overrides *overrides)
{
	overrides->at = (struct at){node->span, GIVEN_VALID};
	if (node->kind == NODE_MAP)
		read_override(decoder, node, overrides);
	else if (!each_map(decoder, field, node, read_override, overrides))
		overrides->at.given = GIVEN_INVALID;
}

/* The event's own word, before the event is read: every finding names it. */
static struct str event_name(const struct node *node)
{
	const struct node *id = node_get(node, STR("id"));
	return id && id->kind == NODE_TEXT ? id->text : STR("");
}

static void read_event(struct decoder *decoder, const struct node *node, void *target)
{
	struct arena *arena = decoder->findings->arena;
	(void)target;
	/* One more than a calendar may have tells as much as a million (calendar_join()). */
	if (decoder->events->written.count > EVENTS_MOST)
		return;
	struct event *event = arena_alloc(arena, sizeof(*event));
	/* Of an event at which the file broke off nobody knows what it has. */
	event->at = (struct at){node->span, node->cut ? GIVEN_INVALID : GIVEN_VALID};
	finding_begin(decoder->findings, event_name(node));
	decoder->event = event;
	decode_map(decoder, node, IN_EVENT, event);
	finding_end(decoder->findings);
	decoder->event = NULL;
	events_add(&decoder->events->written, arena, event);
}

static void read_field(struct decoder *decoder, const struct field *field, const struct node *node, void *target)
{
	struct at *at = target;
	switch (field->kind) {
	case KIND_PERSON:
		read_person(decoder, field, node, target);
		break;
	case KIND_CONFERENCE:
		read_conference(decoder, field, node, target);
		break;
	case KIND_REGISTRATION:
		read_mapping(decoder, field, node, IN_REGISTRATION, at);
		break;
	case KIND_TYPES:
		read_types(decoder, field, node, target);
		break;
	case KIND_FEEDS:
	case KIND_EVENTS:
		at->span = node->span;
		at->given = GIVEN_VALID;
		if (!each_map(decoder, field, node, field->kind == KIND_FEEDS ? read_feed : read_event, target))
			at->given = GIVEN_INVALID;
		break;
	case KIND_OVERRIDES:
		read_overrides(decoder, field, node, target);
		break;
	case KIND_DEFAULTS:
		if (is_map(decoder, field, node)) {
			decoder->event = target;
			decode_map(decoder, node, IN_DEFAULTS, target);
			decoder->event = NULL;
		}
		break;
	default:
		value_read(decoder, field, node, target);
	}
}

/* What an event lacks, its file's defaults may have; they may stand behind it. */
static bool may_come(const struct field *field, unsigned where)
{
	return where == IN_EVENT && (field->where & IN_DEFAULTS);
}

/* What must stand in an event or come from its file's defaults, and does neither. */
static void check_event_must(struct decoder *decoder, const struct event *event)
{
	finding_begin(decoder->findings, event->id.str);
	for (const struct field *field = fields; field->key && at_valid(&event->at); field++)
		if ((field->must & IN_EVENT) && may_come(field, IN_EVENT) &&
			((const struct at *)((const char *)event + field->offset))->given == GIVEN_ABSENT)
			ADD(decoder, MSG_MISSING_KEY, event->at.span, str_from(field->key), str_from(field->example));
	finding_end(decoder->findings);
}

/* Of all that must stand in a mapping, what does not. Of a file that broke off nobody knows. */
static void check_must(struct decoder *decoder, const struct node *node, unsigned where, const char *target)
{
	bool broken = source_get(decoder->findings->sources, node->span.source)->broken;
	if (node->cut)
		return;
	for (const struct field *field = fields; field->key && !(broken && (where & (IN_CALENDAR | IN_FILE))); field++)
		if ((field->must & where) && !may_come(field, where) &&
			((const struct at *)(target + field->offset))->given == GIVEN_ABSENT)
			ADD(decoder, MSG_MISSING_KEY, node->span, str_from(field->key), str_from(field->example));
}

static void decode_entry(struct decoder *decoder, const struct entry *entry, unsigned where, char *target)
{
	struct str key = entry->key->text;
	const struct field *field = field_find(key, where);
	if (!field) {
		read_unknown(decoder, entry->key, where, target);
		return;
	}
	struct at *at = (struct at *)(target + field->offset);
	if (!node_is_empty(entry->value)) {
		read_field(decoder, field, entry->value, at);
		return;
	}
	size_t number = add_empty(decoder, entry->key);
	at->span = entry->key->span;
	at->given = GIVEN_EMPTY;
	/* An events file without events is a warning of its own. */
	if ((field->must & where) && field->kind != KIND_EVENTS)
		finding_raise(decoder->findings, number);
}

/* Whether an entry of {…} is a word alone, without a colon: what stood behind a comma in a text. */
static bool is_word_alone(const struct decoder *decoder, const struct entry *entry)
{
	if (entry->key->quoted || entry->value->kind != NODE_TEXT || entry->value->text.len)
		return false;
	const struct source *source = source_get(decoder->findings->sources, entry->key->span.source);
	size_t i = entry->key->span.end;
	while (i < source->bytes.len && strchr(" \t\r\n", source->bytes.ptr[i]))
		i++;
	return i < source->bytes.len && (source->bytes.ptr[i] == ',' || source->bytes.ptr[i] == '}');
}

/*
 * {summary: Koffie, thee} is a text with a comma for the one who wrote it, and two keys for YAML. Returns how many
 * entries behind the first are words of its text.
 */
static uint32_t words_behind(const struct decoder *decoder, const struct node *node, uint32_t first, unsigned where)
{
	if (first + 1 == node->count || !is_word_alone(decoder, &node->entries[first + 1]))
		return 0;
	const struct node *value = node->entries[first].value;
	const struct field *field = field_find(node->entries[first].key->text, where);
	uint32_t count = 1;
	if (!field || !(field->kind == KIND_LINE || field->kind == KIND_TEXT || field->kind == KIND_RULE) ||
		value->kind != NODE_TEXT || value->quoted || !value->text.len)
		return 0;
	while (first + count + 1 < node->count && is_word_alone(decoder, &node->entries[first + count + 1]))
		count++;
	return count;
}

static void add_comma(
	struct decoder *decoder, const struct entry *first, const struct entry *last, unsigned where, char *target)
{
	struct span span = {first->value->span.source, first->value->span.begin, last->key->span.end};
	struct arena *arena = decoder->findings->arena;
	struct str whole = source_text(decoder->findings->sources, span);
	const struct field *field = field_find(first->key->text, where);
	ADD(decoder, MSG_NEEDS_QUOTES_COMMA, span,
		str_format(arena, "%.*s: %.*s", STR_ARG(first->key->text), STR_ARG(value_quoted(arena, whole))));
	*(struct at *)(target + field->offset) = (struct at){span, GIVEN_INVALID};
}

static void decode_map(struct decoder *decoder, const struct node *node, unsigned where, void *target)
{
	for (uint32_t i = 0; i < node->count; i++) {
		const struct entry *entry = &node->entries[i];
		uint32_t words = words_behind(decoder, node, i, where);
		if (words)
			add_comma(decoder, entry, entry + words, where, target);
		else
			decode_entry(decoder, entry, where, target);
		i += words;
	}
	check_must(decoder, node, where, target);
}

/* The root of a file as a mapping, or NULL and a finding. */
static const struct node *root_map(struct decoder *decoder, const struct node *root, const char *first)
{
	if (root->kind == NODE_MAP)
		return root;
	ADD(decoder, MSG_WRONG_TYPE_FILE, root->span, str_from(first));
	return NULL;
}

void decode_calendar(struct decoder *decoder, uint32_t source, const struct node *root, struct calendar *calendar)
{
	calendar->span = (struct span){source, 0, 0};
	calendar->broken = source_get(decoder->findings->sources, source)->broken;
	bool nothing = !root || node_is_empty(root);
	if (nothing && !calendar->broken)
		decode_map(decoder, &(struct node){.kind = NODE_MAP, .span = calendar->span}, IN_CALENDAR, calendar);
	if (nothing)
		return;
	root = root_map(decoder, root, "name: ");
	if (!root) {
		calendar->broken = true;
		return;
	}
	calendar->span = root->span;
	decode_map(decoder, root, IN_CALENDAR, calendar);
}

void decode_events(struct decoder *decoder, uint32_t source, const struct node *root, struct file_events *events)
{
	struct events_file file = {0};
	events->broken = source_get(decoder->findings->sources, source)->broken;
	decoder->events = events;
	if (root && !node_is_empty(root)) {
		root = root_map(decoder, root, "events:");
		if (root)
			decode_map(decoder, root, IN_FILE, &file);
		else
			file.events.given = GIVEN_INVALID;
	}
	const struct node *list = root ? node_get(root, STR("events")) : NULL;
	/* "events: [" is somebody who is still writing, and was told to close it. */
	bool closed = list && str_ends(source_text(decoder->findings->sources, list->span), STR("]"));
	bool nothing = !root || node_is_empty(root) || (closed && list->kind == NODE_LIST && !list->count);
	if (nothing && !events->broken && file.events.given != GIVEN_INVALID)
		finding_add(decoder->findings, MSG_NO_EVENTS_FILE, (struct span){source, 0, 0}, NO_WORDS);
	for (size_t i = 0; i < events->written.count; i++) {
		inherit(events->written.items[i], &file.defaults, IN_DEFAULTS);
		check_event_must(decoder, events->written.items[i]);
	}
}
