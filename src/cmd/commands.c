#include "base/suggest.h"
#include "base/version.h"
#include "cmd/cmd.h"

#include <stdlib.h>
#include <string.h>

const struct command commands[] = {
	{"validate", cmd_validate, FOR_VALIDATE, "[FILE]...", "check the event definitions and show every finding"},
	{"export", cmd_export, FOR_EXPORT, "", "write the feeds and a file for each event"},
	{"invite", cmd_invite, FOR_INVITE, "ID", "write a meeting request for each person, or withdraw it"},
	{"list", cmd_list, FOR_LIST, "", "show what is on when, each date of a rule by itself"},
	{"new", cmd_new, FOR_NEW, "[TYPE]", "print an event of a type, ready to be filled in"},
	{"schema", cmd_schema, FOR_SCHEMA, "events|calendar", "print a JSON Schema, for editors"},
	{"help", cmd_help, FOR_HELP, "[COMMAND|CODE|KEY|rules|keys]", "explain a command, a finding or a key"},
	{NULL, NULL, 0, NULL, NULL},
};

static const struct command *find_command(const char *name)
{
	const struct command *command = commands;
	while (command->name && strcmp(command->name, name))
		command++;
	return command->name ? command : NULL;
}

static enum exit_status print_version(void)
{
	puts("evcal " EVCAL_VERSION);
	return flush_output() ? EXIT_DONE : EXIT_TROUBLE;
}

static enum exit_status unknown_command(const char *name)
{
	struct suggestion near = {0};
	for (const struct command *command = commands; command->name; command++)
		suggest(&near, str_from(name), str_from(command->name));
	usage_unknown("unknown command", str_from(name), near.best);
	fputs("Try \"evcal help\".\n", stderr);
	return EXIT_USAGE;
}

static enum exit_status run(const struct command *command, int argc, char **argv)
{
	struct options options;
	enum exit_status status = EXIT_USAGE;
	if (!options_parse(&options, command ? command->bit : FOR_HELP, command ? command->name : "", argc, argv))
		goto out;
	if (options.version) {
		status = print_version();
	} else if (options.help) {
		help_print(stdout, &options, command);
		status = flush_output() ? EXIT_DONE : EXIT_TROUBLE;
	} else if (command) {
		status = command->run(&options);
	} else {
		help_print(stderr, &options, NULL);
	}
out:
	options_free(&options);
	return status;
}

int commands_run(int argc, char **argv)
{
	/* Options may stand in front of the command: "evcal -C events validate". */
	int at = 1 + options_command(argc - 1, argv + 1);
	if (at >= argc)
		return (int)run(NULL, argc - 1, argv + 1);
	const struct command *command = find_command(argv[at]);
	if (!command)
		return (int)unknown_command(argv[at]);
	memmove(argv + 2, argv + 1, (size_t)(at - 1) * sizeof(*argv));
	return (int)run(command, argc - 2, argv + 2);
}
