#include "input/source.h"

#include "base/arena.h"
#include "base/read_full.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* In a line of more than LONG_LINE bytes columns are not counted from its begin. */
enum { LINES_ROOM = 64, LONG_LINE = 4096, STEP = 512 };

/* The bytes of the line break at position i, or 0. */
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

/* The first break from begin on that begins with c; the length where there is none. */
static size_t find_break(struct str bytes, size_t begin, char c)
{
	for (size_t at = begin; at < bytes.len; at++) {
		at += str_find(str_part(bytes, at, bytes.len), c);
		if (at < bytes.len && break_at(bytes, at))
			return at;
	}
	return bytes.len;
}

/* How the breaks begin. */
static const char kinds[] = {'\n', '\r', '\xC2', '\xE2'};
enum { KINDS = sizeof(kinds) };

/*
 * Where the line behind the one that begins at begin begins; 0 where that is the last. The first break of each kind
 * is looked for only when the one before is passed, or a file without line feeds would be searched to its end for
 * each line.
 */
static size_t next_line(struct str bytes, size_t begin, size_t *next)
{
	size_t end = bytes.len;
	for (size_t i = 0; i < KINDS; i++) {
		if (next[i] < begin)
			next[i] = find_break(bytes, begin, kinds[i]);
		if (next[i] < end)
			end = next[i];
	}
	return end < bytes.len ? end + break_at(bytes, end) : 0;
}

/* Makes source->points, if there is a long line. */
static void count_points(struct source *source, struct arena *arena)
{
	struct str bytes = source->bytes;
	bool is_long = false;
	for (uint32_t i = 0; i < source->line_count; i++) {
		size_t next = i + 1 < source->line_count ? source->lines[i + 1] : bytes.len;
		is_long |= next - source->lines[i] > LONG_LINE;
	}
	source->points = NULL;
	if (!is_long)
		return;
	size_t count = bytes.len / STEP + 1;
	source->points = arena_alloc(arena, count * sizeof(*source->points));
	for (size_t i = 1; i < count; i++)
		source->points[i] =
			source->points[i - 1] + (uint32_t)str_points(str_part(bytes, (i - 1) * STEP, i * STEP));
}

/* The code points in front of a byte, where source->points is there. */
static uint32_t points_before(const struct source *source, size_t offset)
{
	size_t step = offset / STEP;
	return source->points[step] + (uint32_t)str_points(str_part(source->bytes, step * STEP, offset));
}

void source_fill(struct source *source, struct arena *arena, struct str bytes)
{
	assert(bytes.len < UINT32_MAX);
	size_t count = 0, room = LINES_ROOM, begin = 0;
	uint32_t *lines = memory_resize(NULL, room * sizeof(*lines));
	size_t next[KINDS];
	source->bytes = bytes;
	for (size_t i = 0; i < KINDS; i++)
		next[i] = find_break(bytes, 0, kinds[i]);
	do {
		if (count == room) {
			room *= 2;
			lines = memory_resize(lines, room * sizeof(*lines));
		}
		lines[count++] = (uint32_t)begin;
		begin = next_line(bytes, begin, next);
	} while (begin);
	source->line_count = (uint32_t)count;
	source->lines = memcpy(arena_bytes(arena, count * sizeof(*lines)), lines, count * sizeof(*lines));
	free(lines);
	count_points(source, arena);
}

uint32_t source_add(struct sources *sources, struct str name, struct str bytes)
{
	sources->items = arena_grow(sources->arena, sources->items, sources->count, sizeof(*sources->items));
	struct source *source = &sources->items[sources->count++];
	*source = (struct source){.name = name};
	source_fill(source, sources->arena, bytes);
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
	uint32_t begin = source->lines[line];
	if (source->points && offset - begin > LONG_LINE)
		return points_before(source, offset) - points_before(source, begin);
	return (uint32_t)str_points(str_part(source->bytes, begin, offset));
}

uint32_t source_line_begin(const struct source *source, uint32_t offset)
{
	return source->lines[line_of(source, offset)];
}

struct place source_place_in(const struct source *source, struct span span)
{
	uint32_t line = line_of(source, span.begin), end_line = line_of(source, span.end);
	return (struct place){
		line + 1,
		column_of(source, line, span.begin) + 1,
		end_line + 1,
		column_of(source, end_line, span.end) + 1,
	};
}

struct place source_place(const struct sources *sources, struct span span)
{
	return span.source ? source_place_in(source_get(sources, span.source), span) : (struct place){1, 1, 1, 1};
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

static bool is_ascii(const char *bytes, size_t len)
{
	uint64_t all = 0;
	for (; len >= sizeof(all); len -= sizeof(all), bytes += sizeof(all)) {
		uint64_t eight;
		memcpy(&eight, bytes, sizeof(eight));
		all |= eight;
	}
	while (len)
		all |= (unsigned char)bytes[--len];
	return !(all & 0x8080808080808080);
}

/* source_offset() in a long line, from begin to end: from the last counted byte that stands in front of the column. */
static uint32_t find_column(const struct source *source, uint32_t begin, uint32_t end, size_t column)
{
	size_t wanted = points_before(source, begin) + column, low = begin / STEP, high = end / STEP;
	while (low < high) {
		size_t middle = low + (high - low + 1) / 2;
		if (source->points[middle] <= wanted)
			low = middle;
		else
			high = middle - 1;
	}
	size_t at = low * STEP < begin ? begin : low * STEP, points = points_before(source, at);
	/* A step may begin within a character. */
	for (; at < end && (points < wanted || (source->bytes.ptr[at] & 0xC0) == 0x80); at++)
		points += (source->bytes.ptr[at] & 0xC0) != 0x80;
	struct str text = source_line(source, line_of(source, begin) + 1);
	return at > begin + text.len ? begin + (uint32_t)text.len : (uint32_t)at;
}

uint32_t source_offset(const struct source *source, size_t line, size_t column)
{
	if (line >= source->line_count)
		return (uint32_t)source->bytes.len;
	/* Of ASCII a column is an byte; a break has at most three. */
	uint32_t begin = source->lines[line];
	size_t next = line + 1 < source->line_count ? source->lines[line + 1] : source->bytes.len;
	if (source->points && column > LONG_LINE)
		return find_column(source, begin, (uint32_t)next, column);
	if (column + 3 <= next - begin && is_ascii(source->bytes.ptr + begin, column))
		return begin + (uint32_t)column;
	struct str text = source_line(source, (uint32_t)line + 1);
	size_t i = column <= text.len && is_ascii(text.ptr, column) ? column : 0;
	column -= i;
	while (i < text.len && column) {
		do
			i++;
		while (i < text.len && (text.ptr[i] & 0xC0) == 0x80);
		column--;
	}
	return begin + (uint32_t)i;
}

struct str source_text(const struct sources *sources, struct span span)
{
	return span.source ? str_part(source_get(sources, span.source)->bytes, span.begin, span.end) : STR("");
}

bool source_holds(const struct sources *sources, struct span span, struct str text, uint32_t *offset)
{
	struct str written = source_text(sources, span);
	char quote = written.len > 1 ? written.ptr[0] : 0;
	bool quoted = (quote == '"' || quote == '\'') && written.ptr[written.len - 1] == quote;
	*offset = quoted;
	return str_equal(str_part(written, quoted, written.len - quoted), text);
}

/* What comes from where no size is known. */
static enum read_status read_stream(struct arena *arena, int fd, size_t limit, struct str *bytes)
{
	enum { CHUNK = 65536 };
	struct buffer buffer = {0};
	char chunk[CHUNK];
	ssize_t got;
	do {
		got = read_full(fd, chunk, sizeof(chunk));
		if (got > 0)
			buffer_add(&buffer, (struct str){chunk, (size_t)got});
	} while (got == CHUNK && buffer.len <= limit);
	enum read_status status = got < 0 ? READ_FAILED : buffer.len > limit ? READ_TOO_LARGE : READ_OK;
	if (status == READ_OK)
		*bytes = str_copy(arena, buffer_str(&buffer));
	int error = errno;
	buffer_free(&buffer);
	errno = error;
	return status;
}

/* A file has the bytes that it had when it was opened; fewer where it has become shorter since. */
static enum read_status read_file(struct arena *arena, int fd, size_t size, struct str *bytes)
{
	char *memory = arena_bytes(arena, size + 1);
	ssize_t got = read_full(fd, memory, size);
	if (got < 0)
		return READ_FAILED;
	memory[got] = 0;
	*bytes = (struct str){memory, (size_t)got};
	return READ_OK;
}

static int open_file(const char *path)
{
	int fd;
	do
		fd = open(path, O_RDONLY | O_CLOEXEC);
	while (fd < 0 && errno == EINTR);
	return fd;
}

/* sized: a regular file, from its beginning on. */
static enum read_status read_open(struct arena *arena, int fd, bool sized, size_t size, size_t limit, struct str *bytes)
{
	/* Files that the kernel makes up have no size. */
	if (!sized || !size)
		return read_stream(arena, fd, limit, bytes);
	return size > limit ? READ_TOO_LARGE : read_file(arena, fd, size, bytes);
}

static enum read_status closed(int fd, enum read_status status)
{
	int error = errno;
	close(fd);
	errno = error;
	return status;
}

enum read_status source_read_open(struct arena *arena, int fd, size_t limit, struct str *bytes)
{
	struct stat stat;
	enum read_status status = READ_FAILED;
	if (!fstat(fd, &stat)) {
		errno = ESTALE; /* it was one when the folder was read */
		if (S_ISREG(stat.st_mode))
			status = read_open(arena, fd, true, (size_t)stat.st_size, limit, bytes);
	}
	return closed(fd, status);
}

enum read_status source_read(struct arena *arena, const char *path, size_t limit, struct str *bytes)
{
	struct stat stat;
	if (!path)
		return read_stream(arena, STDIN_FILENO, limit, bytes);
	int fd = open_file(path);
	if (fd < 0)
		return READ_FAILED;
	if (fstat(fd, &stat))
		return closed(fd, READ_FAILED);
	return closed(fd, read_open(arena, fd, S_ISREG(stat.st_mode), (size_t)stat.st_size, limit, bytes));
}
