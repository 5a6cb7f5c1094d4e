#include "decode/kinds.h"

#include "base/address.h"
#include "decode/color.h"
#include "decode/keys.h"
#include "decode/patterns.h"
#include "decode/rule.h"
#include "decode/structures.h"
#include "decode/values.h"
#include "decode/values_time.h"
#include "model/calendar.h"
#include "time/limits.h"

#include <limits.h>

/* A text that an editor may take for a number or for true. */
#define ANY_TEXT (AS_STRING | AS_NUMBER | AS_BOOLEAN)

enum { NUMBER_MAXIMUM = 999999999 };

/* How long lists may be: far more than anybody writes by hand, and few enough for each with each (evcal(5)). */
enum { WORDS_MOST = 100, OCCASIONS_MOST = 1000, SELECTORS_MOST = 1000, TYPES_MOST = 1000, FEEDS_MOST = 1000 };

static bool duration_fits_day(const void *value)
{
	const struct duration_value *duration = value;
	return !duration->duration.minutes;
}

static bool ending_fits_day(const void *value)
{
	const struct when *when = value;
	return !when->time_only;
}

const struct value_kind kinds[KINDS] = {
	[KIND_LINE] = {"line", sizeof(struct text), value_line, W("one line of text", "één regel tekst"),
		.types = ANY_TEXT, .pattern = PATTERN_ALONE(PATTERN_LINE_WITHOUT("")), .prose = true},
	[KIND_TEXT] = {"text", sizeof(struct text), value_text,
		W("text without control characters", "tekst zonder stuurtekens"), .types = ANY_TEXT,
		.pattern = "^[^" PATTERN_CONTROL "]*$", .prose = true},
	[KIND_MARKDOWN] = {"markdown", sizeof(struct prose), value_markdown,
		W("text in Markdown without control characters", "tekst in Markdown zonder stuurtekens"),
		.types = ANY_TEXT, .pattern = "^[^" PATTERN_CONTROL "]*$", .prose = true},
	[KIND_ID] = {"id", sizeof(struct text), value_id,
		W("a to z, 0 to 9 and single hyphens, as workshop-2021",
			"a tot en met z, 0 tot en met 9 en losse streepjes, zoals workshop-2021"),
		.types = ANY_TEXT, .pattern = PATTERN_ALONE("[a-z0-9]+(?:-[a-z0-9]+)*"), .longest = ID_MAXIMUM,
		.maximum = INT_MAX},
	[KIND_UID] = {"uid", sizeof(struct text), value_uid,
		W("the UID as it was published, without spaces", "de UID zoals die gepubliceerd is, zonder spaties"),
		.types = ANY_TEXT, .pattern = PATTERN_ALONE("[^ " PATTERN_BREAK PATTERN_CONTROL "]+"),
		.longest = UID_MAXIMUM},
	[KIND_DOMAIN] = {"domain", sizeof(struct text), value_domain,
		W("a host name, as example.org", "een hostnaam, zoals example.org"), .types = ANY_TEXT,
		.pattern = PATTERN_ALONE(PATTERN_LABEL "(?:\\." PATTERN_LABEL ")*"), .longest = HOST_MAXIMUM},
	[KIND_EMAIL] = {"email", sizeof(struct text), value_email,
		W("an address, as name@example.org", "een adres, zoals naam@example.org"), .types = AS_STRING,
		.pattern = PATTERN_ALONE("(?=[^@]{1,64}@)" PATTERN_LOCAL "(?:\\." PATTERN_LOCAL ")*@" PATTERN_LABEL
					 "(?:\\." PATTERN_LABEL ")+"),
		.longest = EMAIL_MAXIMUM},
	[KIND_URL] = {"url", sizeof(struct text), value_url,
		W("a web address that begins with https://", "een webadres dat met https:// begint"),
		.types = AS_STRING, .pattern = PATTERN_ALONE(PATTERN_URL)},
	[KIND_MEETING] = {"meeting", sizeof(struct text), value_meeting,
		W("a web address that begins with https://, or a number as tel:+31701234567",
			"een webadres dat met https:// begint, of een nummer als tel:+31701234567"),
		.types = AS_STRING, .pattern = PATTERN_ALONE(PATTERN_URL "|" PATTERN_TEL)},
	[KIND_PHONE] = {"phone", sizeof(struct text), value_phone,
		W("a telephone number: digits, spaces and + - ( )", "een telefoonnummer: cijfers, spaties en + - ( )"),
		.types = AS_STRING | AS_INTEGER, .pattern = PATTERN_ALONE(PATTERN_PHONE)},
	[KIND_COLOR] = {"color", sizeof(struct text), value_color,
		W("a CSS3 colour name, as teal", "een CSS3-kleurnaam, zoals teal"), .types = AS_STRING,
		.words = color_names, .add_pattern = pattern_color},
	[KIND_CATEGORY] = {"category", sizeof(struct text), value_category,
		W("one line of text without a comma", "één regel tekst zonder komma"), .types = ANY_TEXT,
		.pattern = PATTERN_ALONE(PATTERN_LINE_WITHOUT(","))},
	[KIND_KEY] = {"key", sizeof(struct text), value_key,
		W("a key of events, such as location", "een sleutel van activiteiten, zoals location"),
		.types = AS_STRING},
	[KIND_LINES] = {"lines", sizeof(struct texts), value_texts, W("a list of texts", "een lijst met teksten"),
		BUILT_LIST, KIND_LINE, .most = SELECTORS_MOST},
	[KIND_CATEGORIES] = {"categories", sizeof(struct texts), value_texts,
		W("a list of texts without commas", "een lijst met teksten zonder komma's"), BUILT_LIST, KIND_CATEGORY,
		.most = WORDS_MOST},
	[KIND_KEYS] = {"keys", sizeof(struct texts), value_texts,
		W("a list of keys of events", "een lijst met sleutels van activiteiten"), BUILT_LIST, KIND_KEY,
		.most = WORDS_MOST},
	[KIND_URLS] = {"urls", sizeof(struct texts), value_texts,
		W("a list of web addresses", "een lijst met webadressen"), BUILT_LIST, KIND_URL, .most = WORDS_MOST},

	[KIND_DATE] = {"date", sizeof(struct when), value_date, W("a date as 2021-01-21", "een datum als 2021-01-21"),
		.types = AS_STRING, .pattern = PATTERN_ALONE(PATTERN_DAY)},
	[KIND_MOMENT] = {"moment", sizeof(struct when), value_moment,
		W("a date as 2021-01-21, with a time as 2021-01-21 14:00",
			"een datum als 2021-01-21, met een tijd als 2021-01-21 14:00"),
		.types = AS_STRING, .pattern = PATTERN_ALONE(PATTERN_MOMENT)},
	[KIND_START] = {"start", sizeof(struct when), value_start,
		W("a date as 2021-01-21, with a time as 2021-01-21 14:00, or a month as 2021-10",
			"een datum als 2021-01-21, met een tijd als 2021-01-21 14:00, of een maand als 2021-10"),
		.types = AS_STRING, .pattern = PATTERN_ALONE(PATTERN_MOMENT "|" PATTERN_MONTH)},
	[KIND_ENDING] = {"ending", sizeof(struct when), value_ending,
		W("a date as 2021-01-21, a time as 16:00, or both as 2021-01-21 16:00",
			"een datum als 2021-01-21, een tijd als 16:00, of allebei als 2021-01-21 16:00"),
		.types = AS_STRING, .pattern = PATTERN_ALONE(PATTERN_MOMENT "|" PATTERN_TIME),
		.fits_day = ending_fits_day},
	[KIND_MOMENTS] = {"moments", sizeof(struct moments), value_moments,
		W("a list of dates, with or without a time", "een lijst met datums, met of zonder tijd"), BUILT_LIST,
		KIND_MOMENT, .most = OCCASIONS_MOST},
	[KIND_DURATION] = {"duration", sizeof(struct duration_value), value_duration,
		W("a duration as 2h, 90m, 1h30m, 1d or 2w", "een duur als 2h, 90m, 1h30m, 1d of 2w"),
		.types = AS_STRING, .pattern = PATTERN_ALONE(PATTERN_DURATION), .fits_day = duration_fits_day},
	[KIND_REMINDER] = {"reminder", sizeof(struct duration_value), value_reminder,
		W("how long before the start, as 15m, 2h or 1d, or none",
			"hoe lang voor het begin, zoals 15m, 2h of 1d, of none"),
		.types = AS_STRING, .pattern = PATTERN_ALONE("none|" PATTERN_DURATION)},
	[KIND_ZONE] = {"timezone", sizeof(struct zone_value), value_zone,
		W("a name of the IANA list, as Europe/Amsterdam", "een naam uit de IANA-lijst, zoals Europe/Amsterdam"),
		.types = AS_STRING,
		.pattern = PATTERN_ALONE("(?!(?:posix|right)/)[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*")},
	[KIND_RULE] = {"rule", sizeof(struct rule), value_rule,
		W("a rule of RFC 5545, as FREQ=WEEKLY;BYDAY=TU;COUNT=4",
			"een regel van RFC 5545, zoals FREQ=WEEKLY;BYDAY=TU;COUNT=4"),
		.types = AS_STRING, .add_pattern = pattern_rule, .prose = true, .never = PATTERN_TWO_ENDS,
		.why = W("take COUNT or UNTIL out: both say when the rule ends",
			"haal COUNT of UNTIL weg: allebei zeggen ze wanneer de herhaling eindigt")},
	[KIND_WEEKDAY] = {"weekday", sizeof(struct choice), value_weekday,
		W("the name of a weekday, as donderdag", "de naam van een weekdag, zoals donderdag"),
		.types = AS_STRING, .words = weekday_names, .add_pattern = pattern_weekday},

	[KIND_CHOICE] = {"choice", sizeof(struct choice), value_choice,
		W("one of a few words", "een van een paar woorden"), .types = AS_STRING},
	[KIND_BOOLEAN] = {"boolean", sizeof(struct choice), value_boolean, W("true or false", "true of false"),
		.types = AS_BOOLEAN | AS_STRING, .pattern = PATTERN_ALONE("true|false")},
	[KIND_COUNT] = {"count", sizeof(struct choice), value_number,
		W("a whole number from 1 to 999999999, without a unit",
			"een heel getal van 1 tot en met 999999999, zonder eenheid"),
		.types = AS_INTEGER | AS_STRING, .pattern = PATTERN_ALONE("0*[1-9][0-9]{0,8}"), .minimum = 1,
		.maximum = NUMBER_MAXIMUM},
	[KIND_NUMBER] = {"number", sizeof(struct choice), value_number,
		W("a whole number from 0 to 999999999, without a unit",
			"een heel getal van 0 tot en met 999999999, zonder eenheid"),
		.types = AS_INTEGER | AS_STRING, .pattern = PATTERN_ALONE("[0-9]{1,9}"), .maximum = NUMBER_MAXIMUM},
	[KIND_LATITUDE] = {"latitude", 0, NULL, W("degrees from -90 to 90", "graden van -90 tot en met 90"),
		.types = AS_NUMBER | AS_STRING, .pattern = PATTERN_ALONE(PATTERN_DEGREES("[0-8]?[0-9]", "90")),
		.minimum = -90, .maximum = 90},
	[KIND_LONGITUDE] = {"longitude", 0, NULL, W("degrees from -180 to 180", "graden van -180 tot en met 180"),
		.types = AS_NUMBER | AS_STRING,
		.pattern = PATTERN_ALONE(PATTERN_DEGREES("(?:1[0-7][0-9]|[0-9]?[0-9])", "180")), .minimum = -180,
		.maximum = 180},
	[KIND_GEO] = {"geo", sizeof(struct position), value_geo,
		W("latitude and longitude in degrees, as [52.0799, 4.3113]",
			"breedtegraad en lengtegraad, zoals [52.0799, 4.3113]"),
		BUILT_PAIR, KIND_LATITUDE},

	[KIND_PERSON] = {"person", sizeof(struct person), value_person,
		W("a mapping with a name and an e-mail address", "een naam en een e-mailadres: {name: …, email: …}"),
		BUILT_MAP, .holds = IN_PERSON},
	[KIND_CONFERENCE] = {"conference", sizeof(struct conference), value_conference,
		W("a web address, or a mapping with one and a label",
			"een webadres, of een webadres en hoe de link heet: {url: …, label: …}"),
		BUILT_MAP_OR_ONE, KIND_MEETING, IN_CONFERENCE},
	[KIND_DETAILS] = {"details", sizeof(struct details), value_details,
		W("a mapping of words to lines of text, as {Prijs: gratis}",
			"woorden met een regel tekst erachter, zoals {Prijs: gratis}"),
		BUILT_NAMED, KIND_LINE, .merge = details_merge, .most = WORDS_MOST},
	[KIND_REGISTRATION] = {"registration", sizeof(struct registration), value_registration,
		W("a mapping that says how to register", "sleutels die zeggen hoe men zich aanmeldt"), BUILT_MAP,
		.holds = IN_REGISTRATION},
	[KIND_LINKS] = {"links", sizeof(struct details), value_details,
		W("a mapping of words to web addresses, as {Privacy: https://example.org/privacy}",
			"woorden met een webadres erachter, zoals {Privacy: https://example.org/privacy}"),
		BUILT_NAMED, KIND_URL, .most = WORDS_MOST},
	[KIND_PAGE] = {"page", sizeof(struct page), value_page,
		W("true, or a mapping that says what stands on the pages",
			"true, of sleutels die zeggen wat er op de pagina's staat"),
		BUILT_MAP_OR_ONE, KIND_BOOLEAN, IN_PAGE},
	[KIND_TYPES] = {"types", sizeof(struct types), value_types,
		W("a mapping of ids to types", "het id van elke soort, met de sleutels van die soort eronder"),
		BUILT_NAMED_MAPS, KIND_ID, IN_TYPE, .most = TYPES_MOST},
	[KIND_FEEDS] = {"feeds", sizeof(struct feeds), value_feeds, W("a list of feeds", "een lijst met feeds"),
		BUILT_MAPS, .holds = IN_FEED, .most = FEEDS_MOST},
	[KIND_OVERRIDES] = {"overrides", sizeof(struct overrides), value_overrides,
		W("a list of mappings, each with a recurrence-id",
			"een lijst met uitzonderingen, elk met een recurrence-id"),
		BUILT_MAPS_OR_MAP, .holds = IN_OVERRIDE, .most = OCCASIONS_MOST},
	[KIND_DEFAULTS] = {"defaults", sizeof(struct event), value_mapping,
		W("a mapping of keys of events", "sleutels van activiteiten, met een waarde"), BUILT_MAP,
		.holds = IN_DEFAULTS},
	[KIND_EVENTS] = {"events", sizeof(struct at), value_events, W("a list of events", "een lijst met activiteiten"),
		BUILT_MAPS, .holds = IN_EVENT},
};
