/* Descriptions as plain text. */
#include "text/writer.h"

#include "base/arena.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* A letter, a digit, or a part of a character beyond ASCII. */
static bool is_word(char c)
{
	char lower = ascii_lower(c);
	return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || (c & 0x80);
}

static void trim_line(struct buffer *out)
{
	while (out->len && is_blank(out->ptr[out->len - 1]))
		out->len--;
}

/* What is due before text goes on: line breaks, the indentation, the markers of items. */
static void begin_text(struct writer *writer)
{
	if (!writer->breaks && !writer->marker.len)
		return;
	trim_line(&writer->out);
	for (; writer->breaks && writer->out.len; writer->breaks--)
		buffer_byte(&writer->out, '\n');
	writer->breaks = 0;
	for (size_t i = writer->marker.len; i < writer->indent; i++)
		buffer_byte(&writer->out, ' ');
	buffer_add(&writer->out, buffer_str(&writer->marker));
	writer->marker.len = 0;
	writer->after_address = false;
}

static void plain_text(struct writer *writer, struct str text)
{
	begin_text(writer);
	if (writer->after_address && text.len && is_word(text.ptr[0]))
		buffer_byte(&writer->out, ' ');
	if (text.len)
		writer->after_address = false;
	for (size_t i = 0; i < text.len; i++) {
		size_t begin = i;
		while (i < text.len && (unsigned char)text.ptr[i] >= ' ' && text.ptr[i] != 0x7F)
			i++;
		buffer_add(&writer->out, str_part(text, begin, i));
		if (i < text.len)
			buffer_byte(&writer->out, text.ptr[i] == '\t' ? '\t' : ' ');
	}
}

static void plain_newline(struct writer *writer)
{
	begin_text(writer);
	writer->breaks = 1;
	begin_text(writer);
}

static bool in_tight(const struct writer *writer)
{
	return writer->depth && writer->lists[writer->depth - 1].tight;
}

static void open_item(struct writer *writer, const struct element *item)
{
	/* An item that begins with a list shares its line. */
	if (!writer->marker.len)
		writer_breaks(writer, 1);
	buffer_add(&writer->marker, item->marker);
	writer->lists[writer->depth - 1].width = (unsigned)item->marker.len;
	writer->indent += item->marker.len;
}

static void plain_open(struct writer *writer, const struct element *element)
{
	switch (element->kind) {
	case ELEMENT_LIST:
		if (!writer->marker.len)
			writer_breaks(writer, writer->depth ? 1 : 2);
		writer->lists = arena_grow(writer->arena, writer->lists, writer->depth, sizeof(*writer->lists));
		writer->lists[writer->depth++].tight = element->tight;
		break;
	case ELEMENT_ITEM:
		open_item(writer, element);
		break;
	case ELEMENT_PARAGRAPH:
	case ELEMENT_HEADING:
	case ELEMENT_CODE_BLOCK:
		if (!writer->marker.len)
			writer_breaks(writer, 2);
		break;
	case ELEMENT_LINK:
		begin_text(writer);
		writer->links = arena_grow(writer->arena, writer->links, writer->link_count, sizeof(*writer->links));
		writer->links[writer->link_count++].begin = writer->out.len;
		break;
	default:
		break;
	}
}

/* An address by itself, from byte begin of the output on: no word stands glued to it. */
static void stand_apart(struct writer *writer, size_t begin)
{
	struct buffer *out = &writer->out;
	writer->after_address = true;
	if (!begin || !is_word(out->ptr[begin - 1]))
		return;
	buffer_byte(out, ' ');
	memmove(out->ptr + begin + 1, out->ptr + begin, out->len - begin - 1);
	out->ptr[begin] = ' ';
}

/* "text (address)", or the address alone where the text says nothing else. */
static void close_link(struct writer *writer, const struct element *link)
{
	struct buffer *out = &writer->out;
	size_t begin = writer->links[--writer->link_count].begin;
	begin = begin < out->len ? begin : out->len;
	struct str text = {out->ptr + begin, out->len - begin}, address = link->address, title = link->title;
	struct str scheme = str_part(address, 0, str_find(address, ':') < address.len ? str_find(address, ':') + 1 : 0);
	if (str_equal_nocase(scheme, STR("mailto:")) || str_equal_nocase(scheme, STR("tel:")))
		address = str_part(address, scheme.len, address.len);
	bool same = str_equal(text, address) || str_equal(text, link->address);
	begin_text(writer);
	if (!text.len)
		buffer_add(out, address);
	else if (!same && address.len)
		buffer_format(out, title.len ? " (%.*s \"%.*s\")" : " (%.*s)", STR_ARG(address), STR_ARG(title));
	if (same || !text.len)
		stand_apart(writer, begin);
	if (title.len && (same || !text.len || !address.len))
		buffer_format(out, " (%.*s)", STR_ARG(title));
}

static void plain_close(struct writer *writer, const struct element *element)
{
	switch (element->kind) {
	case ELEMENT_LIST:
		writer->depth--;
		writer_breaks(writer, writer->depth ? 1 : 2);
		break;
	case ELEMENT_ITEM:
		/* An item without text still shows. */
		if (writer->marker.len)
			begin_text(writer);
		writer->indent -= writer->lists[writer->depth - 1].width;
		writer_breaks(writer, in_tight(writer) ? 1 : 2);
		break;
	case ELEMENT_CODE_BLOCK:
		/* Its last line break is no line of it. */
		trim_line(&writer->out);
		while (writer->out.len && writer->out.ptr[writer->out.len - 1] == '\n')
			writer->out.len--;
		writer_breaks(writer, 2);
		break;
	case ELEMENT_PARAGRAPH:
	case ELEMENT_HEADING:
	case ELEMENT_QUOTE:
		writer_breaks(writer, 2);
		break;
	case ELEMENT_LINK:
		if (writer->link_count)
			close_link(writer, element);
		break;
	default:
		break;
	}
}

const struct form_of_text form_plain = {plain_open, plain_close, plain_text, plain_newline};
