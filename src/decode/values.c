#include "decode/values.h"

#include "base/address.h"
#include "base/alike.h"
#include "base/arena.h"
#include "base/scalar.h"
#include "base/suggest.h"
#include "base/url.h"
#include "decode/color.h"
#include "decode/shape.h"
#include "decode/typed.h"
#include "input/encoding.h"
#include "time/limits.h"

#include <assert.h>
#include <string.h>

static struct str key_of(const struct key *key)
{
	return str_from(key->name);
}

struct str value_quoted(struct arena *arena, struct str text)
{
	struct buffer out = {0};
	scalar_add_quoted(&out, text, '"');
	struct str quoted = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return quoted;
}

/* The words of a list as "a, b, c". */
static struct str join_words(struct arena *arena, const char *const *words)
{
	struct buffer out = {0};
	for (; *words; words++)
		buffer_format(&out, "%s%s", out.len ? ", " : "", *words);
	struct str joined = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return joined;
}

/* encoding_check() has found the control characters that were not written as escapes. */
bool value_text(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct text *text = value;
	(void)key;
	assert(node->kind == NODE_TEXT);
	text->str = str_trim(node->text);
	return !node->escaped || encoding_check_text(decoder->findings, node->span, node->text);
}

bool value_markdown(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct prose *prose = value;
	struct arena *arena = decoder->findings->arena;
	struct str place = {(const char *)&node->span, sizeof(node->span)};
	bool is_long = node->text.len >= LONG_TEXT;
	prose->rendered = is_long ? map_get(&decoder->rendered, place) : NULL;
	if (!prose->rendered) {
		prose->rendered = arena_alloc(arena, sizeof(*prose->rendered));
		if (is_long)
			map_put(&decoder->rendered, arena, str_copy(arena, place), prose->rendered);
	}
	return value_text(decoder, key, node, &prose->text);
}

bool value_line(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct text *text = value;
	if (!value_text(decoder, key, node, text))
		return false;
	if (!text->str.len) {
		finding_raise(decoder->findings, ADD(decoder, MSG_EMPTY_VALUE, node->span, key_of(key)));
		return false;
	}
	if (str_one_line(text->str))
		return true;
	ADD(decoder, MSG_MULTIPLE_LINES, node->span, key_of(key));
	return false;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_id(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		bool inner = i && i + 1 < s.len && s.ptr[i - 1] != '-';
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '-' && inner)))
			return false;
	}
	return s.len && s.len <= ID_MAXIMUM;
}

/* The plain letter under an accent, for the letters of Latin-1. */
static char plain_letter(unsigned char low)
{
	static const char letters[] = "aaaaaaaceeeeiiiidnooooo-ouuuuyts"
				      "aaaaaaaceeeeiiiidnooooo-ouuuuyty";
	return letters[low - 0x80];
}

struct str value_slug(struct arena *arena, struct str s, bool *whole)
{
	char out[ID_MAXIMUM + 1];
	size_t len = 0, i;
	*whole = true;
	for (i = 0; i < s.len && len < ID_MAXIMUM; i++) {
		char c = ascii_lower(s.ptr[i]);
		if ((unsigned char)c == 0xC3 && i + 1 < s.len)
			c = plain_letter((unsigned char)s.ptr[++i]);
		*whole &= !(c & 0x80);
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			out[len++] = c;
		else if (len && out[len - 1] != '-' && !(c & 0x80))
			out[len++] = '-';
	}
	*whole &= i == s.len;
	while (len && out[len - 1] == '-')
		len--;
	return str_copy(arena, (struct str){out, len});
}

/* An id that is one for the eye: some of its letters are of another script. */
static bool add_alike(struct decoder *decoder, const struct node *node, struct text *text)
{
	struct str id = text->str;
	struct arena *arena = decoder->findings->arena;
	struct alike first = {0};
	struct buffer out = {0};
	for (size_t i = 0; i < id.len;) {
		struct alike alike = alike_at(id, i);
		if (!first.len)
			first = alike;
		buffer_byte(&out, alike.len ? alike.latin : id.ptr[i]);
		i += alike.len ? alike.len : 1;
	}
	struct str latin = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	if (!first.len || !is_id(latin))
		return false;
	ADD(decoder, MSG_BAD_ID_SCRIPT, node->span, id, str_from(local_text(first.script)),
		str_format(arena, "U+%04X", (unsigned)first.point), latin);
	text->str = latin;
	return true;
}

bool value_id(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct text *text = value;
	if (!value_line(decoder, key, node, text))
		return false;
	if (is_id(text->str))
		return true;
	if (add_alike(decoder, node, text))
		return true;
	bool whole;
	struct str better = value_slug(decoder->findings->arena, text->str, &whole);
	size_t number = ADD(decoder, better.len ? MSG_BAD_ID_SLUG : MSG_BAD_ID, node->span, text->str, better);
	/* Events name a type by what it is called now. */
	if (!whole || !better.len || key->kind != KIND_ID || !strcmp(key->name, "types"))
		return false;
	finding_fix_value(decoder->findings, number, better);
	text->str = better;
	return true;
}

bool value_uid(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct text *text = value;
	if (!value_line(decoder, key, node, text))
		return false;
	struct arena *arena = decoder->findings->arena;
	if (text->str.len > UID_MAXIMUM)
		ADD(decoder, MSG_BAD_UID_LONG, node->span, text->str, str_format(arena, "%zu", text->str.len));
	else if (str_find(text->str, ' ') != text->str.len)
		ADD(decoder, MSG_BAD_UID, node->span, text->str);
	else
		return true;
	return false;
}

bool value_domain(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct text *text = value;
	if (!value_line(decoder, key, node, text))
		return false;
	if (address_is_host(text->str))
		return true;
	struct str host = text->str;
	for (size_t i = 0; i + 3 <= host.len; i++)
		if (str_starts(str_part(host, i, host.len), STR("://"))) {
			host = str_part(host, i + 3, host.len);
			break;
		}
	host.len = str_find(host, '/');
	if (str_find(host, '@') < host.len)
		host = str_part(host, str_find(host, '@') + 1, host.len);
	bool sure = address_is_host(host);
	ADD(decoder, sure ? MSG_BAD_DOMAIN_FORM : MSG_BAD_DOMAIN, node->span, text->str, host);
	text->str = host;
	return sure;
}

bool value_email(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct text *text = value;
	if (!value_line(decoder, key, node, text))
		return false;
	if (address_is_email(text->str))
		return true;
	struct str mended = address_mend(decoder->findings->arena, text->str);
	ADD(decoder, mended.len ? MSG_BAD_EMAIL_FORM : MSG_BAD_EMAIL, node->span, text->str, mended);
	text->str = mended;
	return mended.len;
}

bool value_url(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct text *text = value;
	if (!value_line(decoder, key, node, text))
		return false;
	struct arena *arena = decoder->findings->arena;
	struct str url = text->str, right = STR("");
	enum message message = MSG_BAD_URL;
	switch (url_check(url)) {
	case URL_OK:
		return true;
	case URL_NONE:
		right = url_mend(arena, url);
		message = right.len ? MSG_BAD_URL_FORM : MSG_BAD_URL;
		break;
	case URL_HOST:
		message = MSG_BAD_URL_HOST;
		break;
	case URL_CHARACTER:
		right = url_escape(arena, url);
		message = MSG_BAD_URL_CHARACTER;
		break;
	}
	size_t number = ADD(decoder, message, node->span, url, right);
	/* Behind a space something else may begin. */
	bool sure = right.len && str_find(url, ' ') == url.len;
	if (sure)
		finding_fix_value(decoder->findings, number, right);
	text->str = right;
	return sure;
}

/* True for a text of digits, one at least, and other characters of a set. */
static bool is_number(struct str text, const char *others)
{
	size_t digits = 0;
	for (size_t i = 0; i < text.len; i++) {
		bool digit = text.ptr[i] >= '0' && text.ptr[i] <= '9';
		digits += digit;
		if (!digit && !strchr(others, text.ptr[i]))
			return false;
	}
	return digits > 0;
}

bool value_meeting(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct str written = node->kind == NODE_TEXT ? str_trim(node->text) : STR("");
	bool call = str_equal_nocase(str_part(written, 0, sizeof("tel:") - 1), STR("tel:"));
	if (!call || !is_number(str_part(written, sizeof("tel:") - 1, written.len), "+().-"))
		return value_url(decoder, key, node, value);
	return value_line(decoder, key, node, value);
}

bool value_phone(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct text *text = value;
	if (!value_line(decoder, key, node, text))
		return false;
	if (is_number(text->str, " +-()"))
		return true;
	ADD(decoder, MSG_BAD_VALUE_PHONE, node->span, text->str);
	return false;
}

/* Words that people write for a value. */
static const struct synonym synonyms[] = {
	{"rood", "red"},
	{"blauw", "blue"},
	{"groen", "green"},
	{"geel", "yellow"},
	{"oranje", "orange"},
	{"paars", "purple"},
	{"roze", "pink"},
	{"bruin", "brown"},
	{"zwart", "black"},
	{"wit", "white"},
	{"grijs", "gray"},
	{"lichtblauw", "lightblue"},
	{"donkerblauw", "darkblue"},
	{"lichtgroen", "lightgreen"},
	{"donkergroen", "darkgreen"},
	{"lichtgrijs", "lightgray"},
	{"donkergrijs", "darkgray"},
	{"donkerrood", "darkred"},
	{"goud", "gold"},
	{"zilver", "silver"},
	{"turkoois", "turquoise"},
	{"uitgesteld", "postponed"},
	{"geannuleerd", "cancelled"},
	{"afgelast", "cancelled"},
	{"bevestigd", "confirmed"},
	{"voorlopig", "tentative"},
	{"vrij", "free"},
	{"bezet", "busy"},
	{"afwezig", "away"},
	{"openbaar", "public"},
	{"vertrouwelijk", "confidential"},
	{"hoog", "high"},
	{"laag", "low"},
	{"ja", "true"},
	{"yes", "true"},
	{"nee", "false"},
	{"no", "false"},
	{"nederlands", "nl"},
	{"engels", "en"},
	{"prive", "private"},
	{"privé", "private"},
	{"publiek", "public"},
	{"normaal", "normal"},
	{"gecanceld", "cancelled"},
	{"vervallen", "cancelled"},
	{"vervalt", "cancelled"},
	{"canceled", "cancelled"},
	{"optie", "tentative"},
	{"onder voorbehoud", "tentative"},
	{"definitief", "confirmed"},
	{"waar", "true"},
	{"onwaar", "false"},
	{"on", "true"},
	{"off", "false"},
	{"aan", "true"},
	{"uit", "false"},
	{"dutch", "nl"},
	{"english", "en"},
	{"nl-nl", "nl"},
	{"en-gb", "en"},
	{"en-us", "en"},
	{NULL, NULL},
};

/* The word of a list, which ends in NULL, that was meant; of none best is empty. */
static struct suggestion meant(struct str written, const char *const *words)
{
	struct suggestion near = {0};
	struct str synonym = synonym_meant(synonyms, written);
	for (const char *const *word = words; *word; word++)
		if (str_equal(synonym, str_from(*word)))
			return (struct suggestion){.best = synonym, .sure = true};
	suggest_all(&near, written, words, sizeof(*words));
	return near;
}

bool value_color(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct text *text = value;
	if (!value_line(decoder, key, node, text))
		return false;
	for (const char *const *name = color_names; *name; name++)
		if (str_equal_nocase(text->str, str_from(*name))) {
			text->str = str_from(*name);
			return true;
		}
	struct suggestion near = meant(text->str, color_names);
	size_t number =
		ADD(decoder, near.best.len ? MSG_BAD_COLOR_NEAR : MSG_BAD_COLOR, node->span, text->str, near.best);
	if (near.sure)
		finding_fix_value(decoder->findings, number, near.best);
	text->str = near.best;
	return near.sure;
}

bool value_category(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct text *text = value;
	if (!value_line(decoder, key, node, text))
		return false;
	if (str_find(text->str, ',') == text->str.len)
		return true;
	ADD(decoder, MSG_BAD_VALUE_COMMA, node->span, text->str);
	return false;
}

bool value_key(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct text *text = value;
	if (!value_line(decoder, key, node, text))
		return false;
	if (key_find(text->str, IN_EVENT))
		return true;
	bool sure;
	const struct key *near = key_meant(text->str, IN_EVENT, &sure);
	size_t number = ADD(decoder, near ? MSG_BAD_VALUE_NEAR : MSG_BAD_VALUE, node->span, key_of(key), text->str,
		str_from(near ? near->name : local_text(kinds[KIND_KEY].shape)));
	if (!near || !sure)
		return false;
	text->str = key_of(near);
	finding_fix_value(decoder->findings, number, text->str);
	return true;
}

/* One of some words, as its place among them. */
static bool read_word(struct decoder *decoder, const struct key *key, const struct node *node,
	const char *const *choices, struct choice *choice)
{
	struct text text;
	if (!value_line(decoder, key, node, &text))
		return false;
	for (int i = 0; choices[i]; i++)
		if (str_equal(text.str, str_from(choices[i]))) {
			choice->value = i;
			return true;
		}
	struct suggestion near = meant(text.str, choices);
	if (!near.best.len) {
		ADD(decoder, MSG_BAD_VALUE, node->span, key_of(key), text.str,
			str_format(decoder->findings->arena, LOCAL("one of: %.*s", "een van: %.*s"),
				STR_ARG(join_words(decoder->findings->arena, choices))));
		return false;
	}
	size_t number = ADD(decoder, MSG_BAD_VALUE_NEAR, node->span, key_of(key), text.str, near.best);
	if (near.sure)
		finding_fix_value(decoder->findings, number, near.best);
	for (int i = 0; choices[i]; i++)
		if (str_equal(near.best, str_from(choices[i])))
			choice->value = i;
	return near.sure;
}

bool value_choice(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	return read_word(decoder, key, node, key->words, value);
}

bool value_boolean(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	static const char *const booleans[] = {"false", "true", NULL};
	return read_word(decoder, key, node, booleans, value);
}

/* The digits of a text that has no others: "max. 25 personen"; empty where it is not sure. */
static struct str digits_of(struct str text)
{
	size_t begin = 0, end;
	while (begin < text.len && !is_digit(text.ptr[begin]))
		begin++;
	for (end = begin; end < text.len && is_digit(text.ptr[end]);)
		end++;
	for (size_t i = end; i < text.len; i++)
		if (is_digit(text.ptr[i]))
			return STR("");
	bool signed_or_part = begin && strchr("-+.,", text.ptr[begin - 1]);
	return signed_or_part || (end < text.len && strchr("%+.,", text.ptr[end])) ? STR("")
										   : str_part(text, begin, end);
}

static bool read_number(struct str text, int *number)
{
	int64_t value = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (!is_digit(text.ptr[i]) || i == 9)
			return false;
		value = value * 10 + (text.ptr[i] - '0');
	}
	*number = (int)value;
	return text.len;
}

bool value_number(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct choice *choice = value;
	struct text text;
	int minimum = kinds[key->kind].minimum;
	if (!value_line(decoder, key, node, &text))
		return false;
	if (read_number(text.str, &choice->value) && choice->value >= minimum)
		return true;
	struct str digits = digits_of(text.str);
	bool sure = digits.len < text.str.len && read_number(digits, &choice->value) && choice->value >= minimum;
	size_t number = ADD(decoder, MSG_BAD_VALUE, node->span, key_of(key), text.str,
		sure ? digits : str_from(local_text(kinds[key->kind].shape)));
	if (sure)
		finding_fix_value(decoder->findings, number, digits);
	return sure;
}

bool value_each(struct decoder *decoder, const struct key *key, const struct node *node, void *context,
	bool (*read)(struct decoder *decoder, const struct key *key, const struct node *item, void *context))
{
	bool good = true;
	for (uint32_t i = 0; i < (node->kind == NODE_LIST ? node->count : 1); i++) {
		const struct node *item = node->kind == NODE_LIST ? node->items[i] : node;
		const struct node *text =
			node_is_empty(item) ? typed_empty_item(decoder, key, item) : shape_text(decoder, key, item);
		good &= text ? read(decoder, key, text, context) : node_is_empty(item);
	}
	return good;
}

static bool add_text(struct decoder *decoder, const struct key *key, const struct node *item, void *list)
{
	struct texts *texts = list;
	struct text text = {.at = {item->span, GIVEN_VALID}};
	if (!kinds[kinds[key->kind].item].read(decoder, key, item, &text))
		return false;
	texts->items = arena_grow(decoder->findings->arena, texts->items, texts->count, sizeof(*texts->items));
	texts->items[texts->count++] = text;
	return true;
}

bool value_texts(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	return value_each(decoder, key, node, value, add_text);
}

/* A list that is longer than it may be: a finding, and as much of it as it may have. */
static bool shorten(struct decoder *decoder, const struct key *key, const struct node *node, struct node *shorter)
{
	uint32_t most = kinds[key->kind].most;
	bool named = kinds[key->kind].built == BUILT_NAMED || kinds[key->kind].built == BUILT_NAMED_MAPS;
	if (node->kind != (named ? NODE_MAP : NODE_LIST) || node->count <= most)
		return false;
	struct span span = node->kind == NODE_LIST ? node->items[most]->span : node->entries[most].key->span;
	ADD(decoder, MSG_TOO_LARGE_LIST, span, key_of(key), str_format(decoder->findings->arena, "%u", most));
	*shorter = *node;
	shorter->count = most;
	return true;
}

void value_read(struct decoder *decoder, const struct key *key, const struct node *node, void *target)
{
	struct at *at = target;
	at->span = node->span;
	node = typed_look(decoder, key, node);
	/* Set first: reading looks at other values of the event, and this one is none yet. */
	at->given = GIVEN_INVALID;
	if (kinds[key->kind].built == BUILT_ONE)
		node = shape_text(decoder, key, node);
	struct node shorter;
	bool whole = !node || !kinds[key->kind].most || !shorten(decoder, key, node, &shorter);
	if (node && kinds[key->kind].read(decoder, key, whole ? node : &shorter, target) && whole)
		at->given = GIVEN_VALID;
}
