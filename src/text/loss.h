/*
 * What a text loses, or shows otherwise than its author meant, on its way to subscribers. text/ reports it as data;
 * whoever has findings makes findings of it.
 */
#ifndef TEXT_LOSS_H
#define TEXT_LOSS_H

#include "base/str.h"

enum loss_kind {
	LOSS_COMMENT,   /* <!-- … -->: is not published */
	LOSS_TAG,       /* HTML, the first of it: what it means is kept */
	LOSS_LINK,      /* a link that leads nowhere; what: its address; right: what it should be, or empty */
	LOSS_WRAPPED,   /* a paragraph that an editor broke into lines; right: the paragraph on one line */
	LOSS_DIRECTION, /* an entity for a bidirectional control; what: its name */
	LOSS_MARK,      /* Markdown where plain text goes; right: the text without it */
	LOSS_TAG_SHOWN, /* HTML where plain text goes; right: the text without it */
	LOSS_SIZE       /* more than TEXT_MAXIMUM when rendered: the rest was not looked at */
};

/* Bytes of a rendered description. */
/* ADDRESSES_MOST: bytes of the addresses of its links, since md4c reads a definition anew for each link to it. */
enum { TEXT_MAXIMUM = 256 << 10, ADDRESSES_MOST = 4 * TEXT_MAXIMUM };

struct loss {
	enum loss_kind kind;
	struct extent at; /* in the text that was given */
	struct str what, right;
};

/* Zero-initialise it; items live in the arena of the call that fills it. Of a text the first 500 are told. */
struct losses {
	struct loss *items;
	size_t count;
};

#endif
