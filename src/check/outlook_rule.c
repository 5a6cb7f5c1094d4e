#include "check/check.h"

#include "base/arena.h"
#include "time/expand.h"

enum { COUNT_MOST = 999, EVERY_MONTH = 28, SHOWN_DATES = 6 };

/* How far apart occurrences may lie. */
static const struct {
	int most;
	const char *unit;
} intervals[] = {
	[DAILY] = {999, "days"},
	[WEEKLY] = {99, "weeks"},
	[MONTHLY] = {99, "months"},
	[YEARLY] = {8, "years"},
};

/* A rule that is looked at, and how it is told that Outlook cannot hold a part of it. */
struct looking {
	struct checker *checker;
	const struct event *event;
	const struct recurrence *rule;
};

static struct span part_span(const struct looking *looking, enum rule_part part)
{
	return rule_span(looking->checker->findings->sources, &looking->event->rrule, looking->rule->parts[part]);
}

static struct str part_text(const struct looking *looking, enum rule_part part)
{
	struct extent at = looking->rule->parts[part];
	return str_part(looking->event->rrule.text, at.begin, at.end);
}

/* There is another rule that says the same, or nearly: it is shown, with the COUNT or UNTIL of this one. */
static bool refuse_for(const struct looking *looking, enum rule_part part, struct recurrence better)
{
	struct arena *arena = looking->checker->findings->arena;
	struct str until = rule_has(looking->rule, PART_UNTIL) ? part_text(looking, PART_UNTIL) : STR("");
	until = str_part(until, until.len ? sizeof("UNTIL=") - 1 : 0, until.len);
	ADD(looking->checker, MSG_OUTLOOK_RRULE_WRITE, part_span(looking, part), part_text(looking, part),
		rule_text(arena, &better, until));
	return false;
}

/* There is none: the dates are shown, as rdate takes them. */
static bool refuse(const struct looking *looking, enum rule_part part)
{
	struct checker *checker = looking->checker;
	struct arena *arena = checker->findings->arena;
	size_t count = 0;
	struct buffer dates = {0};
	const struct moment *moments = NULL;
	if (at_valid(&looking->event->start.at))
		moments = rule_preview(
			arena, looking->event->rrule.text, looking->event->start.moment, SHOWN_DATES + 1, &count);
	for (size_t i = 0; i < count && i < SHOWN_DATES; i++)
		if (moment_compare(moments[i], looking->event->start.moment))
			buffer_format(
				&dates, "%s%.*s", dates.len ? ", " : "", STR_ARG(date_format(arena, moments[i].date)));
	if (count > SHOWN_DATES)
		buffer_add(&dates, STR(", ..."));
	ADD(checker, dates.len ? MSG_OUTLOOK_RRULE_DATES : MSG_OUTLOOK_RRULE, part_span(looking, part),
		part_text(looking, part), buffer_str(&dates));
	buffer_free(&dates);
	return false;
}

static bool is_position(int n)
{
	return (n >= 1 && n <= 4) || n == -1;
}

/* The days that a month has in every year; 28 where the rule is for every month. */
static int days_for_sure(const struct recurrence *rule, struct moment start)
{
	if (rule->frequency == MONTHLY)
		return EVERY_MONTH;
	return date_month_days(2021, rule->months.count ? rule->months.first : start.date.month);
}

/* BYMONTHDAY, or the day of the start in its place. */
static bool look_at_month_day(const struct looking *looking)
{
	const struct recurrence *rule = looking->rule;
	struct moment start = looking->event->start.moment;
	bool given = rule->month_days.count;
	/* Without a start that can be read nothing stands in its place. */
	if (!given && !at_valid(&looking->event->start.at))
		return true;
	int day = given ? rule->month_days.first : start.date.day, sure = days_for_sure(rule, start);
	if (rule->month_days.count > 1)
		return refuse(looking, PART_BYMONTHDAY);
	if (day == -1 || (day >= 1 && day <= sure))
		return true;
	if (day < 0 || !at_valid(&looking->event->start.at))
		return day < 0 ? refuse(looking, PART_BYMONTHDAY) : true;
	struct recurrence last = *rule;
	last.month_days = (struct rule_numbers){1, -1};
	if (rule->frequency == YEARLY && !last.months.count)
		last.months = (struct rule_numbers){1, start.date.month};
	return refuse_for(looking, given ? PART_BYMONTHDAY : PART_FREQ, last);
}

/* BYDAY with an ordinal, or with BYSETPOS. */
static bool look_at_weekday(const struct looking *looking)
{
	const struct recurrence *rule = looking->rule;
	if (rule->ordinal_count) {
		bool one = rule->ordinal_count == 1 && !rule->weekdays && is_position(rule->ordinal);
		if (one && rule->positions.count)
			return refuse(looking, PART_BYSETPOS);
		return one || refuse(looking, PART_BYDAY);
	}
	if (rule->positions.count)
		return (rule->positions.count == 1 && is_position(rule->positions.first)) ||
		       refuse(looking, PART_BYSETPOS);
	if (rule->frequency != MONTHLY || rule->interval > 1 || rule->months.count)
		return refuse(looking, PART_BYDAY);
	struct recurrence weekly = *rule;
	weekly.frequency = WEEKLY;
	return refuse_for(looking, PART_BYDAY, weekly);
}

/* The day within the month that a monthly or yearly rule means. */
static bool look_at_day(const struct looking *looking)
{
	const struct recurrence *rule = looking->rule;
	bool by_day = rule_has(rule, PART_BYDAY);
	if (by_day && rule->month_days.count)
		return refuse(looking, PART_BYMONTHDAY);
	if (by_day)
		return look_at_weekday(looking);
	if (rule->positions.count)
		return refuse(looking, PART_BYSETPOS);
	return look_at_month_day(looking);
}

static bool look_at_month(const struct looking *looking)
{
	const struct recurrence *rule = looking->rule;
	bool by_day = rule_has(rule, PART_BYDAY);
	if (rule->frequency == MONTHLY && rule->months.count) {
		struct recurrence yearly = *rule;
		yearly.frequency = YEARLY;
		bool same = rule->months.count == 1 && rule->interval == 1 && !rule->weekdays;
		return same ? refuse_for(looking, PART_BYMONTH, yearly) : refuse(looking, PART_BYMONTH);
	}
	if (rule->months.count > 1)
		return refuse(looking, PART_BYMONTH);
	if (rule->frequency == YEARLY && !rule->months.count && by_day)
		return refuse(looking, PART_BYDAY);
	if (rule->frequency == YEARLY && !rule->months.count && rule->month_days.count) {
		struct recurrence monthly = *rule;
		monthly.frequency = MONTHLY;
		bool same = rule->month_days.count == 1 && rule->interval == 1;
		return same ? refuse_for(looking, PART_BYMONTHDAY, monthly) : refuse(looking, PART_BYMONTHDAY);
	}
	return look_at_day(looking);
}

/* A daily or weekly rule: only the weekly one may name days. */
static bool look_at_short(const struct looking *looking)
{
	static const enum rule_part none[] = {PART_BYMONTH, PART_BYMONTHDAY, PART_BYSETPOS};
	const struct recurrence *rule = looking->rule;
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
		if (rule_has(rule, none[i]))
			return refuse(looking, none[i]);
	if (rule->frequency == WEEKLY || !rule_has(rule, PART_BYDAY))
		return true;
	if (rule->interval > 1)
		return refuse(looking, PART_BYDAY);
	struct recurrence weekly = *rule;
	weekly.frequency = WEEKLY;
	return refuse_for(looking, PART_BYDAY, weekly);
}

static bool look_at_parts(const struct looking *looking)
{
	static const enum rule_part clock[] = {PART_BYHOUR, PART_BYMINUTE, PART_BYSECOND};
	static const enum rule_part odd[] = {PART_BYYEARDAY, PART_BYWEEKNO};
	const struct recurrence *rule = looking->rule;
	if (rule->frequency < DAILY) {
		ADD(looking->checker, MSG_OUTLOOK_RRULE_WITHIN_DAY, part_span(looking, PART_FREQ),
			part_text(looking, PART_FREQ));
		return false;
	}
	for (size_t i = 0; i < sizeof(clock) / sizeof(*clock); i++)
		if (rule_has(rule, clock[i])) {
			ADD(looking->checker, MSG_OUTLOOK_RRULE_CLOCK, part_span(looking, clock[i]),
				part_text(looking, clock[i]));
			return false;
		}
	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++)
		if (rule_has(rule, odd[i]))
			return refuse(looking, odd[i]);
	return rule->frequency < MONTHLY ? look_at_short(looking) : look_at_month(looking);
}

bool check_outlook_rule(struct checker *checker, struct event *event)
{
	if (!at_valid(&event->rrule.at))
		return true;
	const struct recurrence *rule = event->rrule.recurrence;
	struct arena *arena = checker->findings->arena;
	struct looking looking = {checker, event, rule};
	bool good = look_at_parts(&looking);
	if (rule->count > COUNT_MOST) {
		ADD(checker, MSG_OUTLOOK_RRULE_COUNT, part_span(&looking, PART_COUNT),
			str_format(arena, "%d", rule->count));
		good = false;
	}
	if (rule->frequency >= DAILY && rule->interval > intervals[rule->frequency].most) {
		ADD(checker, MSG_OUTLOOK_RRULE_INTERVAL, part_span(&looking, PART_INTERVAL),
			str_format(arena, "%d", rule->interval), str_from(intervals[rule->frequency].unit),
			str_format(arena, "%d", intervals[rule->frequency].most));
		good = false;
	}
	return good;
}
