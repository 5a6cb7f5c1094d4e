#include "text/wrapped.h"

#include <string.h>

enum { COLUMNS_MINIMUM = 60, COLUMNS_MAXIMUM = 120, LINES_MINIMUM = 3, BROKEN_MINIMUM = 2 };

void wrapped_line(struct wrapped *wrapped)
{
	wrapped->ended = wrapped->lines > 0;
}

/* The line that has ended, and the one that begins with a character. */
static void look_at_break(struct wrapped *wrapped, struct str text, char next)
{
	size_t columns = str_points(str_part(text, wrapped->line, wrapped->end));
	wrapped->short_line |= columns < COLUMNS_MINIMUM || columns > COLUMNS_MAXIMUM;
	char last = text.ptr[wrapped->end - 1];
	wrapped->broken += next >= 'a' && next <= 'z' && !(last && strchr(".!?:;", last));
}

void wrapped_text(struct wrapped *wrapped, struct str text, struct extent at)
{
	if (at.begin == at.end)
		return;
	if (!wrapped->lines || wrapped->ended) {
		if (wrapped->ended)
			look_at_break(wrapped, text, text.ptr[at.begin]);
		else
			wrapped->begin = at.begin;
		wrapped->line = at.begin;
		wrapped->lines++;
		wrapped->ended = false;
	}
	wrapped->end = at.end;
}

bool wrapped_surely(const struct wrapped *wrapped)
{
	return wrapped->lines >= LINES_MINIMUM && wrapped->broken >= BROKEN_MINIMUM && !wrapped->short_line;
}
