/* What an event of an iCalendar file says besides when it is, as keys of ours. */
#include "base/arena.h"
#include "ical/property.h"
#include "ical/vevent.h"
#include "import/ics.h"
#include "text/links.h"
#include "text/markdown.h"
#include "text/words.h"

#include <string.h>

struct str ics_plain(struct ics *ics, const struct ics_item *item)
{
	return item ? text_clean(ics->arena, property_plain(ics->arena, item->property)) : STR("");
}

static bool put(struct ics *ics, struct node *map, unsigned where, const char *name, const struct ics_item *item,
	struct str text)
{
	return item && draft_put_text(ics->import, map, where, name, item->span, text);
}

/* The description as Markdown; of HTML alone what it says. */
static void put_description(struct ics *ics, const struct vevent *vevent, struct node *map, unsigned where)
{
	const struct ics_item *item = vevent_find(vevent, ICAL_DESCRIPTION_PROPERTY),
			      *html = vevent_find_x(vevent, "X-ALT-DESC");
	struct str text = ics_plain(ics, item), markdown;
	if (!text.len && html) {
		item = html;
		text = ics_plain(ics, html);
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
	const struct ics_item *item = vevent_find(vevent, ICAL_SUMMARY_PROPERTY);
	const struct ics_item *given = vevent_find(vevent, ICAL_STATUS_PROPERTY);
	struct str summary = text_line(ics->arena, ics_plain(ics, item));
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
	const struct ics_item *item = vevent_find(vevent, ICAL_CONFERENCE_PROPERTY);
	const struct ics_item *place = vevent_find(vevent, ICAL_LOCATION_PROPERTY);
	const struct ics_item *text = vevent_find(vevent, ICAL_DESCRIPTION_PROPERTY);
	struct str location = text_line(ics->arena, ics_plain(ics, place));
	struct str label = item ? property_parameter(ics->arena, item->property, "LABEL") : STR("");
	for (size_t i = 0; !item && i < sizeof(names) / sizeof(*names); i++)
		item = vevent_find_x(vevent, names[i]);
	struct str url = ics_plain(ics, item);
	if (!url.len && (url = meeting_in(location)).len)
		item = place;
	if (!url.len && (url = meeting_in(ics_plain(ics, text))).len)
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
	const struct ics_item *item = vevent_find(vevent, ICAL_ORGANIZER_PROPERTY);
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
	const struct ics_item *first = vevent_find(vevent, kind);
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
	const struct ics_item *class = vevent_find(vevent, ICAL_CLASS_PROPERTY);
	const struct ics_item *priority = vevent_find(vevent, ICAL_PRIORITY_PROPERTY);
	const struct ics_item *transp = vevent_find(vevent, ICAL_TRANSP_PROPERTY);
	const struct ics_item *busy = vevent_find_x(vevent, "X-MICROSOFT-CDO-BUSYSTATUS");
	struct str text = ics_plain(ics, class);
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
		struct str given = ics_plain(ics, busy);
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
	const struct ics_item *geo = vevent_find(vevent, ICAL_GEO_PROPERTY);
	put(ics, map, IN_EVENT, "color", vevent_find(vevent, ICAL_COLOR_PROPERTY),
		ics_plain(ics, vevent_find(vevent, ICAL_COLOR_PROPERTY)));
	put(ics, map, IN_EVENT, "image", vevent_find(vevent, ICAL_IMAGE_PROPERTY),
		ics_plain(ics, vevent_find(vevent, ICAL_IMAGE_PROPERTY)));
	put(ics, map, IN_EVENT, "contact", vevent_find(vevent, ICAL_CONTACT_PROPERTY),
		text_line(ics->arena, ics_plain(ics, vevent_find(vevent, ICAL_CONTACT_PROPERTY))));
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

void ics_put_texts(struct ics *ics, const struct vevent *vevent, struct node *map, unsigned where)
{
	const struct ics_item *url = vevent_find(vevent, ICAL_URL_PROPERTY);
	put_summary(ics, vevent, map, where);
	put_description(ics, vevent, map, where);
	put_place(ics, vevent, map, where);
	put(ics, map, where, "url", url, ics_plain(ics, url));
}

/* The whole that an event is a part of, by UID until all are read. */
static void put_parent(struct ics *ics, const struct vevent *vevent, struct node *map)
{
	const struct ics_item *item = vevent_find(vevent, ICAL_RELATEDTO_PROPERTY);
	struct str relation = item ? property_parameter(ics->arena, item->property, "RELTYPE") : STR("");
	if (item && (!relation.len || str_equal_nocase(relation, STR("PARENT"))))
		node_put(ics->arena, map, "part-of", node_text(ics->arena, item->span, ics_plain(ics, item)));
}

void ics_put_values(struct ics *ics, const struct vevent *vevent, struct node *map, bool all_day)
{
	ics_put_texts(ics, vevent, map, IN_EVENT);
	put_organizer(ics, vevent, map);
	put_state(ics, vevent, map, all_day);
	put_links(ics, vevent, map);
	put_alarm(ics, vevent, map);
	put_parent(ics, vevent, map);
}
