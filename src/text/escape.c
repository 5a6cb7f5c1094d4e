#include "base/arena.h"
#include "text/links.h"
#include "text/markdown.h"

#include <string.h>

/* How much of a text is escaped: what Markdown is likely to read, or every mark that it may. */
enum escaping { ESCAPE_NOTHING, ESCAPE_LIKELY, ESCAPE_ALL, ESCAPINGS };

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80);
}

/* Whether a mark may mean something where it stands. */
static bool is_likely(struct str text, size_t at, bool begins_line)
{
	char c = text.ptr[at], behind = at + 1 < text.len ? text.ptr[at + 1] : ' ';
	if (c == '_')
		return !(at && is_word(text.ptr[at - 1]) && is_word(behind));
	if (c == '&')
		return is_word(behind) || behind == '#';
	return strchr("\\`*[]<~|", c) || (begins_line && strchr("#>+=-", c));
}

static struct str escaped(struct arena *arena, struct str text, enum escaping escaping)
{
	struct buffer out = {0};
	bool begins_line = true;
	size_t link_end = 0;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (i >= link_end && (!i || !is_word(text.ptr[i - 1])))
			link_end = i + link_at(text, i);
		bool mark = escaping == ESCAPE_ALL ? (c > ' ' && c < 0x7F && !is_word(c))
						   : i >= link_end && is_likely(text, i, begins_line);
		if (mark && escaping != ESCAPE_NOTHING)
			buffer_byte(&out, '\\');
		buffer_byte(&out, c);
		begins_line = c == '\n' || (begins_line && c == ' ');
	}
	struct str result = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return result;
}

/* Without spaces at the ends of lines (loose: at their beginnings too), and with one empty line for several. */
static struct str normal(struct arena *arena, struct str text, bool loose)
{
	struct buffer out = {0};
	size_t breaks = 0;
	for (size_t at = 0; at < text.len;) {
		struct str line = str_part(text, at, text.len);
		line.len = str_find(line, '\n');
		at += line.len + 1;
		struct str trimmed = str_trim(line);
		if (trimmed.len) {
			for (size_t i = 0; out.len && i < breaks && i < 2; i++)
				buffer_byte(&out, '\n');
			size_t indent = loose || !out.len ? 0 : (size_t)(trimmed.ptr - line.ptr);
			buffer_add(&out, (struct str){trimmed.ptr - indent, trimmed.len + indent});
			breaks = 0;
		}
		breaks++;
	}
	struct str result = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return result;
}

static bool comes_back(struct arena *arena, struct str text, struct str plain, bool loose)
{
	struct arena_mark mark = arena_mark(arena);
	bool same = str_equal(normal(arena, markdown_to_text(arena, &text, 1), loose), plain);
	arena_release(arena, mark);
	return same;
}

/* Paragraph by paragraph with no more escapes than each needs. */
static struct str by_paragraph(struct arena *arena, struct str plain, bool loose)
{
	struct buffer out = {0};
	while (plain.len) {
		size_t end = 0;
		while (end < plain.len && !str_starts(str_part(plain, end, plain.len), STR("\n\n")))
			end++;
		struct str paragraph = str_part(plain, 0, end), text = paragraph;
		for (enum escaping escaping = ESCAPE_NOTHING; escaping < ESCAPINGS; escaping++) {
			text = escaped(arena, paragraph, escaping);
			if (comes_back(arena, text, paragraph, loose))
				break;
		}
		buffer_format(&out, "%s%.*s", out.len ? "\n\n" : "", STR_ARG(text));
		plain = str_part(plain, end + (end < plain.len ? 2 : 0), plain.len);
	}
	struct str result = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return result;
}

bool markdown_from_text(struct arena *arena, struct str plain, struct str *text)
{
	/* Spaces in front of a line are kept where Markdown has them: in lists that lie in each other. */
	for (int loose = 0; loose < 2; loose++) {
		plain = normal(arena, plain, loose);
		*text = plain;
		if (comes_back(arena, *text, plain, loose))
			return true;
		*text = by_paragraph(arena, plain, loose);
		if (comes_back(arena, *text, plain, loose))
			return true;
		/* Paragraphs that are one list, or one block, together. */
		*text = escaped(arena, plain, ESCAPE_ALL);
		if (comes_back(arena, *text, plain, loose))
			return true;
	}
	return false;
}
