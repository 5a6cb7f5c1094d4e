#include "cmd/tables.h"

#include "base/arena.h"
#include "cmd/diff.h"
#include "cmd/export.h"
#include "cmd/import.h"
#include "cmd/invite.h"
#include "cmd/list.h"
#include "cmd/options.h"
#include "cmd/schema.h"
#include "cmd/validate.h"

#include <stddef.h>
#include <string.h>

const struct command_row command_rows[] = {
#define COMMAND(name, operands, value, most, choices, doc, text, ...) \
	{#name, operands, VALUE_##value, most, choices, doc, text, \
		(const struct usage_example[]){__VA_ARGS__, {NULL, W(NULL, NULL)}}},
#include "cmd/commands.def"
	{.name = NULL},
};

/* By enum color. */
static const struct keyword colors[] = {
	{"auto", W("on a terminal, unless NO_COLOR is set", "op een scherm, tenzij NO_COLOR bestaat")},
	{"always", W("", "")},
	{"never", W("", "")},
	{NULL, W(NULL, NULL)},
};

static const struct keyword languages[] = {
	{"nl", W("Dutch", "Nederlands")},
	{"en", W("English", "Engels")},
	{NULL, W(NULL, NULL)},
};

static const struct keyword manual_sections[] = {
	{"1", W("the program", "het programma")},
	{"5", W("the format", "de vorm van de bestanden")},
	{"7", W("publishing and inviting", "publiceren en uitnodigen")},
	{NULL, W(NULL, NULL)},
};

static const struct keyword completion_shells[] = {
	{"bash", W("", "")},
	{"zsh", W("", "")},
	{"fish", W("", "")},
	{NULL, W(NULL, NULL)},
};

const struct option_row option_rows[] = {
#define OPTION(store, member, name, letter, commands, argument, value, choices, doc) \
	{name, letter, commands, STORE_##store, offsetof(struct options, member), argument, VALUE_##value, choices, \
		doc},
#define OPTION_ALSO OPTION
#include "cmd/options.def"
	{.name = NULL},
};

const struct wording exit_meanings[EXIT_TROUBLE + 1] = {
	[EXIT_DONE] = W("done, and nothing is wrong", "klaar, en alles klopt"),
	[EXIT_FINDINGS] = W("the definitions have errors; with --strict, warnings too",
		"er zitten fouten in de activiteiten; met --strict ook bij waarschuwingen"),
	[EXIT_USAGE] = W("a word on the command line is unknown: a command, an option, a type, a feed, an event",
		"een woord op de opdrachtregel is onbekend: een opdracht, een optie, een soort, een feed, een "
		"activiteit"),
	[EXIT_TROUBLE] = W("the machine failed: a file cannot be read or written, the disk is full",
		"de computer kon niet verder: een bestand is niet te lezen of te schrijven, de schijf is vol"),
};

enum command_number command_find(const char *name)
{
	int command = 0;
	while (command < COMMAND_COUNT && strcmp(command_rows[command].name, name))
		command++;
	return (enum command_number)command;
}

bool option_shown(const struct option_row *row, enum command_number command)
{
	return row->commands & 1u << command && *row->doc.en;
}

bool option_common(const struct option_row *row)
{
	return row->commands == FOR_ALL;
}

struct str option_flag(struct arena *arena, const struct option_row *row, enum language language, bool padded)
{
	char letter[] = {'-', row->letter, ',', ' ', 0};
	return str_format(arena, "%s--%s%s%s",
		row->letter ? letter
		: padded    ? "    "
			    : "",
		row->name, row->argument.en ? "=" : "", row->argument.en ? wording_in(row->argument, language) : "");
}

struct str option_text(struct arena *arena, const struct option_row *row, enum language language)
{
	static const struct wording again = W("; may be repeated", "; mag vaker");
	struct buffer text = {0};
	buffer_format(&text, "%s", wording_in(row->doc, language));
	const char *between = ": ";
	for (const struct keyword *choice = row->choices; choice && choice->word; choice++) {
		const char *doc = wording_in(choice->doc, language);
		buffer_format(&text, "%s%s%s%s%s", between, choice->word, *doc ? " (" : "", doc, *doc ? ")" : "");
		between = ", ";
	}
	if (row->store == STORE_MANY)
		buffer_format(&text, "%s", wording_in(again, language));
	struct str copy = str_copy(arena, buffer_str(&text));
	buffer_free(&text);
	return copy;
}

struct str sentence(struct arena *arena, const char *clause, char end)
{
	char first = clause[0];
	if (first >= 'a' && first <= 'z')
		first = (char)(first - 'a' + 'A');
	return str_format(arena, "%c%s%c", first, clause + 1, end);
}
