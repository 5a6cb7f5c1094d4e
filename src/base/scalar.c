#include "base/scalar.h"

#include <string.h>

/* never: characters that do not stand in such a text. */
static bool is_plain(struct str text, const char *never)
{
	for (size_t i = 0; i < text.len; i++) {
		char before = i ? text.ptr[i - 1] : ' ', behind = i + 1 < text.len ? text.ptr[i + 1] : ' ';
		if (!text.ptr[i] || strchr(never, text.ptr[i]) || (text.ptr[i] == ':' && behind == ' ') ||
			(text.ptr[i] == '#' && before == ' '))
			return false;
	}
	/* YAML's words for nothing, in any case. */
	if (str_equal_nocase(text, STR("null")))
		return false;
	return text.len && !strchr(" -?:#&*!|>'%@`~=\"[]{},", text.ptr[0]) && text.ptr[text.len - 1] != ' ';
}

bool scalar_is_plain(struct str text)
{
	return is_plain(text, ",[]{}\"\n\r\t");
}

void scalar_add_quoted(struct buffer *out, struct str text, char quote)
{
	if (str_find(text, '"') < text.len || str_find(text, '\\') < text.len)
		quote = '\'';
	buffer_byte(out, quote);
	for (size_t i = 0; i < text.len; i++) {
		buffer_byte(out, text.ptr[i]);
		if (quote == '\'' && text.ptr[i] == '\'')
			buffer_byte(out, '\'');
	}
	buffer_byte(out, quote);
}

void scalar_add(struct buffer *out, struct str text)
{
	if (scalar_is_plain(text))
		buffer_add(out, text);
	else
		scalar_add_quoted(out, text, '"');
}

void scalar_add_line(struct buffer *out, struct str text)
{
	if (is_plain(text, "\n\r\t"))
		buffer_add(out, text);
	else
		scalar_add_quoted(out, text, '"');
}
