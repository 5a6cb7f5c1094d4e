#include "input/syntax.h"

/* The bytes that a line is indented by; its length where it is empty. */
static size_t indent_of(struct str line)
{
	size_t indent = 0;
	while (indent < line.len && (line.ptr[indent] == ' ' || line.ptr[indent] == '\t'))
		indent++;
	return indent;
}

/* Whether a place is at the first word of its line, or behind it on a line that is indented deeper than the last. */
static bool is_indentation(const struct source *source, const struct place *place, bool first)
{
	struct str line = source_line(source, place->line);
	size_t indent = indent_of(line);
	if (first)
		return indent + 1 == place->column;
	for (uint32_t above = place->line - 1; above; above--) {
		struct str other = source_line(source, above);
		size_t less = indent_of(other);
		if (less < other.len && other.ptr[less] != '#')
			return indent > less && other.ptr[less] != '-';
	}
	return false;
}

/* What begins at a place. */
static char opened_at(const struct source *source, struct span at)
{
	return at.source && at.begin < source->bytes.len ? source->bytes.ptr[at.begin] : 0;
}

/* libyaml's sentences, or how they begin, by what they come to for a person. */
static const struct {
	const char *problem;
	enum message message;
} sentences[] = {
	{"did not find expected ',' or ", MSG_YAML_SYNTAX_COMMA},
	{"did not find expected node content", MSG_YAML_SYNTAX_VALUE},
	{"found character that cannot start any token", MSG_YAML_SYNTAX_CHARACTER},
	{"found unknown escape character", MSG_YAML_SYNTAX_BACKSLASH},
	{"did not find expected hexdecimal number", MSG_YAML_SYNTAX_BACKSLASH},
	{"found invalid Unicode character escape code", MSG_YAML_SYNTAX_BACKSLASH},
	{"block sequence entries are not allowed", MSG_YAML_SYNTAX_LIST},
	{"mapping keys are not allowed", MSG_YAML_SYNTAX_KEY},
	{"did not find expected comment or line break", MSG_YAML_SYNTAX_BLOCK},
	{"found an indentation indicator equal to 0", MSG_YAML_SYNTAX_BLOCK},
	{"found a tab character", MSG_YAML_SYNTAX_TAB},
	{"did not find expected alphabetic or numeric character", MSG_YAML_SYNTAX_NAME},
	{"did not find expected '!'", MSG_YAML_SYNTAX_NAME},
	{"did not find the expected '>'", MSG_YAML_SYNTAX_NAME},
	{"did not find URI escaped", MSG_YAML_SYNTAX_NAME},
	{"did not find expected tag URI", MSG_YAML_SYNTAX_NAME},
	{"found an incorrect leading UTF-8 octet", MSG_YAML_SYNTAX_NAME},
	{"found an incorrect trailing UTF-8 octet", MSG_YAML_SYNTAX_NAME},
	{"found undefined tag handle", MSG_YAML_SYNTAX_NAME},
	{"did not find expected whitespace or line break", MSG_YAML_SYNTAX_NAME},
	{"found unknown directive name", MSG_YAML_SYNTAX_PERCENT},
	{"could not find expected directive name", MSG_YAML_SYNTAX_PERCENT},
	{"found unexpected non-alphabetical character", MSG_YAML_SYNTAX_PERCENT},
	{"found extremely long version number", MSG_YAML_SYNTAX_PERCENT},
	{"did not find expected version number", MSG_YAML_SYNTAX_PERCENT},
	{"did not find expected digit or '.' character", MSG_YAML_SYNTAX_PERCENT},
	{"did not find expected whitespace", MSG_YAML_SYNTAX_PERCENT},
	{"found incompatible YAML document", MSG_YAML_SYNTAX_PERCENT},
	{"found duplicate %", MSG_YAML_SYNTAX_PERCENT},
	{"did not find expected <document start>", MSG_YAML_SYNTAX_INDENT},
};

/* The same of what is opened and never closed, which shows far below. */
static enum message open_message(const struct source *source, struct str problem, struct span began, struct span *at)
{
	char opened = opened_at(source, began);
	bool quote = (opened == '"' || opened == '\'') &&
		     (str_equal(problem, STR("found unexpected end of stream")) ||
			     str_equal(problem, STR("found unexpected document indicator")));
	bool bracket = (opened == '[' || opened == '{') &&
		       (at->begin >= source->bytes.len ||
			       !str_trim(str_part(source->bytes, at->begin, source->bytes.len)).len);
	if (!quote && !bracket)
		return MESSAGE_COUNT;
	*at = (struct span){began.source, began.begin, began.begin + 1};
	return quote ? MSG_YAML_SYNTAX_OPEN_QUOTE : MSG_YAML_SYNTAX_OPEN_BRACKET;
}

enum message syntax_message(const struct source *source, struct str problem, struct span began, struct span *at)
{
	struct place place = source_place_in(source, *at);
	enum message open = open_message(source, problem, began, at);
	if (open != MESSAGE_COUNT)
		return open;
	if (str_equal(problem, STR("did not find expected '-' indicator")) ||
		str_equal(problem, STR("did not find expected key")))
		return is_indentation(source, &place, true) ? MSG_YAML_SYNTAX_INDENT : MSG_YAML_SYNTAX;
	if (str_starts(problem, STR("mapping values are not allowed")))
		return is_indentation(source, &place, false) ? MSG_YAML_SYNTAX_INDENT : MSG_YAML_SYNTAX_KEY;
	if (str_equal(problem, STR("could not find expected ':'")) && began.source) {
		struct str line = str_trim(source_line(source, source_place_in(source, began).line));
		at->begin = began.begin;
		at->end = (uint32_t)(line.ptr + line.len - source->bytes.ptr);
		return MSG_YAML_SYNTAX_NO_KEY;
	}
	struct str above = str_trim(str_part(source->bytes, 0, source->lines[place.line - 1]));
	if (str_starts(problem, STR("did not find expected <document start>")) && str_ends(above, STR("...")))
		return MSG_UNSUPPORTED_DOCUMENT;
	for (size_t i = 0; i < sizeof(sentences) / sizeof(*sentences); i++)
		if (str_starts(problem, str_from(sentences[i].problem)))
			return sentences[i].message;
	return MSG_YAML_SYNTAX;
}
