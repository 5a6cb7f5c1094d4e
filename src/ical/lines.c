#include "ical/lines.h"

#include "base/arena.h"
#include "ical/fold.h"

#include <stdlib.h>

struct lines lines_open(void)
{
	memory_watch();
	return (struct lines){0};
}

struct str lines_close(struct lines *lines, struct arena *arena)
{
	memory_check();
	struct str text = str_copy(arena, buffer_str(&lines->text));
	buffer_free(&lines->text);
	return text;
}

void lines_begin(struct lines *lines, const char *component)
{
	buffer_format(&lines->text, "BEGIN:%s\r\n", component);
}

void lines_end(struct lines *lines, const char *component)
{
	buffer_format(&lines->text, "END:%s\r\n", component);
}

void lines_put(struct lines *lines, struct str printed)
{
	buffer_add(&lines->text, printed);
}

struct str lines_add(struct lines *lines, icalproperty *property)
{
	size_t begin = lines->text.len;
	char *text = icalproperty_as_ical_string_r(property);
	if (!text)
		memory_gone();
	fold_lines(&lines->text, str_from(text));
	free(text);
	icalproperty_free(property);
	return str_part(buffer_str(&lines->text), begin, lines->text.len);
}
