#include "report/trouble.h"

#include "report/escape.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool trouble(const char *doing, const char *path)
{
	return trouble_because(doing, path, errno ? strerror(errno) : NULL);
}

bool trouble_because(const char *doing, const char *path, const char *reason)
{
	tell("cannot %s %s%s%s", doing, path, reason ? ": " : "", reason ? reason : "");
	return false;
}

void tell(const char *format, ...)
{
	struct buffer line = {0}, escaped = {0};
	va_list args;
	va_start(args, format);
	buffer_format_list(&line, format, args);
	va_end(args);
	escape_add(&escaped, buffer_str(&line));
	fprintf(stderr, "evcal: %.*s\n", STR_ARG(buffer_str(&escaped)));
	buffer_free(&line);
	buffer_free(&escaped);
}
