/* A description on its way out: what both forms, plain text and HTML, are told of it. Private to text/. */
#ifndef TEXT_WRITER_H
#define TEXT_WRITER_H

#include "base/str.h"

struct arena;

enum element_kind {
	/* blocks */
	ELEMENT_PARAGRAPH,
	ELEMENT_HEADING,
	ELEMENT_CODE_BLOCK,
	ELEMENT_QUOTE,
	ELEMENT_LIST,
	ELEMENT_ITEM,
	ELEMENT_RULE,
	/* within a line */
	ELEMENT_EMPHASIS,
	ELEMENT_STRONG,
	ELEMENT_UNDERLINE,
	ELEMENT_CODE,
	ELEMENT_LINK
};

struct element {
	enum element_kind kind;
	unsigned level;            /* of a heading, 1 to 6 */
	bool ordered, tight;       /* of a list; tight: no empty lines between its items */
	struct str marker;         /* of an item, as it is shown: "- ", "12) " */
	unsigned number, expected; /* of an item of an ordered list: its own, and the one in its turn */
	struct str address, title; /* of a link */
};

/* Where the text of a link that is open begins in the output. */
struct open_link {
	size_t begin;
};

/* Zero-initialise it but for form and arena; buffer_free() out and marker. */
struct writer {
	const struct form_of_text *form;
	struct arena *arena;
	struct buffer out;
	unsigned breaks; /* line breaks that are due before what follows */

	/* plain text */
	struct {
		bool tight;
		unsigned width; /* of the marker of its last item */
	} * lists;
	size_t depth, indent;
	struct buffer marker; /* of items whose text has not begun */
	struct open_link *links;
	size_t link_count;
	bool after_address; /* an address ended the output: no word may follow at once */

	/* HTML */
	struct element *inlines; /* the elements that are open within a line */
	size_t inline_count, inner_links;
	struct buffer run; /* text that is not in out yet: an address may still go on */
	bool fresh;        /* a block has begun, and nothing stands in it */
	bool within;       /* it goes into a page that has headings of its own: those of the text are paragraphs */
};

struct form_of_text {
	void (*open)(struct writer *writer, const struct element *element);
	void (*close)(struct writer *writer, const struct element *element);
	/* Text without line breaks and entities. */
	void (*text)(struct writer *writer, struct str text);
	/* A line break at once: of code. */
	void (*newline)(struct writer *writer);
};

extern const struct form_of_text form_plain, form_html;

/* So many line breaks are due before what follows: 1 begins a line, 2 leave one empty. */
static inline void writer_breaks(struct writer *writer, unsigned breaks)
{
	if (writer->breaks < breaks)
		writer->breaks = breaks;
}

#endif
