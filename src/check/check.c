#include "check/check.h"

#include "base/arena.h"
#include "base/threads.h"

/* Fewer events are checked before a thread would have begun. */
enum { EVENTS_LEAST = 200 };

#define NEEDS(check) (1u << (check))

enum check {
	UID,
	TYPE,
	PART_OF,
	REQUIRED,
	WEEKDAY,
	TIMING,
	DEADLINE,
	WHOLE_DAY,
	LENGTH,
	RULE,
	HAS_RULE,
	OCCURRENCES,
	EXDATES,
	OVERRIDES,
	UTC_RULE,
	OCCURRENCE_CLOCKS,
	OVERLAP,
	RDATES,
	ZONE,
	CHECKS
};

static const struct {
	bool (*run)(struct checker *, const struct schedule *);
	unsigned needs; /* checks that stand above it */
	bool of_rdates; /* of extra dates too; else it looks at what the event itself says */
} checks[CHECKS] = {
	[UID] = {check_uid, 0, true},
	[TYPE] = {check_type, 0, false},
	[PART_OF] = {check_part_of, 0, false},
	[REQUIRED] = {check_required, NEEDS(TYPE), false},
	[WEEKDAY] = {check_weekday, 0, false},
	[TIMING] = {check_timing, 0, true},
	[DEADLINE] = {check_deadline, 0, true},
	[WHOLE_DAY] = {check_whole_day, 0, false},
	[LENGTH] = {check_length, 0, true},
	[RULE] = {check_rule, 0, false},
	[HAS_RULE] = {check_has_rule, 0, false},
	[OCCURRENCES] = {check_occurrences, NEEDS(TIMING) | NEEDS(RULE), false},
	[EXDATES] = {check_exdates, NEEDS(OCCURRENCES), false},
	[OVERRIDES] = {check_overrides, NEEDS(OCCURRENCES), false},
	[UTC_RULE] = {check_utc_rule, 0, false},
	[OCCURRENCE_CLOCKS] = {check_occurrence_clocks, NEEDS(EXDATES) | NEEDS(OVERRIDES), false},
	[OVERLAP] = {check_overlap, NEEDS(EXDATES) | NEEDS(OVERRIDES), false},
	[RDATES] = {check_rdates, 0, false},
	[ZONE] = {check_zone, 0, true},
};

static void check_one(struct checker *checker, const struct schedule *schedule)
{
	unsigned failed = 0;
	finding_begin(checker->findings, schedule->id);
	for (unsigned check = 0; check < CHECKS; check++) {
		if (schedule->rdate_of && !checks[check].of_rdates)
			continue;
		if ((checks[check].needs & failed) || !checks[check].run(checker, schedule))
			failed |= 1u << check;
	}
	finding_end(checker->findings);
}

/* The checks of all events together. */
static void (*const across[])(struct checker *) = {
	check_ids, check_duplicates, check_clashes, check_feeds, check_remembered};

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
	size_t end = calendar->schedule_count * (index + 1) / parts->count;
	for (size_t i = calendar->schedule_count * index / parts->count; i < end; i++)
		check_one(&checker, calendar->schedules[i]);
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
	const struct calendar *calendar = checker->calendar;
	unsigned threads = threads_for(calendar->schedule_count, EVENTS_LEAST);
	check_parts(checker, threads, threads, check_some);
	check_parts(checker, threads, ACROSS, check_across);
	if (calendar_has_pages(calendar) && calendar->publish_url.at.given == GIVEN_ABSENT)
		finding_add(checker->findings, MSG_PAGE_WITHOUT_ADDRESS, calendar->page.at.span, NO_WORDS);
	if (!calendar->event_count && calendar->file_count <= 1 && !calendar->events_broken && !calendar->broken)
		finding_add(checker->findings, MSG_NO_EVENTS_CALENDAR, calendar->span, NO_WORDS);
}
