#include "page/html.h"

#include "text/links.h"

#include <stdlib.h>
#include <string.h>

/* What stands for a character; NULL: itself. */
static const char *escape_of(unsigned char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	default:
		return c < ' ' || c == 0x7F ? " " : NULL;
	}
}

void html_add(struct buffer *out, struct str text)
{
	size_t begin = 0;
	for (size_t i = 0; i < text.len; i++) {
		const char *escape = escape_of((unsigned char)text.ptr[i]);
		if (!escape)
			continue;
		buffer_add(out, str_part(text, begin, i));
		buffer_add(out, str_from(escape));
		begin = i + 1;
	}
	buffer_add(out, str_part(text, begin, text.len));
}

void html_add_address(struct buffer *out, const char *name, struct str address)
{
	if (!link_leads(address))
		return;
	buffer_format(out, " %s=\"", name);
	html_add(out, address);
	buffer_byte(out, '"');
}

void html_add_query(struct buffer *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
			     c == '.' || c == '_' || c == '~';
		if (plain)
			buffer_byte(out, (char)c);
		else
			buffer_percent(out, (char)c);
	}
}

void html_add_json(struct buffer *out, const json_t *json)
{
	char *text = json_dumps(json, JSON_COMPACT);
	buffer_add(out, STR("<script type=\"application/ld+json\">"));
	/* Outside strings JSON has none of these. */
	for (const char *c = text; *c;) {
		size_t plain = strcspn(c, "<>&");
		buffer_add(out, (struct str){c, plain});
		c += plain;
		if (*c)
			buffer_format(out, "\\u%04x", (unsigned)*c++);
	}
	buffer_add(out, STR("</script>\n"));
	free(text);
}
