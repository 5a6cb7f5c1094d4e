/* What libyaml takes and the format does not (evcal(5)). */
#ifndef INPUT_INSPECT_H
#define INPUT_INSPECT_H

#include "input/yaml.h"

/*
 * Adds a finding for each tag, merge key, repeated key and key that is no text in a tree. Entries with such keys are
 * taken out of it, so that nobody behind this needs to know them; what a merge key stands for is put in. Items of a
 * list whose "- " was forgotten, so that their keys repeat those of the item above, are one finding each, and items.
 */
void inspect(struct findings *findings, struct node *root);

#endif
