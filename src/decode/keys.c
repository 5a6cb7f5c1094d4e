#include "decode/keys.h"

#include "base/arena.h"
#include "base/suggest.h"
#include "decode/decoder.h"
#include "model/calendar.h"

#include <assert.h>
#include <string.h>

static const char *const languages[] = {"nl", "en", NULL};
static const char *const cancelled[] = {"keep", "drop", NULL};
static const char *const statuses[] = {"tentative", "confirmed", "postponed", "cancelled", NULL};
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

const struct key keys[] = {
	{"name", IN_CALENDAR, IN_CALENDAR, KIND_LINE, OF_CALENDAR(name), "name: Agenda",
		.doc = W("The calendar's name, as subscribers see it.",
			"De naam van de agenda, zoals abonnees die zien."),
		.also = "naam"},
	{"domain", IN_CALENDAR, IN_CALENDAR, KIND_DOMAIN, OF_CALENDAR(domain), "domain: example.org",
		.doc = W("A host name of yours, the right side of every UID; once published it must never change.",
			"Een eigen hostnaam, de rechterkant van elke UID; verander die na het publiceren nooit meer.")},
	{"timezone", IN_CALENDAR, IN_CALENDAR, KIND_ZONE, OF_CALENDAR(timezone), "timezone: Europe/Amsterdam",
		.doc = W("The IANA zone of all times that name no other.",
			"De IANA-tijdzone van alle tijden die zelf geen zone noemen."),
		.also = "tz zone tijdzone"},
	{"language", IN_CALENDAR, 0, KIND_CHOICE, OF_CALENDAR(language), "language: nl",
		.doc = W("The language of the words that evcal adds to texts; en by default.",
			"De taal van de woorden die evcal aan teksten toevoegt: en, als er niets staat."),
		.words = languages, .also = "taal"},
	{"description", IN_CALENDAR, 0, KIND_TEXT, OF_CALENDAR(description), "description: Alle activiteiten",
		.doc = W("What the calendar is about.", "Waar de agenda over gaat."),
		.also = "omschrijving beschrijving toelichting inhoud text"},
	{"url", IN_CALENDAR, 0, KIND_URL, OF_CALENDAR(url), "url: https://example.org/agenda",
		.doc = W("The web page of the calendar.", "De webpagina van de agenda."), .also = "link website"},
	{"publish-url", IN_CALENDAR, 0, KIND_URL, OF_CALENDAR(publish_url), "publish-url: https://example.org/ics",
		.doc = W("The web folder that the exported files are served from.",
			"De webmap waar de geëxporteerde bestanden staan.")},
	{"organizer", IN_CALENDAR, IN_CALENDAR, KIND_PERSON, OF_CALENDAR(organizer),
		"organizer: {name: Programma, email: agenda@example.org}",
		.doc = W("Who organizes the events that name nobody else.",
			"Wie de activiteiten organiseert die zelf niemand noemen."),
		.also = "organisator organiser"},
	{"refresh", IN_CALENDAR, 0, KIND_DURATION, OF_CALENDAR(refresh), "refresh: 12h",
		.doc = W("How often subscribers should look again; 12h by default.",
			"Hoe vaak abonnees opnieuw moeten kijken; 12h als er niets staat.")},
	{"color", IN_CALENDAR, 0, KIND_COLOR, OF_CALENDAR(color), "color: teal",
		.doc = W("A CSS3 colour name for the whole calendar.", "Een CSS3-kleurnaam voor de hele agenda."),
		.also = "kleur colour"},
	{"rooms", IN_CALENDAR, 0, KIND_LINES, OF_CALENDAR(rooms), "rooms: [Zaal 1]",
		.doc = W("Locations that hold one event at a time.", "Locaties waar één activiteit tegelijk kan zijn."),
		.also = "zalen ruimtes"},
	{"page", IN_CALENDAR, 0, KIND_PAGE, OF_CALENDAR(page), "page: true",
		.doc = W("true: web pages for subscribers are written too; {intro, links} says what stands on them.",
			"true: er komen ook webpagina's voor abonnees; {intro, links} zegt wat erop staat."),
		.also = "pagina website-pagina"},
	{"cancelled", IN_CALENDAR, 0, KIND_CHOICE, OF_CALENDAR(cancelled), "cancelled: keep",
		.doc = W("keep: a cancelled event stays in the feeds, marked; drop: it leaves them.",
			"keep: wat geannuleerd is, blijft in de feeds, gemarkeerd; drop: het gaat eruit."),
		.words = cancelled, .also = "canceled"},
	{"types", IN_CALENDAR, 0, KIND_TYPES, OF_CALENDAR(types), "types: {workshop: {name: Workshop}}",
		.doc = W("The types of events, by id.", "De soorten activiteiten, op id."), .also = "soorten"},
	{"feeds", IN_CALENDAR, 0, KIND_FEEDS, OF_CALENDAR(feeds), "feeds: [{id: alles, name: Alles}]",
		.doc = W("The feeds to publish; without any there is one, \"calendar\", with every event.",
			"De feeds om te publiceren; als er niets staat is er één, \"calendar\", met alles.")},

	{"name", IN_TYPE, IN_TYPE, KIND_CATEGORY, OF_TYPE(name), "name: Workshop",
		.doc = W("The type's label, also a category of its events.",
			"De naam van de soort, ook een categorie van de activiteiten.")},
	{"required", IN_TYPE, 0, KIND_KEYS, OF_TYPE(required), "required: [location, registration]",
		.doc = W("The keys that every event of this type must have.",
			"De sleutels die elke activiteit van deze soort moet hebben."),
		.also = "verplicht"},

	{"id", IN_FEED, IN_FEED, KIND_ID, OF_FEED(id), "id: workshops",
		.doc = W("The file's name, without .ics.", "De naam van het bestand, zonder .ics.")},
	{"name", IN_FEED, IN_FEED, KIND_LINE, OF_FEED(name), "name: Workshops",
		.doc = W("The feed's name, as subscribers see it.", "De naam van de feed, zoals abonnees die zien.")},
	{"description", IN_FEED, 0, KIND_TEXT, OF_FEED(description), "description: Alle workshops",
		.doc = W("What the feed is about.", "Waar de feed over gaat.")},
	{"types", IN_FEED, 0, KIND_LINES, OF_FEED(types), "types: [workshop]",
		.doc = W("Only events of these types.", "Alleen activiteiten van deze soorten."), .flags = KEY_SELECTS},
	{"categories", IN_FEED, 0, KIND_LINES, OF_FEED(categories), "categories: [online]",
		.doc = W("Only events with one of these categories.",
			"Alleen activiteiten met een van deze categorieën."),
		.flags = KEY_SELECTS, .also = "tags category categorie"},
	{"from", IN_FEED, 0, KIND_DATE, OF_FEED(from), "from: 2021-01-01",
		.doc = W("Only events that are not over before this date.",
			"Alleen activiteiten die niet vóór deze datum voorbij zijn."),
		.flags = KEY_SELECTS, .also = "van"},
	{"until", IN_FEED, 0, KIND_DATE, OF_FEED(until), "until: 2021-12-31",
		.doc = W("Only events that begin on this date or before.",
			"Alleen activiteiten die op of vóór deze datum beginnen."),
		.flags = KEY_SELECTS, .also = "tot"},
	{"past", IN_FEED, 0, KIND_DURATION, OF_FEED(past), "past: 4w",
		.doc = W("What has been over for longer than this leaves the feed.",
			"Wat langer dan dit voorbij is, verdwijnt uit de feed."),
		.flags = KEY_SELECTS},

	{"defaults", IN_FILE, 0, KIND_DEFAULTS, OF_FILE(defaults), "defaults: {type: workshop}",
		.doc = W("Values for every event of this file that does not give its own.",
			"Wat geldt voor elke activiteit in dit bestand die het zelf niet zegt.")},
	{"events", IN_FILE, IN_FILE, KIND_EVENTS, OF_FILE(events), "events:", W("The events.", "De activiteiten."),
		.flags = KEY_MAY_BE_EMPTY, .also = "evenementen activiteiten"},

	{"id", IN_EVENT, IN_EVENT, KIND_ID, OF_EVENT(id), "id: workshop-2021",
		.doc = W("Your own name for the event, never to be changed: its UID and its file are named after it.",
			"Een eigen naam voor de activiteit; verander die nooit: de UID en het bestand heten ernaar."),
		.flags = KEY_COMPLETES},
	{"uid", IN_EVENT, 0, KIND_UID, OF_EVENT(uid), "uid: 1234@example.org",
		.doc = W("The UID of an event that was published elsewhere before.",
			"De UID van een activiteit die eerder ergens anders is gepubliceerd."),
		.flags = KEY_UNCOMPARED, .property = "UID"},
	{"sequence", IN_EVENT, 0, KIND_NUMBER, OF_EVENT(sequence), "sequence: 3",
		.doc = W("The lowest SEQUENCE to use, for an event that was published elsewhere before.",
			"De laagste SEQUENCE, voor een activiteit die eerder ergens anders is gepubliceerd."),
		.flags = KEY_UNCOMPARED, .property = "SEQUENCE"},
	{"type", SHARED, 0, KIND_LINE, OF_EVENT(type), "type: workshop",
		.doc = W("One of the types of calendar.yaml.", "Een van de soorten in calendar.yaml."),
		.also = "soort"},
	{"summary", VARIED, IN_EVENT, KIND_LINE, OF_EVENT(summary), "summary: Workshop",
		.doc = W("The title, on one line.", "De titel, op één regel."), .flags = KEY_COMPLETES,
		.property = "SUMMARY", .also = "title titel naam name onderwerp subject samenvatting"},
	{"draft", SHARED, 0, KIND_BOOLEAN, OF_EVENT(draft), "draft: false",
		.doc = W("true: it is checked, but not published yet, and nobody is invited.",
			"true: de activiteit wordt nagekeken, maar nog niet gepubliceerd, en niemand wordt "
			"uitgenodigd."),
		.also = "concept klad"},
	{"start", SHARED, IN_EVENT, KIND_START, OF_EVENT(start), "start: 2021-01-21 14:00",
		.doc = W("A date for a whole day, a date and time, or a month as 2021-10 while the day is not known.",
			"Een datum voor een hele dag, een datum en tijd, of een maand als 2021-10 zolang de dag niet "
			"bekend is."),
		.flags = KEY_SCHEDULES | KEY_NOT_OF_OCCURRENCE | KEY_COMPLETES, .property = "DTSTART",
		.also = "date datum begin dtstart tijd time start-date start-time startdatum starttijd begindatum "
			"begintijd"},
	{"start", IN_OVERRIDE, 0, KIND_MOMENT, OF_EVENT(start), "start: 2021-01-21 14:00",
		.doc = W("Another date, or another date and time.", "Een andere datum, of een andere datum en tijd."),
		.flags = KEY_SCHEDULES | KEY_NOT_OF_OCCURRENCE, .property = "DTSTART"},
	{"end", VARIED, 0, KIND_ENDING, OF_EVENT(end), "end: 16:00",
		.doc = W("A date and time, or a time on the same day; for whole days the last day.",
			"Een datum en tijd, of een tijd op dezelfde dag; bij hele dagen de laatste dag."),
		.flags = KEY_SCHEDULES | KEY_ENDS | KEY_NOT_OF_OCCURRENCE | KEY_NEEDS_DAY | KEY_COMPLETES,
		.property = "DTEND", .also = "dtend einde eind end-date end-time einddatum eindtijd"},
	{"duration", TYPED | IN_OVERRIDE, 0, KIND_DURATION, OF_EVENT(duration), "duration: 2h",
		.doc = W("Instead of end.", "In plaats van end."),
		.flags = KEY_SCHEDULES | KEY_ENDS | KEY_NOT_OF_OCCURRENCE | KEY_NEEDS_DAY | KEY_COMPLETES,
		.property = "DTEND", .also = "duur"},
	{"weekday", SHARED, 0, KIND_WEEKDAY, OF_EVENT(weekday), "weekday: donderdag",
		.doc = W("The weekday of start, as a check against mistakes.",
			"De weekdag van start, als controle op vergissingen."),
		.flags = KEY_NOT_OF_OCCURRENCE | KEY_NEEDS_DAY, .also = "dag"},
	{"timezone", SHARED, 0, KIND_ZONE, OF_EVENT(timezone), "timezone: Europe/Amsterdam",
		.doc = W("The IANA zone of this event.", "De IANA-tijdzone van deze activiteit.")},
	{"location", TYPED | IN_OVERRIDE, 0, KIND_LINE, OF_EVENT(location), "location: Den Haag",
		.doc = W("Where, on one line.", "Waar, op één regel."), .flags = KEY_SCHEDULES, .property = "LOCATION",
		.also = "plaats place locatie where waar adres address"},
	{"geo", SHARED, 0, KIND_GEO, OF_EVENT(geo), "geo: [52.0799, 4.3113]",
		.doc = W("Latitude and longitude.", "Breedtegraad en lengtegraad."), .flags = KEY_SCHEDULES,
		.property = "GEO"},
	{"conference", VARIED, 0, KIND_CONFERENCE, OF_EVENT(conference), "conference: https://example.org/meet",
		.doc = W("The web address of the online meeting, or {url, label}.",
			"Het webadres van de online bijeenkomst, of {url, label}."),
		.flags = KEY_SCHEDULES, .property = "CONFERENCE", .also = "online meeting"},
	{"url", VARIED, 0, KIND_URL, OF_EVENT(url), "url: https://example.org/workshop",
		.doc = W("A web page about the event.", "Een webpagina over de activiteit."), .property = "URL"},
	{"description", VARIED, 0, KIND_MARKDOWN, OF_EVENT(description), "description: Voor gemeenten.",
		.doc = W("What it is about, in Markdown.", "Waar het over gaat, in Markdown."),
		.property = "DESCRIPTION"},
	{"html", SHARED, 0, KIND_BOOLEAN, OF_EVENT(html), "html: true",
		.doc = W("true: the description is given as HTML too.", "true: de omschrijving is er ook als HTML."),
		.property = "X-ALT-DESC"},
	{"registration", SHARED, 0, KIND_REGISTRATION, OF_EVENT(registration),
		"registration: {url: https://example.org/aanmelden}",
		.doc = W("How to register: {url, email, phone, deadline, capacity, full}, one of the first three at "
			 "least.",
			"Hoe men zich aanmeldt: {url, email, phone, deadline, capacity, full}, ten minste een van de "
			"eerste "
			"drie."),
		.also = "aanmelden aanmelding inschrijven"},
	{"details", TYPED, 0, KIND_DETAILS, OF_EVENT(details), "details: {Prijs: gratis}",
		.doc = W("Lines of the description, a label and its text each.",
			"Regels in de omschrijving: telkens een woord en wat erbij hoort."),
		.also = "gegevens prijs doelgroep"},
	{"part-of", SHARED, 0, KIND_ID, OF_EVENT(part_of), "part-of: congres-2021",
		.doc = W("The id of the event that this one belongs to.",
			"Het id van de activiteit waar deze bij hoort."),
		.property = "RELATED-TO", .also = "parent hoort-bij onderdeel-van"},
	{"language", TYPED, 0, KIND_CHOICE, OF_EVENT(language), "language: en",
		.doc = W("The language of its texts, and of the words that evcal adds to them.",
			"De taal van de teksten, en van de woorden die evcal eraan toevoegt."),
		.words = languages, .also = "taal"},
	{"categories", TYPED, 0, KIND_CATEGORIES, OF_EVENT(categories), "categories: [online]",
		.doc = W("Words to sort and colour by.", "Woorden om op te sorteren en mee te kleuren."),
		.flags = KEY_COMPLETES, .property = "CATEGORIES",
		.also = "categorie categorieen categorieën category tag tags"},
	{"add-categories", IN_EVENT, 0, KIND_CATEGORIES, OF_EVENT(add_categories), "add-categories: [online]",
		.doc = W("Categories besides those of the file or the type.",
			"Categorieën naast die van het bestand of de soort."),
		.flags = KEY_COMPLETES},
	{"status", VARIED, 0, KIND_CHOICE, OF_EVENT(status), "status: confirmed",
		.doc = W("Certain or not, postponed or cancelled: the last two stay, marked as such, and take no time.",
			"Of het zeker is, uitgesteld of geannuleerd: dan blijft de activiteit staan, gemarkeerd, en "
			"kost "
			"die geen tijd."),
		.flags = KEY_SCHEDULES, .words = statuses, .property = "STATUS"},
	{"class", TYPED, 0, KIND_CHOICE, OF_EVENT(class), "class: public", W("Who may see it.", "Wie het mag zien."),
		.words = classes, .property = "CLASS"},
	{"show-as", TYPED, 0, KIND_CHOICE, OF_EVENT(show_as), "show-as: free",
		.doc = W("How it shows in the agenda: by default whole days are free and timed events busy.",
			"Hoe het in de agenda staat: hele dagen vrij en andere bezet als er niets staat."),
		.words = show_as, .property = "TRANSP", .also = "busy"},
	{"priority", SHARED, 0, KIND_CHOICE, OF_EVENT(priority), "priority: high",
		.doc = W("How important it is.", "Hoe belangrijk het is."), .words = priorities, .property = "PRIORITY",
		.also = "prioriteit"},
	{"color", TYPED, 0, KIND_COLOR, OF_EVENT(color), "color: teal", W("A CSS3 colour name.", "Een CSS3-kleurnaam."),
		.property = "COLOR"},
	{"image", SHARED, 0, KIND_URL, OF_EVENT(image), "image: https://example.org/beeld.png",
		.doc = W("The web address of a picture.", "Het webadres van een afbeelding."), .property = "IMAGE",
		.also = "afbeelding"},
	{"attach", SHARED, 0, KIND_URLS, OF_EVENT(attach), "attach: [https://example.org/programma.pdf]",
		.doc = W("Web addresses of documents.", "Webadressen van documenten."), .property = "ATTACH",
		.also = "bijlage attachment attachments"},
	{"contact", SHARED, 0, KIND_LINE, OF_EVENT(contact), "contact: agenda@example.org",
		.doc = W("Whom to ask.", "Bij wie men terechtkan."), .property = "CONTACT",
		.also = "contactpersoon contactpersonen contact-person inlichtingen"},
	{"organizer", TYPED, 0, KIND_PERSON, OF_EVENT(organizer),
		"organizer: {name: Programma, email: agenda@example.org}",
		.doc = W("Who organizes it.", "Wie het organiseert."), .property = "ORGANIZER"},
	{"reminder", TYPED, 0, KIND_REMINDER, OF_EVENT(reminder), "reminder: 1h",
		.doc = W("How long before the start a reminder comes, or none.",
			"Hoe lang voor het begin een herinnering komt, of none."),
		.also = "herinnering alarm"},
	{"rrule", SHARED, 0, KIND_RULE, OF_EVENT(rrule), "rrule: FREQ=WEEKLY;BYDAY=TU,TH;COUNT=20",
		.doc = W("How it repeats: a recurrence rule of RFC 5545.",
			"Hoe het zich herhaalt, als een regel van RFC 5545."),
		.flags = KEY_SCHEDULES | KEY_NOT_OF_OCCURRENCE | KEY_NEEDS_DAY, .property = "RRULE",
		.also = "repeat recurrence herhaling herhalen"},
	{"exdate", SHARED, 0, KIND_MOMENTS, OF_EVENT(exdate), "exdate: [2021-03-16]",
		.doc = W("Dates of the rule on which it does not take place.",
			"Datums van de herhaling waarop het niet doorgaat."),
		.flags = KEY_SCHEDULES | KEY_NEEDS_RULE | KEY_NOT_OF_OCCURRENCE | KEY_NEEDS_DAY, .property = "EXDATE",
		.also = "except uitzonderingen"},
	{"rdate", SHARED, 0, KIND_MOMENTS, OF_EVENT(rdate), "rdate: [2021-04-13]",
		.doc = W("Extra dates; each is published as an event of its own.",
			"Extra datums; elk verschijnt als een eigen activiteit."),
		.flags = KEY_NOT_OF_OCCURRENCE | KEY_NEEDS_DAY | KEY_COMPLETES},
	{"overrides", SHARED, 0, KIND_OVERRIDES, OF_EVENT(overrides),
		"overrides: [{recurrence-id: 2021-03-23, start: 2021-03-24 14:00}]",
		.doc = W("Dates of rrule or rdate with values of their own.",
			"Uitzonderingen: datums van rrule of rdate met eigen waarden."),
		.flags = KEY_NEEDS_RULE | KEY_NOT_OF_OCCURRENCE | KEY_NEEDS_DAY},

	{"recurrence-id", IN_OVERRIDE, IN_OVERRIDE, KIND_MOMENT, OF_OVERRIDE(recurrence_id),
		"recurrence-id: 2021-03-23",
		.doc = W("The date of the rule, or of rdate, that this is about.",
			"De datum van de herhaling, of van rdate, waar dit over gaat."),
		.flags = KEY_SCHEDULES, .property = "RECURRENCE-ID"},
	{"name", IN_PERSON, IN_PERSON, KIND_LINE, offsetof(struct person, name), "name: Programma",
		.doc = W("The name that is shown.", "De naam die men ziet.")},
	{"email", IN_PERSON, IN_PERSON, KIND_EMAIL, offsetof(struct person, email), "email: agenda@example.org",
		.doc = W("The e-mail address.", "Het e-mailadres."), .also = "mail e-mail"},
	{"url", IN_CONFERENCE, IN_CONFERENCE, KIND_MEETING, offsetof(struct conference, url),
		"url: https://example.org/meet",
		.doc = W("The web address of the online meeting.", "Het webadres van de online bijeenkomst.")},
	{"label", IN_CONFERENCE, 0, KIND_LINE, offsetof(struct conference, label), "label: Deelnemen",
		.doc = W("What the link is called.", "Hoe de link heet.")},
	{"url", IN_REGISTRATION, 0, KIND_URL, offsetof(struct registration, url), "url: https://example.org/aanmelden",
		.doc = W("The page to register on.", "De pagina om zich aan te melden."), .flags = KEY_ONE_OF},
	{"email", IN_REGISTRATION, 0, KIND_EMAIL, offsetof(struct registration, email), "email: agenda@example.org",
		.doc = W("The address to register at.", "Het e-mailadres om zich aan te melden."), .flags = KEY_ONE_OF,
		.also = "mail e-mail"},
	{"phone", IN_REGISTRATION, 0, KIND_PHONE, offsetof(struct registration, phone), "phone: 070 123 45 67",
		.doc = W("The number to call to register.", "Het telefoonnummer om zich aan te melden."),
		.flags = KEY_ONE_OF, .also = "tel telefoon telefoonnummer"},
	{"deadline", IN_REGISTRATION, 0, KIND_MOMENT, offsetof(struct registration, deadline), "deadline: 2021-01-14",
		.doc = W("The last day, or the last moment, to register.",
			"De laatste dag, of het laatste moment, om zich aan te melden.")},
	{"capacity", IN_REGISTRATION, 0, KIND_COUNT, offsetof(struct registration, capacity), "capacity: 40",
		.doc = W("How many can take part.", "Hoeveel mensen mee kunnen doen."),
		.also = "capaciteit plaatsen aantal-plaatsen aantal-plekken plekken maximum max-deelnemers"},
	{"full", IN_REGISTRATION, 0, KIND_BOOLEAN, offsetof(struct registration, full), "full: true",
		.doc = W("true: no places are left.", "true: er zijn geen plaatsen meer."), .also = "vol volgeboekt"},
	{"intro", IN_PAGE, 0, KIND_MARKDOWN, offsetof(struct page, intro), "intro: Welkom bij de agenda.",
		.doc = W("What stands at the top of the first page, in Markdown.",
			"Wat er bovenaan de eerste pagina staat, in Markdown."),
		.also = "inleiding introductie"},
	{"links", IN_PAGE, 0, KIND_LINKS, offsetof(struct page, links), "links: {Privacy: https://example.org/privacy}",
		.doc = W("Links at the foot of every page: a label and a web address each.",
			"Links onderaan elke pagina: telkens een woord en een webadres."),
		.also = "koppelingen"},
	{.name = NULL},
};

const struct mapping mappings[] = {
	{IN_EVENT, "event", W("an event", "een activiteit")},
	{IN_CALENDAR, "calendar", W("calendar.yaml", "calendar.yaml")},
	{IN_TYPE, "type", W("a type", "een soort")},
	{IN_FEED, "feed", W("a feed", "een feed")},
	{IN_FILE, "file", W("the top of an events file", "de bovenste laag van een bestand met activiteiten")},
	{IN_DEFAULTS, "defaults", W("\"defaults\"", "\"defaults\"")},
	{IN_OVERRIDE, "override", W("\"overrides\"", "\"overrides\"")},
	{IN_PERSON, "person", W("\"organizer\"", "\"organizer\"")},
	{IN_CONFERENCE, "conference", W("\"conference\"", "\"conference\"")},
	{IN_REGISTRATION, "registration", W("\"registration\"", "\"registration\"")},
	{IN_PAGE, "page", W("\"page\"", "\"page\"")},
	{0, NULL, W(NULL, NULL)},
};

const struct mapping *mapping_of(unsigned where)
{
	const struct mapping *mapping = mappings;
	while (!(mapping->where & where)) {
		mapping++;
		assert(mapping->where);
	}
	return mapping;
}

const struct key *key_find(struct str name, unsigned where)
{
	for (const struct key *key = keys; key->name; key++)
		if ((key->where & where) && name.len && name.ptr[0] == key->name[0] &&
			!strncmp(key->name, name.ptr, name.len) && !key->name[name.len])
			return key;
	return NULL;
}

/* True if a word is one of a list with spaces between; "start_date" and "start date" are "start-date". */
static bool is_among(struct str word, const char *list)
{
	struct str rest = str_from(list);
	while (rest.len) {
		struct str known = str_part(rest, 0, str_find(rest, ' '));
		size_t same = 0;
		while (same < word.len && same < known.len &&
			(ascii_lower(word.ptr[same]) == known.ptr[same] ||
				(known.ptr[same] == '-' && strchr("_ ", word.ptr[same]))))
			same++;
		if (same == word.len && same == known.len)
			return true;
		rest = str_trim(str_part(rest, known.len, rest.len));
	}
	return false;
}

const struct key *key_called(struct str name, unsigned where)
{
	const struct key *found = key_find(name, where);
	for (const struct key *key = keys; key->name && !found; key++)
		if ((key->where & where) && is_among(name, key->also))
			found = key;
	return found;
}

const struct key *key_meant(struct str word, unsigned where, bool *sure)
{
	struct suggestion near = {0};
	*sure = true;
	/* First what people call it: "recurrence" is two letters from "sequence", and has nothing to do with it. */
	for (const struct key *key = keys; key->name; key++) {
		const struct key *meant = is_among(word, key->also) ? key_find(str_from(key->name), where) : NULL;
		if (meant)
			return meant;
	}
	for (const struct key *key = keys; key->name; key++)
		if (key->where & where)
			suggest(&near, word, str_from(key->name));
	*sure = near.sure;
	return key_find(near.best, where);
}

const struct key *key_of_property(struct str property)
{
	for (const struct key *key = keys; key->name; key++)
		if (key->property && str_equal(property, str_from(key->property)))
			return key;
	return NULL;
}

struct at *key_room(const struct key *key, struct arena *arena, void *mapping)
{
	if (!key_points(key))
		return (struct at *)((char *)mapping + key->offset);
	struct at *value = arena_alloc(arena, kinds[key->kind].size);
	key_point(key, mapping, value);
	return value;
}

void event_open(struct event *event)
{
	/* As large as any value. */
	static const union {
		struct at at;
		struct registration registration;
		max_align_t align;
	} absent;
	const void *none = &absent;
	for (size_t at = offsetof(struct event, id); at < sizeof(*event); at += sizeof(none))
		memcpy((char *)event + at, &none, sizeof(none));
}

const struct key *key_first_required(unsigned where)
{
	const struct key *key = keys;
	while (!(key->required & where)) {
		key++;
		assert(key->name);
	}
	return key;
}
