#include "decode/mapping.h"

#include "base/arena.h"
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

/* Where a key belongs, or NULL: in an event if it may stand in one, since that is where most keys are written. */
static const struct mapping *home_of(struct str name)
{
	const struct key *key = key_find(name, ~0U);
	return key_find(name, IN_EVENT) ? mapping_of(IN_EVENT) : key ? mapping_of(key->where) : NULL;
}

/* Returns the key that was meant, or NULL. */
static const struct key *add_unknown(struct decoder *decoder, const struct node *written, unsigned where)
{
	struct str word = written->text, begin = str_part(word, 0, str_find(word, ':'));
	const struct key *key = begin.len < word.len && !written->quoted ? key_find(begin, where) : NULL;
	if (key) {
		ADD(decoder, MSG_UNKNOWN_KEY_BLANK, written->span, word, begin,
			str_part(word, begin.len + 1, word.len));
		return key;
	}
	key = key_meant(word, where);
	const struct mapping *home = home_of(word);
	if (key)
		ADD(decoder, MSG_UNKNOWN_KEY_NEAR, written->span, word, str_from(key->name));
	else if (home)
		ADD(decoder, MSG_UNKNOWN_KEY_ELSEWHERE, written->span, word, str_from(home->said.en));
	else if (where & (IN_EVENT | IN_DEFAULTS | IN_CALENDAR))
		ADD(decoder, MSG_UNKNOWN_KEY_FAR, written->span, word);
	else
		ADD(decoder, MSG_UNKNOWN_KEY, written->span, word, keys_of(decoder->findings->arena, where));
	return key;
}

/* A key that is not there because its name was misspelt is not missing as well. */
static void read_unknown(struct decoder *decoder, const struct node *written, unsigned where, void *target)
{
	struct str word = written->text;
	bool people = str_equal(word, STR("attendee")) || str_equal(word, STR("attendees"));
	if (people && (where & (IN_EVENT | IN_DEFAULTS))) {
		ADD(decoder, MSG_ATTENDEE_IN_FEED, written->span, word);
		return;
	}
	const struct key *meant = add_unknown(decoder, written, where);
	struct at *at = meant ? key_value_in(meant, target) : NULL;
	if (at && at->given == GIVEN_ABSENT)
		*at = (struct at){written->span, GIVEN_INVALID};
}

/* "summary:" with nothing behind it; or with a # behind it, which somebody meant as a text. */
static size_t add_empty(struct decoder *decoder, const struct node *written)
{
	struct findings *findings = decoder->findings;
	const struct source *source = source_get(findings->sources, written->span.source);
	struct str rest = str_part(source->bytes, written->span.end, source->bytes.len);
	rest.len = str_find(rest, '\n');
	if (rest.len && rest.ptr[0] == ':')
		rest = str_trim(str_part(rest, 1, rest.len));
	bool comment = rest.len > 1 && rest.ptr[0] == '#' && rest.ptr[1] != ' ';
	if (comment)
		return ADD(decoder, MSG_EMPTY_COMMENT, written->span, written->text,
			str_format(findings->arena, "\"%.*s\"", STR_ARG(rest)));
	return ADD(decoder, MSG_EMPTY_VALUE, written->span, written->text);
}

/* What a mapping requires and does not have. Of a file that broke off nobody knows. */
static void check_required(struct decoder *decoder, const struct node *node, unsigned where, const void *target)
{
	bool broken = source_get(decoder->findings->sources, node->span.source)->broken;
	if (node->cut || (broken && (where & (IN_CALENDAR | IN_FILE))))
		return;
	for (const struct key *key = keys; key->name; key++)
		if ((key->required & where) && !key_may_come(key, where) &&
			key_value(key, target)->given == GIVEN_ABSENT)
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
		ADD(decoder, MSG_MISSING_KEY_ONE_OF, node->span, buffer_str(&names), str_from(first->example));
	buffer_free(&names);
}

void mapping_add_missing(struct decoder *decoder, struct span span, const struct key *key)
{
	ADD(decoder, MSG_MISSING_KEY, span, str_from(key->name), str_from(key->example));
}

static void read_entry(struct decoder *decoder, const struct entry *entry, unsigned where, void *target)
{
	const struct key *key = key_find(entry->key->text, where);
	if (!key) {
		read_unknown(decoder, entry->key, where, target);
		return;
	}
	struct at *at = key_value_in(key, target);
	if (!node_is_empty(entry->value)) {
		value_read(decoder, key, entry->value, at);
		return;
	}
	size_t number = add_empty(decoder, entry->key);
	at->span = entry->key->span;
	at->given = GIVEN_EMPTY;
	if ((key->required & where) && !(key->flags & KEY_MAY_BE_EMPTY))
		finding_raise(decoder->findings, number);
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
	ADD(decoder, MSG_NEEDS_QUOTES_COMMA, span,
		str_format(arena, "%.*s: %.*s", STR_ARG(first->key->text), STR_ARG(value_quoted(arena, whole))));
	*key_value_in(key, target) = (struct at){span, GIVEN_INVALID};
}

void mapping_read(struct decoder *decoder, const struct node *node, unsigned where, void *target)
{
	const struct event *event = decoder->event;
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
}
