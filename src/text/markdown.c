/*
 * md4c says what a text is made of, in the order of the text, and points at the bytes of it. All that is published is
 * taken from there; between two such places stand marks, from which the numbers of lists are read. What md4c must not
 * take for marks is hidden from it (text/mask.h).
 */
#include "text/markdown.h"

#include "base/arena.h"
#include "text/document.h"
#include "text/mask.h"

#include <string.h>

enum { HTML_MAXIMUM = 8 * TEXT_MAXIMUM };

static int go_on(struct document *document)
{
	const struct writer *writer = document->writer;
	document->too_large |=
		writer->out.len + writer->run.len > document->maximum || document->addressed > ADDRESSES_MOST;
	/* md4c goes on behind a link unless it is negative. */
	return document->too_large ? -1 : 0;
}

/* --- blocks ------------------------------------------------------------------------------------------------------ */

/* The marker of an item at a byte: its bytes, or 0. */
static size_t marker_length(struct str text, size_t at, bool ordered, char mark)
{
	size_t i = at;
	while (ordered && i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9')
		i++;
	if (i == text.len || text.ptr[i] != mark || (ordered && i == at))
		return 0;
	i++;
	return i == text.len || strchr(" \t\n", text.ptr[i]) ? i - at : 0;
}

/* The marker of the item that begins somewhere behind the cursor, as it was typed. */
static struct str find_marker(struct document *document, bool ordered, char mark)
{
	struct str text = document->text;
	size_t i = document->cursor;
	for (bool here = document->at_marker; i < text.len; here = true) {
		if (!here)
			i += str_find(str_part(text, i, text.len), '\n') + 1;
		while (i < text.len && strchr(" \t>", text.ptr[i]))
			i++;
		size_t len = i < text.len ? marker_length(text, i, ordered, mark) : 0;
		if (len) {
			document->cursor = i + len;
			document->at_marker = true;
			return str_part(text, i, i + len);
		}
		i += i < text.len ? str_find(str_part(text, i, text.len), '\n') + 1 : 0;
	}
	return STR("");
}

static void open_list(struct document *document, bool ordered, char mark, bool tight)
{
	struct writer *writer = document->writer;
	struct element list = {.kind = ELEMENT_LIST, .ordered = ordered, .tight = tight};
	document->lists = arena_grow(writer->arena, document->lists, document->depth, sizeof(*document->lists));
	document->lists[document->depth].ordered = ordered;
	document->lists[document->depth].mark = mark;
	document->lists[document->depth++].next = 1;
	writer->form->open(writer, &list);
}

static void close_list(struct document *document)
{
	struct element list = {.kind = ELEMENT_LIST, .ordered = document->lists[--document->depth].ordered};
	document->writer->form->close(document->writer, &list);
}

static void open_item(struct document *document)
{
	struct writer *writer = document->writer;
	size_t level = document->depth - 1;
	bool ordered = document->lists[level].ordered;
	struct str typed = find_marker(document, ordered, document->lists[level].mark);
	struct element item = {.kind = ELEMENT_ITEM, .marker = STR("- "), .expected = document->lists[level].next};
	item.number = item.expected;
	if (ordered && typed.len) {
		item.number = 0;
		for (size_t i = 0; i + 1 < typed.len; i++)
			item.number = item.number * 10 + (unsigned)(typed.ptr[i] - '0');
	}
	if (ordered)
		item.marker = typed.len ? str_format(writer->arena, "%.*s ", STR_ARG(typed))
					: str_format(writer->arena, "%u. ", item.number);
	document->lists[level].next = item.number + 1;
	writer->form->open(writer, &item);
}

/* A paragraph, or the text of an item, has ended. */
static void end_lines(struct document *document)
{
	struct wrapped *wrapped = &document->wrapped;
	document_end_html(document);
	if (document->losses && wrapped_surely(wrapped))
		document_add_loss(document, (struct loss){.kind = LOSS_WRAPPED, .at = {wrapped->begin, wrapped->end}});
	*wrapped = (struct wrapped){0};
}

/* The element of a block that is neither list nor item; false where it has none. */
static bool block_element(MD_BLOCKTYPE type, const void *detail, struct element *element)
{
	switch (type) {
	case MD_BLOCK_QUOTE:
		element->kind = ELEMENT_QUOTE;
		return true;
	case MD_BLOCK_HR:
		element->kind = ELEMENT_RULE;
		return true;
	case MD_BLOCK_H:
		element->kind = ELEMENT_HEADING;
		element->level = ((const MD_BLOCK_H_DETAIL *)detail)->level;
		return true;
	case MD_BLOCK_CODE:
		element->kind = ELEMENT_CODE_BLOCK;
		return true;
	case MD_BLOCK_P:
		element->kind = ELEMENT_PARAGRAPH;
		return true;
	default:
		return false;
	}
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
	struct document *document = context;
	struct writer *writer = document->writer;
	struct element element = {0};
	end_lines(document);
	if (type == MD_BLOCK_UL)
		open_list(document, false, ((MD_BLOCK_UL_DETAIL *)detail)->mark,
			((MD_BLOCK_UL_DETAIL *)detail)->is_tight);
	else if (type == MD_BLOCK_OL)
		open_list(document, true, ((MD_BLOCK_OL_DETAIL *)detail)->mark_delimiter,
			((MD_BLOCK_OL_DETAIL *)detail)->is_tight);
	else if (type == MD_BLOCK_LI)
		open_item(document);
	else if (block_element(type, detail, &element))
		writer->form->open(writer, &element);
	document->marked |= type == MD_BLOCK_H;
	document->in_code_block = type == MD_BLOCK_CODE;
	if (type != MD_BLOCK_CODE)
		return go_on(document);
	/* The word behind a fence would say how to colour the code, which nobody does here. */
	struct str info = document_attribute(document, &((MD_BLOCK_CODE_DETAIL *)detail)->info);
	if (info.len) {
		writer->form->text(writer, info);
		writer->form->newline(writer);
	}
	return go_on(document);
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *context)
{
	struct document *document = context;
	struct writer *writer = document->writer;
	struct element element = {0};
	end_lines(document);
	document->in_code_block = false;
	if (type == MD_BLOCK_UL || type == MD_BLOCK_OL) {
		close_list(document);
	} else if (type == MD_BLOCK_LI) {
		element.kind = ELEMENT_ITEM;
		writer->form->close(writer, &element);
	} else if (block_element(type, detail, &element)) {
		writer->form->close(writer, &element);
	}
	return go_on(document);
}

static enum element_kind span_kind(MD_SPANTYPE type)
{
	return type == MD_SPAN_EM ? ELEMENT_EMPHASIS : type == MD_SPAN_STRONG ? ELEMENT_STRONG : ELEMENT_CODE;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *context)
{
	struct document *document = context;
	document->marked = true;
	if (type == MD_SPAN_A)
		document_open_link(document, &((MD_SPAN_A_DETAIL *)detail)->href, &((MD_SPAN_A_DETAIL *)detail)->title);
	else if (type == MD_SPAN_IMG)
		document_open_link(
			document, &((MD_SPAN_IMG_DETAIL *)detail)->src, &((MD_SPAN_IMG_DETAIL *)detail)->title);
	else
		document_inline(document, span_kind(type), false);
	return go_on(document);
}

static int leave_span(MD_SPANTYPE type, void *detail, void *context)
{
	struct document *document = context;
	(void)detail;
	if (type == MD_SPAN_A || type == MD_SPAN_IMG)
		document_close_link(document);
	else
		document_inline(document, span_kind(type), true);
	return go_on(document);
}

static int see_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *context)
{
	struct document *document = context;
	size_t at;
	bool inside = document_holds(document, text, &at);
	switch (type) {
	case MD_TEXT_BR:
	case MD_TEXT_SOFTBR:
		document_put_line(document);
		break;
	case MD_TEXT_HTML:
		if (inside)
			document_put_html(document, at, at + size);
		else
			document_put_line(document);
		break;
	case MD_TEXT_CODE:
		document_put_code(document, inside, at, (struct str){text, size});
		break;
	case MD_TEXT_ENTITY:
		document_put_entity(document, at, at + size);
		break;
	default:
		if (inside)
			document_put_text(document, at, at + size);
	}
	return go_on(document);
}

/* Reads a text into the writer, whose output so far stays in front of it. */
static void read_document(struct document *document, struct str text)
{
	static const MD_PARSER parser = {
		0, PARSE_FLAGS, enter_block, leave_block, enter_span, leave_span, see_text, NULL, NULL};
	/* Half of such a text would have to be marks, to be short enough when they are gone. */
	document->too_large = text.len > 2 * document->maximum;
	if (!text.len || document->too_large)
		return;
	document->text = text;
	document->mask = mask(document->writer->arena, text).ptr;
	document->at_marker = true;
	/* What is not ours to stop fails only where memory runs out. */
	if (md_parse(document->mask, (MD_SIZE)text.len, &parser, document) && !document->too_large)
		memory_gone();
}

static struct str take_output(struct writer *writer)
{
	struct str text = str_copy(writer->arena, buffer_str(&writer->out));
	buffer_free(&writer->out);
	buffer_free(&writer->marker);
	buffer_free(&writer->run);
	return text;
}

struct str markdown_to_text(struct arena *arena, const struct str *parts, size_t count)
{
	struct writer writer = {.form = &form_plain, .arena = arena};
	for (size_t i = 0; i < count; i++) {
		struct document document = {.writer = &writer, .maximum = HTML_MAXIMUM};
		writer_breaks(&writer, 2);
		read_document(&document, parts[i]);
	}
	return str_trim(take_output(&writer));
}

struct str markdown_to_text_with(struct arena *arena, struct str text, struct losses *losses)
{
	struct writer writer = {.form = &form_plain, .arena = arena};
	struct document document = {.writer = &writer, .losses = losses, .maximum = TEXT_MAXIMUM};
	read_document(&document, text);
	if (document.too_large)
		document_add_loss(&document, (struct loss){.kind = LOSS_SIZE, .at = {0, text.len}});
	return str_trim(take_output(&writer));
}

struct str markdown_to_html(struct arena *arena, const struct str *parts, size_t count)
{
	struct writer writer = {.form = &form_html, .arena = arena};
	buffer_add(&writer.out, STR("<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body>"));
	for (size_t i = 0; i < count; i++) {
		struct document document = {.writer = &writer, .maximum = HTML_MAXIMUM};
		writer.fresh = true;
		read_document(&document, parts[i]);
	}
	buffer_add(&writer.out, STR("</body></html>"));
	return take_output(&writer);
}

struct str markdown_to_fragment(struct arena *arena, struct str text)
{
	struct writer writer = {.form = &form_html, .arena = arena, .fresh = true, .within = true};
	struct document document = {.writer = &writer, .maximum = HTML_MAXIMUM};
	read_document(&document, text);
	return take_output(&writer);
}

void markdown_in_text(struct arena *arena, struct str text, struct losses *losses)
{
	struct writer writer = {.form = &form_plain, .arena = arena};
	struct document document = {.writer = &writer, .maximum = TEXT_MAXIMUM};
	for (size_t i = 0; i < text.len; i++)
		if (strchr("*_`[<#", text.ptr[i])) {
			read_document(&document, text);
			break;
		}
	struct str right = str_trim(take_output(&writer));
	document.losses = losses;
	if (!document.too_large && (document.marked || document.tagged))
		document_add_loss(&document, (struct loss){
						     .kind = document.marked ? LOSS_MARK : LOSS_TAG_SHOWN,
						     .at = {0, text.len},
						     .right = right,
					     });
}
