/* The list of what evcal wrote: what is accepted says the same when it is written and read again, and leads nowhere
 * outside the folder. */
#include "fuzz.h"

#include "publish/manifest.h"

#include <string.h>

/* A path of what would leave the folder, or be hidden in it. */
static void look_at_path(struct str path)
{
	MUST(path.len && path.ptr[0] != '/' && path.ptr[path.len] == 0);
	for (struct str rest = path; rest.len;) {
		struct str part = fuzz_split(&rest, '/');
		MUST(part.len && part.ptr[0] != '.');
		MUST(!memchr(part.ptr, 0, part.len));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct arena arena; /* the same for every input, so that its pages are touched once */
	struct manifest list = {.arena = &arena}, again = list;
	struct buffer text = {0}, same = {0};
	if (!manifest_read(&list, (struct str){(const char *)bytes, size})) {
		for (size_t i = 0; i < list.count; i++) {
			look_at_path(list.items[i]->path);
			MUST(list.items[i]->digest_count && manifest_find(&list, list.items[i]->path) == list.items[i]);
		}
		manifest_write(&list, &text);
		MUST(!manifest_read(&again, buffer_str(&text)) && again.count == list.count);
		manifest_write(&again, &same);
		MUST(str_equal(buffer_str(&text), buffer_str(&same)));
	}
	buffer_free(&text);
	buffer_free(&same);
	arena_release(&arena, (struct arena_mark){0});
	return 0;
}
