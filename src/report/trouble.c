#include "report/trouble.h"

#include "base/wording.h"
#include "report/escape.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Each has one place, for the path. */
static const struct wording sentences[] = {
	[DOING_READ] = W("cannot read %s", "kan %s niet lezen"),
	[DOING_READ_ZONES] = W("cannot read the time zones (Debian: apt-get install tzdata) %s",
		"kan de tijdzones niet lezen (Debian: apt-get install tzdata) %s"),
	[DOING_WRITE] = W("cannot write %s", "kan %s niet schrijven"),
	[DOING_REMOVE] = W("cannot remove %s", "kan %s niet verwijderen"),
	[DOING_LOCK] = W("cannot lock %s", "kan %s niet vergrendelen"),
	[DOING_MAKE] = W("cannot make %s", "kan %s niet maken"),
	[DOING_MAKE_FOLDER] = W("cannot make the folder %s", "kan de map %s niet maken"),
	[DOING_OPEN_FOLDER] = W("cannot open the folder %s", "kan de map %s niet openen"),
	[DOING_RUN] = W("cannot run %s", "kan %s niet uitvoeren"),
	[DOING_CHECK] = W("cannot validate %s", "kan %s niet controleren"),
	[DOING_USE_TODAY] = W("cannot use EVCAL_TODAY %s", "kan EVCAL_TODAY %s niet gebruiken"),
	[DOING_USE_EPOCH] = W("cannot use SOURCE_DATE_EPOCH %s", "kan SOURCE_DATE_EPOCH %s niet gebruiken"),
};

bool trouble(enum doing doing, const char *path)
{
	return trouble_because(doing, path, errno ? strerror(errno) : NULL);
}

bool trouble_because(enum doing doing, const char *path, const char *reason)
{
	struct buffer sentence = {0};
	buffer_format(&sentence, local_text(sentences[doing]), path);
	tell("%.*s%s%s", STR_ARG(buffer_str(&sentence)), reason ? ": " : "", reason ? reason : "");
	buffer_free(&sentence);
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
