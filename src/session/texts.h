/* What the texts of a calendar lose on their way to subscribers (text/loss.h), as findings. */
#ifndef SESSION_TEXTS_H
#define SESSION_TEXTS_H

#include "model/calendar.h"
#include "report/finding.h"

/*
 * Adds a finding for whatever the descriptions lose, and for Markdown and HTML where plain text goes, and sets
 * struct rendered of every description that is valid; keep: with its text, in the arena of the findings. The result is
 * the same for any number of threads, at most THREADS_MOST.
 */
void texts_look(const struct calendar *calendar, struct findings *findings, unsigned threads, bool keep);

#endif
