#include "check/check.h"

#include "base/arena.h"

enum { OUTLOOK_UNITS = 255 };

/* UTF-16 units of a UTF-8 text: what lies beyond the first plane, and only that, has four bytes, and takes two. */
static size_t utf16_units(struct str s)
{
	size_t units = 0;
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		units += ((c & 0xC0) != 0x80) + (c >= 0xF0);
	}
	return units;
}

static bool check_one_length(struct checker *checker, const struct text *text, struct str key)
{
	size_t units = at_valid(&text->at) ? utf16_units(text->str) : 0;
	if (units <= OUTLOOK_UNITS)
		return true;
	ADD(checker, MSG_OUTLOOK_LENGTH, text->at.span, key, str_format(checker->findings->arena, "%zu", units));
	return false;
}

bool check_length(struct checker *checker, const struct schedule *schedule)
{
	const struct event *event = schedule->event;
	bool summary = check_one_length(checker, event->summary, STR("summary"));
	return check_one_length(checker, event->location, STR("location")) && summary;
}

/* A zone that one yearly pair of rules does not describe at the event's dates. */
bool check_zone(struct checker *checker, const struct schedule *schedule)
{
	const struct event *event = schedule->written;
	struct findings *findings = checker->findings;
	if (schedule->zone == ZONE_HELD || schedule->zone == ZONE_TWICE)
		return true;
	struct str name = zone_name(event->timezone->zone);
	if (schedule->zone == ZONE_MOVED) {
		ADD(checker, MSG_OUTLOOK_TIMEZONE, schedule->timing.begins.span, name);
		return true;
	}
	finding_raise(findings,
		ADD(checker, schedule->zone == ZONE_LATER ? MSG_OUTLOOK_TIMEZONE_BEFORE : MSG_OUTLOOK_TIMEZONE_RULE,
			event->rrule->at.span, name, date_format(findings->arena, schedule->zone_from)));
	return false;
}
