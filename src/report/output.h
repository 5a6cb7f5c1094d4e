/*
 * What commands say for people besides findings, and the end of standard output.
 */
#ifndef REPORT_OUTPUT_H
#define REPORT_OUTPUT_H

#include "report/finding.h"

/* On standard error: findings kept a command from writing. */
void print_refused(struct tally tally);
/* On standard error: what became of the files for so many things in a folder. */
void print_counts(
	const char *directory, struct noun thing, size_t count, size_t written, size_t unchanged, size_t removed);

/* Prints it on standard output. */
void print_output(struct str text);
void print_pieces(const struct pieces *text);
/* Flushes standard output; false where something that was printed did not get out, which trouble() has said. */
bool flush_output(void);

#endif
