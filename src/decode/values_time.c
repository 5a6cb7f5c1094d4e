#include "decode/values_time.h"

#include "base/arena.h"
#include "time/limits.h"
#include "base/suggest.h"
#include "decode/shape.h"
#include "decode/values.h"
#include "time/read.h"
#include "time/zone_hint.h"

#include <errno.h>
#include <string.h>

/* So many unknown zones of a file are compared with all that there are. */
enum { HINTS_MOST = 200 };

static struct str key_of(const struct key *key)
{
	return str_from(key->name);
}

/* The weekday that stands in front of a date which has another. */
static void add_weekday(
	struct decoder *decoder, struct span span, struct str text, struct verdict verdict, struct moment moment)
{
	struct arena *arena = decoder->findings->arena;
	struct date date = moment.date;
	enum language language = local_language();
	int ahead = (verdict.weekday - date_weekday(date) + 7) % 7;
	struct date nearest = date_from_days(date_days(date) + (ahead <= 3 ? ahead : ahead - 7));
	ADD(decoder, MSG_BAD_DATE_WEEKDAY, span, text, str_from(weekday_name(date_weekday(date), language)),
		str_from(weekday_name(verdict.weekday, language)), verdict.right, date_format(arena, nearest));
}

/* "half drie", behind a date or alone: verdict.right is the afternoon. */
static void add_twice(struct decoder *decoder, struct span span, struct str text, struct verdict verdict, int minute)
{
	struct arena *arena = decoder->findings->arena;
	const size_t time = sizeof("14:00") - 1;
	struct str date = str_part(verdict.right, 0, verdict.right.len - time), night = time_format(arena, minute);
	ADD(decoder, MSG_BAD_TIME_TWICE, span, text, verdict.right,
		str_format(arena, "%.*s%.*s", STR_ARG(date), STR_ARG(night)));
}

/* A moment or time that was not well written: bad-date or bad-time, with the right form where there is one. */
static void add_verdict(struct decoder *decoder, struct span span, struct str text, struct verdict verdict)
{
	static const enum message messages[] = {
		[VERDICT_OK] = MSG_BAD_DATE,
		[VERDICT_NONSENSE] = MSG_BAD_DATE,
		[VERDICT_DATE_FORM] = MSG_BAD_DATE_FORM,
		[VERDICT_TIME_FORM] = MSG_BAD_TIME_FORM,
		[VERDICT_NO_YEAR] = MSG_BAD_DATE_YEAR,
		[VERDICT_NO_MONTH] = MSG_BAD_DATE_MONTH,
		[VERDICT_NO_DAY] = MSG_BAD_DATE_DAY,
		[VERDICT_NO_TIME] = MSG_BAD_TIME,
		[VERDICT_SECONDS] = MSG_BAD_TIME_SECONDS,
		[VERDICT_OFFSET] = MSG_BAD_TIME_OFFSET,
		[VERDICT_MIDNIGHT] = MSG_BAD_TIME_MIDNIGHT,
	};
	size_t number = ADD(decoder, messages[verdict.kind], span, text, verdict.right);
	if (verdict.meant)
		finding_fix_value(decoder->findings, number, verdict.right);
}

/* A text with plain hyphens and spaces for those that a word processor makes of them; false where it has none. */
static bool plain(struct arena *arena, struct str text, struct str *result)
{
	static const struct {
		const char *bytes;
		char plain;
	} alike[] = {{"\xC2\xA0", ' '}, {"\xE2\x80\xAF", ' '}, {"\xE2\x80\x90", '-'}, {"\xE2\x80\x91", '-'},
		{"\xE2\x80\x92", '-'}, {"\xE2\x80\x93", '-'}, {"\xE2\x80\x94", '-'}, {"\xE2\x88\x92", '-'}};
	struct buffer out = {0};
	for (size_t i = 0; i < text.len;) {
		size_t kind = 0;
		while (kind < sizeof(alike) / sizeof(*alike) &&
			!str_starts(str_part(text, i, text.len), str_from(alike[kind].bytes)))
			kind++;
		bool found = kind < sizeof(alike) / sizeof(*alike);
		buffer_byte(&out, found ? alike[kind].plain : text.ptr[i]);
		i += found ? strlen(alike[kind].bytes) : 1;
	}
	*result = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return result->len < text.len;
}

/* Reads a moment; in a calendar that says that it is English nobody knows which number of 9/2/2026 is the month. */
static struct verdict read_moment(struct decoder *decoder, struct str text, struct moment *moment)
{
	struct verdict verdict = moment_read(decoder->findings->arena, text, moment);
	verdict.meant &= !(decoder->english && verdict.month_first);
	return verdict;
}

/* One that only looks right, with the hyphens of a word processor. */
static bool add_alike(struct decoder *decoder, const struct node *node, struct str text, struct moment *moment)
{
	struct str better;
	if (!plain(decoder->findings->arena, text, &better))
		return false;
	struct verdict verdict = read_moment(decoder, better, moment);
	if (!verdict_known(verdict))
		return false;
	ADD(decoder, MSG_BAD_DATE_ALIKE, node->span, text, verdict.meant ? verdict.right : better);
	return true;
}

/* A time without its date. */
static bool add_time(struct decoder *decoder, const struct node *node, struct str text)
{
	short minute;
	if (!time_looks_like(text))
		return false;
	struct verdict verdict = time_read(decoder->findings->arena, text, &minute);
	if (!verdict_known(verdict) || verdict.kind == VERDICT_MIDNIGHT)
		return false;
	ADD(decoder, MSG_BAD_DATE_NONE, node->span, text, verdict.kind == VERDICT_OK ? text : verdict.right);
	return true;
}

/* The line break of a source. */
static struct str line_break(const struct source *source)
{
	struct str bytes = source->bytes;
	size_t end = str_find(bytes, '\n');
	return end && end < bytes.len && bytes.ptr[end - 1] == '\r' ? STR("\r\n") : STR("\n");
}

/* True if a key of a mapping begins at a byte. */
static bool has_key_at(const struct node *map, uint32_t begin)
{
	uint32_t low = 0, high = map->count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (map->entries[middle].key->span.begin < begin)
			low = middle + 1;
		else
			high = middle;
	}
	return low < map->count && map->entries[low].key->span.begin == begin;
}

/* A key and its value, to stand behind the value of another key of the mapping that is being read. */
static struct str key_behind(struct decoder *decoder, const struct node *value, const char *key, struct str text)
{
	struct arena *arena = decoder->findings->arena;
	const struct source *source = source_get(decoder->findings->sources, value->span.source);
	uint32_t line = source_line_begin(source, value->span.begin), column = 0;
	while (line + column < value->span.begin && strchr(" -", source->bytes.ptr[line + column]))
		column++;
	if (has_key_at(decoder->mapping, line + column))
		return str_format(
			arena, "%.*s%*s%s: %.*s", STR_ARG(line_break(source)), (int)column, "", key, STR_ARG(text));
	return str_format(arena, ", %s: %.*s", key, STR_ARG(text));
}

/*
 * A start that has its end behind it. The end becomes the event's, unless that has one of its own, or something that
 * says how long it lasts.
 */
static bool add_range(struct decoder *decoder, const struct key *key, const struct node *node, struct str written,
	struct moment *moment)
{
	struct arena *arena = decoder->findings->arena;
	struct event *event = decoder->event;
	struct range range;
	struct str text;
	plain(arena, written, &text);
	if (!str_equal(key_of(key), STR("start")) || !range_read(arena, text, &range))
		return false;
	struct moment last = range.end;
	struct str start = moment_format(arena, range.start);
	struct str end = range.time_only ? time_format(arena, last.minute) : moment_format(arena, last);
	const char *other = node_get(decoder->mapping, STR("end"))        ? "end"
			    : node_get(decoder->mapping, STR("duration")) ? "duration"
									  : NULL;
	if (!event || other) {
		ADD(decoder, MSG_BAD_DATE_RANGE_TOO, node->span, written, start, str_from(other));
		return true;
	}
	size_t number = ADD(decoder, MSG_BAD_DATE_RANGE, node->span, written, start, end);
	struct when *ending = arena_alloc(arena, sizeof(*ending));
	*ending = (struct when){{node->span, GIVEN_VALID}, last, range.time_only};
	event->end = ending;
	*moment = range.start;
	if (!str_starts(source_text(decoder->findings->sources, node->span), STR("&")))
		finding_fix(decoder->findings, number, node->span,
			str_format(arena, "%.*s%.*s", STR_ARG(start), STR_ARG(key_behind(decoder, node, "end", end))));
	return true;
}

/* Says of a text what keeps it from being a moment. True if it is sure which is meant. */
static bool add_no_moment(struct decoder *decoder, const struct key *key, const struct node *node, struct str text,
	struct verdict verdict, struct moment *moment)
{
	struct moment range = {.date = {0, 0, 0}};
	if (!verdict.meant && add_range(decoder, key, node, text, &range)) {
		*moment = range;
		return range.date.year;
	}
	if (!verdict.meant && verdict.kind != VERDICT_WEEKDAY && add_alike(decoder, node, text, moment))
		return true;
	if (verdict.kind == VERDICT_NONSENSE && add_time(decoder, node, text))
		return false;
	if (verdict.kind == VERDICT_WEEKDAY)
		add_weekday(decoder, node->span, text, verdict, *moment);
	else if (verdict.kind == VERDICT_DATE_FORM && !verdict.meant && verdict.other.len)
		ADD(decoder, MSG_BAD_DATE_TWO, node->span, text, verdict.right, verdict.other);
	else if (verdict.kind == VERDICT_TWICE)
		add_twice(decoder, node->span, text, verdict, moment->minute - DAY_MINUTES / 2);
	else
		add_verdict(decoder, node->span, text, verdict);
	return verdict.meant;
}

static bool is_in_range(struct decoder *decoder, const struct node *node, struct str text, const struct when *when)
{
	int year = when->moment.date.year;
	if (year >= YEAR_MINIMUM && year <= YEAR_MAXIMUM)
		return true;
	ADD(decoder, MSG_DATE_OUT_OF_RANGE, node->span, text);
	return false;
}

bool value_moment(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct when *when = value;
	struct text text;
	if (!value_line(decoder, key, node, &text))
		return false;
	struct verdict verdict = read_moment(decoder, text.str, &when->moment);
	if (verdict.kind != VERDICT_OK && !add_no_moment(decoder, key, node, text.str, verdict, &when->moment))
		return false;
	return is_in_range(decoder, node, text.str, when);
}

bool value_start(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct when *when = value;
	struct date first = {0, 0, 0};
	struct str written = node->kind == NODE_TEXT ? str_trim(node->text) : STR("");
	struct verdict verdict = months_read(decoder->findings->arena, written, &first);
	struct text text;
	if (verdict.kind == VERDICT_NONSENSE)
		return value_moment(decoder, key, node, when);
	if (!value_line(decoder, key, node, &text))
		return false;
	if (verdict.kind != VERDICT_OK)
		add_verdict(decoder, node->span, text.str, verdict);
	if (!verdict_known(verdict))
		return false;
	when->moment = (struct moment){.date = first, .minute = -1};
	when->month_only = true;
	return is_in_range(decoder, node, text.str, when);
}

bool value_date(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct when *when = value;
	if (!value_moment(decoder, key, node, when))
		return false;
	if (moment_is_date(when->moment))
		return true;
	struct str date = date_format(decoder->findings->arena, when->moment.date);
	size_t number = ADD(decoder, MSG_BAD_DATE_TIME, node->span, str_trim(node->text), key_of(key), date);
	if (when->moment.minute)
		return false;
	finding_fix_value(decoder->findings, number, date);
	when->moment.minute = -1;
	return true;
}

/* The start of the event that is being read, where it has a time. */
static const struct moment *start_of(const struct decoder *decoder)
{
	const struct when *start = decoder->event ? decoder->event->start : NULL;
	return start && at_valid(&start->at) && !moment_is_date(start->moment) ? &start->moment : NULL;
}

/* "4:00" and "half drie" are in the afternoon if the event begins between the two. True if it is sure which is
 * meant. */
static bool choose_half(const struct decoder *decoder, struct verdict *verdict, short *minute)
{
	const struct moment *start = start_of(decoder);
	const short half = DAY_MINUTES / 2;
	bool after_noon = start && *minute <= start->minute && start->minute < *minute + half;
	if (verdict->kind != VERDICT_TWICE && !verdict->twelve)
		return verdict_known(*verdict);
	if (verdict->kind == VERDICT_TWICE && !after_noon)
		return false;
	if (after_noon)
		*minute += half;
	verdict->kind = VERDICT_TIME_FORM;
	verdict->right = time_format(decoder->findings->arena, *minute);
	verdict->meant = true;
	return true;
}

/* 24:00 is the next day's first minute. */
static bool end_at_midnight(struct decoder *decoder, struct verdict *verdict, struct when *when)
{
	bool known = decoder->event && at_valid(&decoder->event->start->at);
	struct date start = known ? decoder->event->start->moment.date : (struct date){2021, 1, 21};
	when->moment =
		(struct moment){date_from_days(date_days(start) + 1), 0, known && decoder->event->start->moment.utc};
	when->time_only = false;
	verdict->right = moment_format(decoder->findings->arena, when->moment);
	verdict->meant = known;
	return known;
}

/* What stands behind "tot" or "t/m"; the text itself where it does not begin so. */
static struct str without_until(struct str text)
{
	static const char *const words[] = {"tot en met ", "t/m", "tot ", "until ", "till ", "to ", "om ", "at ", NULL};
	for (const char *const *word = words; *word; word++) {
		struct str w = str_from(*word);
		if (text.len > w.len && str_equal_nocase(str_part(text, 0, w.len), w))
			return str_trim(str_part(text, w.len, text.len));
	}
	return text;
}

static bool is_hour(struct str text)
{
	return text.len && text.len <= 2 && !(text.ptr[0] < '0' || text.ptr[0] > '9') &&
	       !(text.ptr[text.len - 1] < '0' || text.ptr[text.len - 1] > '9');
}

/* A time of the day, or an hour alone. */
static struct verdict read_time(struct decoder *decoder, struct str text, short *minute)
{
	struct arena *arena = decoder->findings->arena;
	struct verdict verdict =
		time_read(arena, is_hour(text) ? str_format(arena, "%.*s:00", STR_ARG(text)) : text, minute);
	if (is_hour(text) && verdict.kind == VERDICT_OK)
		verdict = (struct verdict){
			.kind = VERDICT_TIME_FORM, .right = time_format(arena, *minute), .meant = true};
	return verdict;
}

bool value_ending(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct when *when = value;
	struct text text = {.str = node->kind == NODE_TEXT ? str_trim(node->text) : STR("")};
	struct str bare = without_until(text.str);
	struct moment moment;
	/* 2029.02.22 is a date, not a time with its seconds. */
	bool date = verdict_known(read_moment(decoder, bare, &moment)), led = bare.ptr != text.str.ptr;
	bool time = !date && (time_looks_like(bare) || is_hour(bare));
	if (!time && !(led && date))
		return value_moment(decoder, key, node, when);
	if (!value_line(decoder, key, node, &text))
		return false;
	if (!time) {
		when->moment = moment;
		add_verdict(decoder, node->span, text.str,
			(struct verdict){.kind = VERDICT_DATE_FORM,
				.right = moment_format(decoder->findings->arena, moment),
				.meant = true});
		return true;
	}
	struct verdict verdict = read_time(decoder, bare, &when->moment.minute);
	when->time_only = true;
	bool known = verdict.kind == VERDICT_MIDNIGHT ? end_at_midnight(decoder, &verdict, when)
						      : choose_half(decoder, &verdict, &when->moment.minute);
	if (verdict.kind == VERDICT_OK && led)
		verdict = (struct verdict){.kind = VERDICT_TIME_FORM, .right = bare, .meant = true};
	if (verdict.kind == VERDICT_TWICE)
		add_twice(decoder, node->span, text.str, verdict, when->moment.minute);
	else if (verdict.kind != VERDICT_OK)
		add_verdict(decoder, node->span, text.str, verdict);
	return known;
}

bool value_duration(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct duration_value *duration = value;
	struct text text;
	if (!value_line(decoder, key, node, &text))
		return false;
	struct arena *arena = decoder->findings->arena;
	struct verdict verdict = duration_read(arena, text.str, &duration->duration);
	switch (verdict.kind) {
	case VERDICT_OK:
		return true;
	case VERDICT_DATE_FORM:
		ADD(decoder, MSG_BAD_DURATION_FORM, node->span, text.str, verdict.right);
		return true;
	case VERDICT_ZERO:
		ADD(decoder, MSG_BAD_DURATION_ZERO, node->span, text.str);
		return false;
	case VERDICT_TOO_LONG:
		ADD(decoder, MSG_BAD_DURATION_LONG, node->span, text.str,
			str_format(arena, LOCAL("%d days", "%d dagen"), DURATION_DAYS_MOST));
		return false;
	default:
		ADD(decoder, key->kind == KIND_REMINDER ? MSG_BAD_DURATION_REMINDER : MSG_BAD_DURATION, node->span,
			text.str);
		return false;
	}
}

bool value_reminder(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	static const char *const none[] = {
		"geen", "nee", "niet", "no", "off", "uit", "false", "None", "NONE", "nooit", NULL};
	struct duration_value *duration = value;
	struct str text = node->kind == NODE_TEXT ? str_trim(node->text) : STR("");
	duration->none = str_equal(text, STR("none"));
	for (const char *const *word = none; *word && !duration->none; word++)
		if (str_equal_nocase(text, str_from(*word))) {
			finding_fix_value(decoder->findings,
				ADD(decoder, MSG_BAD_VALUE_NEAR, node->span, key_of(key), text, STR("none")),
				STR("none"));
			duration->none = true;
		}
	return duration->none || value_duration(decoder, key, node, duration);
}

bool value_zone(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct zone_value *zone = value;
	struct text text;
	if (!value_line(decoder, key, node, &text))
		return false;
	switch (zone_get(decoder->zones, text.str, &zone->zone)) {
	case ZONE_OK:
		return true;
	case ZONE_FAILED:
		decoder->zones_failed = true;
		decoder->zones_errno = errno;
		return false;
	case ZONE_UNKNOWN:
		break;
	}
	struct zone_hint hint = {STR(""), false};
	if (decoder->zones_unknown++ < HINTS_MOST)
		hint = zone_hint(decoder->zones, text.str, decoder->zone);
	enum message message = hint.name.len ? MSG_BAD_TIMEZONE_NEAR : MSG_BAD_TIMEZONE;
	if (hint.renamed)
		message = MSG_BAD_TIMEZONE_RENAMED;
	size_t number = ADD(decoder, message, node->span, text.str, hint.name);
	if (!hint.sure || zone_get(decoder->zones, hint.name, &zone->zone) != ZONE_OK)
		return false;
	finding_fix_value(decoder->findings, number, hint.name);
	return true;
}

bool value_weekday(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct choice *choice = value;
	struct text text;
	if (!value_line(decoder, key, node, &text))
		return false;
	choice->value = weekday_read(text.str);
	if (choice->value >= 0)
		return true;
	struct suggestion near = {0};
	suggest_all(&near, text.str, weekday_names, sizeof(*weekday_names));
	if (!near.best.len) {
		ADD(decoder, MSG_BAD_VALUE, node->span, key_of(key), text.str,
			str_from(local_text(kinds[KIND_WEEKDAY].shape)));
		return false;
	}
	size_t number = ADD(decoder, MSG_BAD_VALUE_NEAR, node->span, key_of(key), text.str, near.best);
	choice->value = weekday_read(near.best);
	if (near.sure)
		finding_fix_value(decoder->findings, number, near.best);
	return near.sure;
}

static bool add_moment(struct decoder *decoder, const struct key *key, const struct node *item, void *list)
{
	struct moments *moments = list;
	struct when when = {.at = {item->span, GIVEN_VALID}};
	if (!value_moment(decoder, key, item, &when))
		return false;
	moments->items = arena_grow(decoder->findings->arena, moments->items, moments->count, sizeof(*moments->items));
	moments->items[moments->count++] = when;
	return true;
}

/* The length of what stands between two dates of a text at byte i, or 0. */
static size_t separator_at(struct str text, size_t i)
{
	static const char *const words[] = {" en ", " and ", " & ", " + ", ",", ";", "|", NULL};
	for (const char *const *word = words; *word; word++)
		if (str_starts(str_part(text, i, text.len), str_from(*word)))
			return strlen(*word);
	return 0;
}

/* "20270321, 20270328": dates in one text. True if all of it is dates, two at least: they are added. */
static bool split_moments(struct decoder *decoder, const struct node *node, struct str text, struct moments *moments,
	struct buffer *shown)
{
	struct arena *arena = decoder->findings->arena;
	struct moments all = {0};
	uint32_t offset;
	if (!source_holds(decoder->findings->sources, node->span, text, &offset))
		return false;
	for (size_t begin = 0, i = 0; i <= text.len; i++) {
		size_t len = i < text.len ? separator_at(text, i) : 1;
		if (!len)
			continue;
		struct str part = str_trim(str_part(text, begin, i));
		struct span span = node->span;
		span.begin += offset + (uint32_t)(part.ptr - text.ptr);
		span.end = span.begin + (uint32_t)part.len;
		struct when when = {.at = {span, GIVEN_VALID}};
		begin = i + len;
		if (i == text.len && !part.len && all.count)
			break;
		if (!verdict_known(read_moment(decoder, part, &when.moment)))
			return false;
		all.items = arena_grow(arena, all.items, all.count, sizeof(*all.items));
		all.items[all.count++] = when;
		buffer_format(shown, "%s%.*s", shown->len ? ", " : "[", STR_ARG(moment_format(arena, when.moment)));
	}
	buffer_byte(shown, ']');
	if (all.count < 2)
		return false;
	moments->items = all.items;
	moments->count = all.count;
	return true;
}

bool value_moments(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct moments *moments = value;
	struct moment moment;
	struct buffer shown = {0};
	bool text = node->kind == NODE_TEXT && !node_is_empty(node) &&
		    !verdict_known(read_moment(decoder, node->text, &moment));
	bool list = text && split_moments(decoder, node, node->text, moments, &shown);
	if (list)
		shape_add(decoder, key, node, buffer_str(&shown));
	buffer_free(&shown);
	return list || value_each(decoder, key, node, value, add_moment);
}
