/*
 * What a person or a program is shown of the findings. Every function prints the findings that are not hidden
 * (finding_hidden()), in the order they have, which findings_sort() has made: at most 1,000 of them and 8 MiB, and how
 * many more there are.
 *
 * They write to stream and leave looking for write errors to the caller (ferror(), fclose()).
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "report/finding.h"

#include <stdio.h>

/* What else the reports show: how many files and events the findings were looked for in. */
struct scope {
	size_t files, events;
};

/*
 * For people: place, message, code, then the line and a caret, as evcal(1) shows. color: with ANSI
 * escapes. Carets stand under the characters they mean for wide characters too (libutf8proc), and behind tabs; control
 * characters of the source are shown as U+FFFD; long lines are cut around the caret to fit width columns. No closing
 * summary.
 */
void report_text(FILE *stream, const struct findings *findings, bool color, unsigned width);
/* The stable contract of evcal(1); ends in a line break. */
void report_json(FILE *stream, const struct findings *findings, struct scope scope);
/* GitHub workflow commands, one line a finding. */
void report_github(FILE *stream, const struct findings *findings);
/* SARIF 2.1.0, with the rules of the catalogue. */
void report_sarif(FILE *stream, const struct findings *findings);

#endif
