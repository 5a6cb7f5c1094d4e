/* Texts as JSON. Everything that is shown has been checked to be UTF-8, but for the names of files. */
#ifndef REPORT_JSON_TEXT_H
#define REPORT_JSON_TEXT_H

#include "base/str.h"

#include <jansson.h>

/* A text that is not UTF-8 becomes "?". The caller owns the value. */
json_t *json_text(struct str s);
/* The same; null for an empty text. */
json_t *json_text_or_null(struct str s);

#endif
