#include "input/inspect.h"

#include "base/arena.h"
#include "base/unseen.h"

enum { FEW_KEYS = 32 };

static const struct node *find_key(const struct node *map, uint32_t before)
{
	struct str key = map->entries[before].key->text;
	for (uint32_t i = 0; i < before; i++)
		if (map->entries[i].key->kind == NODE_TEXT && str_equal(map->entries[i].key->text, key))
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
		WORDS(unseen_name(findings->arena, first.point, LANGUAGE_EN), stripped, stripped));
	key->text = stripped;
}

static void check_keys(struct findings *findings, struct node *map)
{
	struct map seen = {0};
	for (uint32_t i = 0; i < map->count; i++) {
		struct node *key = map->entries[i].key;
		if (key->kind == NODE_TEXT)
			check_unseen(findings, key);
		if (key->kind != NODE_TEXT) {
			finding_add(findings, MSG_UNSUPPORTED_KEY, key->span, NO_WORDS);
			continue;
		}
		if (!key->quoted && str_equal(key->text, STR("<<"))) {
			finding_add(findings, MSG_UNSUPPORTED_MERGE, key->span, NO_WORDS);
			continue;
		}
		const struct node *first = NULL;
		/* A table for each small mapping would cost more than all the rest of the tree. */
		if (map->count <= FEW_KEYS)
			first = find_key(map, i);
		else
			first = map_put(&seen, findings->arena, key->text, key);
		if (!first || first == key)
			continue;
		key->duplicate = true;
		size_t number = finding_add(findings, MSG_DUPLICATE_KEY, key->span, WORDS(key->text));
		finding_relate(findings, number, MSG_DUPLICATE_KEY_FIRST, first->span, WORDS(key->text));
	}
}

/* A tag as people write it. */
static struct str tag_shown(struct arena *arena, struct str tag)
{
	struct str yaml = STR("tag:yaml.org,2002:");
	return str_starts(tag, yaml) ? str_format(arena, "!!%.*s", STR_ARG(str_part(tag, yaml.len, tag.len))) : tag;
}

static void inspect_node(struct findings *findings, struct node *node)
{
	struct str tag = str_from(node->tag);
	if (tag.len && !(tag.len == 1 && node->quoted))
		finding_add(findings, MSG_UNSUPPORTED_TAG, node->span, WORDS(tag_shown(findings->arena, tag)));
	if (node->kind == NODE_LIST) {
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

/* Keys that are no text, merge keys and repeated ones have been reported; nobody behind this needs to know them. */
static void drop_reported(struct node *node)
{
	if (node->kind == NODE_LIST) {
		for (uint32_t i = 0; i < node->count; i++)
			drop_reported(node->items[i]);
		return;
	}
	if (node->kind != NODE_MAP)
		return;
	uint32_t kept = 0;
	for (uint32_t i = 0; i < node->count; i++) {
		const struct node *key = node->entries[i].key;
		if (key->kind != NODE_TEXT || key->duplicate || (!key->quoted && str_equal(key->text, STR("<<"))))
			continue;
		node->entries[kept++] = node->entries[i];
		drop_reported(node->entries[i].value);
	}
	node->count = kept;
}

void inspect(struct findings *findings, struct node *root)
{
	size_t before = findings->count;
	inspect_node(findings, root);
	if (findings->count > before)
		drop_reported(root);
}
