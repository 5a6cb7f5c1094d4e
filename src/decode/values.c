#include "decode/values.h"

#include "base/address.h"
#include "base/alike.h"
#include "base/arena.h"
#include "base/suggest.h"
#include "base/url.h"
#include "decode/color.h"
#include "decode/typed.h"
#include "input/encoding.h"
#include "time/limits.h"

#include <stdlib.h>
#include <string.h>

static struct str key_of(const struct key *key)
{
	return str_from(key->name);
}

struct str value_quoted(struct arena *arena, struct str text)
{
	if (str_find(text, '"') == text.len && str_find(text, '\\') == text.len)
		return str_format(arena, "\"%.*s\"", STR_ARG(text));
	struct buffer out = {0};
	for (size_t i = 0; i < text.len; i++) {
		buffer_byte(&out, text.ptr[i]);
		if (text.ptr[i] == '\'')
			buffer_byte(&out, '\'');
	}
	struct str result = str_format(arena, "'%.*s'", (int)out.len, out.len ? out.ptr : "");
	buffer_free(&out);
	return result;
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

static void add_not_text(struct decoder *decoder, const struct key *key, const struct node *node)
{
	struct arena *arena = decoder->findings->arena;
	if (node->kind == NODE_MAP && node->count == 1 && node->entries[0].value->kind == NODE_TEXT) {
		/* "- Samen eten: zo doe je dat" is a mapping for YAML, and a text for the one who wrote it. */
		const struct entry *entry = &node->entries[0];
		struct span span = {node->span.source, entry->key->span.begin, entry->value->span.end};
		struct str whole = source_text(decoder->findings->sources, span);
		if (whole.len && str_find(whole, '\n') == whole.len) {
			ADD(decoder, MSG_WRONG_TYPE_COLON, span, key_of(key), value_quoted(arena, whole));
			return;
		}
	}
	struct str what = node->kind == NODE_MAP ? STR("mapping") : STR("list");
	ADD(decoder, MSG_WRONG_TYPE_TEXT, node->span, key_of(key), what, str_from(key->example));
}

/* encoding_check() has found the control characters that were not written as escapes. */
bool value_text(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct text *text = value;
	if (node->kind != NODE_TEXT) {
		add_not_text(decoder, key, node);
		return false;
	}
	text->str = str_trim(node->text);
	return !node->escaped || encoding_check_text(decoder->findings, node->span, node->text);
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

static struct str slug(struct arena *arena, struct str s)
{
	char out[ID_MAXIMUM + 1];
	size_t len = 0;
	for (size_t i = 0; i < s.len && len < ID_MAXIMUM; i++) {
		char c = ascii_lower(s.ptr[i]);
		if ((unsigned char)c == 0xC3 && i + 1 < s.len)
			c = plain_letter((unsigned char)s.ptr[++i]);
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			out[len++] = c;
		else if (len && out[len - 1] != '-' && !(c & 0x80))
			out[len++] = '-';
	}
	while (len && out[len - 1] == '-')
		len--;
	return str_copy(arena, (struct str){out, len});
}

/* An id that is one for the eye: some of its letters are of another script. */
static bool add_alike(struct decoder *decoder, const struct node *node, struct str id)
{
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
	ADD(decoder, MSG_BAD_ID_SCRIPT, node->span, id, str_from(wording_in(first.script, LANGUAGE_EN)),
		str_format(arena, "U+%04X", (unsigned)first.point), latin);
	return true;
}

bool value_id(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct text *text = value;
	if (!value_line(decoder, key, node, text))
		return false;
	if (is_id(text->str))
		return true;
	if (add_alike(decoder, node, text->str))
		return false;
	struct str better = slug(decoder->findings->arena, text->str);
	ADD(decoder, better.len ? MSG_BAD_ID_SLUG : MSG_BAD_ID, node->span, text->str, better);
	return false;
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
	ADD(decoder, address_is_host(host) ? MSG_BAD_DOMAIN_FORM : MSG_BAD_DOMAIN, node->span, text->str, host);
	return false;
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
	return false;
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
	ADD(decoder, message, node->span, url, right);
	return false;
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
	{NULL, NULL},
};

/* The word of a list, which ends in NULL, that was meant; empty where there is none. */
static struct str meant(struct str written, const char *const *words)
{
	struct str synonym = synonym_meant(synonyms, written);
	for (const char *const *word = words; *word; word++)
		if (str_equal(synonym, str_from(*word)))
			return synonym;
	return suggest_among(written, words, sizeof(*words));
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
	struct str near = meant(text->str, color_names);
	ADD(decoder, near.len ? MSG_BAD_COLOR_NEAR : MSG_BAD_COLOR, node->span, text->str, near);
	return false;
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
	const struct key *near = key_meant(text->str, IN_EVENT);
	ADD(decoder, near ? MSG_BAD_VALUE_NEAR : MSG_BAD_VALUE, node->span, key_of(key), text->str,
		str_from(near ? near->name : kinds[KIND_KEY].shape.en));
	return false;
}

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

bool value_geo(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct position *position = value;
	(void)key;
	if (node->kind == NODE_LIST && node->count == 2 &&
		read_degrees(node->items[0], KIND_LATITUDE, &position->latitude) &&
		read_degrees(node->items[1], KIND_LONGITUDE, &position->longitude))
		return true;
	finding_add(decoder->findings, MSG_BAD_GEO, node->span, NO_WORDS);
	return false;
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
	struct str near = meant(text.str, choices);
	if (near.len)
		ADD(decoder, MSG_BAD_VALUE_NEAR, node->span, key_of(key), text.str, near);
	else
		ADD(decoder, MSG_BAD_VALUE, node->span, key_of(key), text.str,
			str_format(decoder->findings->arena, "one of: %.*s",
				STR_ARG(join_words(decoder->findings->arena, choices))));
	return false;
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

bool value_number(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct choice *choice = value;
	struct text text;
	if (!value_line(decoder, key, node, &text))
		return false;
	int64_t number = 0;
	bool digits = text.str.len <= 9;
	for (size_t i = 0; digits && i < text.str.len; i++) {
		digits = text.str.ptr[i] >= '0' && text.str.ptr[i] <= '9';
		number = number * 10 + (text.str.ptr[i] - '0');
	}
	choice->value = (int)number;
	if (digits && number >= kinds[key->kind].minimum)
		return true;
	ADD(decoder, MSG_BAD_VALUE, node->span, key_of(key), text.str, str_from(kinds[key->kind].shape.en));
	return false;
}

bool value_each(struct decoder *decoder, const struct key *key, const struct node *node, void *context,
	bool (*read)(struct decoder *decoder, const struct key *key, const struct node *item, void *context))
{
	bool good = true;
	if (node->kind == NODE_MAP) {
		add_not_text(decoder, key, node);
		return false;
	}
	for (uint32_t i = 0; i < (node->kind == NODE_LIST ? node->count : 1); i++) {
		const struct node *item = node->kind == NODE_LIST ? node->items[i] : node;
		if (node_is_empty(item))
			typed_empty_item(decoder, key, item);
		else
			good &= read(decoder, key, item, context);
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

void value_read(struct decoder *decoder, const struct key *key, const struct node *node, void *target)
{
	struct at *at = target;
	at->span = node->span;
	node = typed_look(decoder, key, node);
	/* Set first: reading looks at other values of the event, and this one is none yet. */
	at->given = GIVEN_INVALID;
	if (kinds[key->kind].read(decoder, key, node, target))
		at->given = GIVEN_VALID;
}
