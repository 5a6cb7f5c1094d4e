#include "decode/values_time.h"

#include "base/arena.h"
#include "time/limits.h"
#include "base/suggest.h"
#include "decode/values.h"
#include "time/zone_hint.h"

#include <errno.h>
#include <string.h>

static struct str key_of(const struct key *key)
{
	return str_from(key->name);
}

/* A moment or time that was not well written: bad-date or bad-time, with the right form where there is one. */
static void add_verdict(struct decoder *decoder, struct span span, struct str text, struct verdict verdict)
{
	enum message message = MSG_BAD_DATE;
	switch (verdict.kind) {
	case VERDICT_DATE_FORM:
		message = MSG_BAD_DATE_FORM;
		break;
	case VERDICT_TIME_FORM:
		message = MSG_BAD_TIME_FORM;
		break;
	case VERDICT_NO_MONTH:
		message = MSG_BAD_DATE_MONTH;
		break;
	case VERDICT_NO_DAY:
		message = MSG_BAD_DATE_DAY;
		break;
	case VERDICT_NO_TIME:
		message = MSG_BAD_TIME;
		break;
	case VERDICT_SECONDS:
		message = MSG_BAD_TIME_SECONDS;
		break;
	case VERDICT_OFFSET:
		message = MSG_BAD_TIME_OFFSET;
		break;
	case VERDICT_MIDNIGHT:
		message = MSG_BAD_TIME_MIDNIGHT;
		break;
	default:
		break;
	}
	ADD(decoder, message, span, text, verdict.right);
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

/* What a moment is that cannot be read: one that only looks right, or a time without its date. */
static bool add_near_moment(struct decoder *decoder, const struct node *node, struct str text)
{
	struct arena *arena = decoder->findings->arena;
	struct moment moment;
	struct str better;
	short minute;
	if (plain(arena, text, &better)) {
		struct verdict verdict = moment_read(arena, better, &moment);
		bool form = verdict.kind == VERDICT_DATE_FORM || verdict.kind == VERDICT_TIME_FORM;
		if (verdict.kind == VERDICT_OK || form) {
			ADD(decoder, MSG_BAD_DATE_ALIKE, node->span, text, form ? verdict.right : better);
			return true;
		}
	}
	if (!time_looks_like(text))
		return false;
	struct verdict verdict = time_read(arena, text, &minute);
	if (verdict.kind != VERDICT_OK && verdict.kind != VERDICT_TIME_FORM)
		return false;
	ADD(decoder, MSG_BAD_DATE_NONE, node->span, text, verdict.kind == VERDICT_OK ? text : verdict.right);
	return true;
}

/* A text as it should be written where it is a moment, or, alone, a time; else empty. */
static struct str well_written(struct arena *arena, struct str text, bool alone)
{
	struct moment moment;
	short minute;
	bool time = alone && time_looks_like(text);
	struct verdict verdict = time ? time_read(arena, text, &minute) : moment_read(arena, text, &moment);
	bool form = verdict.kind == VERDICT_DATE_FORM || verdict.kind == VERDICT_TIME_FORM;
	return verdict.kind == VERDICT_OK ? text : form ? verdict.right : STR("");
}

/* "2021-02-09 14:00 - 16:00", "2021-09-27 t/m 2021-10-03": an end behind a start. */
static bool add_range(struct decoder *decoder, const struct node *node, struct str written)
{
	static const char *const words[] = {"tot en met", "t/m", "tot", "until", "through", "to", "-", NULL};
	struct arena *arena = decoder->findings->arena;
	struct str text;
	plain(arena, written, &text);
	for (size_t i = 1; i < text.len; i++)
		for (const char *const *word = words; *word; word++) {
			if (!str_starts(str_part(text, i, text.len), str_from(*word)))
				continue;
			struct str start = str_trim(str_part(text, 0, i));
			struct str end = str_trim(str_part(text, i + strlen(*word), text.len));
			start = well_written(arena, start, false);
			end = well_written(arena, end, true);
			if (!start.len || !end.len)
				continue;
			ADD(decoder, MSG_BAD_DATE_RANGE, node->span, written, start, end);
			return true;
		}
	return false;
}

bool value_moment(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct when *when = value;
	struct text text;
	if (!value_line(decoder, key, node, &text))
		return false;
	struct verdict verdict = moment_read(decoder->findings->arena, text.str, &when->moment);
	if (verdict.kind != VERDICT_OK) {
		bool starts = str_equal(key_of(key), STR("start"));
		if (!(starts && add_range(decoder, node, text.str)) && !add_near_moment(decoder, node, text.str))
			add_verdict(decoder, node->span, text.str, verdict);
		return false;
	}
	int year = when->moment.date.year;
	if (year >= YEAR_MINIMUM && year <= YEAR_MAXIMUM)
		return true;
	ADD(decoder, MSG_DATE_OUT_OF_RANGE, node->span, text.str);
	return false;
}

bool value_date(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct when *when = value;
	if (!value_moment(decoder, key, node, when))
		return false;
	if (moment_is_date(when->moment))
		return true;
	ADD(decoder, MSG_BAD_DATE_TIME, node->span, str_trim(node->text), key_of(key),
		date_format(decoder->findings->arena, when->moment.date));
	return false;
}

bool value_ending(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct when *when = value;
	if (node->kind != NODE_TEXT || !time_looks_like(node->text))
		return value_moment(decoder, key, node, when);
	struct text text;
	if (!value_line(decoder, key, node, &text))
		return false;
	struct arena *arena = decoder->findings->arena;
	struct verdict verdict = time_read(arena, text.str, &when->moment.minute);
	if (verdict.kind == VERDICT_OK) {
		when->time_only = true;
		return true;
	}
	if (verdict.kind == VERDICT_MIDNIGHT) {
		bool known = decoder->event && decoder->event->start.at.given == GIVEN_VALID;
		struct date start = known ? decoder->event->start.moment.date : (struct date){2021, 1, 21};
		struct moment next = {.date = date_from_days(date_days(start) + 1)};
		verdict.right = moment_format(arena, next);
	}
	add_verdict(decoder, node->span, text.str, verdict);
	return false;
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
		return false;
	case VERDICT_ZERO:
		ADD(decoder, MSG_BAD_DURATION_ZERO, node->span, text.str);
		return false;
	case VERDICT_TOO_LONG:
		ADD(decoder, MSG_BAD_DURATION_LONG, node->span, text.str,
			str_format(arena, "%d days", DURATION_DAYS_MOST));
		return false;
	default:
		ADD(decoder, key->kind == KIND_REMINDER ? MSG_BAD_DURATION_REMINDER : MSG_BAD_DURATION, node->span,
			text.str);
		return false;
	}
}

bool value_reminder(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	struct duration_value *duration = value;
	duration->none = node->kind == NODE_TEXT && str_equal(str_trim(node->text), STR("none"));
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
	struct zone_hint hint = zone_hint(decoder->zones, text.str, decoder->zone);
	enum message message = hint.name.len ? MSG_BAD_TIMEZONE_NEAR : MSG_BAD_TIMEZONE;
	if (hint.renamed)
		message = MSG_BAD_TIMEZONE_RENAMED;
	ADD(decoder, message, node->span, text.str, hint.name);
	return false;
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
	struct str near = suggest_among(text.str, weekday_names, sizeof(*weekday_names));
	ADD(decoder, near.len ? MSG_BAD_VALUE_NEAR : MSG_BAD_VALUE, node->span, key_of(key), text.str,
		near.len ? near : str_from(kinds[KIND_WEEKDAY].shape.en));
	return false;
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

bool value_moments(struct decoder *decoder, const struct key *key, const struct node *node, void *value)
{
	return value_each(decoder, key, node, value, add_moment);
}
