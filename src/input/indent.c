#include "input/indent.h"

#include "base/arena.h"
#include "base/unseen.h"

#include <string.h>

/* A source, line by line. */
struct indent_mending {
	struct buffer out;
	size_t first;        /* where the first of such characters stands in the source */
	size_t last;         /* behind the spaces that stand for the last of them in out */
	int32_t point;       /* that character; 0: there is none */
	bool blank;          /* it looks like a space */
	bool narrow;         /* one of them has no width, so that columns are not what they are in the file */
	bool in_text;        /* behind | or > */
	size_t text_columns; /* a line that is indented deeper belongs to that text */
};

static bool is_alike(struct str s, size_t i)
{
	struct unseen unseen = i < s.len && s.ptr[i] != '\t' ? unseen_at(s, i) : (struct unseen){0};
	return unseen.kind == UNSEEN_BLANK || unseen.kind == UNSEEN_NOTHING;
}

/* Whether a line, without what indents it, begins with a dash or a key: not the middle of a text. */
static bool is_structure(struct str line)
{
	size_t i = 0;
	while (i < line.len && line.ptr[i] != ':' && (unsigned char)line.ptr[i] > ' ' &&
		!strchr("\"',[]{}", line.ptr[i]))
		i++;
	return (i == 1 && line.ptr[0] == '-') || (i && i < line.len && line.ptr[i] == ':');
}

/* Whether anything but spaces and tabs indents a line. */
static bool has_unseen(struct str bytes)
{
	for (size_t i = 0; i < bytes.len; i += str_find(str_part(bytes, i, bytes.len), '\n') + 1) {
		while (i < bytes.len && bytes.ptr[i] == ' ')
			i++;
		if (is_alike(bytes, i))
			return true;
	}
	return false;
}

/* Whether a line ends in | or >, with its signs and a comment: a text of lines follows. */
static bool begins_text(struct str line)
{
	for (size_t i = 1; i < line.len; i++)
		if (line.ptr[i] == '#' && line.ptr[i - 1] == ' ')
			line.len = i;
	line = str_trim(line);
	while (line.len && ((line.ptr[line.len - 1] >= '0' && line.ptr[line.len - 1] <= '9') ||
				   line.ptr[line.len - 1] == '+' || line.ptr[line.len - 1] == '-'))
		line.len--;
	return line.len > 1 && (line.ptr[line.len - 1] == '|' || line.ptr[line.len - 1] == '>') &&
	       line.ptr[line.len - 2] == ' ';
}

/* The column of the first word behind the dashes of a line. */
static size_t word_column(struct str line)
{
	size_t i = 0;
	while (i < line.len &&
		(line.ptr[i] == ' ' || (line.ptr[i] == '-' && i + 1 < line.len && line.ptr[i + 1] == ' ')))
		i++;
	return i;
}

/* The bytes that indent a line; *columns is as wide as they are. */
static size_t measure(struct str line, size_t *columns)
{
	size_t i = 0;
	for (*columns = 0; i < line.len && (line.ptr[i] == ' ' || is_alike(line, i));) {
		struct unseen unseen = unseen_at(line, i);
		*columns += !unseen.len || unseen.kind == UNSEEN_BLANK;
		i += unseen.len ? unseen.len : 1;
	}
	return i;
}

/* Adds a line, with its line break, that begins at a byte of the source. */
static void add_line(struct indent_mending *mending, struct str line, size_t at)
{
	size_t spaces = 0, columns, indent = measure(line, &columns);
	while (spaces < line.len && line.ptr[spaces] == ' ')
		spaces++;
	struct str rest = str_part(line, indent, line.len);
	bool content = mending->in_text && spaces > mending->text_columns;
	bool meant = mending->in_text && columns > mending->text_columns;
	if (indent > spaces && !content && (meant || is_structure(rest))) {
		struct unseen unseen = unseen_at(line, spaces);
		if (!mending->point) {
			mending->point = unseen.point;
			mending->blank = unseen.kind == UNSEEN_BLANK;
			mending->first = at + spaces;
		}
		mending->narrow |= str_points(str_part(line, 0, indent)) > columns;
		for (size_t i = 0; i < columns; i++)
			buffer_byte(&mending->out, ' ');
		mending->last = mending->out.len;
		content = meant;
	} else {
		columns = spaces;
		buffer_add(&mending->out, str_part(line, 0, spaces));
		rest = str_part(line, spaces, line.len);
	}
	buffer_add(&mending->out, rest);
	if (content || !str_trim(rest).len)
		return;
	mending->in_text = begins_text(rest);
	mending->text_columns = columns + word_column(rest);
}

void indent_mend(struct findings *findings, uint32_t source)
{
	struct source *mended = source_get(findings->sources, source);
	struct str bytes = mended->bytes;
	struct indent_mending mending = {0};
	if (!has_unseen(bytes))
		return;
	for (size_t i = 0; i < bytes.len;) {
		size_t end = i + str_find(str_part(bytes, i, bytes.len), '\n');
		end += end < bytes.len;
		add_line(&mending, str_part(bytes, i, end), i);
		i = end;
	}
	if (mending.point) {
		/* A blank has become one byte. */
		struct span span = {source, (uint32_t)mending.first, (uint32_t)mending.first + 1};
		source_fill(mended, findings->arena, str_copy(findings->arena, buffer_str(&mending.out)));
		size_t number = finding_add(findings, mending.blank ? MSG_INVISIBLE_INDENT : MSG_INVISIBLE_FRONT, span,
			WORDS(unseen_name(findings->arena, mending.point, local_language())));
		/* All lines from the first to the last of them, as they should be. */
		span.end = (uint32_t)mending.last;
		if (!mending.narrow)
			finding_fix(findings, number, span, source_text(findings->sources, span));
	}
	buffer_free(&mending.out);
}
