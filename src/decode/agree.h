/* Values that only make sense beside the start of their event. */
#ifndef DECODE_AGREE_H
#define DECODE_AGREE_H

#include "model/event.h"
#include "report/finding.h"

/*
 * Of an event of whole days: takes the time off from what names or adds occurrences, and from the UNTIL of its rule,
 * which is a finding for each. What events share with others is copied first. The event has all that it inherits.
 */
void agree(struct findings *findings, struct event *event);

#endif
