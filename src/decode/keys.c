#include "decode/keys.h"

#include "model/calendar.h"
#include "decode/decode.h"

#include <assert.h>
#include <string.h>

static const char *const languages[] = {"nl", "en", NULL};
static const char *const cancelled[] = {"keep", "drop", NULL};
static const char *const statuses[] = {"tentative", "confirmed", "cancelled", NULL};
static const char *const classes[] = {"public", "private", "confidential", NULL};
static const char *const show_as[] = {"free", "tentative", "busy", "away", NULL};
static const char *const priorities[] = {"high", "normal", "low", NULL};

#define OF_CALENDAR(member) offsetof(struct calendar, member)
#define OF_TYPE(member) offsetof(struct type, member)
#define OF_FEED(member) offsetof(struct feed, member)
#define OF_FILE(member) offsetof(struct events_file, member)
#define OF_EVENT(member) offsetof(struct event, member)
#define OF_OVERRIDE(member) offsetof(struct override, member)

/* An event, and what it may get from its file's defaults; TYPED: from its type too; VARIED: differs by occurrence. */
#define SHARED (IN_EVENT | IN_DEFAULTS)
#define TYPED (SHARED | IN_TYPE)
#define VARIED (SHARED | IN_OVERRIDE)

const struct field fields[] = {
	{"name", IN_CALENDAR, IN_CALENDAR, KIND_LINE, OF_CALENDAR(name), NULL, "name: Agenda",
		"The calendar's name, as subscribers see it.", "De naam van de agenda, zoals abonnees die zien."},
	{"domain", IN_CALENDAR, IN_CALENDAR, KIND_DOMAIN, OF_CALENDAR(domain), NULL, "domain: example.org",
		"A host name of yours, the right side of every UID; once published it must never change.",
		"Een hostnaam van uzelf, de rechterkant van elke UID; verander hem nooit meer na publicatie."},
	{"timezone", IN_CALENDAR, IN_CALENDAR, KIND_ZONE, OF_CALENDAR(timezone), NULL, "timezone: Europe/Amsterdam",
		"The IANA zone of all times that name no other.",
		"De IANA-tijdzone van alle tijden die zelf geen zone noemen."},
	{"language", IN_CALENDAR, 0, KIND_CHOICE, OF_CALENDAR(language), languages, "language: nl",
		"The language of the words that evcal adds to texts; en where it is not given.",
		"De taal van de woorden die evcal aan teksten toevoegt: en, als er niets staat."},
	{"description", IN_CALENDAR, 0, KIND_TEXT, OF_CALENDAR(description), NULL, "description: Alle activiteiten",
		"What the calendar is about.", "Waar de agenda over gaat."},
	{"url", IN_CALENDAR, 0, KIND_URL, OF_CALENDAR(url), NULL, "url: https://example.org/agenda",
		"The web page of the calendar.", "De webpagina van de agenda."},
	{"publish-url", IN_CALENDAR, 0, KIND_URL, OF_CALENDAR(publish_url), NULL,
		"publish-url: https://example.org/ics", "The web folder that the exported files are served from.",
		"De webmap waar de geëxporteerde bestanden staan."},
	{"organizer", IN_CALENDAR, IN_CALENDAR, KIND_PERSON, OF_CALENDAR(organizer), NULL,
		"organizer: {name: Programma, email: agenda@example.org}",
		"Who organizes the events that name nobody else.",
		"Wie de activiteiten organiseert die zelf niemand noemen."},
	{"refresh", IN_CALENDAR, 0, KIND_DURATION, OF_CALENDAR(refresh), NULL, "refresh: 12h",
		"How often subscribers should look again; 12h where it is not given.",
		"Hoe vaak abonnees opnieuw moeten kijken; 12h als er niets staat."},
	{"color", IN_CALENDAR, 0, KIND_COLOR, OF_CALENDAR(color), NULL, "color: teal",
		"A CSS3 colour name for the whole calendar.", "Een CSS3-kleurnaam voor de hele agenda."},
	{"cancelled", IN_CALENDAR, 0, KIND_CHOICE, OF_CALENDAR(cancelled), cancelled, "cancelled: keep",
		"keep: a cancelled event stays in the feeds, marked; drop: it leaves them.",
		"keep: wat is afgelast blijft in de feeds, gemarkeerd; drop: het gaat eruit."},
	{"types", IN_CALENDAR, 0, KIND_TYPES, OF_CALENDAR(types), NULL, "types: {workshop: {name: Workshop}}",
		"The types of events, by id.", "De soorten activiteiten, op id."},
	{"feeds", IN_CALENDAR, 0, KIND_FEEDS, OF_CALENDAR(feeds), NULL, "feeds: [{id: alles, name: Alles}]",
		"The feeds to publish; without any there is one, \"calendar\", with every event.",
		"De feeds om te publiceren; zonder is er één, \"calendar\", met alles."},

	{"name", IN_TYPE, IN_TYPE, KIND_CATEGORY, OF_TYPE(name), NULL, "name: Workshop",
		"The type's label, also a category of its events.",
		"De naam van de soort, ook een categorie van de activiteiten."},
	{"required", IN_TYPE, 0, KIND_KEYS, OF_TYPE(required), NULL, "required: [location, registration]",
		"The keys that every event of this type must have.",
		"De sleutels die elke activiteit van deze soort moet hebben."},

	{"id", IN_FEED, IN_FEED, KIND_ID, OF_FEED(id), NULL, "id: workshops", "The file's name, without .ics.",
		"De naam van het bestand, zonder .ics."},
	{"name", IN_FEED, IN_FEED, KIND_LINE, OF_FEED(name), NULL, "name: Workshops",
		"The feed's name, as subscribers see it.", "De naam van de feed, zoals abonnees die zien."},
	{"description", IN_FEED, 0, KIND_TEXT, OF_FEED(description), NULL, "description: Alle workshops",
		"What the feed is about.", "Waar de feed over gaat."},
	{"types", IN_FEED, 0, KIND_LINES, OF_FEED(types), NULL, "types: [workshop]", "Only events of these types.",
		"Alleen activiteiten van deze soorten."},
	{"categories", IN_FEED, 0, KIND_LINES, OF_FEED(categories), NULL, "categories: [online]",
		"Only events with one of these categories.", "Alleen activiteiten met een van deze categorieën."},
	{"from", IN_FEED, 0, KIND_DATE, OF_FEED(from), NULL, "from: 2021-01-01",
		"Only events that are not over before this date.",
		"Alleen activiteiten die niet vóór deze datum voorbij zijn."},
	{"until", IN_FEED, 0, KIND_DATE, OF_FEED(until), NULL, "until: 2021-12-31",
		"Only events that begin on this date or before.",
		"Alleen activiteiten die op of vóór deze datum beginnen."},

	{"defaults", IN_FILE, 0, KIND_DEFAULTS, OF_FILE(defaults), NULL, "defaults: {type: workshop}",
		"Values for every event of this file that does not give its own.",
		"Wat geldt voor elke activiteit in dit bestand die het zelf niet zegt."},
	{"events", IN_FILE, IN_FILE, KIND_EVENTS, OF_FILE(events), NULL, "events:", "The events.", "De activiteiten."},

	{"id", IN_EVENT, IN_EVENT, KIND_ID, OF_EVENT(id), NULL, "id: workshop-2021",
		"Its own word for the event, for ever: the UID and the file are named by it.",
		"Het eigen woord van de activiteit, voorgoed: de UID en het bestand heten ernaar."},
	{"uid", IN_EVENT, 0, KIND_UID, OF_EVENT(uid), NULL, "uid: 1234@example.org",
		"The UID of an event that was published elsewhere before.",
		"De UID van een activiteit die eerder ergens anders is gepubliceerd."},
	{"sequence", IN_EVENT, 0, KIND_NUMBER, OF_EVENT(sequence), NULL, "sequence: 3",
		"The least SEQUENCE to use, for an event that was published elsewhere before.",
		"De laagste SEQUENCE, voor een activiteit die eerder ergens anders is gepubliceerd."},
	{"type", SHARED, 0, KIND_LINE, OF_EVENT(type), NULL, "type: workshop", "One of the types of calendar.yaml.",
		"Een van de soorten in calendar.yaml."},
	{"summary", VARIED, IN_EVENT, KIND_LINE, OF_EVENT(summary), NULL, "summary: Workshop",
		"The title, on one line.", "De titel, op één regel."},
	{"start", VARIED, IN_EVENT, KIND_MOMENT, OF_EVENT(start), NULL, "start: 2021-01-21 14:00",
		"A date for a whole day, or a date and time.", "Een datum voor een hele dag, of een datum en tijd."},
	{"end", VARIED, 0, KIND_ENDING, OF_EVENT(end), NULL, "end: 16:00",
		"A date and time, or a time on the same day; for whole days the last day.",
		"Een datum en tijd, of een tijd op dezelfde dag; bij hele dagen de laatste dag."},
	{"duration", TYPED | IN_OVERRIDE, 0, KIND_DURATION, OF_EVENT(duration), NULL, "duration: 2h",
		"In place of end.", "In plaats van end."},
	{"weekday", SHARED, 0, KIND_WEEKDAY, OF_EVENT(weekday), NULL, "weekday: donderdag",
		"The weekday of start, as a check against slips.",
		"De weekdag van start, als controle op vergissingen."},
	{"timezone", SHARED, 0, KIND_ZONE, OF_EVENT(timezone), NULL, "timezone: Europe/Amsterdam",
		"The IANA zone of this event.", "De IANA-tijdzone van deze activiteit."},
	{"location", TYPED | IN_OVERRIDE, 0, KIND_LINE, OF_EVENT(location), NULL, "location: Den Haag",
		"Where, on one line.", "Waar, op één regel."},
	{"geo", SHARED, 0, KIND_GEO, OF_EVENT(geo), NULL, "geo: [52.0799, 4.3113]", "Latitude and longitude.",
		"Breedtegraad en lengtegraad."},
	{"conference", VARIED, 0, KIND_CONFERENCE, OF_EVENT(conference), NULL, "conference: https://example.org/meet",
		"The web address of the online meeting, or {url, label}.",
		"Het webadres van de online bijeenkomst, of {url, label}."},
	{"url", VARIED, 0, KIND_URL, OF_EVENT(url), NULL, "url: https://example.org/workshop",
		"A web page about the event.", "Een webpagina over de activiteit."},
	{"description", VARIED, 0, KIND_TEXT, OF_EVENT(description), NULL, "description: Voor gemeenten.",
		"What it is about, in Markdown.", "Waar het over gaat, in Markdown."},
	{"html", SHARED, 0, KIND_BOOLEAN, OF_EVENT(html), NULL, "html: true",
		"Whether the description is given as HTML besides.", "Of de omschrijving er ook als HTML bij gaat."},
	{"registration", SHARED, 0, KIND_REGISTRATION, OF_EVENT(registration), NULL,
		"registration: {url: https://example.org/aanmelden}", "How to register: {url, deadline, capacity}.",
		"Hoe men zich aanmeldt: {url, deadline, capacity}."},
	{"categories", TYPED, 0, KIND_CATEGORIES, OF_EVENT(categories), NULL, "categories: [online]",
		"Words to sort and colour by.", "Woorden om op te sorteren en mee te kleuren."},
	{"status", VARIED, 0, KIND_CHOICE, OF_EVENT(status), statuses, "status: confirmed",
		"Whether it is certain, or called off.", "Of het zeker is, of afgelast."},
	{"class", TYPED, 0, KIND_CHOICE, OF_EVENT(class), classes, "class: public", "Who may see it.",
		"Wie het mag zien."},
	{"show-as", TYPED, 0, KIND_CHOICE, OF_EVENT(show_as), show_as, "show-as: free",
		"How it shows in the agenda: whole days are free and timed events busy where it is not given.",
		"Hoe het in de agenda staat: hele dagen vrij en andere bezet als er niets staat."},
	{"priority", SHARED, 0, KIND_CHOICE, OF_EVENT(priority), priorities, "priority: high", "How important it is.",
		"Hoe belangrijk het is."},
	{"color", TYPED, 0, KIND_COLOR, OF_EVENT(color), NULL, "color: teal", "A CSS3 colour name.",
		"Een CSS3-kleurnaam."},
	{"image", SHARED, 0, KIND_URL, OF_EVENT(image), NULL, "image: https://example.org/beeld.png",
		"The web address of a picture.", "Het webadres van een afbeelding."},
	{"attach", SHARED, 0, KIND_URLS, OF_EVENT(attach), NULL, "attach: [https://example.org/programma.pdf]",
		"Web addresses of documents.", "Webadressen van documenten."},
	{"contact", SHARED, 0, KIND_LINE, OF_EVENT(contact), NULL, "contact: agenda@example.org", "Whom to ask.",
		"Bij wie men terechtkan."},
	{"organizer", TYPED, 0, KIND_PERSON, OF_EVENT(organizer), NULL,
		"organizer: {name: Programma, email: agenda@example.org}", "Who organizes it.", "Wie het organiseert."},
	{"reminder", TYPED, 0, KIND_REMINDER, OF_EVENT(reminder), NULL, "reminder: 1h",
		"How long before the start a reminder comes, or none.",
		"Hoe lang voor het begin een herinnering komt, of none."},
	{"rrule", SHARED, 0, KIND_RULE, OF_EVENT(rrule), NULL, "rrule: FREQ=WEEKLY;COUNT=4",
		"How it repeats: a recurrence rule of RFC 5545.", "Hoe het zich herhaalt: een regel van RFC 5545."},
	{"exdate", SHARED, 0, KIND_MOMENTS, OF_EVENT(exdate), NULL, "exdate: [2021-03-16]",
		"The dates of the rule that fall out.", "De data van de regel die uitvallen."},
	{"rdate", SHARED, 0, KIND_MOMENTS, OF_EVENT(rdate), NULL, "rdate: [2021-04-13]",
		"Extra dates; each is published as an event of its own.",
		"Extra data; elk verschijnt als een eigen activiteit."},
	{"overrides", SHARED, 0, KIND_OVERRIDES, OF_EVENT(overrides), NULL,
		"overrides: [{recurrence-id: 2021-03-23, start: 2021-03-24 14:00}]",
		"Occurrences with values of their own.", "Keren met eigen waarden."},

	{"recurrence-id", IN_OVERRIDE, IN_OVERRIDE, KIND_MOMENT, OF_OVERRIDE(recurrence_id), NULL,
		"recurrence-id: 2021-03-23", "The date on which the rule puts the occurrence.",
		"De datum waarop de regel deze keer zet."},
	{"name", IN_PERSON, IN_PERSON, KIND_LINE, offsetof(struct person, name), NULL, "name: Programma",
		"The name that is shown.", "De naam die men ziet."},
	{"email", IN_PERSON, IN_PERSON, KIND_EMAIL, offsetof(struct person, email), NULL, "email: agenda@example.org",
		"The e-mail address.", "Het e-mailadres."},
	{"url", IN_CONFERENCE, IN_CONFERENCE, KIND_URL, offsetof(struct conference, url), NULL,
		"url: https://example.org/meet", "The web address of the online meeting.",
		"Het webadres van de online bijeenkomst."},
	{"label", IN_CONFERENCE, 0, KIND_LINE, offsetof(struct conference, label), NULL, "label: Deelnemen",
		"What the link is called.", "Hoe de link heet."},
	{"url", IN_REGISTRATION, 0, KIND_URL, offsetof(struct registration, url), NULL,
		"url: https://example.org/aanmelden", "The page to register on.", "De pagina om zich aan te melden."},
	{"deadline", IN_REGISTRATION, 0, KIND_MOMENT, offsetof(struct registration, deadline), NULL,
		"deadline: 2021-01-14", "The last day, or the last moment, to register.",
		"De laatste dag, of het laatste moment, om zich aan te melden."},
	{"capacity", IN_REGISTRATION, 0, KIND_COUNT, offsetof(struct registration, capacity), NULL, "capacity: 40",
		"How many can take part.", "Hoeveel mensen mee kunnen doen."},
	{NULL, 0, 0, KIND_LINE, 0, NULL, NULL, NULL, NULL},
};

const struct field *field_find(struct str key, unsigned where)
{
	for (const struct field *field = fields; field->key; field++)
		if ((field->where & where) && key.len && key.ptr[0] == field->key[0] &&
			!strncmp(field->key, key.ptr, key.len) && !field->key[key.len])
			return field;
	return NULL;
}

size_t field_size(enum kind kind)
{
	static const size_t sizes[KIND_COUNT_OF] = {
		[KIND_LINE] = sizeof(struct text),
		[KIND_TEXT] = sizeof(struct text),
		[KIND_ID] = sizeof(struct text),
		[KIND_UID] = sizeof(struct text),
		[KIND_DOMAIN] = sizeof(struct text),
		[KIND_EMAIL] = sizeof(struct text),
		[KIND_URL] = sizeof(struct text),
		[KIND_COLOR] = sizeof(struct text),
		[KIND_CATEGORY] = sizeof(struct text),
		[KIND_LINES] = sizeof(struct texts),
		[KIND_CATEGORIES] = sizeof(struct texts),
		[KIND_KEYS] = sizeof(struct texts),
		[KIND_URLS] = sizeof(struct texts),
		[KIND_DATE] = sizeof(struct when),
		[KIND_MOMENT] = sizeof(struct when),
		[KIND_ENDING] = sizeof(struct when),
		[KIND_DURATION] = sizeof(struct duration_value),
		[KIND_REMINDER] = sizeof(struct duration_value),
		[KIND_ZONE] = sizeof(struct zone_value),
		[KIND_GEO] = sizeof(struct position),
		[KIND_CHOICE] = sizeof(struct choice),
		[KIND_BOOLEAN] = sizeof(struct choice),
		[KIND_COUNT] = sizeof(struct choice),
		[KIND_NUMBER] = sizeof(struct choice),
		[KIND_WEEKDAY] = sizeof(struct choice),
		[KIND_PERSON] = sizeof(struct person),
		[KIND_CONFERENCE] = sizeof(struct conference),
		[KIND_REGISTRATION] = sizeof(struct registration),
		[KIND_TYPES] = sizeof(struct types),
		[KIND_FEEDS] = sizeof(struct feeds),
		[KIND_RULE] = sizeof(struct rule),
		[KIND_MOMENTS] = sizeof(struct moments),
		[KIND_OVERRIDES] = sizeof(struct overrides),
		[KIND_DEFAULTS] = sizeof(struct event),
		[KIND_EVENTS] = sizeof(struct at),
	};
	assert(kind < KIND_COUNT_OF);
	return sizes[kind];
}

const char *where_name(unsigned where)
{
	switch (where) {
	case IN_CALENDAR:
		return "calendar.yaml";
	case IN_TYPE:
		return "a type";
	case IN_FEED:
		return "a feed";
	case IN_FILE:
		return "the top of an events file";
	case IN_DEFAULTS:
		return "\"defaults\"";
	case IN_EVENT:
		return "an event";
	case IN_PERSON:
		return "\"organizer\"";
	case IN_CONFERENCE:
		return "\"conference\"";
	case IN_OVERRIDE:
		return "\"overrides\"";
	default:
		return "\"registration\"";
	}
}
