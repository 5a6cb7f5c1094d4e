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

static void mend_moments(struct findings *findings, struct moments *moments, const char *key)
{
	bool copied = false;
	for (size_t i = 0; i < moments->count; i++) {
		if (!is_timed(&moments->items[i]))
			continue;
		struct when *items = moments->items;
		if (!copied)
			moments->items = memcpy(arena_alloc(findings->arena, moments->count * sizeof(*items)), items,
				moments->count * sizeof(*items));
		copied = true;
		mend(findings, &moments->items[i], key);
	}
}

static void mend_overrides(struct findings *findings, struct overrides *overrides)
{
	struct arena *arena = findings->arena;
	for (size_t i = 0; i < overrides->count; i++) {
		const struct override *shared = overrides->items[i];
		bool id = is_timed(&shared->recurrence_id), start = is_timed(&shared->event.start);
		if (!id && !start)
			continue;
		struct override **items = arena_alloc(arena, overrides->count * sizeof(*items));
		overrides->items = memcpy(items, overrides->items, overrides->count * sizeof(*items));
		struct override *own = items[i] = arena_alloc(arena, sizeof(*own));
		*own = *shared;
		if (id)
			mend(findings, &own->recurrence_id, "recurrence-id");
		if (start)
			mend(findings, &own->event.start, "start");
	}
}

static void mend_rule(struct findings *findings, struct rule *rule)
{
	if (!at_valid(&rule->at) || !rule_has(rule->recurrence, PART_UNTIL) || moment_is_date(rule->recurrence->until))
		return;
	struct arena *arena = findings->arena;
	struct recurrence *own = arena_alloc(arena, sizeof(*own));
	*own = *rule->recurrence;
	own->until.minute = -1;
	own->until.utc = false;
	own->until_second = 0;
	rule->recurrence = own;
	struct date last = own->until.date;
	struct extent part = own->parts[PART_UNTIL];
	struct span span = rule_span(findings->sources, rule, part);
	struct str right = str_format(arena, "UNTIL=%04d%02d%02d", last.year, last.month, last.day);
	size_t number = finding_add(findings, MSG_UNTIL_TYPE, span, WORDS(right));
	if (str_equal(source_text(findings->sources, span), str_part(rule->text, part.begin, part.end)))
		finding_fix(findings, number, span, right);
}

void agree(struct findings *findings, struct event *event)
{
	if (!at_valid(&event->start.at) || !moment_is_date(event->start.moment))
		return;
	mend_moments(findings, &event->exdate, "exdate");
	mend_moments(findings, &event->rdate, "rdate");
	mend_overrides(findings, &event->overrides);
	mend_rule(findings, &event->rrule);
}
