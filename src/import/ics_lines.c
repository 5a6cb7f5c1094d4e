#include "import/ics_lines.h"

#include "base/arena.h"

struct str content_name(struct str line)
{
	size_t i = 0;
	while (i < line.len &&
		((line.ptr[i] >= '0' && line.ptr[i] <= '9') || line.ptr[i] == '-' || line.ptr[i] == '.' ||
			(ascii_lower(line.ptr[i]) >= 'a' && ascii_lower(line.ptr[i]) <= 'z')))
		i++;
	return i < line.len && (line.ptr[i] == ':' || line.ptr[i] == ';') ? str_part(line, 0, i) : STR("");
}

bool content_is_empty(struct str line)
{
	bool quoted = false;
	size_t i = 0;
	for (; i < line.len && (quoted || line.ptr[i] != ':'); i++)
		quoted ^= line.ptr[i] == '"';
	return i + 1 >= line.len;
}

/* The line at *at without its break, which is passed over with it. */
static struct str take_line(struct str bytes, size_t *at)
{
	size_t begin = *at, end = begin;
	while (end < bytes.len && bytes.ptr[end] != '\n' && bytes.ptr[end] != '\r')
		end++;
	*at = end + (end < bytes.len);
	if (end + 1 < bytes.len && bytes.ptr[end] == '\r' && bytes.ptr[end + 1] == '\n')
		++*at;
	return str_part(bytes, begin, end);
}

struct content *content_lines(struct findings *findings, uint32_t source, size_t *count)
{
	struct arena *arena = findings->arena;
	struct str bytes = source_get(findings->sources, source)->bytes;
	struct content *lines = NULL;
	struct buffer unfolded = {0};
	bool reported = false, folded = false;
	*count = 0;
	for (size_t at = 0; at < bytes.len;) {
		uint32_t begin = (uint32_t)at;
		struct str line = take_line(bytes, &at);
		bool fold = line.len && (line.ptr[0] == ' ' || line.ptr[0] == '\t');
		bool lost = !fold && line.len && !content_name(line).len;
		if (!str_trim(line).len)
			continue;
		if (lost && *count && !reported) {
			finding_add(findings, MSG_GUESSED_FOLD,
				(struct span){source, begin, begin + (uint32_t)line.len}, NO_WORDS);
			reported = true;
		}
		if ((fold || lost) && *count) {
			if (!folded) {
				unfolded.len = 0;
				buffer_add(&unfolded, lines[*count - 1].text);
			}
			folded = true;
			buffer_add(&unfolded, str_part(line, fold, line.len));
			continue;
		}
		if (folded)
			lines[*count - 1].text = str_copy(arena, buffer_str(&unfolded));
		folded = false;
		lines = arena_grow(arena, lines, *count, sizeof(*lines));
		lines[(*count)++] = (struct content){line, {source, begin, begin + (uint32_t)line.len}};
	}
	if (folded)
		lines[*count - 1].text = str_copy(arena, buffer_str(&unfolded));
	buffer_free(&unfolded);
	return lines;
}
