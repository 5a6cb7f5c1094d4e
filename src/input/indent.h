/* Lines that are indented by characters that only look like spaces, as text from a web page is. */
#ifndef INPUT_INDENT_H
#define INPUT_INDENT_H

#include "report/finding.h"

/*
 * Gives a source spaces in the places of no-break spaces and the like in front of its lines, and nothing in those of
 * characters without a width; its columns stay what they are but for the latter. All of them together are one finding.
 * Tabs stay, and what belongs to a text behind | or >.
 */
void indent_mend(struct findings *findings, uint32_t source);

#endif
