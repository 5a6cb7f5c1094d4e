/* Values that are about time, read as decode/kinds.h has it: one function a kind. */
#ifndef DECODE_VALUES_TIME_H
#define DECODE_VALUES_TIME_H

#include "decode/decoder.h"
#include "decode/keys.h"

/* struct when: a date, or a date and time, of the years that Outlook knows; for value_date(), a date alone. */
bool value_moment(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
bool value_date(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
/* As value_moment(), or a month alone: when->month_only. */
bool value_start(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
/* As value_moment(), or a time alone: when->time_only. */
bool value_ending(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
/* struct moments: a list of dates, or dates and times, or one of them alone. */
bool value_moments(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
/* struct duration_value; for value_reminder(), "none" too. */
bool value_duration(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
bool value_reminder(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
/* struct zone_value. Where the system has no zone data, decoder->zones_failed is set, and there is no finding. */
bool value_zone(struct decoder *decoder, const struct key *key, const struct node *node, void *value);
/* struct choice: 0 is Sunday. */
bool value_weekday(struct decoder *decoder, const struct key *key, const struct node *node, void *value);

#endif
