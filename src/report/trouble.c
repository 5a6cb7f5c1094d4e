#include "report/trouble.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

bool trouble(const char *doing, const char *path)
{
	return trouble_because(doing, path, errno ? strerror(errno) : NULL);
}

bool trouble_because(const char *doing, const char *path, const char *reason)
{
	fprintf(stderr, "evcal: cannot %s %s%s%s\n", doing, path, reason ? ": " : "", reason ? reason : "");
	return false;
}
