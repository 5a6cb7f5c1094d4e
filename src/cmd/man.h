/* The manual pages, in English, as mdoc(7): their frames in src/man/, and the tables. */
#ifndef CMD_MAN_H
#define CMD_MAN_H

#include <stdio.h>

/* Prints the page of a section, "1", "5" or "7". */
void man_print(FILE *stream, const char *section);

#endif
