#include "decode/values.h"

#include "base/arena.h"
#include "decode/shape.h"

#include <stdlib.h>
#include <string.h>

/* A decimal number without an exponent; strtod() alone would take "nan", "0x1" and " 1". */
static bool read_degrees(const struct node *node, enum kind kind, double *degrees)
{
	if (node->kind != NODE_TEXT || !node->text.len || node->text.len > 32)
		return false;
	char digits[33];
	memcpy(digits, node->text.ptr, node->text.len);
	digits[node->text.len] = 0;
	char *end;
	*degrees = strtod(digits, &end);
	return !digits[strspn(digits, "+-.0123456789")] && !*end && *degrees >= kinds[kind].minimum &&
	       *degrees <= kinds[kind].maximum;
}

/* Two numbers, as they should be written. */
struct coordinates {
	struct str numbers[2];
	size_t count;
};

/* The length of a number at the beginning of a text; a comma is its decimal sign where the text has no full stop. */
static size_t number_length(struct str s, char decimal)
{
	size_t i = s.len && (s.ptr[0] == '-' || s.ptr[0] == '+'), digits = i;
	while (i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9')
		i++;
	if (i == digits)
		return 0;
	if (i + 1 < s.len && s.ptr[i] == decimal && s.ptr[i + 1] >= '0' && s.ptr[i + 1] <= '9')
		for (i++; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9';)
			i++;
	return i;
}

/* A number with a full stop, and a minus where it is of the south or the west. */
static struct str write_number(struct arena *arena, struct str written, bool negative)
{
	char *number = (char *)str_format(arena, "%s%.*s", negative ? "-" : "", STR_ARG(written)).ptr;
	for (char *c = number; *c; c++)
		if (*c == ',')
			*c = '.';
	return str_from(*number == '+' ? number + 1 : number);
}

/* "52.09, 5.12", "52,1;5,1", "52.09° N, 5.12° E". False: it is not just two numbers. */
static bool read_pair(struct arena *arena, struct str text, struct coordinates *pair)
{
	static const char *const ignored[] = {" ", ",", ";", "/", "°", "N", "E", "O", "[", "]", "(", ")", NULL};
	char decimal = str_find(text, '.') < text.len ? '.' : ',';
	for (size_t i = 0, len; i < text.len; i += len) {
		struct str rest = str_part(text, i, text.len);
		len = number_length(rest, decimal);
		if (len && pair->count == 2)
			return false;
		if (len) {
			struct str behind = str_trim(str_part(rest, len, rest.len));
			if (str_starts(behind, STR("°")))
				behind = str_trim(str_part(behind, sizeof("°") - 1, behind.len));
			bool negative = behind.len && strchr("SZW", behind.ptr[0]) && rest.ptr[0] != '-';
			pair->numbers[pair->count++] = write_number(arena, str_part(rest, 0, len), negative);
			continue;
		}
		for (const char *const *word = ignored; *word && !len; word++)
			len = str_starts(rest, str_from(*word)) ? strlen(*word) : 0;
		len += !len && pair->count && strchr("SZW", rest.ptr[0]);
		if (!len)
			return false;
	}
	return pair->count == 2;
}

/* The texts of a list, as it was typed; of a mapping the latitude and the longitude. False: it has others. */
static bool add_texts(const struct node *node, struct buffer *out)
{
	if (node->kind == NODE_TEXT) {
		buffer_add(out, node->text);
		return true;
	}
	bool swapped = false;
	for (uint32_t i = 0; i < node->count; i++) {
		const struct node *item = node->kind == NODE_LIST ? node->items[i] : node->entries[i].value;
		struct str key = node->kind == NODE_MAP ? node->entries[i].key->text : STR("");
		if (item->kind != NODE_TEXT)
			return false;
		swapped |= !i && str_starts(key, STR("lo"));
		/* [52,09, 5,12] */
		bool part = node->kind == NODE_LIST && node->count == 4 && i % 2;
		buffer_format(out, "%s%.*s", !i ? "" : part ? "," : ", ", STR_ARG(item->text));
	}
	return node->count > 1 && !swapped;
}

bool value_geo(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct position *position = value;
	struct arena *arena = decoder->findings->arena;
	if (node->kind == NODE_LIST && node->count == 2 &&
		read_degrees(node->items[0], KIND_LATITUDE, &position->latitude) &&
		read_degrees(node->items[1], KIND_LONGITUDE, &position->longitude))
		return true;
	struct buffer text = {0};
	struct coordinates pair = {.count = 0};
	bool sure = add_texts(node, &text) && read_pair(arena, buffer_str(&text), &pair);
	for (size_t i = 0; sure && i < 2; i++) {
		struct node number = {.kind = NODE_TEXT, .text = pair.numbers[i]};
		sure = read_degrees(
			&number, i ? KIND_LONGITUDE : KIND_LATITUDE, i ? &position->longitude : &position->latitude);
	}
	buffer_free(&text);
	if (!sure && node->kind == NODE_MAP)
		shape_add_unknown(decoder, key, node);
	else if (!sure)
		ADD(decoder, MSG_BAD_GEO, node->span, shape_form(arena, key));
	if (!sure)
		return false;
	struct str right = str_format(arena, "[%.*s, %.*s]", STR_ARG(pair.numbers[0]), STR_ARG(pair.numbers[1]));
	if (node->kind == NODE_MAP) {
		shape_add(decoder, key, node, right);
		return true;
	}
	size_t number = ADD(decoder, MSG_BAD_GEO, node->span, str_format(arena, "%s: %.*s", key->name, STR_ARG(right)));
	shape_replace(decoder, number, node, right);
	return true;
}
