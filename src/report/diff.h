/*
 * What subscribers will see, for people, for a pull request and for programs. Write errors are left to the caller.
 */
#ifndef REPORT_DIFF_H
#define REPORT_DIFF_H

#include "model/diff.h"
#include "report/finding.h"

#include <stdio.h>

/* For people; color: with ANSI escapes. Lines are wrapped at width columns, unless that is 0. */
void diff_text(FILE *stream, const struct diff *diff, bool color, unsigned width);

/*
 * A comment for a pull request: it begins with <!-- evcal diff -->, so that the next one can replace it, and has no
 * more characters than GitHub takes; what is left out is counted. Whatever stands in a text, it makes no markup and
 * mentions nobody. findings are shown too: at most 50 of them.
 */
void diff_markdown(FILE *stream, const struct diff *diff, const struct findings *findings);

/* The stable contract of evcal(1). */
void diff_json(FILE *stream, const struct diff *diff);

/* --- what the three share ---------------------------------------------------------------------------------------- */

/* What happens to an event: for programs, and for people. */
const char *diff_kind(enum change_kind kind);
const char *diff_said(enum change_kind kind);

/* "from Tue 9 February 14:00 to Wed 10 February 15:00", or the one time that there is. */
void diff_add_times(struct buffer *out, const struct diff_event *event);

/* "9 March, 16 March and 3 more" */
void diff_add_dates(struct buffer *out, struct diff_dates dates);

/* The lines of two texts that differ, in order, each with a sign and a space in front: "- " before, "+ " after. */
void diff_add_lines(struct buffer *out, const char *indent, const char *property, struct str before, struct str after);

/* "1 new, 2 moved"; or that nothing changes. */
void diff_add_counts(struct buffer *out, const struct diff *diff);

/* What becomes of the copies of an event that is gone. */
const char *diff_copies(void);

#endif
