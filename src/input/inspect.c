#include "input/inspect.h"

#include "base/arena.h"
#include "base/unseen.h"

enum { FEW_KEYS = 32, MERGED_KEYS_MAXIMUM = 64, MERGED_MAXIMUM = 1000000 };

static bool is_text(const struct node *node)
{
	return node->kind == NODE_TEXT;
}

static bool is_merge(const struct node *key)
{
	return is_text(key) && !key->quoted && str_equal(key->text, STR("<<"));
}

/* --- keys --------------------------------------------------------------------------------------------------------- */

/* The key that stands among some entries of a mapping too, or NULL. */
static const struct node *find_key(const struct node *map, uint32_t begin, uint32_t end, const struct node *key)
{
	for (uint32_t i = begin; is_text(key) && i < end; i++)
		if (is_text(map->entries[i].key) && str_equal(map->entries[i].key->text, key->text))
			return map->entries[i].key;
	return NULL;
}

/* A key is read without what nobody sees in it; a no-break space between words belongs to a label. */
static void check_unseen(struct findings *findings, struct node *key)
{
	struct unseen first;
	size_t at;
	struct str stripped = unseen_strip(findings->arena, key->text, BLANKS_KEEP, &first, &at);
	if (stripped.len == key->text.len)
		return;
	finding_add(findings, MSG_INVISIBLE_CHARACTER, key->span,
		WORDS(unseen_name(findings->arena, first.point, local_language()), stripped, stripped));
	key->text = stripped;
}

static void check_keys(struct findings *findings, struct node *map)
{
	struct map seen = {0};
	for (uint32_t i = 0; i < map->count; i++) {
		struct node *key = map->entries[i].key;
		if (is_text(key))
			check_unseen(findings, key);
		if (!is_text(key)) {
			finding_add(findings, MSG_UNSUPPORTED_KEY, key->span, NO_WORDS);
			continue;
		}
		if (is_merge(key)) {
			finding_add(findings, MSG_UNSUPPORTED_MERGE, key->span, NO_WORDS);
			continue;
		}
		const struct node *first = NULL;
		/* A table for each small mapping would cost more than all the rest of the tree. */
		if (map->count <= FEW_KEYS)
			first = find_key(map, 0, i, key);
		else
			first = map_put(&seen, findings->arena, key->text, key);
		if (!first || first == key)
			continue;
		key->duplicate = true;
		size_t number = finding_add(findings, MSG_DUPLICATE_KEY, key->span, WORDS(key->text));
		finding_relate(findings, number, MSG_DUPLICATE_KEY_FIRST, first->span, WORDS(key->text));
	}
}

/* --- items without their "- " ------------------------------------------------------------------------------------- */

/*
 * Where the next item of a list begins within a mapping that is one, since its "- " was forgotten: at a key that has
 * been there, if another one that has follows. The mapping's end where none does.
 */
static uint32_t find_next_item(const struct node *map)
{
	uint32_t next = 1, repeated = 0, end;
	while (next < map->count && next <= FEW_KEYS && !find_key(map, 0, next, map->entries[next].key))
		next++;
	if (next >= map->count || next > FEW_KEYS)
		return map->count;
	for (end = next; end < map->count && end - next < FEW_KEYS; end++) {
		const struct node *key = map->entries[end].key;
		if (find_key(map, next, end, key))
			break;
		repeated += find_key(map, 0, next, key) != NULL;
	}
	return repeated > 1 ? next : map->count;
}

/* Whether a mapping stands between { and }. */
static bool is_in_braces(const struct findings *findings, const struct node *map)
{
	struct str before = source_get(findings->sources, map->span.source)->bytes;
	before = str_trim(str_part(before, 0, map->span.begin));
	return before.len && (before.ptr[before.len - 1] == '{' || before.ptr[before.len - 1] == ',');
}

/* The last two bytes in front of a place. */
static struct str two_before(const struct findings *findings, struct span span)
{
	struct str bytes = source_get(findings->sources, span.source)->bytes;
	return span.begin < 2 ? STR("") : str_part(bytes, span.begin - 2, span.begin);
}

/* Where an item's keys stand two columns behind its dash, so will those of the next one. */
static void fix_dash(struct findings *findings, size_t number, struct span item, struct span next)
{
	if (str_equal(two_before(findings, item), STR("- ")) && str_equal(two_before(findings, next), STR("  ")))
		finding_fix(findings, number, (struct span){next.source, next.begin - 2, next.begin}, STR("- "));
}

/* Takes the entries of a mapping from one on away, as a mapping of their own. */
static struct node *part_item(struct findings *findings, struct node *map, uint32_t next)
{
	struct node *rest = arena_alloc(findings->arena, sizeof(*rest));
	const struct entry *entry = &map->entries[next];
	const struct node *first = find_key(map, 0, next, entry->key);
	bool plain = is_text(entry->value) && !entry->value->quoted;
	struct str right = str_format(findings->arena, plain ? "- %.*s: %.*s" : "- %.*s:", STR_ARG(entry->key->text),
		STR_ARG(plain ? entry->value->text : STR("")));
	size_t number = finding_add(findings, MSG_DUPLICATE_KEY_ITEM, entry->key->span, WORDS(entry->key->text, right));
	finding_relate(findings, number, MSG_DUPLICATE_KEY_FIRST, first->span, WORDS(first->text));
	fix_dash(findings, number, map->span, entry->key->span);
	*rest = *map;
	rest->entries += next;
	rest->count -= next;
	rest->span = entry->key->span;
	map->count = next;
	return rest;
}

static void part_items(struct findings *findings, struct node *list)
{
	struct node **items = NULL;
	size_t count = 0;
	for (uint32_t i = 0; i < list->count; i++) {
		struct node *item = list->items[i];
		uint32_t next = item->kind == NODE_MAP ? find_next_item(item) : item->count;
		bool parts = next < item->count && !is_in_braces(findings, item);
		if (parts && !items)
			for (; count < i; count++) {
				items = arena_grow(findings->arena, items, count, sizeof(*items));
				items[count] = list->items[count];
			}
		for (; parts || items; item = part_item(findings, item, next), next = find_next_item(item)) {
			items = arena_grow(findings->arena, items, count, sizeof(*items));
			items[count++] = item;
			if (next >= item->count || !parts)
				break;
		}
	}
	if (items) {
		list->items = items;
		list->count = (uint32_t)count;
	}
}

/* --- the tree ----------------------------------------------------------------------------------------------------- */

/* A tag as people write it. */
static struct str tag_shown(struct arena *arena, struct str tag)
{
	struct str yaml = STR("tag:yaml.org,2002:");
	return str_starts(tag, yaml) ? str_format(arena, "!!%.*s", STR_ARG(str_part(tag, yaml.len, tag.len))) : tag;
}

static void inspect_node(struct findings *findings, struct node *node)
{
	struct str tag = str_from(node_tag(node));
	if (tag.len && !(tag.len == 1 && node->quoted))
		finding_add(findings, MSG_UNSUPPORTED_TAG, node->span, WORDS(tag_shown(findings->arena, tag)));
	if (node->kind == NODE_LIST) {
		part_items(findings, node);
		for (uint32_t i = 0; i < node->count; i++)
			inspect_node(findings, node->items[i]);
		return;
	}
	if (node->kind != NODE_MAP)
		return;
	check_keys(findings, node);
	for (uint32_t i = 0; i < node->count; i++)
		inspect_node(findings, node->entries[i].value);
}

/* How a tree is cleared of what was reported. */
struct clearing {
	struct arena *arena;
	size_t merged; /* entries that merge keys have brought */
};

/* Adds the entries of another mapping that this one lacks, as a merge key asks for. */
static void merge(struct clearing *clearing, struct node *map, struct node *other)
{
	if (other->kind == NODE_LIST) {
		for (uint32_t i = 0; i < other->count; i++)
			merge(clearing, map, other->items[i]);
		return;
	}
	/* What cannot be merged may hold whatever the mapping lacks. */
	if (other->kind != NODE_MAP || other->count > MERGED_KEYS_MAXIMUM || map->count > MERGED_KEYS_MAXIMUM ||
		clearing->merged > MERGED_MAXIMUM) {
		map->cut = true;
		return;
	}
	struct entry *entries = arena_alloc(clearing->arena, (map->count + other->count) * sizeof(*entries));
	for (uint32_t i = 0; i < map->count; i++)
		entries[i] = map->entries[i];
	map->entries = entries;
	other->merged = true;
	for (uint32_t i = 0; i < other->count; i++)
		if (!find_key(map, 0, map->count, other->entries[i].key))
			entries[map->count++] = other->entries[i];
	clearing->merged += other->count;
}

/* Keys that are no text, merge keys and repeated ones have been reported; nobody behind this needs to know them. */
static void clear(struct clearing *clearing, struct node *node)
{
	if (node->kind == NODE_LIST) {
		for (uint32_t i = 0; i < node->count; i++)
			clear(clearing, node->items[i]);
		return;
	}
	if (node->kind != NODE_MAP)
		return;
	struct node *merges[FEW_KEYS];
	uint32_t kept = 0, count = 0;
	for (uint32_t i = 0; i < node->count; i++) {
		const struct entry entry = node->entries[i];
		if (!is_text(entry.key) || entry.key->duplicate)
			continue;
		clear(clearing, entry.value);
		if (!is_merge(entry.key))
			node->entries[kept++] = entry;
		else if (count < FEW_KEYS)
			merges[count++] = entry.value;
	}
	node->count = kept;
	for (uint32_t i = 0; i < count; i++)
		merge(clearing, node, merges[i]);
}

void inspect(struct findings *findings, struct node *root)
{
	size_t before = findings->count;
	inspect_node(findings, root);
	if (findings->count > before)
		clear(&(struct clearing){.arena = findings->arena}, root);
}
