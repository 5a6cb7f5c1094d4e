#include "base/suggest.h"

enum { LONGEST = 64 };

/* Who writes so many letters right makes one slip in them, and means no other word. */
enum { LETTERS_A_SLIP = 5 };

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/*
 * The optimal string alignment distance, or more than most where it is more; both have at most LONGEST bytes. Only
 * cells that can lie on a way of so few steps are looked at.
 */
static size_t distance(struct str a, struct str b, size_t most)
{
	size_t rows[3][LONGEST + 2] = {{0}};
	size_t *before = rows[0], *above = rows[1], *row = rows[2];
	size_t last = 0; /* the least of the row above */
	for (size_t j = 0; j <= b.len; j++)
		above[j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t begin = i > most ? i - most : 1, end = least(b.len, i + most), lowest = most + 1;
		row[begin - 1] = begin == 1 ? i : most + 1;
		above[end] = end == i + most ? most + 1 : above[end];
		for (size_t j = begin; j <= end; j++) {
			char x = ascii_lower(a.ptr[i - 1]), y = ascii_lower(b.ptr[j - 1]);
			row[j] = least(least(above[j] + 1, row[j - 1] + 1), above[j - 1] + (x != y));
			if (i > 1 && j > 1 && x == ascii_lower(b.ptr[j - 2]) && y == ascii_lower(a.ptr[i - 2]))
				row[j] = least(row[j], before[j - 2] + 1);
			lowest = least(lowest, row[j]);
		}
		/* A swap leads over a row. */
		if (lowest > most && last > most)
			return most + 1;
		last = lowest;
		size_t *spare = before;
		before = above;
		above = row;
		row = spare;
	}
	return above[b.len];
}

void suggest(struct suggestion *suggestion, struct str written, struct str word)
{
	if (!written.len || written.len > LONGEST || word.len > LONGEST)
		return;
	size_t allowed = written.len <= 2 ? 1 : least((written.len + 2) / 3, 4);
	if (written.len > word.len + allowed || word.len > written.len + allowed)
		return;
	size_t d = distance(written, word, allowed);
	/* A word of which nothing is left is not near. */
	if (d > allowed || d >= word.len)
		return;
	if (suggestion->best.ptr && d >= suggestion->distance) {
		suggestion->tied |= d == suggestion->distance && !str_equal(word, suggestion->best);
	} else {
		suggestion->best = word;
		suggestion->distance = d;
		suggestion->tied = false;
	}
	suggestion->sure = !suggestion->tied && suggestion->distance * LETTERS_A_SLIP <= written.len;
}

void suggest_all(struct suggestion *suggestion, struct str written, const void *rows, size_t size)
{
	for (const char *row = rows; *(const char *const *)row; row += size)
		suggest(suggestion, written, str_from(*(const char *const *)row));
}

struct str suggest_among(struct str written, const void *rows, size_t size)
{
	struct suggestion near = {0};
	suggest_all(&near, written, rows, size);
	return near.best;
}

struct str synonym_meant(const struct synonym *table, struct str word)
{
	for (; table->written; table++)
		if (str_equal_nocase(word, str_from(table->written)))
			return str_from(table->meant);
	return STR("");
}
