/*
 * What md4c must not take for Markdown (evcal(5): nothing that was typed is lost): the marks within a web address,
 * the asterisks of 2*3*4, and definitions of links that no link uses.
 *
 * A mask is a copy of the text, as long as it, with letters in the places of such marks. md4c reads the mask, and what
 * it finds is taken from the text at the same place.
 */
#ifndef TEXT_MASK_H
#define TEXT_MASK_H

#include "base/str.h"

struct arena;

/* In the arena, or the text itself where there is nothing to hide. */
struct str mask(struct arena *arena, struct str text);

#endif
