#include "import/ics.h"

#include "base/arena.h"
#include "ical/property.h"
#include "import/ics_lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Components lie in each other no deeper. */
enum { DEPTH_MOST = 8 };

/* A property of this name is put in front of each line of an event: the number of the line. */
#define LINE_MARK "X-EVCAL-LINE"

const struct ics_item *vevent_find(const struct vevent *vevent, icalproperty_kind kind)
{
	for (size_t i = 0; i < vevent->count; i++)
		if (icalproperty_isa(vevent->items[i].property) == kind)
			return &vevent->items[i];
	return NULL;
}

const struct ics_item *vevent_find_x(const struct vevent *vevent, const char *name)
{
	for (size_t i = 0; i < vevent->count; i++) {
		icalproperty *property = vevent->items[i].property;
		if (icalproperty_isa(property) == ICAL_X_PROPERTY &&
			str_equal_nocase(str_from(icalproperty_get_x_name(property)), str_from(name)))
			return &vevent->items[i];
	}
	return NULL;
}

/* Another of what is one finding. */
static void count_alike(struct left_out *left, struct str what, struct span span)
{
	if (!left->count++)
		*left = (struct left_out){what, span, 1};
}

void ics_leave_out(struct ics *ics, struct str what, struct span span)
{
	struct left_out *left = map_get(&ics->left_out_by_name, what);
	if (!left && ics->left_out_count == LEFT_OUT_MOST)
		left = ics->left_out[LEFT_OUT_MOST - 1];
	if (!left) {
		left = arena_alloc(ics->arena, sizeof(*left));
		left->what = str_copy(ics->arena, ics->left_out_count + 1 < LEFT_OUT_MOST ? what : STR("…"));
		ics->left_out[ics->left_out_count++] = left;
		map_put(&ics->left_out_by_name, ics->arena, left->what, left);
	}
	count_alike(left, left->what, span);
}

/* --- what an event is known by ------------------------------------------------------------------------------------ */

/* The id that a UID of this calendar was made of, or empty. */
static struct str id_of(struct import *import, struct str uid)
{
	const struct text *domain = &import->calendar->domain;
	size_t at = str_find(uid, '@');
	const struct key *key = key_find(STR("id"), IN_EVENT);
	if (!at_valid(&domain->at) || at == uid.len || !str_equal(str_part(uid, at + 1, uid.len), domain->str))
		return STR("");
	struct node *id = node_text(import->findings->arena, (struct span){0}, str_part(uid, 0, at));
	struct str written = id->text;
	return draft_takes(import, key, id) && str_equal(id->text, written) ? written : STR("");
}

/* Properties that say nothing of their own, or what is read elsewhere. */
static bool is_passed_over(struct str name)
{
	static const char *const names[] = {"UID", "SEQUENCE", "DTSTAMP", "CREATED", "LAST-MODIFIED", "DTSTART",
		"DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SUMMARY", "DESCRIPTION",
		"LOCATION", "CONFERENCE", "CATEGORIES", "STATUS", "CLASS", "TRANSP", "PRIORITY", "ORGANIZER",
		"ATTENDEE", "GEO", "URL", "COLOR", "IMAGE", "ATTACH", "CONTACT", "RELATED-TO", "X-ALT-DESC",
		"X-GOOGLE-CONFERENCE", "ACKNOWLEDGED", "X-LIC-ERROR", NULL};
	static const char *const prefixes[] = {
		"X-MICROSOFT-", "X-MS-", "X-MOZ-", "X-LIC-", "X-WR-", "X-CALENDARSERVER-", "X-EVOLUTION-", NULL};
	for (size_t i = 0; names[i]; i++)
		if (str_equal_nocase(name, str_from(names[i])))
			return true;
	for (size_t i = 0; prefixes[i]; i++)
		if (str_starts(name, str_from(prefixes[i])))
			return true;
	return false;
}

/* What has no place in an event of ours, and lines that could not be read. */
static void report_rest(struct ics *ics, const struct vevent *vevent)
{
	bool attended = false;
	for (size_t i = 0; i < vevent->count; i++) {
		const struct ics_item *item = &vevent->items[i];
		icalproperty_kind kind = icalproperty_isa(item->property);
		if (kind == ICAL_XLICERROR_PROPERTY) {
			ADD(ics->import, MSG_NOT_IMPORTED_LINE, item->span,
				source_text(ics->import->findings->sources, item->span));
		} else if (kind == ICAL_ATTENDEE_PROPERTY) {
			/* (Not where they stand: a finding shows the line.) */
			count_alike(&ics->attendees, STR("ATTENDEE"), vevent->span);
			ics->attended += !attended;
			attended = true;
		} else if (!is_passed_over(str_from(icalproperty_get_property_name(item->property)))) {
			ics_leave_out(ics, str_from(icalproperty_get_property_name(item->property)), item->span);
		}
	}
}

static void read_event(struct ics *ics, const struct vevent *vevent, bool of_series)
{
	struct import *import = ics->import;
	const struct ics_item *uid = of_series ? vevent_find(vevent, ICAL_UID_PROPERTY) : NULL;
	struct str name = ics_plain(ics, uid), id = id_of(import, name);
	struct master *master = arena_alloc(ics->arena, sizeof(*master));
	master->map = node_empty(ics->arena, vevent->span, NODE_MAP);
	report_rest(ics, vevent);
	if (!ics_read_times(ics, vevent, master))
		return;
	if (name.len && map_get(&import->by_uid, name)) {
		count_alike(&ics->twice, name, vevent->span);
		return;
	}
	ics_put_values(ics, vevent, master->map, moment_is_date(master->start));
	if (id.len && map_get(&import->taken, id))
		count_alike(&ics->known, id, vevent->span);
	master->imported = import_add(import, master->map, vevent->span, id, master->start.date.year);
	master->imported->uid = name;
	if (name.len)
		map_put(&ics->masters, ics->arena, name, master);
	if (name.len)
		map_put(&import->by_uid, ics->arena, name, master->imported);
	const struct ics_item *sequence = vevent_find(vevent, ICAL_SEQUENCE_PROPERTY);
	int number = of_series && sequence ? icalproperty_get_sequence(sequence->property) : 0;
	if (uid && !id.len)
		draft_put_text(import, master->map, IN_EVENT, "uid", uid->span, name);
	if (number > 0)
		draft_put_text(import, master->map, IN_EVENT, "sequence", sequence->span,
			str_format(ics->arena, "%d", number));
}

/* Takes from an override what it says as its event does. What it lacks cannot be said. */
static void take_own(struct ics *ics, struct node *map, const struct master *master, const struct vevent *vevent)
{
	static const char *const names[] = {"summary", "location", "conference", "url", "description", "status"};
	uint32_t kept = 0;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (node_get(master->map, str_from(names[i])) && !node_get(map, str_from(names[i])) &&
			strcmp(names[i], "status") != 0)
			ADD(ics->import, MSG_NOT_IMPORTED_LACK, vevent->span, str_from(names[i]),
				node_get(map, STR("recurrence-id"))->text);
	for (uint32_t i = 0; i < map->count; i++) {
		const struct node *own = node_get(master->map, map->entries[i].key->text);
		bool times = key_find(map->entries[i].key->text, IN_OVERRIDE)->flags & KEY_NOT_OF_OCCURRENCE;
		if (times || !own || !node_equal(own, map->entries[i].value))
			map->entries[kept++] = map->entries[i];
	}
	map->count = kept;
}

static void read_override(struct ics *ics, const struct vevent *vevent)
{
	const struct ics_item *uid = vevent_find(vevent, ICAL_UID_PROPERTY);
	struct master *master = map_get(&ics->masters, ics_plain(ics, uid));
	struct node *map = node_empty(ics->arena, vevent->span, NODE_MAP);
	if (!master || !ics_read_occurrence(ics, vevent, master, map)) {
		ADD(ics->import, MSG_GUESSED_OCCURRENCE, vevent_find(vevent, ICAL_RECURRENCEID_PROPERTY)->span,
			property_plain(ics->arena, vevent_find(vevent, ICAL_RECURRENCEID_PROPERTY)->property));
		read_event(ics, vevent, false);
		return;
	}
	report_rest(ics, vevent);
	ics_put_texts(ics, vevent, map, IN_OVERRIDE);
	take_own(ics, map, master, vevent);
	struct node *list = (struct node *)node_get(master->map, STR("overrides"));
	if (!list) {
		list = node_empty(ics->arena, vevent->span, NODE_LIST);
		node_put(ics->arena, master->map, "overrides", list);
	}
	if (map->count > 1)
		node_add(ics->arena, list, map);
	if (!list->count)
		master->map->count--;
}

/* --- the file ----------------------------------------------------------------------------------------------------- */

static struct vevent vevent_of(struct ics *ics, icalcomponent *component)
{
	struct vevent vevent = {.component = component};
	struct span span = ics->lines[0];
	icalproperty *property = icalcomponent_get_first_property(component, ICAL_ANY_PROPERTY);
	for (; property; property = icalcomponent_get_next_property(component, ICAL_ANY_PROPERTY)) {
		bool marks = icalproperty_isa(property) == ICAL_X_PROPERTY &&
			     !strcmp(icalproperty_get_x_name(property), LINE_MARK);
		if (marks) {
			span = ics->lines[strtoul(icalproperty_get_x(property), NULL, 10)];
			if (!vevent.span.source)
				vevent.span = span;
			continue;
		}
		vevent.items = arena_grow(ics->arena, vevent.items, vevent.count, sizeof(*vevent.items));
		vevent.items[vevent.count++] = (struct ics_item){property, span};
	}
	return vevent;
}

static void free_zones(struct ics *ics)
{
	for (size_t i = 0; i < ics->found_count; i++)
		if (ics->found[i]->rules)
			icaltimezone_free(ics->found[i]->rules, 1);
	ics->found_count = 0;
	ics->zones = (struct map){0};
}

static void read_calendar(struct ics *ics, icalcomponent *calendar)
{
	struct vevent *vevents = NULL;
	size_t count = 0;
	ics->rules = (struct map){0};
	tzid_gather(&ics->rules, ics->arena, calendar);
	ics->cancels = icalcomponent_get_method(calendar) == ICAL_METHOD_CANCEL;
	ics->zone_name = STR("");
	icalproperty *property = icalcomponent_get_first_property(calendar, ICAL_X_PROPERTY);
	for (; property; property = icalcomponent_get_next_property(calendar, ICAL_X_PROPERTY))
		if (!strcmp(icalproperty_get_x_name(property), "X-WR-TIMEZONE"))
			ics->zone_name = str_copy(ics->arena, str_from(icalproperty_get_x(property)));
	icalcomponent *component = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
	for (; component; component = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
		vevents = arena_grow(ics->arena, vevents, count, sizeof(*vevents));
		vevents[count++] = vevent_of(ics, component);
	}
	for (size_t i = 0; i < count; i++)
		if (!vevent_find(&vevents[i], ICAL_RECURRENCEID_PROPERTY))
			read_event(ics, &vevents[i], true);
	for (size_t i = 0; i < count; i++)
		if (vevent_find(&vevents[i], ICAL_RECURRENCEID_PROPERTY))
			read_override(ics, &vevents[i]);
	free_zones(ics);
}

/* The root of what a parser has read: a VCALENDAR, or an event that stands alone. */
static void take_root(struct ics *ics, icalcomponent *root)
{
	memory_check();
	if (!root)
		return;
	if (icalcomponent_isa(root) == ICAL_VEVENT_COMPONENT) {
		icalcomponent *calendar = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);
		icalcomponent_add_component(calendar, root);
		root = calendar;
	}
	if (icalcomponent_isa(root) == ICAL_VCALENDAR_COMPONENT)
		read_calendar(ics, root);
	icalcomponent_free(root);
	memory_watch();
}

/* What stands in an iCalendar file besides events. */
static bool is_other(struct str component)
{
	static const char *const names[] = {"VTODO", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY", "VPOLL"};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_equal_nocase(component, str_from(names[i])))
			return true;
	return false;
}

/* Lines on their way to libical. */
struct feeding {
	struct ics *ics;
	icalparser *parser;
	struct arena line;           /* the one that is being given */
	struct str open[DEPTH_MOST]; /* the components that have begun and not ended */
	size_t depth, event;         /* how many; which of them is an event, from 1; 0: none is */
};

static void give_line(struct feeding *feeding, struct str text)
{
	take_root(feeding->ics, icalparser_add_line(feeding->parser, (char *)str_copy(&feeding->line, text).ptr));
	arena_release(&feeding->line, (struct arena_mark){0});
}

static void give_mark(struct feeding *feeding, size_t number)
{
	char mark[sizeof(LINE_MARK) + 24];
	snprintf(mark, sizeof(mark), LINE_MARK ":%zu", number);
	give_line(feeding, str_from(mark));
}

static void begin_component(struct feeding *feeding, const struct content *line, struct str name, size_t number)
{
	if (is_other(name))
		ics_leave_out(feeding->ics, name, line->span);
	if (feeding->depth++ >= DEPTH_MOST)
		return;
	feeding->open[feeding->depth - 1] = name;
	give_line(feeding, line->text);
	if (!feeding->event && str_equal_nocase(name, STR("VEVENT"))) {
		feeding->event = feeding->depth;
		give_mark(feeding, number);
	}
}

static void end_component(struct feeding *feeding)
{
	if (!feeding->depth)
		return;
	if (feeding->depth-- > DEPTH_MOST)
		return;
	if (feeding->depth < feeding->event)
		feeding->event = 0;
	give_line(feeding, str_format(&feeding->line, "END:%.*s", STR_ARG(feeding->open[feeding->depth])));
}

/* Whether something is open that has no events in it. */
static bool in_other(const struct feeding *feeding)
{
	return feeding->depth > DEPTH_MOST ||
	       (feeding->depth && !str_equal_nocase(feeding->open[feeding->depth - 1], STR("VCALENDAR")));
}

/* Gives the lines to libical, each of an event's behind its number. */
static void parse(struct ics *ics, const struct content *lines, size_t count)
{
	struct feeding feeding = {.ics = ics, .parser = icalparser_new()};
	memory_watch();
	for (size_t i = 0; i < count; i++) {
		struct str text = lines[i].text, name = content_name(text);
		struct str value = str_trim(str_part(text, name.len + (name.len < text.len), text.len));
		if (str_equal_nocase(name, STR("BEGIN"))) {
			bool unclosed = str_equal_nocase(value, STR("VEVENT")) && in_other(&feeding);
			if (unclosed)
				finding_add(ics->import->findings, MSG_GUESSED_UNCLOSED, lines[i].span, NO_WORDS);
			while (unclosed && in_other(&feeding))
				end_component(&feeding);
			begin_component(&feeding, &lines[i], value, i);
		} else if (str_equal_nocase(name, STR("END"))) {
			end_component(&feeding);
		} else if (feeding.depth && feeding.depth <= DEPTH_MOST && !content_is_empty(text) &&
			   !str_starts(text, STR(LINE_MARK))) {
			/* (libical takes a property without a value for a mistake.) */
			if (feeding.depth == feeding.event)
				give_mark(&feeding, i);
			give_line(&feeding, text);
		}
	}
	if (feeding.depth)
		finding_add(ics->import->findings, MSG_CANNOT_IMPORT_CUT, lines[count - 1].span, NO_WORDS);
	while (feeding.depth)
		end_component(&feeding);
	icalparser_free(feeding.parser);
	memory_check();
	arena_free(&feeding.line);
}

static void report_alike(struct ics *ics, enum message message, const struct left_out *left)
{
	if (left->count)
		ADD(ics->import, message, left->span, left->what, str_format(ics->arena, "%zu", left->count),
			str_format(ics->arena, "%zu", ics->attended));
}

void import_ics(struct import *import, uint32_t source)
{
	struct ics ics = {.import = import, .arena = import->findings->arena};
	size_t count;
	struct content *lines = content_lines(import->findings, source, &count);
	ics.lines = arena_alloc(ics.arena, (count + 1) * sizeof(*ics.lines));
	for (size_t i = 0; i < count; i++)
		ics.lines[i] = lines[i].span;
	if (count)
		parse(&ics, lines, count);
	for (size_t i = 0; i < ics.left_out_count; i++)
		report_alike(&ics, MSG_NOT_IMPORTED_PROPERTY, ics.left_out[i]);
	report_alike(&ics, MSG_NOT_IMPORTED_PEOPLE, &ics.attendees);
	report_alike(&ics, MSG_NOT_IMPORTED_TWICE, &ics.twice);
	report_alike(&ics, MSG_GUESSED_KNOWN, &ics.known);
}

void import_join(struct import *import)
{
	struct left_out lost = {.count = 0};
	for (size_t i = 0; i < import->count; i++) {
		struct node *map = import->items[i]->map;
		for (uint32_t n = 0; n < map->count; n++) {
			struct node *value = map->entries[n].value;
			if (!str_equal(map->entries[n].key->text, STR("part-of")) || !import->items[i]->uid.len)
				continue;
			const struct imported *whole = map_get(&import->by_uid, value->text);
			struct str id = whole ? whole->id : id_of(import, value->text);
			if (id.len && map_get(&import->taken, id)) {
				value->text = id;
				continue;
			}
			count_alike(&lost, STR("RELATED-TO"), value->span);
			map->entries[n--] = map->entries[--map->count];
		}
	}
	if (lost.count)
		ADD(import, MSG_NOT_IMPORTED_PROPERTY, lost.span, lost.what,
			str_format(import->findings->arena, "%zu", lost.count));
}
