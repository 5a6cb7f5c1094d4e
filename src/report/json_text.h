/*
 * Texts as JSON, and JSON as text. What is printed is escaped as JSON has it: besides what it must, whatever may not be
 * let out (report/escape.h).
 */
#ifndef REPORT_JSON_TEXT_H
#define REPORT_JSON_TEXT_H

#include "base/str.h"

#include <jansson.h>
#include <stdio.h>

/* Bytes that are no UTF-8 become \xFF, as in a text. The caller owns the value. */
json_t *json_text(struct str s);
/* The same; null for an empty text. */
json_t *json_text_or_null(struct str s);

/* Adds a value: with a line for each member, as it stands so many levels deep, or, where that is ONE_LINE, on one
 * line. */
enum { ONE_LINE = -1 };
void json_add(struct buffer *out, const json_t *value, int depth);
/* Prints a value with a line for each member, and a line break behind it. */
void json_print(FILE *stream, const json_t *value);

#endif
