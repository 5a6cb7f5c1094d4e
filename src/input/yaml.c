#include "input/yaml.h"

#include "base/arena.h"
#include "input/encoding.h"
#include "input/indent.h"
#include "input/inspect.h"
#include "input/quoting.h"
#include "input/recognise.h"
#include "input/syntax.h"

#include <yaml.h>

#include <string.h>

enum { DEPTH_MOST = 64, NODES_MOST = 1000000, MENDS_MAXIMUM = 64, BYTES_MAXIMUM = 64 << 20 };

/* One parse of one text. What is wrong is kept until it is certain that this parse is the last. */
struct parse {
	yaml_parser_t parser;
	struct arena *arena; /* of the nodes */
	struct arena *texts; /* of what they say */
	void **open;         /* items, and keys and values, of the lists and mappings that are being read */
	size_t open_count;
	const struct source *source;
	uint32_t number;
	const struct quoting *quoting;
	struct anchor {
		struct str name;
		struct node *node; /* NULL while it is being read */
		unsigned levels;   /* of lists and mappings in the node, itself and aliases included */
		struct span slip;  /* the text, where the anchor may be a text with a & in front; else source 0 */
	} * anchors;
	size_t anchor_count;
	uint32_t nodes;
	unsigned depth,
		deepest; /* of lists and mappings: how many are open, and the most that were, aliases included */
	bool tagged;     /* there is a tag somewhere */

	bool failed;
	enum message message;         /* why */
	struct span at;               /* where */
	struct str word;              /* libyaml's own for it, or the name that is missing */
	struct span began;            /* where what failed begins, or source 0 */
	yaml_mark_t mark, began_mark; /* the same in the mended text */
	bool in_quotes, in_brackets;
};

static uint32_t offset_of(const struct parse *parse, yaml_mark_t mark)
{
	return quoting_offset(parse->quoting, mark.line, mark.column);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static struct span span_of(const struct parse *parse, const yaml_event_t *event)
{
	uint32_t begin = offset_of(parse, event->start_mark), end = offset_of(parse, event->end_mark);
	const char *bytes = parse->source->bytes.ptr;
	/* libyaml ends a block of text on the line behind it. */
	while (end > begin && is_blank(bytes[end - 1]))
		end--;
	return (struct span){parse->number, begin, end < begin ? begin : end};
}

static struct node *fail(struct parse *parse, enum message message, struct span at, struct str word)
{
	if (!parse->failed) {
		parse->failed = true;
		parse->message = message;
		parse->at = at;
		parse->word = str_copy(parse->arena, word);
	}
	return NULL;
}

static bool next_event(struct parse *parse, yaml_event_t *event)
{
	if (yaml_parser_parse(&parse->parser, event))
		return true;
	const yaml_parser_t *parser = &parse->parser;
	if (parser->error == YAML_MEMORY_ERROR)
		memory_gone();
	uint32_t at = offset_of(parse, parser->problem_mark);
	struct str problem = str_from(parser->problem), context = str_from(parser->context);
	uint32_t end = at < parse->source->bytes.len ? at + 1 : at;
	fail(parse, MSG_YAML_SYNTAX, (struct span){parse->number, at, end}, problem);
	if (parser->context && !parse->began.source) {
		uint32_t where = offset_of(parse, parser->context_mark);
		parse->began = (struct span){parse->number, where, where};
		parse->mark = parser->problem_mark;
		parse->began_mark = parser->context_mark;
		parse->in_quotes = str_ends(context, STR("a quoted scalar"));
		parse->in_brackets = str_starts(context, STR("while parsing a flow"));
	}
	return false;
}

/* Few have a tag. */
struct tagged_node {
	struct node node;
	const char *tag;
};

static struct node *node_new(struct parse *parse, enum node_kind kind, struct span span, const yaml_char_t *tag)
{
	struct node *node = arena_alloc(parse->arena, tag ? sizeof(struct tagged_node) : sizeof(*node));
	node->kind = kind;
	node->span = span;
	node->weight = 1;
	if (tag) {
		((struct tagged_node *)node)->tag = str_copy(parse->arena, str_from((const char *)tag)).ptr;
		node->tagged = parse->tagged = true;
	}
	if (++parse->nodes > NODES_MOST)
		fail(parse, MSG_TOO_LARGE_NODES, span, STR(""));
	return node;
}

/* Remembers where an anchor is, before its node is read, so that an alias within it is seen. */
static size_t anchor_open(struct parse *parse, const yaml_char_t *name, struct span slip)
{
	if (!name)
		return 0;
	parse->anchors = arena_grow(parse->arena, parse->anchors, parse->anchor_count, sizeof(*parse->anchors));
	parse->anchors[parse->anchor_count] = (struct anchor){
		.name = str_copy(parse->arena, str_from((const char *)name)),
		.slip = slip,
	};
	return ++parse->anchor_count;
}

static void anchor_close(struct parse *parse, size_t anchor, struct node *node, unsigned levels)
{
	if (!anchor)
		return;
	parse->anchors[anchor - 1].node = node;
	parse->anchors[anchor - 1].levels = levels;
}

static struct node *follow_alias(struct parse *parse, const yaml_event_t *event)
{
	struct span span = span_of(parse, event);
	struct str name = str_from((const char *)event->data.alias.anchor);
	for (size_t i = parse->anchor_count; i-- > 0;) {
		struct anchor *anchor = &parse->anchors[i];
		if (!str_equal(anchor->name, name))
			continue;
		anchor->slip.source = 0;
		if (!anchor->node)
			return fail(parse, MSG_UNSUPPORTED_SELF, span, name);
		parse->nodes += anchor->node->weight;
		if (parse->nodes > NODES_MOST)
			return fail(parse, MSG_TOO_LARGE_NODES, span, STR(""));
		if (parse->depth + anchor->levels > DEPTH_MOST)
			return fail(parse, MSG_TOO_LARGE_DEPTH, span, STR(""));
		if (parse->depth + anchor->levels > parse->deepest)
			parse->deepest = parse->depth + anchor->levels;
		return anchor->node;
	}
	return fail(parse, MSG_YAML_SYNTAX_ALIAS, span, name);
}

static struct node *parse_node(struct parse *parse, const yaml_event_t *event);

/* Reads the next event and, unless it is of type end, its node. NULL: the end, or (parse->failed) nothing whole. */
static struct node *parse_next(struct parse *parse, yaml_event_type_t end, uint32_t *end_offset)
{
	yaml_event_t event;
	struct node *node = NULL;
	if (parse->failed || !next_event(parse, &event))
		return NULL;
	if (event.type == end)
		*end_offset = offset_of(parse, event.end_mark);
	else
		node = parse_node(parse, &event);
	yaml_event_delete(&event);
	return node;
}

/* Puts a node on those of the list or mapping that is being read. */
static void open_push(struct parse *parse, struct node *node)
{
	parse->open = arena_grow(parse->arena, parse->open, parse->open_count, sizeof(*parse->open));
	parse->open[parse->open_count++] = node;
}

/* Takes those from begin on away, as an array of their own. */
static void *open_pop(struct parse *parse, size_t begin)
{
	size_t size = (parse->open_count - begin) * sizeof(*parse->open);
	void *items = size ? memcpy(arena_alloc(parse->arena, size), parse->open + begin, size) : NULL;
	parse->open_count = begin;
	return items;
}

static struct node *parse_list(struct parse *parse, const yaml_event_t *event)
{
	struct node *list = node_new(parse, NODE_LIST, span_of(parse, event), event->data.sequence_start.tag);
	uint32_t end = list->span.end;
	size_t begin = parse->open_count;
	struct node *last = NULL;
	for (;;) {
		struct node *item = parse_next(parse, YAML_SEQUENCE_END_EVENT, &end);
		/* An item that is not whole is dropped: what it lacks would be a finding that only follows. */
		if (!item && parse->failed && last)
			last->cut = true;
		if (!item || parse->failed)
			break;
		last = item;
		open_push(parse, item);
		list->count++;
		list->weight += item->weight;
	}
	list->items = open_pop(parse, begin);
	if (event->data.sequence_start.style != YAML_FLOW_SEQUENCE_STYLE)
		end = last && last->span.end > list->span.begin ? last->span.end : list->span.end;
	list->span.end = end > list->span.begin ? end : list->span.begin;
	return list;
}

static struct node *parse_map(struct parse *parse, const yaml_event_t *event)
{
	struct node *map = node_new(parse, NODE_MAP, span_of(parse, event), event->data.mapping_start.tag);
	uint32_t end;
	size_t begin = parse->open_count;
	for (;;) {
		struct node *key = parse_next(parse, YAML_MAPPING_END_EVENT, &end);
		if (!key || parse->failed)
			break;
		struct node *value = parse_next(parse, YAML_NO_EVENT, &end);
		/* Of a file that ends in the middle, the events before that place are worth reading. */
		if (!value || (parse->failed && !(value->kind == NODE_LIST && parse->depth == 1)))
			break;
		if (!map->count)
			map->span = key->span;
		/* One behind the other they are a struct entry. */
		open_push(parse, key);
		open_push(parse, value);
		map->count++;
		map->weight += key->weight + value->weight;
	}
	map->entries = open_pop(parse, begin);
	return map;
}

/* The bytes of a text: the source's own where they say the same, as most do. */
static struct str text_of(struct parse *parse, const yaml_event_t *event, struct span span)
{
	struct str value = {(const char *)event->data.scalar.value, event->data.scalar.length};
	struct str written = str_part(parse->source->bytes, span.begin, span.end);
	if (event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE && written.len > 1)
		written = str_part(written, 1, written.len - 1);
	return str_equal(value, written) ? written : str_copy(parse->texts, value);
}

static struct node *parse_text(struct parse *parse, const yaml_event_t *event)
{
	struct node *text = node_new(parse, NODE_TEXT, span_of(parse, event), event->data.scalar.tag);
	text->text = text_of(parse, event, text->span);
	text->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	text->escaped = event->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
	text->mended = quoting_has(parse->quoting, text->span.begin);
	return text;
}

static struct node *parse_collection(struct parse *parse, const yaml_event_t *event)
{
	bool is_list = event->type == YAML_SEQUENCE_START_EVENT;
	if (parse->depth == DEPTH_MOST)
		return fail(parse, MSG_TOO_LARGE_DEPTH, span_of(parse, event), STR(""));
	unsigned above = parse->depth++, deepest = parse->deepest;
	size_t anchor = anchor_open(parse,
		is_list ? event->data.sequence_start.anchor : event->data.mapping_start.anchor, (struct span){0});
	parse->deepest = parse->depth;
	struct span span = span_of(parse, event);
	struct node *node = is_list ? parse_list(parse, event) : parse_map(parse, event);
	node->mended = quoting_has(parse->quoting, span.begin);
	anchor_close(parse, anchor, node, parse->deepest - above);
	if (parse->deepest < deepest)
		parse->deepest = deepest;
	parse->depth = above;
	return node;
}

static struct node *parse_node(struct parse *parse, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_ALIAS_EVENT:
		return follow_alias(parse, event);
	case YAML_SCALAR_EVENT: {
		const yaml_char_t *name = event->data.scalar.anchor;
		bool slip = name && event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
		size_t anchor = anchor_open(parse, name, slip ? span_of(parse, event) : (struct span){0});
		struct node *node = parse_text(parse, event);
		anchor_close(parse, anchor, node, 0);
		return node;
	}
	case YAML_SEQUENCE_START_EVENT:
	case YAML_MAPPING_START_EVENT:
		return parse_collection(parse, event);
	default:
		return fail(parse, MSG_YAML_SYNTAX, span_of(parse, event), STR(""));
	}
}

/* The first document's root; a second one is a failure that stands behind all of the first. */
static struct node *parse_document(struct parse *parse)
{
	struct node *root = NULL;
	bool more = true;
	while (more && !parse->failed) {
		yaml_event_t event;
		if (!next_event(parse, &event))
			break;
		switch (event.type) {
		case YAML_STREAM_END_EVENT:
			more = false;
			break;
		case YAML_DOCUMENT_START_EVENT:
			if (root)
				fail(parse, MSG_UNSUPPORTED_DOCUMENT, span_of(parse, &event), STR(""));
			break;
		case YAML_STREAM_START_EVENT:
		case YAML_DOCUMENT_END_EVENT:
			break;
		default:
			root = parse_node(parse, &event);
		}
		yaml_event_delete(&event);
	}
	return root;
}

/* What mending needs of the run. */
struct mending {
	struct findings *findings;
	uint32_t source;
	struct str text;          /* that stands for the source */
	struct layout layouts[2]; /* as it was read first, and with its lines moved to where they fit */
	bool moved;               /* the second has been tried */
	struct quoting quoting;
	struct parse parse; /* the best so far */
	struct node *root;
	struct arena trees[2]; /* the best one's, and what a parse is tried in */
	unsigned best;         /* which of them has the best */
	size_t bytes;          /* that all parses together have read */
};

static struct node *parse_run(
	struct parse *parse, struct arena *nodes, struct arena *texts, const struct mending *mending, struct str text)
{
	*parse = (struct parse){
		.arena = nodes,
		.texts = texts,
		.source = source_get(mending->findings->sources, mending->source),
		.number = mending->source,
		.quoting = &mending->quoting,
	};
	struct node *root = NULL;
	if (!yaml_parser_initialize(&parse->parser))
		memory_gone();
	yaml_parser_set_encoding(&parse->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parse->parser, (const unsigned char *)text.ptr, text.len);
	root = parse_document(parse);
	yaml_parser_delete(&parse->parser);
	return root;
}

/* The line (from 0) at which a parse went wrong: where a quote was opened, if it was never closed. */
static uint32_t failure_line(const struct parse *parse)
{
	return source_place_in(parse->source, parse->in_quotes ? parse->began : parse->at).line - 1;
}

/* Parses the text as it is mended now. True, and the best so far, if that gets at least to a line, or to the end. */
static bool try(struct mending *mending, uint32_t least)
{
	if (mending->bytes > BYTES_MAXIMUM)
		return false;
	struct buffer text = {0};
	struct parse next;
	struct arena *tree = &mending->trees[!mending->best];
	arena_release(tree, (struct arena_mark){0});
	quoting_apply(&mending->quoting, &text);
	mending->bytes += text.len;
	struct node *root = parse_run(&next, tree, tree, mending, buffer_str(&text));
	buffer_free(&text);
	if (next.failed && failure_line(&next) < least)
		return false;
	mending->parse = next;
	mending->root = root;
	mending->best = !mending->best;
	return true;
}

/* Mends one or two lines, and tries that. */
static bool try_lines(struct mending *mending, const uint32_t *lines, size_t count, bool within, uint32_t least)
{
	struct quoting *quoting = &mending->quoting;
	bool all = true;
	quoting_begin(quoting);
	for (size_t i = 0; all && i < count; i++)
		all = quoting_add(quoting, mending->findings->arena, lines[i], within);
	if (all && try(mending, least))
		return true;
	quoting_drop(quoting);
	return false;
}

/* Tries what mends a certain place, and no line: that where the failure is, or where what failed begins. */
static bool try_place(struct mending *mending, uint32_t least,
	bool (*add)(struct quoting *quoting, struct arena *arena, size_t line, size_t column), yaml_mark_t mark)
{
	quoting_begin(&mending->quoting);
	if (add(&mending->quoting, mending->findings->arena, mark.line, mark.column) && try(mending, least))
		return true;
	quoting_drop(&mending->quoting);
	return false;
}

/* Tries the lines where they fit, with all that is mended already. */
static bool try_moved(struct mending *mending, uint32_t least)
{
	struct arena *arena = mending->findings->arena;
	struct quoting before = mending->quoting;
	if (mending->moved)
		return false;
	mending->moved = true;
	if (!layout_mend(&mending->layouts[1], arena, mending->parse.source, mending->text, true))
		return false;
	mending->quoting = (struct quoting){.layout = &mending->layouts[1]};
	quoting_add_all(&mending->quoting, arena, &before);
	if (try(mending, least))
		return true;
	mending->quoting = before;
	return false;
}

/* Texts whose & was taken for an anchor, or whose ! for a tag: the parse went well, and lost a word. */
static bool add_anchor_slips(struct mending *mending)
{
	const struct parse *parse = &mending->parse;
	bool any = false;
	for (size_t i = 0; i < parse->anchor_count; i++) {
		struct span slip = parse->anchors[i].slip;
		if (slip.source)
			any |= quoting_add(&mending->quoting, mending->findings->arena,
				source_place_in(parse->source, slip).line - 1, false);
	}
	return any;
}

static bool add_tag_slips(struct mending *mending, const struct node *node)
{
	bool any = false;
	if (node->kind == NODE_TEXT)
		return !node->quoted && node->tagged && node_tag(node)[0] == '!' &&
		       quoting_add(&mending->quoting, mending->findings->arena,
			       source_place_in(mending->parse.source, node->span).line - 1, false);
	for (uint32_t i = 0; i < node->count; i++)
		any |= add_tag_slips(mending, node->kind == NODE_LIST ? node->items[i] : node->entries[i].value);
	return any;
}

/* All of them at once: there may be many, and no two depend on each other. An anchor may still be meant by what
 * was not read. */
static bool try_lost(struct mending *mending)
{
	bool any = false;
	quoting_begin(&mending->quoting);
	if (!mending->parse.failed)
		any = add_anchor_slips(mending);
	if (mending->root && mending->parse.tagged)
		any |= add_tag_slips(mending, mending->root);
	if (any && try(mending, mending->parse.failed ? failure_line(&mending->parse) : UINT32_MAX))
		return true;
	quoting_drop(&mending->quoting);
	return false;
}

/* Mends what may be to blame for a failure, or for a word that was lost without one; false: it cannot be mended. */
static bool mend(struct mending *mending)
{
	const struct parse *parse = &mending->parse;
	if (!parse->failed || (parse->message != MSG_YAML_SYNTAX && parse->message != MSG_YAML_SYNTAX_ALIAS))
		return try_lost(mending);
	uint32_t lines[CANDIDATES_MAXIMUM], line = failure_line(parse);
	uint32_t began = parse->began.source ? source_place_in(parse->source, parse->began).line - 1 : line;
	size_t count =
		quoting_candidates(&mending->quoting, source_place_in(parse->source, parse->at).line - 1, began, lines);
	if (parse->in_quotes && (try_place(mending, line + 1, quoting_add_escapes, parse->began_mark) ||
					try_place(mending, line + 1, quoting_add_close, parse->began_mark)))
		return true;
	/* Where a value is missing libyaml names the place, or nothing but the place. */
	if (try_place(mending, line + 1, quoting_add_comma, parse->mark))
		return true;
	for (size_t i = 0; i < count; i++)
		if ((parse->in_brackets || quoting_within(&mending->quoting, lines[i])) &&
			try_lines(mending, &lines[i], 1, true, line + 1))
			return true;
	for (size_t i = 0; i < count; i++)
		if (try_lines(mending, &lines[i], 1, false, line + 1))
			return true;
	/* A quote that was left open ends at the next one: 's-Gravenhage here, and 's-Gravenhage further up. */
	for (size_t i = 1; i < count; i++)
		if (try_lines(mending, (uint32_t[]){lines[0], lines[i]}, 2, false, line + 1))
			return true;
	return try_moved(mending, line + 1) || try_lost(mending);
}

static void add_failure(struct findings *findings, const struct parse *parse)
{
	source_get(findings->sources, parse->number)->broken = true;
	struct span at = parse->at;
	enum message message = parse->message;
	if (message == MSG_YAML_SYNTAX)
		message = syntax_message(parse->source, parse->word, parse->began, &at);
	finding_add(findings, message, at, WORDS(parse->word));
}

/* The whole text as it is mended, read where it is to stay. */
static void read_again(struct mending *mending, struct arena *nodes)
{
	struct buffer text = {0};
	quoting_apply(&mending->quoting, &text);
	mending->root = parse_run(&mending->parse, nodes, mending->findings->arena, mending, buffer_str(&text));
	buffer_free(&text);
}

static struct node *read_text(struct mending *mending, struct arena *nodes)
{
	struct findings *findings = mending->findings;
	struct source *source = source_get(findings->sources, mending->source);
	layout_mend(&mending->layouts[0], findings->arena, source, mending->text, false);
	mending->quoting.layout = &mending->layouts[0];
	mending->bytes = mending->text.len;
	struct str text = mending->layouts[0].source.bytes;
	mending->root = parse_run(&mending->parse, nodes, findings->arena, mending, text);
	bool mended = false;
	for (unsigned i = 0; i < MENDS_MAXIMUM && mend(mending); i++)
		mended = true;
	if (mended)
		read_again(mending, nodes);
	layout_report(mending->quoting.layout, findings, mending->source);
	quoting_report(&mending->quoting, findings, mending->source);
	if (mending->parse.failed)
		add_failure(findings, &mending->parse);
	if (mending->root)
		inspect(findings, mending->root);
	arena_free(&mending->trees[0]);
	arena_free(&mending->trees[1]);
	return mending->root;
}

struct node *node_read_into(struct arena *arena, struct findings *findings, uint32_t source)
{
	struct mending mending = {.findings = findings, .source = source};
	if (recognise_merge(findings, source, MSG_MERGE_CONFLICT) || recognise_other(findings, source))
		return NULL;
	indent_mend(findings, source);
	if (!encoding_check(findings, findings->arena, source, &mending.text))
		return NULL;
	return read_text(&mending, arena);
}

struct node *node_read(struct findings *findings, uint32_t source)
{
	return node_read_into(findings->arena, findings, source);
}

const char *node_tag(const struct node *node)
{
	return node->tagged ? ((const struct tagged_node *)node)->tag : NULL;
}

const struct node *node_get(const struct node *map, struct str key)
{
	for (uint32_t i = 0; map->kind == NODE_MAP && i < map->count; i++)
		if (str_equal(map->entries[i].key->text, key))
			return map->entries[i].value;
	return NULL;
}

bool node_is_empty(const struct node *node)
{
	if (node->kind != NODE_TEXT)
		return false;
	struct str s = node->text;
	return !str_trim(s).len || (!node->quoted && (str_equal(s, STR("~")) || str_equal(s, STR("null")) ||
							     str_equal(s, STR("Null")) || str_equal(s, STR("NULL"))));
}
