#include "base/unseen.h"

#include "base/arena.h"

#include <utf8proc.h>

static const struct {
	int32_t first, last;
	enum unseen_kind kind;
	struct wording name;
} ranges[] = {
	{'\t', '\t', UNSEEN_BLANK, W("tab", "tab")},
	{0x00A0, 0x00A0, UNSEEN_BLANK, W("no-break space", "harde spatie")},
	{0x00AD, 0x00AD, UNSEEN_NOTHING, W("soft hyphen", "zacht koppelteken")},
	{0x061C, 0x061C, UNSEEN_DIRECTION, W("bidirectional control", "teken dat de leesrichting verandert")},
	{0x2000, 0x200A, UNSEEN_BLANK, W("typographic space", "typografische spatie")},
	{0x200B, 0x200B, UNSEEN_NOTHING, W("zero width space", "spatie zonder breedte")},
	{0x200C, 0x200C, UNSEEN_JOINER, W("zero width non-joiner", "onzichtbaar scheidingsteken")},
	{0x200D, 0x200D, UNSEEN_JOINER, W("zero width joiner", "onzichtbaar verbindingsteken")},
	{0x200E, 0x200F, UNSEEN_DIRECTION, W("bidirectional control", "teken dat de leesrichting verandert")},
	{0x202A, 0x202E, UNSEEN_DIRECTION, W("bidirectional control", "teken dat de leesrichting verandert")},
	{0x202F, 0x202F, UNSEEN_BLANK, W("narrow no-break space", "smalle harde spatie")},
	{0x205F, 0x205F, UNSEEN_BLANK, W("typographic space", "typografische spatie")},
	{0x2060, 0x2060, UNSEEN_NOTHING, W("word joiner", "onzichtbaar verbindingsteken")},
	{0x2061, 0x2065, UNSEEN_NOTHING, W("hidden character", "onzichtbaar teken")},
	{0x2066, 0x2069, UNSEEN_DIRECTION, W("bidirectional control", "teken dat de leesrichting verandert")},
	{0x3000, 0x3000, UNSEEN_BLANK, W("wide space", "brede spatie")},
	{0xFEFF, 0xFEFF, UNSEEN_NOTHING, W("byte order mark", "BOM")},
};

enum { RANGES = sizeof(ranges) / sizeof(*ranges) };

/* The bytes with which such characters begin. */
static bool may_begin(unsigned char c)
{
	return c == '\t' || c == 0xC2 || c == 0xD8 || c == 0xE2 || c == 0xE3 || c == 0xEF;
}

static bool beyond_ascii(struct str s, size_t i)
{
	return i < s.len && (s.ptr[i] & 0x80);
}

struct unseen unseen_at(struct str s, size_t i)
{
	struct unseen none = {UNSEEN_NONE, 0, 0};
	int32_t point;
	if (!may_begin((unsigned char)s.ptr[i]))
		return none;
	ptrdiff_t len = utf8proc_iterate((const uint8_t *)s.ptr + i, (ptrdiff_t)(s.len - i), &point);
	for (size_t n = 0; len > 0 && n < RANGES && ranges[n].first <= point; n++) {
		if (point > ranges[n].last)
			continue;
		bool part = ranges[n].kind == UNSEEN_JOINER && i && beyond_ascii(s, i - 1) &&
			    beyond_ascii(s, i + (size_t)len);
		return part ? none : (struct unseen){ranges[n].kind, (size_t)len, point};
	}
	return none;
}

struct str unseen_name(struct arena *arena, int32_t point, enum language language)
{
	for (size_t n = 0; n < RANGES; n++)
		if (point >= ranges[n].first && point <= ranges[n].last)
			return str_format(arena, "%s (U+%04X)", wording_in(ranges[n].name, language), (unsigned)point);
	return str_format(arena, "U+%04X", (unsigned)point);
}

/* From the first character that is seen to behind the last. */
static struct extent visible(struct str s)
{
	struct extent part = {s.len, 0};
	for (size_t i = 0; i < s.len;) {
		size_t unseen = unseen_at(s, i).len, len = unseen ? unseen : 1;
		if (!unseen && s.ptr[i] != ' ') {
			part.begin = i < part.begin ? i : part.begin;
			part.end = i + 1;
		}
		i += len;
	}
	return part;
}

struct str unseen_strip(struct arena *arena, struct str s, enum unseen_blanks blanks, struct unseen *first, size_t *at)
{
	struct buffer out = {0};
	bool found = false;
	size_t plain = 0;
	while (plain < s.len && !may_begin((unsigned char)s.ptr[plain]))
		plain++;
	if (plain == s.len)
		return s;
	struct extent part = visible(s);
	for (size_t i = 0; i < s.len;) {
		struct unseen unseen = unseen_at(s, i);
		bool blank = unseen.kind == UNSEEN_BLANK && i > part.begin && i < part.end;
		bool kept = unseen.kind == UNSEEN_NONE || (blank && blanks == BLANKS_KEEP);
		size_t len = unseen.len ? unseen.len : 1;
		if (!kept && !found) {
			found = true;
			*first = unseen;
			*at = i;
			buffer_add(&out, str_part(s, 0, i));
		}
		if (found && kept)
			buffer_add(&out, str_part(s, i, i + len));
		else if (found && blank && blanks == BLANKS_SPACES)
			buffer_byte(&out, ' ');
		i += len;
	}
	struct str stripped = found ? str_copy(arena, str_trim(buffer_str(&out))) : s;
	buffer_free(&out);
	return stripped;
}

size_t unseen_direction(struct str s, size_t i)
{
	static const char leads[] = {'\xE2', '\xD8'};
	size_t first = s.len;
	for (size_t lead = 0; lead < sizeof(leads); lead++)
		for (size_t at = i; at < first; at++) {
			at += str_find(str_part(s, at, first), leads[lead]);
			if (at < first && unseen_at(s, at).kind == UNSEEN_DIRECTION)
				first = at;
		}
	return first;
}
