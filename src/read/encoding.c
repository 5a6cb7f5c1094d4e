#include "read/encoding.h"

#include "base/arena.h"

#include <utf8proc.h>

#include <string.h>

/* What Windows-1252 has at 0x80 to 0x9F; NULL where it has nothing. */
static const char *const windows_1252[32] = {
	"€",
	NULL,
	"‚",
	"ƒ",
	"„",
	"…",
	"†",
	"‡",
	"ˆ",
	"‰",
	"Š",
	"‹",
	"Œ",
	NULL,
	"Ž",
	NULL,
	NULL,
	"‘",
	"’",
	"“",
	"”",
	"•",
	"–",
	"—",
	"˜",
	"™",
	"š",
	"›",
	"œ",
	NULL,
	"ž",
	"Ÿ",
};

struct str encoding_strip(struct str bytes)
{
	return str_starts(bytes, STR("\xEF\xBB\xBF")) ? str_part(bytes, 3, bytes.len) : bytes;
}

static bool is_utf16(struct str s)
{
	if (str_starts(s, STR("\xFF\xFE")) || str_starts(s, STR("\xFE\xFF")))
		return true;
	/* Without a mark: every second octet of the beginning is NUL. */
	return s.len >= 4 &&
	       ((!s.ptr[0] && s.ptr[1] && !s.ptr[2] && s.ptr[3]) || (s.ptr[0] && !s.ptr[1] && s.ptr[2] && !s.ptr[3]));
}

static bool is_control(int32_t point)
{
	if (point < 0x20)
		return point != '\t' && point != '\n' && point != '\r';
	return (point >= 0x7F && point < 0xA0 && point != 0x85) || point == 0xFEFF || point == 0xFFFE ||
	       point == 0xFFFF;
}

static void add_control(struct findings *findings, struct span span, int32_t point)
{
	struct str name = str_format(findings->arena, "U+%04X", (unsigned)point);
	finding_add(findings, MSG_CONTROL_CHARACTER, span, WORDS(name));
}

static void add_bad_byte(struct findings *findings, struct span span, unsigned char byte)
{
	struct str hex = str_format(findings->arena, "%02X", byte);
	char latin[3] = {(char)(0xC0 | (byte >> 6)), (char)(0x80 | (byte & 0x3F)), 0};
	const char *character = byte >= 0xA0 ? latin : byte >= 0x80 ? windows_1252[byte - 0x80] : NULL;
	if (character)
		finding_add(findings, MSG_ENCODING_1252, span, WORDS(hex, str_from(character)));
	else
		finding_add(findings, MSG_ENCODING_BYTE, span, WORDS(hex));
}

static bool broken(struct findings *findings, uint32_t source)
{
	source_get(findings->sources, source)->broken = true;
	return false;
}

bool encoding_check(struct findings *findings, struct arena *arena, uint32_t source, struct str *text)
{
	struct str bytes = source_get(findings->sources, source)->bytes;
	if (is_utf16(bytes)) {
		finding_add(findings, MSG_ENCODING_UTF16, (struct span){source, 0, 0}, NULL);
		return broken(findings, source);
	}
	char *mended = NULL;
	for (size_t i = 0; i < bytes.len;) {
		unsigned char c = (unsigned char)bytes.ptr[i];
		if ((c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t' || c == '\r') {
			i++;
			continue;
		}
		int32_t point;
		ptrdiff_t len = utf8proc_iterate((const uint8_t *)bytes.ptr + i, (ptrdiff_t)(bytes.len - i), &point);
		struct span span = {source, (uint32_t)i, (uint32_t)i + (len > 0 ? (uint32_t)len : 1)};
		if (len < 1 || !point) {
			if (len < 1)
				add_bad_byte(findings, span, c);
			else
				finding_add(findings, MSG_ENCODING_NUL, span, NULL);
			return broken(findings, source);
		}
		if (is_control(point)) {
			add_control(findings, span, point);
			if (!mended)
				mended = (char *)str_copy(arena, bytes).ptr;
			/* As many octets and code points as before, so that places stay what they are. */
			memcpy(mended + i, len == 1 ? " " : len == 2 ? "\xC2\xA0" : "\xEF\xBF\xBD", (size_t)len);
		}
		i += (size_t)len;
	}
	*text = mended ? (struct str){mended, bytes.len} : bytes;
	return true;
}

bool encoding_check_text(struct findings *findings, struct span span, struct str text)
{
	bool clean = true;
	for (size_t i = 0; i < text.len;) {
		unsigned char c = (unsigned char)text.ptr[i];
		if (c >= 0x20 && c < 0x7F) {
			i++;
			continue;
		}
		int32_t point;
		ptrdiff_t len = utf8proc_iterate((const uint8_t *)text.ptr + i, (ptrdiff_t)(text.len - i), &point);
		/* An escape of YAML can still give what the file itself could not hold. */
		if (len < 1 || is_control(point) || point == 0x85) {
			add_control(findings, span, len < 1 ? 0xFFFD : point);
			clean = false;
		}
		i += len < 1 ? 1 : (size_t)len;
	}
	return clean;
}
