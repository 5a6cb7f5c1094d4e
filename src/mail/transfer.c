#include "mail/transfer.h"

#include <stddef.h>

enum { LINE_MAXIMUM = 76 };

void transfer_base64(struct buffer *out, struct str bytes)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < bytes.len; i += 3) {
		size_t left = bytes.len - i;
		uint32_t bits = (uint32_t)(unsigned char)bytes.ptr[i] << 16;
		if (left > 1)
			bits |= (uint32_t)(unsigned char)bytes.ptr[i + 1] << 8;
		if (left > 2)
			bits |= (unsigned char)bytes.ptr[i + 2];
		char group[4] = {
			digits[bits >> 18],
			digits[bits >> 12 & 63],
			left > 1 ? digits[bits >> 6 & 63] : '=',
			left > 2 ? digits[bits & 63] : '=',
		};
		if (i && i % (LINE_MAXIMUM / 4 * 3) == 0)
			buffer_add(out, STR("\r\n"));
		buffer_add(out, (struct str){group, sizeof(group)});
	}
}

void transfer_escape(struct buffer *out, char byte)
{
	static const char digits[] = "0123456789ABCDEF";
	char escape[3] = {'=', digits[(unsigned char)byte >> 4], digits[byte & 15]};
	buffer_add(out, (struct str){escape, sizeof(escape)});
}

/* The bytes of the line break that rest begins with; 0 if there is none. */
static size_t line_break(struct str rest)
{
	return str_starts(rest, STR("\r\n")) ? 2 : str_starts(rest, STR("\n")) ? 1 : 0;
}

/* True if the first byte of rest can stand as it is. begins: it is the first of its line; ends: it is the last. */
static bool is_literal(struct str rest, bool begins, bool ends)
{
	char c = rest.ptr[0];
	if (begins && (c == '.' || str_starts(rest, STR("From "))))
		return false;
	if (c == ' ' || c == '\t')
		return !ends;
	return c > ' ' && c < 0x7F && c != '=';
}

void transfer_quoted(struct buffer *out, struct str text)
{
	size_t column = 0;
	while (text.len) {
		size_t skip = line_break(text);
		if (skip) {
			buffer_add(out, STR("\r\n"));
			text = str_part(text, skip, text.len);
			column = 0;
			continue;
		}
		struct str rest = str_part(text, 1, text.len);
		bool ends = !rest.len || line_break(rest);
		/* A line that is continued keeps room for the "=" at its end. */
		size_t room = ends ? LINE_MAXIMUM : LINE_MAXIMUM - 1;
		if (column + (is_literal(text, !column, ends) ? 1 : 3) > room) {
			buffer_add(out, STR("=\r\n"));
			column = 0;
		}
		bool literal = is_literal(text, !column, ends);
		if (literal)
			buffer_byte(out, text.ptr[0]);
		else
			transfer_escape(out, text.ptr[0]);
		column += literal ? 1 : 3;
		text = rest;
	}
}
