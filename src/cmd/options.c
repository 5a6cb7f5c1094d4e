#include "cmd/options.h"

#include "report/escape.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool options_color(const struct options *options, int fd)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
	if (options->color != COLOR_AUTO)
		return options->color == COLOR_ALWAYS;
	return isatty(fd) && !(no_color && *no_color) && !(term && !strcmp(term, "dumb"));
}

unsigned terminal_width(int fd)
{
	struct winsize size;
	return isatty(fd) && !ioctl(fd, TIOCGWINSZ, &size) ? size.ws_col : 0;
}

void usage_word(struct str word)
{
	struct buffer escaped = {0};
	escape_add(&escaped, word);
	if (escaped.len)
		fwrite(escaped.ptr, 1, escaped.len, stderr);
	buffer_free(&escaped);
}

void usage_unknown(const char *what, struct str word, struct str near)
{
	fprintf(stderr, "evcal: %s \"", what);
	usage_word(word);
	fputc('"', stderr);
	if (near.len) {
		fputs(LOCAL("; did you mean \"", "; bedoelde je \""), stderr);
		usage_word(near);
		fputs("\"?", stderr);
	}
	fputc('\n', stderr);
}

void usage_try(const char *command)
{
	fprintf(stderr, LOCAL("Try \"evcal %s\".\n", "Probeer \"evcal %s\".\n"), command);
}
