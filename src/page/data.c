/* What search engines read of an event (schema.org/Event). */
#include "base/arena.h"
#include "page/parts.h"
#include "text/links.h"

#include <string.h>

static void put(json_t *object, const char *name, struct str value)
{
	if (value.len)
		json_object_set_new(object, name, json_stringn(value.ptr, value.len));
}

static json_t *thing(const char *type)
{
	json_t *object = json_object();
	json_object_set_new(object, "@type", json_string(type));
	return object;
}

static json_t *location_of(const struct event *event)
{
	bool online = at_valid(&event->conference->at) && link_leads(event->conference->url.str);
	json_t *place = NULL, *room = NULL;
	if (at_valid(&event->location->at)) {
		place = thing("Place");
		put(place, "name", event->location->str);
		put(place, "address", event->location->str);
	}
	if (online) {
		room = thing("VirtualLocation");
		put(room, "url", event->conference->url.str);
	}
	return place && room ? json_pack("[o, o]", place, room) : place ? place : room;
}

static const char *mode_of(const struct event *event)
{
	bool online = at_valid(&event->conference->at), place = at_valid(&event->location->at);
	return online && place ? "https://schema.org/MixedEventAttendanceMode"
	       : online        ? "https://schema.org/OnlineEventAttendanceMode"
	       : place         ? "https://schema.org/OfflineEventAttendanceMode"
			       : "";
}

static json_t *event_data(const struct pages *pages, const struct showing *showing)
{
	struct arena *arena = pages->arena;
	const struct calendar *calendar = pages->calendar;
	const struct event *event = showing->event;
	const struct registration *registration = event->registration;
	struct str base = published_at(calendar);
	bool moved = showing->of_rule && moment_compare(showing->id, showing->timing.start);
	json_t *data = thing("Event");
	json_object_set_new(data, "@context", json_string("https://schema.org"));
	put(data, "name", event->summary->str);
	put(data, "startDate", start_stamp(arena, &showing->timing));
	put(data, "endDate", end_stamp(arena, &showing->timing));
	json_object_set_new(data, "eventStatus",
		json_string(event_cancelled(event)   ? "https://schema.org/EventCancelled"
			    : event_postponed(event) ? "https://schema.org/EventPostponed"
			    : moved                  ? "https://schema.org/EventRescheduled"
						     : "https://schema.org/EventScheduled"));
	if (moved && !event_cancelled(event) && !event_postponed(event))
		put(data, "previousStartDate",
			moment_is_date(showing->id)
				? date_format(arena, showing->id.date)
				: str_format(arena, "%.*sT%02d:%02d:00", STR_ARG(date_format(arena, showing->id.date)),
					  showing->id.minute / 60, showing->id.minute % 60));
	put(data, "eventAttendanceMode", str_from(mode_of(event)));
	json_t *location = location_of(event);
	if (location)
		json_object_set_new(data, "location", location);
	put(data, "description", description_of(pages, event));
	put(data, "inLanguage", SAY(page_language(calendar, event), "en", "nl"));
	if (base.len)
		put(data, "url",
			str_format(arena, "%.*s/events/%.*s.html", STR_ARG(base), STR_ARG(showing->schedule->id)));
	if (at_valid(&event->image->at))
		put(data, "image", event->image->str);
	json_t *organizer = thing("Organization");
	put(organizer, "name", event->organizer->name.str);
	put(organizer, "email", event->organizer->email.str);
	if (at_valid(&calendar->url.at))
		put(organizer, "url", calendar->url.str);
	json_object_set_new(data, "organizer", organizer);
	if (at_valid(&registration->at) && at_valid(&registration->url.at)) {
		bool full = at_valid(&registration->full.at) && registration->full.value;
		json_t *offer = thing("Offer");
		put(offer, "url", registration->url.str);
		json_object_set_new(offer, "availability",
			json_string(full ? "https://schema.org/SoldOut" : "https://schema.org/InStock"));
		json_object_set_new(data, "offers", offer);
	}
	return data;
}

void data_add(const struct pages *pages, const struct showing *showings, size_t count, struct buffer *out)
{
	json_t *list = json_array();
	for (size_t i = 0; i < count; i++)
		if (!showings[i].over)
			json_array_append_new(list, event_data(pages, &showings[i]));
	size_t size = json_array_size(list);
	if (size)
		html_add_json(out, size == 1 ? json_array_get(list, 0) : list);
	json_decref(list);
}
