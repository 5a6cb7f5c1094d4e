#include "ical/fold.h"

enum { LINE_MOST = 75, LOOK_BACK = 16, UNIT_MOST = 5 };

/* The end of the unit of text that begins at i: an escape, a UTF-8 sequence or a byte. */
static size_t unit_end(struct str line, size_t i)
{
	unsigned char c = (unsigned char)line.ptr[i++];
	if (c == '\\' && i < line.len)
		c = (unsigned char)line.ptr[i++];
	if (c < 0xC0)
		return i;
	for (int more = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : 1; more && i < line.len && (line.ptr[i] & 0xC0) == 0x80; more--)
		i++;
	return i;
}

/* The first unit that begins at i or behind it; one begins at begin, in front of it. */
static size_t unit_from(struct str line, size_t begin, size_t i)
{
	size_t escapes = 0;
	while (i - escapes > begin && line.ptr[i - escapes - 1] == '\\')
		escapes++;
	if (escapes % 2)
		return unit_end(line, i - 1);
	/* At most three of them belong to one. */
	for (int more = 3; more && i < line.len && (line.ptr[i] & 0xC0) == 0x80; more--)
		i++;
	return i;
}

/* True if a break here would leave a space at an edge, or a name with nothing after its colon. */
static bool is_poor(struct str line, size_t begin, size_t at)
{
	char last = line.ptr[at - 1];
	return last == ' ' || line.ptr[at] == ' ' || (last == ':' && !begin);
}

/* Where the physical line that begins at begin, with room for so many bytes, should end. */
static size_t find_break(struct str line, size_t begin, size_t room)
{
	size_t end = begin, good = begin;
	if (line.len - begin <= room)
		return line.len;
	/* Places before this one are too far from the end. */
	end = unit_from(line, begin, begin + room - UNIT_MOST - LOOK_BACK);
	for (;;) {
		size_t next = unit_end(line, end);
		if (next - begin > room)
			break;
		end = next;
		if (!is_poor(line, begin, end))
			good = end;
	}
	return good > begin && end - good <= LOOK_BACK ? good : end;
}

static void fold_line(struct buffer *out, struct str line)
{
	for (size_t begin = 0; begin < line.len;) {
		/* The space in front of a continued line counts. */
		size_t end = find_break(line, begin, begin ? LINE_MOST - 1 : LINE_MOST);
		if (begin)
			buffer_byte(out, ' ');
		buffer_add(out, str_part(line, begin, end));
		buffer_add(out, STR("\r\n"));
		begin = end;
	}
}

/* libical may fold between the CR and the LF at the end: "\r" "\r\n " "\n". */
static struct str without_cr(struct str line)
{
	while (line.len && line.ptr[line.len - 1] == '\r')
		line.len--;
	return line;
}

void fold_lines(struct buffer *out, struct str text)
{
	struct buffer line = {0};
	while (text.len) {
		size_t end = str_find(text, '\n');
		struct str part = str_part(text, 0, end);
		text = str_part(text, end < text.len ? end + 1 : end, text.len);
		part.len -= part.len && part.ptr[part.len - 1] == '\r';
		bool goes_on = text.len && (text.ptr[0] == ' ' || text.ptr[0] == '\t');
		if (!goes_on && !line.len) {
			fold_line(out, without_cr(part));
			continue;
		}
		buffer_add(&line, part);
		if (goes_on) {
			text = str_part(text, 1, text.len);
			continue;
		}
		fold_line(out, without_cr(buffer_str(&line)));
		line.len = 0;
	}
	buffer_free(&line);
}
