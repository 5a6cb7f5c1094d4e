/* Descriptions as HTML, on one line. */
#include "text/writer.h"

#include "base/arena.h"
#include "text/links.h"

static void add_escaped(struct buffer *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		switch (c) {
		case '&':
			buffer_add(out, STR("&amp;"));
			break;
		case '<':
			buffer_add(out, STR("&lt;"));
			break;
		case '>':
			buffer_add(out, STR("&gt;"));
			break;
		case '"':
			buffer_add(out, STR("&quot;"));
			break;
		case '\t':
			buffer_add(out, STR("&emsp;"));
			break;
		default:
			buffer_byte(out, c < 0x20 || c == 0x7F ? ' ' : (char)c);
		}
	}
}

static void add_link(struct buffer *out, const char *scheme, struct str address)
{
	buffer_format(out, "<a href=\"%s", scheme);
	add_escaped(out, address);
	buffer_add(out, STR("\">"));
	add_escaped(out, address);
	buffer_add(out, STR("</a>"));
}

/* Text with its addresses as links. */
static void add_linked(struct buffer *out, struct str text)
{
	size_t done = 0;
	for (size_t i = 0; i < text.len; i++) {
		size_t begin = i, len = 0;
		const char *scheme = "";
		if (text.ptr[i] == '@') {
			len = link_email_at(text, i, &begin);
			scheme = "mailto:";
		} else if (link_may_begin(text.ptr[i])) {
			len = link_at(text, i);
			scheme = ascii_lower(text.ptr[i]) == 'w' ? "http://" : "";
		}
		if (!len || begin < done)
			continue;
		add_escaped(out, str_part(text, done, begin));
		add_link(out, scheme, str_part(text, begin, begin + len));
		done = begin + len;
		i = done - 1;
	}
	add_escaped(out, str_part(text, done, text.len));
}

static bool is_open(const struct writer *writer, enum element_kind kind)
{
	for (size_t i = 0; i < writer->inline_count; i++)
		if (writer->inlines[i].kind == kind)
			return true;
	return false;
}

/* Puts out the text that was kept. */
static void flush(struct writer *writer)
{
	struct str run = buffer_str(&writer->run);
	if (is_open(writer, ELEMENT_LINK) || is_open(writer, ELEMENT_CODE))
		add_escaped(&writer->out, run);
	else
		add_linked(&writer->out, run);
	writer->run.len = 0;
}

/* What is due before something within a line. */
static void begin_inline(struct writer *writer)
{
	if (writer->breaks)
		flush(writer);
	for (; writer->breaks && !writer->fresh; writer->breaks--)
		buffer_add(&writer->out, STR("<br>"));
	writer->breaks = 0;
	writer->fresh = false;
}

static void html_text(struct writer *writer, struct str text)
{
	begin_inline(writer);
	buffer_add(&writer->run, text);
}

static void html_newline(struct writer *writer)
{
	flush(writer);
	buffer_add(&writer->out, STR("<br>"));
}

static const char *inline_name(enum element_kind kind)
{
	switch (kind) {
	case ELEMENT_EMPHASIS:
		return "em";
	case ELEMENT_STRONG:
		return "strong";
	case ELEMENT_UNDERLINE:
		return "u";
	case ELEMENT_CODE:
		return "code";
	default:
		return "a";
	}
}

static void begin_element(struct writer *writer, const struct element *element)
{
	struct buffer *out = &writer->out;
	buffer_format(out, "<%s", inline_name(element->kind));
	if (element->kind == ELEMENT_LINK && link_leads(element->address)) {
		buffer_add(out, STR(" href=\""));
		add_escaped(out, element->address);
		buffer_byte(out, '"');
	}
	if (element->title.len) {
		buffer_add(out, STR(" title=\""));
		add_escaped(out, element->title);
		buffer_byte(out, '"');
	}
	buffer_byte(out, '>');
}

static void end_element(struct writer *writer, enum element_kind kind)
{
	buffer_format(&writer->out, "</%s>", inline_name(kind));
}

static void open_inline(struct writer *writer, const struct element *element)
{
	begin_inline(writer);
	flush(writer);
	/* Once is enough, and HTML has no link within a link. */
	if (is_open(writer, element->kind)) {
		writer->inner_links += element->kind == ELEMENT_LINK;
		return;
	}
	begin_element(writer, element);
	writer->inlines = arena_grow(writer->arena, writer->inlines, writer->inline_count, sizeof(*writer->inlines));
	writer->inlines[writer->inline_count++] = *element;
}

/* Ends the last element of a kind that is open; those that were begun within it end too, and begin anew behind it. */
static void close_inline(struct writer *writer, enum element_kind kind)
{
	size_t at = writer->inline_count;
	while (at && writer->inlines[at - 1].kind != kind)
		at--;
	if (!at--)
		return;
	flush(writer);
	for (size_t i = writer->inline_count; i-- > at;)
		end_element(writer, writer->inlines[i].kind);
	writer->inline_count--;
	for (size_t i = at; i < writer->inline_count; i++) {
		writer->inlines[i] = writer->inlines[i + 1];
		begin_element(writer, &writer->inlines[i]);
	}
}

/* A block begins or ends: what is open within a line ends. */
static void end_inlines(struct writer *writer)
{
	flush(writer);
	while (writer->inline_count)
		end_element(writer, writer->inlines[--writer->inline_count].kind);
	writer->inner_links = 0;
	writer->breaks = 0;
	writer->fresh = true;
}

static const char *block_name(const struct writer *writer, const struct element *element)
{
	static const char *const headings[] = {"h1", "h2", "h3", "h4", "h5", "h6"};
	switch (element->kind) {
	case ELEMENT_PARAGRAPH:
		return "p";
	case ELEMENT_HEADING:
		return writer->within ? "p" : headings[element->level - 1];
	case ELEMENT_CODE_BLOCK:
		return "pre";
	case ELEMENT_QUOTE:
		return "blockquote";
	case ELEMENT_LIST:
		return element->ordered ? "ol" : "ul";
	case ELEMENT_ITEM:
		return "li";
	case ELEMENT_RULE:
		return "hr";
	default:
		return NULL;
	}
}

static void html_open(struct writer *writer, const struct element *element)
{
	const char *name = block_name(writer, element);
	if (!name) {
		open_inline(writer, element);
		return;
	}
	end_inlines(writer);
	if (element->kind == ELEMENT_ITEM && element->number != element->expected)
		buffer_format(&writer->out, "<li value=\"%u\">", element->number);
	else if (element->kind == ELEMENT_HEADING && writer->within)
		buffer_add(&writer->out, STR("<p class=\"heading\">"));
	else
		buffer_format(&writer->out, "<%s>", name);
}

static void html_close(struct writer *writer, const struct element *element)
{
	const char *name = block_name(writer, element);
	if (!name) {
		if (element->kind == ELEMENT_LINK && writer->inner_links) {
			writer->inner_links--;
			html_text(writer, str_format(writer->arena, " (%.*s)", STR_ARG(element->address)));
		} else {
			close_inline(writer, element->kind);
		}
		return;
	}
	end_inlines(writer);
	if (element->kind == ELEMENT_CODE_BLOCK && str_ends(buffer_str(&writer->out), STR("<br>")))
		writer->out.len -= STR("<br>").len;
	if (element->kind != ELEMENT_RULE)
		buffer_format(&writer->out, "</%s>", name);
}

const struct form_of_text form_html = {html_open, html_close, html_text, html_newline};
