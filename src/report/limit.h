/*
 * How much of the findings is shown (evcal(5)): at most 1,000 of them, and 8 MiB. Those that are left out are
 * counted, whatever the format.
 */
#ifndef REPORT_LIMIT_H
#define REPORT_LIMIT_H

#include "report/finding.h"

#include <stdio.h>

/* Zero-initialise it. */
struct limit {
	size_t shown, bytes;
	size_t omitted;
};

/* Whether the next finding is worth rendering; if not, it counts as omitted. */
bool limit_open(struct limit *limit);
/* Counts in a finding that takes so many bytes. False: it does not fit; it and all behind it are omitted. */
bool limit_take(struct limit *limit, size_t bytes);

/* Renders a finding; number counts from 0 those before it. */
typedef void render_finding(struct buffer *out, const void *context, const struct finding *finding, size_t number);

/* Prints the findings that are not hidden, as far as the limit goes. Returns how many are omitted. */
size_t print_limited(FILE *stream, const struct findings *findings, render_finding *render, const void *context);

#endif
