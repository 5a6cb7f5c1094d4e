#include "text/mask.h"

#include "base/arena.h"
#include "text/links.h"
#include "text/loss.h"
#include "text/parse.h"

#include <string.h>

/* "[label]: address": what may be a definition. */
struct definition {
	size_t begin;   /* of its bracket */
	size_t address; /* where its address begins */
	bool leads;     /* to somewhere, or nearly: else it was never meant as a link */
	bool is_text;   /* md4c says that the bracket is text */
	bool used;      /* md4c says that a link leads to the address */
};

struct definitions {
	struct definition *items;
	size_t count, next;      /* next: the first that no text has passed yet */
	const char *begin, *end; /* the mask */
	size_t addressed;        /* bytes of the addresses of links */
};

/* Takes the place of a mark: a letter, since words are what md4c leaves alone. */
static void hide(struct arena *arena, struct str text, char **mask, size_t at)
{
	if (!*mask)
		*mask = (char *)str_copy(arena, text).ptr;
	(*mask)[at] = 'x';
}

/* Whether md4c takes what stands at a byte for an address anyway: in a link, a definition, between < and >, in HTML. */
static bool is_taken(struct str text, size_t at)
{
	struct str before = str_part(text, 0, at);
	return at &&
	       (before.ptr[at - 1] == '<' || before.ptr[at - 1] == '=' || str_ends(before, STR("](")) ||
		       str_ends(before, STR("=\"")) || str_ends(before, STR("='")) || str_ends(before, STR("]: ")));
}

static bool begins_entity(struct str s)
{
	size_t i = 1;
	while (i < s.len && i < 32 &&
		((s.ptr[i] >= '0' && s.ptr[i] <= '9') ||
			(ascii_lower(s.ptr[i]) >= 'a' && ascii_lower(s.ptr[i]) <= 'z') || (s.ptr[i] == '#' && i == 1)))
		i++;
	return i > 1 && i < s.len && s.ptr[i] == ';';
}

static void hide_in_address(struct arena *arena, struct str text, char **mask, size_t at, size_t len)
{
	bool taken = is_taken(text, at);
	for (size_t i = at; i < at + len; i++)
		if (text.ptr[i] == '&' ? !begins_entity(str_part(text, i, text.len))
				       : !taken && (text.ptr[i] == '*' || text.ptr[i] == '_'))
			hide(arena, text, mask, i);
}

static bool is_digit(struct str text, size_t i)
{
	return i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9';
}

/* Hides the marks of addresses, and asterisks between digits. */
static void hide_marks(struct arena *arena, struct str text, char **mask)
{
	for (size_t i = 0; i < text.len; i++) {
		size_t len = link_may_begin(text.ptr[i]) ? link_at(text, i) : 0;
		if (len) {
			hide_in_address(arena, text, mask, i, len);
			i += len - 1;
		} else if (text.ptr[i] == '*') {
			size_t end = i;
			while (end < text.len && text.ptr[end] == '*')
				end++;
			bool between = i && is_digit(text, i - 1) && is_digit(text, end);
			for (; i < end; i++)
				if (between)
					hide(arena, text, mask, i);
			i--;
		}
	}
}

/* Where the text of a line begins, behind what may be marks of quotes and lists. */
static size_t skip_prefix(struct str text, size_t i)
{
	while (i < text.len && text.ptr[i] != '\n' && text.ptr[i] && strchr(" \t>-+*0123456789.)", text.ptr[i]))
		i++;
	return i;
}

static void find_definitions(struct arena *arena, struct str text, struct definitions *found)
{
	for (size_t line = 0; line < text.len; line += str_find(str_part(text, line, text.len), '\n') + 1) {
		size_t begin = skip_prefix(text, line);
		if (begin == text.len || text.ptr[begin] != '[')
			continue;
		size_t i = begin + 1;
		while (i < text.len && text.ptr[i] != '[' && !(text.ptr[i] == ']' && text.ptr[i - 1] != '\\'))
			i++;
		if (i + 1 >= text.len || text.ptr[i] != ']' || text.ptr[i + 1] != ':')
			continue;
		for (i += 2; i < text.len && text.ptr[i] && strchr(" \t\n<>", text.ptr[i]);)
			i++;
		size_t end = i;
		while (end < text.len && text.ptr[end] && !strchr(" \t\n>", text.ptr[end]))
			end++;
		struct str address = str_part(text, i, end);
		bool leads = link_leads(address) || link_mend(arena, address).len;
		found->items = arena_grow(arena, found->items, found->count, sizeof(*found->items));
		found->items[found->count++] = (struct definition){.begin = begin, .address = i, .leads = leads};
	}
}

static int ignore_block(MD_BLOCKTYPE type, void *detail, void *context)
{
	(void)type, (void)detail, (void)context;
	return 0;
}

static int ignore_span(MD_SPANTYPE type, void *detail, void *context)
{
	(void)type, (void)detail, (void)context;
	return 0;
}

static int see_span(MD_SPANTYPE type, void *detail, void *context)
{
	struct definitions *found = context;
	if (type != MD_SPAN_A && type != MD_SPAN_IMG)
		return 0;
	const MD_ATTRIBUTE *address =
		type == MD_SPAN_A ? &((MD_SPAN_A_DETAIL *)detail)->href : &((MD_SPAN_IMG_DETAIL *)detail)->src;
	found->addressed += address->size;
	/* md4c goes on behind a link unless it is negative. */
	if (found->addressed > ADDRESSES_MOST)
		return -1;
	if (!address->size || address->text < found->begin || address->text >= found->end)
		return 0;
	size_t at = (size_t)(address->text - found->begin), low = 0, high = found->count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (found->items[middle].address <= at)
			low = middle;
		else
			high = middle;
	}
	found->items[low].used |= found->items[low].address == at;
	return 0;
}

static int see_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *context)
{
	struct definitions *found = context;
	(void)type;
	if (text < found->begin || text >= found->end)
		return 0;
	size_t begin = (size_t)(text - found->begin), end = begin + size;
	while (found->next < found->count && found->items[found->next].begin < end) {
		found->items[found->next].is_text = found->items[found->next].begin >= begin;
		found->next++;
	}
	return 0;
}

/* Markdown drops a definition. What it says is shown where a link uses it; any other was meant as text. */
static void hide_definitions(struct arena *arena, struct str text, char **mask)
{
	struct definitions found = {0};
	for (size_t i = 0; i + 1 < text.len; i++) {
		i += str_find(str_part(text, i, text.len), ']');
		if (i + 1 < text.len && text.ptr[i + 1] == ':') {
			find_definitions(arena, text, &found);
			break;
		}
	}
	if (!found.count)
		return;
	static const MD_PARSER parser = {
		0, PARSE_FLAGS, ignore_block, ignore_block, see_span, ignore_span, see_text, NULL, NULL};
	found.begin = *mask ? *mask : text.ptr;
	found.end = found.begin + text.len;
	/* One with too many addresses is not published (document.h). */
	if (md_parse(found.begin, (MD_SIZE)text.len, &parser, &found) && found.addressed <= ADDRESSES_MOST)
		memory_gone();
	for (size_t i = 0; i < found.count; i++)
		if (!found.items[i].is_text && !(found.items[i].used && found.items[i].leads))
			hide(arena, text, mask, found.items[i].begin);
}

struct str mask(struct arena *arena, struct str text)
{
	char *mask = NULL;
	hide_marks(arena, text, &mask);
	hide_definitions(arena, text, &mask);
	return mask ? (struct str){mask, text.len} : text;
}
