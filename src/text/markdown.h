/*
 * Descriptions are written in Markdown (CommonMark with autolinks, by md4c) and published as readable plain text, and
 * as HTML where the event asks for it.
 *
 * A text may come in parts, each a document of its own: an unclosed fence in the one does not swallow the next. Results
 * are UTF-8 without control characters other than line feeds, in the arena.
 */
#ifndef TEXT_MARKDOWN_H
#define TEXT_MARKDOWN_H

#include "base/str.h"

struct arena;

/*
 * Plain text: paragraphs parted by one empty line; list items with "- " or their number, indented where nested; links
 * as "text (URL)", or the text alone where it is the URL; headings, emphasis and code without their marks; entities
 * resolved; raw HTML left out; hard breaks as line breaks, soft ones as blanks. No line break at the end.
 */
struct str markdown_to_text(struct arena *arena, const struct str *parts, size_t count);
/*
 * A whole HTML document on one line, its text escaped; raw HTML of the source is left out, and links other than http,
 * https, mailto and tel lose their target.
 */
struct str markdown_to_html(struct arena *arena, const struct str *parts, size_t count);

#endif
