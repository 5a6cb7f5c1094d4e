#include "check/check.h"

#define NEEDS(check) (1u << (check))

enum check {
	TYPE,
	REQUIRED,
	WEEKDAY,
	END_GIVEN,
	END_KIND,
	END_ORDER,
	CLOCKS,
	DEADLINE,
	LENGTH,
	RULE,
	OUTLOOK_RULE,
	HAS_RULE,
	KINDS,
	OCCURRENCES,
	EXDATES,
	OVERRIDES,
	OCCURRENCE_CLOCKS,
	OVERLAP,
	RDATES,
	CHECKS
};

static const struct {
	bool (*run)(struct checker *, struct event *);
	unsigned needs; /* checks that stand above it */
} checks[CHECKS] = {
	[TYPE] = {check_type, 0},
	[REQUIRED] = {check_required, NEEDS(TYPE)},
	[WEEKDAY] = {check_weekday, 0},
	[END_GIVEN] = {check_end_given, 0},
	[END_KIND] = {check_end_kind, NEEDS(END_GIVEN)},
	[END_ORDER] = {check_end_order, NEEDS(END_GIVEN) | NEEDS(END_KIND)},
	[CLOCKS] = {check_clocks, NEEDS(END_GIVEN) | NEEDS(END_KIND) | NEEDS(END_ORDER)},
	[DEADLINE] = {check_deadline, 0},
	[LENGTH] = {check_length, 0},
	[RULE] = {check_rule, 0},
	[OUTLOOK_RULE] = {check_outlook_rule, 0},
	[HAS_RULE] = {check_has_rule, 0},
	[KINDS] = {check_kinds, 0},
	[OCCURRENCES] = {check_occurrences, NEEDS(CLOCKS) | NEEDS(RULE) | NEEDS(OUTLOOK_RULE)},
	[EXDATES] = {check_exdates, NEEDS(KINDS) | NEEDS(OCCURRENCES)},
	[OVERRIDES] = {check_overrides, NEEDS(KINDS) | NEEDS(OCCURRENCES)},
	[OCCURRENCE_CLOCKS] = {check_occurrence_clocks, NEEDS(EXDATES) | NEEDS(OVERRIDES)},
	[OVERLAP] = {check_overlap, NEEDS(EXDATES) | NEEDS(OVERRIDES)},
	[RDATES] = {check_rdates, NEEDS(KINDS)},
};

static bool run(struct checker *checker, struct event *event, unsigned which)
{
	for (unsigned check = 0; check < CHECKS; check++)
		if ((which >> check & 1) &&
			((checks[check].needs & event->failed) || !checks[check].run(checker, event)))
			event->failed |= 1u << check;
	return !(event->failed & which);
}

bool check_moved(struct checker *checker, struct event *event)
{
	return run(
		checker, event, NEEDS(END_GIVEN) | NEEDS(END_KIND) | NEEDS(END_ORDER) | NEEDS(CLOCKS) | NEEDS(LENGTH));
}

static void check_event(struct checker *checker, struct event *event)
{
	checker->findings->event = event->id.str;
	run(checker, event, NEEDS(CHECKS) - 1);
	checker->findings->event = STR("");
}

void check_calendar(struct checker *checker)
{
	struct calendar *calendar = checker->calendar;
	check_ids(checker);
	for (size_t i = 0; i < calendar->event_count; i++)
		check_event(checker, calendar->events[i]);
	check_duplicates(checker);
	check_zones(checker);
	check_feeds(checker);
	check_removed(checker);
	if (!calendar->event_count && calendar->file_count <= 1 && !calendar->events_broken && !calendar->broken)
		finding_add(checker->findings, MSG_NO_EVENTS_CALENDAR, calendar->span, NULL);
}
