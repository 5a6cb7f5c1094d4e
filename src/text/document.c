#include "text/document.h"

#include "base/arena.h"
#include "base/unseen.h"
#include "text/entities.h"
#include "text/links.h"
#include "text/tags.h"

#include <string.h>

/* Bytes between two pieces of text: of a link, its address. */
enum { MARKS_MAXIMUM = 2048, LOSSES_MAXIMUM = 500 };

void document_add_loss(struct document *document, struct loss loss)
{
	struct losses *losses = document->losses;
	if (!losses || (losses->count >= LOSSES_MAXIMUM && loss.kind != LOSS_SIZE))
		return;
	losses->items = arena_grow(document->writer->arena, losses->items, losses->count, sizeof(*losses->items));
	losses->items[losses->count++] = loss;
}

bool document_holds(const struct document *document, const char *ptr, size_t *at)
{
	uintptr_t begin = (uintptr_t)document->mask, here = (uintptr_t)ptr;
	*at = here - begin;
	return ptr && here >= begin && here <= begin + document->text.len;
}

/* --- text -------------------------------------------------------------------------------------------------------- */

void document_put(struct document *document, size_t begin, size_t end)
{
	struct writer *writer = document->writer;
	while (document->trim && begin < end && strchr(" \t", document->text.ptr[begin]))
		begin++;
	if (begin == end)
		return;
	document->trim = false;
	if (!document->in_code_block)
		wrapped_text(&document->wrapped, document->text, (struct extent){begin, end});
	writer->form->text(writer, str_part(document->text, begin, end));
}

/* The comment at a byte of the text, or nothing. */
static struct tag comment_at(struct document *document, size_t at)
{
	struct str rest = str_part(document->text, at, document->text.len);
	struct tag none = {0};
	if (document->no_comment || !str_starts(rest, STR("<!--")))
		return none;
	struct tag tag = tag_read(rest);
	document->no_comment = tag.kind != TAG_COMMENT;
	return tag;
}

static void hide_comment(struct document *document, size_t at, size_t len)
{
	document->hidden_until = at + len;
	document_add_loss(document, (struct loss){.kind = LOSS_COMMENT, .at = {at, at + len}});
}

/* [text](www.example.org/a b): no link for Markdown, because of a space in its address. */
static void find_broken_links(struct document *document, size_t begin, size_t end)
{
	struct str text = document->text;
	for (size_t i = begin; i + 1 < end; i++) {
		i += str_find(str_part(text, i, end), '(');
		if (i >= end || i == begin || text.ptr[i - 1] != ']')
			continue;
		size_t close = i + 1;
		while (close < text.len && close - i < MARKS_MAXIMUM && text.ptr[close] != ')' &&
			text.ptr[close] != '\n')
			close++;
		struct str address = str_part(text, i + 1, close);
		struct str right = close < text.len && text.ptr[close] == ')' && str_find(address, ' ') < address.len
					   ? link_mend(document->writer->arena, address)
					   : STR("");
		if (right.len)
			document_add_loss(document, (struct loss){LOSS_LINK, {i + 1, close}, address, right});
	}
}

void document_put_text(struct document *document, size_t begin, size_t end)
{
	document->cursor = end;
	document->at_marker = false;
	if (document->losses)
		find_broken_links(document, begin, end);
	/* A comment may go on behind its paragraph, which md4c does not know. */
	for (size_t i = begin; i < end; i++) {
		if (i < document->hidden_until)
			begin = i = document->hidden_until < end ? document->hidden_until : end;
		i += str_find(str_part(document->text, i, end), '<');
		struct tag comment = i < end ? comment_at(document, i) : (struct tag){0};
		if (comment.kind != TAG_COMMENT)
			continue;
		document_put(document, begin, i);
		hide_comment(document, i, comment.len);
	}
	if (begin < end && document->hidden_until < end)
		document_put(document, begin > document->hidden_until ? begin : document->hidden_until, end);
}

void document_put_line(struct document *document)
{
	if (document->cursor < document->hidden_until)
		return;
	wrapped_line(&document->wrapped);
	writer_breaks(document->writer, 1);
}

void document_put_code(struct document *document, bool inside, size_t at, struct str text)
{
	struct writer *writer = document->writer;
	if (inside) {
		document->cursor = at + text.len;
		document->at_marker = false;
		if (at >= document->hidden_until)
			document_put(document, at, at + text.len);
	} else if (!document->in_code_block) {
		/* A line that ends within a piece of code. */
		document_put_line(document);
	} else if (text.len && text.ptr[0] == '\n') {
		writer->form->newline(writer);
	} else {
		writer->form->text(writer, text);
	}
}

void document_put_entity(struct document *document, size_t at, size_t end)
{
	struct writer *writer = document->writer;
	document->cursor = end;
	document->at_marker = false;
	if (at < document->hidden_until)
		return;
	wrapped_text(&document->wrapped, document->text, (struct extent){at, end});
	struct str text = entity_text(writer->arena, str_part(document->text, at, end));
	struct unseen unseen = text.len ? unseen_at(text, 0) : (struct unseen){0};
	if (unseen.kind == UNSEEN_DIRECTION)
		document_add_loss(document, (struct loss){
						    .kind = LOSS_DIRECTION,
						    .at = {at, end},
						    .what = unseen_name(writer->arena, unseen.point, local_language()),
					    });
	document->trim = false;
	writer->form->text(writer, text);
}

void document_put_html(struct document *document, size_t at, size_t end)
{
	document->cursor = end;
	document->at_marker = false;
	if (at < document->hidden_until)
		return;
	struct tag tag = comment_at(document, at);
	if (tag.kind == TAG_COMMENT) {
		hide_comment(document, at, tag.len);
		return;
	}
	tag = tag_read(str_part(document->text, at, end));
	if (tag.kind == TAG_NONE || tag.kind == TAG_COMMENT) {
		document_put(document, at, end);
		return;
	}
	document->hidden_until = at + tag.len;
	if (!document->tagged)
		document_add_loss(document, (struct loss){
						    .kind = LOSS_TAG,
						    .at = {at, at + tag.len},
						    .what = str_part(document->text, at, at + tag.len),
					    });
	document->tagged = true;
	document->wrapped.short_line = true;
	document_apply_tag(document, &tag);
}

void document_inline(struct document *document, enum element_kind kind, bool closes)
{
	struct element element = {.kind = kind};
	if (closes)
		document->writer->form->close(document->writer, &element);
	else
		document->writer->form->open(document->writer, &element);
}

/* --- links ------------------------------------------------------------------------------------------------------- */

struct str document_attribute(const struct document *document, const MD_ATTRIBUTE *attribute)
{
	struct buffer out = {0};
	struct arena *arena = document->writer->arena;
	for (size_t i = 0; attribute->size && attribute->substr_offsets[i] < attribute->size; i++) {
		size_t begin = attribute->substr_offsets[i], end = attribute->substr_offsets[i + 1], at;
		struct str part = {attribute->text + begin, end - begin};
		if (document_holds(document, part.ptr, &at))
			part = str_part(document->text, at, at + part.len);
		buffer_add(&out, attribute->substr_types[i] == MD_TEXT_ENTITY ? entity_text(arena, part) : part);
	}
	struct str text = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return text;
}

void document_judge_link(struct document *document, const struct link *link)
{
	struct arena *arena = document->writer->arena;
	if (link->is_text || link_leads(link->element.address))
		return;
	document_add_loss(document, (struct loss){
					    .kind = LOSS_LINK,
					    .at = link->at,
					    .what = link->element.address,
					    .right = link_mend(arena, link->element.address),
				    });
}

/* <Zaal:3> is a link for md4c, whatever its scheme: text that leads nowhere stays what it is, brackets included. */
static bool is_bracketed_text(const struct document *document, struct str address)
{
	struct str text = document->text, mailto = STR("mailto:");
	size_t begin = document->cursor;
	if (!address.len || link_leads(address))
		return false;
	while (begin < text.len && begin - document->cursor < MARKS_MAXIMUM && text.ptr[begin] != '<' &&
		text.ptr[begin] != '\n')
		begin++;
	struct str before = str_part(text, document->cursor, begin), rest = str_part(text, begin, text.len);
	if (str_ends(before, STR("](")) || !rest.len || rest.ptr[0] != '<')
		return false;
	rest = str_part(rest, 1, rest.len);
	if (str_starts(address, mailto) && !str_starts(rest, mailto))
		address = str_part(address, mailto.len, address.len);
	return str_starts(rest, address) && address.len < rest.len && rest.ptr[address.len] == '>';
}

void document_open_link(struct document *document, const MD_ATTRIBUTE *address, const MD_ATTRIBUTE *title)
{
	struct writer *writer = document->writer;
	struct link link = {.element = {.kind = ELEMENT_LINK,
				    .address = document_attribute(document, address),
				    .title = document_attribute(document, title)}};
	size_t at;
	if (address->size && document_holds(document, address->text, &at))
		link.at = (struct extent){at, at + address->size};
	link.is_text = is_bracketed_text(document, link.element.address);
	document->links = arena_grow(writer->arena, document->links, document->link_count, sizeof(*document->links));
	document->links[document->link_count++] = link;
	document->addressed += address->size + title->size;
	document->marked = true;
	if (link.is_text)
		writer->form->text(writer, STR("<"));
	else
		writer->form->open(writer, &link.element);
}

/* The "(address)" behind the text of a link, or the bracket that closes the text. */
static struct extent link_tail(const struct document *document)
{
	struct str text = document->text;
	size_t begin = document->cursor;
	begin += str_find(str_part(text, begin, text.len), ']');
	if (begin + 1 < text.len && text.ptr[begin + 1] == '(')
		begin++;
	size_t end = begin + str_find(str_part(text, begin, text.len), ')');
	return (struct extent){begin < text.len ? begin : text.len, end < text.len ? end + 1 : text.len};
}

void document_close_link(struct document *document)
{
	struct writer *writer = document->writer;
	struct link *link = &document->links[--document->link_count];
	if (link->at.begin == link->at.end)
		link->at = link_tail(document);
	document_judge_link(document, link);
	if (link->is_text)
		writer->form->text(writer, STR(">"));
	else
		writer->form->close(writer, &link->element);
}
