/* The columns of a list of people: what registration forms and Excel call them, in Dutch and English. */
#ifndef DECODE_COLUMNS_H
#define DECODE_COLUMNS_H

#include "base/str.h"

enum column {
	COLUMN_OTHER,
	COLUMN_EMAIL,
	COLUMN_NAME,
	COLUMN_FIRST,
	COLUMN_INFIX,
	COLUMN_LAST,
	COLUMN_STATUS, /* whether the person comes */
	COLUMN_ROLE,   /* whether the person must */
	COLUMN_COUNT
};

struct header {
	const char *name;
	enum column column;
};

/* Of two names for one part, the one further up says more. Ends with a row whose name is NULL. */
extern const struct header headers[];

enum { HEADER_MOST = 64 };

/* Letters and digits of a name, in lower case, up to a remark in brackets; empty where it is longer than any name. */
struct str header_squeeze(struct str name, char squeezed[HEADER_MOST]);
/* The row of a name, or NULL. */
const struct header *header_find(struct str name);

#endif
