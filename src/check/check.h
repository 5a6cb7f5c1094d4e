/*
 * The rules across the values of an event and across events (report/catalogue.def). Everything
 * has been worked out (resolve/); a check looks, and tells the author what is wrong.
 *
 * A check is a row of a table with those that it depends on; where one of these has failed it does not run, so that no
 * finding only follows from another. None stops at the first. They change nothing but findings, and run side by side.
 */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include "model/calendar.h"
#include "model/revision.h"
#include "report/finding.h"

struct checker {
	struct findings *findings;
	const struct calendar *calendar;
	const struct revisions *revisions;
	int64_t now; /* seconds since 1970 */
};

/* Runs all of them. */
void check_calendar(struct checker *checker);

/* Of one event; true where nothing is wrong. In the order of the table in check.c. */
bool check_uid(struct checker *checker, const struct schedule *schedule);
bool check_type(struct checker *checker, const struct schedule *schedule);
bool check_part_of(struct checker *checker, const struct schedule *schedule);
bool check_required(struct checker *checker, const struct schedule *schedule);
bool check_weekday(struct checker *checker, const struct schedule *schedule);
bool check_timing(struct checker *checker, const struct schedule *schedule);
bool check_deadline(struct checker *checker, const struct schedule *schedule);
bool check_whole_day(struct checker *checker, const struct schedule *schedule);
bool check_length(struct checker *checker, const struct schedule *schedule);
bool check_rule(struct checker *checker, const struct schedule *schedule);
bool check_has_rule(struct checker *checker, const struct schedule *schedule);
bool check_occurrences(struct checker *checker, const struct schedule *schedule);
bool check_exdates(struct checker *checker, const struct schedule *schedule);
bool check_overrides(struct checker *checker, const struct schedule *schedule);
bool check_utc_rule(struct checker *checker, const struct schedule *schedule);
bool check_occurrence_clocks(struct checker *checker, const struct schedule *schedule);
bool check_overlap(struct checker *checker, const struct schedule *schedule);
bool check_rdates(struct checker *checker, const struct schedule *schedule);
bool check_zone(struct checker *checker, const struct schedule *schedule);

/* Of all of them together. */
void check_ids(struct checker *checker);
void check_duplicates(struct checker *checker);
void check_clashes(struct checker *checker);
void check_feeds(struct checker *checker);
void check_remembered(struct checker *checker);

/* The place of a part of an event's rule in its source. */
struct span check_part_span(const struct checker *checker, const struct event *event, enum rule_part part);

#endif
