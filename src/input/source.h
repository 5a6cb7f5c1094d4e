/*
 * Sources: the bytes that were read, with their names and their lines, and spans that point into them.
 *
 * A span is a source and two byte positions; lines and columns are worked out when somebody is shown one. Columns
 * count code points from 1. Lines end as YAML 1.1 ends them: LF, CR, CRLF, NEL, LS, PS.
 */
#ifndef INPUT_SOURCE_H
#define INPUT_SOURCE_H

#include "base/str.h"

struct arena;

/* source 0 is "nowhere"; bytes from begin up to, not including, end. */
struct span {
	uint32_t source, begin, end;
};

struct place {
	uint32_t line, column, end_line, end_column; /* from 1; the end is the first that is not part of it */
};

struct source {
	struct str name;  /* as the user is shown it */
	struct str bytes; /* without a byte order mark; its indentation may have been mended (input/indent.h) */
	struct str read;  /* as they were in the file */
	uint32_t *lines;  /* where each line begins */
	uint32_t line_count;
	uint32_t *
		points; /* code points in front of every 512th byte, if a line is so long that they are needed; or NULL */
	bool unread;    /* it was found, and not opened: findings say why */
	bool hidden;    /* its findings are not reported (validate FILE...) */
	bool broken;    /* it could not be read to its end: what only follows from that is not reported */
};

struct sources {
	struct arena *arena;
	struct source *items; /* span.source - 1 is the index */
	size_t count;
};

/* Adds a source; its bytes (less than 4 GiB) must live as long as sources does. Returns its number, from 1. */
uint32_t source_add(struct sources *sources, struct str name, struct str bytes);
/* Gives other bytes to a source; what is known of its lines goes to the arena, which must live as long. */
void source_fill(struct source *source, struct arena *arena, struct str bytes);
struct source *source_get(const struct sources *sources, uint32_t number);
struct place source_place(const struct sources *sources, struct span span);
/* The same of a span that is known to be of this source. */
struct place source_place_in(const struct source *source, struct span span);
/* The text of a line, counted from 1, without its line break; empty where there is none. */
struct str source_line(const struct source *source, uint32_t line);
/* Where the line begins that a byte is in. */
uint32_t source_line_begin(const struct source *source, uint32_t offset);
/* The byte position of a line and column, both from 0, column in code points; past its end, the line's end. */
uint32_t source_offset(const struct source *source, size_t line, size_t column);
/* The text that a span covers. */
struct str source_text(const struct sources *sources, struct span span);
/*
 * Where a text stands in a span that holds nothing else but quotes around it: an offset from its beginning. False: the
 * span has the text in other bytes, or more than it.
 */
bool source_holds(const struct sources *sources, struct span span, struct str text, uint32_t *offset);

enum read_status { READ_OK, READ_TOO_LARGE, READ_FAILED };

/*
 * Reads a whole file, or standard input where path is NULL, into the arena. READ_TOO_LARGE: it has more than limit
 * bytes; nothing is kept. READ_FAILED: errno says why.
 */
enum read_status source_read(struct arena *arena, const char *path, size_t limit, struct str *bytes);
/* The same of a regular file that is open for reading, and is closed; of anything else, READ_FAILED. */
enum read_status source_read_open(struct arena *arena, int fd, size_t limit, struct str *bytes);

#endif
