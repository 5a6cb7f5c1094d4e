/*
 * The layout of a file's lines, mended before libyaml reads them: tabs that indent, other signs in place of the "-"
 * of a list, a code fence around the file, and, where it is asked for, lines that are not indented as those they
 * belong to. No line is added or taken away.
 *
 * This knows as much of YAML as tells what a line is: it goes by columns, as a person does who sees that a key stands
 * below another.
 */
#ifndef INPUT_LAYOUT_H
#define INPUT_LAYOUT_H

#include "report/finding.h"

struct layout {
	struct source source;        /* the mended text, with as many lines as the source has; or the source's own */
	struct layout_piece *pieces; /* where what is mended stands in the source; none: nothing is */
	size_t piece_count;
	struct layout_slip *slips;
	size_t slip_count;
};

/*
 * Mends a text that stands for a source, as long as it and with the same lines. indentation: lines whose column fits
 * nothing above are moved to where they fit, and a "- " that lacks is put in; since that goes by likelihood, it is for
 * text that libyaml cannot read. Returns whether anything is mended. What it gives lives in the arena.
 */
bool layout_mend(
	struct layout *layout, struct arena *arena, const struct source *source, struct str text, bool indentation);

/* The byte of the source for one of the mended text. */
uint32_t layout_offset(const struct layout *layout, uint32_t offset);

/* Adds a finding for each slip; tabs, signs and fences are one each, at the first. */
void layout_report(const struct layout *layout, struct findings *findings, uint32_t source);

#endif
