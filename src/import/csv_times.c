#include "base/arena.h"
#include "import/csv.h"
#include "time/read.h"
#include "time/zone.h"

#include <string.h>

enum { HALF_DAY = DAY_MINUTES / 2 };

/* The numbers of "9-2-2021", with - / or . between them. False: a text does not begin so. */
static bool read_numbers(struct str text, int *first, int *second, size_t *middle, size_t *end)
{
	int number[2] = {0, 0};
	size_t i = 0;
	for (int n = 0; n < 2; n++) {
		size_t begin = i;
		while (i < text.len && i < begin + 2 && text.ptr[i] >= '0' && text.ptr[i] <= '9')
			number[n] = number[n] * 10 + text.ptr[i++] - '0';
		if (i == begin || i >= text.len || !strchr("-/.", text.ptr[i]))
			return false;
		*(n ? end : middle) = i++;
	}
	*first = number[0];
	*second = number[1];
	return i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9';
}

void table_find_order(struct table *table)
{
	struct cell open = {.span = {0}}, month = open;
	bool day_first = false;
	for (size_t i = table->header + 1; i < table->count; i++)
		for (size_t n = 0; n < table->width; n++) {
			int first, second;
			size_t middle, end;
			struct cell cell = table_cell(table, &table->rows[i], n);
			enum use use = table->columns[n].use;
			if ((use != USE_START && use != USE_END) ||
				!read_numbers(cell.text, &first, &second, &middle, &end))
				continue;
			day_first |= first > 12;
			if (second > 12 && !month.span.source)
				month = cell;
			if (first <= 12 && second <= 12 && first != second && !open.span.source)
				open = cell;
		}
	table->month_first = month.span.source && !day_first;
	if (table->month_first)
		ADD(table->import, MSG_GUESSED_MONTH_FIRST, month.span, month.text);
	else if (open.span.source && !day_first)
		ADD(table->import, MSG_GUESSED_DAY_FIRST, open.span, open.text);
}

/* "2020-12-31T21:00+01:00" (RFC 3339), as lists of programs have it, by the clock of the zone that is meant. */
static struct str without_offset(const struct table *table, struct str text)
{
	int ahead;
	const struct zone *zone = import_zone(table->import);
	struct str time = draft_take_offset(text, &ahead);
	struct moment moment;
	if (!zone || time.len == text.len || moment_read(table->arena, time, &moment).kind != VERDICT_OK ||
		moment_is_date(moment))
		return text;
	int64_t instant = moment_seconds(moment) - ahead * 60;
	return moment_format(table->arena, moment_from_seconds(instant + zone_offset(zone, instant)));
}

/* A cell as the rest reads it: the day in front, no seconds where they are 0, and no offset. */
static struct str usual(const struct table *table, struct str text)
{
	int first, second;
	size_t middle, end;
	struct arena *arena = table->arena;
	if (table->month_first && read_numbers(text, &first, &second, &middle, &end) && second)
		text = str_format(arena, "%d-%d-%.*s", second, first, STR_ARG(str_part(text, end + 1, text.len)));
	for (size_t i = 3; i + 3 <= text.len; i++)
		if (str_starts(str_part(text, i, text.len), STR(":00")) && text.ptr[i - 3] == ':')
			return without_offset(table, str_format(arena, "%.*s%.*s", STR_ARG(str_part(text, 0, i)),
							     STR_ARG(str_part(text, i + 3, text.len))));
	return without_offset(table, text);
}

/* What the columns of a use say in a row: a date, perhaps with a time, and a time. */
struct said {
	struct str date, time;
	struct span span;
};

static struct said said_of(const struct table *table, const struct row *row, enum use use)
{
	struct said said = {STR(""), STR(""), {0}};
	struct moment moment;
	struct date month;
	for (size_t i = 0; i < table->width; i++) {
		if (table->columns[i].use != use)
			continue;
		struct cell cell = table_cell(table, row, i);
		struct str text = usual(table, cell.text);
		if (!said.span.source || (!said.date.len && !said.time.len))
			said.span = cell.span;
		bool dated = verdict_known(moment_read(table->arena, text, &moment)) ||
			     verdict_known(months_read(table->arena, text, &month));
		bool timed = !dated && (time_looks_like(text) || said.date.len);
		struct str *place = timed ? &said.time : &said.date;
		if (text.len && place->len)
			ADD(table->import, MSG_NOT_IMPORTED_CELL, cell.span, text, *place);
		else if (text.len)
			*place = text;
	}
	return said;
}

static bool is_all_day(const struct table *table, const struct row *row)
{
	static const char *const yes[] = {"true", "waar", "ja", "yes", "1", "x"};
	for (size_t i = 0; i < table->width; i++)
		for (size_t n = 0; table->columns[i].use == USE_ALL_DAY && n < sizeof(yes) / sizeof(*yes); n++)
			if (str_equal_nocase(table_cell(table, row, i).text, str_from(yes[n])))
				return true;
	return false;
}

static struct str joined(struct arena *arena, struct str date, struct str time)
{
	return !date.len ? time : time.len ? str_format(arena, "%.*s %.*s", STR_ARG(date), STR_ARG(time)) : date;
}

/* A moment of a date and a time that stand in cells. False: they are none, or it is not sure which. */
static bool read_moment(
	const struct table *table, struct span span, struct str date, struct str time, struct moment *moment)
{
	short minute;
	if (!verdict_known(moment_read(table->arena, date, moment)))
		return false;
	if (!time.len)
		return true;
	if (!verdict_known(time_read(table->arena, time, &minute)))
		return false;
	/* Excel writes a date with its midnight. */
	if (moment->minute > 0 && moment->minute != minute)
		ADD(table->import, MSG_NOT_IMPORTED_CELL, span, date, time);
	moment->minute = minute;
	return true;
}

static void put_moment(
	const struct table *table, struct node *map, const char *name, struct span span, struct moment moment)
{
	draft_put_text(table->import, map, IN_EVENT, name, span, moment_format(table->arena, moment));
}

/* "half vijf" is the first of the two that is behind the start. */
static bool read_time(struct arena *arena, struct str text, short start, short *minute)
{
	struct verdict verdict = time_read(arena, text, minute);
	if (verdict.kind == VERDICT_TWICE && *minute <= start)
		*minute += HALF_DAY;
	return verdict_known(verdict) || verdict.kind == VERDICT_TWICE;
}

/* The end of an event; exclusive: of whole days, the day behind the last. */
static bool put_end(
	const struct table *table, struct node *map, struct moment start, const struct said *said, bool exclusive)
{
	struct arena *arena = table->arena;
	struct moment end = {.date = start.date, .minute = -1};
	struct str text = joined(arena, said->date, said->time);
	if (!text.len)
		return true;
	short minute = -1;
	bool good = said->date.len ? read_moment(table, said->span, said->date, said->time, &end)
				   : read_time(arena, said->time, start.minute, &minute);
	if (!said->date.len)
		end.minute = minute;
	if (!good || (moment_is_date(end) && !moment_is_date(start))) {
		if (!good)
			ADD(table->import, MSG_NOT_IMPORTED_VALUE, said->span, text, STR("end"),
				str_from(local_text(kinds[KIND_ENDING].shape)));
		return true;
	}
	if (moment_is_date(start))
		end.minute = -1;
	if (exclusive && moment_compare(end, start) > 0)
		end.date = date_from_days(date_days(end.date) - 1);
	bool next = !said->date.len && moment_compare(end, start) < 0 && end.minute <= HALF_DAY;
	if (next) {
		end.date = date_from_days(date_days(end.date) + 1);
		ADD(table->import, MSG_GUESSED_NEXT_DAY, said->span, text, moment_format(arena, end));
	}
	if (moment_compare(end, start) < 0) {
		ADD(table->import, MSG_CANNOT_IMPORT_END, said->span, moment_format(arena, end),
			moment_format(arena, start));
		return false;
	}
	if (!moment_compare(end, start))
		return true;
	if (date_days(end.date) == date_days(start.date))
		draft_put_text(table->import, map, IN_EVENT, "end", said->span, time_format(arena, end.minute));
	else
		put_moment(table, map, "end", said->span, end);
	return true;
}

bool table_put_times(const struct table *table, const struct row *row, struct node *map, int *year)
{
	struct said start = said_of(table, row, USE_START), end = said_of(table, row, USE_END);
	struct moment moment;
	struct date month;
	struct range range;
	bool all_day = is_all_day(table, row), exclusive = false;
	if (all_day) {
		short minute;
		/* Outlook's whole days end at the midnight behind them. */
		exclusive = end.time.len && verdict_known(time_read(table->arena, end.time, &minute)) && !minute;
		start.time = end.time = STR("");
	}
	struct str text = joined(table->arena, start.date, start.time);
	if (!start.date.len) {
		ADD(table->import, MSG_CANNOT_IMPORT_NO_DATE, start.span, STR(""));
		return false;
	}
	if (!start.time.len && verdict_known(months_read(table->arena, start.date, &month))) {
		*year = month.year;
		return draft_put_text(
			table->import, map, IN_EVENT, "start", start.span, month_format(table->arena, month));
	}
	if (read_moment(table, start.span, start.date, start.time, &moment)) {
		*year = moment.date.year;
		put_moment(table, map, "start", start.span, moment);
		return put_end(table, map, moment, &end, exclusive);
	}
	/* "14:00 - 16:00" in one cell; what the date comes to is not what it looks like. */
	bool dated = start.time.len && verdict_known(moment_read(table->arena, start.date, &moment));
	if (dated)
		text = joined(table->arena, date_format(table->arena, moment.date), start.time);
	if (!range_read(table->arena, text, &range)) {
		ADD(table->import, MSG_CANNOT_IMPORT_DATE, start.span, text);
		return false;
	}
	*year = range.start.date.year;
	put_moment(table, map, "start", start.span, range.start);
	draft_put_text(table->import, map, IN_EVENT, "end", start.span,
		range.time_only ? time_format(table->arena, range.end.minute) : moment_format(table->arena, range.end));
	return true;
}
