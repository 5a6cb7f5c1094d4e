#include "decode/typed.h"

#include "base/arena.h"
#include "base/unseen.h"
#include "decode/values.h"
#include "input/locate.h"
#include "time/read.h"

#include <string.h>

/* The kind of a value, or of the items of a list. */
static enum kind kind_of(const struct key *key)
{
	enum built built = kinds[key->kind].built;
	return built == BUILT_LIST || built == BUILT_PAIR ? kinds[key->kind].item : key->kind;
}

/* A text of the author's own, in which nearly all may stand; not the name of a type. */
static bool is_text(const struct key *key)
{
	return kind_of(key) == KIND_TEXT || kind_of(key) == KIND_MARKDOWN ||
	       (kind_of(key) == KIND_LINE && !str_starts(str_from(key->name), STR("type")) &&
		       strcmp(key->name, "categories") != 0);
}

/* The same, or a category: a # behind it may be meant as a part of it. */
static bool is_own(const struct key *key)
{
	return is_text(key) || kind_of(key) == KIND_CATEGORY || !strcmp(key->name, "categories");
}

/* What becomes of a blank that is none within a value: an address has no spaces, a date has. */
static enum unseen_blanks blanks_of(const struct key *key)
{
	switch (kind_of(key)) {
	case KIND_ID:
	case KIND_UID:
	case KIND_DOMAIN:
	case KIND_EMAIL:
	case KIND_URL:
	case KIND_COLOR:
	case KIND_KEY:
	case KIND_ZONE:
	case KIND_RULE:
		return BLANKS_DROP;
	default:
		return BLANKS_SPACES;
	}
}

/* Turns of direction, in a text where all else may stand. */
static void find_directions(struct decoder *decoder, const struct node *node)
{
	struct findings *findings = decoder->findings;
	struct locator locator = locator_open(findings->sources, node->span, node->text);
	for (size_t at = unseen_direction(node->text, 0); at < node->text.len;) {
		struct unseen unseen = unseen_at(node->text, at);
		struct span span = locator_find(&locator, (struct extent){at, at + unseen.len});
		size_t number = ADD(decoder, MSG_INVISIBLE_DIRECTION, span,
			unseen_name(findings->arena, unseen.point, local_language()));
		if (str_equal(source_text(findings->sources, span), str_part(node->text, at, at + unseen.len)))
			finding_fix(findings, number, span, STR(""));
		at = unseen_direction(node->text, at + unseen.len);
	}
}

/* The name of an unseen character of a node's text. */
static struct str name_of(struct findings *findings, const struct node *node, struct unseen unseen)
{
	/* A byte order mark arrives as a zero width space (input/encoding.h). */
	struct str written = source_text(findings->sources, node->span);
	for (size_t i = 0; unseen.point == 0x200B && i < written.len; i++)
		if (unseen_at(written, i).point == 0xFEFF)
			unseen.point = 0xFEFF;
	return unseen_name(findings->arena, unseen.point, local_language());
}

static struct node *with_text(struct decoder *decoder, const struct node *node, struct str text)
{
	struct node *copy = arena_alloc(decoder->findings->arena, sizeof(*copy));
	*copy = *node;
	copy->text = text;
	return copy;
}

/* A value without what nobody sees in it. */
static const struct node *strip_unseen(struct decoder *decoder, const struct key *key, const struct node *node)
{
	struct findings *findings = decoder->findings;
	struct unseen first;
	size_t at;
	struct str stripped = unseen_strip(findings->arena, node->text, blanks_of(key), &first, &at);
	if (stripped.ptr == node->text.ptr)
		return node;
	ADD(decoder, MSG_INVISIBLE_CHARACTER, node->span, name_of(findings, node, first), stripped, stripped);
	return with_text(decoder, node, stripped);
}

/* The length of a quote of a word processor at an end of a text, or 0. */
static size_t curly_at(struct str s, bool end)
{
	static const char *const quotes[] = {"“", "”", "„", "‘", "’", "‚", "«", "»", "‹", "›", "`", "´", NULL};
	for (const char *const *quote = quotes; *quote; quote++) {
		struct str q = str_from(*quote);
		if (end ? str_ends(s, q) : str_starts(s, q))
			return q.len;
	}
	return 0;
}

/* “16:00”: quotes that YAML does not know, so that they are a part of the value. */
static const struct node *strip_quotes(struct decoder *decoder, const struct key *key, const struct node *node)
{
	struct str text = node->text;
	size_t open = curly_at(text, false), close = curly_at(text, true);
	if (!open || !close || text.len <= open + close)
		return node;
	struct str within = str_trim(str_part(text, open, text.len - close));
	bool date = kind_of(key) == KIND_DATE || kind_of(key) == KIND_MOMENT || kind_of(key) == KIND_START;
	bool time = key->kind == KIND_ENDING && time_looks_like(within);
	ADD(decoder,
		time                               ? MSG_BAD_TIME_QUOTES
		: date || key->kind == KIND_ENDING ? MSG_BAD_DATE_QUOTES
						   : MSG_BAD_VALUE_QUOTES,
		node->span, str_part(text, 0, open), str_part(text, text.len - close, text.len), within);
	return with_text(decoder, node, within);
}

struct str typed_comment(const struct sources *sources, const struct node *node)
{
	const struct source *source = source_get(sources, node->span.source);
	struct str rest = str_part(source->bytes, node->span.end, source->bytes.len);
	/* Only between brackets a text ends in front of a comma. */
	size_t i = rest.len && rest.ptr[0] == ',';
	size_t begin = i;
	while (i < rest.len && (rest.ptr[i] == ' ' || rest.ptr[i] == '\t'))
		i++;
	if (i == begin || i + 1 >= rest.len || rest.ptr[i] != '#' || strchr(" \t\r\n", rest.ptr[i + 1]))
		return STR("");
	size_t end = i;
	while (end < rest.len && rest.ptr[end] != '\n' && rest.ptr[end] != '\r')
		end++;
	while (strchr(" \t", rest.ptr[end - 1]))
		end--;
	return str_part(rest, i, end);
}

/* Only where a digit follows the # it is sure that it belongs to the text. */
static bool is_sure(struct str comment)
{
	return comment.len > 1 && comment.ptr[1] >= '0' && comment.ptr[1] <= '9';
}

const struct node *typed_empty_item(struct decoder *decoder, const struct key *key, const struct node *item)
{
	const struct sources *sources = decoder->findings->sources;
	struct str name = str_from(key->name), comment = typed_comment(sources, item);
	if (!comment.len) {
		ADD(decoder, MSG_EMPTY_ITEM, item->span, name);
		return NULL;
	}
	uint32_t begin = (uint32_t)(comment.ptr - source_get(sources, item->span.source)->bytes.ptr);
	struct span span = {item->span.source, begin, begin + (uint32_t)comment.len};
	struct str quoted = value_quoted(decoder->findings->arena, comment);
	size_t number = ADD(decoder, MSG_EMPTY_ITEM_COMMENT, span, name, quoted);
	if (!is_sure(comment))
		return NULL;
	finding_fix(decoder->findings, number, span, quoted);
	return with_text(decoder, item, comment);
}

/* "Webinar #3": YAML makes a comment of what may be a part of the text. Returns the node to read. */
static const struct node *find_comment(struct decoder *decoder, const struct node *node, bool listed)
{
	struct arena *arena = decoder->findings->arena;
	const struct source *source = source_get(decoder->findings->sources, node->span.source);
	struct str written = source_text(decoder->findings->sources, node->span);
	struct str comment = written.len && written.ptr[0] != '|' && written.ptr[0] != '>'
				     ? typed_comment(decoder->findings->sources, node)
				     : STR("");
	if (!comment.len)
		return node;
	uint32_t begin = (uint32_t)(comment.ptr - source->bytes.ptr);
	struct str between = str_part(source->bytes, node->span.end, begin);
	bool item = listed && str_find(between, ',') < between.len;
	struct str text = comment;
	if (!item)
		text = str_format(
			arena, "%.*s%.*s%.*s", STR_ARG(str_trim(node->text)), STR_ARG(between), STR_ARG(text));
	bool sure = is_sure(comment) && str_one_line(node->text) && !item && written.ptr[0] != '&';
	struct span span = {node->span.source, begin, begin + (uint32_t)comment.len};
	struct str quoted = value_quoted(arena, text);
	size_t number = ADD(decoder, MSG_COMMENT_IN_TEXT, span, quoted,
		str_format(arena, "# %.*s", STR_ARG(str_part(comment, 1, comment.len))));
	if (!sure)
		return node;
	finding_fix(decoder->findings, number, (struct span){span.source, node->span.begin, span.end}, quoted);
	return with_text(decoder, node, text);
}

/* Printable ASCII without a quote of a word processor, as most values are. */
static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)(s.ptr[i] - ' ') > '~' - ' ')
			return false;
	return str_find(s, '`') == s.len;
}

static const struct node *look(struct decoder *decoder, const struct key *key, const struct node *node, bool listed)
{
	if (node->kind != NODE_TEXT || !node->text.len)
		return node;
	if (is_own(key))
		node = find_comment(decoder, node, listed);
	if (is_plain(node->text))
		return node;
	if (is_text(key)) {
		find_directions(decoder, node);
		return node;
	}
	return strip_quotes(decoder, key, strip_unseen(decoder, key, node));
}

const struct node *typed_look(struct decoder *decoder, const struct key *key, const struct node *node)
{
	enum built built = kinds[key->kind].built;
	if (node->kind != NODE_LIST)
		return built == BUILT_ONE || built == BUILT_LIST ? look(decoder, key, node, false) : node;
	if (built != BUILT_LIST && built != BUILT_PAIR)
		return node;
	const struct source *source = source_get(decoder->findings->sources, node->span.source);
	bool flow = node->span.begin < source->bytes.len && source->bytes.ptr[node->span.begin] == '[';
	struct node *copy = NULL;
	for (uint32_t i = 0; i < node->count; i++) {
		const struct node *item = look(decoder, key, node->items[i], flow);
		if (item == node->items[i])
			continue;
		if (!copy) {
			copy = arena_alloc(decoder->findings->arena, sizeof(*copy));
			*copy = *node;
			copy->items = arena_alloc(decoder->findings->arena, node->count * sizeof(*copy->items));
			memcpy(copy->items, node->items, node->count * sizeof(*copy->items));
		}
		copy->items[i] = (struct node *)item;
	}
	return copy ? copy : node;
}
