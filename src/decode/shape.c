#include "decode/shape.h"

#include "base/arena.h"
#include "base/scalar.h"
#include "time/read.h"

#include <string.h>

static bool is_form_by_example(enum kind kind)
{
	return (kind >= KIND_DATE && kind <= KIND_REMINDER) || kind == KIND_RULE || kind == KIND_WEEKDAY;
}

static void add_form(struct buffer *out, const struct key *key);

/* "{name: …, email: …}": the keys that a mapping requires, or its first. */
static void add_map(struct buffer *out, unsigned where)
{
	bool any = false;
	for (int pass = 0; pass < 2 && !any; pass++)
		for (const struct key *key = keys; key->name; key++) {
			if (!(key->where & where) || (pass ? any : !(key->required & where)))
				continue;
			buffer_add(out, any ? STR(", ") : STR("{"));
			add_form(out, key);
			any = true;
		}
	buffer_byte(out, '}');
}

static void add_form(struct buffer *out, const struct key *key)
{
	const struct value_kind *kind = &kinds[key->kind];
	if (is_form_by_example(key->kind) || key->kind == KIND_EVENTS) {
		buffer_add(out, str_from(key->example));
		return;
	}
	buffer_format(out, "%s: ", key->name);
	switch (kind->built) {
	case BUILT_ONE:
		buffer_add(out, key->kind == KIND_ZONE ? STR("Europe/…") : STR("…"));
		break;
	case BUILT_LIST:
		buffer_add(out, STR("[…]"));
		break;
	case BUILT_PAIR:
		buffer_add(out, STR("[…, …]"));
		break;
	case BUILT_MAP:
	case BUILT_MAP_OR_ONE:
		add_map(out, kind->holds);
		break;
	case BUILT_MAPS:
	case BUILT_MAPS_OR_MAP:
		buffer_byte(out, '[');
		add_map(out, kind->holds);
		buffer_byte(out, ']');
		break;
	case BUILT_NAMED:
		buffer_add(out, STR("{…: …}"));
		break;
	case BUILT_NAMED_MAPS:
		buffer_add(out, STR("{…: "));
		add_map(out, kind->holds);
		buffer_byte(out, '}');
		break;
	}
}

struct str shape_form(struct arena *arena, const struct key *key)
{
	struct buffer out = {0};
	add_form(&out, key);
	struct str form = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return form;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Where the last value of a node ends. */
static uint32_t last_end(const struct node *node)
{
	uint32_t end = node->span.end;
	const struct node *last = NULL;
	if (node->kind == NODE_MAP && node->count)
		last = node->entries[node->count - 1].value;
	if (last && last_end(last) > end)
		end = last_end(last);
	return end;
}

/* All of a value, with its brackets; on lines of its own from behind the colon or dash on. False: it cannot be told. */
static bool whole(struct decoder *decoder, const struct node *node, struct span *span, bool *on_own_lines)
{
	struct str bytes = source_get(decoder->findings->sources, node->span.source)->bytes;
	size_t begin = node->span.begin, end = last_end(node), before = begin;
	char first = begin < bytes.len ? bytes.ptr[begin] : 0;
	while (before && is_space(bytes.ptr[before - 1]))
		before--;
	char open = before ? bytes.ptr[before - 1] : 0;
	*on_own_lines = false;
	if (first == '&' || first == '!')
		return false;
	if (node->kind == NODE_MAP && open == '{') {
		begin = before - 1;
		while (end < bytes.len && (is_space(bytes.ptr[end]) || bytes.ptr[end] == ','))
			end++;
		if (end == bytes.len || bytes.ptr[end++] != '}')
			return false;
	} else if (node->kind != NODE_TEXT && first != '[') {
		*on_own_lines = true;
		begin = before;
		if (!open || !strchr(":-", open))
			return false;
	}
	while (end > begin && is_space(bytes.ptr[end - 1]))
		end--;
	*span = (struct span){node->span.source, (uint32_t)begin, (uint32_t)end};
	struct str written = str_part(bytes, begin, end);
	for (size_t i = 1; i < written.len; i++)
		if (written.ptr[i] == '#' && is_space(written.ptr[i - 1]))
			return false;
	return true;
}

void shape_replace(struct decoder *decoder, size_t number, const struct node *node, struct str text)
{
	struct span span;
	bool on_own_lines;
	if (whole(decoder, node, &span, &on_own_lines))
		finding_fix(decoder->findings, number, span,
			str_format(decoder->findings->arena, "%s%.*s", on_own_lines ? " " : "", STR_ARG(text)));
}

struct str shape_name(const struct node *node)
{
	static const struct wording names[] = {
		[NODE_TEXT] = W("text", "tekst"),
		[NODE_LIST] = W("a list", "lijst"),
		[NODE_MAP] = W("a mapping", "sleutels met een waarde"),
	};
	return str_from(local_text(names[node->kind]));
}

/* The sentence for a value that is not of the shape that its key takes. */
static size_t add(struct decoder *decoder, const struct key *key, const struct node *node, struct str write)
{
	enum built built = kinds[key->kind].built;
	bool one = built == BUILT_ONE || (built == BUILT_LIST && node->kind != NODE_TEXT);
	bool list = built == BUILT_LIST || built == BUILT_PAIR;
	return ADD(decoder,
		one    ? MSG_WRONG_TYPE_TEXT
		: list ? MSG_WRONG_TYPE_LIST_FORM
		       : MSG_WRONG_TYPE_MAP,
		node->span, str_from(key->name), shape_name(node), write);
}

void shape_add(struct decoder *decoder, const struct key *key, const struct node *node, struct str text)
{
	/* Of a list only an item is a list itself. */
	bool item = kinds[key->kind].built == BUILT_LIST && node->kind == NODE_LIST;
	struct str write = str_format(
		decoder->findings->arena, "%s%s%.*s", item ? "" : key->name, item ? "" : ": ", STR_ARG(text));
	shape_replace(decoder, add(decoder, key, node, write), node, text);
}

void shape_add_unknown(struct decoder *decoder, const struct key *key, const struct node *node)
{
	add(decoder, key, node, shape_form(decoder->findings->arena, key));
}

static const struct node *node_of(struct decoder *decoder, const struct node *node, struct str text)
{
	struct node *copy = arena_alloc(decoder->findings->arena, sizeof(*copy));
	*copy = (struct node){.kind = NODE_TEXT, .quoted = true, .span = node->span, .text = text};
	return copy;
}

/* "- Samen eten: zo doe je dat" is a mapping for YAML, and a text for the one who wrote it. */
static const struct node *colon_text(struct decoder *decoder, const struct key *key, const struct node *node)
{
	const struct entry *entry = node->kind == NODE_MAP && node->count == 1 ? &node->entries[0] : NULL;
	struct span all;
	bool on_own_lines;
	if (!entry || entry->value->kind != NODE_TEXT || !whole(decoder, node, &all, &on_own_lines) || !on_own_lines)
		return NULL;
	struct span span = {node->span.source, entry->key->span.begin, entry->value->span.end};
	struct str text = source_text(decoder->findings->sources, span);
	if (!text.len || str_find(text, '\n') < text.len)
		return NULL;
	struct buffer quoted = {0};
	scalar_add_quoted(&quoted, text, '"');
	size_t number = ADD(decoder, MSG_WRONG_TYPE_COLON, span, str_from(key->name), buffer_str(&quoted));
	finding_fix(decoder->findings, number, span, buffer_str(&quoted));
	buffer_free(&quoted);
	return node_of(decoder, node, text);
}

/* A text of the author's own, on one line; the words of a list or a mapping make one. */
static bool may_join(const struct key *key)
{
	return key->kind == KIND_LINE && strcmp(key->name, "type") != 0;
}

/* The texts of a list or mapping with ", " between them; false where one is missing or is none. */
static bool join(const struct node *node, struct buffer *out)
{
	for (uint32_t i = 0; i < node->count; i++) {
		const struct node *item = node->kind == NODE_LIST ? node->items[i] : node->entries[i].value;
		if (item->kind != NODE_TEXT || node_is_empty(item) || !str_one_line(str_trim(item->text)))
			return false;
		buffer_format(out, "%s%.*s", out->len ? ", " : "", STR_ARG(str_trim(item->text)));
	}
	return out->len;
}

/* The minutes and days of {hours: 1, minutes: 30}; false where it is no such mapping. */
static bool read_units(const struct node *map, struct duration *duration)
{
	enum { DIGITS_MAXIMUM = 5 };
	*duration = (struct duration){0};
	for (uint32_t i = 0; i < map->count; i++) {
		const struct node *value = map->entries[i].value;
		int unit = unit_minutes(map->entries[i].key->text), number = 0;
		if (!unit || value->kind != NODE_TEXT || !value->text.len || value->text.len > DIGITS_MAXIMUM)
			return false;
		for (size_t j = 0; j < value->text.len; j++) {
			if (value->text.ptr[j] < '0' || value->text.ptr[j] > '9')
				return false;
			number = number * 10 + (value->text.ptr[j] - '0');
		}
		duration->minutes += unit > 0 ? number * unit : 0;
		duration->days += unit < 0 ? number * -unit : 0;
	}
	return duration->minutes || duration->days;
}

/* The text that a list or mapping stands for; false where that cannot be told. */
static bool text_of(struct arena *arena, const struct key *key, const struct node *node, struct buffer *out)
{
	struct duration duration;
	bool is_duration = key->kind == KIND_DURATION || key->kind == KIND_REMINDER;
	if (node->kind == NODE_MAP && is_duration) {
		if (read_units(node, &duration))
			buffer_add(out, duration_format(arena, duration));
		return out->len;
	}
	bool single = node->kind == NODE_LIST && node->count == 1;
	return (single || may_join(key)) && join(node, out);
}

const struct node *shape_text(struct decoder *decoder, const struct key *key, const struct node *node)
{
	if (node->kind == NODE_TEXT)
		return node;
	/* "contact: [x" was a text, as it seems, and its bracket has been reported. */
	if (node->mended)
		return NULL;
	const struct node *meant = colon_text(decoder, key, node);
	if (meant)
		return meant;
	struct buffer text = {0}, written = {0};
	if (text_of(decoder->findings->arena, key, node, &text)) {
		scalar_add(&written, buffer_str(&text));
		shape_add(decoder, key, node, buffer_str(&written));
		meant = node_of(decoder, node, str_copy(decoder->findings->arena, buffer_str(&text)));
	} else {
		shape_add_unknown(decoder, key, node);
	}
	buffer_free(&text);
	buffer_free(&written);
	return meant;
}
