/* The content lines of an iCalendar file (RFC 5545, 3.1), unfolded. */
#ifndef IMPORT_ICS_LINES_H
#define IMPORT_ICS_LINES_H

#include "report/finding.h"

struct content {
	struct str text;  /* unfolded, without its line break */
	struct span span; /* of its first line */
};

/*
 * Lines may end in CRLF, LF or CR. A line that is not "NAME:…" or "NAME;…" is taken for the rest of the one above it,
 * whose fold has lost its space, which is a finding, once. Texts live in the arena, or in the source.
 */
struct content *content_lines(struct findings *findings, uint32_t source, size_t *count);

/* The name of a property in front of ":" or ";"; empty where the line has none. */
struct str content_name(struct str line);
/* Whether nothing stands behind the colon that ends a property's name and parameters. */
bool content_is_empty(struct str line);

#endif
