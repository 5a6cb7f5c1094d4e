#include "base/casefold.h"

#include "base/arena.h"

#include <stdlib.h>
#include <utf8proc.h>

struct str str_folded(struct arena *arena, struct str text)
{
	uint8_t *folded = NULL;
	ptrdiff_t len = utf8proc_map((const uint8_t *)text.ptr, (ptrdiff_t)text.len, &folded,
		UTF8PROC_CASEFOLD | UTF8PROC_COMPOSE | UTF8PROC_STABLE);
	if (len == UTF8PROC_ERROR_NOMEM)
		memory_gone();
	struct str copy = str_copy(arena, len < 0 ? text : (struct str){(const char *)folded, (size_t)len});
	free(folded);
	return copy;
}

bool str_has(struct str text, struct str other)
{
	for (size_t i = 0; i + other.len <= text.len; i++)
		if (str_equal(str_part(text, i, i + other.len), other))
			return true;
	return false;
}
