/* A description that md4c is reading, and what is made of the parts of it. Private to text/. */
#ifndef TEXT_DOCUMENT_H
#define TEXT_DOCUMENT_H

#include "text/loss.h"
#include "text/parse.h"
#include "text/tags.h"
#include "text/wrapped.h"
#include "text/writer.h"

/* A text that md4c is reading. */
struct document {
	struct writer *writer;
	struct losses *losses; /* or NULL */
	struct str text;       /* as it was typed */
	const char *mask;      /* as md4c reads it, byte for byte */
	size_t maximum;        /* bytes of output */
	size_t addressed;      /* bytes of the addresses of links */
	size_t cursor;         /* behind what was read last */
	bool at_marker;        /* that was the marker of an item, or nothing yet */
	size_t hidden_until;   /* a comment or tag ends here */
	bool no_comment;       /* "<!--" is not closed from here on */
	bool in_code_block;
	struct wrapped wrapped;

	struct {
		bool ordered;
		char mark; /* "-", or the "." or ")" behind a number */
		unsigned next;
	} * lists;
	size_t depth;

	struct link {
		struct element element;
		struct extent at; /* of its address; empty where that is not known */
		bool is_text;     /* no link, but text between < and > */
	} * links;
	size_t link_count;

	/* HTML */
	bool tagged; /* there is a tag */
	bool trim;   /* blanks that follow are none of the text */
	bool in_row; /* a cell has begun in the row */
	struct {
		bool ordered;
		unsigned next;
	} * html_lists;
	size_t html_depth;
	struct element *html_links;
	size_t html_link_count;

	bool marked; /* there are marks of Markdown */
	bool too_large;
};

void document_add_loss(struct document *document, struct loss loss);
/* Whether md4c points into the text; then *at is where. */
bool document_holds(const struct document *document, const char *ptr, size_t *at);

/* Bytes of the text as they were typed. */
void document_put(struct document *document, size_t begin, size_t end);
/* The same of a paragraph: without the comments that begin in it. */
void document_put_text(struct document *document, size_t begin, size_t end);
void document_put_entity(struct document *document, size_t begin, size_t end);
/* A piece of code, inside the text or (a line break, spaces that indent) not. */
void document_put_code(struct document *document, bool inside, size_t at, struct str text);
/* What md4c takes for HTML: a known tag means what it means, a comment is left out, all else is text. */
void document_put_html(struct document *document, size_t begin, size_t end);
void document_put_line(struct document *document);

/* The text of a link's address or title, or of the word behind a fence. */
struct str document_attribute(const struct document *document, const MD_ATTRIBUTE *attribute);
void document_open_link(struct document *document, const MD_ATTRIBUTE *address, const MD_ATTRIBUTE *title);
void document_close_link(struct document *document);
/* Reports a link that leads nowhere. */
void document_judge_link(struct document *document, const struct link *link);

/* Emphasis and the like begins or ends. */
void document_inline(struct document *document, enum element_kind kind, bool closes);

/* Does what a tag, which stands right in front of hidden_until, means. */
void document_apply_tag(struct document *document, const struct tag *tag);
/* A block ends: so do the links that tags have opened in it. */
void document_end_html(struct document *document);

#endif
