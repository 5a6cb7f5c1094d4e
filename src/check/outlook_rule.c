/*
 * Rules that cannot be published (time/supported.h), with the way out.
 */
#include "check/check.h"

#include "base/arena.h"
#include "decode/rule.h"
#include "time/expand.h"
#include "time/supported.h"

/* Of more dates than can be listed, as of an endless rule, the first are shown. */
enum { LISTED_DATES = 100, SHOWN_DATES = 3 };

static struct str part_text(const struct event *event, enum rule_part part)
{
	struct extent at = event->rrule->recurrence->parts[part];
	return str_part(event->rrule->text, at.begin, at.end);
}

/* Another rule says the same, or nearly: it is shown, with the COUNT or UNTIL of this one. */
static void add_better(struct checker *checker, const struct event *event, const struct rule_refusal *refusal)
{
	struct arena *arena = checker->findings->arena;
	bool has_until = rule_has(event->rrule->recurrence, PART_UNTIL);
	struct str until = has_until ? part_text(event, PART_UNTIL) : STR("");
	until = str_part(until, has_until ? sizeof("UNTIL=") - 1 : 0, until.len);
	ADD(checker, MSG_OUTLOOK_RRULE_WRITE, check_part_span(checker, event, refusal->part),
		part_text(event, refusal->part), rule_text(arena, &refusal->better, until));
}

/* No rule says the same: the dates are shown, as rdate takes them. */
static void add_dates(struct checker *checker, const struct event *event, enum rule_part part)
{
	struct arena *arena = checker->findings->arena;
	const struct recurrence *rule = event->rrule->recurrence;
	struct moment start = event->start->moment;
	size_t count = 0, shown = 0;
	struct buffer dates = {0};
	const struct moment *moments = NULL;
	bool ends = rule->count || rule_has(rule, PART_UNTIL);
	if (at_valid(&event->start->at))
		moments = rule_preview(arena, event->rrule->text, start, LISTED_DATES + 2, &count);
	bool all = ends && count <= LISTED_DATES + 1;
	for (size_t i = 0; i < count && (all || shown < SHOWN_DATES); i++)
		if (moment_compare(moments[i], start)) {
			buffer_format(
				&dates, "%s%.*s", shown++ ? ", " : "", STR_ARG(date_format(arena, moments[i].date)));
		}
	enum message message = !shown ? MSG_OUTLOOK_RRULE : all ? MSG_OUTLOOK_RRULE_DATES : MSG_OUTLOOK_RRULE_FIRST;
	ADD(checker, message, check_part_span(checker, event, part), part_text(event, part), buffer_str(&dates));
	buffer_free(&dates);
}

static void add_count_and_until(struct checker *checker, const struct event *event, struct span span)
{
	size_t number = finding_add(checker->findings, MSG_COUNT_AND_UNTIL, span, NO_WORDS);
	finding_relate(checker->findings, number, MSG_COUNT_AND_UNTIL_OTHER,
		check_part_span(checker, event, PART_COUNT), NO_WORDS);
}

static void add_refusal(struct checker *checker, const struct event *event, const struct rule_refusal *refusal)
{
	struct arena *arena = checker->findings->arena;
	const struct recurrence *rule = event->rrule->recurrence;
	struct span span = check_part_span(checker, event, refusal->part);
	struct str text = part_text(event, refusal->part);
	switch (refusal->kind) {
	case REFUSAL_UNTIL_YEAR:
		ADD(checker, MSG_DATE_OUT_OF_RANGE, span, date_format(arena, rule->until.date));
		break;
	case REFUSAL_COUNT_AND_UNTIL:
		add_count_and_until(checker, event, span);
		break;
	case REFUSAL_WITHIN_DAY:
		ADD(checker, MSG_OUTLOOK_RRULE_WITHIN_DAY, span, text);
		break;
	case REFUSAL_CLOCK:
		ADD(checker, MSG_OUTLOOK_RRULE_CLOCK, span, text);
		break;
	case REFUSAL_PART:
		add_dates(checker, event, refusal->part);
		break;
	case REFUSAL_BETTER:
		add_better(checker, event, refusal);
		break;
	case REFUSAL_COUNT:
		ADD(checker, MSG_OUTLOOK_RRULE_COUNT, span, str_format(arena, "%d", rule->count));
		break;
	case REFUSAL_INTERVAL:
		ADD(checker, MSG_OUTLOOK_RRULE_INTERVAL, span, str_format(arena, "%d", rule->interval),
			str_from(local_text(rule_interval_unit(rule->frequency))),
			str_format(arena, "%d", rule_interval_maximum(rule->frequency)));
		break;
	}
}

/* The end that is shown is that of the year behind its start. */
static void add_endless(struct checker *checker, const struct event *event)
{
	struct arena *arena = checker->findings->arena;
	bool known = at_valid(&event->start->at);
	ADD(checker, MSG_ENDLESS_RULE, event->rrule->at.span,
		known ? str_format(arena, "UNTIL=%04d1231", event->start->moment.date.year + 1) : STR("UNTIL=…"));
}

bool check_rule(struct checker *checker, const struct schedule *schedule)
{
	const struct event *event = schedule->written;
	struct rule_refusal refusals[REFUSALS_MOST];
	if (!at_valid(&event->rrule->at))
		return true;
	const struct recurrence *rule = event->rrule->recurrence;
	if (!rule->count && !rule_has(rule, PART_UNTIL))
		add_endless(checker, event);
	size_t count = rule_refusals(rule, at_valid(&event->start->at) ? &event->start->moment : NULL, refusals);
	for (size_t i = 0; i < count; i++)
		add_refusal(checker, event, &refusals[i]);
	return !count;
}
