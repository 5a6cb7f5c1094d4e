/* HTML tags in a text: those that people paste, and what they mean. */
#ifndef TEXT_TAGS_H
#define TEXT_TAGS_H

#include "base/str.h"

enum tag_kind {
	TAG_NONE, /* no tag that is known here: text */
	TAG_COMMENT,
	TAG_BREAK,
	TAG_PARAGRAPH,
	TAG_LINE, /* something on a line of its own */
	TAG_LIST,
	TAG_NUMBERED,
	TAG_ITEM,
	TAG_ROW,
	TAG_CELL,
	TAG_STRONG,
	TAG_EMPHASIS,
	TAG_UNDERLINE,
	TAG_LINK,
	TAG_SPAN /* means nothing by itself */
};

struct tag {
	enum tag_kind kind;
	bool closes;            /* </p> */
	size_t len;             /* its bytes, < and > included; of TAG_NONE 0 */
	struct str href, start; /* the attributes of these names as they are written, or empty */
};

/* The tag or comment that a text begins with. A comment that is never closed is none. */
struct tag tag_read(struct str text);

#endif
