/*
 * The one way for what a definition says into a page: no text of an author's goes in but through these.
 */
#ifndef PAGE_HTML_H
#define PAGE_HTML_H

#include "base/str.h"

#include <jansson.h>

/* Text, or the value of an attribute between double quotes; of XML too. Control characters become spaces. */
void html_add(struct buffer *out, struct str text);
/* ` name="address"` where subscribers can follow the address (text/links.h); else nothing. */
void html_add_address(struct buffer *out, const char *name, struct str address);
/* A part of a URL's query: each byte but letters, digits and "-._~" as % and two digits (RFC 3986, 2.1). */
void html_add_query(struct buffer *out, struct str text);
/* <script type="application/ld+json">: JSON in which nothing ends the element. */
void html_add_json(struct buffer *out, const json_t *json);

#endif
