/* Folding: what is unfolded says what it said, and no line breaks a limit or a character (ical/fold.h). */
#include "fuzz.h"

#include "ical/fold.h"

enum { LINE_MOST = 75 };

/* The logical lines of a text, each with a line feed behind it; empty ones are none. */
static void unfold(struct str text, struct buffer *out)
{
	struct buffer line = {0};
	while (text.len) {
		struct str part = fuzz_split(&text, '\n');
		part.len -= part.len && part.ptr[part.len - 1] == '\r';
		buffer_add(&line, part);
		if (text.len && (text.ptr[0] == ' ' || text.ptr[0] == '\t')) {
			text = str_part(text, 1, text.len);
			continue;
		}
		while (line.len && line.ptr[line.len - 1] == '\r')
			line.len--;
		if (line.len) {
			buffer_add(out, buffer_str(&line));
			buffer_byte(out, '\n');
		}
		line.len = 0;
	}
	buffer_free(&line);
}

/* Whether a logical line begins with a blank or a tab. */
static bool has_blank_lines(struct str lines)
{
	while (lines.len) {
		struct str line = fuzz_split(&lines, '\n');
		if (line.ptr[0] == ' ' || line.ptr[0] == '\t')
			return true;
	}
	return false;
}

/* How many bytes of the UTF-8 sequence that begins with c are to follow. */
static int more_of(unsigned char c)
{
	return c < 0xC2 || c > 0xF4 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
}

/* Whether the bytes at the end of before and at the begin of behind are one whole UTF-8 sequence. */
static bool breaks_a_character(struct str before, struct str behind)
{
	for (size_t back = 1; back <= 3 && back <= before.len; back++) {
		unsigned char first = (unsigned char)before.ptr[before.len - back];
		if ((first & 0xC0) == 0x80)
			continue;
		int more = more_of(first);
		if (more < (int)back || behind.len < (size_t)more + 1 - back)
			return false;
		for (size_t i = 0; i < (size_t)more + 1 - back; i++)
			if ((behind.ptr[i] & 0xC0) != 0x80)
				return false;
		return true;
	}
	return false;
}

static void look_at_lines(struct str folded)
{
	struct str before = STR("");
	size_t escapes = 0; /* backslashes at the end of the logical line so far */
	while (folded.len) {
		struct str line = fuzz_split(&folded, '\n');
		MUST(line.len > 1 && line.ptr[line.len - 1] == '\r');
		line.len--;
		MUST(line.len <= LINE_MOST);
		bool goes_on = line.ptr[0] == ' ' && before.len;
		if (goes_on) {
			line = str_part(line, 1, line.len);
			MUST(escapes % 2 == 0);
			MUST(!breaks_a_character(before, line));
		}
		size_t at = line.len;
		while (at && line.ptr[at - 1] == '\\')
			at--;
		escapes = line.len - at + (goes_on && !at ? escapes : 0);
		before = line;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct str text = {(const char *)bytes, size};
	struct buffer folded = {0}, again = {0}, said = {0}, says = {0};
	fold_lines(&folded, text);
	unfold(text, &said);
	unfold(buffer_str(&folded), &says);
	/* A line that begins with a blank is no content line, but goes on with the one before. */
	if (has_blank_lines(buffer_str(&said)))
		goto out;
	look_at_lines(buffer_str(&folded));
	MUST(str_equal(buffer_str(&said), buffer_str(&says)));
	fold_lines(&again, buffer_str(&folded));
	MUST(str_equal(buffer_str(&folded), buffer_str(&again)));
out:
	buffer_free(&folded);
	buffer_free(&again);
	buffer_free(&said);
	buffer_free(&says);
	return 0;
}
