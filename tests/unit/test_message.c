#include "unit.h"

#include "mail/message.h"
#include "mail/transfer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct str print(const struct mail *message)
{
	struct buffer out = {0};
	message_print(&out, &test_arena, message);
	struct str printed = str_copy(&test_arena, buffer_str(&out));
	buffer_free(&out);
	return printed;
}

static struct mail example(void)
{
	return (struct mail){
		.from_name = STR("Eén tegen eenzaamheid"),
		.from_address = STR("team@example.org"),
		.to_name = STR("Lid \"L\", een"),
		.to_address = STR("lid@example.org"),
		.subject = STR("Masterclass Signaleren van eenzaamheid"),
		.date = 1608195600,
		.id = STR("0123@example.org"),
		.method = STR("REQUEST"),
		.text = STR("Donderdag 21 januari, café\n"),
		.calendar = STR("BEGIN:VCALENDAR\r\n"),
	};
}

/* The line of a printed message that begins with name, its folding taken out; "" where there is none. */
static const char *field(struct str printed, const char *name)
{
	struct buffer line = {0};
	const char *at = strstr(str_copy(&test_arena, printed).ptr, name);
	for (; at && *at; at++) {
		bool ends = at[0] == '\r' && at[1] == '\n';
		if (ends && at[2] != ' ')
			break;
		if (ends)
			at += 2;
		buffer_byte(&line, *at);
	}
	const char *unfolded = str_copy(&test_arena, buffer_str(&line)).ptr;
	buffer_free(&line);
	return unfolded;
}

static struct str of(void (*encode)(struct buffer *, struct str), struct str bytes)
{
	struct buffer out = {0};
	encode(&out, bytes);
	struct str encoded = str_copy(&test_arena, buffer_str(&out));
	buffer_free(&out);
	return encoded;
}

static void a_message_has_this_form(void **state)
{
	(void)state;
	struct mail message = example();
	assert_str(print(&message), "From: =?utf-8?q?E=C3=A9n?= tegen eenzaamheid <team@example.org>\r\n"
				    "To: \"Lid \\\"L\\\", een\" <lid@example.org>\r\n"
				    "Subject: Masterclass Signaleren van eenzaamheid\r\n"
				    "Date: Thu, 17 Dec 2020 09:00:00 +0000\r\n"
				    "Message-ID: <0123@example.org>\r\n"
				    "MIME-Version: 1.0\r\n"
				    "Content-Type: multipart/alternative; boundary=\"=_evcal\"\r\n"
				    "\r\n"
				    "--=_evcal\r\n"
				    "Content-Type: text/plain; charset=utf-8\r\n"
				    "Content-Transfer-Encoding: quoted-printable\r\n"
				    "\r\n"
				    "Donderdag 21 januari, caf=C3=A9\r\n"
				    "\r\n"
				    "--=_evcal\r\n"
				    "Content-Type: text/calendar; method=REQUEST; charset=utf-8\r\n"
				    "Content-Transfer-Encoding: base64\r\n"
				    "\r\n"
				    "QkVHSU46VkNBTEVOREFSDQo=\r\n"
				    "--=_evcal--\r\n");
}

static void html_stands_before_the_calendar(void **state)
{
	(void)state;
	struct mail message = example();
	message.html = STR("<p>caf\u00E9</p>");
	struct str printed = print(&message);
	char *text = strstr(printed.ptr, "\r\n--=_evcal\r\nContent-Type: text/html; charset=utf-8\r\n"
					 "Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>caf=C3=A9</p>");
	assert_non_null(text);
	assert_non_null(strstr(text, "text/calendar"));
}

static void names_and_subjects(void **state)
{
	const struct {
		struct str written;
		const char *to, *subject;
	} rows[] = {
		{STR(""), "To: <lid@example.org>", "Subject:"},
		{STR(" \t\r\n"), "To: <lid@example.org>", "Subject:"},
		{STR("Lid"), "To: Lid <lid@example.org>", "Subject: Lid"},
		{STR("a\\b"), "To: \"a\\\\b\" <lid@example.org>", "Subject: a\\b"},
		{STR("a@b (c) <d>"), "To: \"a@b (c) <d>\" <lid@example.org>", "Subject: a@b (c) <d>"},
		/* What needs it is encoded, and the blank between two such words with them. */
		{STR("een café b"), "To: een =?utf-8?q?caf=C3=A9?= b <lid@example.org>",
			"Subject: een =?utf-8?q?caf=C3=A9?= b"},
		{STR("een é è b"), "To: een =?utf-8?q?=C3=A9_=C3=A8?= b <lid@example.org>",
			"Subject: een =?utf-8?q?=C3=A9_=C3=A8?= b"},
		/* What folding would lose, and what looks encoded, is encoded. */
		{STR("a  b"), "To: =?utf-8?q?a__b?= <lid@example.org>", "Subject: =?utf-8?q?a__b?="},
		{STR("=?x?q?a?="), "To: =?utf-8?q?=3D=3Fx=3Fq=3Fa=3F=3D?= <lid@example.org>",
			"Subject: =?utf-8?q?=3D=3Fx=3Fq=3Fa=3F=3D?="},
		{STR("a\r\nBcc: b@example.org"), "To: =?utf-8?q?a__Bcc=3A_b=40example=2Eorg?= <lid@example.org>",
			"Subject: =?utf-8?q?a__Bcc=3A_b=40example=2Eorg?="},
		/* One word is too short for these; it ends behind a blank, or else behind a letter. */
		{STR("éééé éééééééééééééééééééé"),
			"To: =?utf-8?b?w6nDqcOpw6kg?="
			" =?utf-8?b?w6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6k=?="
			" =?utf-8?b?w6k=?="
			" <lid@example.org>",
			"Subject: =?utf-8?b?w6nDqcOpw6kg?="
			" =?utf-8?b?w6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6k=?="
			" =?utf-8?b?w6k=?="},
		{STR("a\nb\0c\x7F"), "To: a b c <lid@example.org>", "Subject: a b c"},
		{STR("a\xC2\x85_\u2028c\u2029"), "To: a _ c <lid@example.org>", "Subject: a _ c"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct mail message = example();
		message.to_name = message.subject = rows[i].written;
		assert_string_equal(field(print(&message), "To:"), rows[i].to);
		assert_string_equal(field(print(&message), "Subject:"), rows[i].subject);
	}
}

static void no_address_or_id_adds_another(void **state)
{
	(void)state;
	struct mail message = example();
	message.to_name = STR("");
	message.to_address = STR("a@example.org>,\r\nBcc: <b@example.org");
	message.from_name = STR("");
	message.from_address = STR("café@example.org\n");
	message.id = STR("1@example.org>\r\n\r\n");
	struct str printed = print(&message);
	assert_string_equal(field(printed, "To:"), "To: <a@example.org    Bcc   b@example.org>");
	assert_string_equal(field(printed, "From:"), "From: <caf  @example.org>");
	assert_string_equal(field(printed, "Message-ID:"), "Message-ID: <1@example.org>");
}

static void dates_speak_english(void **state)
{
	static const struct {
		int64_t date;
		const char *field;
	} rows[] = {
		{0, "Date: Thu, 1 Jan 1970 00:00:00 +0000"},
		{-1, "Date: Wed, 31 Dec 1969 23:59:59 +0000"},
		{951827696, "Date: Tue, 29 Feb 2000 12:34:56 +0000"},
		{79839129600, "Date: Fri, 1 Jan 4500 00:00:00 +0000"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct mail message = example();
		message.date = rows[i].date;
		assert_string_equal(field(print(&message), "Date:"), rows[i].field);
	}
}

static void an_id_stands_for_a_content_and_a_sequence(void **state)
{
	(void)state;
	struct str domain = STR("example.org"), id = message_id(&test_arena, STR("a"), 0, domain);
	assert_int_equal(id.len, 32 + strlen(".0@example.org"));
	assert_true(str_ends(id, STR(".0@example.org")));
	assert_true(str_equal(id, message_id(&test_arena, STR("a"), 0, domain)));
	struct str later = message_id(&test_arena, STR("a"), 12, domain);
	assert_false(str_equal(id, later));
	assert_true(message_alike(id, later));
	assert_false(message_alike(id, message_id(&test_arena, STR("b"), 0, domain)));
	assert_false(message_alike(id, message_id(&test_arena, STR(""), 0, domain)));
}

static void an_id_is_found_in_a_message(void **state)
{
	(void)state;
	struct str id = message_id(&test_arena, STR("a"), 3, STR("example.org"));
	struct mail message = {.from_address = STR("a@example.org"),
		.to_address = STR("b@example.org"),
		.subject = STR("van A -> B ->"),
		.id = message_id(&test_arena, STR("a"), 0, STR("example.org")),
		.method = STR("REQUEST")};
	struct buffer out = {0};
	message_print(&out, &test_arena, &message);
	assert_true(message_has(buffer_str(&out), id));
	assert_false(message_has(buffer_str(&out), message_id(&test_arena, STR("b"), 0, STR("example.org"))));
	buffer_free(&out);
}

/* RFC 4648, 10 */
static void base64(void **state)
{
	(void)state;
	assert_str(of(transfer_base64, STR("")), "");
	assert_str(of(transfer_base64, STR("f")), "Zg==");
	assert_str(of(transfer_base64, STR("fo")), "Zm8=");
	assert_str(of(transfer_base64, STR("foo")), "Zm9v");
	assert_str(of(transfer_base64, STR("foobar")), "Zm9vYmFy");
	assert_str(of(transfer_base64, STR("\xFF\xFE\xFD\0")), "//79AA==");
}

static void quoted_printable(void **state)
{
	const struct {
		struct str text;
		const char *quoted;
	} rows[] = {
		{STR(""), ""},
		{STR("een\ntwee\r\ndrie"), "een\r\ntwee\r\ndrie"},
		{STR("a = b"), "a =3D b"},
		{STR("é\n"), "=C3=A9\r\n"},
		{STR("een \n\ttwee\t"), "een=20\r\n\ttwee=09"},
		{STR(" \r\n"), "=20\r\n"},
		{STR("a\rb\n\r"), "a=0Db\r\n=0D"},
		{STR(".\n..\na."), "=2E\r\n=2E.\r\na."},
		{STR("From a\nFrom\nFriday From b"), "=46rom a\r\nFrom\r\nFriday From b"},
		{STR("--=_evcal--\0"), "--=3D_evcal--=00"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_str(of(transfer_quoted, rows[i].text), rows[i].quoted);
}

/* A line of 76 bytes stays one; one more is two, and what comes to stand at a line's begin counts as such. */
static void quoted_lines_go_on(void **state)
{
	char text[100], expected[100];
	(void)state;
	memset(text, 'x', sizeof(text));
	struct str line = {text, 76};
	assert_true(str_equal(of(transfer_quoted, line), line));
	line.len = 77;
	snprintf(expected, sizeof(expected), "%.75s=\r\nxx", text);
	assert_str(of(transfer_quoted, line), expected);
	memcpy(text + 75, ".x", 2);
	snprintf(expected, sizeof(expected), "%.75s=\r\n=2Ex", text);
	assert_str(of(transfer_quoted, line), expected);
	memcpy(text + 75, "From ", 5);
	line.len = 81;
	snprintf(expected, sizeof(expected), "%.75s=\r\n=46rom x", text);
	assert_str(of(transfer_quoted, line), expected);
}

static struct str any_bytes(char *room, size_t most)
{
	static const char some[] = "ab  \t\r\n.F=_?\"\\<>@,-\xC3\xA9\xE2\x80\xA8\xF0\x9F\x98\x80\xFF";
	size_t len = (size_t)rand() % (most + 1);
	for (size_t i = 0; i < len; i++)
		room[i] = some[(size_t)rand() % sizeof(some)];
	return (struct str){room, len};
}

/* Whatever the bytes, UTF-8 or not: the limits hold, and the headers and parts are those that there should be. */
static void no_bytes_break_a_line(void **state)
{
	char rooms[6][600];
	(void)state;
	srand(11);
	for (int round = 0; round < 2000; round++) {
		struct mail message = example();
		message.from_name = any_bytes(rooms[0], 300);
		message.to_name = any_bytes(rooms[1], 300);
		message.to_address = any_bytes(rooms[2], 60);
		message.subject = any_bytes(rooms[3], 600);
		message.text = any_bytes(rooms[4], 600);
		message.calendar = any_bytes(rooms[5], 600);
		struct str rest = print(&message);
		size_t fields = 0, boundaries = 0;
		bool head = true;
		while (rest.len) {
			struct str line = str_part(rest, 0, str_find(rest, '\r'));
			assert_int_equal(rest.ptr[line.len + 1], '\n');
			assert_in_range(line.len, 0, 76);
			for (size_t i = 0; i < line.len; i++)
				assert_true(line.ptr[i] == '\t' || (line.ptr[i] >= ' ' && line.ptr[i] <= '~'));
			assert_false(str_starts(line, STR(".")) || str_starts(line, STR("From ")));
			head = head && line.len;
			fields += head && line.ptr[0] != ' ';
			boundaries += str_starts(line, STR("--=_evcal"));
			rest = str_part(rest, line.len + 2, rest.len);
		}
		assert_int_equal(fields, 7);
		assert_int_equal(boundaries, 3);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_has_this_form),
		cmocka_unit_test(html_stands_before_the_calendar),
		cmocka_unit_test(names_and_subjects),
		cmocka_unit_test(no_address_or_id_adds_another),
		cmocka_unit_test(dates_speak_english),
		cmocka_unit_test(an_id_stands_for_a_content_and_a_sequence),
		cmocka_unit_test(an_id_is_found_in_a_message),
		cmocka_unit_test(base64),
		cmocka_unit_test(quoted_printable),
		cmocka_unit_test(quoted_lines_go_on),
		cmocka_unit_test(no_bytes_break_a_line),
	};
	return cmocka_run_group_tests(tests, NULL, free_arena);
}
