#include "import/ics.h"

#include "base/arena.h"
#include "base/url.h"
#include "ical/property.h"
#include "ical/vevent.h"
#include "import/ics_lines.h"
#include "text/links.h"
#include "text/markdown.h"
#include "text/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Components lie in each other no deeper. */
enum { DEPTH_MOST = 8 };

/* A property of this name is put in front of each line of an event: the number of the line. */
#define LINE_MARK "X-EVCAL-LINE"

const struct item *vevent_find(const struct vevent *vevent, icalproperty_kind kind)
{
	for (size_t i = 0; i < vevent->count; i++)
		if (icalproperty_isa(vevent->items[i].property) == kind)
			return &vevent->items[i];
	return NULL;
}

const struct item *vevent_find_x(const struct vevent *vevent, const char *name)
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

/* --- what an event says ------------------------------------------------------------------------------------------- */

static struct str plain(struct ics *ics, const struct item *item)
{
	return item ? text_clean(ics->arena, property_plain(ics->arena, item->property)) : STR("");
}

static bool put(
	struct ics *ics, struct node *map, unsigned where, const char *name, const struct item *item, struct str text)
{
	return item && draft_put_text(ics->import, map, where, name, item->span, text);
}

/* The description as Markdown; of HTML alone what it says. */
static void put_description(struct ics *ics, const struct vevent *vevent, struct node *map, unsigned where)
{
	const struct item *item = vevent_find(vevent, ICAL_DESCRIPTION_PROPERTY),
			  *html = vevent_find_x(vevent, "X-ALT-DESC");
	struct str text = plain(ics, item), markdown;
	if (!text.len && html) {
		item = html;
		text = plain(ics, html);
		text = markdown_to_text(ics->arena, &text, 1);
	} else if (html && where == IN_EVENT) {
		put(ics, map, where, "html", html, STR("true"));
	}
	if (!text.len)
		return;
	if (!markdown_from_text(ics->arena, text, &markdown))
		ADD(ics->import, MSG_GUESSED_TEXT, item->span, text);
	put(ics, map, where, "description", item, markdown);
}

/* The words that evcal puts in front of a summary say what its status is, and in which language. */
static void put_summary(struct ics *ics, const struct vevent *vevent, struct node *map, unsigned where)
{
	static const char *const languages[] = {"nl", "en"};
	const struct item *item = vevent_find(vevent, ICAL_SUMMARY_PROPERTY);
	const struct item *given = vevent_find(vevent, ICAL_STATUS_PROPERTY);
	struct str summary = text_line(ics->arena, plain(ics, item));
	struct str in = item ? property_parameter(ics->arena, item->property, "LANGUAGE") : STR("");
	icalproperty_status status = given ? icalproperty_get_status(given->property) : ICAL_STATUS_NONE;
	const struct calendar *calendar = ics->import->calendar;
	enum language own = at_valid(&calendar->language.at) ? (enum language)calendar->language.value : LANGUAGE_EN;
	enum status marked = STATUS_CONFIRMED;
	enum language language = own;
	bool foreign = words_marked(&summary, &marked, &language) && (!calendar->file_count || language != own);
	if (status == ICAL_STATUS_CANCELLED || ics->cancels)
		marked = STATUS_CANCELLED;
	if (!str_equal_nocase(in, STR("nl")) && !str_equal_nocase(in, STR("en")))
		in = foreign ? str_from(languages[language]) : STR("");
	if (!put(ics, map, where, "summary", item, summary) && where == IN_EVENT)
		ADD(ics->import, MSG_NOT_IMPORTED_SUMMARY, item ? item->span : vevent->span, STR(""));
	if (where == IN_EVENT && in.len)
		put(ics, map, where, "language", item, in);
	if (!given)
		given = item;
	if (marked == STATUS_CANCELLED || marked == STATUS_POSTPONED)
		put(ics, map, where, "status", given ? given : vevent->items,
			marked == STATUS_CANCELLED ? STR("cancelled") : STR("postponed"));
	else if (status == ICAL_STATUS_TENTATIVE || status == ICAL_STATUS_CONFIRMED)
		put(ics, map, where, "status", given,
			status == ICAL_STATUS_TENTATIVE ? STR("tentative") : STR("confirmed"));
}

/* The first link to an online meeting in a text. */
static struct str meeting_in(struct str text)
{
	static const char *const hosts[] = {
		"teams.microsoft.com/", "teams.live.com/", "zoom.us/", "zoom.com/", "webex.com/", "meet.google.com/"};
	for (size_t i = 0; i < text.len; i++) {
		size_t len = text.ptr[i] == 'h' ? link_at(text, i) : 0;
		struct str link = str_part(text, i, i + len), rest = link;
		if (!len)
			continue;
		rest.len = 0;
		for (size_t slashes = 0; rest.len < link.len && slashes < 3; rest.len++)
			slashes += link.ptr[rest.len] == '/';
		for (size_t h = 0; h < sizeof(hosts) / sizeof(*hosts); h++) {
			struct str host = str_from(hosts[h]);
			char before = rest.len > host.len ? rest.ptr[rest.len - host.len - 1] : ' ';
			if (str_ends(rest, host) && (before == '/' || before == '.'))
				return link;
		}
		i += len;
	}
	return STR("");
}

/* Where it is, and the link of a meeting, wherever that stands. */
static void put_place(struct ics *ics, const struct vevent *vevent, struct node *map, unsigned where)
{
	static const char *const names[] = {
		"X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-ONLINEMEETINGCONFLINK"};
	const struct item *item = vevent_find(vevent, ICAL_CONFERENCE_PROPERTY);
	const struct item *place = vevent_find(vevent, ICAL_LOCATION_PROPERTY);
	const struct item *text = vevent_find(vevent, ICAL_DESCRIPTION_PROPERTY);
	struct str location = text_line(ics->arena, plain(ics, place));
	struct str label = item ? property_parameter(ics->arena, item->property, "LABEL") : STR("");
	for (size_t i = 0; !item && i < sizeof(names) / sizeof(*names); i++)
		item = vevent_find_x(vevent, names[i]);
	struct str url = plain(ics, item);
	if (!url.len && (url = meeting_in(location)).len)
		item = place;
	if (!url.len && (url = meeting_in(plain(ics, text))).len)
		item = text;
	if (item && url.len && label.len) {
		struct node *conference = node_empty(ics->arena, item->span, NODE_MAP);
		node_put(ics->arena, conference, "url", node_text(ics->arena, item->span, url));
		node_put(ics->arena, conference, "label",
			node_text(ics->arena, item->span, text_line(ics->arena, label)));
		draft_put(ics->import, map, where, "conference", conference);
	} else {
		put(ics, map, where, "conference", item, url);
	}
	if (!str_equal(location, url))
		put(ics, map, where, "location", place, location);
}

static bool is_attendee(const struct vevent *vevent, const char *address)
{
	for (size_t i = 0; i < vevent->count; i++) {
		icalproperty *property = vevent->items[i].property;
		const char *other = icalproperty_isa(property) == ICAL_ATTENDEE_PROPERTY
					    ? icalproperty_get_attendee(property)
					    : NULL;
		if (other && str_equal_nocase(str_from(other), str_from(address)))
			return true;
	}
	return false;
}

/* Unless it is the calendar's own, or one of the people who were invited. */
static void put_organizer(struct ics *ics, const struct vevent *vevent, struct node *map)
{
	const struct item *item = vevent_find(vevent, ICAL_ORGANIZER_PROPERTY);
	const struct person *own = &ics->import->calendar->organizer;
	const char *address = item ? icalproperty_get_organizer(item->property) : NULL;
	struct str mailto = STR("mailto:"), email = str_from(address);
	if (email.len >= mailto.len && str_equal_nocase(str_part(email, 0, mailto.len), mailto))
		email = str_part(email, mailto.len, email.len);
	if (!email.len || (at_valid(&own->at) && str_equal_nocase(own->email.str, email)))
		return;
	if (is_attendee(vevent, address)) {
		ics_leave_out(ics, STR("ORGANIZER"), vevent->span);
		return;
	}
	struct str name = text_line(ics->arena, property_parameter(ics->arena, item->property, "CN"));
	struct node *person = node_empty(ics->arena, item->span, NODE_MAP);
	email = str_copy(ics->arena, email);
	node_put(ics->arena, person, "name", node_text(ics->arena, item->span, name.len ? name : email));
	node_put(ics->arena, person, "email", node_text(ics->arena, item->span, email));
	draft_put(ics->import, map, IN_EVENT, "organizer", person);
}

/* CATEGORIES and ATTACH: a list of all that there are. */
static void put_list(
	struct ics *ics, const struct vevent *vevent, struct node *map, icalproperty_kind kind, const char *name)
{
	const struct item *first = vevent_find(vevent, kind);
	if (!first)
		return;
	struct node *list = node_empty(ics->arena, first->span, NODE_LIST);
	for (size_t i = 0; i < vevent->count; i++) {
		if (icalproperty_isa(vevent->items[i].property) != kind)
			continue;
		struct str text = property_plain(ics->arena, vevent->items[i].property);
		/* libical leaves a list with an escaped comma in it whole. */
		while (text.len) {
			size_t end = kind == ICAL_CATEGORIES_PROPERTY ? str_find(text, ',') : text.len;
			struct str word = text_line(ics->arena, str_part(text, 0, end));
			bool full = list->count == kinds[key_find(str_from(name), IN_EVENT)->kind].most,
			     twice = !word.len;
			for (uint32_t n = 0; !full && n < list->count; n++)
				twice |= str_equal(list->items[n]->text, word);
			if (full)
				ics_leave_out(ics, str_from(name), vevent->items[i].span);
			else if (!twice)
				node_add(ics->arena, list, node_text(ics->arena, vevent->items[i].span, word));
			text = str_part(text, end + (end < text.len), text.len);
		}
	}
	if (list->count)
		draft_put(ics->import, map, IN_EVENT, name, list);
}

static void put_state(struct ics *ics, const struct vevent *vevent, struct node *map, bool all_day)
{
	static const char *const show_as[] = {"free", "tentative", "busy", "away"};
	const struct item *class = vevent_find(vevent, ICAL_CLASS_PROPERTY);
	const struct item *priority = vevent_find(vevent, ICAL_PRIORITY_PROPERTY);
	const struct item *transp = vevent_find(vevent, ICAL_TRANSP_PROPERTY);
	const struct item *busy = vevent_find_x(vevent, "X-MICROSOFT-CDO-BUSYSTATUS");
	struct str text = plain(ics, class);
	char word[sizeof("confidential")] = "";
	for (size_t i = 0; i < text.len && i + 1 < sizeof(word); i++)
		word[i] = ascii_lower(text.ptr[i]);
	if (strcmp(word, "public") != 0)
		put(ics, map, IN_EVENT, "class", class, str_copy(ics->arena, str_from(word)));
	int number = priority ? icalproperty_get_priority(priority->property) : 0;
	if (number)
		put(ics, map, IN_EVENT, "priority", priority,
			number < 5    ? STR("high")
			: number == 5 ? STR("normal")
				      : STR("low"));
	const struct node *status = node_get(map, STR("status"));
	bool off = status && (str_equal(status->text, STR("cancelled")) || str_equal(status->text, STR("postponed")));
	enum show_as usual = status && str_equal(status->text, STR("tentative")) ? SHOW_TENTATIVE
			     : all_day                                           ? SHOW_FREE
										 : SHOW_BUSY;
	enum show_as shown = usual;
	if (busy) {
		struct str given = plain(ics, busy);
		for (enum show_as s = SHOW_FREE; s <= SHOW_AWAY; s++)
			if (str_equal_nocase(given, str_from(vevent_busy[s])))
				shown = s;
	} else if (transp) {
		bool free = icalproperty_get_transp(transp->property) == ICAL_TRANSP_TRANSPARENT;
		shown = free ? SHOW_FREE : usual == SHOW_FREE ? SHOW_BUSY : usual;
	}
	if (!off && shown != usual)
		put(ics, map, IN_EVENT, "show-as", busy ? busy : transp, str_from(show_as[shown]));
}

static void put_alarm(struct ics *ics, const struct vevent *vevent, struct node *map)
{
	icalcomponent *alarm = icalcomponent_get_first_component(vevent->component, ICAL_VALARM_COMPONENT);
	for (size_t number = 0; alarm; number++) {
		icalproperty *property = icalcomponent_get_first_property(alarm, ICAL_TRIGGER_PROPERTY);
		struct icaltriggertype trigger =
			property ? icalproperty_get_trigger(property) : (struct icaltriggertype){0};
		int seconds = property ? icaldurationtype_as_int(trigger.duration) : 1;
		bool before = seconds <= 0 && icaltime_is_null_time(trigger.time) && !number;
		struct duration duration = {0, -seconds / 60};
		if (before && duration.minutes)
			put(ics, map, IN_EVENT, "reminder", vevent->items, duration_format(ics->arena, duration));
		else
			ics_leave_out(ics, STR("VALARM"), vevent->span);
		alarm = icalcomponent_get_next_component(vevent->component, ICAL_VALARM_COMPONENT);
	}
}

static void put_links(struct ics *ics, const struct vevent *vevent, struct node *map)
{
	const struct item *geo = vevent_find(vevent, ICAL_GEO_PROPERTY);
	put(ics, map, IN_EVENT, "color", vevent_find(vevent, ICAL_COLOR_PROPERTY),
		plain(ics, vevent_find(vevent, ICAL_COLOR_PROPERTY)));
	put(ics, map, IN_EVENT, "image", vevent_find(vevent, ICAL_IMAGE_PROPERTY),
		plain(ics, vevent_find(vevent, ICAL_IMAGE_PROPERTY)));
	put(ics, map, IN_EVENT, "contact", vevent_find(vevent, ICAL_CONTACT_PROPERTY),
		text_line(ics->arena, plain(ics, vevent_find(vevent, ICAL_CONTACT_PROPERTY))));
	put_list(ics, vevent, map, ICAL_CATEGORIES_PROPERTY, "categories");
	put_list(ics, vevent, map, ICAL_ATTACH_PROPERTY, "attach");
	if (!geo)
		return;
	struct str text = property_plain(ics->arena, geo->property);
	size_t middle = str_find(text, ';');
	struct node *list = node_empty(ics->arena, geo->span, NODE_LIST);
	node_add(ics->arena, list, node_text(ics->arena, geo->span, str_part(text, 0, middle)));
	node_add(ics->arena, list,
		node_text(ics->arena, geo->span, str_part(text, middle + (middle < text.len), text.len)));
	draft_put(ics->import, map, IN_EVENT, "geo", list);
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

static int sequence_of(const struct vevent *vevent)
{
	const struct item *item = vevent_find(vevent, ICAL_SEQUENCE_PROPERTY);
	return item ? icalproperty_get_sequence(item->property) : 0;
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
		const struct item *item = &vevent->items[i];
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

static void put_texts(struct ics *ics, const struct vevent *vevent, struct node *map, unsigned where)
{
	const struct item *url = vevent_find(vevent, ICAL_URL_PROPERTY);
	put_summary(ics, vevent, map, where);
	put_description(ics, vevent, map, where);
	put_place(ics, vevent, map, where);
	put(ics, map, where, "url", url, plain(ics, url));
}

/* The whole that an event is a part of, by UID until all are read. */
static void put_parent(struct ics *ics, const struct vevent *vevent, struct node *map)
{
	const struct item *item = vevent_find(vevent, ICAL_RELATEDTO_PROPERTY);
	struct str relation = item ? property_parameter(ics->arena, item->property, "RELTYPE") : STR("");
	if (item && (!relation.len || str_equal_nocase(relation, STR("PARENT"))))
		node_put(ics->arena, map, "part-of", node_text(ics->arena, item->span, plain(ics, item)));
}

static void read_event(struct ics *ics, const struct vevent *vevent, bool of_series)
{
	struct import *import = ics->import;
	const struct item *uid = of_series ? vevent_find(vevent, ICAL_UID_PROPERTY) : NULL;
	struct str name = plain(ics, uid), id = id_of(import, name);
	struct master *master = arena_alloc(ics->arena, sizeof(*master));
	master->map = node_empty(ics->arena, vevent->span, NODE_MAP);
	report_rest(ics, vevent);
	if (!ics_read_times(ics, vevent, master))
		return;
	if (name.len && map_get(&import->by_uid, name)) {
		count_alike(&ics->twice, name, vevent->span);
		return;
	}
	put_texts(ics, vevent, master->map, IN_EVENT);
	put_organizer(ics, vevent, master->map);
	put_state(ics, vevent, master->map, moment_is_date(master->start));
	put_links(ics, vevent, master->map);
	put_alarm(ics, vevent, master->map);
	put_parent(ics, vevent, master->map);
	if (id.len && map_get(&import->taken, id))
		count_alike(&ics->known, id, vevent->span);
	master->imported = import_add(import, master->map, vevent->span, id, master->start.date.year);
	master->imported->uid = name;
	if (name.len)
		map_put(&ics->masters, ics->arena, name, master);
	if (name.len)
		map_put(&import->by_uid, ics->arena, name, master->imported);
	if (!id.len)
		put(ics, master->map, IN_EVENT, "uid", uid, name);
	if (of_series && sequence_of(vevent) > 0)
		put(ics, master->map, IN_EVENT, "sequence", vevent_find(vevent, ICAL_SEQUENCE_PROPERTY),
			str_format(ics->arena, "%d", sequence_of(vevent)));
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
	const struct item *uid = vevent_find(vevent, ICAL_UID_PROPERTY);
	struct master *master = map_get(&ics->masters, plain(ics, uid));
	struct node *map = node_empty(ics->arena, vevent->span, NODE_MAP);
	if (!master || !ics_read_occurrence(ics, vevent, master, map)) {
		ADD(ics->import, MSG_GUESSED_OCCURRENCE, vevent_find(vevent, ICAL_RECURRENCEID_PROPERTY)->span,
			property_plain(ics->arena, vevent_find(vevent, ICAL_RECURRENCEID_PROPERTY)->property));
		read_event(ics, vevent, false);
		return;
	}
	report_rest(ics, vevent);
	put_texts(ics, vevent, map, IN_OVERRIDE);
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
		vevent.items[vevent.count++] = (struct item){property, span};
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
	ics->calendar = calendar;
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
