#include "decode/revisions.h"

#include "base/arena.h"
#include "input/encoding.h"
#include "input/recognise.h"
#include "time/limits.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static size_t find_domain(struct str uid)
{
	size_t i = uid.len;
	while (i && uid.ptr[i - 1] != '@')
		i--;
	return i;
}

struct str uid_id(struct str uid)
{
	size_t domain = find_domain(uid);
	return str_part(uid, 0, domain ? domain - 1 : uid.len);
}

struct str uid_domain(struct str uid)
{
	size_t domain = find_domain(uid);
	return domain ? str_part(uid, domain, uid.len) : STR("");
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

/* A cursor over one line. */
struct line {
	struct str s;
	size_t i;
};

static bool take(struct line *line, struct str word)
{
	if (!str_starts(str_part(line->s, line->i, line->s.len), word))
		return false;
	line->i += word.len;
	return true;
}

static void skip_spaces(struct line *line)
{
	while (line->i < line->s.len && line->s.ptr[line->i] == ' ')
		line->i++;
}

/* The text up to a comma, a brace, or, of a key, a colon. */
static struct str take_part(struct line *line, bool is_key)
{
	size_t begin = line->i;
	for (; line->i < line->s.len; line->i++) {
		char c = line->s.ptr[line->i];
		if (c == ',' || c == '}' || (is_key && c == ':'))
			break;
	}
	return str_part(line->s, begin, line->i);
}

/* A UID: in double quotes with \" and \\, or up to the colon. */
static bool read_uid(struct revisions *revisions, struct line *line, struct str *uid)
{
	struct buffer text = {0};
	if (!take(line, STR("\""))) {
		/* It may hold a colon itself; what ends it is the colon with the brace behind. */
		while (line->i < line->s.len &&
			(line->s.ptr[line->i] != ':' ||
				!str_starts(str_part(line->s, line->i, line->s.len), STR(": {"))))
			line->i++;
		*uid = str_part(line->s, 0, line->i);
		return uid->len > 0;
	}
	while (line->i < line->s.len && line->s.ptr[line->i] != '"') {
		if (line->s.ptr[line->i] == '\\' && line->i + 1 < line->s.len)
			line->i++;
		buffer_byte(&text, line->s.ptr[line->i++]);
	}
	*uid = str_copy(revisions->arena, buffer_str(&text));
	buffer_free(&text);
	return take(line, STR("\"")) && uid->len;
}

static bool read_number(struct str text, int *value)
{
	*value = 0;
	for (size_t i = 0; i < text.len; i++) {
		int digit = text.ptr[i] - '0';
		if (digit < 0 || digit > 9 || *value > (INT_MAX - digit) / 10)
			return false;
		*value = *value * 10 + digit;
	}
	return text.len;
}

static bool read_digits(struct str text, size_t at, size_t len, int *value)
{
	return text.len >= at + len && read_number(str_part(text, at, at + len), value);
}

/* "2021-01-22" */
static bool read_day(struct str text, struct date *date)
{
	int year, month, day;
	if (text.len != 10 || text.ptr[4] != '-' || text.ptr[7] != '-' || !read_digits(text, 0, 4, &year) ||
		!read_digits(text, 5, 2, &month) || !read_digits(text, 8, 2, &day) || month < 1 || month > 12 ||
		day < 1 || day > date_month_days(year, month))
		return false;
	*date = (struct date){(short)year, (signed char)month, (signed char)day};
	return true;
}

/* "2020-12-17T09:00:00Z" */
static bool read_time(struct str text, int64_t *seconds)
{
	struct date date;
	int hour, minute, second;
	if (text.len != 20 || text.ptr[10] != 'T' || text.ptr[13] != ':' || text.ptr[16] != ':' ||
		text.ptr[19] != 'Z' || !read_day(str_part(text, 0, 10), &date) || !read_digits(text, 11, 2, &hour) ||
		!read_digits(text, 14, 2, &minute) || !read_digits(text, 17, 2, &second) || hour > 23 || minute > 59 ||
		second > 59)
		return false;
	*seconds = date_days(date) * DAY_SECONDS + hour * 3600 + minute * 60 + second;
	return true;
}

static bool read_digest(struct str text, struct str *digest)
{
	*digest = text;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
			return false;
	}
	return text.len;
}

/* Those from WITHDRAWN on need not be there. */
enum { SEQUENCE, CREATED, MODIFIED, ENDS, DIGEST, SCHEDULE, WITHDRAWN, INVITED, GONE, KEYS };
static const char *const keys[KEYS] = {
	"sequence", "created", "modified", "ends", "digest", "schedule", "withdrawn", "invited", "gone"};

static bool read_value(struct revision *revision, int key, struct str text)
{
	switch (key) {
	case SEQUENCE:
		return read_number(text, &revision->sequence);
	case CREATED:
		return read_time(text, &revision->created);
	case MODIFIED:
		return read_time(text, &revision->modified);
	case ENDS:
		return read_day(text, &revision->ends);
	case DIGEST:
		return read_digest(text, &revision->digest);
	case SCHEDULE:
		return read_digest(text, &revision->schedule);
	case WITHDRAWN:
		return read_number(text, &revision->withdrawn);
	case INVITED:
		return read_day(text, &revision->invited);
	default:
		revision->gone = true;
		return str_equal(text, STR("true"));
	}
}

/* {key: value, …}; no key twice. */
static bool read_values(struct line *line, struct revision *revision)
{
	unsigned seen = 0;
	if (!take(line, STR("{")))
		return false;
	do {
		int key = 0;
		skip_spaces(line);
		struct str name = take_part(line, true);
		while (key < KEYS && !str_equal(name, str_from(keys[key])))
			key++;
		if (key == KEYS || seen >> key & 1 || !take(line, STR(":")))
			return false;
		skip_spaces(line);
		if (!read_value(revision, key, str_trim(take_part(line, false))))
			return false;
		seen |= 1u << key;
	} while (take(line, STR(",")));
	unsigned needed = (1u << WITHDRAWN) - 1;
	return take(line, STR("}")) && (seen & needed) == needed;
}

/*
 * Whether a line says what no run of evcal can have come to: a time far ahead, behind which no update would count, or a
 * SEQUENCE that cannot be raised any more.
 */
static bool is_impossible(const struct revisions *revisions, struct findings *findings, const struct revision *revision)
{
	int64_t last = revision->created > revision->modified ? revision->created : revision->modified;
	bool late = revisions->latest && last > revisions->latest;
	bool high = revision->sequence > SEQUENCE_MOST || revision->withdrawn > SEQUENCE_MOST;
	if (late)
		finding_add(findings, MSG_REVISIONS_FUTURE, revision->span,
			WORDS(moment_format(findings->arena, moment_from_seconds(last))));
	if (high)
		finding_add(findings, MSG_REVISIONS_END, revision->span, NO_WORDS);
	return late || high;
}

static void add(struct revisions *revisions, struct revision *revision)
{
	revisions->items = arena_grow(revisions->arena, revisions->items, revisions->count, sizeof(*revisions->items));
	revisions->items[revisions->count++] = revision;
}

static void read_line(struct revisions *revisions, struct findings *findings, struct str text, struct span span)
{
	struct line line = {text, 0};
	struct revision *revision = arena_alloc(revisions->arena, sizeof(*revision));
	*revision = (struct revision){.span = span, .withdrawn = -1};
	bool good = read_uid(revisions, &line, &revision->uid);
	revision->span.end = span.begin + (uint32_t)line.i;
	good = good && take(&line, STR(":"));
	skip_spaces(&line);
	if (!good || !read_values(&line, revision) || line.i != line.s.len) {
		finding_add(findings, MSG_REVISIONS_DAMAGED, span, NO_WORDS);
		revisions->damaged = true;
		return;
	}
	revision->known = revision->sequence;
	revisions->damaged |= is_impossible(revisions, findings, revision);
	const struct revision *first = map_put(&revisions->by_uid, revisions->arena, revision->uid, revision);
	if (first == revision) {
		add(revisions, revision);
		return;
	}
	revisions->damaged = true;
	size_t number = finding_add(findings, MSG_REVISIONS_TWICE, revision->span, WORDS(revision->uid));
	finding_relate(findings, number, MSG_REVISIONS_FIRST, first->span, NO_WORDS);
}

void revisions_read(struct revisions *revisions, struct findings *findings, uint32_t source)
{
	const struct source *file = source_get(findings->sources, source);
	/* What is no text is damage like any other. */
	struct findings found = {.arena = findings->arena, .sources = findings->sources};
	struct str text;
	if (!file->broken && recognise_merge(findings, source, MSG_MERGE_REVISIONS)) {
		revisions->damaged = true;
		return;
	}
	if (file->broken || !encoding_check(&found, findings->arena, source, &text) || found.count) {
		if (found.count)
			finding_add(findings, MSG_REVISIONS_DAMAGED, found.items[0].span, NO_WORDS);
		revisions->damaged = true;
		return;
	}
	for (uint32_t i = 0; i < file->line_count; i++) {
		text = source_line(file, i + 1);
		struct str bare = str_trim(text);
		struct span span = {source, file->lines[i], file->lines[i] + (uint32_t)text.len};
		if (bare.len && bare.ptr[0] != '#')
			read_line(
				revisions, findings, str_part(text, 0, (size_t)(bare.ptr + bare.len - text.ptr)), span);
	}
}

/* --- writing ----------------------------------------------------------------------------------------------------- */

/* True if a UID may stand in YAML without quotes, and is nothing but a text there. */
static bool is_plain(struct str uid)
{
	char first = ascii_lower(uid.ptr[0]);
	if (!((first >= 'a' && first <= 'z') || (first >= '0' && first <= '9')) || str_find(uid, '@') == uid.len)
		return false;
	for (size_t i = 0; i < uid.len; i++) {
		char c = ascii_lower(uid.ptr[i]);
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || strchr("@.-_+=/", c)))
			return false;
	}
	return true;
}

static void write_uid(struct buffer *out, struct str uid)
{
	if (is_plain(uid)) {
		buffer_add(out, uid);
		return;
	}
	buffer_byte(out, '"');
	for (size_t i = 0; i < uid.len; i++) {
		if (uid.ptr[i] == '"' || uid.ptr[i] == '\\')
			buffer_byte(out, '\\');
		buffer_byte(out, uid.ptr[i]);
	}
	buffer_byte(out, '"');
}

static void write_time(struct buffer *out, struct str key, int64_t seconds)
{
	struct moment moment = moment_from_seconds(seconds);
	buffer_add(out, key);
	date_add(out, moment.date);
	buffer_byte(out, 'T');
	buffer_number(out, moment.minute / 60, 2);
	buffer_byte(out, ':');
	buffer_number(out, moment.minute % 60, 2);
	buffer_byte(out, ':');
	buffer_number(out, (int)(((seconds % 60) + 60) % 60), 2);
	buffer_byte(out, 'Z');
}

static void write_revision(struct buffer *out, const struct revision *revision)
{
	write_uid(out, revision->uid);
	buffer_add(out, STR(": {sequence: "));
	buffer_number(out, revision->sequence, 1);
	write_time(out, STR(", created: "), revision->created);
	write_time(out, STR(", modified: "), revision->modified);
	buffer_add(out, STR(", ends: "));
	date_add(out, revision->ends);
	buffer_add(out, STR(", digest: "));
	buffer_add(out, revision->digest);
	buffer_add(out, STR(", schedule: "));
	buffer_add(out, revision->schedule);
	if (revision->withdrawn >= 0)
		buffer_format(out, ", withdrawn: %d", revision->withdrawn);
	if (revision->invited.year) {
		buffer_add(out, STR(", invited: "));
		date_add(out, revision->invited);
	}
	if (revision->gone)
		buffer_add(out, STR(", gone: true"));
	buffer_add(out, STR("}\n"));
}

static int compare(const void *left, const void *right)
{
	const struct revision *a = *(const struct revision *const *)left, *b = *(const struct revision *const *)right;
	return str_compare(a->uid, b->uid);
}

bool revisions_changed(const struct revisions *revisions)
{
	for (size_t i = 0; i < revisions->count; i++)
		if (revisions->items[i]->change != REVISION_SAME || revisions->items[i]->invites)
			return true;
	return false;
}

void revisions_write(const struct revisions *revisions, struct buffer *out)
{
	if (revisions->count)
		qsort(revisions->items, revisions->count, sizeof(*revisions->items), compare);
	for (size_t i = 0; i < revisions->count; i++)
		write_revision(out, revisions->items[i]);
}

/* --- keeping ----------------------------------------------------------------------------------------------------- */

/* One higher, as long as iCalendar has such a number (RFC 5545, 3.3.8). */
static int raised(int sequence)
{
	return sequence < INT_MAX ? sequence + 1 : sequence;
}

static int larger(int a, int b)
{
	return a > b ? a : b;
}

/* A revision's time is always later than that of the one before, whatever the clock says; its year has four digits. */
static void touch(struct revision *revision, int64_t now)
{
	const int64_t latest = 253402300799; /* 9999-12-31T23:59:59Z */
	revision->change = REVISION_CHANGED;
	if (now > revision->modified)
		revision->modified = now;
	else if (revision->modified < latest)
		revision->modified++;
}

struct revision *revisions_note(struct revisions *revisions, const struct published *published, int64_t now)
{
	struct revision *revision = map_get(&revisions->by_uid, published->uid);
	if (!revision) {
		revision = arena_alloc(revisions->arena, sizeof(*revision));
		*revision = (struct revision){.uid = published->uid,
			.sequence = published->least,
			.withdrawn = -1,
			.created = now,
			.modified = now,
			.change = REVISION_NEW};
		map_put(&revisions->by_uid, revisions->arena, revision->uid, revision);
		add(revisions, revision);
	} else if (!revision->gone && str_equal(revision->digest, published->digest) &&
		   revision->sequence >= published->least) {
		revision->change = REVISION_SAME;
	} else {
		bool rescheduled = revision->gone || !str_equal(revision->schedule, published->schedule);
		revision->sequence =
			larger(rescheduled ? raised(revision->sequence) : revision->sequence, published->least);
		touch(revision, now);
		revision->change = revision->gone ? REVISION_RETURNED : REVISION_CHANGED;
		revision->gone = false;
	}
	revision->known = larger(revision->known, published->least);
	revision->ends = published->ends;
	revision->digest = published->digest;
	revision->schedule = published->schedule;
	return revision;
}

void revision_forget(struct revision *revision)
{
	if (revision->gone)
		return;
	revision->gone = true;
	revision->change = REVISION_FORGOTTEN;
}

bool revision_withdraw(struct revision *revision, int64_t now)
{
	if (revision->withdrawn == revision->sequence)
		return false;
	revision->withdrawn = revision->sequence = raised(revision->sequence);
	touch(revision, now);
	return true;
}

bool revision_request(struct revision *revision, int64_t now)
{
	if (revision->withdrawn != revision->sequence)
		return false;
	revision->withdrawn = -1;
	touch(revision, now);
	return true;
}
