/* The colour names of CSS3, which RFC 7986, 5.9 allows in COLOR. */
#ifndef MODEL_COLOR_H
#define MODEL_COLOR_H

/* In byte order; ends in NULL. */
extern const char *const color_names[];

#endif
