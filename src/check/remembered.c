#include "check/check.h"

#include "base/arena.h"
#include "decode/revisions.h"
#include "time/limits.h"

#include <string.h>

/* The events that subscribers are to see now, by UID, and those that they are not to see; all: every UID is known. */
struct present {
	struct map uids, withheld;
	bool all;
};

static struct present find_present(struct arena *scratch, const struct calendar *calendar)
{
	struct present present = {.all = true};
	map_reserve(&present.uids, scratch, calendar->schedule_count);
	for (size_t i = 0; i < calendar->schedule_count; i++) {
		struct schedule *schedule = calendar->schedules[i];
		bool published = schedule_is_published(schedule);
		if (schedule->uid.len)
			map_put(published ? &present.uids : &present.withheld, scratch, schedule->uid, schedule);
		else
			present.all &= !published;
	}
	return present;
}

/* Whether subscribers may hold it, and the calendar has it no more. */
static bool is_left(const struct present *present, const struct revision *revision)
{
	return !revision->gone && !map_get(&present->uids, revision->uid);
}

/* --- another domain ---------------------------------------------------------------------------------------------- */

/* What is remembered of other domains than the calendar's, by id. */
static struct map find_former(struct arena *scratch, const struct checker *checker, const struct present *present)
{
	struct map former = {0};
	for (size_t i = 0; i < checker->revisions->count; i++) {
		struct revision *revision = checker->revisions->items[i];
		struct str domain = uid_domain(revision->uid);
		if (domain.len && !str_equal(domain, checker->calendar->domain.str) && is_left(present, revision))
			map_put(&former, scratch, uid_id(revision->uid), revision);
	}
	return former;
}

/*
 * The domain that the events were published under, where that is another one: no UID that is made of the calendar's is
 * remembered, and an event's id is, with the former. Else an empty text.
 */
static struct str former_domain(struct arena *scratch, const struct checker *checker, const struct present *present)
{
	const struct calendar *calendar = checker->calendar;
	struct str found = STR("");
	struct map former = {0};
	bool looked = false;
	for (size_t i = 0; at_valid(&calendar->domain.at) && i < calendar->schedule_count; i++) {
		const struct schedule *schedule = calendar->schedules[i];
		const struct revision *known = map_get(&checker->revisions->by_uid, schedule->uid);
		if (!schedule_is_published(schedule) || !schedule->uid.len ||
			!str_equal(uid_id(schedule->uid), schedule->id) ||
			!str_equal(uid_domain(schedule->uid), calendar->domain.str))
			continue;
		if (known && !known->gone)
			return STR("");
		if (!looked)
			former = find_former(scratch, checker, present);
		looked = true;
		known = map_get(&former, schedule->id);
		if (known && !found.len)
			found = uid_domain(known->uid);
	}
	return found;
}

/* --- what is gone ------------------------------------------------------------------------------------------------ */

/* A word as a shell takes it, behind "--forget=". */
static struct str shell_word(struct arena *arena, struct str word)
{
	struct buffer out = {0};
	bool plain = true;
	for (size_t i = 0; i < word.len; i++) {
		char c = ascii_lower(word.ptr[i]);
		plain &= (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c && strchr("@.-_+=/", c));
		buffer_add(&out, c == '\'' ? STR("'\\''") : str_part(word, i, i + 1));
	}
	struct str quoted = plain ? word : str_format(arena, "'%.*s'", STR_ARG(buffer_str(&out)));
	buffer_free(&out);
	return quoted;
}

static void add_removed(struct checker *checker, const struct revision *revision)
{
	struct arena *arena = checker->findings->arena;
	struct str word = revision->uid;
	if (str_equal(uid_domain(word), checker->calendar->domain.str))
		word = uid_id(word);
	ADD(checker, MSG_REMOVED_EVENT, revision->span, revision->uid, date_format(arena, revision->ends),
		shell_word(arena, word));
}

/* The same of one that was published, and that subscribers are not to see now. */
static void add_withheld(struct checker *checker, const struct revision *revision, const struct schedule *withheld)
{
	const struct event *event = withheld->event;
	bool draft = event_draft(event);
	finding_begin(checker->findings, withheld->id);
	ADD(checker, draft ? MSG_REMOVED_EVENT_DRAFT : MSG_REMOVED_EVENT_ANNOUNCED,
		draft ? event->draft->at.span : event->start->at.span, withheld->id,
		date_format(checker->findings->arena, revision->ends));
	finding_end(checker->findings);
}

/* What was published and is still to come must not go without a word. Where events could not be read, they may be
 * among them. */
void check_remembered(struct checker *checker)
{
	const struct calendar *calendar = checker->calendar;
	const struct revisions *revisions = checker->revisions;
	struct arena scratch = {0};
	if (!revisions->count || calendar->broken || revisions->damaged)
		return;
	struct present present = find_present(&scratch, calendar);
	struct str former = former_domain(&scratch, checker, &present);
	if (former.len)
		ADD(checker, MSG_DOMAIN_CHANGED, calendar->domain.at.span, former, calendar->domain.str);
	for (size_t i = 0; present.all && !calendar->events_broken && i < revisions->count; i++) {
		const struct revision *revision = revisions->items[i];
		bool follows = former.len && str_equal(uid_domain(revision->uid), former);
		const struct schedule *withheld = map_get(&present.withheld, revision->uid);
		if (date_days(revision->ends) * DAY_SECONDS <= checker->now || follows || !is_left(&present, revision))
			continue;
		if (withheld)
			add_withheld(checker, revision, withheld);
		else
			add_removed(checker, revision);
	}
	arena_free(&scratch);
}
