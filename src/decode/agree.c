#include "decode/agree.h"

#include "base/arena.h"
#include "decode/rule.h"

#include <string.h>

static bool is_timed(const struct when *when)
{
	return at_valid(&when->at) && !moment_is_date(when->moment);
}

/* Takes the time off from a value of a key. */
static void mend(struct findings *findings, struct when *when, const char *key)
{
	when->moment.minute = -1;
	when->moment.utc = false;
	struct str date = date_format(findings->arena, when->moment.date);
	if (!strcmp(key, "start"))
		finding_add(findings, MSG_MIXED_OVERRIDE_TIME, when->at.span, WORDS(date));
	else
		finding_add(findings, MSG_MIXED_OCCURRENCE, when->at.span, WORDS(str_from(key), date));
}

/* The same moments, or others that agree. */
static const struct moments *mend_moments(struct findings *findings, const struct moments *moments, const char *key)
{
	struct moments *own = NULL;
	for (size_t i = 0; i < moments->count; i++) {
		if (!is_timed(&moments->items[i]))
			continue;
		if (!own) {
			size_t size = moments->count * sizeof(*own->items);
			own = arena_alloc(findings->arena, sizeof(*own));
			*own = *moments;
			own->items = memcpy(arena_alloc(findings->arena, size), moments->items, size);
		}
		mend(findings, &own->items[i], key);
	}
	return own ? own : moments;
}

static struct override *mend_override(struct findings *findings, const struct override *shared)
{
	struct arena *arena = findings->arena;
	struct override *own = arena_alloc(arena, sizeof(*own));
	*own = *shared;
	if (is_timed(&own->recurrence_id))
		mend(findings, &own->recurrence_id, "recurrence-id");
	if (is_timed(own->event.start)) {
		struct when *start = arena_alloc(arena, sizeof(*start));
		*start = *own->event.start;
		mend(findings, start, "start");
		own->event.start = start;
	}
	return own;
}

static const struct overrides *mend_overrides(struct findings *findings, const struct overrides *overrides)
{
	struct arena *arena = findings->arena;
	struct overrides *own = NULL;
	for (size_t i = 0; i < overrides->count; i++) {
		const struct override *shared = overrides->items[i];
		if (!is_timed(&shared->recurrence_id) && !is_timed(shared->event.start))
			continue;
		if (!own) {
			size_t size = overrides->count * sizeof(*own->items);
			own = arena_alloc(arena, sizeof(*own));
			*own = *overrides;
			own->items = memcpy(arena_alloc(arena, size), overrides->items, size);
		}
		own->items[i] = mend_override(findings, shared);
	}
	return own ? own : overrides;
}

static const struct rule *mend_rule(struct findings *findings, const struct rule *rule)
{
	if (!at_valid(&rule->at) || !rule_has(rule->recurrence, PART_UNTIL) || moment_is_date(rule->recurrence->until))
		return rule;
	struct arena *arena = findings->arena;
	struct rule *own = arena_alloc(arena, sizeof(*own));
	*own = *rule;
	own->recurrence = arena_alloc(arena, sizeof(*own->recurrence));
	*own->recurrence = *rule->recurrence;
	own->recurrence->until.minute = -1;
	own->recurrence->until.utc = false;
	own->recurrence->until_second = 0;
	struct date last = own->recurrence->until.date;
	struct extent part = own->recurrence->parts[PART_UNTIL];
	struct span span = rule_span(findings->sources, rule, part);
	struct str right = str_format(arena, "UNTIL=%04d%02d%02d", last.year, last.month, last.day);
	size_t number = finding_add(findings, MSG_UNTIL_TYPE, span, WORDS(right));
	if (str_equal(source_text(findings->sources, span), str_part(rule->text, part.begin, part.end)))
		finding_fix(findings, number, span, right);
	return own;
}

void agree(struct findings *findings, struct event *event)
{
	if (!at_valid(&event->start->at) || !moment_is_date(event->start->moment))
		return;
	event->exdate = mend_moments(findings, event->exdate, "exdate");
	event->rdate = mend_moments(findings, event->rdate, "rdate");
	event->overrides = mend_overrides(findings, event->overrides);
	event->rrule = mend_rule(findings, event->rrule);
}
