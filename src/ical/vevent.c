#include "ical/vevent.h"

#include "base/arena.h"
#include "base/hash.h"
#include "decode/keys.h"
#include "ical/lines.h"
#include "ical/property.h"
#include "model/revision.h"
#include "resolve/select.h"
#include "text/markdown.h"
#include "text/words.h"
#include "time/zone.h"

/* What the functions below share while one VEVENT is printed. */
struct printer {
	struct lines *lines;
	struct known *known;       /* or NULL */
	struct hasher *scheduling; /* gets the lines of keys that schedule; NULL if nobody asks */
	struct arena *arena;
	const struct calendar *calendar;
	const struct schedule *schedule;     /* that of the occurrence if there is one */
	const struct event *event;           /* what it is the schedule of */
	const struct occurrence *occurrence; /* NULL for the event itself */
	enum form form;
};

static void hash(const struct printer *printer, icalproperty_kind kind, struct str lines)
{
	const struct key *key = property_key(kind);
	if (printer->scheduling && key && (key->flags & KEY_SCHEDULES))
		hasher_add(printer->scheduling, lines);
}

static void add(const struct printer *printer, icalproperty *property)
{
	icalproperty_kind kind = icalproperty_isa(property);
	hash(printer, kind, lines_add(printer->lines, property));
}

/* The same of what make() makes, which is the same for the same kind and the same two words in memory. */
static void add_known(const struct printer *printer, icalproperty_kind kind, const char *word, const char *other,
	icalproperty *(*make)(const struct printer *printer))
{
	struct known *known = printer->known;
	const uintptr_t parts[] = {(uintptr_t)kind, (uintptr_t)word, (uintptr_t)other};
	struct str key = {(const char *)parts, sizeof(parts)};
	struct str *lines = known ? map_get(&known->lines, key) : NULL;
	if (!known) {
		add(printer, make(printer));
		return;
	}
	if (lines) {
		lines_put(printer->lines, *lines);
	} else {
		lines = arena_alloc(&known->arena, sizeof(*lines));
		*lines = str_copy(&known->arena, lines_add(printer->lines, make(printer)));
		map_put(&known->lines, &known->arena, str_copy(&known->arena, key), lines);
	}
	hash(printer, kind, *lines);
}

static void add_line(const struct printer *printer, icalproperty_kind kind, const struct text *text)
{
	if (at_valid(&text->at))
		add(printer, property_text(printer->arena, kind, text->str));
}

static void add_url(const struct printer *printer, icalproperty_kind kind, const struct text *text)
{
	if (at_valid(&text->at))
		add(printer, property_uri(printer->arena, kind, text->str));
}

struct str vevent_zone(const struct timing *timing)
{
	return timing->all_day || !timing->zone ? STR("") : zone_name(timing->zone);
}

static void add_times(const struct printer *printer)
{
	const struct timing *timing = &printer->schedule->timing;
	struct str zone = vevent_zone(timing);
	add(printer, property_moment(printer->arena, ICAL_DTSTART_PROPERTY, timing->start, zone));
	add(printer, property_moment(printer->arena, ICAL_DTEND_PROPERTY, timing->end, zone));
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

struct str vevent_rule(struct arena *arena, const struct schedule *schedule)
{
	return rule_text(arena, &schedule->recurring->rule, until_of(arena, schedule));
}

/* A request cannot say that an occurrence is cancelled (RFC 5546, 3.2.2), only that there is none. */
static bool is_called_off(const struct occurrence *occurrence, enum form form)
{
	return form == FORM_REQUEST && occurrence->own && event_cancelled(occurrence->own->event);
}

/* On one line: Outlook reads the first EXDATE only. */
static void add_exdates(const struct printer *printer)
{
	const struct timing *timing = &printer->schedule->timing;
	const struct occurrences *all = &printer->schedule->recurring->occurrences;
	struct str zone = vevent_zone(timing);
	struct buffer dates = {0};
	for (size_t i = 0; i < all->count; i++)
		if (all->items[i].excluded || is_called_off(&all->items[i], printer->form))
			buffer_format(&dates, "%s%.*s", dates.len ? "," : "",
				STR_ARG(property_moment_text(printer->arena, all->items[i].id, !zone.len)));
	if (dates.len) {
		bool all_day = timing->all_day;
		icalproperty *property = property_raw(printer->arena, ICAL_EXDATE_PROPERTY,
			all_day ? ICAL_VALUE_DATE : ICAL_VALUE_DATETIME, buffer_str(&dates));
		if (zone.len)
			icalproperty_add_parameter(
				property, icalparameter_new_tzid(str_copy(printer->arena, zone).ptr));
		add(printer, property);
	}
	buffer_free(&dates);
}

static void add_recurrence(const struct printer *printer)
{
	const struct schedule *schedule = printer->schedule;
	struct arena *arena = printer->arena;
	if (printer->occurrence) {
		struct moment id = printer->occurrence->id;
		add(printer, property_moment(arena, ICAL_RECURRENCEID_PROPERTY, id, vevent_zone(&schedule->timing)));
	} else if (schedule->recurring) {
		struct str rule = vevent_rule(arena, schedule);
		add(printer, property_raw(arena, ICAL_RRULE_PROPERTY, ICAL_VALUE_RECUR, rule));
		add_exdates(printer);
	}
}

struct str vevent_description(struct arena *arena, const struct calendar *calendar, const struct event *event)
{
	return words_description(arena, calendar, event);
}

struct str vevent_html(struct arena *arena, const struct calendar *calendar, const struct event *event)
{
	return at_valid(&event->html->at) && event->html->value ? words_html(arena, calendar, event) : STR("");
}

/* The language of a text, where the event gives one (RFC 5545, 3.2.10). Returns the property. */
static icalproperty *in_language(const struct printer *printer, icalproperty *property)
{
	const struct choice *language = printer->event->language;
	if (at_valid(&language->at))
		icalproperty_add_parameter(
			property, icalparameter_new_language(language->value == LANGUAGE_NL ? "nl" : "en"));
	return property;
}

static void add_description(const struct printer *printer)
{
	struct arena *arena = printer->arena;
	struct str text = vevent_description(arena, printer->calendar, printer->event);
	struct str html = vevent_html(arena, printer->calendar, printer->event);
	/* Without one, Outlook would keep the old text when an update takes it away. */
	add(printer, in_language(printer, property_text(arena, ICAL_DESCRIPTION_PROPERTY, text)));
	if (!html.len)
		return;
	icalproperty *property = property_x(arena, "X-ALT-DESC", html);
	icalproperty_add_parameter(property, icalparameter_new_fmttype("text/html"));
	add(printer, property);
}

struct str vevent_location(const struct event *event)
{
	if (at_valid(&event->location->at))
		return event->location->str;
	return at_valid(&event->conference->at) ? event->conference->url.str : STR("");
}

static void add_place(const struct printer *printer)
{
	const struct event *event = printer->event;
	const struct conference *conference = event->conference;
	struct str location = vevent_location(event);
	if (location.len)
		add(printer, property_text(printer->arena, ICAL_LOCATION_PROPERTY, location));
	if (at_valid(&event->geo->at)) {
		struct icalgeotype geo = {event->geo->latitude, event->geo->longitude};
		add(printer, icalproperty_new_geo(geo));
	}
	if (!at_valid(&conference->at))
		return;
	icalproperty *property = property_uri(printer->arena, ICAL_CONFERENCE_PROPERTY, conference->url.str);
	icalproperty_add_parameter(property, icalparameter_new_value(ICAL_VALUE_URI));
	if (at_valid(&conference->label.at))
		icalproperty_add_parameter(
			property, icalparameter_new_label(property_name(printer->arena, conference->label.str).ptr));
	add(printer, property);
}

/* On one line: Outlook reads the first CATEGORIES only. */
static void add_categories(const struct printer *printer)
{
	size_t count;
	const struct str *words = schedule_categories(printer->arena, printer->schedule, &count);
	struct buffer joined = {0};
	for (size_t i = 0; i < count; i++) {
		if (i)
			buffer_byte(&joined, ',');
		buffer_add(&joined, property_escape(printer->arena, words[i]));
	}
	if (joined.len)
		add(printer,
			property_raw(printer->arena, ICAL_CATEGORIES_PROPERTY, ICAL_VALUE_TEXT, buffer_str(&joined)));
	buffer_free(&joined);
}

const char *const vevent_busy[] = {
	[SHOW_FREE] = "FREE", [SHOW_TENTATIVE] = "TENTATIVE", [SHOW_BUSY] = "BUSY", [SHOW_AWAY] = "OOF"};
const int vevent_priorities[] = {[PRIORITY_HIGH] = 1, [PRIORITY_NORMAL] = 5, [PRIORITY_LOW] = 9};

enum show_as vevent_show_as(const struct schedule *schedule, enum form form)
{
	const struct event *event = schedule->event;
	if (event_cancelled(event) || event_postponed(event))
		return SHOW_FREE;
	if (at_valid(&event->show_as->at))
		return (enum show_as)event->show_as->value;
	if (at_valid(&event->status->at) && event->status->value == STATUS_TENTATIVE && form != FORM_WITHDRAW)
		return SHOW_TENTATIVE;
	return schedule->timing.all_day ? SHOW_FREE : SHOW_BUSY;
}

static icalproperty *transparency(const struct printer *printer)
{
	bool free = vevent_show_as(printer->schedule, printer->form) == SHOW_FREE;
	return icalproperty_new_transp(free ? ICAL_TRANSP_TRANSPARENT : ICAL_TRANSP_OPAQUE);
}

static icalproperty *busy_status(const struct printer *printer)
{
	const char *word = vevent_busy[vevent_show_as(printer->schedule, printer->form)];
	return property_x(printer->arena, "X-MICROSOFT-CDO-BUSYSTATUS", str_from(word));
}

/* STATUS, CLASS, TRANSP, PRIORITY, and what Microsoft reads in their place. */
static void add_state(const struct printer *printer)
{
	static const icalproperty_status statuses[] = {
		[STATUS_TENTATIVE] = ICAL_STATUS_TENTATIVE,
		[STATUS_CONFIRMED] = ICAL_STATUS_CONFIRMED,
		[STATUS_POSTPONED] = ICAL_STATUS_TENTATIVE,
		[STATUS_CANCELLED] = ICAL_STATUS_CANCELLED,
	};
	static const icalproperty_class classes[] = {
		[CLASS_PUBLIC] = ICAL_CLASS_PUBLIC,
		[CLASS_PRIVATE] = ICAL_CLASS_PRIVATE,
		[CLASS_CONFIDENTIAL] = ICAL_CLASS_CONFIDENTIAL,
	};
	static const char *const importance[] = {[PRIORITY_HIGH] = "2", [PRIORITY_NORMAL] = "1", [PRIORITY_LOW] = "0"};
	const struct event *event = printer->event;
	struct arena *arena = printer->arena;
	const char *busy = vevent_busy[vevent_show_as(printer->schedule, printer->form)];
	if (at_valid(&event->status->at) && printer->form != FORM_WITHDRAW)
		add(printer, icalproperty_new_status(statuses[event->status->value]));
	if (at_valid(&event->class->at))
		add(printer, icalproperty_new_class(classes[event->class->value]));
	add_known(printer, ICAL_TRANSP_PROPERTY, busy, NULL, transparency);
	add_known(printer, ICAL_X_PROPERTY, busy, NULL, busy_status);
	if (at_valid(&event->priority->at)) {
		add(printer, icalproperty_new_priority(vevent_priorities[event->priority->value]));
		struct str value = str_from(importance[event->priority->value]);
		add(printer, property_x(arena, "X-MICROSOFT-CDO-IMPORTANCE", value));
	}
}

static icalproperty *organizer_of(const struct printer *printer)
{
	const struct person *organizer = printer->event->organizer;
	struct str address = str_format(printer->arena, "mailto:%.*s", STR_ARG(organizer->email.str));
	icalproperty *property = icalproperty_new_organizer(address.ptr);
	icalproperty_add_parameter(
		property, icalparameter_new_cn(property_name(printer->arena, organizer->name.str).ptr));
	return property;
}

static void add_organizer(const struct printer *printer)
{
	const struct person *organizer = printer->event->organizer;
	if (at_valid(&organizer->at))
		add_known(printer, ICAL_ORGANIZER_PROPERTY, organizer->email.str.ptr, organizer->name.str.ptr,
			organizer_of);
}

static void add_links(const struct printer *printer)
{
	const struct event *event = printer->event;
	add_url(printer, ICAL_URL_PROPERTY, event->url);
	add_line(printer, ICAL_COLOR_PROPERTY, event->color);
	if (at_valid(&event->image->at)) {
		icalproperty *image = property_uri(printer->arena, ICAL_IMAGE_PROPERTY, event->image->str);
		icalproperty_add_parameter(image, icalparameter_new_value(ICAL_VALUE_URI));
		add(printer, image);
	}
	for (size_t i = 0; i < event->attach->count; i++)
		add_url(printer, ICAL_ATTACH_PROPERTY, &event->attach->items[i]);
	add_line(printer, ICAL_CONTACT_PROPERTY, event->contact);
	const struct schedule *whole = schedule_parent(printer->schedule);
	if (whole) {
		icalproperty *parent = property_text(printer->arena, ICAL_RELATEDTO_PROPERTY, whole->uid);
		icalproperty_add_parameter(parent, icalparameter_new_reltype(ICAL_RELTYPE_PARENT));
		add(printer, parent);
	}
}

bool vevent_reminds(const struct event *event)
{
	return at_valid(&event->reminder->at) && !event->reminder->none && !event_cancelled(event) &&
	       !event_postponed(event);
}

/* At most one, last, in whole hours and minutes before the start. */
static void add_alarm(const struct printer *printer, struct str summary)
{
	if (!vevent_reminds(printer->event) || printer->form == FORM_CANCEL || printer->form == FORM_WITHDRAW)
		return;
	int minutes = duration_minutes(printer->event->reminder->duration);
	struct icaltriggertype trigger = {.time = icaltime_null_time()};
	trigger.duration = (struct icaldurationtype){
		.is_neg = 1, .hours = (unsigned)minutes / 60, .minutes = (unsigned)minutes % 60};
	lines_begin(printer->lines, "VALARM");
	add(printer, icalproperty_new_action(ICAL_ACTION_DISPLAY));
	add(printer, property_text(printer->arena, ICAL_DESCRIPTION_PROPERTY, summary));
	add(printer, icalproperty_new_trigger(trigger));
	lines_end(printer->lines, "VALARM");
}

/* scheduling gets the lines of keys that schedule, unless it is NULL. */
static struct str print(struct arena *arena, const struct calendar *calendar, const struct schedule *schedule,
	const struct occurrence *occurrence, enum form form, struct known *known, struct hasher *scheduling)
{
	struct arena_mark mark = arena_mark(arena);
	struct lines lines = lines_open();
	if (occurrence)
		schedule = occurrence->own;
	const struct event *event = schedule->event;
	struct printer printer = {&lines, known, scheduling, arena, calendar, schedule, event, occurrence, form};
	struct str summary = words_summary(arena, calendar, event);
	add(&printer, property_text(arena, ICAL_UID_PROPERTY, schedule->uid));
	add_times(&printer);
	add_recurrence(&printer);
	add(&printer, in_language(&printer, property_text(arena, ICAL_SUMMARY_PROPERTY, summary)));
	add_description(&printer);
	add_place(&printer);
	add_categories(&printer);
	add_state(&printer);
	add_organizer(&printer);
	add_links(&printer);
	add_alarm(&printer, summary);
	lines_end(&lines, "VEVENT");
	arena_release(arena, mark);
	return lines_close(&lines, arena);
}

struct str vevent_print_one(struct arena *arena, const struct calendar *calendar, const struct schedule *schedule,
	const struct occurrence *occurrence, enum form form)
{
	return print(arena, calendar, schedule, occurrence, form, NULL, NULL);
}

bool vevent_has(const struct occurrence *occurrence, enum form form)
{
	return occurrence->own && !occurrence->excluded && form != FORM_CANCEL && form != FORM_WITHDRAW &&
	       !is_called_off(occurrence, form);
}

/* A VEVENT is this, the lines of its revision, and then what print() gives. */
#define BEGIN STR("BEGIN:VEVENT\r\n")

static struct str digest_text(struct arena *arena, struct hasher *hasher)
{
	struct digest digest = hasher_close(hasher);
	return str_copy(arena, str_from(digest.hex));
}

struct vevents vevent_print(struct arena *arena, const struct calendar *calendar, const struct schedule *schedule,
	enum form form, struct known *known, struct published *published)
{
	const struct recurring *recurring = schedule->recurring;
	const struct occurrences none = {0}, *all = recurring ? &recurring->occurrences : &none;
	struct hasher *scheduling = published ? hasher_open() : NULL;
	size_t count = 1;
	for (size_t i = 0; i < all->count; i++)
		count += vevent_has(&all->items[i], form);
	struct vevents vevents = {arena_alloc(arena, count * sizeof(*vevents.items)), 0};
	vevents.items[vevents.count++] = print(arena, calendar, schedule, NULL, form, known, scheduling);
	for (size_t i = 0; i < all->count; i++)
		if (vevent_has(&all->items[i], form))
			vevents.items[vevents.count++] =
				print(arena, calendar, schedule, &all->items[i], form, known, scheduling);
	if (!published)
		return vevents;
	struct hasher *digest = hasher_open();
	for (size_t i = 0; i < count; i++) {
		hasher_add(digest, BEGIN);
		hasher_add(digest, vevents.items[i]);
	}
	published->digest = digest_text(arena, digest);
	published->schedule = digest_text(arena, scheduling);
	return vevents;
}

struct str vevent_revision_lines(struct arena *arena, const struct revision *revision, int64_t later)
{
	struct lines lines = lines_open();
	lines_add(&lines, property_instant(arena, ICAL_DTSTAMP_PROPERTY, revision->modified + later));
	lines_add(&lines, property_instant(arena, ICAL_CREATED_PROPERTY, revision->created));
	lines_add(&lines, property_instant(arena, ICAL_LASTMODIFIED_PROPERTY, revision->modified));
	lines_add(&lines, icalproperty_new_sequence(revision->sequence));
	return lines_close(&lines, arena);
}

struct str vevent_attendee_lines(
	struct arena *arena, struct str name, struct str address, bool optional, enum form form)
{
	struct lines lines = lines_open();
	struct str mailto = str_format(arena, "mailto:%.*s", STR_ARG(address));
	icalproperty *attendee = icalproperty_new_attendee(mailto.ptr);
	if (name.len)
		icalproperty_add_parameter(attendee, icalparameter_new_cn(property_name(arena, name).ptr));
	if (optional)
		icalproperty_add_parameter(attendee, icalparameter_new_role(ICAL_ROLE_OPTPARTICIPANT));
	if (form == FORM_REQUEST) {
		icalproperty_add_parameter(attendee, icalparameter_new_partstat(ICAL_PARTSTAT_NEEDSACTION));
		icalproperty_add_parameter(attendee, icalparameter_new_rsvp(ICAL_RSVP_TRUE));
	}
	lines_add(&lines, attendee);
	return lines_close(&lines, arena);
}

void vevent_add(struct pieces *out, struct vevents vevents, struct str revision, struct str attendee)
{
	for (size_t i = 0; i < vevents.count; i++) {
		pieces_add(out, BEGIN);
		pieces_add(out, revision);
		pieces_add(out, attendee);
		pieces_add(out, vevents.items[i]);
	}
}
