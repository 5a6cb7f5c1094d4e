#include "input/layout.h"

#include "base/arena.h"
#include "base/hash.h"
#include "input/indents.h"
#include "input/outline.h"

/*
 * A walk over the lines keeps the columns of the keys and dashes that a line below may belong to, as libyaml does.
 * How wide the tabs of a file were meant to be nobody says: it is walked through for each width, and the width with
 * which the fewest lines fit nothing is taken.
 */
enum { TAB_WIDTHS = 8 };

static const unsigned tab_widths[TAB_WIDTHS] = {8, 4, 2, 6, 3, 5, 7, 1};

struct layout_piece {
	uint32_t at, from; /* what stands at a byte of the mended text stands at this one of the source */
	bool fixed;        /* so does all of it */
};

struct layout_slip {
	enum message message;
	uint32_t begin, end; /* of the source */
	struct str shown;
	uint32_t first, last; /* of the source, from the first to the last that is mended of it; empty: it has no fix */
	uint32_t at, until;   /* the same of the mended text */
};

enum state { STATE_LINES, STATE_BLOCK, STATE_QUOTED, STATE_BRACKETS };

struct layout_walk {
	struct layout *layout;
	struct arena *arena;
	const struct source *source;
	struct str text;
	unsigned tab;     /* columns from one tab stop to the next */
	bool indentation; /* lines that fit nothing are moved */
	bool writing;     /* what is mended goes to out; else they are only counted */
	size_t misfits;   /* lines that fit nothing */
	size_t doubts;    /* lines with tabs that fit, but something else better */
	struct buffer out;
	uint32_t from; /* of the text, what is not in out yet */

	struct indents indents;
	enum state state;
	bool plain;   /* the last value is a plain text, which may go on */
	size_t block; /* of a text of lines: its column, once it is known, or 0 */
	char quote;
	size_t brackets;
	int shift;                  /* how far the last lines that fitted nothing were moved */
	size_t slip;                /* what is mended next belongs to this one of the layout's, from 1; 0: to none */
	size_t tabs, signs, fences; /* those that are told of once, or 0 */
	struct map *seen;           /* keys that stand on lines without tabs, with the columns of the first of each */
};

/* A line, as it is looked at. */
struct layout_line {
	struct str text; /* without its line break */
	uint32_t begin;
	size_t indent;   /* bytes */
	size_t column;   /* where its text stands */
	size_t spaces;   /* before the first tab, or all of them */
	struct str rest; /* behind its indent */
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* --- what is mended ----------------------------------------------------------------------------------------------- */

static void add_piece(struct layout_walk *walk, uint32_t from, bool fixed)
{
	struct layout *layout = walk->layout;
	layout->pieces = arena_grow(walk->arena, layout->pieces, layout->piece_count, sizeof(*layout->pieces));
	layout->pieces[layout->piece_count++] = (struct layout_piece){(uint32_t)walk->out.len, from, fixed};
}

/* Puts another text in the place of one, behind all that was put before. */
static void replace(struct layout_walk *walk, uint32_t begin, uint32_t end, struct str with)
{
	if (!walk->writing)
		return;
	buffer_add(&walk->out, str_part(walk->text, walk->from, begin));
	struct layout_slip *slip = walk->slip ? &walk->layout->slips[walk->slip - 1] : NULL;
	if (slip && !slip->last) {
		slip->first = begin;
		slip->at = (uint32_t)walk->out.len;
	}
	add_piece(walk, begin, true);
	buffer_add(&walk->out, with);
	add_piece(walk, end, false);
	walk->from = end;
	if (slip) {
		slip->last = end;
		slip->until = (uint32_t)walk->out.len;
	}
}

static void add_slip(struct layout_walk *walk, enum message message, uint32_t begin, size_t len, struct str shown)
{
	struct layout *layout = walk->layout;
	if (!walk->writing)
		return;
	layout->slips = arena_grow(walk->arena, layout->slips, layout->slip_count, sizeof(*layout->slips));
	layout->slips[layout->slip_count++] =
		(struct layout_slip){.message = message, .begin = begin, .end = begin + (uint32_t)len, .shown = shown};
	walk->slip = layout->slip_count;
}

/* The same of what is told of once a file. */
static void add_first(struct layout_walk *walk, size_t *told, enum message message, uint32_t begin, size_t len)
{
	if (!*told) {
		add_slip(walk, message, begin, len, STR(""));
		*told = walk->slip;
	}
	walk->slip = *told;
}

static struct str blanks(struct layout_walk *walk, size_t count)
{
	return str_format(walk->arena, "%*s", (int)count, "");
}

/* Lets the text of a line begin at a column. */
static void set_indent(struct layout_walk *walk, const struct layout_line *line, size_t column)
{
	bool tabs = line->spaces < line->indent;
	/* That a line belongs elsewhere is likely, and no more. */
	walk->slip = 0;
	if (tabs)
		add_first(walk, &walk->tabs, MSG_YAML_SYNTAX_TAB, line->begin + (uint32_t)line->spaces, 1);
	if (walk->writing && (tabs || column != line->indent))
		replace(walk, line->begin, line->begin + (uint32_t)line->indent, blanks(walk, column));
}

/* --- lines -------------------------------------------------------------------------------------------------------- */

static struct layout_line line_at(const struct layout_walk *walk, uint32_t number)
{
	struct str text = source_line(walk->source, number + 1);
	struct layout_line line = {.begin = walk->source->lines[number]};
	line.text = str_part(walk->text, line.begin, line.begin + text.len);
	bool tab = false;
	for (; line.indent < text.len && is_blank(text.ptr[line.indent]); line.indent++) {
		tab |= text.ptr[line.indent] == '\t';
		line.spaces += !tab;
		line.column += text.ptr[line.indent] == '\t' ? walk->tab - line.column % walk->tab : 1;
	}
	line.rest = str_part(line.text, line.indent, line.text.len);
	return line;
}

static uint32_t place_of(const struct layout_walk *walk, struct str text)
{
	return (uint32_t)(text.ptr - walk->text.ptr);
}

/* What follows from a value for the lines below; column is that of its key or dash. */
static void take_value(struct layout_walk *walk, struct str value, size_t column)
{
	enum outline_value kind = outline_value(value);
	value = str_trim(value);
	walk->indents.parent = column;
	walk->indents.open = kind == VALUE_NOTHING;
	walk->plain = kind == VALUE_TEXT;
	walk->state = kind == VALUE_BLOCK    ? STATE_BLOCK
		      : kind == VALUE_QUOTED ? STATE_QUOTED
		      : kind == VALUE_OPEN   ? STATE_BRACKETS
					     : STATE_LINES;
	walk->block = 0;
	walk->quote = value.len ? value.ptr[0] : 0;
	walk->brackets = outline_depth(value, 0);
}

/* A key, or what stands behind a dash, at a column. dash: the column of that dash, or INDENTS_NOWHERE. */
static void take_key(struct layout_walk *walk, struct str rest, size_t column, int dash)
{
	size_t key = outline_key(rest);
	struct str value = str_part(rest, key ? key + 1 : 0, rest.len);
	if (!key) {
		take_value(walk, value, dash == INDENTS_NOWHERE ? column : (size_t)dash);
		return;
	}
	size_t space = 0;
	while (space < value.len && is_blank(value.ptr[space]))
		space++;
	size_t tab = str_find(str_part(value, 0, space), '\t');
	if (tab < space && space < value.len) {
		uint32_t begin = place_of(walk, value);
		add_first(walk, &walk->tabs, MSG_YAML_SYNTAX_TAB, begin + (uint32_t)tab, 1);
		replace(walk, begin, begin + (uint32_t)space, STR(" "));
	}
	indents_enter(&walk->indents, (struct indent){.column = column});
	take_value(walk, value, column);
}

/* The first key of an item, within braces too; empty where it is a text. */
static struct str first_word(struct str item)
{
	if (item.len && item.ptr[0] == '{')
		item = str_part(item, 1, item.len);
	return str_part(item, 0, outline_key(item));
}

/* The dashes in front of a line, and what stands behind them. */
static void take_dashes(struct layout_walk *walk, struct str rest, size_t column, size_t sign)
{
	int dash = INDENTS_NOWHERE;
	while (sign || (rest.len && rest.ptr[0] == '-' && (rest.len == 1 || is_blank(rest.ptr[1])))) {
		dash = (int)column;
		uint32_t begin = place_of(walk, rest);
		if (sign) {
			add_first(walk, &walk->signs, MSG_YAML_SYNTAX_SIGN, begin, sign);
			replace(walk, begin, begin + (uint32_t)sign, STR("-"));
		}
		rest = str_part(rest, sign ? sign : 1, rest.len);
		sign = 0;
		column++;
		size_t space = 0;
		bool tab = false;
		for (; space < rest.len && is_blank(rest.ptr[space]); space++) {
			tab |= rest.ptr[space] == '\t';
			column += rest.ptr[space] == '\t' ? walk->tab - column % walk->tab : 1;
		}
		begin = place_of(walk, rest);
		if (tab && space < rest.len) {
			add_first(walk, &walk->tabs, MSG_YAML_SYNTAX_TAB, begin + (uint32_t)str_find(rest, '\t'), 1);
			replace(walk, begin, begin + (uint32_t)space, blanks(walk, column - (size_t)dash - 1));
		}
		rest = str_part(rest, space, rest.len);
		indents_enter(&walk->indents, (struct indent){(size_t)dash, true, first_word(rest), column});
	}
	take_key(walk, rest, column, dash);
}

/* A line of the structure at a column where it fits, or must be left. */
static void take_line(struct layout_walk *walk, const struct layout_line *line, size_t column)
{
	struct str rest = line->rest;
	size_t sign = outline_sign(rest);
	set_indent(walk, line, column);
	/* "* text" below a text is a part of it; so is "-id: a" a key. */
	if (sign && !indents_fit(&walk->indents, column, true))
		sign = 0;
	struct str joined = rest.len > 1 && rest.ptr[0] == '-' ? str_part(rest, 1, rest.len) : STR("");
	size_t key = joined.len && indents_fit(&walk->indents, column, true) ? outline_key(joined) : 0;
	if (key && outline_is_word(str_part(joined, 0, key)) && joined.ptr[0] != '-') {
		uint32_t begin = place_of(walk, rest);
		add_slip(walk, MSG_YAML_SYNTAX_DASH, begin, rest.len,
			str_format(walk->arena, "- %.*s", STR_ARG(joined)));
		replace(walk, begin + 1, begin + 1, STR(" "));
		indents_enter(&walk->indents, (struct indent){column, true, str_part(joined, 0, key), column + 2});
		take_key(walk, joined, column + 2, (int)column);
		return;
	}
	take_dashes(walk, rest, column, sign);
}

/* Puts a dash in front of a line that stands where the items of a list do. */
static void add_dash(struct layout_walk *walk, const struct layout_line *line, size_t column)
{
	struct str rest = line->rest;
	struct str word = str_part(rest, 0, outline_key(rest));
	set_indent(walk, line, column);
	add_slip(walk, MSG_YAML_SYNTAX_NO_DASH, place_of(walk, rest), str_trim(rest).len,
		str_format(walk->arena, "- %.*s", STR_ARG(str_trim(rest))));
	replace(walk, place_of(walk, rest), place_of(walk, rest), STR("- "));
	indents_enter(&walk->indents, (struct indent){column, true, word, column + 2});
	take_key(walk, rest, column + 2, (int)column);
}

/* Moves a line that fits nothing to where it may belong; false: nowhere. */
static bool move_line(struct layout_walk *walk, const struct layout_line *line, bool dash)
{
	struct str word = str_part(line->rest, 0, outline_key(line->rest));
	const struct indent *list = indents_dash(&walk->indents, line->column);
	/* What was moved before may go on: an event whose lines all stand one column to the left. */
	int moved = (int)line->column + walk->shift;
	if (walk->shift && moved >= 0 && indents_fit(&walk->indents, (size_t)moved, dash)) {
		take_line(walk, line, (size_t)moved);
		return true;
	}
	if (!dash && list && (!word.len || str_equal(word, list->word) || !outline_is_word(list->word))) {
		add_dash(walk, line, line->column);
		return true;
	}
	int column = !dash && list ? (int)list->inner : indents_nearest(&walk->indents, line->column, dash);
	if (column == INDENTS_NOWHERE || (!dash && !word.len))
		return false;
	walk->shift = column - (int)line->column;
	add_slip(walk, MSG_YAML_SYNTAX_INDENTED, place_of(walk, line->rest), str_trim(line->rest).len, STR(""));
	take_line(walk, line, (size_t)column);
	return true;
}

/* Whether a line that fits stands otherwise than those with its key do, or the one above it; or is no item as those of
 * its list. */
static bool is_doubtful(const struct layout_walk *walk, const struct layout_line *line, bool dash)
{
	const struct indent *list = indents_dash(&walk->indents, line->column);
	if (dash)
		return list && !str_equal(first_word(str_trim(str_part(line->rest, 1, line->rest.len))), list->word);
	const size_t *other = walk->seen ? map_get(walk->seen, str_part(line->rest, 0, outline_key(line->rest))) : NULL;
	if (other)
		return *other != line->column;
	return !walk->indents.open && line->column != walk->indents.parent;
}

/* A line that is no part of a text, quotes or brackets above. */
static void walk_line(struct layout_walk *walk, const struct layout_line *line)
{
	bool dash = line->rest.ptr[0] == '-' && (line->rest.len == 1 || is_blank(line->rest.ptr[1]));
	bool key = outline_key(line->rest) > 0;
	/* A text goes on below. */
	if (walk->plain && line->column > walk->indents.parent && !key) {
		if (line->spaces <= walk->indents.parent)
			set_indent(walk, line, line->column);
		return;
	}
	bool sign = outline_sign(line->rest) > 0, list = indents_dash(&walk->indents, line->column);
	if (!dash && !key && !sign && !(list && walk->indentation)) {
		/* A value on the line below its key; or a text where none can be. */
		walk->misfits += !walk->indents.open;
		set_indent(walk, line, line->column);
		take_value(walk, line->rest, walk->indents.parent);
		return;
	}
	bool fitting = indents_fit(&walk->indents, line->column, dash || sign);
	/* At the left edge the key of an item may be taken for one of the file's. */
	const struct indent *item = indents_dash(&walk->indents, line->column);
	if (walk->indentation && key && item && str_equal(str_part(line->rest, 0, outline_key(line->rest)), item->word))
		fitting = false;
	if (fitting)
		walk->shift = 0;
	else
		walk->misfits++;
	walk->doubts += line->spaces < line->indent && fitting && is_doubtful(walk, line, dash);
	if (!fitting && walk->indentation && move_line(walk, line, dash))
		return;
	take_line(walk, line, line->column);
}

/* Whether a line must be one of the structure, though a text, quotes or brackets are open. */
static bool ends_what_is_open(const struct layout_walk *walk, const struct layout_line *line)
{
	struct str word = str_part(line->rest, 0, outline_key(line->rest));
	const struct indent *dash = indents_dash(&walk->indents, line->column);
	if (line->rest.len > 1 && line->rest.ptr[0] == '-' && is_blank(line->rest.ptr[1]))
		return dash;
	return outline_is_word(word) && line->column <= walk->indents.parent &&
	       indents_fit(&walk->indents, line->column, false);
}

/* Whether a line looks like an item of a list that is open, by its first key. */
static bool is_item(const struct layout_walk *walk, const struct layout_line *line)
{
	struct str word = STR("");
	if (line->rest.len > 1 && line->rest.ptr[0] == '-')
		word = first_word(str_trim(str_part(line->rest, 1, line->rest.len)));
	for (size_t i = 0; word.len && i < walk->indents.depth; i++)
		if (walk->indents.columns[i].dash && str_equal(walk->indents.columns[i].word, word))
			return true;
	return false;
}

/* A line of a text behind | or >. False: the text has ended above it. */
static bool walk_block(struct layout_walk *walk, const struct layout_line *line)
{
	size_t least = walk->block ? walk->block : walk->indents.parent + 1;
	bool within = line->column >= least;
	/* A tab behind the text's column belongs to the text. */
	bool tabs = line->spaces < line->indent && line->spaces < (walk->block ? walk->block : SIZE_MAX);
	if (!within && walk->indentation && walk->block && line->rest.ptr[0] != '#' && !outline_key(line->rest) &&
		!ends_what_is_open(walk, line)) {
		add_slip(walk, MSG_YAML_SYNTAX_TEXT, place_of(walk, line->rest), str_trim(line->rest).len, STR(""));
		set_indent(walk, line, walk->block);
		return true;
	}
	if (!within) {
		walk->misfits += walk->block && line->column > walk->indents.parent;
		return false;
	}
	/* A key or an item by the look of it may well be one whose tab is narrower. */
	walk->misfits +=
		tabs && (outline_is_word(str_part(line->rest, 0, outline_key(line->rest))) || is_item(walk, line));
	if (!walk->block)
		walk->block = line->column;
	/* Four columns more would make code of it. */
	size_t column = line->column >= walk->block + 4 && !line->spaces ? walk->block : line->column;
	if (tabs)
		set_indent(walk, line, column);
	else if (walk->shift > 0)
		set_indent(walk, line, column + (size_t)walk->shift);
	return true;
}

/* A line within quotes or brackets. */
static void walk_open(struct layout_walk *walk, const struct layout_line *line)
{
	if (walk->state == STATE_BRACKETS) {
		walk->brackets = outline_depth(line->rest, walk->brackets);
		if (!walk->brackets)
			walk->state = STATE_LINES;
	} else if (outline_close_quote(line->rest, walk->quote)) {
		walk->state = STATE_LINES;
	}
}

/* Blank lines, comments, the fence around a file, and what stands between documents. True: it is one of them. */
static bool walk_aside(struct layout_walk *walk, const struct layout_line *line)
{
	bool empty = !str_trim(line->rest).len;
	bool text = walk->state == STATE_BLOCK && walk->block && line->spaces >= walk->block;
	if (empty && line->spaces < line->indent && !text)
		set_indent(walk, line, 0);
	if (empty || walk->state != STATE_LINES)
		return empty;
	if (line->rest.ptr[0] == '#') {
		if (line->spaces < line->indent)
			set_indent(walk, line, line->column);
		return true;
	}
	if (outline_is_fence(line->rest)) {
		add_first(walk, &walk->fences, MSG_YAML_SYNTAX_FENCE, place_of(walk, line->rest),
			str_trim(line->rest).len);
		replace(walk, line->begin, line->begin + (uint32_t)line->text.len, STR(""));
		return true;
	}
	return !line->indent &&
	       (line->rest.ptr[0] == '%' || str_starts(line->rest, STR("---")) || str_starts(line->rest, STR("...")));
}

static void walk_lines(struct layout_walk *walk)
{
	for (uint32_t i = 0; i < walk->source->line_count; i++) {
		struct layout_line line = line_at(walk, i);
		if (walk->state == STATE_BLOCK && str_trim(line.rest).len && !walk_block(walk, &line))
			walk->state = STATE_LINES;
		if (walk_aside(walk, &line) || walk->state == STATE_BLOCK)
			continue;
		if ((walk->state == STATE_QUOTED || walk->state == STATE_BRACKETS) && !ends_what_is_open(walk, &line)) {
			walk_open(walk, &line);
			continue;
		}
		walk->state = STATE_LINES;
		walk_line(walk, &line);
	}
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

/* Whether anything that can be mended without doubt may be there: most files have nothing of the kind. */
static bool is_suspect(const struct source *source)
{
	bool tabs = str_find(source->bytes, '\t') < source->bytes.len;
	for (uint32_t i = 0; i < source->line_count; i++) {
		size_t begin = source->lines[i];
		size_t end = i + 1 < source->line_count ? source->lines[i + 1] : source->bytes.len;
		while (begin < end && source->bytes.ptr[begin] == ' ')
			begin++;
		struct str rest = str_part(source->bytes, begin, end);
		if (rest.len < 2)
			continue;
		bool dash = rest.ptr[0] == '-' && rest.ptr[1] != ' ' && rest.ptr[1] != '\n';
		if (dash || rest.ptr[0] == '\t' || outline_sign(rest) || outline_is_fence(rest))
			return true;
		size_t tab = tabs ? str_find(rest, '\t') : 0;
		if (tab && tab < rest.len && strchr(":- ", rest.ptr[tab - 1]))
			return true;
	}
	return false;
}

/* The lines that no tab indents, by the keys on them. */
static void note_keys(const struct layout_walk *walk, struct map *seen)
{
	for (uint32_t i = 0; i < walk->source->line_count; i++) {
		struct layout_line line = line_at(walk, i);
		size_t key = line.spaces == line.indent ? outline_key(line.rest) : 0;
		if (!outline_is_word(str_part(line.rest, 0, key)) || map_get(seen, str_part(line.rest, 0, key)))
			continue;
		size_t *column = arena_alloc(walk->arena, sizeof(*column));
		*column = line.column;
		map_put(seen, walk->arena, str_part(line.rest, 0, key), column);
	}
}

/* The width of tabs with which the fewest lines fit nothing. */
static unsigned find_tab(const struct layout_walk *begin)
{
	struct map seen = {0};
	unsigned best = tab_widths[0];
	size_t misfits = SIZE_MAX, doubts = 0;
	if (str_find(begin->text, '\t') == begin->text.len)
		return best;
	note_keys(begin, &seen);
	for (size_t i = 0; i < TAB_WIDTHS && misfits + doubts; i++) {
		struct layout_walk walk = *begin;
		walk.seen = &seen;
		walk.tab = tab_widths[i];
		walk.indentation = walk.writing = false;
		walk_lines(&walk);
		if (walk.misfits < misfits || (walk.misfits == misfits && walk.doubts < doubts)) {
			misfits = walk.misfits;
			doubts = walk.doubts;
			best = walk.tab;
		}
	}
	return best;
}

bool layout_mend(
	struct layout *layout, struct arena *arena, const struct source *source, struct str text, bool indentation)
{
	*layout = (struct layout){.source = *source};
	layout->source.bytes = text;
	if (!indentation && !is_suspect(&layout->source))
		return false;
	struct layout_walk walk = {
		.layout = layout, .arena = arena, .source = source, .text = text, .indentation = indentation};
	walk.tab = tab_widths[0];
	walk.tab = find_tab(&walk);
	walk.writing = true;
	walk_lines(&walk);
	if (layout->piece_count) {
		buffer_add(&walk.out, str_part(text, walk.from, text.len));
		source_fill(&layout->source, arena, str_copy(arena, buffer_str(&walk.out)));
	}
	buffer_free(&walk.out);
	return layout->piece_count > 0;
}

uint32_t layout_offset(const struct layout *layout, uint32_t offset)
{
	size_t low = 0, high = layout->piece_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (layout->pieces[middle].at <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low)
		return offset;
	const struct layout_piece *piece = &layout->pieces[low - 1];
	return piece->fixed ? piece->from : piece->from + (offset - piece->at);
}

void layout_report(const struct layout *layout, struct findings *findings, uint32_t source)
{
	for (size_t i = 0; i < layout->slip_count; i++) {
		const struct layout_slip *slip = &layout->slips[i];
		size_t number = finding_add(
			findings, slip->message, (struct span){source, slip->begin, slip->end}, WORDS(slip->shown));
		if (slip->until)
			finding_fix(findings, number, (struct span){source, slip->first, slip->last},
				str_part(layout->source.bytes, slip->at, slip->until));
	}
}
