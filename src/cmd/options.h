/*
 * What the command line asks for. Its options are the rows of cmd/options.def, and cmd/parse.h reads them.
 */
#ifndef CMD_OPTIONS_H
#define CMD_OPTIONS_H

#include "base/str.h"
#include "base/wording.h"

enum color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* Words of the command line, in their order there. */
struct words {
	const char **items;
	size_t count;
};

/* The calendar directory where none is named. */
#define DIRECTORY_DEFAULT "events"

/* A member for each option, by how cmd/options.def says that it is stored. Words live as long as argv. */
struct options {
#define STORED_FLAG bool
#define STORED_CHOICE int
#define STORED_ONE const char *
#define STORED_MANY struct words
#define STORED_SECONDS int64_t
#define OPTION(store, member, ...) STORED_##store member;
#define OPTION_ALSO(...)
#include "cmd/options.def"
#undef STORED_FLAG
#undef STORED_CHOICE
#undef STORED_ONE
#undef STORED_MANY
#undef STORED_SECONDS
	struct words operands;
};

/* True if a stream is to be coloured. */
bool options_color(const struct options *options, int fd);
/* The width of the terminal behind a stream in columns; 0 if it is no terminal. */
unsigned terminal_width(int fd);

/*
 * Says on standard error that a word is unknown: "evcal: <what> "<word>"", with the nearest word if that is not empty.
 * The status is then EXIT_USAGE.
 */
void usage_unknown(const char *what, struct str word, struct str near);
/* A line on standard error: which command tells more. */
void usage_try(const char *command);
/* Prints a word of the user's on standard error, escaped (report/escape.h). */
void usage_word(struct str word);

#endif
