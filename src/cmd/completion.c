#include "cmd/completion.h"

#include "base/str.h"
#include "cmd/tables.h"

#include <string.h>

/* Of words on one line. */
enum { LINE_MAXIMUM = 80 };

/* The days that are words: time/day.h. */
static const struct keyword days[] = {
	{"today", W("", "")},
	{"tomorrow", W("", "")},
	{"yesterday", W("", "")},
	{NULL, W(NULL, NULL)},
};

/* What the functions of the completion files are told of a value. */
static const char value_names[][sizeof("category")] = {
	[VALUE_NOTHING] = "nothing",
	[VALUE_WORD] = "word",
	[VALUE_DAY] = "word",
	[VALUE_DURATION] = "word",
	[VALUE_FILE] = "file",
	[VALUE_FOLDER] = "folder",
	[VALUE_EVENT] = "event",
	[VALUE_FEED] = "feed",
	[VALUE_TYPE] = "type",
	[VALUE_CATEGORY] = "category",
	[VALUE_CODE] = "code",
	[VALUE_TOPIC] = "topic",
};

/* The words that a value is one of, or NULL. */
static const struct keyword *choices_of(enum value value, const struct keyword *choices)
{
	return value == VALUE_DAY ? days : choices;
}

/* True for a value that nothing can be offered for. */
static bool is_free(enum value value)
{
	return !strcmp(value_names[value], "word") || value == VALUE_NOTHING;
}

/* A line that says what something is: the beginning of its doc. */
static struct str brief(const char *doc)
{
	size_t len = 0;
	while (doc[len] && !strchr(",;:(", doc[len]))
		len++;
	return str_trim((struct str){doc, len});
}

/* True for the first row that the option has. */
static bool is_first(const struct option_row *row)
{
	const struct option_row *first = option_rows;
	while (strcmp(first->name, row->name))
		first++;
	return first == row;
}

static bool is_hidden(const struct option_row *row)
{
	return !*row->doc.en;
}

/* True for what only some commands have, and this one has. */
static bool is_own(const struct option_row *row, int command)
{
	return !option_common(row) && option_shown(row, (enum command_number)command);
}

/* " --directory" of each option that a value follows; a new line begins with next. */
static void print_valued(FILE *stream, const char *next)
{
	size_t column = 0;
	for (const struct option_row *row = option_rows; row->name; row++) {
		if (!row->argument.en || is_hidden(row) || !is_first(row))
			continue;
		column += strlen(row->name) + sizeof(" --") - 1;
		if (column > LINE_MAXIMUM) {
			fputs(next, stream);
			column = 0;
		}
		fprintf(stream, " --%s", row->name);
	}
}

/* Of those that have a letter: begin, the letter, middle and the name, end. */
static void print_letters(FILE *stream, const char *begin, const char *middle, const char *end)
{
	for (const struct option_row *row = option_rows; row->name; row++)
		if (row->argument.en && row->letter && is_first(row))
			fprintf(stream, "%s%c%s%s%s", begin, row->letter, middle, *middle ? row->name : "", end);
}

/* --- bash --------------------------------------------------------------------------------------------------------- */

/* " --format=" of the options of a command, or of those that every command has if that is COMMAND_COUNT. */
static void bash_options(FILE *stream, int command)
{
	const char *between = "";
	for (const struct option_row *row = option_rows; row->name; row++) {
		if (command == COMMAND_COUNT ? !option_common(row) : !is_own(row, command))
			continue;
		fprintf(stream, "%s--%s%s", between, row->name, row->argument.en ? "=" : "");
		between = " ";
	}
}

/* What a value is, and the words that it is one of. */
static void bash_value(FILE *stream, enum value value, const struct keyword *choices)
{
	fputs(value_names[value], stream);
	for (choices = choices_of(value, choices); choices && choices->word; choices++)
		fprintf(stream, " %s", choices->word);
}

static void bash_values(FILE *stream)
{
	for (const struct option_row *row = option_rows; row->name; row++) {
		if (!row->argument.en || is_hidden(row))
			continue;
		/* What has other words for other commands is found by both names. */
		for (int command = 0; row->choices && !option_common(row) && command < COMMAND_COUNT; command++)
			if (is_own(row, command)) {
				fprintf(stream, "\t[\"%s --%s\"]=\"", command_rows[command].name, row->name);
				bash_value(stream, row->value, row->choices);
				fputs("\"\n", stream);
			}
		if ((!row->choices || option_common(row)) && is_first(row)) {
			fprintf(stream, "\t[--%s]=\"", row->name);
			bash_value(stream, row->value, row->choices);
			fputs("\"\n", stream);
		}
	}
}

static void print_bash(FILE *stream)
{
	fputs("# The options of each command, with \"=\" if a value follows.\ndeclare -gA _evcal_options=(\n", stream);
	for (int command = 0; command < COMMAND_COUNT; command++) {
		fprintf(stream, "\t[%s]=\"", command_rows[command].name);
		bash_options(stream, command);
		fputs("\"\n", stream);
	}
	fputs(")\n_evcal_common=\"", stream);
	bash_options(stream, COMMAND_COUNT);
	fputs("\"\n# What a value is, and the words that it is one of.\ndeclare -gA _evcal_values=(\n", stream);
	bash_values(stream);
	fputs(")\n# The same of operands, behind how many there may be.\ndeclare -gA _evcal_operands=(\n", stream);
	for (const struct command_row *row = command_rows; row->name; row++) {
		fprintf(stream, "\t[%s]=\"%zu ", row->name, row->most == ANY_NUMBER ? 99 : row->most);
		bash_value(stream, row->value, row->choices);
		fputs("\"\n", stream);
	}
	fputs(")\n# The letters that a value follows.\ndeclare -gA _evcal_letters=(\n", stream);
	print_letters(stream, "\t[", "]=--", "\n");
	fputs(")\n", stream);
}

/* --- zsh ---------------------------------------------------------------------------------------------------------- */

/* The words that a value is one of, with what they mean, for _arguments and _describe. */
static void zsh_choices(FILE *stream, const struct keyword *choices)
{
	fputs("((", stream);
	for (const char *between = *choices->doc.en ? "\n\t\t\t\t" : ""; choices->word; choices++) {
		struct str doc = brief(choices->doc.en);
		fprintf(stream, "%s%s", between, choices->word);
		between = doc.len ? "\n\t\t\t\t" : " ";
		if (doc.len)
			fprintf(stream, "\\:\"%.*s\"", STR_ARG(doc));
	}
	fputs("))", stream);
}

/* name is the option's, or "operand". */
static void zsh_value(FILE *stream, const char *name, enum value value, const struct keyword *choices)
{
	choices = choices_of(value, choices);
	if (choices)
		zsh_choices(stream, choices);
	else if (is_free(value))
		fputc(' ', stream);
	else
		fprintf(stream, " _evcal_value %s %s", value_names[value], name);
}

static void zsh_option(FILE *stream, const struct option_row *row, const char *indent)
{
	fprintf(stream, "%s\t", indent);
	if (row->letter)
		fprintf(stream, "'(-%c --%s)'{-%c%s,--%s%s}'", row->letter, row->name, row->letter,
			row->argument.en ? "+" : "", row->name, row->argument.en ? "=" : "");
	else
		fprintf(stream, "'%s--%s%s", row->store == STORE_MANY ? "*" : "", row->name,
			row->argument.en ? "=" : "");
	fprintf(stream, "[%.*s]", STR_ARG(brief(row->doc.en)));
	if (row->argument.en) {
		fprintf(stream, ":%s:", row->argument.en);
		zsh_value(stream, row->name, row->value, row->choices);
	}
	fputs("'\n", stream);
}

static void zsh_command(FILE *stream, int command)
{
	const struct command_row *of = &command_rows[command];
	fprintf(stream, "\t%s)\n\t\tmost=%zu operand='", of->name, of->most == ANY_NUMBER ? 99 : of->most);
	zsh_value(stream, "operand", of->value, of->choices);
	fputs("'\n", stream);
	bool any = false;
	for (const struct option_row *row = option_rows; row->name; row++) {
		if (!is_own(row, command))
			continue;
		if (!any)
			fputs("\t\toptions+=(\n", stream);
		any = true;
		zsh_option(stream, row, "\t\t");
	}
	fputs(any ? "\t\t)\n\t\t;;\n" : "\t\t;;\n", stream);
}

static void print_zsh(FILE *stream)
{
	fputs("# Sets what there is, and what $command has: for _evcal.\n_evcal_tables() {\n\tverbs=(\n", stream);
	for (const struct command_row *row = command_rows; row->name; row++)
		fprintf(stream, "\t\t'%s:%s'\n", row->name, row->doc.en);
	fputs("\t)\n\tvalued=(", stream);
	print_valued(stream, "\n\t\t");
	fputs(" )\n\tletters=(", stream);
	print_letters(stream, " ", " --", "");
	fputs(" )\n\toptions=(\n", stream);
	for (const struct option_row *row = option_rows; row->name; row++)
		if (option_common(row))
			zsh_option(stream, row, "\t");
	fputs("\t)\n\tcase $command in\n", stream);
	for (int command = 0; command < COMMAND_COUNT; command++)
		zsh_command(stream, command);
	fputs("\tesac\n}\n", stream);
}

/* --- fish --------------------------------------------------------------------------------------------------------- */

static void fish_value(FILE *stream, const char *name, enum value value, const struct keyword *choices)
{
	choices = choices_of(value, choices);
	if (value == VALUE_FILE) {
		fputs(" -F", stream);
	} else if (choices) {
		fputs(" \\\n    -a \"", stream);
		for (const char *between = ""; choices->word; choices++, between = "\n        ")
			fprintf(stream, "%s%s\\t'%.*s'", between, choices->word, STR_ARG(brief(choices->doc.en)));
		fputs("\"", stream);
	} else if (!is_free(value)) {
		fprintf(stream, " \\\n    -a '(__evcal_value %s %s)'", value_names[value], name);
	}
}

static void fish_option(FILE *stream, const struct option_row *row, const char *command)
{
	fputs("complete -c evcal", stream);
	if (command)
		fprintf(stream, " -n '__evcal_at %s'", command);
	if (row->letter)
		fprintf(stream, " -s %c", row->letter);
	fprintf(stream, " -l %s -d '%.*s'", row->name, STR_ARG(brief(row->doc.en)));
	if (row->argument.en) {
		fputs(row->value == VALUE_FILE ? " -r" : " -x", stream);
		fish_value(stream, row->name, row->value, row->choices);
	}
	fputc('\n', stream);
}

static void fish_command(FILE *stream, int command)
{
	const struct command_row *of = &command_rows[command];
	if (of->most) {
		fprintf(stream, "complete -c evcal -n '__evcal_at %s", of->name);
		fprintf(stream, of->most == ANY_NUMBER ? "'" : " %zu'", of->most - 1);
		fish_value(stream, "operand", of->value, of->choices);
		fputc('\n', stream);
	}
	for (const struct option_row *row = option_rows; row->name; row++)
		if (is_own(row, command))
			fish_option(stream, row, of->name);
}

static void print_fish(FILE *stream)
{
	fputs("function __evcal_commands\n    printf '%s\\t%s\\n'", stream);
	for (const struct command_row *row = command_rows; row->name; row++)
		fprintf(stream, " \\\n        %s '%s'", row->name, row->doc.en);
	fputs("\nend\n\n# The options that a value follows, and the letters of some with their names.\nset -g "
	      "__evcal_valued",
		stream);
	print_valued(stream, " \\\n   ");
	fputs("\nset -g __evcal_letters", stream);
	print_letters(stream, " ", "", "");
	fputs("\nset -g __evcal_lettered", stream);
	for (const struct option_row *row = option_rows; row->name; row++)
		if (row->argument.en && row->letter && is_first(row))
			fprintf(stream, " --%s", row->name);
	fputs("\n\n", stream);
	for (const struct option_row *row = option_rows; row->name; row++)
		if (option_common(row))
			fish_option(stream, row, NULL);
	for (int command = 0; command < COMMAND_COUNT; command++)
		fish_command(stream, command);
}

void completion_print(FILE *stream, const char *shell)
{
	if (!strcmp(shell, "bash"))
		print_bash(stream);
	else if (!strcmp(shell, "zsh"))
		print_zsh(stream);
	else
		print_fish(stream);
}
