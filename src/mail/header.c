/*
 * Header fields, folded and encoded. Libraries for mail were weighed: a start of the program takes 3.76 million
 * instructions with libical alone, 9.16 with gmime as well, 10.44 with libetpan, 13.54 with vmime, and shells start it
 * at every TAB. What is needed of them is these two RFCs, for fields that evcal makes itself. Python's "email" reads
 * all of them back in tests/readers/mail.py.
 *
 * A word that cannot stand as it is becomes encoded words (RFC 2047): "Q" if one is enough, since people can half read
 * it, else the shorter of "Q" and "B". A line is folded in front of a word.
 */
#include "mail/header.h"

#include "base/arena.h"
#include "mail/transfer.h"

#include <assert.h>
#include <string.h>
#include <time.h>

/* RFC 2047, 2: a line with an encoded word has at most 76 bytes. A word of text fits behind every field's name. */
enum {
	LINE_MAXIMUM = 76,
	WORD_MAXIMUM = LINE_MAXIMUM - sizeof("Subject:"),
	LETTERS_MAXIMUM = WORD_MAXIMUM - (sizeof("=?utf-8?q?") - 1) - (sizeof("?=") - 1)
};

/* A header field that is being written. */
struct field {
	struct buffer *out;
	size_t column; /* bytes in its last line */
	bool begun;    /* it has a word */
};

static struct field field_begin(struct buffer *out, struct str name)
{
	buffer_add(out, name);
	return (struct field){out, name.len, false};
}

/* Folds in front of a word that does not fit. The first line is never left empty, which confuses readers. */
static void field_word(struct field *field, struct str word)
{
	if (field->begun && field->column + 1 + word.len > LINE_MAXIMUM) {
		buffer_add(field->out, STR("\r\n"));
		field->column = 0;
	}
	buffer_byte(field->out, ' ');
	buffer_add(field->out, word);
	field->column += 1 + word.len;
	field->begun = true;
}

static void field_end(struct field *field)
{
	buffer_add(field->out, STR("\r\n"));
}

/* The bytes of the control character that rest begins with, Unicode's line ends included; 0 if there is none. */
static size_t control_len(struct str rest)
{
	unsigned char c = (unsigned char)rest.ptr[0];
	if (c < ' ' || c == 0x7F)
		return 1;
	if (c == 0xC2 && rest.len > 1 && (rest.ptr[1] & 0xE0) == 0x80)
		return 2;
	return str_starts(rest, STR("\u2028")) || str_starts(rest, STR("\u2029")) ? 3 : 0;
}

static struct str one_line(struct arena *arena, struct str text)
{
	char *line = arena_alloc(arena, text.len);
	size_t len = 0;
	for (size_t i = 0; i < text.len;) {
		size_t control = control_len(str_part(text, i, text.len));
		line[len++] = control ? ' ' : text.ptr[i];
		i += control ? control : 1;
	}
	return str_trim((struct str){line, len});
}

/* Where the UTF-8 sequence that begins at i ends. */
static size_t letter_end(struct str line, size_t i)
{
	size_t end = i + 1;
	while (end < line.len && end - i < 4 && (line.ptr[end] & 0xC0) == 0x80)
		end++;
	return end;
}

/* The signs that stand for themselves in the "Q" encoding wherever it is used (RFC 2047, 5). */
static bool is_q_sign(char c)
{
	char lower = ascii_lower(c);
	return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || (c && strchr("!*+-/", c));
}

static size_t q_len(struct str text)
{
	size_t len = 0;
	for (size_t i = 0; i < text.len; i++)
		len += is_q_sign(text.ptr[i]) || text.ptr[i] == ' ' ? 1 : 3;
	return len;
}

static size_t b_len(struct str text)
{
	return (text.len + 2) / 3 * 4;
}

static void add_encoded(struct buffer *out, struct str text, bool q)
{
	buffer_format(out, "=?utf-8?%c?", q ? 'q' : 'b');
	if (!q)
		transfer_base64(out, text);
	for (size_t i = 0; q && i < text.len; i++) {
		if (is_q_sign(text.ptr[i]))
			buffer_byte(out, text.ptr[i]);
		else if (text.ptr[i] == ' ')
			buffer_byte(out, '_');
		else
			transfer_escape(out, text.ptr[i]);
	}
	buffer_add(out, STR("?="));
}

/*
 * The part of a text that goes into one encoded word: whole characters, and whole words if there is a space to end
 * after. Some readers keep the space between two encoded words; then it only widens a gap.
 */
static struct str first_letters(struct str text, size_t (*encoded_len)(struct str))
{
	size_t end = letter_end(text, 0), good = 0;
	while (end < text.len) {
		size_t next = letter_end(text, end);
		if (encoded_len(str_part(text, 0, next)) > LETTERS_MAXIMUM)
			return str_part(text, 0, good ? good : end);
		end = next;
		if (text.ptr[end - 1] == ' ')
			good = end;
	}
	return text;
}

/* Any text, as encoded words. */
static void field_encoded(struct field *field, struct str text)
{
	bool q = q_len(text) <= LETTERS_MAXIMUM || q_len(text) <= b_len(text);
	struct buffer word = {0};
	while (text.len) {
		struct str letters = first_letters(text, q ? q_len : b_len);
		word.len = 0;
		add_encoded(&word, letters, q);
		field_word(field, buffer_str(&word));
		text = str_part(text, letters.len, text.len);
	}
	buffer_free(&word);
}

/* True if a word of a subject can stand as it is: ASCII that does not look like an encoded word. */
static bool is_plain(struct str word)
{
	for (size_t i = 0; i < word.len; i++)
		if (word.ptr[i] <= ' ' || word.ptr[i] > '~' || str_starts(str_part(word, i, word.len), STR("=?")))
			return false;
	return word.len && word.len <= WORD_MAXIMUM;
}

/* True if a word of a name can stand as it is: it must also be an atom (RFC 5322, 3.2.3). */
static bool is_atom(struct str word)
{
	for (size_t i = 0; i < word.len; i++)
		if (!is_q_sign(word.ptr[i]) && !strchr("#$%&'=?^_`{|}~", word.ptr[i]))
			return false;
	return is_plain(word);
}

/* Takes the next word off a line, with the space after it. */
static struct str next_word(struct str *line)
{
	size_t end = str_find(*line, ' ');
	struct str word = str_part(*line, 0, end);
	*line = str_part(*line, end < line->len ? end + 1 : end, line->len);
	return word;
}

/*
 * The words of a line, with those encoded that cannot stand as they are. Several of these in a row are encoded as one
 * text with the spaces between them, because readers drop the space between two encoded words (RFC 2047, 6.2).
 */
static void field_text(struct field *field, struct str line, bool (*stands)(struct str))
{
	struct str run = {line.ptr, 0};
	for (struct str rest = line; rest.len;) {
		struct str word = next_word(&rest);
		if (!stands(word)) {
			run.len = (size_t)(word.ptr + word.len - run.ptr);
			continue;
		}
		field_encoded(field, run);
		field_word(field, word);
		run = (struct str){rest.ptr, 0};
	}
	field_encoded(field, run);
}

/* True if two spaces follow each other: folding could lose one. */
static bool has_gap(struct str line)
{
	while (line.len)
		if (!next_word(&line).len)
			return true;
	return false;
}

static bool every_word(struct str line, bool (*is)(struct str))
{
	while (line.len)
		if (!is(next_word(&line)))
			return false;
	return true;
}

/* A name in quotes (RFC 5322, 3.2.4). */
static struct str quoted(struct arena *arena, struct str name)
{
	char *text = arena_alloc(arena, 2 * name.len + 2);
	size_t len = 0;
	text[len++] = '"';
	for (size_t i = 0; i < name.len; i++) {
		if (name.ptr[i] == '"' || name.ptr[i] == '\\')
			text[len++] = '\\';
		text[len++] = name.ptr[i];
	}
	text[len++] = '"';
	return (struct str){text, len};
}

/* Words of ASCII that are no atoms get quotes. What quotes cannot hold, or not on one line, is encoded. */
static void field_name(struct field *field, struct arena *arena, struct str name)
{
	struct str line = one_line(arena, name);
	struct str text = quoted(arena, line);
	if (has_gap(line))
		field_encoded(field, line);
	else if (every_word(line, is_plain) && !every_word(line, is_atom) && text.len <= WORD_MAXIMUM)
		field_word(field, text);
	else
		field_text(field, line, is_atom);
}

/* An address or id in angle brackets. A character that could end it, or begin another, becomes a space. */
static void field_angle(struct field *field, struct arena *arena, struct str address)
{
	char *inner = arena_alloc(arena, address.len);
	for (size_t i = 0; i < address.len; i++) {
		char c = address.ptr[i];
		inner[i] = c > ' ' && c < 0x7F && !strchr("\"(),:;<>[\\]", c) ? c : ' ';
	}
	field_word(field, str_format(arena, "<%.*s>", STR_ARG(str_trim((struct str){inner, address.len}))));
}

void header_subject(struct buffer *out, struct arena *arena, struct str subject)
{
	struct field field = field_begin(out, STR("Subject:"));
	struct str line = one_line(arena, subject);
	if (has_gap(line))
		field_encoded(&field, line);
	else
		field_text(&field, line, is_plain);
	field_end(&field);
}

void header_mailbox(struct buffer *out, struct arena *arena, struct str name, struct str person, struct str address)
{
	struct field field = field_begin(out, name);
	field_name(&field, arena, person);
	field_angle(&field, arena, address);
	field_end(&field);
}

void header_id(struct buffer *out, struct arena *arena, struct str id)
{
	struct field field = field_begin(out, STR("Message-ID:"));
	field_angle(&field, arena, id);
	field_end(&field);
}

/* strftime() uses the language of the locale, and mail does not (RFC 5322, 3.3). */
void header_date(struct buffer *out, int64_t date)
{
	static const char days[][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
	static const char months[][4] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	time_t seconds = (time_t)date;
	struct tm room;
	const struct tm *tm = gmtime_r(&seconds, &room);
	assert(tm);
	buffer_format(out, "Date: %s, %d %s %04d %02d:%02d:%02d +0000\r\n", days[tm->tm_wday], tm->tm_mday,
		months[tm->tm_mon], tm->tm_year + 1900, tm->tm_hour, tm->tm_min, tm->tm_sec);
}
