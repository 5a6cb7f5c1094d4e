#include "cmd/man.h"

#include "base/arena.h"
#include "cmd/page.h"
#include "cmd/tables.h"
#include "decode/keys.h"
#include "report/finding.h"

#include <utf8proc.h>

#include <string.h>

/* mandoc -Tlint complains of longer lines of source. */
enum { LINE_MAXIMUM = 78 };

/* The lines of the hand-written frames (Makefile: $(BUILD)/man/). A line that begins with @ stands for a table; the
 * lines between "@example ..." and "@end" are an example. */
static const char *const frame_1[] = {
#include "man/evcal.1.inc"
	NULL,
};
static const char *const frame_5[] = {
#include "man/evcal.5.inc"
	NULL,
};
static const char *const frame_7[] = {
#include "man/evcal-publish.7.inc"
	NULL,
};

/* Escapes what roff would not print as it is: backslashes, hyphens, and all beyond ASCII. Returns the bytes that it
 * prints; the stream may be NULL. */
static size_t print_escaped(FILE *stream, struct str s)
{
	char escape[sizeof("\\[u10FFFF]")];
	size_t printed = 0;
	for (size_t i = 0; i < s.len;) {
		int32_t point;
		ptrdiff_t len = utf8proc_iterate((const uint8_t *)s.ptr + i, (ptrdiff_t)(s.len - i), &point);
		if (s.ptr[i] == '\\')
			snprintf(escape, sizeof(escape), "\\e");
		else if (len > 1)
			snprintf(escape, sizeof(escape), "\\[u%04X]", (unsigned)point);
		else
			snprintf(escape, sizeof(escape), "%s%c", s.ptr[i] == '-' ? "\\" : "", s.ptr[i]);
		if (stream)
			fputs(escape, stream);
		printed += strlen(escape);
		i += len < 1 ? 1 : (size_t)len;
	}
	return printed;
}

static bool ends_sentence(struct str word)
{
	return word.len > 1 && strchr(".!?", word.ptr[word.len - 1]);
}

/* Prints a line of text with every sentence on a new line, no line too long, and none that roff takes for a request. */
static void print_line(FILE *stream, struct str line)
{
	size_t column = 0;
	while (line.len) {
		struct str word = str_part(line, 0, str_find(line, ' '));
		line = str_trim(str_part(line, word.len, line.len));
		if (column && column + 1 + print_escaped(NULL, word) > LINE_MAXIMUM) {
			fputc('\n', stream);
			column = 0;
		}
		if (column)
			fputc(' ', stream);
		else if (strchr(".'", word.ptr[0]))
			fputs("\\&", stream);
		column += print_escaped(stream, word) + 1;
		if (ends_sentence(word) && line.len) {
			fputc('\n', stream);
			column = 0;
		}
	}
	fputc('\n', stream);
}

static void print_verbatim(FILE *stream, struct str line)
{
	if (line.len && strchr(".'", line.ptr[0]))
		fputs("\\&", stream);
	print_escaped(stream, line);
	fputc('\n', stream);
}

static void print_literal(FILE *stream, const char *lines)
{
	fputs(".Bd -literal -offset indent\n", stream);
	for (struct str rest = str_from(lines); rest.len;)
		print_verbatim(stream, page_line(&rest));
	fputs(".Ed\n", stream);
}

/* A text with paragraphs and examples, in the form of cmd/page.h. */
static void print_text(FILE *stream, const char *text)
{
	bool example = false, between = false;
	for (struct str rest = str_from(text); rest.len;) {
		struct str line = page_line(&rest);
		bool is_example = line.len && line.ptr[0] == ' ';
		if (is_example && !example)
			fputs(".Bd -literal\n", stream);
		else if (example && !is_example)
			fputs(".Ed\n", stream);
		else if (between)
			fputs(".Pp\n", stream);
		example = is_example;
		between = !line.len;
		if (is_example)
			print_verbatim(stream, line);
		else if (line.len)
			print_line(stream, line);
	}
	if (example)
		fputs(".Ed\n", stream);
}

/* "Fl C Ar DIR" or "Fl -output Ns = Ns Ar DIR" */
static void print_short(FILE *stream, const struct option_row *row)
{
	fprintf(stream, " Fl %c%s%s", row->letter, row->argument.en ? " Ar " : "",
		row->argument.en ? row->argument.en : "");
}

static void print_long(FILE *stream, const struct option_row *row)
{
	fprintf(stream, " Fl \\-%s%s%s", row->name, row->argument.en ? " Ns = Ns Ar " : "",
		row->argument.en ? row->argument.en : "");
}

/* "COMMAND|rules": capitals stand for a value, other words for themselves. */
static void print_alternatives(FILE *stream, struct str words)
{
	for (bool first = true; words.len; first = false) {
		struct str word = str_part(words, 0, str_find(words, '|'));
		bool place = word.len && word.ptr[0] >= 'A' && word.ptr[0] <= 'Z';
		words = str_part(words, word.len < words.len ? word.len + 1 : word.len, words.len);
		fprintf(stream, "%s%s %.*s", first ? "" : " | ", place ? "Ar" : "Cm", STR_ARG(word));
	}
}

/* The operands of a command, "[FILE]..." or "ID", one line each. */
static void print_operands(FILE *stream, const char *operands)
{
	for (struct str rest = str_from(operands); rest.len;) {
		struct str word = str_part(rest, 0, str_find(rest, ' '));
		rest = str_trim(str_part(rest, word.len, rest.len));
		bool many = str_ends(word, STR("..."));
		if (many)
			word.len -= 3;
		bool optional = word.len > 2 && word.ptr[0] == '[';
		if (optional)
			word = str_part(word, 1, word.len - 1);
		fputs(optional ? ".Op " : ".", stream);
		print_alternatives(stream, word);
		fputs(many ? " ...\n" : "\n", stream);
	}
}

static void print_synopsis(FILE *stream)
{
	for (int command = 0; command < COMMAND_COUNT; command++) {
		fprintf(stream, ".Nm\n.Cm %s\n", command_rows[command].name);
		for (const struct option_row *row = option_rows; row->name; row++) {
			if (!option_shown(row, (enum command_number)command) || option_common(row))
				continue;
			fputs(".Op", stream);
			if (row->letter)
				print_short(stream, row);
			else
				print_long(stream, row);
			fputc('\n', stream);
		}
		print_operands(stream, command_rows[command].operands.en);
	}
	fputs(".Nm\n.Fl \\-help | Fl \\-version\n", stream);
}

/* The options of a command that not every command has, or those that every command has if that is COMMAND_COUNT. */
static void print_options(FILE *stream, struct arena *arena, enum command_number command)
{
	bool any = false;
	for (const struct option_row *row = option_rows; row->name; row++) {
		bool common = option_common(row);
		if (command == COMMAND_COUNT ? !common : common || !option_shown(row, command))
			continue;
		if (!any)
			fputs(".Bl -tag -width Ds\n", stream);
		any = true;
		fputs(".It", stream);
		if (row->letter) {
			print_short(stream, row);
			fputs(" ,", stream);
		}
		print_long(stream, row);
		fputc('\n', stream);
		print_text(stream, sentence(arena, option_text(arena, row, LANGUAGE_EN).ptr, '.').ptr);
	}
	if (any)
		fputs(".El\n", stream);
}

static void print_commands(FILE *stream, struct arena *arena)
{
	for (int command = 0; command < COMMAND_COUNT; command++) {
		const struct command_row *row = &command_rows[command];
		fprintf(stream, ".Ss %s\n", row->name);
		print_text(stream, sentence(arena, row->doc.en, '.').ptr);
		fputs(".Pp\n", stream);
		print_text(stream, row->text.en);
		print_options(stream, arena, (enum command_number)command);
	}
}

static void print_statuses(FILE *stream)
{
	fputs(".Bl -tag -width Ds\n", stream);
	for (int status = EXIT_DONE; status <= EXIT_TROUBLE; status++) {
		fprintf(stream, ".It %d\n", status);
		print_text(stream, exit_meanings[status].en);
	}
	fputs(".El\n", stream);
}

static void print_examples(FILE *stream, struct arena *arena)
{
	const char *between = "";
	for (const struct command_row *command = command_rows; command->name; command++)
		for (const struct usage_example *row = command->examples; row->line; row++) {
			fputs(between, stream);
			print_text(stream, sentence(arena, row->doc.en, ':').ptr);
			fputs(".Dl $ ", stream);
			print_escaped(stream, str_from(row->line));
			fputc('\n', stream);
			between = ".Pp\n";
		}
}

static void print_keys(FILE *stream, const char *name)
{
	const struct mapping *mapping = mappings;
	while (mapping->where && strcmp(name, mapping->name))
		mapping++;
	fputs(".Bl -tag -width Ds\n", stream);
	for (const struct key *key = keys; key->name; key++) {
		if (!(key->where & mapping->where))
			continue;
		fprintf(stream, ".It Ic %s%s\n", key->name, key->required & mapping->where ? " Pq required" : "");
		print_text(stream, key->doc.en);
		if (key->words) {
			fputs("One of\n", stream);
			for (const char *const *word = key->words; *word; word++)
				fprintf(stream, ".Cm %s%s\n", *word, word[1] ? " ," : " .");
		}
		fputs(".Pp\n.Dl ", stream);
		print_escaped(stream, str_from(key->example));
		fputc('\n', stream);
	}
	fputs(".El\n", stream);
}

static void print_codes(FILE *stream, struct arena *arena)
{
	fputs(".Bl -tag -width Ds\n", stream);
	for (int code = 0; code < CODE_COUNT; code++) {
		const struct code_row *row = code_row((enum code)code);
		const struct code_example *example = code_example((enum code)code);
		fprintf(stream, ".It Sy %s Pq %s\n", row->name, severity_name(row->severity));
		print_text(stream, sentence(arena, row->summary.en, '.').ptr);
		print_text(stream, row->explanation.en);
		if (!example->wrong.en)
			continue;
		fprintf(stream, ".Pp\nWrong%s%s:\n", example->place == EXAMPLE_ELSEWHERE ? "" : ", ",
			example_place_name(example->place).en);
		print_literal(stream, example->wrong.en);
		fputs(".Pp\nRight:\n", stream);
		print_literal(stream, example->right.en);
	}
	fputs(".El\n", stream);
}

static void print_table(FILE *stream, struct arena *arena, const char *name)
{
	if (!strcmp(name, "synopsis"))
		print_synopsis(stream);
	else if (!strcmp(name, "commands"))
		print_commands(stream, arena);
	else if (!strcmp(name, "options"))
		print_options(stream, arena, COMMAND_COUNT);
	else if (!strcmp(name, "statuses"))
		print_statuses(stream);
	else if (!strcmp(name, "examples"))
		print_examples(stream, arena);
	else if (!strcmp(name, "codes"))
		print_codes(stream, arena);
	else
		print_keys(stream, name);
}

/* A line of a frame; example says if it is in an example. */
static void print_frame_line(FILE *stream, struct arena *arena, const char *line, bool *example)
{
	if (!strcmp(line, "@end")) {
		fputs(".Ed\n", stream);
		*example = false;
	} else if (*example) {
		print_verbatim(stream, str_from(line));
	} else if (str_starts(str_from(line), STR("@example "))) {
		fputs(".Bd -literal -offset indent\n", stream);
		*example = true;
	} else if (*line == '@') {
		print_table(stream, arena, line + 1);
	} else {
		fprintf(stream, "%s\n", line);
	}
}

void man_print(FILE *stream, const char *section)
{
	struct arena arena = {0};
	bool example = false;
	const char *const *line = *section == '1' ? frame_1 : *section == '5' ? frame_5 : frame_7;
	for (; *line; line++)
		print_frame_line(stream, &arena, *line, &example);
	arena_free(&arena);
}
