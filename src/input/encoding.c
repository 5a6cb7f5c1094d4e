#include "input/encoding.h"

#include "base/arena.h"

#include <utf8proc.h>

#include <string.h>

enum { BLOCK = 16, MARK = 0xFEFF };

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

/* What a byte is in Windows-1252, in UTF-8; NULL where it is nothing. latin is room for the answer. */
static const char *from_1252(unsigned char byte, char latin[3])
{
	if (byte >= 0x80 && byte < 0xA0)
		return windows_1252[byte - 0x80];
	latin[0] = byte < 0x80 ? (char)byte : (char)(0xC0 | (byte >> 6));
	latin[1] = byte < 0x80 ? 0 : (char)(0x80 | (byte & 0x3F));
	latin[2] = 0;
	return latin;
}

static bool is_utf16(struct str s)
{
	if (str_starts(s, STR("\xFF\xFE")) || str_starts(s, STR("\xFE\xFF")))
		return true;
	/* Without a mark: every second byte of the beginning is NUL. */
	return s.len >= 4 &&
	       ((!s.ptr[0] && s.ptr[1] && !s.ptr[2] && s.ptr[3]) || (s.ptr[0] && !s.ptr[1] && s.ptr[2] && !s.ptr[3]));
}

/*
 * Text that is not UTF-8 and every byte of which is a character of Windows-1252. A file that has characters of both
 * kinds was put together from two: no reading of it is right throughout.
 */
static bool is_1252(struct str s)
{
	bool bad = false;
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		int32_t point;
		char latin[3];
		if (!c)
			return false;
		ptrdiff_t len =
			c < 0x80 ? 1 : utf8proc_iterate((const uint8_t *)s.ptr + i, (ptrdiff_t)(s.len - i), &point);
		if (len > 1 || (len < 1 && !from_1252(c, latin)))
			return false;
		bad |= len < 1;
	}
	return bad;
}

/* UTF-16 with a byte order mark (RFC 2781); empty where it is none. */
static struct str from_utf16(struct arena *arena, struct str bytes)
{
	bool big = str_starts(bytes, STR("\xFE\xFF")), good = big || str_starts(bytes, STR("\xFF\xFE"));
	struct buffer out = {0};
	int32_t high = 0;
	for (size_t i = 2; good && i < bytes.len; i += 2) {
		utf8proc_uint8_t encoded[4];
		if (i + 1 == bytes.len)
			break;
		int32_t unit = (unsigned char)bytes.ptr[i + !big] << 8 | (unsigned char)bytes.ptr[i + big];
		bool is_low = unit >= 0xDC00 && unit < 0xE000;
		good = is_low == (high != 0);
		if (!good)
			break;
		if (unit >= 0xD800 && unit < 0xDC00) {
			high = unit;
			continue;
		}
		int32_t point = is_low ? 0x10000 + (high - 0xD800) * 0x400 + (unit - 0xDC00) : unit;
		buffer_add(&out, (struct str){(const char *)encoded, (size_t)utf8proc_encode_char(point, encoded)});
		high = 0;
	}
	struct str text = good && !high && bytes.len % 2 == 0 ? str_copy(arena, buffer_str(&out)) : STR("");
	buffer_free(&out);
	return text;
}

struct str encoding_decode(struct arena *arena, struct str bytes)
{
	struct str text = from_utf16(arena, bytes);
	if (text.len)
		return text;
	text = encoding_strip(bytes);
	if (text.len < bytes.len || is_utf16(bytes) || !is_1252(bytes))
		return text;
	struct buffer out = {0};
	char latin[3];
	for (size_t i = 0; i < bytes.len; i++)
		buffer_add(&out, str_from(from_1252((unsigned char)bytes.ptr[i], latin)));
	text = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return text;
}

static bool is_control(int32_t point)
{
	if (point < 0x20)
		return point != '\t' && point != '\n' && point != '\r';
	return (point >= 0x7F && point < 0xA0 && point != 0x85) || point == 0xFFFE || point == 0xFFFF;
}

static void add_control(struct findings *findings, struct span span, int32_t point)
{
	struct str name = str_format(findings->arena, "U+%04X", (unsigned)point);
	finding_add(findings, MSG_CONTROL_CHARACTER, span, WORDS(name));
}

static void add_bad_byte(struct findings *findings, struct span span, unsigned char byte)
{
	struct str hex = str_format(findings->arena, "%02X", byte);
	char latin[3];
	const char *character = byte >= 0x80 ? from_1252(byte, latin) : NULL;
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

/* How many blocks of bytes from i on hold nothing but printable ASCII and line feeds, in bytes. */
static size_t plain_blocks(struct str s, size_t i)
{
	size_t begin = i;
	for (; s.len - i >= BLOCK; i += BLOCK) {
		unsigned char other = 0;
		for (size_t j = 0; j < BLOCK; j++) {
			unsigned char c = (unsigned char)s.ptr[i + j];
			other |= (unsigned char)((unsigned char)(c - ' ') > '~' - ' ') & (c != '\n');
		}
		if (other)
			break;
	}
	return i - begin;
}

/* As many bytes and code points as a character that libyaml does not take, so that places stay what they are. */
static const char *stand_in(size_t len, int32_t point)
{
	/* Within a text a byte order mark says as much as a zero width space. */
	if (point == MARK)
		return "\xE2\x80\x8B";
	return len == 1 ? " " : len == 2 ? "\xC2\xA0" : "\xEF\xBF\xBD";
}

bool encoding_check(struct findings *findings, struct arena *arena, uint32_t source, struct str *text)
{
	struct str bytes = source_get(findings->sources, source)->bytes;
	if (is_utf16(bytes)) {
		finding_add(findings, MSG_ENCODING_UTF16, (struct span){source, 0, 0}, NO_WORDS);
		return broken(findings, source);
	}
	char *mended = NULL;
	for (size_t i = 0; i < bytes.len;) {
		if (i % BLOCK == 0)
			i += plain_blocks(bytes, i);
		if (i == bytes.len)
			break;
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
				finding_add(findings, MSG_ENCODING_NUL, span, NO_WORDS);
			return broken(findings, source);
		}
		if (text && is_control(point) && !mended && str_find(bytes, '\0') < bytes.len) {
			/* Not a slip of the pen in a text, but no text: a document, a picture. */
			i = str_find(bytes, '\0');
			continue;
		}
		if (text && (is_control(point) || point == MARK)) {
			if (point != MARK)
				add_control(findings, span, point);
			if (!mended)
				mended = (char *)str_copy(arena, bytes).ptr;
			memcpy(mended + i, stand_in((size_t)len, point), (size_t)len);
		}
		i += (size_t)len;
	}
	if (text)
		*text = mended ? (struct str){mended, bytes.len} : bytes;
	return true;
}

bool encoding_check_text(struct findings *findings, struct span span, struct str text)
{
	bool clean = true;
	for (size_t i = 0; i < text.len;) {
		if (i % BLOCK == 0)
			i += plain_blocks(text, i);
		if (i == text.len)
			break;
		unsigned char c = (unsigned char)text.ptr[i];
		if ((c >= 0x20 && c < 0x7F) || c == '\n') {
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
