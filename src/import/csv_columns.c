#include "base/arena.h"
#include "decode/columns.h"
#include "import/csv.h"
#include "time/date.h"
#include "time/read.h"

#include <string.h>

/* The row with the names is among so many. */
enum { HEADER_ROWS = 10, PHONE_DIGITS = 9 };

/* As header_squeeze() leaves them. What is not here may be a key, by one of its names (decode/keys.c). */
static const struct {
	const char *name;
	enum use use;
} names[] = {
	{"datum", USE_START},
	{"date", USE_START},
	{"startdatum", USE_START},
	{"startdate", USE_START},
	{"begindatum", USE_START},
	{"van", USE_START},
	{"vanaf", USE_START},
	{"from", USE_START},
	{"begin", USE_START},
	{"start", USE_START},
	{"aanvang", USE_START},
	{"begintijd", USE_START},
	{"starttijd", USE_START},
	{"starttime", USE_START},
	{"aanvangstijd", USE_START},
	{"tijd", USE_START},
	{"tijdstip", USE_START},
	{"time", USE_START},
	{"wanneer", USE_START},
	{"when", USE_START},
	{"tot", USE_END},
	{"totenmet", USE_END},
	{"tm", USE_END},
	{"until", USE_END},
	{"to", USE_END},
	{"eind", USE_END},
	{"einde", USE_END},
	{"end", USE_END},
	{"einddatum", USE_END},
	{"enddate", USE_END},
	{"eindtijd", USE_END},
	{"endtime", USE_END},
	{"alldayevent", USE_ALL_DAY},
	{"allday", USE_ALL_DAY},
	{"heledag", USE_ALL_DAY},
	{"duurtheledag", USE_ALL_DAY},
	{"gebeurtenisdieheledagduurt", USE_ALL_DAY},
	{"zaal", USE_PLACE},
	{"ruimte", USE_PLACE},
	{"gebouw", USE_PLACE},
	{"straat", USE_PLACE},
	{"straatennummer", USE_PLACE},
	{"straatenhuisnummer", USE_PLACE},
	{"postcode", USE_PLACE},
	{"postcodeenplaats", USE_PLACE},
	{"room", USE_PLACE},
	{"street", USE_PLACE},
	{"plaats", USE_PLACE},
	{"plaatsnaam", USE_PLACE},
	{"woonplaats", USE_PLACE},
	{"stad", USE_PLACE},
	{"gemeente", USE_PLACE},
	{"city", USE_PLACE},
	{"town", USE_PLACE},
	{"soort", USE_TYPE},
	{"type", USE_TYPE},
	{"soortactiviteit", USE_TYPE},
	{"status", USE_STATUS},
	{"aanmelden", USE_REGISTRATION},
	{"aanmelding", USE_REGISTRATION},
	{"aanmeldlink", USE_REGISTRATION},
	{"aanmeldenvia", USE_REGISTRATION},
	{"aanmeldenbij", USE_REGISTRATION},
	{"aanmeldadres", USE_REGISTRATION},
	{"inschrijven", USE_REGISTRATION},
	{"inschrijving", USE_REGISTRATION},
	{"inschrijvenvia", USE_REGISTRATION},
	{"opgeven", USE_REGISTRATION},
	{"opgevenvia", USE_REGISTRATION},
	{"opgavevia", USE_REGISTRATION},
	{"registration", USE_REGISTRATION},
	{"register", USE_REGISTRATION},
	{"capaciteit", USE_CAPACITY},
	{"capacity", USE_CAPACITY},
	{"aantalplaatsen", USE_CAPACITY},
	{"aantalplekken", USE_CAPACITY},
	{"maxdeelnemers", USE_CAPACITY},
	{"aanmeldenvoor", USE_DEADLINE},
	{"deadline", USE_DEADLINE},
	{"uiterstedatum", USE_DEADLINE},
	{"uiterlijkaanmelden", USE_DEADLINE},
	{"aanmeldentotenmet", USE_DEADLINE},
	{"aanmeldentm", USE_DEADLINE},
	{"aanmeldentot", USE_DEADLINE},
	{"sluitingsdatum", USE_DEADLINE},
	{"vol", USE_FULL},
	{"volgeboekt", USE_FULL},
	{"full", USE_FULL},
	{"onlinelink", USE_ONLINE},
	{"onlinebijeenkomst", USE_ONLINE},
	{"onlinemeeting", USE_ONLINE},
	{"deelnamelink", USE_ONLINE},
	{"vergaderlink", USE_ONLINE},
	{"zoom", USE_ONLINE},
	{"zoomlink", USE_ONLINE},
	{"teams", USE_ONLINE},
	{"teamslink", USE_ONLINE},
	{"meetinglink", USE_ONLINE},
	{"details", USE_DETAIL},
	{"feeds", USE_LEFT},
	{"organizer", USE_LEFT},
	{"meetingorganizer", USE_LEFT},
	{"organisatorvanvergadering", USE_LEFT},
	{"requiredattendees", USE_LEFT},
	{"optionalattendees", USE_LEFT},
	{"vereistedeelnemers", USE_LEFT},
	{"optioneledeelnemers", USE_LEFT},
	{"deelnemers", USE_LEFT},
	{"genodigden", USE_LEFT},
	{"meetingresources", USE_LEFT},
	{"resourcesvoorvergadering", USE_LEFT},
	{"billinginformation", USE_LEFT},
	{"factuurgegevens", USE_LEFT},
	{"factureringsgegevens", USE_LEFT},
	{"mileage", USE_LEFT},
	{"reisafstand", USE_LEFT},
	{"priority", USE_LEFT},
	{"prioriteit", USE_LEFT},
	{"private", USE_LEFT},
	{"priv\xC3\xA9", USE_LEFT},
	{"sensitivity", USE_LEFT},
	{"gevoeligheid", USE_LEFT},
	{"showtimeas", USE_LEFT},
	{"tijdweergevenals", USE_LEFT},
	{"reminderonoff", USE_LEFT},
	{"reminderdate", USE_LEFT},
	{"remindertime", USE_LEFT},
	{"herinneringaanuit", USE_LEFT},
	{"herinneringsdatum", USE_LEFT},
	{"herinneringstijd", USE_LEFT},
};

/* What Microsoft's and Google's forms put in front of the answers: who filled them in, and when. */
static const char *const forms[] = {"id", "begintijd", "starttime", "tijdvanvoltooien", "voltooiingstijd",
	"completiontime", "tijdstempel", "timestamp", "email", "emailadres", "emailaddress", "naam", "name",
	"laatstgewijzigdetijd", "tijdvanlaatstewijziging", "lastmodifiedtime"};
/* Of these no other table has a column. */
static const char *const form_marks[] = {
	"tijdvanvoltooien", "voltooiingstijd", "completiontime", "tijdstempel", "timestamp"};

static bool is_among(struct str name, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(name, str_from(list[i])))
			return true;
	return false;
}

static enum use use_of(struct str name, const struct key **key)
{
	char room[HEADER_MOST];
	struct str squeezed = header_squeeze(name, room);
	*key = NULL;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_equal(squeezed, str_from(names[i].name)))
			return names[i].use;
	/* What people call a key of the calendar, they call that of an event too. */
	static const unsigned wheres[] = {IN_EVENT, IN_CALENDAR};
	for (size_t i = 0; !*key && squeezed.len && i < sizeof(wheres) / sizeof(*wheres); i++) {
		const struct key *called = key_called(name, wheres[i]);
		if (!called)
			called = key_called(squeezed, wheres[i]);
		*key = called ? key_find(str_from(called->name), IN_EVENT) : NULL;
	}
	if (!*key)
		return USE_NONE;
	if ((*key)->kind == KIND_CONFERENCE)
		return USE_ONLINE;
	return (*key)->kind == KIND_DETAILS ? USE_DETAIL : kinds[(*key)->kind].holds ? USE_NONE : USE_KEY;
}

/* What the name of a column says: "Titel van de activiteit" is what "Titel" is. */
static enum use meaning_of(struct str name, const struct key **key)
{
	static const char *const more[] = {"van", "activiteit", "evenement", "event", "of", "de", "het"};
	enum use use = use_of(name, key);
	size_t end = str_find(name, ' ');
	if (use != USE_NONE || end == name.len)
		return use;
	struct str rest = str_part(name, end + 1, name.len);
	char room[HEADER_MOST];
	struct str next = header_squeeze(str_part(rest, 0, str_find(rest, ' ')), room);
	return is_among(next, more, sizeof(more) / sizeof(*more)) ? use_of(str_part(name, 0, end), key) : USE_NONE;
}

bool table_knows(struct str name)
{
	const struct key *key;
	return meaning_of(name, &key) != USE_NONE;
}

struct cell table_cell(const struct table *table, const struct row *row, size_t column)
{
	(void)table;
	if (column < row->count)
		return row->cells[column];
	return (struct cell){STR(""), {row->span.source, row->span.end, row->span.end}};
}

/* Ten digits or nine that begin as a telephone number does, and are no date. */
static bool has_phone(struct arena *arena, struct str text)
{
	struct moment moment;
	if (verdict_known(moment_read(arena, text, &moment)))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		size_t digits = 0, at = i;
		if (text.ptr[i] != '0' && text.ptr[i] != '+')
			continue;
		for (; at < text.len && strchr("0123456789+-() /.", text.ptr[at]); at++)
			digits += text.ptr[at] >= '0' && text.ptr[at] <= '9';
		if (digits >= PHONE_DIGITS)
			return true;
	}
	return false;
}

/* Whether a column that nobody knows is about people: addresses or numbers in its cells. */
static bool is_about_people(const struct table *table, size_t column)
{
	for (size_t i = table->header + 1; i < table->count; i++) {
		struct str text = table_cell(table, &table->rows[i], column).text;
		if (str_find(text, '@') < text.len || has_phone(table->arena, text))
			return true;
	}
	return false;
}

/* Of a form's answers, the first column of each name that forms give is the form's own. */
static void leave_form(struct table *table)
{
	bool form = false;
	char room[HEADER_MOST], other[HEADER_MOST];
	for (size_t i = 0; i < table->width; i++)
		form |= is_among(header_squeeze(table->columns[i].name.text, room), form_marks,
			sizeof(form_marks) / sizeof(*form_marks));
	for (size_t i = 0; form && i < table->width; i++) {
		struct str name = header_squeeze(table->columns[i].name.text, room);
		bool own = is_among(name, forms, sizeof(forms) / sizeof(*forms));
		for (size_t before = 0; before < i; before++)
			own &= !str_equal(header_squeeze(table->columns[before].name.text, other), name);
		if (own)
			table->columns[i].use = USE_LEFT;
	}
}

/* "Activiteit" is the title where no column says that it is, and else what kind it is. */
static void choose_title(struct table *table)
{
	static const char *const titles[] = {
		"activiteit", "evenement", "bijeenkomst", "wat", "activity", "event", "meeting", "what"};
	const struct key *key = key_find(STR("summary"), IN_EVENT);
	struct heading *title = NULL;
	char room[HEADER_MOST];
	for (size_t i = 0; i < table->width; i++) {
		struct heading *column = &table->columns[i];
		if (column->use == USE_KEY && column->key == key)
			return;
		if (!title && column->use == USE_NONE &&
			is_among(header_squeeze(column->name.text, room), titles, sizeof(titles) / sizeof(*titles)))
			title = column;
	}
	if (title) {
		title->use = USE_KEY;
		title->key = key;
	}
}

/* Names the columns that are left out, and those that everybody will see. */
static void report_columns(const struct table *table)
{
	struct buffer left = {0}, shown = {0};
	struct span left_at = {0}, shown_at = {0};
	for (size_t i = 0; i < table->width; i++) {
		const struct heading *column = &table->columns[i];
		bool leaves = column->use == USE_LEFT;
		struct buffer *list = leaves ? &left : &shown;
		if (!column->name.text.len || (!leaves && column->use != USE_DETAIL))
			continue;
		if (!list->len)
			*(leaves ? &left_at : &shown_at) = column->name.span;
		buffer_format(list, "%s\"%.*s\"", list->len ? ", " : "", STR_ARG(column->name.text));
	}
	if (left.len)
		ADD(table->import, MSG_NOT_IMPORTED_COLUMNS, left_at, buffer_str(&left));
	if (shown.len)
		ADD(table->import, MSG_GUESSED_PUBLIC, shown_at, buffer_str(&shown));
	buffer_free(&left);
	buffer_free(&shown);
}

bool table_find_columns(struct table *table)
{
	size_t most = 0;
	for (size_t i = 0; i < table->count && i < HEADER_ROWS; i++) {
		size_t known = 0;
		for (size_t n = 0; n < table->rows[i].count; n++)
			known += table_knows(table->rows[i].cells[n].text);
		if (known > most) {
			most = known;
			table->header = i;
		}
	}
	if (!most)
		return false;
	const struct row *header = &table->rows[table->header];
	bool starts = false;
	table->width = header->count;
	table->columns = arena_alloc(table->arena, table->width * sizeof(*table->columns));
	for (size_t i = 0; i < table->width; i++) {
		struct heading *column = &table->columns[i];
		column->name = header->cells[i];
		column->use = meaning_of(column->name.text, &column->key);
	}
	leave_form(table);
	choose_title(table);
	for (size_t i = 0; i < table->width; i++) {
		struct heading *column = &table->columns[i];
		starts |= column->use == USE_START;
		if (column->use == USE_NONE)
			column->use = is_about_people(table, i) ? USE_LEFT : USE_DETAIL;
	}
	if (starts)
		report_columns(table);
	return starts;
}
