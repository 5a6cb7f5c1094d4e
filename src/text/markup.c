/* HTML in a description: what its tags mean. */
#include "text/document.h"

#include "base/arena.h"
#include "text/entities.h"
#include "text/tags.h"

enum { MARKER_SPACES = 2 };

static void open_html_link(struct document *document, const struct tag *tag)
{
	struct writer *writer = document->writer;
	size_t at = tag->href.len ? (size_t)(tag->href.ptr - document->text.ptr) : document->hidden_until - tag->len;
	struct link link = {
		.element = {.kind = ELEMENT_LINK, .address = entities_text(writer->arena, str_trim(tag->href))},
		.at = {at, tag->href.len ? at + tag->href.len : document->hidden_until},
	};
	/* Without an address it is a place to link to. */
	if (tag->href.ptr)
		document_judge_link(document, &link);
	document->html_links = arena_grow(
		writer->arena, document->html_links, document->html_link_count, sizeof(*document->html_links));
	document->html_links[document->html_link_count++] = link.element;
	writer->form->open(writer, &link.element);
}

static void close_html_link(struct document *document)
{
	if (document->html_link_count)
		document->writer->form->close(document->writer, &document->html_links[--document->html_link_count]);
}

static void apply_html_list(struct document *document, const struct tag *tag)
{
	bool inner = document->html_depth > tag->closes;
	if (tag->closes)
		document->html_depth -= document->html_depth > 0;
	if (!tag->closes) {
		unsigned start = 0;
		for (size_t i = 0; i < tag->start.len && i < 6 && tag->start.ptr[i] >= '0' && tag->start.ptr[i] <= '9';
			i++)
			start = start * 10 + (unsigned)(tag->start.ptr[i] - '0');
		document->html_lists = arena_grow(document->writer->arena, document->html_lists, document->html_depth,
			sizeof(*document->html_lists));
		document->html_lists[document->html_depth].ordered = tag->kind == TAG_NUMBERED;
		document->html_lists[document->html_depth++].next = tag->start.len ? start : 1;
	}
	writer_breaks(document->writer, inner ? 1 : 2);
}

static void apply_html_item(struct document *document, const struct tag *tag)
{
	struct writer *writer = document->writer;
	writer_breaks(writer, 1);
	if (tag->closes)
		return;
	size_t level = document->html_depth ? document->html_depth - 1 : 0;
	for (size_t i = 0; i < level * MARKER_SPACES; i++)
		writer->form->text(writer, STR(" "));
	if (document->html_depth && document->html_lists[level].ordered)
		writer->form->text(writer, str_format(writer->arena, "%u. ", document->html_lists[level].next++));
	else
		writer->form->text(writer, STR("- "));
}

void document_apply_tag(struct document *document, const struct tag *tag)
{
	struct writer *writer = document->writer;
	document->trim |= tag->kind <= TAG_CELL;
	switch (tag->kind) {
	case TAG_BREAK:
		writer->breaks += writer->breaks < 2;
		break;
	case TAG_PARAGRAPH:
		writer_breaks(writer, 2);
		document->in_row = false;
		break;
	case TAG_LINE:
	case TAG_ROW:
		writer_breaks(writer, 1);
		document->in_row = false;
		break;
	case TAG_LIST:
	case TAG_NUMBERED:
		apply_html_list(document, tag);
		break;
	case TAG_ITEM:
		apply_html_item(document, tag);
		break;
	case TAG_CELL:
		if (document->in_row && !tag->closes)
			writer->form->text(writer, STR("\t"));
		document->in_row = true;
		break;
	case TAG_STRONG:
		document_inline(document, ELEMENT_STRONG, tag->closes);
		break;
	case TAG_EMPHASIS:
		document_inline(document, ELEMENT_EMPHASIS, tag->closes);
		break;
	case TAG_UNDERLINE:
		document_inline(document, ELEMENT_UNDERLINE, tag->closes);
		break;
	case TAG_LINK:
		if (tag->closes)
			close_html_link(document);
		else
			open_html_link(document, tag);
		break;
	default:
		break;
	}
}

void document_end_html(struct document *document)
{
	while (document->html_link_count)
		close_html_link(document);
	document->in_row = document->trim = false;
}
