#include "check/check.h"

#include "base/arena.h"
#include "base/suggest.h"
#include "decode/keys.h"
#include "decode/shape.h"
#include "decode/values.h"
#include "resolve/select.h"
#include "time/limits.h"

#include <string.h>

enum {
	IDS_LENGTH = 500, /* bytes of a list of ids: no more of a word is shown */
	NEAR_MOST = 100   /* so many types that feeds name are told which known one is near */
};

static void add_unknown_type(struct checker *checker, const struct text *type, bool crowded)
{
	const struct types *types = &checker->calendar->types;
	struct suggestion near = {0};
	struct buffer ids = {0};
	for (size_t i = 0; i < types->count && !crowded; i++)
		suggest(&near, type->str, types->items[i]->id.str);
	for (size_t i = 0; i < types->count && !near.best.len && ids.len < IDS_LENGTH; i++)
		buffer_format(&ids, "%s%.*s", ids.len ? ", " : "", STR_ARG(types->items[i]->id.str));
	enum message message = near.best.len  ? MSG_UNKNOWN_TYPE_NEAR
			       : types->count ? MSG_UNKNOWN_TYPE
					      : MSG_UNKNOWN_TYPE_NONE;
	ADD(checker, message, type->at.span, type->str, near.best.len ? near.best : buffer_str(&ids));
	buffer_free(&ids);
}

bool check_type(struct checker *checker, const struct schedule *schedule)
{
	const struct event *event = schedule->event;
	if (!at_valid(&event->type->at) || schedule->type || !calendar_types_known(checker->calendar))
		return true;
	add_unknown_type(checker, event->type, schedule->crowded);
	return false;
}

static struct str nearest_id(const struct calendar *calendar, struct str id)
{
	struct suggestion near = {0};
	for (size_t i = 0; i < calendar->schedule_count; i++)
		suggest(&near, id, calendar->schedules[i]->id);
	return near.best;
}

/* Of two that are part of each other, and of longer circles, each is told so. */
bool check_part_of(struct checker *checker, const struct schedule *schedule)
{
	const struct text *part_of = schedule->event->part_of;
	const struct calendar *calendar = checker->calendar;
	if (!at_valid(&part_of->at))
		return true;
	if (!schedule->parent) {
		/* It may stand where the files could not be read. */
		if (calendar->events_broken)
			return true;
		struct str near = schedule->crowded ? STR("") : nearest_id(calendar, part_of->str);
		ADD(checker, near.len ? MSG_UNKNOWN_EVENT_NEAR : MSG_UNKNOWN_EVENT, part_of->at.span, part_of->str,
			near);
		return false;
	}
	if (!schedule->in_circle)
		return true;
	ADD(checker, schedule->parent == schedule ? MSG_PART_OF_ITSELF : MSG_PART_OF_CYCLE, part_of->at.span,
		schedule->id, part_of->str);
	return false;
}

bool check_required(struct checker *checker, const struct schedule *schedule)
{
	bool good = true;
	const struct event *event = schedule->event;
	const struct type *type = schedule->type;
	for (size_t i = 0; type && i < type->required.count; i++) {
		const struct text *key = &type->required.items[i];
		const struct key *row = key_find(key->str, IN_EVENT);
		const struct at *at = key_value(row, event);
		if (at_given(at) || (row->flags & KEY_NEEDS_DAY && event_announced(event)))
			continue;
		good = false;
		if (row->required & IN_EVENT)
			continue;
		if (at->given == GIVEN_EMPTY) {
			size_t empty = ADD(checker, MSG_EMPTY_VALUE, at->span, key->str);
			if (!event_draft(event))
				finding_raise(checker->findings, empty);
			continue;
		}
		struct str name = type->name.str.len ? type->name.str : type->id.str;
		size_t number = ADD(checker, MSG_MISSING_REQUIRED, event->at.span, name, key->str,
			shape_form(checker->findings->arena, row));
		finding_relate(checker->findings, number, MSG_MISSING_REQUIRED_HERE, key->at.span, NO_WORDS);
		if (event_draft(event))
			finding_lower(checker->findings, number);
	}
	return good;
}

bool check_uid(struct checker *checker, const struct schedule *schedule)
{
	struct arena *arena = checker->findings->arena;
	/* Of one that was given the length has been seen to. */
	if (schedule->uid.len <= UID_MAXIMUM)
		return true;
	ADD(checker, MSG_BAD_UID_LONG, schedule->id_span, schedule->uid, str_format(arena, "%zu", schedule->uid.len));
	return false;
}

static bool has_id(const struct schedule *schedule)
{
	return at_valid(&schedule->event->id->at);
}

/* Where its UID comes from. */
static struct span uid_span(const struct schedule *schedule)
{
	const struct at *uid = &schedule->event->uid->at;
	return !schedule->rdate_of && at_valid(uid) ? uid->span : schedule->id_span;
}

/* Ids that are taken, and how often each was proposed. */
struct ids {
	struct arena *arena;
	struct map *taken, proposed;
};

/* An id that no other event has, made of a summary and the year of a start; empty where the summary gives none. */
static struct str propose_id(struct ids *ids, const struct schedule *schedule)
{
	struct arena *arena = ids->arena;
	const struct event *event = schedule->event;
	struct str summary = at_valid(&event->summary->at) ? event->summary->str : STR("");
	struct str year = STR("");
	bool whole;
	if (at_valid(&event->start->at))
		year = str_format(arena, " %d", event->start->moment.date.year);
	if (str_ends(summary, year))
		year = STR("");
	/* Room for the year and a number. */
	struct str id = value_slug(arena, summary, &whole);
	if (!id.len)
		return id;
	id = str_part(id, 0, id.len > ID_MAXIMUM - 10 ? ID_MAXIMUM - 10 : id.len);
	id = value_slug(arena, str_format(arena, "%.*s%.*s", STR_ARG(id), STR_ARG(year)), &whole);
	struct str own = id;
	size_t *first = arena_alloc(arena, sizeof(*first));
	size_t *number = map_put(&ids->proposed, arena, id, first);
	while (map_get(ids->taken, own))
		own = str_format(arena, "%.*s-%zu", STR_ARG(id), ++*number + 1);
	map_put(ids->taken, arena, own, first);
	return own;
}

/* Events without an id get one each that nobody has. */
static void check_missing_ids(struct checker *checker, struct map *taken, struct arena *scratch)
{
	struct ids ids = {.arena = scratch, .taken = taken};
	const struct calendar *calendar = checker->calendar;
	const struct key *key = key_find(STR("id"), IN_EVENT);
	for (size_t i = 0; i < calendar->event_count; i++) {
		struct schedule *schedule = calendar->schedules[i];
		const struct event *event = schedule->event;
		if (event->id->at.given != GIVEN_ABSENT || !at_valid(&event->at))
			continue;
		struct str id = propose_id(&ids, schedule);
		size_t number = ADD(checker, MSG_MISSING_KEY, event->at.span, str_from(key->name),
			id.len ? str_format(scratch, "id: %.*s", STR_ARG(id)) : shape_form(scratch, key));
		if (event_draft(event))
			finding_lower(checker->findings, number);
	}
}

void check_ids(struct checker *checker)
{
	struct findings *findings = checker->findings;
	const struct calendar *calendar = checker->calendar;
	struct arena scratch = {0};
	struct map ids = {0}, uids = {0};
	map_reserve(&ids, &scratch, calendar->schedule_count);
	map_reserve(&uids, &scratch, calendar->schedule_count);
	for (size_t i = 0; i < calendar->schedule_count; i++) {
		struct schedule *schedule = calendar->schedules[i];
		const struct schedule *first = schedule;
		finding_begin(findings, schedule->id);
		if (has_id(schedule))
			first = map_put(&ids, &scratch, schedule->id, schedule);
		if (first != schedule) {
			enum message message = schedule->rdate_of ? MSG_DUPLICATE_ID_RDATE : MSG_DUPLICATE_ID;
			size_t number = ADD(checker, message, schedule->id_span, schedule->id);
			finding_relate(findings, number, MSG_DUPLICATE_ID_FIRST, first->id_span, WORDS(schedule->id));
			continue;
		}
		if (schedule->uid.len)
			first = map_put(&uids, &scratch, schedule->uid, schedule);
		if (first != schedule) {
			size_t number = ADD(checker, MSG_DUPLICATE_UID, uid_span(schedule), schedule->uid);
			finding_relate(
				findings, number, MSG_DUPLICATE_UID_FIRST, uid_span(first), WORDS(schedule->uid));
		}
	}
	finding_end(findings);
	check_missing_ids(checker, &ids, &scratch);
	if (calendar->rdate_beyond)
		finding_add(findings, MSG_TOO_LARGE_EVENTS, calendar->rdate_beyond->at.span, NO_WORDS);
	arena_free(&scratch);
}

static void add_given(struct buffer *out, const struct text *text)
{
	if (at_valid(&text->at))
		buffer_add(out, text->str);
	buffer_byte(out, '\n');
}

/* What two events have in common of which one may be too many: summary, start and place. */
static struct str likeness(struct arena *arena, const struct schedule *schedule)
{
	const struct timing *timing = &schedule->timing;
	const struct event *event = schedule->event;
	struct buffer out = {0};
	buffer_add(&out, (struct str){(const char *)&timing->start_at, sizeof(timing->start_at)});
	buffer_byte(&out, timing->all_day);
	add_given(&out, event->summary);
	add_given(&out, event->location);
	add_given(&out, &event->conference->url);
	struct str key = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return key;
}

void check_duplicates(struct checker *checker)
{
	struct findings *findings = checker->findings;
	const struct calendar *calendar = checker->calendar;
	struct arena scratch = {0};
	struct map seen = {0};
	map_reserve(&seen, &scratch, calendar->schedule_count);
	for (size_t i = 0; i < calendar->schedule_count; i++) {
		struct schedule *schedule = calendar->schedules[i];
		const struct text *summary = schedule->event->summary;
		if (!timing_known(schedule) || !at_valid(&summary->at) || !has_id(schedule))
			continue;
		const struct schedule *first = map_put(&seen, &scratch, likeness(&scratch, schedule), schedule);
		/* Of its own extra dates the event knows more (check/recurrence.c). */
		if (first == schedule || str_equal(first->id, schedule->id) || schedule->rdate_of == first)
			continue;
		finding_begin(findings, schedule->id);
		size_t number = ADD(checker, MSG_LIKELY_DUPLICATE, summary->at.span, schedule->id, first->id);
		finding_relate(
			findings, number, MSG_LIKELY_DUPLICATE_FIRST, first->event->summary->at.span, WORDS(first->id));
	}
	finding_end(findings);
	arena_free(&scratch);
}

/* Whether the feed's own selectors make sense; else it being empty would only follow. */
static bool check_feed(struct checker *checker, const struct feed *feed, size_t *unknown)
{
	bool good = true;
	for (size_t i = 0; i < feed->types.count; i++)
		if (!calendar_type(checker->calendar, feed->types.items[i].str)) {
			if (calendar_types_known(checker->calendar))
				add_unknown_type(checker, &feed->types.items[i], (*unknown)++ >= NEAR_MOST);
			good = false;
		}
	if (at_valid(&feed->from.at) && at_valid(&feed->until.at) &&
		moment_compare(feed->from.moment, feed->until.moment) > 0) {
		struct arena *arena = checker->findings->arena;
		ADD(checker, MSG_BAD_FEED_RANGE, feed->from.at.span, date_format(arena, feed->from.moment.date),
			date_format(arena, feed->until.moment.date));
		good = false;
	}
	for (const struct key *key = keys; key->name; key++)
		if (key->where & IN_FEED && key->flags & KEY_SELECTS)
			good &= key_value(key, feed)->given != GIVEN_INVALID;
	return good;
}

void check_feeds(struct checker *checker)
{
	struct findings *findings = checker->findings;
	const struct calendar *calendar = checker->calendar;
	struct map ids = {0};
	size_t unknown = 0;
	for (size_t i = 0; i < calendar->feeds.count; i++) {
		struct feed *feed = calendar->feeds.items[i];
		const struct feed *first = feed;
		if (at_valid(&feed->id.at))
			first = map_put(&ids, findings->arena, feed->id.str, feed);
		if (first != feed) {
			size_t number = ADD(checker, MSG_BAD_FEED_TWICE, feed->id.at.span, feed->id.str);
			finding_relate(findings, number, MSG_BAD_FEED_FIRST, first->id.at.span, WORDS(feed->id.str));
		}
		if (!check_feed(checker, feed, &unknown) || !at_valid(&feed->id.at) || !feed->id.at.span.source)
			continue;
		/* One of which all is past was meant so. */
		struct feed ever = *feed;
		ever.past.at.given = GIVEN_ABSENT;
		bool empty = !calendar->events_broken && calendar->event_count;
		for (size_t j = 0; empty && j < calendar->schedule_count; j++)
			empty = !schedule_is_published(calendar->schedules[j]) ||
				!feed_selects(calendar, &ever, calendar->schedules[j]);
		if (empty)
			ADD(checker, MSG_EMPTY_FEED, feed->id.at.span, feed->id.str);
	}
}
