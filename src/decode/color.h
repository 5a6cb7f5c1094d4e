/* The colour names of CSS3, which RFC 7986, 5.9 allows in COLOR. */
#ifndef DECODE_COLOR_H
#define DECODE_COLOR_H

/* In byte order; ends in NULL. */
extern const char *const color_names[];

#endif
