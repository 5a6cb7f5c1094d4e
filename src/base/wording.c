#include "base/wording.h"

const struct noun noun_error = NOUN("error", "errors", "fout", "fouten");
const struct noun noun_event = NOUN("event", "events", "activiteit", "activiteiten");
const struct noun noun_file = NOUN("file", "files", "bestand", "bestanden");
const struct noun noun_invitation = NOUN("invitation", "invitations", "uitnodiging", "uitnodigingen");
const struct noun noun_second = NOUN("second", "seconds", "seconde", "seconden");
const struct noun noun_warning = NOUN("warning", "warnings", "waarschuwing", "waarschuwingen");

static enum language local = LANGUAGE_EN;

enum language local_language(void)
{
	return local;
}

void local_language_set(enum language language)
{
	local = language;
}

const char *local_text(struct wording text)
{
	return wording_in(text, local);
}

const char *noun_count(struct arena *arena, size_t count, struct noun noun)
{
	return str_format(arena, "%zu %s", count, local_text(count == 1 ? noun.one : noun.many)).ptr;
}
