#include "text/markdown.h"

#include "base/arena.h"

#include <md4c.h>
#include <utf8proc.h>

#include <stdlib.h>
#include <string.h>

enum { LEVELS_MOST = 16, FLAGS = MD_FLAG_PERMISSIVEAUTOLINKS };

/* What both renderers keep while md4c reports a document. */
struct writer {
	struct buffer out;
	struct arena *arena;
	/* plain text */
	unsigned breaks; /* line breaks due before the next text */
	struct {
		bool tight, ordered;
		unsigned next; /* number of the next item */
	} levels[LEVELS_MOST];
	unsigned depth, indent;
	struct str marker; /* of an item whose text has not begun */
	struct str target; /* of the link that is open, or empty */
	size_t link_begin; /* where its text begins in out */
	unsigned in_image; /* nested images: only their text counts */
};

/* The text of an attribute, such as a link's address; its entities stay as they are written, but for &amp;. */
static struct str attribute(struct writer *writer, const MD_ATTRIBUTE *attribute)
{
	struct buffer out = {0};
	for (unsigned i = 0; attribute->size && attribute->substr_offsets[i] < attribute->size; i++) {
		size_t begin = attribute->substr_offsets[i], end = attribute->substr_offsets[i + 1];
		struct str part = {attribute->text + begin, end - begin};
		buffer_add(&out, str_equal(part, STR("&amp;")) ? STR("&") : part);
	}
	struct str text = str_copy(writer->arena, buffer_str(&out));
	buffer_free(&out);
	return text;
}

static bool is_safe(struct str target)
{
	static const char *const schemes[] = {"http://", "https://", "mailto:", "tel:"};
	for (size_t i = 0; i < sizeof(schemes) / sizeof(*schemes); i++) {
		struct str scheme = str_from(schemes[i]);
		if (target.len > scheme.len && str_equal_nocase(str_part(target, 0, scheme.len), scheme))
			return true;
	}
	return false;
}

/* The named entities of Latin-1 letters and of punctuation that people paste; others are shown as they are written. */
static const struct {
	const char *name, *text;
} entities[] = {
	{"&amp;", "&"},
	{"&lt;", "<"},
	{"&gt;", ">"},
	{"&quot;", "\""},
	{"&apos;", "'"},
	{"&nbsp;", " "},
	{"&eacute;", "é"},
	{"&egrave;", "è"},
	{"&euml;", "ë"},
	{"&ecirc;", "ê"},
	{"&aacute;", "á"},
	{"&agrave;", "à"},
	{"&auml;", "ä"},
	{"&iuml;", "ï"},
	{"&iacute;", "í"},
	{"&oacute;", "ó"},
	{"&ouml;", "ö"},
	{"&uuml;", "ü"},
	{"&uacute;", "ú"},
	{"&ccedil;", "ç"},
	{"&ntilde;", "ñ"},
	{"&szlig;", "ß"},
	{"&Eacute;", "É"},
	{"&euro;", "€"},
	{"&ndash;", "–"},
	{"&mdash;", "—"},
	{"&hellip;", "…"},
	{"&lsquo;", "‘"},
	{"&rsquo;", "’"},
	{"&ldquo;", "“"},
	{"&rdquo;", "”"},
	{"&laquo;", "«"},
	{"&raquo;", "»"},
	{"&copy;", "©"},
	{"&reg;", "®"},
	{"&deg;", "°"},
	{"&middot;", "·"},
	{"&bull;", "•"},
	{"&times;", "×"},
	{"&frac12;", "½"},
	{"&shy;", ""},
};

static struct str resolve_entity(struct writer *writer, struct str entity)
{
	for (size_t i = 0; i < sizeof(entities) / sizeof(*entities); i++)
		if (str_equal(entity, str_from(entities[i].name)))
			return str_from(entities[i].text);
	if (entity.len < 4 || entity.ptr[1] != '#')
		return entity;
	bool hex = entity.ptr[2] == 'x' || entity.ptr[2] == 'X';
	struct str digits = str_copy(writer->arena, str_part(entity, hex ? 3 : 2, entity.len - 1));
	long point = strtol(digits.ptr, NULL, hex ? 16 : 10);
	uint8_t octets[4];
	if (point < 0x20 || (point >= 0x7F && point < 0xA0) || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000))
		return STR(" ");
	ptrdiff_t len = utf8proc_encode_char((utf8proc_int32_t)point, octets);
	return str_copy(writer->arena, (struct str){(const char *)octets, (size_t)len});
}

/* --- plain text -------------------------------------------------------------------------------------------------- */

static void trim_line(struct buffer *out)
{
	while (out->len && out->ptr[out->len - 1] == ' ')
		out->len--;
}

static void indent_by(struct writer *writer, unsigned columns)
{
	while (columns--)
		buffer_byte(&writer->out, ' ');
}

static void want_breaks(struct writer *writer, unsigned breaks)
{
	if (writer->breaks < breaks)
		writer->breaks = breaks;
}

/* What is due before text goes on: line breaks, the indent, an item's marker. */
static void begin_text(struct writer *writer)
{
	if (!writer->breaks && !writer->marker.len)
		return;
	trim_line(&writer->out);
	for (; writer->breaks && writer->out.len; writer->breaks--)
		buffer_byte(&writer->out, '\n');
	writer->breaks = 0;
	indent_by(writer, writer->indent - (unsigned)writer->marker.len);
	buffer_add(&writer->out, writer->marker);
	writer->marker = STR("");
}

static bool is_control(char c)
{
	return (unsigned char)c < 0x20 || c == 0x7F;
}

static void add_text(struct writer *writer, struct str text)
{
	begin_text(writer);
	for (size_t i = 0; i < text.len; i++) {
		size_t begin = i;
		while (i < text.len && !is_control(text.ptr[i]))
			i++;
		buffer_add(&writer->out, str_part(text, begin, i));
		if (i == text.len)
			break;
		if (text.ptr[i] == '\n') {
			writer->breaks = 1;
			begin_text(writer);
		} else {
			buffer_byte(&writer->out, ' ');
		}
	}
}

static int text_enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
	struct writer *writer = context;
	unsigned level = writer->depth ? writer->depth - 1 : 0;
	switch (type) {
	case MD_BLOCK_UL:
	case MD_BLOCK_OL:
		want_breaks(writer, writer->depth ? 1 : 2);
		if (writer->depth++ >= LEVELS_MOST)
			break;
		level = writer->depth - 1;
		writer->levels[level].ordered = type == MD_BLOCK_OL;
		writer->levels[level].tight = type == MD_BLOCK_OL ? ((MD_BLOCK_OL_DETAIL *)detail)->is_tight
								  : ((MD_BLOCK_UL_DETAIL *)detail)->is_tight;
		writer->levels[level].next = type == MD_BLOCK_OL ? ((MD_BLOCK_OL_DETAIL *)detail)->start : 1;
		break;
	case MD_BLOCK_LI:
		if (writer->depth > LEVELS_MOST)
			break;
		want_breaks(writer, 1);
		writer->marker = writer->levels[level].ordered
					 ? str_format(writer->arena, "%u. ", writer->levels[level].next++)
					 : STR("- ");
		writer->indent += (unsigned)writer->marker.len;
		break;
	case MD_BLOCK_P:
	case MD_BLOCK_H:
	case MD_BLOCK_CODE:
		want_breaks(writer, writer->marker.len && writer->levels[level].tight ? 1 : 2);
		break;
	default:
		break;
	}
	return 0;
}

static int text_leave_block(MD_BLOCKTYPE type, void *detail, void *context)
{
	struct writer *writer = context;
	unsigned level = writer->depth ? writer->depth - 1 : 0;
	(void)detail;
	switch (type) {
	case MD_BLOCK_UL:
	case MD_BLOCK_OL:
		writer->depth--;
		want_breaks(writer, writer->depth ? 1 : 2);
		break;
	case MD_BLOCK_LI: {
		if (writer->depth > LEVELS_MOST)
			break;
		/* An item without text still shows. */
		if (writer->marker.len)
			add_text(writer, STR(""));
		unsigned number = writer->levels[level].next - 1;
		unsigned width = 2;
		if (writer->levels[level].ordered)
			for (width = 3; number >= 10; number /= 10)
				width++;
		writer->indent -= width;
		want_breaks(writer, writer->levels[level].tight ? 1 : 2);
		break;
	}
	case MD_BLOCK_CODE:
		/* Its last line break is no line of it. */
		trim_line(&writer->out);
		while (writer->out.len && writer->out.ptr[writer->out.len - 1] == '\n')
			writer->out.len--;
		want_breaks(writer, 2);
		break;
	case MD_BLOCK_P:
	case MD_BLOCK_H:
		want_breaks(writer, 2);
		break;
	default:
		break;
	}
	return 0;
}

static int text_enter_span(MD_SPANTYPE type, void *detail, void *context)
{
	struct writer *writer = context;
	if (type == MD_SPAN_IMG)
		writer->in_image++;
	if (type != MD_SPAN_A || writer->in_image)
		return 0;
	struct str target = attribute(writer, &((MD_SPAN_A_DETAIL *)detail)->href);
	begin_text(writer);
	writer->target = is_safe(target) ? target : STR("");
	writer->link_begin = writer->out.len;
	return 0;
}

static int text_leave_span(MD_SPANTYPE type, void *detail, void *context)
{
	struct writer *writer = context;
	(void)detail;
	if (type == MD_SPAN_IMG)
		writer->in_image--;
	if (type != MD_SPAN_A || writer->in_image || !writer->target.len)
		return 0;
	struct str target = writer->target,
		   text = {writer->out.ptr + writer->link_begin, writer->out.len - writer->link_begin};
	if (str_equal_nocase(str_part(target, 0, target.len < 7 ? target.len : 7), STR("mailto:")))
		target = str_part(target, 7, target.len);
	/* "www.example.org" needs no "(http://www.example.org)" behind it. */
	if (!text.len || !str_ends(target, text))
		buffer_format(&writer->out, text.len ? " (%.*s)" : "%.*s", STR_ARG(target));
	writer->target = STR("");
	return 0;
}

static int text_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *context)
{
	struct writer *writer = context;
	struct str s = {text, size};
	switch (type) {
	case MD_TEXT_BR:
		add_text(writer, STR("\n"));
		break;
	case MD_TEXT_SOFTBR:
		add_text(writer, STR(" "));
		break;
	case MD_TEXT_HTML:
		break;
	case MD_TEXT_NULLCHAR:
		add_text(writer, STR("\xEF\xBF\xBD"));
		break;
	case MD_TEXT_ENTITY:
		add_text(writer, resolve_entity(writer, s));
		break;
	default:
		add_text(writer, s);
	}
	return 0;
}

/* --- HTML -------------------------------------------------------------------------------------------------------- */

static void add_escaped(struct writer *writer, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		switch (c) {
		case '&':
			buffer_add(&writer->out, STR("&amp;"));
			break;
		case '<':
			buffer_add(&writer->out, STR("&lt;"));
			break;
		case '>':
			buffer_add(&writer->out, STR("&gt;"));
			break;
		case '"':
			buffer_add(&writer->out, STR("&quot;"));
			break;
		case '\n':
			buffer_add(&writer->out, STR("<br>"));
			break;
		default:
			buffer_byte(&writer->out, c < 0x20 || c == 0x7F ? ' ' : (char)c);
		}
	}
}

/* The name of a block's element, or NULL. */
static const char *element(MD_BLOCKTYPE type, const void *detail)
{
	static const char *const headings[] = {"h1", "h2", "h3", "h4", "h5", "h6"};
	switch (type) {
	case MD_BLOCK_P:
		return "p";
	case MD_BLOCK_UL:
		return "ul";
	case MD_BLOCK_OL:
		return "ol";
	case MD_BLOCK_LI:
		return "li";
	case MD_BLOCK_QUOTE:
		return "blockquote";
	case MD_BLOCK_CODE:
		return "pre";
	case MD_BLOCK_H:
		return headings[((const MD_BLOCK_H_DETAIL *)detail)->level - 1];
	default:
		return NULL;
	}
}

static int html_enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
	struct writer *writer = context;
	const char *name = element(type, detail);
	unsigned start = type == MD_BLOCK_OL ? ((MD_BLOCK_OL_DETAIL *)detail)->start : 1;
	if (type == MD_BLOCK_HR)
		buffer_add(&writer->out, STR("<hr>"));
	else if (name && start != 1)
		buffer_format(&writer->out, "<%s start=\"%u\">", name, start);
	else if (name)
		buffer_format(&writer->out, "<%s>", name);
	return 0;
}

static int html_leave_block(MD_BLOCKTYPE type, void *detail, void *context)
{
	struct writer *writer = context;
	const char *name = element(type, detail);
	if (name)
		buffer_format(&writer->out, "</%s>", name);
	return 0;
}

static int html_enter_span(MD_SPANTYPE type, void *detail, void *context)
{
	struct writer *writer = context;
	if (type == MD_SPAN_IMG)
		writer->in_image++;
	if (writer->in_image)
		return 0;
	if (type == MD_SPAN_EM)
		buffer_add(&writer->out, STR("<em>"));
	else if (type == MD_SPAN_STRONG)
		buffer_add(&writer->out, STR("<strong>"));
	else if (type == MD_SPAN_CODE)
		buffer_add(&writer->out, STR("<code>"));
	else if (type == MD_SPAN_A) {
		struct str target = attribute(writer, &((MD_SPAN_A_DETAIL *)detail)->href);
		buffer_add(&writer->out, STR("<a"));
		if (is_safe(target)) {
			buffer_add(&writer->out, STR(" href=\""));
			add_escaped(writer, target);
			buffer_byte(&writer->out, '"');
		}
		buffer_byte(&writer->out, '>');
	}
	return 0;
}

static int html_leave_span(MD_SPANTYPE type, void *detail, void *context)
{
	struct writer *writer = context;
	(void)detail;
	if (type == MD_SPAN_IMG)
		writer->in_image--;
	else if (writer->in_image)
		return 0;
	else if (type == MD_SPAN_EM)
		buffer_add(&writer->out, STR("</em>"));
	else if (type == MD_SPAN_STRONG)
		buffer_add(&writer->out, STR("</strong>"));
	else if (type == MD_SPAN_CODE)
		buffer_add(&writer->out, STR("</code>"));
	else if (type == MD_SPAN_A)
		buffer_add(&writer->out, STR("</a>"));
	return 0;
}

static int html_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *context)
{
	struct writer *writer = context;
	struct str s = {text, size};
	switch (type) {
	case MD_TEXT_BR:
		buffer_add(&writer->out, STR("<br>"));
		break;
	case MD_TEXT_SOFTBR:
		buffer_byte(&writer->out, ' ');
		break;
	case MD_TEXT_HTML:
		break;
	case MD_TEXT_NULLCHAR:
		buffer_add(&writer->out, STR("\xEF\xBF\xBD"));
		break;
	case MD_TEXT_ENTITY:
		add_escaped(writer, resolve_entity(writer, s));
		break;
	default:
		add_escaped(writer, s);
	}
	return 0;
}

/* --- both -------------------------------------------------------------------------------------------------------- */

static void parse(struct writer *writer, struct str part, const MD_PARSER *parser)
{
	/* md4c fails only where memory runs out. */
	if (part.len && md_parse(part.ptr, (MD_SIZE)part.len, parser, writer))
		memory_gone();
}

struct str markdown_to_text(struct arena *arena, const struct str *parts, size_t count)
{
	static const MD_PARSER parser = {
		0, FLAGS, text_enter_block, text_leave_block, text_enter_span, text_leave_span, text_text, NULL, NULL};
	struct writer writer = {.arena = arena};
	for (size_t i = 0; i < count; i++) {
		want_breaks(&writer, 2);
		parse(&writer, parts[i], &parser);
	}
	struct str text = str_copy(arena, str_trim(buffer_str(&writer.out)));
	buffer_free(&writer.out);
	return text;
}

struct str markdown_to_html(struct arena *arena, const struct str *parts, size_t count)
{
	static const MD_PARSER parser = {
		0, FLAGS, html_enter_block, html_leave_block, html_enter_span, html_leave_span, html_text, NULL, NULL};
	struct writer writer = {.arena = arena};
	buffer_add(&writer.out, STR("<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body>"));
	for (size_t i = 0; i < count; i++)
		parse(&writer, parts[i], &parser);
	buffer_add(&writer.out, STR("</body></html>"));
	struct str html = str_copy(arena, buffer_str(&writer.out));
	buffer_free(&writer.out);
	return html;
}
