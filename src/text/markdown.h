/*
 * Descriptions are written in Markdown (CommonMark, by md4c, with the differences of evcal(5)) and published as
 * readable plain text, and as HTML where the event asks for it.
 *
 * A text may come in parts, each a document of its own: an unclosed fence in the one does not swallow the next. Results
 * are UTF-8 without control characters other than line feeds and tabs, in the arena.
 */
#ifndef TEXT_MARKDOWN_H
#define TEXT_MARKDOWN_H

#include "text/loss.h"

struct arena;

/*
 * Plain text: line breaks as they were typed; paragraphs parted by one empty line; list items with "- " or their number
 * as it was typed, indented where nested; links as "text (URL)", or the text alone where it is the URL; headings,
 * emphasis and code without their marks; entities resolved. HTML means what it means, what is no known tag is text,
 * comments are left out. No line break at the end. Where losses is not NULL they are added there; the result ends
 * somewhere behind TEXT_MAXIMUM bytes, with a LOSS_SIZE.
 */
struct str markdown_to_text(struct arena *arena, const struct str *parts, size_t count);
struct str markdown_to_text_with(struct arena *arena, struct str text, struct losses *losses);

/*
 * A whole HTML document on one line, its text escaped. Links other than http, https, mailto and tel lose their target.
 */
struct str markdown_to_html(struct arena *arena, const struct str *parts, size_t count);

/* The same for a page that has headings of its own: those of the text are paragraphs of the class heading. */
struct str markdown_to_fragment(struct arena *arena, struct str text);

/*
 * The other way: Markdown that gives a plain text, in the arena, with the marks escaped that would mean something.
 * Spaces around lines and a second empty line are left out, since no Markdown has them. False: it gives another text.
 */
bool markdown_from_text(struct arena *arena, struct str plain, struct str *text);

/* What a text that is published as it stands has of Markdown and HTML: at most one loss of each kind. */
void markdown_in_text(struct arena *arena, struct str text, struct losses *losses);

#endif
