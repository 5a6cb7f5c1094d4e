/*
 * Single values, as value_read() (decode/decode.h) takes them apart: one function a kind. Each returns whether the value
 * could be read, and else has added the finding; *field names the key in it. Texts live in the findings' arena.
 */
#ifndef DECODE_VALUES_H
#define DECODE_VALUES_H

#include "decode/decode.h"

/* A text in the quotes that YAML needs for it. */
struct str value_quoted(struct arena *arena, struct str text);

/* One line of text, without blanks around it and without control characters; never empty. */
bool value_line(struct decoder *decoder, const struct field *field, const struct node *node, struct text *text);

/* A date, or a date and time, of the years that Outlook knows. */
bool value_moment(struct decoder *decoder, const struct field *field, const struct node *node, struct when *when);
/* A date alone. */
bool value_date(struct decoder *decoder, const struct field *field, const struct node *node, struct when *when);
/* As value_moment(), or a time alone: when->time_only. */
bool value_ending(struct decoder *decoder, const struct field *field, const struct node *node, struct when *when);
bool value_duration(
	struct decoder *decoder, const struct field *field, const struct node *node, struct duration_value *duration);
/* A duration, or "none". */
bool value_reminder(
	struct decoder *decoder, const struct field *field, const struct node *node, struct duration_value *duration);
/* Where the system has no zone data, decoder->zones_failed is set, and there is no finding. */
bool value_zone(struct decoder *decoder, const struct field *field, const struct node *node, struct zone_value *value);
/* A recurrence rule; each finding points at the part inside its text. */
bool value_rule(struct decoder *decoder, const struct field *field, const struct node *node, struct rule *rule);
/* A list of dates, or dates and times, or one of them alone. */
bool value_moments(
	struct decoder *decoder, const struct field *field, const struct node *node, struct moments *moments);
bool value_weekday(struct decoder *decoder, const struct field *field, const struct node *node, struct choice *choice);

/*
 * Calls read for the items of a list, or for the one value in its place, but for empty ones, which are a finding. False
 * where the node is a mapping, or where read has returned false.
 */
bool value_each(struct decoder *decoder, const struct field *field, const struct node *node, void *context,
	bool (*read)(struct decoder *decoder, const struct field *field, const struct node *item, void *context));

#endif
