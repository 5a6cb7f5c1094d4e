/*
 * The rules across the values of an event and across events (RULES.md, "Time", "Across events", "Outlook").
 *
 * A check is a row of a table with those that it depends on; where one of these has failed it does not run, so that no
 * finding is the shadow of another. None stops at the first.
 */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include "model/calendar.h"
#include "model/revision.h"
#include "report/finding.h"

struct checker {
	struct findings *findings;
	struct calendar *calendar;
	const struct revisions *revisions;
	int64_t now; /* seconds since 1970 */
};

/*
 * Runs all of them. Sets what the checks work out: each event's timing, full_uid and recurring, the calendar's
 * zone_rules.
 */
void check_calendar(struct checker *checker);

/* Of one event; true where nothing is wrong. In the order of the table in check.c. */
bool check_uid(struct checker *checker, struct event *event); /* sets event->full_uid */
bool check_type(struct checker *checker, struct event *event);
bool check_required(struct checker *checker, struct event *event);
bool check_weekday(struct checker *checker, struct event *event);
bool check_end_given(struct checker *checker, struct event *event);
bool check_end_kind(struct checker *checker, struct event *event);
bool check_end_order(struct checker *checker, struct event *event);
bool check_clocks(struct checker *checker, struct event *event);
bool check_deadline(struct checker *checker, struct event *event);
bool check_length(struct checker *checker, struct event *event);
bool check_rule(struct checker *checker, struct event *event);
bool check_outlook_rule(struct checker *checker, struct event *event);
bool check_has_rule(struct checker *checker, struct event *event);
bool check_kinds(struct checker *checker, struct event *event);
bool check_occurrences(struct checker *checker, struct event *event); /* sets event->recurring */
bool check_exdates(struct checker *checker, struct event *event);
bool check_overrides(struct checker *checker, struct event *event);
bool check_occurrence_clocks(struct checker *checker, struct event *event);
bool check_overlap(struct checker *checker, struct event *event);
bool check_rdates(struct checker *checker, struct event *event);

/* Those of an event that an occurrence with times of its own has to pass as well; works out its timing. */
bool check_moved(struct checker *checker, struct event *event);

/* Of all of them together. None needs what another works out, so that they run at the same time. */
void check_ids(struct checker *checker);
void check_duplicates(struct checker *checker);
void check_feeds(struct checker *checker);
void check_removed(struct checker *checker);
/* Sets calendar->zone_rules, and moves events that they do not describe to UTC (OUTLOOK.md 16). */
void check_zones(struct checker *checker);

#endif
