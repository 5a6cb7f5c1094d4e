#include "check/check.h"

#include "base/arena.h"
#include "base/threads.h"

/* Fewer events are checked before a thread would have begun. */
enum { EVENTS_LEAST = 200 };

#define NEEDS(check) (1u << (check))

enum check {
	UID,
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
	[UID] = {check_uid, 0},
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
	finding_begin(checker->findings, event->id.str);
	run(checker, event, NEEDS(CHECKS) - 1);
	finding_end(checker->findings);
}

/* The checks of all events together. */
static void (*const across[])(struct checker *) = {
	check_ids, check_duplicates, check_zones, check_feeds, check_removed};

enum { ACROSS = sizeof(across) / sizeof(*across), PARTS_MOST = ACROSS > THREADS_MOST ? ACROSS : THREADS_MOST };

/* Work that is done at the same time, each part of it with findings of its own. */
struct parts {
	struct checker *checker;
	size_t count;
	struct arena arenas[PARTS_MOST];
	struct findings findings[PARTS_MOST];
};

static struct checker checker_of(struct parts *parts, size_t index)
{
	struct checker checker = *parts->checker;
	parts->findings[index] =
		(struct findings){.arena = &parts->arenas[index], .sources = checker.findings->sources};
	checker.findings = &parts->findings[index];
	return checker;
}

/* As many events as any other part has. */
static void check_some(void *context, unsigned worker, size_t index)
{
	(void)worker;
	struct parts *parts = context;
	struct checker checker = checker_of(parts, index);
	const struct calendar *calendar = checker.calendar;
	for (size_t i = calendar->event_count * index / parts->count;
		i < calendar->event_count * (index + 1) / parts->count; i++)
		check_event(&checker, calendar->events[i]);
}

static void check_across(void *context, unsigned worker, size_t index)
{
	(void)worker;
	struct checker checker = checker_of(context, index);
	across[index](&checker);
}

static void check_parts(struct checker *checker, unsigned threads, size_t count,
	void (*check)(void *context, unsigned worker, size_t index))
{
	struct parts parts = {.checker = checker, .count = count};
	threads_each(threads, 0, count, check, &parts);
	for (size_t i = 0; i < count; i++) {
		findings_take(checker->findings, &parts.findings[i]);
		arena_take(checker->findings->arena, &parts.arenas[i]);
	}
}

void check_calendar(struct checker *checker)
{
	struct calendar *calendar = checker->calendar;
	unsigned threads = threads_for(calendar->event_count, EVENTS_LEAST);
	check_parts(checker, threads, threads, check_some);
	check_parts(checker, threads, ACROSS, check_across);
	if (!calendar->event_count && calendar->file_count <= 1 && !calendar->events_broken && !calendar->broken)
		finding_add(checker->findings, MSG_NO_EVENTS_CALENDAR, calendar->span, NO_WORDS);
}
