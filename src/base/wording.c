#include "base/wording.h"

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
