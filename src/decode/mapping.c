#include "decode/mapping.h"

#include "base/arena.h"
#include "base/scalar.h"
#include "decode/shape.h"
#include "decode/values.h"

#include <string.h>

/* The keys of a mapping as "a, b, c". */
static struct str keys_of(struct arena *arena, unsigned where)
{
	struct buffer out = {0};
	for (const struct key *key = keys; key->name; key++)
		if (key->where & where)
			buffer_format(&out, "%s%s", out.len ? ", " : "", key->name);
	struct str names = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return names;
}

/* A key by the name that people have for it, where it may not stand: in an event if it may stand in one. */
static const struct key *key_elsewhere(struct str name, unsigned where)
{
	/* What belongs in a mapping of an event is no advice in another such mapping. */
	const unsigned small = IN_PERSON | IN_CONFERENCE | IN_REGISTRATION | IN_PAGE;
	unsigned others = where & small ? ~small : ~0U;
	const struct key *key = key_find(name, IN_EVENT);
	return key ? key : key_called(name, others);
}

/* What was meant by a key that the format does not have. */
struct meant {
	const struct key *key; /* or NULL */
	bool sure;
	const struct node *value; /* in place of the entry's, or NULL */
	size_t number;            /* of the finding */
};

/* True if a key has a value, or stands somewhere in the mapping. */
static bool is_there(const struct decoder *decoder, const struct key *key, const void *target)
{
	return key_value(key, target)->given != GIVEN_ABSENT || node_get(decoder->mapping, str_from(key->name));
}

/* "{summary:Koffie}": the key and its value in one. */
static bool read_joined(
	struct decoder *decoder, const struct node *written, unsigned where, const void *target, struct meant *meant)
{
	struct arena *arena = decoder->findings->arena;
	struct str word = written->text, begin = str_part(word, 0, str_find(word, ':'));
	meant->key = begin.len < word.len && !written->quoted ? key_find(begin, where) : NULL;
	if (!meant->key)
		return false;
	struct str rest = str_part(word, begin.len + 1, word.len);
	struct str right = str_format(arena, "%.*s: %.*s", STR_ARG(begin), STR_ARG(rest));
	meant->number = ADD(decoder, MSG_UNKNOWN_KEY_BLANK, written->span, word, right);
	meant->sure = scalar_is_plain(rest);
	if (is_there(decoder, meant->key, target))
		meant->key = NULL;
	if (!meant->sure || !meant->key)
		return true;
	struct node *value = arena_alloc(arena, sizeof(*value));
	*value = (struct node){.kind = NODE_TEXT, .span = written->span, .text = rest};
	value->span.begin += (uint32_t)begin.len + 1;
	meant->value = value;
	finding_fix(decoder->findings, meant->number, written->span, right);
	return true;
}

static void add_unknown(
	struct decoder *decoder, const struct node *written, unsigned where, const void *target, struct meant *meant)
{
	struct str word = written->text;
	if (read_joined(decoder, written, where, target, meant))
		return;
	meant->key = key_meant(word, where, &meant->sure);
	const struct key *other = key_elsewhere(word, where);
	if (meant->key && is_there(decoder, meant->key, target)) {
		ADD(decoder, MSG_UNKNOWN_KEY_THERE, written->span, word, str_from(meant->key->name));
		meant->key = NULL;
	} else if (meant->key) {
		meant->number = ADD(decoder, MSG_UNKNOWN_KEY_NEAR, written->span, word, str_from(meant->key->name));
	} else if (other) {
		struct str home =
			str_from(local_text(mapping_of(other->where & IN_EVENT ? IN_EVENT : other->where)->said));
		ADD(decoder,
			str_equal(word, str_from(other->name)) ? MSG_UNKNOWN_KEY_ELSEWHERE : MSG_UNKNOWN_KEY_CALLED,
			written->span, word, home, str_from(other->name));
	} else if (where & (IN_EVENT | IN_DEFAULTS | IN_CALENDAR)) {
		ADD(decoder, MSG_UNKNOWN_KEY_FAR, written->span, word);
	} else {
		ADD(decoder, MSG_UNKNOWN_KEY, written->span, word, keys_of(decoder->findings->arena, where));
	}
}

static void read_value(
	struct decoder *decoder, const struct key *key, const struct entry *entry, unsigned where, struct at *at);

/*
 * A key that is not there because its name was misspelt is not missing as well. Where it is sure which one was meant
 * it is read as that; a value that does not fit says that it is not so sure.
 */
static void read_unknown(struct decoder *decoder, const struct entry *entry, unsigned where, void *target)
{
	struct str word = entry->key->text;
	bool people = str_equal(word, STR("attendee")) || str_equal(word, STR("attendees"));
	struct meant meant = {0};
	if (people && (where & (IN_EVENT | IN_DEFAULTS))) {
		ADD(decoder, MSG_ATTENDEE_IN_FEED, entry->key->span, word);
		return;
	}
	add_unknown(decoder, entry->key, where, target, &meant);
	if (!meant.key)
		return;
	struct at *at = key_room(meant.key, decoder->findings->arena, target);
	*at = (struct at){entry->key->span, GIVEN_INVALID};
	if (!meant.sure)
		return;
	struct entry read = {entry->key, meant.value ? (struct node *)meant.value : entry->value};
	read_value(decoder, meant.key, &read, where, at);
	if (at->given != GIVEN_INVALID)
		finding_fix_value(decoder->findings, meant.number, str_from(meant.key->name));
}

/*
 * "summary:" with nothing behind it; or with a # behind it, which somebody meant as a text: *text is it where that is
 * sure.
 */
static size_t add_empty(struct decoder *decoder, const struct node *written, const struct node **text)
{
	struct findings *findings = decoder->findings;
	const struct source *source = source_get(findings->sources, written->span.source);
	struct str rest = str_part(source->bytes, written->span.end, source->bytes.len);
	rest.len = str_find(rest, '\n');
	if (rest.len && rest.ptr[0] == ':')
		rest = str_trim(str_part(rest, 1, rest.len));
	if (rest.len < 2 || rest.ptr[0] != '#' || rest.ptr[1] == ' ')
		return ADD(decoder, MSG_EMPTY_VALUE, written->span, written->text);
	struct str quoted = value_quoted(findings->arena, rest);
	size_t number = ADD(decoder, MSG_EMPTY_COMMENT, written->span, written->text, quoted);
	if (rest.ptr[1] < '0' || rest.ptr[1] > '9')
		return number;
	uint32_t begin = (uint32_t)(rest.ptr - source->bytes.ptr);
	struct node *node = arena_alloc(findings->arena, sizeof(*node));
	*node = (struct node){.kind = NODE_TEXT,
		.quoted = true,
		.span = {written->span.source, begin, begin + (uint32_t)rest.len},
		.text = rest};
	finding_fix(findings, number, node->span, quoted);
	*text = node;
	return number;
}

/* A draft is still being written. */
static void add_lacking(struct decoder *decoder, size_t number)
{
	if (decoder->draft)
		finding_lower(decoder->findings, number);
}

/* What a mapping requires and does not have. Of a file that broke off nobody knows. */
static void check_required(struct decoder *decoder, const struct node *node, unsigned where, const void *target)
{
	bool broken = source_get(decoder->findings->sources, node->span.source)->broken;
	if (node->cut || (broken && (where & (IN_CALENDAR | IN_FILE))))
		return;
	for (const struct key *key = keys; key->name; key++)
		/* An id is asked for where all of them are known (check/across.c). */
		if ((key->required & where) && !key_may_come(key, where) &&
			!(where == IN_EVENT && key->kind == KIND_ID) && key_value(key, target)->given == GIVEN_ABSENT)
			mapping_add_missing(decoder, node->span, key);
}

/* Some mappings require one of a few keys, whichever. */
static void check_one_of(struct decoder *decoder, const struct node *node, unsigned where, const void *target)
{
	struct buffer names = {0};
	const struct key *first = NULL;
	bool given = node->cut;
	for (const struct key *key = keys; key->name; key++)
		if ((key->where & where) && (key->flags & KEY_ONE_OF)) {
			buffer_format(&names, "%s%s", names.len ? ", " : "", key->name);
			given |= key_value(key, target)->given != GIVEN_ABSENT;
			first = first ? first : key;
		}
	if (first && !given)
		add_lacking(decoder,
			ADD(decoder, MSG_MISSING_KEY_ONE_OF, node->span, buffer_str(&names), str_from(first->example)));
	buffer_free(&names);
}

void mapping_add_missing(struct decoder *decoder, struct span span, const struct key *key)
{
	add_lacking(decoder,
		ADD(decoder, MSG_MISSING_KEY, span, str_from(key->name), shape_form(decoder->findings->arena, key)));
}

/* The value of an entry, as that of a key. */
static void read_value(
	struct decoder *decoder, const struct key *key, const struct entry *entry, unsigned where, struct at *at)
{
	const struct node *value = entry->value;
	if (node_is_empty(value)) {
		const struct node *text = NULL;
		size_t number = add_empty(decoder, entry->key, &text);
		*at = (struct at){entry->key->span, GIVEN_EMPTY};
		if ((key->required & where) && !(key->flags & KEY_MAY_BE_EMPTY) && !decoder->draft)
			finding_raise(decoder->findings, number);
		value = text;
	}
	if (value)
		value_read(decoder, key, value, at);
}

static void read_entry(struct decoder *decoder, const struct entry *entry, unsigned where, void *target)
{
	const struct key *key = key_find(entry->key->text, where);
	if (key && decoder->completing && (where & (IN_EVENT | IN_DEFAULTS)) && !(key->flags & KEY_COMPLETES))
		return;
	if (key)
		read_value(decoder, key, entry, where, key_room(key, decoder->findings->arena, target));
	/* What merge keys are made of stands under any key, and goes with them. */
	else if (!entry->value->merged)
		read_unknown(decoder, entry, where, target);
}

/* True if an entry of {…} is a word alone, without a colon: what stood behind a comma in a text. */
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
	const struct key *key = key_find(node->entries[first].key->text, where);
	uint32_t count = 1;
	if (!key || !kinds[key->kind].prose || value->kind != NODE_TEXT || value->quoted || !value->text.len)
		return 0;
	while (first + count + 1 < node->count && is_word_alone(decoder, &node->entries[first + count + 1]))
		count++;
	return count;
}

static void add_comma(
	struct decoder *decoder, const struct entry *first, const struct entry *last, unsigned where, void *target)
{
	struct span span = {first->value->span.source, first->value->span.begin, last->key->span.end};
	struct arena *arena = decoder->findings->arena;
	struct str whole = source_text(decoder->findings->sources, span);
	const struct key *key = key_find(first->key->text, where);
	struct str quoted = value_quoted(arena, whole);
	size_t number = ADD(decoder, MSG_NEEDS_QUOTES_COMMA, span,
		str_format(arena, "%.*s: %.*s", STR_ARG(first->key->text), STR_ARG(quoted)));
	struct node text = {.kind = NODE_TEXT, .quoted = true, .span = span, .text = whole};
	finding_fix(decoder->findings, number, span, quoted);
	value_read(decoder, key, &text, key_room(key, arena, target));
}

void mapping_read(struct decoder *decoder, const struct node *node, unsigned where, void *target)
{
	struct event *event = decoder->event;
	const struct node *mapping = decoder->mapping;
	decoder->mapping = node;
	if (where & (IN_EVENT | IN_DEFAULTS | IN_OVERRIDE))
		decoder->event = target;
	for (uint32_t i = 0; i < node->count; i++) {
		const struct entry *entry = &node->entries[i];
		uint32_t words = words_behind(decoder, node, i, where);
		if (words)
			add_comma(decoder, entry, entry + words, where, target);
		else
			read_entry(decoder, entry, where, target);
		i += words;
	}
	check_required(decoder, node, where, target);
	check_one_of(decoder, node, where, target);
	decoder->event = event;
	decoder->mapping = mapping;
}
