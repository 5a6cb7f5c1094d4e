#include "text/entities.h"

#include "base/arena.h"

#include <utf8proc.h>

#include <stdlib.h>
#include <string.h>

enum { LONGEST = 32, LATIN_FIRST = 0xA0 };

/* U+00A0 to U+00FF, in their order. */
static const char latin[] =
	"nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute "
	"micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring "
	"AElig "
	"Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times "
	"Oslash "
	"Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute "
	"ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute "
	"ucirc uuml yacute thorn yuml ";

static const struct {
	const char *name;
	int32_t point;
} others[] = {
	{"amp", '&'},
	{"AMP", '&'},
	{"lt", '<'},
	{"LT", '<'},
	{"gt", '>'},
	{"GT", '>'},
	{"quot", '"'},
	{"QUOT", '"'},
	{"apos", '\''},
	{"OElig", 0x152},
	{"oelig", 0x153},
	{"Scaron", 0x160},
	{"scaron", 0x161},
	{"Yuml", 0x178},
	{"ensp", 0x2002},
	{"emsp", 0x2003},
	{"thinsp", 0x2009},
	{"zwnj", 0x200C},
	{"zwj", 0x200D},
	{"lrm", 0x200E},
	{"rlm", 0x200F},
	{"ndash", 0x2013},
	{"mdash", 0x2014},
	{"lsquo", 0x2018},
	{"rsquo", 0x2019},
	{"sbquo", 0x201A},
	{"ldquo", 0x201C},
	{"rdquo", 0x201D},
	{"bdquo", 0x201E},
	{"bull", 0x2022},
	{"hellip", 0x2026},
	{"lsaquo", 0x2039},
	{"rsaquo", 0x203A},
	{"euro", 0x20AC},
	{"trade", 0x2122},
	{"larr", 0x2190},
	{"uarr", 0x2191},
	{"rarr", 0x2192},
	{"darr", 0x2193},
	{"minus", 0x2212},
	{"le", 0x2264},
	{"ge", 0x2265},
	{"ne", 0x2260},
	{"check", 0x2713},
};

static int32_t latin_point(struct str name)
{
	struct str names = str_from(latin);
	for (int32_t point = LATIN_FIRST; names.len; point++) {
		size_t len = str_find(names, ' ');
		if (str_equal(name, str_part(names, 0, len)))
			return point;
		names = str_part(names, len + 1, names.len);
	}
	return 0;
}

/* The code point of a name, or 0. */
static int32_t named_point(struct str name)
{
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (str_equal(name, str_from(others[i].name)))
			return others[i].point;
	return latin_point(name);
}

/* The code point of "#233" or "#xE9", or 0. */
static int32_t numbered_point(struct str name)
{
	char digits[LONGEST] = "";
	bool hex = name.len > 1 && ascii_lower(name.ptr[1]) == 'x';
	size_t begin = hex ? 2 : 1;
	if (name.len >= LONGEST || name.len == begin)
		return 0;
	memcpy(digits, name.ptr + begin, name.len - begin);
	char *end;
	long point = strtol(digits, &end, hex ? 16 : 10);
	bool control = point < 0x20 || (point >= 0x7F && point < 0xA0);
	bool known = !*end && digits[strspn(digits, "0123456789abcdefABCDEF")] == 0;
	return known && !control && point <= 0x10FFFF && utf8proc_codepoint_valid((int32_t)point) &&
			       (point & 0xFFFE) != 0xFFFE
		       ? (int32_t)point
		       : 0;
}

struct str entity_text(struct arena *arena, struct str entity)
{
	uint8_t bytes[4];
	if (entity.len < 3 || entity.len > LONGEST)
		return entity;
	struct str name = str_part(entity, 1, entity.len - 1);
	int32_t point = name.ptr[0] == '#' ? numbered_point(name) : named_point(name);
	if (!point)
		return entity;
	ptrdiff_t len = utf8proc_encode_char(point, bytes);
	return str_copy(arena, (struct str){(const char *)bytes, (size_t)len});
}

struct str entities_text(struct arena *arena, struct str text)
{
	if (str_find(text, '&') == text.len)
		return text;
	struct buffer out = {0};
	for (size_t i = 0; i < text.len;) {
		struct str rest = str_part(text, i, text.len);
		size_t end = str_find(str_part(rest, 0, rest.len < LONGEST ? rest.len : LONGEST), ';');
		bool entity = text.ptr[i] == '&' && end < rest.len && end < LONGEST;
		size_t len = entity ? end + 1 : 1;
		buffer_add(&out, entity ? entity_text(arena, str_part(rest, 0, len)) : str_part(rest, 0, 1));
		i += len;
	}
	struct str result = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return result;
}
