#include "read/source.h"

#include "base/arena.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The octets of the line break at position i, or 0. */
static size_t break_at(struct str s, size_t i)
{
	const unsigned char *p = (const unsigned char *)s.ptr + i;
	size_t left = s.len - i;
	if (*p == '\r')
		return left > 1 && p[1] == '\n' ? 2 : 1;
	if (*p == '\n')
		return 1;
	if (left > 1 && p[0] == 0xC2 && p[1] == 0x85)
		return 2;
	if (left > 2 && p[0] == 0xE2 && p[1] == 0x80 && (p[2] == 0xA8 || p[2] == 0xA9))
		return 3;
	return 0;
}

uint32_t source_add(struct sources *sources, struct str name, struct str bytes)
{
	assert(bytes.len < UINT32_MAX);
	sources->items = arena_grow(sources->arena, sources->items, sources->count, sizeof(*sources->items));
	struct source *source = &sources->items[sources->count++];
	*source = (struct source){.name = name, .bytes = bytes};
	source->lines = arena_grow(sources->arena, NULL, 0, sizeof(*source->lines));
	source->lines[source->line_count++] = 0;
	for (size_t i = 0; i < bytes.len;) {
		unsigned char c = (unsigned char)bytes.ptr[i];
		size_t len = c == '\n' || c == '\r' || c == 0xC2 || c == 0xE2 ? break_at(bytes, i) : 0;
		i += len ? len : 1;
		if (!len)
			continue;
		source->lines = arena_grow(sources->arena, source->lines, source->line_count, sizeof(*source->lines));
		source->lines[source->line_count++] = (uint32_t)i;
	}
	return (uint32_t)sources->count;
}

struct source *source_get(const struct sources *sources, uint32_t number)
{
	assert(number >= 1 && number <= sources->count);
	return &sources->items[number - 1];
}

static uint32_t line_of(const struct source *source, uint32_t offset)
{
	uint32_t low = 0, high = source->line_count;
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (source->lines[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static uint32_t column_of(const struct source *source, uint32_t line, uint32_t offset)
{
	return (uint32_t)str_points(str_part(source->bytes, source->lines[line], offset));
}

struct place source_place(const struct sources *sources, struct span span)
{
	if (!span.source)
		return (struct place){1, 1, 1, 1};
	const struct source *source = source_get(sources, span.source);
	uint32_t line = line_of(source, span.begin), end_line = line_of(source, span.end);
	return (struct place){
		line + 1,
		column_of(source, line, span.begin) + 1,
		end_line + 1,
		column_of(source, end_line, span.end) + 1,
	};
}

struct str source_line(const struct source *source, uint32_t line)
{
	if (line < 1 || line > source->line_count)
		return STR("");
	uint32_t begin = source->lines[line - 1];
	uint32_t next = line < source->line_count ? source->lines[line] : (uint32_t)source->bytes.len;
	struct str text = str_part(source->bytes, begin, next);
	for (size_t i = text.len > 3 ? text.len - 3 : 0; i < text.len; i++)
		if (break_at(text, i) == text.len - i)
			return str_part(text, 0, i);
	return text;
}

uint32_t source_offset(const struct source *source, size_t line, size_t column)
{
	if (line >= source->line_count)
		return (uint32_t)source->bytes.len;
	struct str text = source_line(source, (uint32_t)line + 1);
	size_t i = 0;
	while (i < text.len && column) {
		do
			i++;
		while (i < text.len && (text.ptr[i] & 0xC0) == 0x80);
		column--;
	}
	return source->lines[line] + (uint32_t)i;
}

struct str source_text(const struct sources *sources, struct span span)
{
	return span.source ? str_part(source_get(sources, span.source)->bytes, span.begin, span.end) : STR("");
}

enum read_status source_read(struct arena *arena, const char *path, size_t limit, struct str *bytes)
{
	enum read_status status = READ_FAILED;
	struct buffer buffer = {0};
	struct stat stat;
	int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
	if (fd < 0 || fstat(fd, &stat))
		goto out;
	status = READ_TOO_LARGE;
	if (S_ISREG(stat.st_mode) && (uintmax_t)stat.st_size > limit)
		goto out;
	for (;;) {
		char chunk[65536];
		ssize_t got = read(fd, chunk, sizeof(chunk));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			status = READ_FAILED;
		if (got < 0 || buffer.len + (size_t)got > limit)
			goto out;
		if (!got)
			break;
		buffer_add(&buffer, (struct str){chunk, (size_t)got});
	}
	*bytes = str_copy(arena, buffer_str(&buffer));
	status = READ_OK;
out:;
	int error = errno;
	buffer_free(&buffer);
	if (path && fd >= 0)
		close(fd);
	errno = error;
	return status;
}
