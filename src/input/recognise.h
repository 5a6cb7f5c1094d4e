/* What a file is that should be YAML and is something else, or two versions of one that git has put together. */
#ifndef INPUT_RECOGNISE_H
#define INPUT_RECOGNISE_H

#include "report/finding.h"

/*
 * True if lines of the source begin with merge markers (<<<<<<<, |||||||, =======, >>>>>>>). Then the message, a row of
 * merge-conflict, is added at the first, and the source is broken: nothing else in it can be judged.
 */
bool recognise_merge(struct findings *findings, uint32_t source, enum message message);

/*
 * True if the source is no YAML, but a Word or Excel file, a PDF, a picture, an iCalendar file, a web page, a table and
 * the like. Then a finding says so, and what to do, and the source is broken.
 */
bool recognise_other(struct findings *findings, uint32_t source);

/* Whether bytes are those of a workbook: Excel's two formats, and what else is packed as they are. */
bool recognise_workbook(struct str bytes);

#endif
