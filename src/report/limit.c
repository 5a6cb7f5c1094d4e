#include "report/limit.h"

enum { FINDINGS_MAXIMUM = 1000, BYTES_MAXIMUM = 8 << 20 };

bool limit_open(struct limit *limit)
{
	if (!limit->omitted && limit->shown < FINDINGS_MAXIMUM)
		return true;
	limit->omitted++;
	return false;
}

bool limit_take(struct limit *limit, size_t bytes)
{
	if (limit->bytes + bytes > BYTES_MAXIMUM) {
		limit->omitted++;
		return false;
	}
	limit->shown++;
	limit->bytes += bytes;
	return true;
}

size_t print_limited(FILE *stream, const struct findings *findings, render_finding *render, const void *context)
{
	struct limit limit = {0};
	struct buffer out = {0};
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->items[i];
		if (finding_hidden(findings, finding) || !limit_open(&limit))
			continue;
		out.len = 0;
		render(&out, context, finding, limit.shown);
		if (limit_take(&limit, out.len))
			fwrite(out.ptr, 1, out.len, stream);
	}
	buffer_free(&out);
	return limit.omitted;
}
