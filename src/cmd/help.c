#include "cmd/cmd.h"

#include "base/suggest.h"
#include "base/version.h"

#include <string.h>

static void print_options(FILE *stream, unsigned command)
{
	for (const struct option_row *row = option_rows; row->name; row++) {
		char flag[64];
		if (!(row->commands & command))
			continue;
		snprintf(flag, sizeof(flag), "%s%c%s--%s%s%s", row->letter ? "-" : "", row->letter ? row->letter : ' ',
			row->letter ? ", " : "   ", row->name, row->argument ? "=" : "",
			row->argument ? row->argument : "");
		fprintf(stream, "  %-24s %s\n", flag, row->doc);
	}
}

static void print_command(FILE *stream, const struct command *command)
{
	fprintf(stream, "Usage: evcal %s [OPTION]...%s%s\n\n%c%s.\n\n", command->name, *command->operands ? " " : "",
		command->operands, command->doc[0] - 32, command->doc + 1);
	print_options(stream, command->bit);
	if (command->bit & ~FOR_HELP)
		fputs("\nExit status: 0 done, 1 errors in the definitions, 2 usage, 3 the environment failed.\n",
			stream);
}

void help_print(FILE *stream, const struct command *command)
{
	if (command) {
		print_command(stream, command);
		return;
	}
	fputs("Usage: evcal COMMAND [OPTION]...\n\nValidates YAML event definitions and exports iCalendar files.\n\n",
		stream);
	for (command = commands; command->name; command++)
		fprintf(stream, "  %-24s %s\n", command->name, command->doc);
	fputs("\n\"evcal help COMMAND\" tells more of a command, \"evcal help rules\" lists the findings, and\n"
	      "\"evcal help CODE\" explains one.\n",
		stream);
}

static void print_rules(void)
{
	for (int code = 0; code < CODE_COUNT; code++) {
		const struct code_row *row = code_row((enum code)code);
		printf("%-22s %-8s %s\n", row->name, severity_name(row->severity), row->summary);
	}
}

static void print_code(const struct code_row *row)
{
	printf("%s (%s): %s\n\n%s\n", row->name, severity_name(row->severity), row->summary, row->explanation);
}

static enum exit_status print_topic(const char *topic)
{
	struct suggestion near = {0};
	struct str word = str_from(topic);
	if (!strcmp(topic, "rules")) {
		print_rules();
		return EXIT_DONE;
	}
	for (const struct command *command = commands; command->name; command++) {
		if (!strcmp(topic, command->name)) {
			print_command(stdout, command);
			return EXIT_DONE;
		}
		suggest(&near, word, str_from(command->name));
	}
	for (int code = 0; code < CODE_COUNT; code++) {
		const struct code_row *row = code_row((enum code)code);
		if (!strcmp(topic, row->name)) {
			print_code(row);
			return EXIT_DONE;
		}
		suggest(&near, word, str_from(row->name));
	}
	fprintf(stderr, "evcal: there is no help on \"%s\"", topic);
	if (near.best.len)
		fprintf(stderr, "; did you mean \"%.*s\"?", STR_ARG(near.best));
	fputs("\n", stderr);
	return EXIT_USAGE;
}

enum exit_status cmd_help(const struct options *options)
{
	enum exit_status status = EXIT_DONE;
	if (!options->operands.count)
		help_print(stdout, NULL);
	for (size_t i = 0; i < options->operands.count && status == EXIT_DONE; i++)
		status = print_topic(options->operands.items[i]);
	return flush_output() ? status : EXIT_TROUBLE;
}
