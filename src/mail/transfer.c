#include "mail/transfer.h"

#include <stddef.h>

enum { LINE_MOST = 76 };

void transfer_base64(struct buffer *out, struct str octets)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < octets.len; i += 3) {
		size_t left = octets.len - i;
		uint32_t bits = (uint32_t)(unsigned char)octets.ptr[i] << 16;
		if (left > 1)
			bits |= (uint32_t)(unsigned char)octets.ptr[i + 1] << 8;
		if (left > 2)
			bits |= (unsigned char)octets.ptr[i + 2];
		char group[4] = {
			digits[bits >> 18],
			digits[bits >> 12 & 63],
			left > 1 ? digits[bits >> 6 & 63] : '=',
			left > 2 ? digits[bits & 63] : '=',
		};
		if (i && i % (LINE_MOST / 4 * 3) == 0)
			buffer_add(out, STR("\r\n"));
		buffer_add(out, (struct str){group, sizeof(group)});
	}
}

void transfer_escape(struct buffer *out, char octet)
{
	static const char digits[] = "0123456789ABCDEF";
	char escape[3] = {'=', digits[(unsigned char)octet >> 4], digits[octet & 15]};
	buffer_add(out, (struct str){escape, sizeof(escape)});
}

/* How many octets of the line break that rest begins with; 0: none. */
static size_t line_break(struct str rest)
{
	return str_starts(rest, STR("\r\n")) ? 2 : str_starts(rest, STR("\n")) ? 1 : 0;
}

/* Whether the first octet of rest can stand for itself; begins: on a line of its own; ends: as the last of its line. */
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
		/* A line that goes on keeps room for the "=" that says so. */
		size_t room = ends ? LINE_MOST : LINE_MOST - 1;
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
