#include "cmd/commands.h"

#include "base/suggest.h"
#include "base/version.h"
#include "cmd/confine.h"
#include "cmd/diff.h"
#include "cmd/export.h"
#include "cmd/help.h"
#include "cmd/import.h"
#include "cmd/init.h"
#include "cmd/invite.h"
#include "cmd/list.h"
#include "cmd/new.h"
#include "cmd/parse.h"
#include "cmd/schema.h"
#include "cmd/tables.h"
#include "cmd/validate.h"
#include "publish/lock.h"
#include "report/output.h"
#include "session/language.h"

#include <stdio.h>
#include <string.h>

static enum exit_status (*const functions[])(const struct options *options) = {
#define COMMAND(name, ...) cmd_##name,
#include "cmd/commands.def"
};

static enum exit_status print_version(void)
{
	fputs("evcal " EVCAL_VERSION "\n", stdout);
	return flush_output() ? EXIT_DONE : EXIT_TROUBLE;
}

/*
 * The command that somebody surely meant, or nothing. Commands are short words, so what is near enough elsewhere is
 * another word here: "init" is not "invite".
 */
static struct str near_command(struct str name)
{
	struct suggestion near = {0};
	suggest(&near, name, suggest_among(name, command_rows, sizeof(*command_rows)));
	return near.distance <= 1 + name.len / 8 ? near.best : STR("");
}

static enum exit_status unknown_command(const char *name)
{
	usage_unknown(LOCAL("unknown command", "onbekende opdracht"), str_from(name), near_command(str_from(name)));
	usage_try("help");
	return EXIT_USAGE;
}

static enum exit_status run(enum command_number command, int argc, char **argv)
{
	struct options options;
	enum exit_status status = EXIT_USAGE;
	if (!parse_options(&options, command, argc, argv))
		goto out;
	if (options.version) {
		status = print_version();
	} else if (options.help) {
		help_print(stdout, &options, command);
		status = flush_output() ? EXIT_DONE : EXIT_TROUBLE;
	} else if (command < COMMAND_COUNT) {
		lock_patience(options.wait);
		confine(command, &options);
		status = functions[command](&options);
	} else {
		help_print(stderr, &options, command);
	}
out:
	parse_free(&options);
	return status;
}

int commands_run(int argc, char **argv)
{
	struct first_options first = parse_first(argc - 1, argv + 1);
	language_choose(first.language, first.directory);
	/* Options may stand in front of the command: "evcal -C events validate". */
	int at = 1 + parse_command(argc - 1, argv + 1);
	if (at >= argc)
		return (int)run(COMMAND_COUNT, argc - 1, argv + 1);
	enum command_number command = command_find(argv[at]);
	if (command == COMMAND_COUNT)
		return (int)unknown_command(argv[at]);
	memmove(argv + 2, argv + 1, (size_t)(at - 1) * sizeof(*argv));
	return (int)run(command, argc - 2, argv + 2);
}
