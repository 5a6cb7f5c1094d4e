#include "cmd/options.h"

#include "base/arena.h"
#include "base/suggest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const char *const validate_formats[] = {"text", "json", "github", "sarif", NULL};
static const char *const export_formats[] = {"text", "json", NULL};
static const char *const invite_formats[] = {"ics", "eml", NULL};
static const char *const list_formats[] = {"table", "json", "tsv", "id", "event", "type", "category", "feed", NULL};
static const char *const colors[] = {"auto", "always", "never", NULL};
static const char *const sections[] = {"1", "5", NULL};

static void set_directory(struct options *options, const char *argument, int choice)
{
	(void)choice;
	options->directory = argument;
}

static void set_color(struct options *options, const char *argument, int choice)
{
	(void)argument;
	options->color = (enum color)choice;
}

static void set_quiet(struct options *options, const char *argument, int choice)
{
	(void)argument, (void)choice;
	options->quiet = true;
}

static void set_help(struct options *options, const char *argument, int choice)
{
	(void)argument, (void)choice;
	options->help = true;
}

static void set_version(struct options *options, const char *argument, int choice)
{
	(void)argument, (void)choice;
	options->version = true;
}

static void set_format(struct options *options, const char *argument, int choice)
{
	(void)argument;
	options->format = choice;
}

static void set_strict(struct options *options, const char *argument, int choice)
{
	(void)argument, (void)choice;
	options->strict = true;
}

static void set_stdin_name(struct options *options, const char *argument, int choice)
{
	(void)choice;
	options->stdin_name = argument;
}

static void set_output(struct options *options, const char *argument, int choice)
{
	(void)choice;
	options->output = argument;
}

static void words_add(struct words *words, const char *word)
{
	words->items = memory_resize(words->items, (words->count + 1) * sizeof(*words->items));
	words->items[words->count++] = word;
}

static void add_feed(struct options *options, const char *argument, int choice)
{
	(void)choice;
	words_add(&options->feeds, argument);
}

static void add_type(struct options *options, const char *argument, int choice)
{
	(void)choice;
	words_add(&options->types, argument);
}

static void add_category(struct options *options, const char *argument, int choice)
{
	(void)choice;
	words_add(&options->categories, argument);
}

static void set_from(struct options *options, const char *argument, int choice)
{
	(void)choice;
	options->from = argument;
}

static void set_until(struct options *options, const char *argument, int choice)
{
	(void)choice;
	options->until = argument;
}

static void add_attendees(struct options *options, const char *argument, int choice)
{
	(void)choice;
	words_add(&options->attendees, argument);
}

static void add_to(struct options *options, const char *argument, int choice)
{
	(void)choice;
	words_add(&options->to, argument);
}

static void set_cancel(struct options *options, const char *argument, int choice)
{
	(void)argument, (void)choice;
	options->cancel = true;
}

static void set_dry_run(struct options *options, const char *argument, int choice)
{
	(void)argument, (void)choice;
	options->dry_run = true;
}

static void set_locked(struct options *options, const char *argument, int choice)
{
	(void)argument, (void)choice;
	options->locked = true;
}

static void set_manual(struct options *options, const char *argument, int choice)
{
	(void)choice;
	options->manual = argument[0] - '0';
}

const struct option_row option_rows[] = {
	{"format", 0, FOR_VALIDATE, "FORMAT", validate_formats, "how findings are printed: text, json, github or sarif",
		set_format},
	{"format", 0, FOR_EXPORT, "FORMAT", export_formats, "how --dry-run is printed: text or json", set_format},
	{"format", 0, FOR_INVITE, "FORMAT", invite_formats,
		"ics: calendar files; eml: mail messages that \"sendmail -t\" sends", set_format},
	{"attendees", 0, FOR_INVITE, "FILE", NULL,
		"a CSV file of people to invite; - is standard input; may be repeated", add_attendees},
	{"to", 0, FOR_INVITE, "PERSON", NULL, "one to invite: 'Name <mail>', or the address alone; may be repeated",
		add_to},
	{"cancel", 0, FOR_INVITE, NULL, NULL, "withdraw the invitation of these people, while the event goes on",
		set_cancel},
	{"format", 0, FOR_LIST, "FORMAT", list_formats,
		"table for people; json and tsv for programs; id: each id once; for completions, without checking: "
		"event, each id with its first day and summary, and type, category or feed, the words that --type, "
		"--category and --feed take",
		set_format},
	{"from", 0, FOR_LIST, "DAY", NULL, "what is not over before this day: 2021-01-21, today, tomorrow, +30d, +2w",
		set_from},
	{"until", 0, FOR_LIST, "DAY", NULL,
		"what begins on this day or before; without it a rule that has no end is followed for two years from "
		"its start "
		"or from --from, whichever is later",
		set_until},
	{"type", 0, FOR_LIST, "TYPE", NULL, "events of this type only; may be repeated", add_type},
	{"category", 0, FOR_LIST, "CATEGORY", NULL, "events of this category only; may be repeated", add_category},
	{"feed", 0, FOR_LIST, "ID", NULL, "events of this feed only; may be repeated", add_feed},
	{"strict", 0, FOR_VALIDATE | FOR_EXPORT | FOR_INVITE | FOR_LIST, NULL, NULL, "warnings make it fail too",
		set_strict},
	{"stdin-name", 0, FOR_VALIDATE, "FILE", NULL, "the file that standard input (-) stands in for", set_stdin_name},
	{"output", 'o', FOR_EXPORT, "DIR", NULL, "where to write (default public); - is standard output, for one feed",
		set_output},
	{"output", 'o', FOR_INVITE, "DIR", NULL, "where to write (default invites)", set_output},
	{"feed", 0, FOR_EXPORT, "ID", NULL, "write this feed only, and remove nothing; may be repeated", add_feed},
	{"dry-run", 0, FOR_EXPORT, NULL, NULL, "say what subscribers would see, and write nothing", set_dry_run},
	{"locked", 0, FOR_EXPORT | FOR_INVITE, NULL, NULL, "fail where revisions.yaml would have to change, for CI",
		set_locked},
	{"man", 0, FOR_HELP, "SECTION", sections, "print the manual page of a section, 1 or 5, for man -l -",
		set_manual},
	{"directory", 'C', FOR_ALL, "DIR", NULL, "the calendar directory (default events)", set_directory},
	{"color", 0, FOR_ALL, "WHEN", colors, "colours: auto, always or never; NO_COLOR is heeded", set_color},
	{"quiet", 'q', FOR_ALL, NULL, NULL, "no summary and no progress", set_quiet},
	{"help", 'h', FOR_ALL, NULL, NULL, "show this help", set_help},
	{"version", 0, FOR_ALL, NULL, NULL, "show the version", set_version},
	{NULL, 0, 0, NULL, NULL, NULL, NULL},
};

static bool usage(const char *command_name)
{
	fprintf(stderr, "Try \"evcal help%s%s\".\n", *command_name ? " " : "", command_name);
	return false;
}

/* A word of the user's in a message: without what could move the cursor. */
static void print_word(struct str word)
{
	for (size_t i = 0; i < word.len; i++)
		fputc((unsigned char)word.ptr[i] < 0x20 || word.ptr[i] == 0x7F ? '?' : word.ptr[i], stderr);
}

void usage_unknown(const char *what, struct str word, struct str near)
{
	fprintf(stderr, "evcal: %s \"", what);
	print_word(word);
	fputc('"', stderr);
	if (near.len)
		fprintf(stderr, "; did you mean \"%.*s\"?", STR_ARG(near));
	fputc('\n', stderr);
}

static bool unknown_option(const char *command_name, unsigned command, struct str word)
{
	struct suggestion near = {0};
	const struct option_row *elsewhere = NULL;
	struct str bare = word;
	while (bare.len && bare.ptr[0] == '-')
		bare = str_part(bare, 1, bare.len);
	for (const struct option_row *row = option_rows; row->name; row++) {
		if (row->commands & command)
			suggest(&near, bare, str_from(row->name));
		else if (str_equal(bare, str_from(row->name)))
			elsewhere = row;
	}
	fputs("evcal: unknown option \"", stderr);
	print_word(word);
	if (elsewhere)
		fprintf(stderr, "\" for %s\n", command_name);
	else if (near.best.len && word.len > 2)
		fprintf(stderr, "\"; did you mean \"--%.*s\"?\n", STR_ARG(near.best));
	else
		fputs("\"\n", stderr);
	return usage(command_name);
}

static bool no_argument(const struct option_row *row, const char *command_name)
{
	fprintf(stderr, "evcal: --%s needs %s behind it: %s\n", row->name, row->argument, row->doc);
	return usage(command_name);
}

static bool set(struct options *options, const struct option_row *row, const char *command_name, const char *argument)
{
	int choice = 0;
	struct suggestion near = {0};
	/* -o "$DIR" of a script in which DIR was never set. */
	if (row->argument && !*argument && (!strcmp(row->argument, "DIR") || !strcmp(row->argument, "FILE")))
		return no_argument(row, command_name);
	if (row->choices) {
		for (; row->choices[choice] && strcmp(row->choices[choice], argument); choice++)
			suggest(&near, str_from(argument), str_from(row->choices[choice]));
		if (!row->choices[choice]) {
			fprintf(stderr, "evcal: --%s does not take \"", row->name);
			print_word(str_from(argument));
			fputc('"', stderr);
			if (near.best.len)
				fprintf(stderr, "; did you mean \"%.*s\"?\n", STR_ARG(near.best));
			else
				fprintf(stderr, "; %s\n", row->doc);
			return usage(command_name);
		}
	}
	row->set(options, argument, choice);
	return true;
}

/* --name, --name=ARGUMENT, --name ARGUMENT; index moves on over an argument of its own. */
static bool parse_long(
	struct options *options, unsigned command, const char *command_name, int argc, char **argv, int *index)
{
	struct str word = str_from(argv[*index] + 2);
	struct str name = str_part(word, 0, str_find(word, '='));
	const struct option_row *row = option_rows;
	while (row->name && !(row->commands & command && str_equal(name, str_from(row->name))))
		row++;
	if (!row->name)
		return unknown_option(command_name, command, (struct str){argv[*index], name.len + 2});
	if (!row->argument) {
		if (name.len < word.len) {
			fprintf(stderr, "evcal: --%s takes no value\n", row->name);
			return usage(command_name);
		}
		return set(options, row, command_name, "");
	}
	if (name.len < word.len)
		return set(options, row, command_name, word.ptr + name.len + 1);
	if (*index + 1 >= argc)
		return no_argument(row, command_name);
	return set(options, row, command_name, argv[++*index]);
}

/* -q, -qC DIR, -CDIR */
static bool parse_short(
	struct options *options, unsigned command, const char *command_name, int argc, char **argv, int *index)
{
	for (const char *letter = argv[*index] + 1; *letter; letter++) {
		const struct option_row *row = option_rows;
		while (row->name && !(row->commands & command && row->letter == *letter))
			row++;
		if (!row->name)
			return unknown_option(command_name, command, (struct str){(char[]){'-', *letter, 0}, 2});
		if (!row->argument) {
			set(options, row, command_name, "");
			continue;
		}
		if (letter[1])
			return set(options, row, command_name, letter + 1);
		if (*index + 1 >= argc)
			return no_argument(row, command_name);
		return set(options, row, command_name, argv[++*index]);
	}
	return true;
}

/* Whether an option takes the next word as its argument: "-C", "-qC", "--directory", but not "-Cevents". */
static bool takes_next(const char *word)
{
	for (const struct option_row *row = option_rows; row->name; row++) {
		if (!row->argument)
			continue;
		if (word[1] == '-' ? !strcmp(word + 2, row->name)
				   : row->letter && word[strlen(word) - 1] == row->letter)
			return true;
	}
	return false;
}

int options_command(int argc, char **argv)
{
	for (int i = 0; i < argc; i++) {
		if (argv[i][0] != '-' || !argv[i][1])
			return i;
		if (!strcmp(argv[i], "--"))
			break;
		i += takes_next(argv[i]);
	}
	return argc;
}

bool options_parse(struct options *options, unsigned command, const char *command_name, int argc, char **argv)
{
	bool only_operands = false;
	*options = (struct options){.directory = "events"};
	for (int i = 0; i < argc; i++) {
		const char *word = argv[i];
		if (only_operands || word[0] != '-' || !word[1]) {
			words_add(&options->operands, word);
		} else if (!strcmp(word, "--")) {
			only_operands = true;
		} else if (word[1] == '-') {
			if (!parse_long(options, command, command_name, argc, argv, &i))
				return false;
		} else if (!parse_short(options, command, command_name, argc, argv, &i)) {
			return false;
		}
	}
	return true;
}

void options_free(struct options *options)
{
	free(options->feeds.items);
	free(options->types.items);
	free(options->categories.items);
	free(options->attendees.items);
	free(options->to.items);
	free(options->operands.items);
}

bool options_color(const struct options *options, int fd)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
	if (options->color != COLOR_AUTO)
		return options->color == COLOR_ALWAYS;
	return isatty(fd) && !(no_color && *no_color) && !(term && !strcmp(term, "dumb"));
}

unsigned terminal_width(int fd)
{
	struct winsize size;
	return isatty(fd) && !ioctl(fd, TIOCGWINSZ, &size) ? size.ws_col : 0;
}
