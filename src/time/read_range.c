#include "time/read.h"

#include "base/arena.h"
#include "time/scan.h"

/* A word between a start and an end. */
struct between {
	size_t begin, end;
};

/* The next such word from byte i on, or one of no length. */
static struct between next_between(struct str text, size_t i)
{
	static const char *const words[] = {
		"tot en met", "t/m", "t.e.m.", "tot", "until", "through", "till", "to", NULL};
	for (; i < text.len; i++) {
		struct scan s = {text, i};
		if (text.ptr[i] == '-')
			return (struct between){i, i + 1};
		if (text.ptr[i - 1] == ' ' && scan_word(&s, words))
			return (struct between){i, s.i};
	}
	return (struct between){text.len, text.len};
}

static bool is_moment(struct arena *arena, struct str text, struct moment *moment)
{
	return verdict_known(moment_read(arena, text, moment));
}

/* A start that leaves its month or its year to the end: "24 t/m 26 september 2026". */
static bool start_by_end(struct arena *arena, struct str text, struct moment end, struct moment *start)
{
	const char *month = month_name(end.date.month, LANGUAGE_NL);
	if (is_moment(arena, str_format(arena, "%.*s %s %d", STR_ARG(text), month, end.date.year), start))
		return true;
	char mark = str_find(text, '/') < text.len ? '/' : str_find(text, '.') < text.len ? '.' : '-';
	if (!is_moment(arena, str_format(arena, "%.*s %d", STR_ARG(text), end.date.year), start) &&
		!is_moment(arena, str_format(arena, "%.*s%c%d", STR_ARG(text), mark, end.date.year), start))
		return false;
	/* From December to January. */
	start->date.year = (short)(start->date.year - (date_days(start->date) > date_days(end.date)));
	return true;
}

/* An end behind a start that is known: a moment, or a time. A party that begins in the evening may end at night. */
static bool read_end(struct arena *arena, struct str text, struct range *range)
{
	enum { EVENING = 18 * 60, MORNING = 6 * 60 };
	short minute = 0;
	if (!time_looks_like(text))
		return is_moment(arena, text, &range->end);
	if (!verdict_known(time_read(arena, text, &minute)) || moment_is_date(range->start))
		return false;
	range->end = range->start;
	range->end.minute = minute;
	range->time_only = minute > range->start.minute;
	bool at_night = range->start.minute >= EVENING && minute <= MORNING;
	if (!range->time_only && at_night)
		range->end.date = date_from_days(date_days(range->start.date) + 1);
	return range->time_only || at_night;
}

static struct str without_from(struct str text)
{
	static const char *const words[] = {"van", "vanaf", "from", NULL};
	struct scan s = {.s = text};
	return scan_word(&s, words) ? str_part(text, s.i, text.len) : text;
}

bool range_read(struct arena *arena, struct str text, struct range *range)
{
	text = without_from(str_trim(text));
	for (struct between word = next_between(text, 1); word.begin < text.len;
		word = next_between(text, word.begin + 1)) {
		struct str start = str_trim(str_part(text, 0, word.begin));
		struct str end = str_trim(str_part(text, word.end, text.len));
		*range = (struct range){0};
		/* Behind "T" a time is one of computers, and what follows its offset from UTC. */
		if (text.ptr[word.begin] == '-' && str_find(start, 'T') < start.len)
			continue;
		bool known = is_moment(arena, start, &range->start);
		if (!end.len || (known && !read_end(arena, end, range)))
			continue;
		if (!known &&
			(!is_moment(arena, end, &range->end) || !start_by_end(arena, start, range->end, &range->start)))
			continue;
		if (moment_is_date(range->start) == moment_is_date(range->end) &&
			moment_seconds(range->start) <= moment_seconds(range->end))
			return true;
	}
	return false;
}
