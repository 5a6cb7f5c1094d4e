#include "cmd/help_keys.h"
#include "cmd/manual.h"
#include "cmd/page.h"

#include "base/suggest.h"

#include <string.h>

enum { INDENT = 2, STATUS_COLUMN = 5, COLUMN_MOST = 28, RULES_COLUMN = 33, EXAMPLE_INDENT = 4 };

/* Whether every command has the option. */
static bool is_common(const struct option_row *row)
{
	return row->commands == FOR_ALL;
}

/* The options of a command; with all set, those that every command has too. */
static void print_options(const struct page *page, struct arena *arena, unsigned command, bool all)
{
	unsigned column = 0;
	for (const struct option_row *row = option_rows; row->name; row++) {
		unsigned end = 4 + (unsigned)option_flag(arena, row, true).len;
		if (row->commands & command && (all || is_common(row)) && end > column && end <= COLUMN_MOST)
			column = end;
	}
	for (const struct option_row *row = option_rows; row->name; row++)
		if (row->commands & command && (all || is_common(row)))
			page_term(page, INDENT, option_flag(arena, row, true).ptr, column, row->doc);
}

static void print_statuses(const struct page *page)
{
	page_heading(page, "Exit status");
	for (int status = EXIT_DONE; status <= EXIT_TROUBLE; status++) {
		char digit[] = {(char)('0' + status), 0};
		page_term(page, INDENT, digit, STATUS_COLUMN, exit_meanings[status]);
	}
}

static void print_examples(const struct page *page, const struct usage_example *example)
{
	page_heading(page, "Examples");
	for (; example->line; example++) {
		page_lines(page, INDENT, example->line);
		page_text(page, INDENT + EXAMPLE_INDENT, example->doc);
	}
}

static void print_command(const struct page *page, struct arena *arena, const struct command *command)
{
	const struct chapter *chapter = manual_chapter(command->name);
	fprintf(page->stream, "Usage: evcal %s [OPTION]...%s%s\n\n", command->name, *command->operands ? " " : "",
		command->operands);
	page_text(page, 0, sentence(arena, command->doc, '.').ptr);
	if (chapter) {
		fputc('\n', page->stream);
		page_text(page, 0, chapter->text);
	}
	page_heading(page, "Options");
	print_options(page, arena, command->bit, true);
	print_statuses(page);
	if (chapter)
		print_examples(page, chapter->examples);
}

static void print_commands(const struct page *page, struct arena *arena)
{
	fputs("Usage: evcal COMMAND [OPTION]... [OPERAND]...\n\n", page->stream);
	page_text(page, 0,
		"Checks event definitions that are written in YAML, and exports them as iCalendar files that Outlook "
		"and other calendars subscribe to.");
	page_heading(page, "Commands");
	for (const struct command *command = commands; command->name; command++) {
		struct str term =
			str_format(arena, "%s%s%s", command->name, *command->operands ? " " : "", command->operands);
		page_term(page, INDENT, term.ptr, COLUMN_MOST, command->doc);
	}
	page_heading(page, "Options of every command");
	print_options(page, arena, FOR_ALL, false);
	print_statuses(page);
	fputc('\n', page->stream);
	page_text(page, 0,
		"\"evcal help COMMAND\" tells more of a command, \"evcal help rules\" lists the findings, "
		"\"evcal help keys\" the keys of the format, and \"evcal help CODE\" or \"evcal help KEY\" explains "
		"one. The whole format is in evcal(5).");
}

void help_print(FILE *stream, const struct options *options, const struct command *command)
{
	struct page page = page_make(stream, options);
	struct arena arena = {0};
	if (command)
		print_command(&page, &arena, command);
	else
		print_commands(&page, &arena);
	arena_free(&arena);
}

static void print_rules(const struct page *page, struct arena *arena)
{
	for (int code = 0; code < CODE_COUNT; code++) {
		const struct code_row *row = code_row((enum code)code);
		/* Scripts take the first word of a line: it stands at the margin. */
		struct str term = str_format(arena, "%-22s %s", row->name, severity_name(row->severity));
		page_term(page, 0, term.ptr, RULES_COLUMN, row->summary);
	}
}

/* One half of an example: "Wrong, in an event:" and its lines. */
static void print_half(const struct page *page, struct arena *arena, const char *which,
	const struct code_example *example, const char *lines)
{
	const char *place = example_place_name(example->place);
	page_heading(page, str_format(arena, "%s%s%s", which, *place ? ", " : "", place).ptr);
	if (example->place == EXAMPLE_ELSEWHERE)
		page_text(page, EXAMPLE_INDENT, lines);
	else
		page_lines(page, EXAMPLE_INDENT, lines);
}

static void print_code(const struct page *page, struct arena *arena, enum code code)
{
	const struct code_row *row = code_row(code);
	const struct code_example *example = code_example(code);
	page_text(page, 0, str_format(arena, "%s (%s): %s", row->name, severity_name(row->severity), row->summary).ptr);
	fputc('\n', page->stream);
	page_text(page, 0, row->explanation);
	if (!example->wrong)
		return;
	print_half(page, arena, "Wrong", example, example->wrong);
	print_half(page, arena, "Right", example, example->right);
}

static bool print_topic(const struct page *page, struct arena *arena, const char *topic)
{
	struct suggestion near = {0};
	struct str word = str_from(topic);
	if (!strcmp(topic, "rules")) {
		print_rules(page, arena);
		return true;
	}
	for (const struct command *command = commands; command->name; command++) {
		if (!strcmp(topic, command->name)) {
			print_command(page, arena, command);
			return true;
		}
		suggest(&near, word, str_from(command->name));
	}
	for (int code = 0; code < CODE_COUNT; code++) {
		if (!strcmp(topic, code_row((enum code)code)->name)) {
			print_code(page, arena, (enum code)code);
			return true;
		}
		suggest(&near, word, str_from(code_row((enum code)code)->name));
	}
	if (!strcmp(topic, "keys")) {
		help_print_keys(page, LANGUAGE_EN);
		return true;
	}
	if (help_print_key(page, word, LANGUAGE_EN))
		return true;
	suggest(&near, word, STR("rules"));
	suggest(&near, word, STR("keys"));
	for (const char *const *name = help_key_names(arena); *name; name++)
		suggest(&near, word, str_from(*name));
	usage_unknown("there is no help on", word, near.best);
	return false;
}

enum exit_status cmd_help(const struct options *options)
{
	enum exit_status status = EXIT_DONE;
	if (options->manual && options->operands.count) {
		fputs("evcal: --man prints a whole page; leave the other word out\n", stderr);
		return EXIT_USAGE;
	}
	struct page page = page_make(stdout, options);
	struct arena arena = {0};
	if (options->manual)
		manual_page(stdout, options->manual);
	else if (!options->operands.count)
		print_commands(&page, &arena);
	for (size_t i = 0; i < options->operands.count && status == EXIT_DONE; i++) {
		if (i)
			fputc('\n', stdout);
		status = print_topic(&page, &arena, options->operands.items[i]) ? EXIT_DONE : EXIT_USAGE;
	}
	arena_free(&arena);
	return flush_output() ? status : EXIT_TROUBLE;
}
