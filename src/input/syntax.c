#include "input/syntax.h"

/* The octets that a line is indented by; its length where it is empty. */
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

enum message syntax_message(const struct source *source, struct str problem, struct span context_at, struct span *at)
{
	struct place place = source_place_in(source, *at);
	if ((str_equal(problem, STR("did not find expected '-' indicator")) ||
		    str_equal(problem, STR("did not find expected key"))) &&
		is_indentation(source, &place, true))
		return MSG_YAML_SYNTAX_INDENT;
	if (str_equal(problem, STR("mapping values are not allowed in this context")))
		return is_indentation(source, &place, false) ? MSG_YAML_SYNTAX_INDENT : MSG_YAML_SYNTAX_KEY;
	if (str_equal(problem, STR("could not find expected ':'")) && context_at.source) {
		struct str line = str_trim(source_line(source, source_place_in(source, context_at).line));
		at->begin = context_at.begin;
		at->end = (uint32_t)(line.ptr + line.len - source->bytes.ptr);
		return MSG_YAML_SYNTAX_NO_KEY;
	}
	if (str_equal(problem, STR("found unknown escape character")))
		return MSG_YAML_SYNTAX_ESCAPE;
	if (str_starts(problem, STR("did not find expected ',' or ")))
		return MSG_YAML_SYNTAX_COMMA;
	return MSG_YAML_SYNTAX;
}
