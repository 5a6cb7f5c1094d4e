/* How md4c is to read a description. Private to text/. */
#ifndef TEXT_PARSE_H
#define TEXT_PARSE_H

#include <md4c.h>

/* Tags are looked at one by one, wherever they stand: a block of HTML would hide the Markdown in it. */
enum { PARSE_FLAGS = MD_FLAG_NOHTMLBLOCKS };

#endif
