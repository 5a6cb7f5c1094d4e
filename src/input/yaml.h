/*
 * The tree of a YAML file, each node with its span. This is the one place that knows libyaml.
 *
 * Aliases are followed: the node of an anchor then stands in several places of the tree, so it is no tree to be
 * changed. Depth and size are bounded (evcal(5)), aliases counted as what they stand for.
 */
#ifndef INPUT_YAML_H
#define INPUT_YAML_H

#include "report/finding.h"

enum node_kind { NODE_TEXT, NODE_LIST, NODE_MAP };

struct node {
	enum node_kind kind;
	bool quoted;      /* a text in quotes, or a block (| or >): never taken for "nothing" */
	bool escaped;     /* a text with escapes (\x07): it may say what its source cannot hold */
	bool mended;      /* a text whose quotes were forgotten, or a list or mapping whose bracket, and reported */
	bool cut;         /* the file broke off right behind it: what it lacks may stand there */
	bool duplicate;   /* a key that stands in its mapping a second time, and was reported */
	bool merged;      /* a mapping that merge keys stand for: there for nothing else, it may be */
	bool tagged;      /* node_tag() is not NULL */
	struct span span; /* of a mapping: its first key */
	uint32_t count;   /* NODE_LIST, NODE_MAP */
	uint32_t weight;  /* the nodes in it, itself and aliases included */
	union {
		struct str text;       /* NODE_TEXT: bytes of the source where they say the same, else a copy */
		struct node **items;   /* NODE_LIST */
		struct entry *entries; /* NODE_MAP */
	};
};

struct entry {
	struct node *key; /* always NODE_TEXT */
	struct node *value;
};

/*
 * Parses a source. Findings: those of report/catalogue.def from yaml-syntax to duplicate-key. Text that lacks its
 * quotes is reported and read as if it had them, at most 64 times a file. Where the rest cannot be read the source is
 * marked as broken and the tree holds what stands whole before that place. Returns NULL where there is nothing to be
 * had, or the file is empty. The tree lives in the findings' arena.
 */
struct node *node_read(struct findings *findings, uint32_t source);
/* The same with the nodes in an arena of the caller's, who may be done with them before the run ends; texts live on. */
struct node *node_read_into(struct arena *arena, struct findings *findings, uint32_t source);

/* The tag of a node that node_read() has made, or NULL. */
const char *node_tag(const struct node *node);
/* The entry's value under a key, or NULL; of two, the first. */
const struct node *node_get(const struct node *map, struct str key);
/* Nothing: plain "", "~", "null" and its spellings; or a text of blanks. */
bool node_is_empty(const struct node *node);

#endif
