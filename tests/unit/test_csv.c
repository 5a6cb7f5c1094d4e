/* CSV as Excel and forms give it, the people in it, and those of the command line. */
#include "unit.h"

#include "decode/attendees.h"
#include "input/csv.h"
#include "input/encoding.h"

#include <string.h>

#define BYTES(literal) \
	{ \
		"" literal, sizeof(literal) - 1 \
	}
#define MIB ((size_t)1 << 20)

/* What a run has; begin() makes a new one, and the memory lives until the tests end. */
static struct sources sources;
static struct findings findings;
static struct attendees people;

static void begin(void)
{
	sources = (struct sources){.arena = &test_arena};
	findings = (struct findings){.arena = &test_arena, .sources = &sources};
	people = (struct attendees){.organizer = STR("organisator@example.org")};
}

static uint32_t add_source(struct str name, struct str bytes)
{
	return source_add(&sources, name, encoding_decode(&test_arena, bytes));
}

static bool read_list(struct str bytes)
{
	return attendees_read_csv(&people, &findings, add_source(STR("people.csv"), bytes));
}

static bool read_word(const char *word)
{
	return attendees_read_word(&people, &findings, add_source(STR("--to"), str_from(word)));
}

static struct str finish(struct buffer *out)
{
	struct str text = str_copy(&test_arena, buffer_str(out));
	buffer_free(out);
	return text;
}

/* "Name <address>|…" */
static struct str show_people(void)
{
	struct buffer out = {0};
	for (size_t i = 0; i < people.count; i++) {
		const struct attendee *person = &people.items[i];
		assert_true(at_valid(&person->email.at));
		/* The place is that of the cell, with its quotes. */
		struct str written = source_text(&sources, person->email.at.span);
		assert_true(written.ptr[0] == '"' || str_equal(written, person->email.str));
		buffer_format(&out, "%s%.*s%s<%.*s>", i ? "|" : "", STR_ARG(person->name.str),
			person->name.str.len ? " " : "", STR_ARG(person->email.str));
	}
	return finish(&out);
}

static void show_place(struct buffer *out, struct span span)
{
	struct place place = source_place(&sources, span);
	buffer_format(out, "%u:%u-%u:%u", place.line, place.column, place.end_line, place.end_column);
}

/* "line:column-end_line:end_column code|…" in order of place */
static struct str show_findings(void)
{
	struct buffer out = {0};
	findings_sort(&findings);
	for (size_t i = 0; i < findings.count; i++) {
		buffer_format(&out, "%s", i ? "|" : "");
		show_place(&out, findings.items[i].span);
		buffer_format(&out, " %s", code_row(findings.items[i].code)->name);
	}
	return finish(&out);
}

struct example {
	struct str bytes;
	const char *expected;
};

static void good_lists(void **state)
{
	static const struct example examples[] = {
		/* separators, line ends, encodings */
		{BYTES("naam;e-mail\r\nAnna;anna@example.org\r\n"), "Anna <anna@example.org>"},
		{BYTES("naam,e-mail\nAnna,anna@example.org"), "Anna <anna@example.org>"},
		{BYTES("naam\te-mail\rAnna\tanna@example.org\r"), "Anna <anna@example.org>"},
		{BYTES("\xEF\xBB\xBFnaam;e-mail\nRen\xC3\xA9;r@example.org\n"), "René <r@example.org>"},
		{BYTES("naam;e-mail\nRen\xE9 \x80;r@example.org\n"), "René € <r@example.org>"},
		{BYTES("naam;e-mail\nRen\xC3\xA9 \xE2\x82\xAC;r@example.org\n"), "René € <r@example.org>"},
		{BYTES("sep=;\r\nnaam;e-mail\r\nA;a@example.org\r\n"), "A <a@example.org>"},
		{BYTES("\xEF\xBB\xBFSEP=|\r\nnaam|e-mail\r\nA;B, C|a@example.org\r\n"), "A;B, C <a@example.org>"},
		{BYTES("\"sep=\t\"\nnaam\te-mail\nA\ta@example.org\n"), "A <a@example.org>"},
		{BYTES("sep=,\n\nnaam;x,e-mail\nA,a@example.org\n"), "<a@example.org>"},
		{BYTES("Vraag; licht toe,Naam,E-mail\nx,A,a@example.org\n"), "A <a@example.org>"},
		{BYTES("Naam, zoals op de badge, voluit;Naam;E-mail\nx;A;a@example.org\n"), "A <a@example.org>"},
		{BYTES("\"a;b;c;d\",\"e-mail\"\nx,a@example.org\n"), "<a@example.org>"},
		/* rows and cells */
		{BYTES("\r\n;;;\r\nnaam;e-mail\r\n\r\n;;;\r\n \t;\r\n\"\";\"\"\r\nA;a@example.org\r\n\r\n"),
			"A <a@example.org>"},
		{BYTES("naam;e-mail\n  A ; a@example.org \n"), "A <a@example.org>"},
		{BYTES("naam;e-mail\n \"A\" ; \" a@example.org\n\"\t\n"), "A <a@example.org>"},
		{BYTES("naam;e-mail\n\u00A0A\u00A0;a@example.org\u00A0\u200B\n"), "A <a@example.org>"},
		{BYTES("naam;e-mail\n\"B, \"\"de\"\" A;\";a@example.org\n\"\"\"\";b@example.org\n"),
			"B, \"de\" A; <a@example.org>|\" <b@example.org>"},
		{BYTES("opm;e-mail\n\"regel\r\nna \"\"regel\"\"\n\";a@example.org\n;b@example.org"),
			"<a@example.org>|<b@example.org>"},
		/* Excel writes too many empty cells at the end of a row, or leaves them out. */
		{BYTES("e-mail;naam;plaats\na@example.org\nb@example.org;B\nc@example.org;C;;;;;\n"),
			"<a@example.org>|B <b@example.org>|C <c@example.org>"},
		{BYTES("e-mail;naam;;\na@example.org;A;x;y\n"), "A <a@example.org>"},
		/* the names of columns */
		{BYTES("e-mail\na@example.org\n"), "<a@example.org>"},
		{BYTES("E-MAIL ADRES;VOLLEDIGE NAAM\na@example.org;A\n"), "A <a@example.org>"},
		{BYTES("Name,Email Address\nA,a@example.org\n"), "A <a@example.org>"},
		{BYTES("E_mail *;\"Na am\"\na@example.org;A\n"), "A <a@example.org>"},
		{BYTES("E-mailadres (verplicht);Mail [oud]\na@example.org;A\n"), "<a@example.org>"},
		{BYTES("ID;E-mail;Naam;E-mailadres "
		       "deelnemer\n1;anonymous;A;a@example.org\n2;anonymous;B;b@example.org\n"),
			"A <a@example.org>|B <b@example.org>"},
		/* titles above them */
		{BYTES("Aanmeldingen\n\nnaam;e-mail\nA;a@example.org\n"), "A <a@example.org>"},
		{BYTES("Lijst, bijgewerkt;;\nnaam;e-mail;x\nA;a@example.org;y\n"), "A <a@example.org>"},
		/* who does not come */
		{BYTES("naam;e-mail;Status\nA;a@example.org;Geannuleerd\nB;b@example.org;aangemeld\nC;c@example.org;"
		       "afgemeld door deelnemer\n"),
			"B <b@example.org>"},
		{BYTES("Uw e-mailadres:;Uw naam:\na@example.org;A\n"), "A <a@example.org>"},
		{BYTES("Voornaam;Tussenvoegsel;Achternaam;Mail\nA;van "
		       "de;B;a@example.org\nC;;D;c@example.org\n;;E;e@example.org\n;;;f@example.org\n"),
			"A van de B <a@example.org>|C D <c@example.org>|E <e@example.org>|<f@example.org>"},
		{BYTES("Last name,First name,email\nB,A,a@example.org\n"), "A B <a@example.org>"},
		{BYTES("Naam;Voornaam;Achternaam;mail\nA B;x;y;a@example.org\n;C;D;c@example.org\n"),
			"A B <a@example.org>|C D <c@example.org>"},
		{BYTES("Naam;Voornaam;mail\nJansen;Jan;a@example.org\nPiet "
		       "Puk;Piet;b@example.org\nEls;Els;c@example.org\n"),
			"Jan Jansen <a@example.org>|Piet Puk <b@example.org>|Els <c@example.org>"},
		{BYTES("Voorletters;Roepnaam;Achternaam;mail\nA.B.;Anna;C;a@example.org\n"), "Anna C <a@example.org>"},
		/* A control character or a line break elsewhere harms nobody. */
		{BYTES("naam;e-mail;opm\nA;a@example.org;\"x\vy\nz\"\n"), "A <a@example.org>"},
		{BYTES("naam;e-mail\nA@B <x>, \"'?\\;a@example.org\n"), NULL},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(examples) / sizeof(*examples); i++) {
		begin();
		bool good = read_list(examples[i].bytes);
		if (!examples[i].expected) {
			assert_false(good);
			continue;
		}
		struct str found = show_findings();
		if (!good || findings.count)
			fail_msg("%s: %.*s", examples[i].bytes.ptr, STR_ARG(found));
		assert_str(show_people(), examples[i].expected);
	}
}

static void wrong_lists(void **state)
{
	static const struct example examples[] = {
		{BYTES(""), "1:1-1:1 bad-csv"},
		{BYTES("\n;;\n"), "1:1-1:1 bad-csv"},
		{BYTES("naam;e-mail\n;\n"), "1:1-1:12 bad-csv"},
		{BYTES("PK\x03\x04\x14\0\0"), "1:1-1:1 bad-csv"},
		{BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0"), "1:1-1:1 bad-csv"},
		{BYTES("\xFF\xFEn\0a\0a\0m"), "1:1-1:1 encoding"},
		{BYTES("n\0a\0a\0m\0"), "1:1-1:1 encoding"},
		{BYTES("naam;e-mail\nA\0;a@example.org\n"), "2:2-2:3 encoding"},
		{BYTES("naam;e-mail\nR\x81;a@example.org\n"), "2:2-2:2 encoding"},
		{BYTES("naam;e-mail\nR\xC3\xA9;a@example.org\nR\xE9;b@example.org"), "3:2-3:3 encoding"},
		{BYTES("\xEF\xBB\xBFnaam;e-mail\nR\xE9;a@example.org\n"), "2:2-2:3 encoding"},
		/* the names of columns */
		{BYTES("\nnaam;plaats\nA;B\n"), "2:1-2:12 bad-csv"},
		{BYTES("naam;emial\nA;B\n"), "1:6-1:11 bad-csv"},
		{BYTES("naam; \"Wat is je mail?\"\n"), "1:7-1:24 bad-csv"},
		{BYTES("naam;adres\nA;a@example.org\n"), "1:6-1:11 bad-csv"},
		{BYTES("A;a@example.org\nB;b@example.org\n"), "1:3-1:16 bad-csv"},
		{BYTES("a@example.org\nb@example.org\n"), "1:1-1:14 bad-csv"},
		{BYTES("mail;naam;e-mail\na@example.org;A;a@example.org\n"), "1:11-1:17 bad-csv"},
		{BYTES("\"naam;e-mail\nA;a@example.org\n"), "1:1-1:2 bad-csv"},
		/* quotes */
		{BYTES("naam;e-mail\nA \"B\" C;a@example.org\nC;c"), "2:3-2:4 bad-csv|3:3-3:4 bad-attendee"},
		{BYTES("naam;e-mail\n\"A\" B ;a@example.org\nC;c"), "2:5-2:6 bad-csv|3:3-3:4 bad-attendee"},
		{BYTES("naam;e-mail\n\"A\" \"B\";a@example.org\nC;c"), "2:5-2:8 bad-csv|3:3-3:4 bad-attendee"},
		{BYTES("naam;e-mail\nA; \"a@example.org\nC;c\n"), "2:4-2:5 bad-csv|3:3-3:4 bad-attendee"},
		{BYTES("naam;e-mail\nA;\"a@example.org"), "2:3-2:4 bad-csv"},
		{BYTES("naam;e-mail\n\"A;a@example.org\nC;c\n\"D\";d"),
			"2:1-2:2 bad-csv|3:3-3:4 bad-attendee|4:5-4:6 bad-attendee"},
		{BYTES("naam;e-mail\r\n\"\xC3\xA9\";a;\"b\" c\r\n\"D\";d"), "2:11-2:12 bad-csv|3:5-3:6 bad-attendee"},
		/* rows of another length */
		{BYTES("naam;e-mail\nA;a@example.org;b ; c;;\n"), "2:17-2:22 bad-csv"},
		{BYTES("naam;e-mail\nA\n"), "2:1-2:2 bad-csv"},
		{BYTES("voornaam;achternaam;mail;plaats\nA B;b@example.org;C\n"), "2:1-2:20 bad-csv"},
		{BYTES("naam,e-mail\nB, A,a@example.org\n"), "2:6-2:19 bad-csv"},
		/* addresses */
		{BYTES("naam;e-mail\nA;\nB; \n;;\nC;\"\"\n"),
			"2:3-2:3 bad-attendee|3:3-3:3 bad-attendee|5:3-5:5 bad-attendee"},
		{BYTES("e-mail;naam;x\n;;y\n"), "2:1-2:1 bad-attendee"},
		{BYTES("naam;e-mail\nR\xE9n\xE9;a\xE9@x.org\n"), "2:6-2:14 bad-attendee"},
		/* what many rows have is one finding */
		{BYTES("naam;e-mail\n;a\n;a\n;a\n;a\n;a\n;a\n;a\n;a\n;a\n;a\n;a\n"), "2:2-2:3 bad-attendee"},
		{BYTES("naam;e-mail\nA;a@example.org, b@example.org\n"), "2:3-2:31 bad-attendee"},
		{BYTES("naam;e-mail\n\"x\ny\";\"a\n@\"\n"), "2:1-3:3 multiple-lines|3:4-4:3 bad-attendee"},
		/* names */
		{BYTES("naam;e-mail\n\"A\nB\";a@example.org\n"), "2:1-3:3 multiple-lines"},
		{BYTES("naam;e-mail\nA\u2028B;a@example.org\n"), "2:1-3:2 multiple-lines"},
		{BYTES("naam;e-mail\nA\x07\x1B;a@example.org\n"),
			"2:1-2:4 control-character|2:1-2:4 control-character"},
		{BYTES("voornaam;achternaam;mail\nA;\"B\nC\";a@example.org\n"), "2:3-3:3 multiple-lines"},
		/* warnings */
		{BYTES("naam;e-mail\nA;a@example.org\nB;A@Example.ORG\nC;a@example.org\n"),
			"3:3-3:16 duplicate-attendee|4:3-4:16 duplicate-attendee"},
		{BYTES("naam;e-mail\nO;Organisator@example.org\n"), "2:3-2:26 organizer-invited"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(examples) / sizeof(*examples); i++) {
		begin();
		bool good = read_list(examples[i].bytes);
		struct str found = show_findings();
		if (!str_equal(found, str_from(examples[i].expected)))
			fail_msg("%s: %.*s, not %s", examples[i].bytes.ptr, STR_ARG(found), examples[i].expected);
		assert_int_equal(good, findings_tally(&findings).errors == 0);
	}
}

/* What the findings tell people to do. */
static void what_to_do(void **state)
{
	static const struct example examples[] = {
		{BYTES("naam;e-mail\nA \"B\" C;a@example.org\n"), "write \"A \"\"B\"\" C\""},
		{BYTES("A,a@example.org,x\n"), "put a row above it: naam,e-mail,"},
		{BYTES("a@example.org;A\n"), "put a row above it: e-mail;naam"},
		{BYTES("a@example.org\n"), "put a row above it: e-mail"},
		{BYTES("naam;emial\nA;B\n"), "if the addresses are in \"emial\", name it e-mail"},
		{BYTES("naam;adres\nA;a@example.org\n"), "if the addresses are in \"adres\", name it e-mail"},
		{BYTES("naam;e-mail\nA;mailto:a@example.org\n"), "write a@example.org"},
		{BYTES("naam;e-mail\nA;a@example.org;b;;\n"),
			"take out what is too much; a cell with a semicolon in it needs quotes around it"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(examples) / sizeof(*examples); i++) {
		begin();
		read_list(examples[i].bytes);
		assert_int_equal(findings.count, 1);
		assert_str(findings.items[0].help, examples[i].expected);
	}
	begin();
	read_list(STR("naam;\"plaats\nvan\";x\nA;B\n"));
	assert_str(
		findings.items[0].text, "no column is named e-mail; the columns are \"naam\", \"plaats\\nvan\", \"x\"");
	begin();
	read_list(STR("naam;e-mail;x\nA"));
	assert_str(findings.items[0].text, "the row has 1 cell, and the file 3 columns");
}

static void ten_wrong_rows(void **state)
{
	(void)state;
	begin();
	assert_false(read_list(STR("\xEF\xBB\xBFsep=;\r\nVolledige naam;Plaats;E-mailadres\r\n"
				   "\"A\"x;;a@example.org\r\n"
				   "B \"b\";;b@example.org\r\n"
				   "C;c@example.org\r\n"
				   "D;;d@example.org;d\r\n"
				   "E;;\r\n"
				   "F;;f@example\r\n"
				   "G;;g@example.org g2@example.org\r\n"
				   "\"H\r\nh\";;h@example.org\r\n"
				   "I\x02;;i@example.org\r\n"
				   "\"J;;j@example.org\r\n"
				   "K;;k@example.org\r\n"
				   "K;;K@example.org\r\n")));
	assert_str(show_findings(),
		"3:4-3:5 bad-csv|4:3-4:4 bad-csv|5:1-5:16 bad-csv|6:18-6:19 bad-csv|7:4-7:4 bad-attendee|"
		"8:4-8:13 bad-attendee|9:4-9:32 bad-attendee|10:1-11:3 multiple-lines|12:1-12:3 control-character|"
		"13:1-13:2 bad-csv|15:4-15:17 duplicate-attendee");
}

static void one_address_one_invitation(void **state)
{
	(void)state;
	begin();
	assert_true(read_list(STR("naam;e-mail\nA;a@example.org\nB;b@example.org\n")));
	assert_true(read_list(STR("e-mail\nB@example.org\nc@example.org\n")));
	assert_true(read_word("D <C@EXAMPLE.ORG>"));
	assert_str(show_people(), "A <a@example.org>|B <b@example.org>|<c@example.org>");
	assert_int_equal(findings.count, 2);
	for (size_t i = 0; i < 2; i++) {
		const struct finding *finding = &findings.items[i];
		assert_int_equal(finding->code, CODE_DUPLICATE_ATTENDEE);
		assert_int_equal(finding->span.source, i + 2);
		assert_int_equal(finding->related_count, 1);
		assert_int_equal(finding->related[0].span.source, i + 1);
		assert_int_equal(source_place(&sources, finding->related[0].span).line, 3);
	}
}

static void words(void **state)
{
	static const struct {
		const char *word, *people, *findings;
	} cases[] = {
		{"a@example.org", "<a@example.org>", ""},
		{"  <a@example.org> ", "<a@example.org>", ""},
		{"A B <a@example.org>", "A B <a@example.org>", ""},
		{"A B<a@example.org>", "A B <a@example.org>", ""},
		{"B, A <a@example.org>", "B, A <a@example.org>", ""},
		{"\"B, A\" <a@example.org>", "B, A <a@example.org>", ""},
		{"\"B \\\"b\\\\\\\" <x>\" < a@example.org >", "B \"b\\\" <x> <a@example.org>", ""},
		{"\"\" <a@example.org>", "<a@example.org>", ""},
		{"\" <a@example.org>", "\" <a@example.org>", ""},
		{"a@example.org <a@example.org>", "a@example.org <a@example.org>", ""},
		{"Ren\xC3\xA9 \xF0\x9F\x98\x80 <a@example.org>", "René 😀 <a@example.org>", ""},
		{"Ren\xE9 <a@example.org>", "René <a@example.org>", ""},
		{"", "", "1:1-1:1 bad-attendee"},
		{"A", "", "1:1-1:2 bad-attendee"},
		{"A <>", "", "1:1-1:5 bad-attendee"},
		{"\xC3\xA9 <a@example>", "", "1:4-1:13 bad-attendee"},
		{"A <a@example.org", "", "1:1-1:17 bad-attendee"},
		{"A a@example.org", "", "1:1-1:16 bad-attendee"},
		{"a@example.org,b@example.org", "", "1:1-1:28 bad-attendee"},
		{"A <a@example.org>, B <b@example.org>", "", "1:1-1:37 bad-attendee"},
		{"A\nB <a@example.org>", "A\nB <a@example.org>", "1:1-2:2 multiple-lines"},
		{"A\r\nBcc: x <a@example.org>", "A\r\nBcc: x <a@example.org>", "1:1-2:7 multiple-lines"},
		{"A\x1B[1m <a@example.org>", "A\x1B[1m <a@example.org>", "1:1-1:6 control-character"},
		{"a@example.org\nBcc: b@example.net", "", "1:1-2:19 bad-attendee"},
		{"organisator@example.org", "<organisator@example.org>", "1:1-1:24 organizer-invited"},
		{"R\xC3\xA9n\xE9 <a@example.org>", "", "1:4-1:5 encoding"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		begin();
		bool good = read_word(cases[i].word);
		struct str found = show_findings();
		if (!str_equal(found, str_from(cases[i].findings)))
			fail_msg("%s: %.*s, not %s", cases[i].word, STR_ARG(found), cases[i].findings);
		assert_str(show_people(), cases[i].people);
		assert_int_equal(good, findings_tally(&findings).errors == 0);
	}
	begin();
	read_word("\"B, A\" <a@example.org>");
	assert_int_equal(people.items[0].name.at.span.begin, 0);
	assert_int_equal(people.items[0].name.at.span.end, 6);
	assert_int_equal(people.items[0].email.at.span.begin, 8);
}

/* --- the places of cells, against a writer that knows them ---------------------------------------------------------
 */

struct writer {
	struct buffer csv;
	unsigned line, column;
	struct buffer cells; /* "text@line:column-end_line:end_column;" of each cell */
	uint32_t seed;
};

static unsigned chance(struct writer *writer, unsigned most)
{
	writer->seed = writer->seed * 1664525U + 1013904223U;
	return (writer->seed >> 16) % most;
}

/* Writes one character or line break, and moves on. */
static void write_piece(struct writer *writer, const char *piece)
{
	buffer_add(&writer->csv, str_from(piece));
	bool line_break = piece[0] == '\r' || piece[0] == '\n';
	writer->line += line_break;
	writer->column = line_break ? 1 : writer->column + 1;
}

static void write_blanks(struct writer *writer)
{
	for (unsigned blanks = chance(writer, 6); blanks > 4; blanks--)
		write_piece(writer, " ");
}

static void write_cell(struct writer *writer)
{
	/* A cell begins and ends with a letter, since blanks around it are no part of it. */
	static const char *const pieces[] = {"a", "é", "€", "😀", ";", "\"", "\n", "\r\n", " ", ","};
	bool quotes = chance(writer, 2);
	unsigned line = writer->line, column = writer->column;
	unsigned length = chance(writer, 5);
	write_blanks(writer);
	/* The place of nothing is where the cell begins, before the blanks. */
	bool nothing = !quotes && !length;
	if (!nothing)
		column = writer->column;
	if (quotes)
		write_piece(writer, "\"");
	for (unsigned i = 0; i < length; i++) {
		const char *piece = pieces[i == 0 || i + 1 == length ? chance(writer, 4) : chance(writer, 10)];
		bool special = strchr(";\"\r\n", piece[0]);
		if (special && !quotes)
			continue;
		buffer_add(&writer->cells, str_from(piece));
		if (piece[0] == '"')
			write_piece(writer, piece);
		write_piece(writer, piece);
	}
	if (quotes)
		write_piece(writer, "\"");
	buffer_format(&writer->cells, "@%u:%u-%u:%u;", line, column, writer->line, nothing ? column : writer->column);
	write_blanks(writer);
}

static bool nothing_known(struct str text)
{
	(void)text;
	return false;
}

static bool collect(void *context, const struct row *row)
{
	struct buffer *out = context;
	for (size_t i = 0; i < row->count; i++) {
		buffer_add(out, row->cells[i].text);
		buffer_byte(out, '@');
		show_place(out, row->cells[i].span);
		buffer_byte(out, ';');
	}
	assert_int_equal(row->span.begin, row->cells[0].span.begin);
	assert_int_equal(row->span.end, row->cells[row->count - 1].span.end);
	buffer_byte(out, '\n');
	return true;
}

static void places_of_cells(void **state)
{
	static const char *const breaks[] = {"\n", "\r\n", "\r"};
	(void)state;
	for (uint32_t seed = 0; seed < 300; seed++) {
		struct writer writer = {.line = 1, .column = 1, .seed = seed};
		const char *row_break = breaks[chance(&writer, 3)];
		for (unsigned row = 0; row < 12; row++) {
			/* A row in which something stands, or it would be passed over. */
			write_piece(&writer, "x");
			buffer_format(&writer.cells, "x@%u:1-%u:2;", writer.line, writer.line);
			for (unsigned more = chance(&writer, 5) + (row == 0); more; more--) {
				write_piece(&writer, ";");
				write_cell(&writer);
			}
			if (row < 11 || chance(&writer, 2))
				write_piece(&writer, row_break);
			buffer_byte(&writer.cells, '\n');
		}
		begin();
		struct buffer read = {0};
		struct csv_taker taker = {nothing_known, collect, &read};
		struct str bytes = str_copy(&test_arena, buffer_str(&writer.csv));
		struct str with_separator = str_format(&test_arena, "%.*s", STR_ARG(bytes));
		bool good = csv_read(&findings, add_source(STR("x.csv"), with_separator), &taker);
		struct str expected = finish(&writer.cells), actual = finish(&read);
		buffer_free(&writer.csv);
		if (!good || !str_equal(expected, actual))
			fail_msg("%u: %s\n%s\n%s", seed, bytes.ptr, expected.ptr, actual.ptr);
	}
}

/* --- much, and hostile ---------------------------------------------------------------------------------------------
 */

static struct str repeat(const char *head, const char *body, size_t times)
{
	struct buffer out = {0};
	buffer_add(&out, str_from(head));
	for (size_t i = 0; i < times; i++)
		buffer_add(&out, str_from(body));
	return finish(&out);
}

static void ten_thousand_rows(void **state)
{
	(void)state;
	begin();
	struct buffer out = {0};
	buffer_add(&out, STR("Naam;E-mail;Plaats\r\n"));
	for (int i = 0; i < 10000; i++)
		buffer_format(&out, "\"Deelnemer, %d\";deelnemer%d@example.org;\r\n", i, i);
	struct str bytes = finish(&out);
	assert_true(read_list(bytes));
	assert_int_equal(people.count, 10000);
	assert_str(people.items[9999].name.str, "Deelnemer, 9999");
	assert_int_equal(source_place(&sources, people.items[9999].email.at.span).line, 10001);
	assert_int_equal(findings.count, 0);
}

static void hostile_bytes(void **state)
{
	static const char header[] = "naam;e-mail\n";
	(void)state;
	const struct {
		struct str bytes;
		const char *expected;
	} cases[] = {
		{repeat("", "\"", 2 * MIB), "1:1-1:2097153 bad-csv"},
		{repeat("", "\"", 2 * MIB + 1), "1:1-1:2 bad-csv"},
		{repeat("", ";", 2 * MIB), "1:1-1:16384 too-large"},
		{repeat("", ";", 16384), "1:1-1:16384 too-large"},
		{repeat("", "\n", MIB), "1:1-1:1 bad-csv"},
		{repeat("", " ", MIB), "1:1-1:1 bad-csv"},
		{repeat("", ";\r", MIB), "1:1-1:1 bad-csv"},
		{repeat(header, ";", MIB), "2:1-2:16384 too-large"},
		{repeat("naam;e-mail\n\"", "x", MIB), "2:1-2:2 bad-csv"},
		/* An open quote in front of many rows: the rest is read once more, and not once a row. */
		{repeat("naam;e-mail\n\"x\n", "\"\"\n", MIB), "2:1-2:2 bad-csv"},
		{repeat("naam;e-mail\n\"x\n", "\"\"\"\"\n", 2), NULL},
		{repeat(header, "\"x\n", 1000), NULL},
		{repeat(header, "\"\"\"\n", 1001), NULL},
		{repeat(header, "\"a\"\";\n", 1001), NULL},
		{(struct str){"\0\0\0\0;\0", 6}, "1:1-1:2 encoding"},
		{repeat("naam;e-mail\nA;", "<", MIB), "2:3-2:1048579 bad-attendee"},
		{repeat("naam;e-mail\nA;", "a@", MIB), "2:3-2:2097155 bad-attendee"},
		{repeat("naam;e-mail\nA;", "a@example.org,", 1000), "2:3-2:14003 bad-attendee"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		begin();
		assert_false(read_list(cases[i].bytes));
		struct str found = show_findings();
		if (cases[i].expected && !str_equal(found, str_from(cases[i].expected)))
			fail_msg("%zu: %.*s, not %s", i, STR_ARG(found), cases[i].expected);
		assert_true(findings.count > 0);
	}
	begin();
	assert_true(read_list(repeat("e-mail;naam\na@example.org;", "x", MIB)));
	assert_int_equal(people.items[0].name.str.len, MIB);
	begin();
	assert_true(read_list(repeat("e-mail;naam\na@example.org;A", ";", 16384 - 2)));
}

/* Every file of a few bytes that matter: nothing but a list or a finding comes of it. */
static void every_short_file(void **state)
{
	static const char bytes[] = "\"; \nx";
	enum { KINDS = sizeof(bytes) - 1, LONGEST = 6 };
	(void)state;
	for (size_t length = 0, count = 1; length <= LONGEST; length++, count *= KINDS) {
		for (size_t number = 0; number < count; number++) {
			char text[32] = "mail;naam\n";
			size_t at = strlen(text);
			for (size_t i = 0, rest = number; i < length; i++, rest /= KINDS)
				text[at++] = bytes[rest % KINDS];
			begin();
			assert_false(read_list((struct str){text, at}));
			assert_int_equal(people.count, 0);
			assert_true(findings.count > 0);
			for (size_t i = 0; i < findings.count; i++) {
				struct span span = findings.items[i].span;
				assert_true(span.begin <= span.end && span.end <= at);
			}
		}
		arena_free(&test_arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_lists),
		cmocka_unit_test(wrong_lists),
		cmocka_unit_test(what_to_do),
		cmocka_unit_test(ten_wrong_rows),
		cmocka_unit_test(one_address_one_invitation),
		cmocka_unit_test(words),
		cmocka_unit_test(places_of_cells),
		cmocka_unit_test(ten_thousand_rows),
		cmocka_unit_test(hostile_bytes),
		cmocka_unit_test(every_short_file),
	};
	return cmocka_run_group_tests(tests, NULL, free_arena);
}
