/* Dates, times, durations and rules, as people write them: a line each for a start, a rule, a time and a duration. */
#include "fuzz.h"

#include "time/expand.h"
#include "time/read.h"
#include "time/supported.h"

enum { MOST = 200 };

/* What is shown as the right form is one. */
static void look_at_dates(struct arena *arena, struct str text)
{
	struct moment moment, again;
	struct verdict verdict = moment_read(arena, text, &moment);
	if (verdict.kind == VERDICT_OK) {
		struct verdict same = moment_read(arena, moment_format(arena, moment), &again);
		MUST(same.kind == VERDICT_OK && !moment_compare(moment, again) && moment.utc == again.utc);
		MUST((moment.minute < 0) == (again.minute < 0));
		MUST(date_days(date_from_days(date_days(moment.date))) == date_days(moment.date));
	} else if (verdict.meant) {
		MUST(moment_read(arena, verdict.right, &again).kind == VERDICT_OK);
		MUST(!moment_compare(moment, again) && moment.utc == again.utc);
	} else if ((verdict.kind == VERDICT_DATE_FORM || verdict.kind == VERDICT_TIME_FORM) && verdict.right.len) {
		MUST(moment_read(arena, verdict.right, &again).kind == VERDICT_OK);
	}
	struct range range;
	if (range_read(arena, text, &range)) {
		MUST(moment_is_date(range.start) == moment_is_date(range.end));
		MUST(moment_seconds(range.start) <= moment_seconds(range.end));
	}
}

static void look_at_times(struct arena *arena, struct str text)
{
	short minute = -1;
	struct verdict verdict = time_read(arena, text, &minute);
	time_looks_like(text);
	weekday_read(text);
	if (verdict.kind == VERDICT_OK) {
		MUST(minute >= 0 && minute < 1440);
		MUST(time_read(arena, time_format(arena, minute), &minute).kind == VERDICT_OK);
	} else if (verdict.kind == VERDICT_TIME_FORM && verdict.right.len) {
		short again = -1;
		MUST(time_read(arena, verdict.right, &again).kind == VERDICT_OK && again == minute);
	}
}

static void look_at_durations(struct arena *arena, struct str text)
{
	struct duration duration, again;
	struct verdict verdict = duration_read(arena, text, &duration);
	if (!verdict_known(verdict))
		return;
	MUST(duration.days >= 0 && duration.minutes >= 0 && (duration.days || duration.minutes));
	MUST(duration_read(arena, duration_format(arena, duration), &again).kind == VERDICT_OK);
	MUST(duration.days == again.days && duration.minutes == again.minutes);
}

static void look_at_moments(const struct moment *moments, size_t count, size_t most)
{
	MUST(count <= most);
	for (size_t i = 0; i < count; i++) {
		MUST(moments[i].date.month >= 1 && moments[i].date.month <= 12);
		MUST(moments[i].date.day >= 1 && moments[i].date.day <= 31);
		MUST(!i || moment_compare(moments[i - 1], moments[i]) < 0);
	}
}

static void look_at_rules(struct arena *arena, struct str text, struct moment start)
{
	struct recurrence rule;
	struct rule_fault faults[RULE_FAULTS_MOST];
	size_t count, fault_count = rule_read(arena, text, &rule, faults);
	for (size_t i = 0; i < fault_count && i < RULE_FAULTS_MOST; i++)
		MUST(faults[i].at.begin <= faults[i].at.end && faults[i].at.end <= text.len);
	const struct moment *moments = rule_preview(arena, text, start, MOST, &count);
	MUST(!fault_count || !count);
	look_at_moments(moments, count, MOST);
	struct rule_refusal refusals[REFUSALS_MOST];
	if (fault_count || rule_refusals(&rule, &start, refusals))
		return;
	rule_complete(&rule, start);
	struct recurrence again;
	struct str written = rule_text(arena, &rule, STR(""));
	MUST(!rule_read(arena, written, &again, faults));
	moments = rule_expand(arena, &rule, start, INT64_MAX, MOST, &count);
	look_at_moments(moments, count, MOST);
	MUST(!rule.count || count <= (size_t)rule.count);
	int64_t last = count ? moment_seconds(moments[count / 2]) : 0;
	size_t fewer;
	rule_expand(arena, &rule, start, last, MOST, &fewer);
	MUST(!count || fewer == count / 2 + 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct arena arena; /* the same for every input, so that its pages are touched once */
	struct str text = {(const char *)bytes, size};
	struct str line = fuzz_split(&text, '\n');
	struct moment start = {.minute = -1};
	look_at_dates(&arena, line);
	if (moment_read(&arena, line, &start).kind != VERDICT_OK || start.date.year < 1601 || start.date.year > 4500)
		start = (struct moment){{2021, 1, 31}, 14 * 60, false};
	look_at_rules(&arena, fuzz_split(&text, '\n'), start);
	look_at_times(&arena, fuzz_split(&text, '\n'));
	look_at_durations(&arena, text);
	arena_release(&arena, (struct arena_mark){0});
	return 0;
}
