/* The named characters of HTML that people paste. */
#ifndef TEXT_ENTITIES_H
#define TEXT_ENTITIES_H

#include "base/str.h"

struct arena;

/*
 * The text of an entity, as "&eacute;" or "&#233;", in the arena; the entity itself where it has no name that is known
 * here, or is the number of a control character or of nothing.
 */
struct str entity_text(struct arena *arena, struct str entity);

/* The text with every entity in it replaced. */
struct str entities_text(struct arena *arena, struct str text);

#endif
