/* The tables in the files of completions/, in English; the rest of each file is written by hand. */
#ifndef CMD_COMPLETION_H
#define CMD_COMPLETION_H

#include <stdio.h>

/* Prints the table of a shell: "bash", "zsh" or "fish". */
void completion_print(FILE *stream, const char *shell);

#endif
