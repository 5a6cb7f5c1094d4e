#include "decode/attendees.h"

#include "base/address.h"
#include "base/arena.h"
#include "base/punycode.h"
#include "base/suggest.h"
#include "decode/columns.h"
#include "input/csv.h"
#include "input/encoding.h"

#include <string.h>

/* Rows above the names of columns; columns of which it is known whether they hold addresses; rows of one mistake that
 * are each a finding, and that are named in one. */
enum { TITLES_MOST = 10, SURVEYED_MOST = 64, ALIKE_MOST = 10, ALIKE_NAMED = 20, MISTAKES_MOST = 16 };

/* What a first look at all rows tells. */
struct survey {
	size_t rows, header;             /* the row, from 0, that names a column of addresses; SIZE_MAX: none does */
	size_t addresses[SURVEYED_MOST]; /* in how many rows below it a column holds one */
};

/* A mistake, and the rows that have it. */
struct mistake {
	enum message message;
	size_t count, finding; /* finding: the number of the first */
	struct span spans[ALIKE_NAMED];
	struct inserts words[ALIKE_MOST];
};

/* What is known of a CSV file while its rows come. */
struct reading {
	struct attendees *attendees;
	struct findings *findings;
	struct survey survey;
	size_t row;
	struct mistake mistakes[MISTAKES_MOST];
	size_t mistake_count;
	const struct cell *names; /* the first row's */
	size_t width;             /* how many; 0 before it is read */
	struct span header;
	char separator;
	const struct header *known[COLUMN_COUNT]; /* which name a column has; NULL: there is none */
	size_t at[COLUMN_COUNT];                  /* and where it is */
	bool people;                              /* a row below the first was there */
	bool failed;
};

static struct inserts keep_words(struct arena *arena, struct inserts words)
{
	struct str *kept = arena_alloc(arena, (words.count + 1) * sizeof(*kept));
	for (size_t i = 0; i < words.count; i++)
		kept[i] = str_copy(arena, words.items[i]);
	return (struct inserts){kept, words.count};
}

/* Adds a mistake of a row. What many rows have is added at the end, by add_alike(). */
static size_t add_mistake(struct reading *reading, enum message message, struct span span, struct inserts words)
{
	struct arena *arena = reading->findings->arena;
	size_t at = 0;
	while (at < reading->mistake_count && reading->mistakes[at].message != message)
		at++;
	if (at == MISTAKES_MOST)
		return finding_add(reading->findings, message, span, words);
	struct mistake *mistake = &reading->mistakes[at];
	if (at == reading->mistake_count) {
		reading->mistake_count++;
		mistake->message = message;
		mistake->finding = finding_add(reading->findings, message, span, words);
	}
	if (mistake->count < ALIKE_NAMED)
		mistake->spans[mistake->count] = span;
	if (mistake->count < ALIKE_MOST)
		mistake->words[mistake->count] = keep_words(arena, words);
	mistake->count++;
	return mistake->finding;
}

static size_t add_error(struct reading *reading, enum message message, struct span span, struct inserts words)
{
	reading->failed = true;
	return add_mistake(reading, message, span, words);
}

/* The rest of the rows with a mistake: each by itself, or, if they are many, in the finding of the first. */
static void add_alike(struct reading *reading)
{
	struct findings *findings = reading->findings;
	for (size_t i = 0; i < reading->mistake_count; i++) {
		struct mistake *mistake = &reading->mistakes[i];
		for (size_t n = 1; mistake->count <= ALIKE_MOST && n < mistake->count; n++)
			finding_add(findings, mistake->message, mistake->spans[n], mistake->words[n]);
		if (mistake->count <= ALIKE_MOST)
			continue;
		struct buffer lines = {0};
		for (size_t n = 1; n < mistake->count && n < ALIKE_NAMED; n++)
			buffer_format(&lines, "%s%u", n > 1 ? ", " : "",
				source_place(findings->sources, mistake->spans[n]).line);
		if (mistake->count > ALIKE_NAMED)
			buffer_add(&lines, STR(", …"));
		finding_extend(findings, mistake->finding,
			str_format(findings->arena,
				LOCAL("; so it is in %zu rows: also in lines %.*s",
					"; zo staat het in %zu rijen: ook in regel %.*s"),
				mistake->count, STR_ARG(buffer_str(&lines))));
		buffer_free(&lines);
	}
}

static bool is_header(struct str text)
{
	return header_find(text) != NULL;
}

/* The column that looks most like one of addresses: it says "mail", or nearly one of their names; or NULL. */
static const struct cell *near_email(const struct reading *reading)
{
	const struct cell *nearest = NULL;
	size_t distance = 0;
	for (size_t i = 0; i < reading->width; i++) {
		char room[HEADER_MOST];
		struct str name = header_squeeze(reading->names[i].text, room);
		for (size_t at = 0; at + 4 <= name.len; at++)
			if (str_equal(str_part(name, at, at + 4), STR("mail")))
				return &reading->names[i];
		struct suggestion near = {0};
		for (size_t n = 0; headers[n].name; n++)
			if (headers[n].column == COLUMN_EMAIL)
				suggest(&near, name, str_from(headers[n].name));
		if (near.best.len && !is_header(reading->names[i].text) && (!nearest || near.distance < distance)) {
			nearest = &reading->names[i];
			distance = near.distance;
		}
	}
	return nearest;
}

/* The cell of a row that holds an address, or NULL. */
static const struct cell *find_address(const struct cell *cells, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (address_is_email(cells[i].text))
			return &cells[i];
	return NULL;
}

/* A row of names that fits a first row in which people stand already: "naam;e-mail". */
static struct str missing_header(const struct reading *reading, const struct cell *address)
{
	struct buffer out = {0};
	const struct cell *name = address == reading->names ? address + 1 : reading->names;
	for (size_t i = 0; i < reading->width; i++) {
		const struct cell *cell = &reading->names[i];
		if (i)
			buffer_byte(&out, reading->separator);
		buffer_add(&out, cell == address ? STR("e-mail") : cell == name ? STR("naam") : STR(""));
	}
	struct str row = str_copy(reading->findings->arena, buffer_str(&out));
	buffer_free(&out);
	return row;
}

static struct str list_columns(const struct reading *reading)
{
	struct buffer out = {0};
	for (size_t i = 0; i < reading->width; i++)
		if (reading->names[i].text.len)
			buffer_format(&out, "%s\"%.*s\"", out.len ? ", " : "", STR_ARG(reading->names[i].text));
	struct str list = str_copy(reading->findings->arena, buffer_str(&out));
	buffer_free(&out);
	return list;
}

/* No column has the name of one of addresses; row is the first below the names, or NULL where there is none. */
static void add_no_email(struct reading *reading, const struct row *row)
{
	const struct cell *address = find_address(reading->names, reading->width);
	if (address) {
		struct str above = missing_header(reading, address);
		add_error(reading, MSG_BAD_CSV_NO_HEADER, address->span, WORDS(above));
		return;
	}
	const struct cell *near = near_email(reading);
	const struct cell *below = row ? find_address(row->cells, row->count) : NULL;
	if (below && (size_t)(below - row->cells) < reading->width)
		near = &reading->names[below - row->cells];
	if (near && near->text.len)
		add_error(reading, MSG_BAD_CSV_NO_EMAIL_NEAR, near->span, WORDS(list_columns(reading), near->text));
	else
		add_error(reading, MSG_BAD_CSV_NO_EMAIL, reading->header, WORDS(list_columns(reading)));
}

/* In how many rows a column holds an address. */
static size_t addresses_in(const struct reading *reading, size_t column)
{
	return column < SURVEYED_MOST ? reading->survey.addresses[column] : 0;
}

/* Finds the columns. False: two of addresses, so that nothing can be said of the rows. */
static bool read_header(struct reading *reading, const struct row *row)
{
	struct cell *names = arena_alloc(reading->findings->arena, row->count * sizeof(*names));
	memcpy(names, row->cells, row->count * sizeof(*names));
	reading->names = names;
	reading->width = row->count;
	reading->header = row->span;
	reading->separator = row->separator;
	for (size_t i = 0; i < row->count; i++) {
		const struct header *header = header_find(names[i].text);
		if (!header)
			continue;
		const struct header **known = &reading->known[header->column];
		bool email = header->column == COLUMN_EMAIL;
		if (*known && email && addresses_in(reading, i) && !addresses_in(reading, reading->at[COLUMN_EMAIL]))
			*known = NULL;
		if (*known && email && !addresses_in(reading, i) && addresses_in(reading, reading->at[COLUMN_EMAIL]))
			continue;
		if (*known && email) {
			size_t finding =
				add_error(reading, MSG_BAD_CSV_TWO_EMAILS, names[i].span, WORDS(names[i].text));
			const struct cell *first = &names[reading->at[COLUMN_EMAIL]];
			finding_relate(
				reading->findings, finding, MSG_BAD_CSV_FIRST_EMAIL, first->span, WORDS(first->text));
			return false;
		}
		/* Of two for one part of a name, the one further up in the table says more. */
		if (!*known || header < *known) {
			*known = header;
			reading->at[header->column] = i;
		}
	}
	return true;
}

/* The cell of a column; NULL where there is no such column, or the row ends before it. */
static const struct cell *cell_of(const struct reading *reading, const struct row *row, enum column column)
{
	size_t at = reading->at[column];
	return reading->known[column] && at < row->count ? &row->cells[at] : NULL;
}

/* A name, unless it cannot stand in an invitation. */
static struct text read_name(struct reading *reading, struct span span, struct str name)
{
	struct text text = {{span, GIVEN_INVALID}, name};
	if (!name.len)
		return (struct text){.at.given = GIVEN_ABSENT};
	if (!encoding_check_text(reading->findings, span, name))
		reading->failed = true;
	else if (!str_one_line(name))
		add_error(reading, MSG_MULTIPLE_LINES_NAME, span, WORDS(name));
	else
		text.at.given = GIVEN_VALID;
	return text;
}

/* True if a name begins with a whole word. */
static bool begins_with(struct str name, struct str word)
{
	return str_starts(name, word) && (name.len == word.len || name.ptr[word.len] == ' ');
}

/* The name in a row: whole, or else its parts. */
static struct text row_name(struct reading *reading, const struct row *row)
{
	const struct cell *whole = cell_of(reading, row, COLUMN_NAME);
	const struct cell *parts[] = {
		cell_of(reading, row, COLUMN_FIRST),
		cell_of(reading, row, COLUMN_INFIX),
		cell_of(reading, row, COLUMN_LAST),
	};
	if (whole && whole->text.len) {
		/* "Voornaam" beside "Naam": the latter is often the last name alone. */
		bool is_last = parts[0] && parts[0]->text.len && !reading->known[COLUMN_LAST] &&
			       !begins_with(whole->text, parts[0]->text);
		if (!is_last)
			return read_name(reading, whole->span, whole->text);
		parts[2] = whole;
	}
	struct text name = {.at.given = GIVEN_ABSENT};
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		if (!parts[i] || !parts[i]->text.len)
			continue;
		struct text part = read_name(reading, parts[i]->span, parts[i]->text);
		if (name.str.len) {
			struct arena *arena = reading->findings->arena;
			part.str = str_format(arena, "%.*s %.*s", STR_ARG(name.str), STR_ARG(part.str));
			if (!at_valid(&name.at))
				part.at.given = GIVEN_INVALID;
			part.at.span = name.at.span;
		}
		name = part;
	}
	return name;
}

/* An address as it is, or with its host in ASCII; empty if it is none. */
static struct str address_of(struct arena *arena, struct str text)
{
	if (address_is_email(text))
		return text;
	size_t at = str_find(text, '@');
	struct str host = str_part(text, at < text.len ? at + 1 : at, text.len);
	bool beyond = false;
	for (size_t i = 0; i < host.len; i++)
		beyond |= (unsigned char)host.ptr[i] >= 0x80;
	if (!beyond)
		return STR("");
	struct str ascii = host_to_ascii(arena, host);
	struct str address = str_format(arena, "%.*s@%.*s", STR_ARG(str_part(text, 0, at)), STR_ARG(ascii));
	return address_is_email(address) ? address : STR("");
}

/* Adds a person whose address is good. */
static void add_person(struct reading *reading, struct text name, struct text email, bool optional)
{
	struct attendees *attendees = reading->attendees;
	struct findings *findings = reading->findings;
	char *key = arena_alloc(findings->arena, email.str.len);
	for (size_t i = 0; i < email.str.len; i++)
		key[i] = ascii_lower(email.str.ptr[i]);
	attendees->items = arena_grow(findings->arena, attendees->items, attendees->count, sizeof(*attendees->items));
	/* The map may keep pointing to where an item stood before the array grew: it reads the same there. */
	struct attendee *attendee = &attendees->items[attendees->count];
	*attendee = (struct attendee){name, email, optional};
	struct str address = {key, email.str.len};
	const struct attendee *first = map_put(&attendees->by_address, findings->arena, address, attendee);
	if (first != attendee) {
		size_t finding = add_mistake(reading, MSG_DUPLICATE_ATTENDEE, email.at.span, WORDS(email.str));
		finding_relate(findings, finding, MSG_DUPLICATE_ATTENDEE_FIRST, first->email.at.span, NO_WORDS);
		return;
	}
	attendees->count++;
	if (str_equal_nocase(email.str, attendees->organizer))
		finding_add(findings, MSG_ORGANIZER_INVITED, email.at.span, WORDS(email.str));
}

/* What is wrong with an address: several are in it, or it is miswritten. */
static void add_bad_address(
	struct reading *reading, struct span span, struct str text, enum message several, enum message plain)
{
	struct str mended = address_mend(reading->findings->arena, text);
	if (address_several(text))
		add_error(reading, several, span, WORDS(text));
	else if (mended.len)
		add_error(reading, MSG_BAD_ATTENDEE_FORM, span, WORDS(text, mended));
	else
		add_error(reading, plain, span, WORDS(text));
}

static const struct noun cell_noun = NOUN("cell", "cells", "cel", "cellen");
static const struct noun column_noun = NOUN("column", "columns", "kolom", "kolommen");

static struct str separator_name(char c)
{
	return str_from(c == ';'    ? LOCAL("semicolon", "puntkomma")
			: c == ','  ? LOCAL("comma", "komma")
			: c == '\t' ? "tab"
				    : LOCAL("separator", "scheidingsteken"));
}

/*
 * True if a row fits the columns. Empty cells at its end say nothing, as Excel writes too many of them or leaves them
 * out; so a short row is wrong only where its address is missing or stands in another column.
 */
static bool fits(struct reading *reading, const struct row *row)
{
	struct arena *arena = reading->findings->arena;
	size_t count = row->count, width = reading->width;
	while (count && !row->cells[count - 1].text.len)
		count--;
	if (count > width) {
		struct span span = row->cells[width].span;
		span.end = row->cells[count - 1].span.end;
		struct str separator = separator_name(reading->separator);
		add_error(reading, MSG_BAD_CSV_LONG, span,
			WORDS(str_from(noun_count(arena, count, cell_noun)),
				str_from(noun_count(arena, width, column_noun)), separator));
		return false;
	}
	const struct cell *email = cell_of(reading, row, COLUMN_EMAIL);
	bool elsewhere = email && !address_is_email(email->text) && find_address(row->cells, count);
	if (row->count < width && (!email || elsewhere)) {
		add_error(reading, MSG_BAD_CSV_SHORT, row->span,
			WORDS(str_from(noun_count(arena, row->count, cell_noun)),
				str_from(noun_count(arena, width, column_noun))));
		return false;
	}
	return true;
}

/* True if a cell begins with one of the words, as header_squeeze() leaves them; up to NULL. */
static bool says(const struct cell *cell, const char *const *words)
{
	char room[HEADER_MOST];
	struct str said = cell ? header_squeeze(cell->text, room) : STR("");
	for (; *words; words++)
		if (str_starts(said, str_from(*words)))
			return true;
	return false;
}

static void add_declined(struct reading *reading, struct text name, struct text email)
{
	struct attendees *attendees = reading->attendees;
	attendees->declined = arena_grow(
		reading->findings->arena, attendees->declined, attendees->declined_count, sizeof(*attendees->declined));
	attendees->declined[attendees->declined_count++] = (struct attendee){.name = name, .email = email};
}

static void read_person(struct reading *reading, const struct row *row)
{
	static const char *const off[] = {"geannuleerd", "afgemeld", "afgezegd", "ingetrokken", "cancelled", "canceled",
		"declined", "withdrawn", NULL};
	static const char *const may[] = {"optioneel", "optional", NULL};
	if (!fits(reading, row))
		return;
	const struct cell *email = cell_of(reading, row, COLUMN_EMAIL);
	struct text name = row_name(reading, row);
	struct text address = {{email->span, GIVEN_VALID}, address_of(reading->findings->arena, email->text)};
	if (address.str.len && says(cell_of(reading, row, COLUMN_STATUS), off))
		add_declined(reading, name, address);
	else if (address.str.len)
		add_person(reading, name, address, says(cell_of(reading, row, COLUMN_ROLE), may));
	else if (email->text.len)
		add_bad_address(reading, email->span, email->text, MSG_BAD_ATTENDEE_SEVERAL, MSG_BAD_ATTENDEE);
	else
		add_error(reading, name.str.len ? MSG_BAD_ATTENDEE_EMPTY : MSG_BAD_ATTENDEE_NAMELESS, email->span,
			WORDS(name.str));
}

static bool take_row(void *context, const struct row *row)
{
	struct reading *reading = context;
	/* Titles. */
	if (reading->row++ < reading->survey.header && reading->survey.header != SIZE_MAX)
		return true;
	if (!reading->width)
		return read_header(reading, row);
	reading->people = true;
	if (!reading->known[COLUMN_EMAIL]) {
		add_no_email(reading, row);
		return false;
	}
	read_person(reading, row);
	return true;
}

static bool survey_row(void *context, const struct row *row)
{
	struct survey *survey = context;
	bool below = survey->header != SIZE_MAX;
	for (size_t i = 0; i < row->count && i < SURVEYED_MOST; i++) {
		const struct header *header = below ? NULL : header_find(row->cells[i].text);
		if (header && header->column == COLUMN_EMAIL)
			survey->header = survey->rows;
		survey->addresses[i] += below && address_is_email(row->cells[i].text);
	}
	return ++survey->rows < TITLES_MOST || survey->header != SIZE_MAX;
}

bool attendees_read_csv(struct attendees *attendees, struct findings *findings, uint32_t source)
{
	struct reading reading = {.attendees = attendees, .findings = findings, .survey.header = SIZE_MAX};
	struct arena scratch = {0};
	struct findings unseen = {.arena = &scratch, .sources = findings->sources};
	csv_read(&unseen, source, &(struct csv_taker){is_header, survey_row, &reading.survey});
	arena_free(&scratch);
	struct csv_taker taker = {is_header, take_row, &reading};
	bool whole = csv_read(findings, source, &taker);
	add_alike(&reading);
	struct span top = {source, 0, 0};
	if (reading.width && !reading.known[COLUMN_EMAIL] && !reading.people)
		add_no_email(&reading, NULL);
	else if (whole && !reading.width)
		add_error(&reading, MSG_BAD_CSV_EMPTY, top, NO_WORDS);
	else if (whole && !reading.people && !reading.failed)
		add_error(&reading, MSG_BAD_CSV_NOBODY, reading.header, NO_WORDS);
	return whole && !reading.failed;
}

/* A name without the quotes around it and their escapes (RFC 5322, 3.2.4). */
static struct str unquote(struct arena *arena, struct str name)
{
	if (name.len < 2 || name.ptr[0] != '"' || name.ptr[name.len - 1] != '"')
		return name;
	struct buffer out = {0};
	for (size_t i = 1; i + 1 < name.len; i++) {
		if (name.ptr[i] == '\\' && i + 2 < name.len)
			i++;
		buffer_byte(&out, name.ptr[i]);
	}
	struct str text = str_trim(str_copy(arena, buffer_str(&out)));
	buffer_free(&out);
	return text;
}

static struct span span_in(uint32_t source, struct str whole, struct str part)
{
	uint32_t begin = (uint32_t)(part.ptr - whole.ptr);
	return (struct span){source, begin, begin + (uint32_t)part.len};
}

bool attendees_read_word(struct attendees *attendees, struct findings *findings, uint32_t source)
{
	struct reading reading = {.attendees = attendees, .findings = findings};
	if (!encoding_check(findings, findings->arena, source, NULL))
		return false;
	struct str whole = source_get(findings->sources, source)->bytes;
	struct str name = STR(""), email = str_trim(whole), all = email;
	size_t open = email.len;
	while (open && email.ptr[open - 1] != '<')
		open--;
	if (open && str_ends(email, STR(">"))) {
		name = str_trim(str_part(email, 0, open - 1));
		email = str_trim(str_part(email, open, email.len - 1));
	}
	struct text called = {.at.given = GIVEN_ABSENT};
	if (name.len)
		called = read_name(&reading, span_in(source, whole, name), unquote(findings->arena, name));
	bool several = address_several(all);
	struct str address = address_of(findings->arena, email);
	if (address.len && !several) {
		add_person(
			&reading, called, (struct text){{span_in(source, whole, email), GIVEN_VALID}, address}, false);
	} else {
		struct str wrong = several || !email.len ? all : email;
		add_bad_address(
			&reading, span_in(source, whole, wrong), wrong, MSG_BAD_ATTENDEE_WORDS, MSG_BAD_ATTENDEE_WORD);
	}
	return !reading.failed;
}
