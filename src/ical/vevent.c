#include "ical/vevent.h"

#include "base/arena.h"
#include "base/hash.h"
#include "text/markdown.h"
#include "ical/property.h"
#include "text/words.h"
#include "model/revision.h"
#include "resolve/select.h"
#include "time/zone.h"

#include <string.h>

/* What the functions below share while one event is made. */
struct making {
	icalcomponent *vevent;
	struct arena *arena;
	const struct calendar *calendar;
	const struct schedule *schedule;     /* of the occurrence, where there is one */
	const struct event *event;           /* its event */
	const struct occurrence *occurrence; /* NULL: the event itself */
	enum form form;
};

static void add_line(const struct making *making, icalproperty_kind kind, const struct text *text)
{
	if (at_valid(&text->at))
		property_text(making->vevent, kind, making->arena, text->str);
}

static void add_url(const struct making *making, icalproperty_kind kind, const struct text *text)
{
	if (at_valid(&text->at))
		property_uri(making->vevent, kind, making->arena, text->str);
}

static struct str zone_of(const struct timing *timing)
{
	return timing->all_day || !timing->zone ? STR("") : zone_name(timing->zone);
}

static void add_times(const struct making *making)
{
	const struct timing *timing = &making->schedule->timing;
	struct str zone = zone_of(timing);
	property_moment(making->vevent, ICAL_DTSTART_PROPERTY, making->arena, timing->start, zone);
	property_moment(making->vevent, ICAL_DTEND_PROPERTY, making->arena, timing->end, zone);
}

/* UNTIL in DTSTART's type, a time in UTC (RFC 5545, 3.3.10). */
static struct str until_of(struct arena *arena, const struct schedule *schedule)
{
	int64_t until = schedule->recurring->until;
	if (until == INT64_MAX)
		return STR("");
	struct moment moment = moment_from_seconds(until);
	if (schedule->timing.all_day)
		return property_moment_text(arena, (struct moment){.date = moment.date, .minute = -1}, false);
	struct date date = moment.date;
	return str_format(arena, "%04d%02d%02dT%02d%02d%02dZ", date.year, date.month, date.day, moment.minute / 60,
		moment.minute % 60, (int)((until % 60 + 60) % 60));
}

/* A request cannot say that an occurrence is cancelled (RFC 5546, 3.2.2), only that there is none. */
static bool is_called_off(const struct occurrence *occurrence, enum form form)
{
	return form == FORM_REQUEST && occurrence->own && event_cancelled(occurrence->own->event);
}

/* On one line: Outlook reads the first EXDATE only (OUTLOOK.md 22). */
static void add_exdates(const struct making *making)
{
	const struct timing *timing = &making->schedule->timing;
	const struct occurrences *all = &making->schedule->recurring->occurrences;
	struct str zone = zone_of(timing);
	struct buffer dates = {0};
	for (size_t i = 0; i < all->count; i++)
		if (all->items[i].excluded || is_called_off(&all->items[i], making->form))
			buffer_format(&dates, "%s%.*s", dates.len ? "," : "",
				STR_ARG(property_moment_text(making->arena, all->items[i].id, !zone.len)));
	if (dates.len) {
		bool all_day = timing->all_day;
		icalproperty *property = property_raw(making->vevent, ICAL_EXDATE_PROPERTY,
			all_day ? ICAL_VALUE_DATE : ICAL_VALUE_DATETIME, making->arena, buffer_str(&dates));
		if (zone.len)
			icalproperty_add_parameter(property, icalparameter_new_tzid(str_copy(making->arena, zone).ptr));
	}
	buffer_free(&dates);
}

static void add_recurrence(const struct making *making)
{
	const struct schedule *schedule = making->schedule;
	struct arena *arena = making->arena;
	if (making->occurrence) {
		property_moment(making->vevent, ICAL_RECURRENCEID_PROPERTY, arena, making->occurrence->id,
			zone_of(&schedule->timing));
	} else if (schedule->recurring) {
		struct str rule = rule_text(arena, &schedule->recurring->rule, until_of(arena, schedule));
		property_raw(making->vevent, ICAL_RRULE_PROPERTY, ICAL_VALUE_RECUR, arena, rule);
		add_exdates(making);
	}
}

/* What a description is made of, in Markdown: what the author wrote, and what evcal adds. */
enum { DESCRIPTION_PARTS = 2 };

static void description_parts(struct arena *arena, const struct calendar *calendar, const struct event *event,
	struct str parts[DESCRIPTION_PARTS])
{
	parts[0] = at_valid(&event->description.at) ? event->description.str : STR("");
	parts[1] = words_lines(arena, calendar, event);
}

struct str vevent_description(struct arena *arena, const struct calendar *calendar, const struct event *event)
{
	struct str parts[DESCRIPTION_PARTS];
	description_parts(arena, calendar, event, parts);
	return markdown_to_text(arena, parts, DESCRIPTION_PARTS);
}

static void add_description(const struct making *making)
{
	const struct event *event = making->event;
	struct str parts[DESCRIPTION_PARTS];
	description_parts(making->arena, making->calendar, event, parts);
	/* Without one, Outlook would keep the old text when an update takes it away. */
	property_text(making->vevent, ICAL_DESCRIPTION_PROPERTY, making->arena,
		markdown_to_text(making->arena, parts, DESCRIPTION_PARTS));
	if (!at_valid(&event->html.at) || !event->html.value)
		return;
	icalproperty *html = property_x(
		making->vevent, "X-ALT-DESC", making->arena, markdown_to_html(making->arena, parts, DESCRIPTION_PARTS));
	icalproperty_add_parameter(html, icalparameter_new_fmttype("text/html"));
}

static void add_place(const struct making *making)
{
	const struct event *event = making->event;
	const struct conference *conference = &event->conference;
	add_line(making, ICAL_LOCATION_PROPERTY, &event->location);
	if (!at_valid(&event->location.at) && at_valid(&conference->at))
		add_line(making, ICAL_LOCATION_PROPERTY, &conference->url);
	if (at_valid(&event->geo.at)) {
		struct icalgeotype geo = {event->geo.latitude, event->geo.longitude};
		icalcomponent_add_property(making->vevent, icalproperty_new_geo(geo));
	}
	if (!at_valid(&conference->at))
		return;
	icalproperty *property =
		property_uri(making->vevent, ICAL_CONFERENCE_PROPERTY, making->arena, conference->url.str);
	icalproperty_add_parameter(property, icalparameter_new_value(ICAL_VALUE_URI));
	if (at_valid(&conference->label.at))
		icalproperty_add_parameter(
			property, icalparameter_new_label(property_name_value(making->arena, conference->label.str)));
}

/* On one line: Outlook reads the first CATEGORIES only. */
static void add_categories(const struct making *making)
{
	size_t count;
	const struct str *words = schedule_categories(making->arena, making->schedule, &count);
	struct buffer joined = {0};
	for (size_t i = 0; i < count; i++) {
		if (i)
			buffer_byte(&joined, ',');
		buffer_add(&joined, property_escape(making->arena, words[i]));
	}
	if (joined.len)
		property_raw(
			making->vevent, ICAL_CATEGORIES_PROPERTY, ICAL_VALUE_TEXT, making->arena, buffer_str(&joined));
	buffer_free(&joined);
}

/* STATUS, CLASS, TRANSP, PRIORITY, and what Microsoft reads in their place. */
static void add_state(const struct making *making)
{
	static const icalproperty_status statuses[] = {
		[STATUS_TENTATIVE] = ICAL_STATUS_TENTATIVE,
		[STATUS_CONFIRMED] = ICAL_STATUS_CONFIRMED,
		[STATUS_CANCELLED] = ICAL_STATUS_CANCELLED,
	};
	static const icalproperty_class classes[] = {
		[CLASS_PUBLIC] = ICAL_CLASS_PUBLIC,
		[CLASS_PRIVATE] = ICAL_CLASS_PRIVATE,
		[CLASS_CONFIDENTIAL] = ICAL_CLASS_CONFIDENTIAL,
	};
	static const char *const busy[] = {
		[SHOW_FREE] = "FREE", [SHOW_TENTATIVE] = "TENTATIVE", [SHOW_BUSY] = "BUSY", [SHOW_AWAY] = "OOF"};
	static const int priorities[] = {[PRIORITY_HIGH] = 1, [PRIORITY_NORMAL] = 5, [PRIORITY_LOW] = 9};
	static const char *const importance[] = {[PRIORITY_HIGH] = "2", [PRIORITY_NORMAL] = "1", [PRIORITY_LOW] = "0"};
	const struct event *event = making->event;
	icalcomponent *vevent = making->vevent;
	int show = making->schedule->timing.all_day ? SHOW_FREE : SHOW_BUSY;
	if (at_valid(&event->status.at) && making->form != FORM_WITHDRAW) {
		icalcomponent_add_property(vevent, icalproperty_new_status(statuses[event->status.value]));
		if (event->status.value == STATUS_TENTATIVE)
			show = SHOW_TENTATIVE;
	}
	if (at_valid(&event->class.at))
		icalcomponent_add_property(vevent, icalproperty_new_class(classes[event->class.value]));
	if (at_valid(&event->show_as.at))
		show = event->show_as.value;
	if (event_cancelled(event))
		show = SHOW_FREE;
	icalcomponent_add_property(
		vevent, icalproperty_new_transp(show == SHOW_FREE ? ICAL_TRANSP_TRANSPARENT : ICAL_TRANSP_OPAQUE));
	property_x(vevent, "X-MICROSOFT-CDO-BUSYSTATUS", making->arena, str_from(busy[show]));
	if (at_valid(&event->priority.at)) {
		icalcomponent_add_property(vevent, icalproperty_new_priority(priorities[event->priority.value]));
		property_x(vevent, "X-MICROSOFT-CDO-IMPORTANCE", making->arena,
			str_from(importance[event->priority.value]));
	}
}

static void add_organizer(const struct making *making)
{
	const struct person *organizer = &making->event->organizer;
	if (!at_valid(&organizer->at))
		return;
	struct str address = str_format(making->arena, "mailto:%.*s", STR_ARG(organizer->email.str));
	icalproperty *property = icalproperty_new_organizer(address.ptr);
	icalproperty_add_parameter(
		property, icalparameter_new_cn(property_name_value(making->arena, organizer->name.str)));
	icalcomponent_add_property(making->vevent, property);
}

static void add_links(const struct making *making)
{
	const struct event *event = making->event;
	add_url(making, ICAL_URL_PROPERTY, &event->url);
	add_line(making, ICAL_COLOR_PROPERTY, &event->color);
	if (at_valid(&event->image.at)) {
		icalproperty *image =
			property_uri(making->vevent, ICAL_IMAGE_PROPERTY, making->arena, event->image.str);
		icalproperty_add_parameter(image, icalparameter_new_value(ICAL_VALUE_URI));
	}
	for (size_t i = 0; i < event->attach.count; i++)
		add_url(making, ICAL_ATTACH_PROPERTY, &event->attach.items[i]);
	add_line(making, ICAL_CONTACT_PROPERTY, &event->contact);
}

/* At most one, last, in whole hours and minutes before the start (OUTLOOK.md 26). */
static void add_alarm(const struct making *making, struct str summary)
{
	const struct duration_value *reminder = &making->event->reminder;
	bool cancels = making->form == FORM_CANCEL || making->form == FORM_WITHDRAW;
	if (!at_valid(&reminder->at) || reminder->none || event_cancelled(making->event) || cancels)
		return;
	int minutes = reminder->duration.days * 1440 + reminder->duration.minutes;
	struct icaltriggertype trigger = {.time = icaltime_null_time()};
	trigger.duration = (struct icaldurationtype){
		.is_neg = 1, .hours = (unsigned)minutes / 60, .minutes = (unsigned)minutes % 60};
	icalcomponent *alarm = icalcomponent_new_valarm();
	icalcomponent_add_property(alarm, icalproperty_new_action(ICAL_ACTION_DISPLAY));
	property_text(alarm, ICAL_DESCRIPTION_PROPERTY, making->arena, summary);
	icalcomponent_add_property(alarm, icalproperty_new_trigger(trigger));
	icalcomponent_add_component(making->vevent, alarm);
}

struct str vevent_print_one(struct arena *arena, const struct calendar *calendar, const struct schedule *schedule,
	const struct occurrence *occurrence, enum form form)
{
	struct arena_mark mark = arena_mark(arena);
	struct buffer text = {0};
	if (occurrence)
		schedule = occurrence->own;
	const struct event *event = schedule->event;
	memory_watch();
	struct making making = {icalcomponent_new_vevent(), arena, calendar, schedule, event, occurrence, form};
	struct str summary = words_summary(arena, calendar, event);
	property_text(making.vevent, ICAL_UID_PROPERTY, arena, schedule->uid);
	add_times(&making);
	add_recurrence(&making);
	property_text(making.vevent, ICAL_SUMMARY_PROPERTY, arena, summary);
	add_description(&making);
	add_place(&making);
	add_categories(&making);
	add_state(&making);
	add_organizer(&making);
	add_links(&making);
	add_alarm(&making, summary);
	property_print(&text, making.vevent);
	arena_release(arena, mark);
	struct str kept = str_copy(arena, buffer_str(&text));
	buffer_free(&text);
	return kept;
}

bool vevent_has(const struct occurrence *occurrence, enum form form)
{
	return occurrence->own && !occurrence->excluded && form != FORM_CANCEL && form != FORM_WITHDRAW &&
	       !is_called_off(occurrence, form);
}

struct vevents vevent_print(
	struct arena *arena, const struct calendar *calendar, const struct schedule *schedule, enum form form)
{
	const struct recurring *recurring = schedule->recurring;
	const struct occurrences none = {0}, *all = recurring ? &recurring->occurrences : &none;
	size_t count = 1;
	for (size_t i = 0; i < all->count; i++)
		count += vevent_has(&all->items[i], form);
	struct vevents vevents = {arena_alloc(arena, count * sizeof(*vevents.items)), 0};
	vevents.items[vevents.count++] = vevent_print_one(arena, calendar, schedule, NULL, form);
	for (size_t i = 0; i < all->count; i++)
		if (vevent_has(&all->items[i], form))
			vevents.items[vevents.count++] =
				vevent_print_one(arena, calendar, schedule, &all->items[i], form);
	return vevents;
}

#define BEGIN "BEGIN:VEVENT\r\n"
#define END "END:VEVENT\r\n"

/* The folded lines of the properties of a VEVENT, which is freed. */
static struct str lines_of(struct arena *arena, icalcomponent *vevent)
{
	struct buffer text = {0};
	property_print(&text, vevent);
	struct str lines =
		str_copy(arena, str_part(buffer_str(&text), sizeof(BEGIN) - 1, text.len - (sizeof(END) - 1)));
	buffer_free(&text);
	return lines;
}

struct str vevent_revision_lines(struct arena *arena, const struct revision *revision)
{
	memory_watch();
	icalcomponent *vevent = icalcomponent_new_vevent();
	property_instant(vevent, ICAL_DTSTAMP_PROPERTY, arena, revision->modified);
	property_instant(vevent, ICAL_CREATED_PROPERTY, arena, revision->created);
	property_instant(vevent, ICAL_LASTMODIFIED_PROPERTY, arena, revision->modified);
	icalcomponent_add_property(vevent, icalproperty_new_sequence(revision->sequence));
	return lines_of(arena, vevent);
}

struct str vevent_attendee_lines(struct arena *arena, struct str name, struct str address, enum form form)
{
	memory_watch();
	icalcomponent *vevent = icalcomponent_new_vevent();
	struct str mailto = str_format(arena, "mailto:%.*s", STR_ARG(address));
	icalproperty *attendee = icalproperty_new_attendee(mailto.ptr);
	if (name.len)
		icalproperty_add_parameter(attendee, icalparameter_new_cn(property_name_value(arena, name)));
	if (form == FORM_REQUEST) {
		icalproperty_add_parameter(attendee, icalparameter_new_partstat(ICAL_PARTSTAT_NEEDSACTION));
		icalproperty_add_parameter(attendee, icalparameter_new_rsvp(ICAL_RSVP_TRUE));
	}
	icalcomponent_add_property(vevent, attendee);
	return lines_of(arena, vevent);
}

void vevent_add(struct pieces *out, struct vevents vevents, struct str lines, struct str more)
{
	for (size_t i = 0; i < vevents.count; i++) {
		pieces_add(out, STR(BEGIN));
		pieces_add(out, lines);
		pieces_add(out, more);
		pieces_add(out, str_part(vevents.items[i], sizeof(BEGIN) - 1, vevents.items[i].len));
	}
}

static bool is_scheduling(struct str line)
{
	static const char *const names[] = {
		"DTSTART", "DTEND", "RRULE", "EXDATE", "RECURRENCE-ID", "LOCATION", "GEO", "CONFERENCE", "STATUS"};
	size_t len = 0;
	while (len < line.len && line.ptr[len] != ':' && line.ptr[len] != ';')
		len++;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_equal(str_part(line, 0, len), str_from(names[i])))
			return true;
	return false;
}

static struct str digest_in(struct arena *arena, const struct pieces *pieces)
{
	struct digest digest = pieces_digest(pieces);
	return str_copy(arena, str_from(digest.hex));
}

static void add_scheduling(struct pieces *lines, struct str vevent)
{
	bool taking = false;
	while (vevent.len) {
		size_t end = str_find(vevent, '\n') + 1;
		struct str line = str_part(vevent, 0, end);
		/* A line that begins with a blank goes on with the one before. */
		if (line.ptr[0] != ' ')
			taking = is_scheduling(line);
		if (taking)
			pieces_add(lines, line);
		vevent = str_part(vevent, end, vevent.len);
	}
}

void vevent_digests(struct arena *arena, struct vevents vevents, struct str *digest, struct str *schedule)
{
	struct pieces lines = {0};
	for (size_t i = 0; i < vevents.count; i++)
		add_scheduling(&lines, vevents.items[i]);
	*digest = digest_in(arena, &(struct pieces){vevents.items, vevents.count, 0});
	*schedule = digest_in(arena, &lines);
	pieces_free(&lines);
}
