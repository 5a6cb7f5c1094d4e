#include "report/json_text.h"

#include "base/arena.h"
#include "report/escape.h"

#include <utf8proc.h>

#include <stdlib.h>

enum { INDENT = 2, BEYOND_BMP = 0x10000, SURROGATE_HIGH = 0xD800, SURROGATE_LOW = 0xDC00, SURROGATE_BITS = 10 };

json_t *json_text(struct str s)
{
	json_t *text = json_stringn(s.ptr, s.len);
	if (text)
		return text;
	struct buffer escaped = {0};
	escape_add(&escaped, s);
	text = json_stringn(escaped.ptr, escaped.len);
	buffer_free(&escaped);
	return text;
}

json_t *json_text_or_null(struct str s)
{
	return s.len ? json_text(s) : json_null();
}

static void add_escaped(struct buffer *out, struct str character)
{
	int32_t point;
	utf8proc_iterate((const uint8_t *)character.ptr, (ptrdiff_t)character.len, &point);
	if (point >= BEYOND_BMP) {
		unsigned rest = (unsigned)point - BEYOND_BMP, low = rest & ((1u << SURROGATE_BITS) - 1);
		buffer_format(out, "\\u%04X", SURROGATE_HIGH + (rest >> SURROGATE_BITS));
		point = (int32_t)(SURROGATE_LOW + low);
	}
	buffer_format(out, "\\u%04X", (unsigned)point);
}

void json_add(struct buffer *out, const json_t *value, int depth)
{
	char *dumped = json_dumps(value, depth == ONE_LINE ? 0 : JSON_INDENT(INDENT));
	if (!dumped)
		memory_gone();
	struct str text = str_from(dumped);
	for (size_t i = 0; i < text.len;) {
		bool shown;
		size_t len = escape_next(str_part(text, i, text.len), &shown);
		struct str character = str_part(text, i, i + len);
		i += len;
		/* Within a text a line break is \n: this one is the layout's. */
		if (character.ptr[0] == '\n')
			buffer_format(out, "\n%*s", depth * INDENT, "");
		else if (shown)
			buffer_add(out, character);
		else
			add_escaped(out, character);
	}
	free(dumped);
}

void json_print(FILE *stream, const json_t *value)
{
	struct buffer out = {0};
	json_add(&out, value, 0);
	buffer_byte(&out, '\n');
	fwrite(out.ptr, 1, out.len, stream);
	buffer_free(&out);
}
