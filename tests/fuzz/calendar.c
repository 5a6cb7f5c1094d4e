/*
 * A whole calendar to its files, which libical reads back: they hold what went in, and nobody who is invited. The
 * input is calendar.yaml, an events file and revisions.yaml, with a form feed, which YAML has not, between them.
 */
#include "fuzz.h"

#include "check/check.h"
#include "decode/revisions.h"
#include "ical/compare.h"
#include "ical/file.h"
#include "ical/published.h"
#include "resolve/resolve.h"
#include "resolve/select.h"
#include "text/words.h"
#include "decode/decode.h"
#include "decode/inherit.h"
#include "resolve/occurrences.h"
#include "input/encoding.h"

#include <libical/ical.h>
#include <string.h>

enum { NOW = 1608195600, LINE_MOST = 75, OCCURRENCES_SHOWN = 50 };

struct run {
	struct fuzz fuzz;
	struct zones zones;
	struct calendar calendar;
	struct revisions revisions;
	struct files files;
};

static void look_at_lines(struct str text)
{
	while (text.len) {
		struct str line = fuzz_split(&text, '\n');
		MUST(line.len > 1 && line.ptr[line.len - 1] == '\r' && line.len <= LINE_MOST + 1);
		for (size_t i = 0; i + 1 < line.len; i++)
			MUST((unsigned char)line.ptr[i] >= 0x20 || line.ptr[i] == '\t');
	}
}

/* What libical could not read: only an empty DESCRIPTION, which it takes for none. */
static void look_at_errors(icalcomponent *component)
{
	for (icalproperty *error = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY); error;
		error = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY))
		MUST(str_starts(str_from(icalproperty_get_xlicerror(error)), STR("No value for DESCRIPTION")));
	for (icalcomponent *in = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT); in;
		in = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT))
		look_at_errors(in);
}

/* The text of a file, with a NUL behind it. The pieces are freed. */
static struct str whole(struct arena *arena, struct pieces *pieces)
{
	struct buffer all = {0};
	for (size_t i = 0; i < pieces->count; i++)
		buffer_add(&all, pieces->items[i]);
	struct str text = str_copy(arena, buffer_str(&all));
	buffer_free(&all);
	pieces_free(pieces);
	return text;
}

static icalcomponent *parse(struct str text)
{
	look_at_lines(text);
	icalcomponent *vcalendar = icalparser_parse_string(text.ptr);
	MUST(vcalendar && icalcomponent_isa(vcalendar) == ICAL_VCALENDAR_COMPONENT);
	look_at_errors(vcalendar);
	MUST(icalcomponent_get_method(vcalendar) == ICAL_METHOD_PUBLISH);
	return vcalendar;
}

static void look_at_moment(struct icaltimetype read, const struct timing *timing, struct moment moment)
{
	MUST(read.year == moment.date.year && read.month == moment.date.month && read.day == moment.date.day);
	MUST(read.is_date == timing->all_day);
	if (timing->all_day)
		return;
	MUST(read.hour * 60 + read.minute == moment.minute && read.second == 0);
	MUST(icaltime_is_utc(read) == !timing->zone);
}

static void look_at_text(icalcomponent *vevent, icalproperty_kind kind, struct str text)
{
	icalproperty *property = icalcomponent_get_first_property(vevent, kind);
	const char *read = property ? icalvalue_get_text(icalproperty_get_value(property)) : NULL;
	if (!text.len && kind == ICAL_DESCRIPTION_PROPERTY)
		return;
	MUST(read && str_equal(str_from(read), text));
	MUST(!icalcomponent_get_next_property(vevent, kind));
}

static struct str zone_of(const struct timing *timing)
{
	return timing->all_day || !timing->zone ? STR("") : zone_name(timing->zone);
}

static void look_at_vevent(struct run *run, icalcomponent *vevent, const struct schedule *schedule)
{
	const struct event *event = schedule->event;
	const struct timing *timing = &schedule->timing;
	struct arena *arena = run->fuzz.arena;
	look_at_text(vevent, ICAL_SUMMARY_PROPERTY, words_summary(arena, &run->calendar, event));
	look_at_text(vevent, ICAL_DESCRIPTION_PROPERTY, vevent_description(arena, &run->calendar, event));
	if (at_valid(&event->location->at))
		look_at_text(vevent, ICAL_LOCATION_PROPERTY, event->location->str);
	look_at_moment(icalcomponent_get_dtstart(vevent), timing, timing->start);
	look_at_moment(icalcomponent_get_dtend(vevent), timing, timing->end);
	icalproperty *start = icalcomponent_get_first_property(vevent, ICAL_DTSTART_PROPERTY);
	const char *tzid = icalproperty_get_parameter_as_string(start, "TZID");
	MUST(str_equal(str_from(tzid), zone_of(timing)));
	MUST(!icalcomponent_get_first_property(vevent, ICAL_ATTENDEE_PROPERTY));
	MUST(icalcomponent_count_components(vevent, ICAL_VALARM_COMPONENT) <= 1);
	struct revision *revision = map_get(&run->revisions.by_uid, schedule->uid);
	MUST(icalcomponent_get_sequence(vevent) == revision->sequence);
}

/* The rule as it was published gives the occurrences that the checks have seen. */
static void look_at_rule(icalcomponent *vevent, const struct schedule *schedule)
{
	icalproperty *property = icalcomponent_get_first_property(vevent, ICAL_RRULE_PROPERTY);
	MUST(!property == !schedule->recurring);
	/* libical reckons with other years than evcal in the far past. */
	if (!property || schedule->timing.start.date.year < 1970 || schedule->timing.start.date.year > 2100)
		return;
	struct icalrecurrencetype rule = icalproperty_get_rrule(property);
	MUST(rule.freq != ICAL_NO_RECURRENCE);
	struct icaltimetype start = icalcomponent_get_dtstart(vevent);
	start.zone = NULL;
	rule.until = icaltime_null_time();
	const struct occurrences *all = &schedule->recurring->occurrences;
	icalrecur_iterator *iterator = icalrecur_iterator_new(rule, start);
	MUST(iterator && all->count);
	for (size_t i = 0; i < all->count && i < OCCURRENCES_SHOWN; i++) {
		struct icaltimetype next = icalrecur_iterator_next(iterator);
		struct moment moment = all->items[i].id;
		if (next.year > 2500)
			break;
		MUST(next.year == moment.date.year && next.month == moment.date.month && next.day == moment.date.day);
	}
	icalrecur_iterator_free(iterator);
}

static size_t overrides_of(const struct schedule *schedule)
{
	size_t count = 0;
	for (size_t i = 0; schedule->recurring && i < schedule->recurring->occurrences.count; i++)
		count += vevent_has(&schedule->recurring->occurrences.items[i], FORM_PUBLISH);
	return count;
}

/* The zones that are there are those that the VEVENTs ask for. */
static void look_at_zones(icalcomponent *vcalendar, struct str asked)
{
	int count = icalcomponent_count_components(vcalendar, ICAL_VTIMEZONE_COMPONENT);
	MUST(count == (asked.len > 0));
	if (!count)
		return;
	icalcomponent *zone = icalcomponent_get_first_component(vcalendar, ICAL_VTIMEZONE_COMPONENT);
	icalproperty *tzid = icalcomponent_get_first_property(zone, ICAL_TZID_PROPERTY);
	MUST(str_equal(str_from(icalproperty_get_tzid(tzid)), asked));
	MUST(icalcomponent_count_components(zone, ICAL_XSTANDARD_COMPONENT) == 1);
}

static bool is_named(struct str line, const char *const *names, size_t count)
{
	size_t len = 0;
	while (len < line.len && line.ptr[len] != ':' && line.ptr[len] != ';')
		len++;
	for (size_t i = 0; i < count; i++)
		if (str_equal(str_part(line, 0, len), str_from(names[i])))
			return true;
	return false;
}

/* The digests as evcal-publish(7) has them, worked out from the lines of a file. */
static void look_at_digests(struct str file, const struct published *published)
{
	static const char *const revision[] = {"DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE"};
	static const char *const scheduling[] = {
		"DTSTART", "DTEND", "RRULE", "EXDATE", "RECURRENCE-ID", "LOCATION", "GEO", "CONFERENCE", "STATUS"};
	struct hasher *digest = hasher_open(), *schedule = hasher_open();
	bool in_vevent = false, of_revision = false, schedules = false;
	while (file.len) {
		struct str line = file;
		line.len = fuzz_split(&file, '\n').len + 1;
		in_vevent |= str_equal(line, STR("BEGIN:VEVENT\r\n"));
		if (line.ptr[0] != ' ') {
			of_revision = is_named(line, revision, sizeof(revision) / sizeof(*revision));
			schedules = is_named(line, scheduling, sizeof(scheduling) / sizeof(*scheduling));
		}
		if (in_vevent && !of_revision)
			hasher_add(digest, line);
		if (in_vevent && schedules)
			hasher_add(schedule, line);
		in_vevent &= !str_equal(line, STR("END:VEVENT\r\n"));
	}
	MUST(str_equal(str_from(hasher_close(digest).hex), published->digest));
	MUST(str_equal(str_from(hasher_close(schedule).hex), published->schedule));
}

/* What the file says is what the calendar says. */
static void look_at_snapshot(struct run *run, struct str file, const struct schedule *schedule)
{
	struct arena *arena = run->fuzz.arena;
	const struct snapshot *read = published_read(arena, file);
	struct snapshot made = snapshot_of(arena, &run->calendar, schedule);
	MUST(read && str_equal(read->uid, made.uid) && str_equal(read->summary, made.summary));
	MUST(!compare_snapshots(arena, read, &made).count);
}

static void look_at_event_file(struct run *run, size_t index)
{
	const struct schedule *schedule = run->calendar.schedules[index];
	struct pieces pieces = {0};
	files_event(&run->files, index, &pieces);
	struct str text = whole(run->fuzz.arena, &pieces);
	look_at_digests(text, &run->files.published[index]);
	look_at_snapshot(run, text, schedule);
	icalcomponent *vcalendar = parse(text);
	MUST(!icalcomponent_get_first_property(vcalendar, ICAL_NAME_PROPERTY));
	look_at_zones(vcalendar, zone_of(&schedule->timing));
	size_t masters = 0, others = 0;
	for (icalcomponent *vevent = icalcomponent_get_first_component(vcalendar, ICAL_VEVENT_COMPONENT); vevent;
		vevent = icalcomponent_get_next_component(vcalendar, ICAL_VEVENT_COMPONENT)) {
		look_at_text(vevent, ICAL_UID_PROPERTY, schedule->uid);
		if (icalcomponent_get_first_property(vevent, ICAL_RECURRENCEID_PROPERTY)) {
			others++;
			continue;
		}
		masters++;
		look_at_vevent(run, vevent, schedule);
		look_at_rule(vevent, schedule);
	}
	MUST(masters == 1 && others == overrides_of(schedule));
	icalcomponent_free(vcalendar);
}

static void look_at_feed(struct run *run, const struct feed *feed)
{
	struct pieces pieces = {0};
	size_t selected = 0, events = files_feed(&run->files, feed, &pieces);
	icalcomponent *vcalendar = parse(whole(run->fuzz.arena, &pieces));
	size_t masters = 0;
	for (icalcomponent *vevent = icalcomponent_get_first_component(vcalendar, ICAL_VEVENT_COMPONENT); vevent;
		vevent = icalcomponent_get_next_component(vcalendar, ICAL_VEVENT_COMPONENT)) {
		masters += !icalcomponent_get_first_property(vevent, ICAL_RECURRENCEID_PROPERTY);
		MUST(!icalcomponent_get_first_property(vevent, ICAL_ATTENDEE_PROPERTY));
	}
	look_at_text(vcalendar, ICAL_NAME_PROPERTY, feed->name.str);
	MUST(icalcomponent_get_first_property(vcalendar, ICAL_REFRESHINTERVAL_PROPERTY));
	for (size_t i = 0; i < run->calendar.schedule_count; i++)
		selected += schedule_is_published(run->calendar.schedules[i]) &&
			    feed_selects(&run->calendar, feed, run->calendar.schedules[i]);
	/* What is called off may leave a feed. */
	MUST(masters == events && events <= selected);
	bool drops = at_valid(&run->calendar.cancelled.at) && run->calendar.cancelled.value == CANCELLED_DROP;
	MUST(drops || events == selected);
	icalcomponent_free(vcalendar);
}

static void publish(struct run *run)
{
	run->files = files_make(run->fuzz.arena, &run->calendar);
	for (size_t i = 0; i < run->calendar.schedule_count; i++)
		if (schedule_is_published(run->calendar.schedules[i]))
			files_set_revision(
				&run->files, i, revisions_note(&run->revisions, &run->files.published[i], NOW));
	for (size_t i = 0; i < run->calendar.schedule_count; i++)
		if (schedule_is_published(run->calendar.schedules[i]))
			look_at_event_file(run, i);
	for (size_t i = 0; i < run->calendar.feeds.count; i++)
		look_at_feed(run, run->calendar.feeds.items[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const char *const names[] = {"calendar.yaml", "a.yaml"};
	struct str text = {(const char *)bytes, size};
	struct run run = {0};
	fuzz_begin(&run.fuzz);
	struct findings *findings = &run.fuzz.findings;
	run.zones.arena = run.revisions.arena = run.fuzz.arena;
	struct decoder decoder = {.findings = findings, .zones = &run.zones};
	struct file_events events = {0};
	for (int i = 0; i < 2; i++) {
		uint32_t source = fuzz_source(&run.fuzz, names[i], encoding_strip(fuzz_split(&text, '\f')));
		const struct node *root = node_read(findings, source);
		if (i)
			decode_events(&decoder, source, root, &events);
		else
			decode_calendar(&decoder, source, root, &run.calendar);
		run.calendar.file_count++;
	}
	MUST(!decoder.zones_failed);
	if (text.len)
		revisions_read(&run.revisions, findings, fuzz_source(&run.fuzz, "revisions.yaml", text));
	inherit_feeds(findings, &run.calendar);
	inherit_events(findings, &events, &run.calendar);
	calendar_join(&run.calendar, findings, &events, 1);
	resolve_names(run.fuzz.arena, &run.calendar);
	resolve_times(run.fuzz.arena, &run.calendar);
	check_calendar(&(struct checker){findings, &run.calendar, &run.revisions, NOW});
	fuzz_report(&run.fuzz);
	if (!findings_tally(findings).errors)
		publish(&run);
	fuzz_end(&run.fuzz);
	return 0;
}
