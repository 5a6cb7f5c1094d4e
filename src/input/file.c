#include "input/file.h"

#include "base/arena.h"
#include "input/encoding.h"

bool file_read(struct findings *findings, uint32_t source, const char *path, size_t mebibytes)
{
	struct str octets = STR("");
	enum read_status status = source_read(findings->arena, path, mebibytes << 20, &octets);
	if (status == READ_FAILED)
		return false;
	source_fill(source_get(findings->sources, source), findings->arena, encoding_strip(octets));
	if (status == READ_OK)
		return true;
	source_get(findings->sources, source)->broken = true;
	finding_add(findings, MSG_TOO_LARGE_FILE, (struct span){source, 0, 0},
		WORDS(str_format(findings->arena, "%zu", mebibytes)));
	return true;
}
