#include "time/scan.h"

#include <string.h>

char scan_peek(const struct scan *scan)
{
	return scan->i < scan->s.len ? scan->s.ptr[scan->i] : 0;
}

bool scan_take(struct scan *scan, char c)
{
	if (scan_done(scan) || scan_peek(scan) != c)
		return false;
	scan->i++;
	return true;
}

size_t scan_skip(struct scan *scan, const char *set)
{
	size_t begin = scan->i;
	while (scan_peek(scan) && strchr(set, scan_peek(scan)))
		scan->i++;
	return scan->i - begin;
}

int scan_number(struct scan *scan, int least, int most, int *value)
{
	int digits = 0, n = 0;
	while (digits < most && scan_peek(scan) >= '0' && scan_peek(scan) <= '9') {
		n = n * 10 + (scan_peek(scan) - '0');
		scan->i++;
		digits++;
	}
	*value = n;
	return digits < least ? 0 : digits;
}

struct str scan_letters(struct scan *scan)
{
	size_t begin = scan->i;
	while (ascii_lower(scan_peek(scan)) >= 'a' && ascii_lower(scan_peek(scan)) <= 'z')
		scan->i++;
	return str_part(scan->s, begin, scan->i);
}

bool scan_word(struct scan *scan, const char *const *words)
{
	struct scan s = *scan;
	for (; *words; words++) {
		struct str word = str_from(*words), rest = str_part(s.s, s.i, s.s.len);
		if (rest.len < word.len || !str_equal_nocase(str_part(rest, 0, word.len), word))
			continue;
		s.i += word.len;
		/* "van" is no part of "vandaag". */
		char next = ascii_lower(scan_peek(&s));
		if (next >= 'a' && next <= 'z')
			s.i = scan->i;
		else
			break;
	}
	if (!*words)
		return false;
	scan_skip(&s, " ");
	*scan = s;
	return true;
}
