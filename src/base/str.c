#include "base/str.h"

#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_PIECES = 16 };

int str_compare(struct str a, struct str b)
{
	size_t shorter = a.len < b.len ? a.len : b.len;
	int order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;
	return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_starts(struct str s, struct str prefix)
{
	return s.len >= prefix.len && str_equal(str_part(s, 0, prefix.len), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
	return s.len >= suffix.len && str_equal(str_part(s, s.len - suffix.len, s.len), suffix);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct str str_trim(struct str s)
{
	while (s.len && is_blank(s.ptr[0]))
		s = str_part(s, 1, s.len);
	while (s.len && is_blank(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

size_t str_find(struct str s, char c)
{
	const char *at = s.len ? memchr(s.ptr, c, s.len) : NULL;
	return at ? (size_t)(at - s.ptr) : s.len;
}

size_t str_points(struct str s)
{
	size_t points = 0;
	for (size_t i = 0; i < s.len; i++)
		points += (s.ptr[i] & 0xC0) != 0x80;
	return points;
}

char ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool str_one_line(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char byte = s.ptr[i];
		if (byte == '\n' || byte == '\r')
			return false;
		struct str rest = str_part(s, i, s.len);
		if (byte == '\xE2' && (str_starts(rest, STR("\u2028")) || str_starts(rest, STR("\u2029"))))
			return false;
	}
	return true;
}

bool str_equal_nocase(struct str a, struct str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (ascii_lower(a.ptr[i]) != ascii_lower(b.ptr[i]))
			return false;
	return true;
}

struct str str_copy(struct arena *arena, struct str s)
{
	char *copy = arena_bytes(arena, s.len + 1);
	if (s.len)
		memcpy(copy, s.ptr, s.len);
	copy[s.len] = 0;
	return (struct str){copy, s.len};
}

/* Most of what is formatted is short: it is formatted once. */
enum { SHORT = 256 };

struct str str_format(struct arena *arena, const char *format, ...)
{
	va_list args;
	char shortly[SHORT];
	va_start(args, format);
	size_t len = (size_t)vsnprintf(shortly, SHORT, format, args);
	va_end(args);
	char *text = arena_bytes(arena, len + 1);
	if (len < SHORT) {
		memcpy(text, shortly, len + 1);
	} else {
		va_start(args, format);
		vsnprintf(text, len + 1, format, args);
		va_end(args);
	}
	return (struct str){text, len};
}

static void buffer_room(struct buffer *buffer, size_t more)
{
	if (buffer->room - buffer->len >= more)
		return;
	size_t room = buffer->room ? buffer->room : 256;
	while (room - buffer->len < more)
		room *= 2;
	buffer->ptr = memory_resize(buffer->ptr, room);
	buffer->room = room;
}

void buffer_add(struct buffer *buffer, struct str s)
{
	if (!s.len)
		return;
	buffer_room(buffer, s.len);
	memcpy(buffer->ptr + buffer->len, s.ptr, s.len);
	buffer->len += s.len;
}

void buffer_byte(struct buffer *buffer, char c)
{
	buffer_room(buffer, 1);
	buffer->ptr[buffer->len++] = c;
}

void buffer_format_list(struct buffer *buffer, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	buffer_room(buffer, SHORT);
	size_t room = buffer->room - buffer->len;
	size_t len = (size_t)vsnprintf(buffer->ptr + buffer->len, room, format, args);
	if (len >= room) {
		buffer_room(buffer, len + 1);
		vsnprintf(buffer->ptr + buffer->len, len + 1, format, again);
	}
	va_end(again);
	buffer->len += len;
}

void buffer_number(struct buffer *buffer, int number, int digits)
{
	char text[10], *end = text + sizeof(text), *at = end;
	for (; number > 0 || end - at < digits; number /= 10)
		*--at = (char)('0' + number % 10);
	buffer_add(buffer, (struct str){at, (size_t)(end - at)});
}

void buffer_percent(struct buffer *buffer, char byte)
{
	static const char digits[] = "0123456789ABCDEF";
	unsigned char c = (unsigned char)byte;
	const char text[] = {'%', digits[c >> 4], digits[c & 15]};
	buffer_add(buffer, (struct str){text, sizeof(text)});
}

void buffer_format(struct buffer *buffer, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	buffer_format_list(buffer, format, args);
	va_end(args);
}

struct str buffer_str(const struct buffer *buffer)
{
	return buffer->len ? (struct str){buffer->ptr, buffer->len} : STR("");
}

void buffer_free(struct buffer *buffer)
{
	free(buffer->ptr);
	*buffer = (struct buffer){0};
}

void pieces_add(struct pieces *pieces, struct str piece)
{
	if (!piece.len)
		return;
	if (pieces->count == pieces->room) {
		pieces->room = pieces->room ? 2 * pieces->room : FIRST_PIECES;
		pieces->items = memory_resize(pieces->items, pieces->room * sizeof(*pieces->items));
	}
	pieces->items[pieces->count++] = piece;
	pieces->len += piece.len;
}

void pieces_free(struct pieces *pieces)
{
	free(pieces->items);
	*pieces = (struct pieces){0};
}
