#include "cmd/help.h"

#include "base/arena.h"
#include "base/suggest.h"
#include "cmd/completion.h"
#include "cmd/help_keys.h"
#include "cmd/man.h"
#include "cmd/options.h"
#include "cmd/page.h"
#include "cmd/tables.h"
#include "report/finding.h"
#include "report/output.h"

#include <string.h>

enum { INDENT = 2, STATUS_COLUMN = 5, COLUMN_MOST = 28, RULES_COLUMN = 33, EXAMPLE_INDENT = 4 };

/* The options of a command, or those that every command has if that is COMMAND_COUNT. */
static void print_options(const struct help_page *page, struct arena *arena, enum command_number command)
{
	bool common = command == COMMAND_COUNT;
	unsigned column = 0;
	for (const struct option_row *row = option_rows; row->name; row++) {
		unsigned end = 4 + (unsigned)str_points(option_flag(arena, row, local_language(), true));
		if ((common ? option_common(row) : option_shown(row, command)) && end > column && end <= COLUMN_MOST)
			column = end;
	}
	for (const struct option_row *row = option_rows; row->name; row++)
		if (common ? option_common(row) : option_shown(row, command))
			page_term(page, INDENT, option_flag(arena, row, local_language(), true).ptr, column,
				option_text(arena, row, local_language()).ptr);
}

static void print_statuses(const struct help_page *page)
{
	page_heading(page, LOCAL("Exit status", "Exitstatus"));
	for (int status = EXIT_DONE; status <= EXIT_TROUBLE; status++) {
		char digit[] = {(char)('0' + status), 0};
		page_term(page, INDENT, digit, STATUS_COLUMN, local_text(exit_meanings[status]));
	}
}

static void print_examples(const struct help_page *page, const struct usage_example *example)
{
	page_heading(page, LOCAL("Examples", "Voorbeelden"));
	for (; example->line; example++) {
		page_lines(page, INDENT, example->line);
		page_text(page, INDENT + EXAMPLE_INDENT, local_text(example->doc));
	}
}

static void print_command(const struct help_page *page, struct arena *arena, enum command_number command)
{
	const struct command_row *row = &command_rows[command];
	const char *operands = local_text(row->operands);
	fprintf(page->stream, "%s evcal %s [%s]...%s%s\n\n", LOCAL("Usage:", "Gebruik:"), row->name,
		LOCAL("OPTION", "OPTIE"), *operands ? " " : "", operands);
	page_text(page, 0, sentence(arena, local_text(row->doc), '.').ptr);
	fputc('\n', page->stream);
	page_text(page, 0, local_text(row->text));
	page_heading(page, LOCAL("Options", "Opties"));
	print_options(page, arena, command);
	print_statuses(page);
	print_examples(page, row->examples);
}

static void print_commands(const struct help_page *page, struct arena *arena)
{
	static const struct wording usage = W("Usage: evcal COMMAND [OPTION]... [OPERAND]...\n\n",
		"Gebruik: evcal OPDRACHT [OPTIE]... [WOORD]...\n\n");
	static const struct wording intro = W("Checks event definitions that are written in YAML, and exports them as "
					      "iCalendar files that Outlook and other calendars subscribe to.",
		"Controleert activiteiten die in YAML zijn geschreven, en exporteert ze als iCalendar-bestanden waar "
		"Outlook en andere agenda's zich op abonneren.");
	static const struct wording more = W(
		"\"evcal help COMMAND\" tells more of a command, \"evcal help rules\" lists the findings, \"evcal help "
		"keys\" the keys of the format, and \"evcal help CODE\" or \"evcal help KEY\" explains one. The whole "
		"format is in evcal(5).",
		"\"evcal help OPDRACHT\" vertelt meer over een opdracht, \"evcal help rules\" toont de meldingen, "
		"\"evcal "
		"help keys\" de sleutels, en \"evcal help CODE\" of \"evcal help SLEUTEL\" legt er een uit. De vorm "
		"van de "
		"bestanden staat in evcal(5).");
	fputs(local_text(usage), page->stream);
	page_text(page, 0, local_text(intro));
	page_heading(page, LOCAL("Commands", "Opdrachten"));
	for (const struct command_row *row = command_rows; row->name; row++) {
		const char *operands = local_text(row->operands);
		struct str term = str_format(arena, "%s%s%s", row->name, *operands ? " " : "", operands);
		page_term(page, INDENT, term.ptr, COLUMN_MOST, local_text(row->doc));
	}
	page_heading(page, LOCAL("Options of every command", "Opties van elke opdracht"));
	print_options(page, arena, COMMAND_COUNT);
	print_statuses(page);
	fputc('\n', page->stream);
	page_text(page, 0, local_text(more));
}

void help_print(FILE *stream, const struct options *options, enum command_number command)
{
	struct help_page page = page_make(stream, options);
	struct arena arena = {0};
	if (command < COMMAND_COUNT)
		print_command(&page, &arena, command);
	else
		print_commands(&page, &arena);
	arena_free(&arena);
}

static void print_rules(const struct help_page *page, struct arena *arena)
{
	for (int code = 0; code < CODE_COUNT; code++) {
		const struct code_row *row = code_row((enum code)code);
		/* Scripts take the first word of a line: it stands at the margin. */
		struct str term = str_format(arena, "%-22s %s", row->name, severity_name(row->severity));
		page_term(page, 0, term.ptr, RULES_COLUMN, local_text(row->summary));
	}
}

/* One half of an example: "Wrong, in an event:" and its lines. */
static void print_half(const struct help_page *page, struct arena *arena, const char *which,
	const struct code_example *example, const char *lines)
{
	const char *place = local_text(example_place_name(example->place));
	page_heading(page, str_format(arena, "%s%s%s", which, *place ? ", " : "", place).ptr);
	if (example->place == EXAMPLE_ELSEWHERE)
		page_text(page, EXAMPLE_INDENT, lines);
	else
		page_lines(page, EXAMPLE_INDENT, lines);
}

static void print_code(const struct help_page *page, struct arena *arena, enum code code)
{
	const struct code_row *row = code_row(code);
	const struct code_example *example = code_example(code);
	page_text(page, 0,
		str_format(arena, "%s (%s): %s", row->name, severity_name(row->severity), local_text(row->summary))
			.ptr);
	fputc('\n', page->stream);
	page_text(page, 0, local_text(row->explanation));
	if (!example->wrong.en)
		return;
	print_half(page, arena, LOCAL("Wrong", "Fout"), example, local_text(example->wrong));
	print_half(page, arena, LOCAL("Right", "Goed"), example, local_text(example->right));
}

static bool print_topic(const struct help_page *page, struct arena *arena, const char *topic)
{
	struct suggestion near = {0};
	struct str word = str_from(topic);
	if (!strcmp(topic, "rules")) {
		print_rules(page, arena);
		return true;
	}
	enum command_number command = command_find(topic);
	if (command < COMMAND_COUNT) {
		print_command(page, arena, command);
		return true;
	}
	for (int code = 0; code < CODE_COUNT; code++)
		if (!strcmp(topic, code_row((enum code)code)->name)) {
			print_code(page, arena, (enum code)code);
			return true;
		}
	if (!strcmp(topic, "keys")) {
		help_print_keys(page, local_language());
		return true;
	}
	if (help_print_key(page, word, local_language()))
		return true;
	suggest(&near, word, suggest_among(word, command_rows, sizeof(*command_rows)));
	suggest(&near, word, suggest_among(word, code_row((enum code)0), sizeof(struct code_row)));
	suggest(&near, word, STR("rules"));
	suggest(&near, word, STR("keys"));
	suggest(&near, word, suggest_among(word, help_key_names(arena), sizeof(const char *)));
	usage_unknown(LOCAL("there is no help on", "er is geen uitleg over"), word, near.best);
	return false;
}

enum exit_status cmd_help(const struct options *options)
{
	enum exit_status status = EXIT_DONE;
	bool whole = options->manual || options->completion;
	if (whole && options->operands.count) {
		fputs(LOCAL("evcal: --man prints a whole page; leave the other word out\n",
			      "evcal: --man toont een hele pagina; laat het andere woord weg\n"),
			stderr);
		return EXIT_USAGE;
	}
	struct help_page page = page_make(stdout, options);
	struct arena arena = {0};
	if (options->manual)
		man_print(stdout, options->manual);
	else if (options->completion)
		completion_print(stdout, options->completion);
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
