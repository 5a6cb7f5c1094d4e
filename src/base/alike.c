#include "base/alike.h"

#include <utf8proc.h>

/* Runs of letters, each with the Latin one that it looks like; "." for none. */
static const struct {
	int32_t first;
	const char *latin;
	struct wording script;
} runs[] = {
	{0x0391, "ab..ezh.ik.mn.o.p..ty.x", W("Greek", "Grieks")},
	{0x03B1, "ab......ik..v.o.p..tu.x.w", W("Greek", "Grieks")},
	{0x0405, "sij", W("Cyrillic", "Cyrillisch")},
	{0x0410, "a.b..e....k.mho.pcty.x", W("Cyrillic", "Cyrillisch")},
	{0x0430, "a.b..e....k.mho.pcty.x", W("Cyrillic", "Cyrillisch")},
	{0x0455, "sij", W("Cyrillic", "Cyrillisch")},
	{0x0501, "d", W("Cyrillic", "Cyrillisch")},
	{0x051B, "q.w", W("Cyrillic", "Cyrillisch")},
	{0xFF10, "0123456789", W("wide", "breed")},
	{0xFF21, "abcdefghijklmnopqrstuvwxyz", W("wide", "breed")},
	{0xFF41, "abcdefghijklmnopqrstuvwxyz", W("wide", "breed")},
};

struct alike alike_at(struct str s, size_t i)
{
	int32_t point;
	struct alike none = {0};
	if (!(s.ptr[i] & 0x80))
		return none;
	ptrdiff_t len = utf8proc_iterate((const uint8_t *)s.ptr + i, (ptrdiff_t)(s.len - i), &point);
	for (size_t n = 0; len > 0 && n < sizeof(runs) / sizeof(*runs); n++) {
		struct str latin = str_from(runs[n].latin);
		if (point < runs[n].first || point >= runs[n].first + (int32_t)latin.len)
			continue;
		char letter = latin.ptr[point - runs[n].first];
		return letter == '.' ? none : (struct alike){letter, (size_t)len, point, runs[n].script};
	}
	return none;
}
