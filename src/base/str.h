/*
 * A string is a pointer and a length in bytes; it need not end in NUL and may hold one. It never owns its bytes: they
 * live in an arena, in a source or in the program. A struct buffer owns what it has gathered.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct arena;

struct str {
	const char *ptr;
	size_t len;
};

/* Bytes of a text, from begin up to, not including, end. */
struct extent {
	size_t begin, end;
};

#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})

/* The string up to the NUL of text; NULL gives the empty string. */
static inline struct str str_from(const char *text)
{
	return text ? (struct str){text, strlen(text)} : STR("");
}

static inline bool str_equal(struct str a, struct str b)
{
	return a.len == b.len && (!a.len || !memcmp(a.ptr, b.ptr, a.len));
}

/* Byte order, as strcmp(). */
int str_compare(struct str a, struct str b);
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
/* The part from byte begin up to, not including, byte end. */
static inline struct str str_part(struct str s, size_t begin, size_t end)
{
	return (struct str){s.ptr + begin, end - begin};
}

/* Without the blanks, tabs and line breaks at both ends. */
struct str str_trim(struct str s);
/* The byte position of c, or s.len. */
size_t str_find(struct str s, char c);
/* The number of code points; s is UTF-8. */
size_t str_points(struct str s);
/* Whether it is one line: without LF, CR, LS and PS. */
bool str_one_line(struct str s);
/* Equal without regard to the case of A-Z. */
bool str_equal_nocase(struct str a, struct str b);
char ascii_lower(char c);

/* A copy in the arena, with a NUL behind it that the length does not count. */
struct str str_copy(struct arena *arena, struct str s);
/* As printf(), into the arena; a NUL stands behind the result. For %.*s use STR_ARG. */
struct str str_format(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
#define STR_ARG(s) (int)(s).len, (s).ptr

/* A growing text. Zero-initialise it, buffer_free() it. */
struct buffer {
	char *ptr;
	size_t len, room;
};

void buffer_add(struct buffer *buffer, struct str s);
void buffer_byte(struct buffer *buffer, char c);
/* A number, which is not negative, with zeros in front to so many digits, at most ten. */
void buffer_number(struct buffer *buffer, int number, int digits);
/* A byte as "%E9" (RFC 3986, 2.1). */
void buffer_percent(struct buffer *buffer, char byte);
void buffer_format(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_format_list(struct buffer *buffer, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
struct str buffer_str(const struct buffer *buffer);
void buffer_free(struct buffer *buffer);

/* A text in pieces, whose bytes live elsewhere, and its length. Zero-initialise it, pieces_free() it. */
struct pieces {
	struct str *items;
	size_t count, room, len;
};

void pieces_add(struct pieces *pieces, struct str piece);
void pieces_free(struct pieces *pieces);
/* A text as its only piece; not to be added to, nor freed. */
static inline struct pieces pieces_of(struct str *text)
{
	return (struct pieces){text, 1, 1, text->len};
}

#endif
