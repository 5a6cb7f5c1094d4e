#include "check/check.h"

#include "base/arena.h"
#include "base/threads.h"

/* Fewer events are checked before a thread would have begun. */
enum { EVENTS_LEAST = 200 };

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

/* The events in as many parts as there are threads, each with findings of its own. */
struct parts {
	const struct checker *checker;
	size_t count;
	struct arena arenas[THREADS_MOST];
	struct findings findings[THREADS_MOST];
};

static void check_part(void *context, unsigned worker, size_t index)
{
	(void)worker;
	struct parts *parts = context;
	struct checker checker = *parts->checker;
	const struct calendar *calendar = checker.calendar;
	parts->findings[index] = (struct findings){
		.arena = &parts->arenas[index],
		.sources = checker.findings->sources,
	};
	checker.findings = &parts->findings[index];
	for (size_t i = calendar->event_count * index / parts->count;
		i < calendar->event_count * (index + 1) / parts->count; i++)
		check_event(&checker, calendar->events[i]);
}

/* Each event by itself: they write to nothing that they share. */
static void check_events(struct checker *checker)
{
	unsigned threads = threads_for(checker->calendar->event_count, EVENTS_LEAST);
	struct parts parts = {.checker = checker, .count = threads};
	threads_each(threads, 0, threads, check_part, &parts);
	for (size_t i = 0; i < threads; i++) {
		findings_take(checker->findings, &parts.findings[i]);
		arena_take(checker->findings->arena, &parts.arenas[i]);
	}
}

void check_calendar(struct checker *checker)
{
	struct calendar *calendar = checker->calendar;
	check_ids(checker);
	check_events(checker);
	check_duplicates(checker);
	check_zones(checker);
	check_feeds(checker);
	check_removed(checker);
	if (!calendar->event_count && calendar->file_count <= 1 && !calendar->events_broken && !calendar->broken)
		finding_add(checker->findings, MSG_NO_EVENTS_CALENDAR, calendar->span, NULL);
}
