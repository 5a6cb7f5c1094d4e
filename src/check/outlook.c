#include "check/check.h"

#include "base/arena.h"
#include "resolve/occurrences.h"
#include "time/yearly.h"

#include <stdlib.h>

enum {
	OUTLOOK_UNITS = 255,
	/* Of a recurring event that the rules do not describe nothing can be published, so that it comes first. */
	RECURRING_WEIGHT = 1000
};

/* UTF-16 units of a UTF-8 text: what lies beyond the first plane, and only that, has four octets, and takes two. */
static size_t utf16_units(struct str s)
{
	size_t units = 0;
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		units += ((c & 0xC0) != 0x80) + (c >= 0xF0);
	}
	return units;
}

static bool check_one_length(struct checker *checker, const struct text *text, struct str key)
{
	size_t units = at_valid(&text->at) ? utf16_units(text->str) : 0;
	if (units <= OUTLOOK_UNITS)
		return true;
	ADD(checker, MSG_OUTLOOK_LENGTH, text->at.span, key, str_format(checker->findings->arena, "%zu", units));
	return false;
}

bool check_length(struct checker *checker, struct event *event)
{
	bool summary = check_one_length(checker, &event->summary, STR("summary"));
	return check_one_length(checker, &event->location, STR("location")) && summary;
}

static bool in_zone(const struct event *event, const struct zone *zone)
{
	return event->timing.known && !event->timing.all_day && event->timing.zone == zone;
}

static void move_to_utc(struct checker *checker, struct event *event)
{
	struct timing *timing = &event->timing;
	finding_begin(checker->findings, event->id.str);
	ADD(checker, MSG_OUTLOOK_TIMEZONE, event->start.at.span, zone_name(timing->zone));
	finding_end(checker->findings);
	timing->zone = NULL;
	timing->start = moment_from_seconds(timing->start_at);
	timing->end = moment_from_seconds(timing->end_at);
}

/* The first occurrence from which on the rules are right, or NULL. */
static const struct occurrence *first_right(const struct yearly *yearly, const struct event *event)
{
	const struct recurring *recurring = event->recurring;
	for (size_t i = 0; recurring && i < recurring->occurrences.count; i++) {
		const struct occurrence *o = &recurring->occurrences.items[i];
		if (yearly_holds(yearly, event->timing.zone, o->start_at) &&
			yearly_holds(yearly, event->timing.zone, o->end_at))
			return o;
	}
	return NULL;
}

/* A recurring event cannot go out in UTC: its hour would shift with summer time. yearly: the rules, which are wrong at
 * an instant; NULL where there are none. */
static void refuse_zone(struct checker *checker, struct event *event, const struct yearly *yearly, int64_t wrong)
{
	struct findings *findings = checker->findings;
	const struct occurrence *right = yearly ? first_right(yearly, event) : NULL;
	bool at_first = wrong <= event->timing.end_at && right;
	struct moment moment = at_first ? right->start : occurrence_moment(event, wrong);
	finding_begin(findings, event->id.str);
	finding_raise(findings,
		ADD(checker, at_first ? MSG_OUTLOOK_TIMEZONE_BEFORE : MSG_OUTLOOK_TIMEZONE_RULE, event->rrule.at.span,
			zone_name(event->timing.zone), date_format(findings->arena, moment.date)));
	finding_end(findings);
}

/* Every instant that a zone has to be right at, and what it counts. */
struct instants {
	struct arena *arena;
	int64_t *at;
	uint32_t *weights;
	size_t count;
};

static void add_instant(struct instants *instants, int64_t at, uint32_t weight)
{
	instants->at = arena_grow(instants->arena, instants->at, instants->count, sizeof(*instants->at));
	instants->weights = arena_grow(instants->arena, instants->weights, instants->count, sizeof(*instants->weights));
	instants->at[instants->count] = at;
	instants->weights[instants->count++] = weight;
}

static void add_instants(struct instants *instants, const struct event *event)
{
	const struct recurring *recurring = event->recurring;
	for (size_t i = 0; recurring && i < recurring->occurrences.count; i++) {
		add_instant(instants, recurring->occurrences.items[i].start_at, RECURRING_WEIGHT);
		add_instant(instants, recurring->occurrences.items[i].end_at, RECURRING_WEIGHT);
	}
	add_instant(instants, event->timing.start_at, 1);
	add_instant(instants, event->timing.end_at, 1);
}

/* Whether the rules are right at the whole event; else *wrong is an instant at which they are not. */
static bool holds(const struct yearly *yearly, const struct event *event, int64_t *wrong)
{
	struct arena arena = {0};
	struct instants instants = {.arena = &arena};
	bool good = true;
	add_instants(&instants, event);
	for (size_t i = 0; good && i < instants.count; i++) {
		*wrong = instants.at[i];
		good = yearly_holds(yearly, event->timing.zone, *wrong);
	}
	arena_free(&arena);
	return good;
}

/* One decision for a zone: the pair that holds for the most; other events go out in UTC, or cannot go out. */
static void check_zone(struct checker *checker, const struct zone *zone)
{
	struct calendar *calendar = checker->calendar;
	struct arena *arena = checker->findings->arena;
	struct instants instants = {.arena = arena};
	for (size_t i = 0; i < calendar->event_count; i++)
		if (in_zone(calendar->events[i], zone))
			add_instants(&instants, calendar->events[i]);
	struct yearly yearly;
	bool found = yearly_find(arena, zone, instants.at, instants.weights, instants.count, &yearly);
	bool used = false;
	for (size_t i = 0; i < calendar->event_count; i++) {
		struct event *event = calendar->events[i];
		int64_t wrong = event->timing.start_at;
		if (!in_zone(event, zone))
			continue;
		if (found && holds(&yearly, event, &wrong))
			used = true;
		else if (at_given(&event->rrule.at))
			refuse_zone(checker, event, found ? &yearly : NULL, wrong);
		else
			move_to_utc(checker, event);
	}
	if (!used)
		return;
	calendar->zone_rules =
		arena_grow(arena, calendar->zone_rules, calendar->zone_rules_count, sizeof(*calendar->zone_rules));
	calendar->zone_rules[calendar->zone_rules_count++] = (struct zone_rules){zone, yearly};
}

static int compare_zones(const void *left, const void *right)
{
	const struct zone_rules *a = left, *b = right;
	return str_compare(zone_name(a->zone), zone_name(b->zone));
}

void check_zones(struct checker *checker)
{
	struct map seen = {0};
	for (size_t i = 0; i < checker->calendar->event_count; i++) {
		const struct timing *timing = &checker->calendar->events[i]->timing;
		const struct zone *zone = timing->zone;
		if (!timing->known || timing->all_day || !zone)
			continue;
		if (!map_get(&seen, zone_name(zone))) {
			map_put(&seen, checker->findings->arena, zone_name(zone), (void *)zone);
			check_zone(checker, zone);
		}
	}
	/* Not in the order of the files: splitting one changes nothing that is published. */
	struct calendar *calendar = checker->calendar;
	if (calendar->zone_rules_count)
		qsort(calendar->zone_rules, calendar->zone_rules_count, sizeof(*calendar->zone_rules), compare_zones);
}
