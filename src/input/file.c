#include "input/file.h"

#include "base/arena.h"
#include "input/encoding.h"

bool file_read(struct findings *findings, uint32_t source, const struct directory *directory,
	const struct input_file *file, size_t mebibytes)
{
	struct str bytes = STR("");
	size_t limit = mebibytes << 20;
	int fd = file->from_stdin ? -1 : directory_open_file(directory, file->below);
	if (fd < 0 && !file->from_stdin)
		return false;
	enum read_status status = fd < 0 ? source_read(findings->arena, NULL, limit, &bytes)
					 : source_read_open(findings->arena, fd, limit, &bytes);
	if (status == READ_FAILED)
		return false;
	source_fill(source_get(findings->sources, source), findings->arena, encoding_strip(bytes));
	source_get(findings->sources, source)->read = bytes;
	if (status == READ_OK)
		return true;
	source_get(findings->sources, source)->broken = true;
	finding_add(findings, MSG_TOO_LARGE_FILE, (struct span){source, 0, 0},
		WORDS(str_format(findings->arena, "%zu", mebibytes)));
	return true;
}
