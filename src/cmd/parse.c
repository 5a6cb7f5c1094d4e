#include "cmd/parse.h"

#include "base/arena.h"
#include "base/suggest.h"
#include "cmd/tables.h"
#include "publish/lock.h"
#include "report/finding.h"
#include "time/day.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct parser {
	struct options *options;
	unsigned command; /* one bit, or those of "help" where no command is named */
	const char *name; /* of the command, or empty */
	int argc, at;
	char **argv;
};

static bool usage(const struct parser *parser)
{
	fprintf(stderr, LOCAL("Try \"evcal help%s%s\".\n", "Probeer \"evcal help%s%s\".\n"), *parser->name ? " " : "",
		parser->name);
	return false;
}

static void words_add(struct words *words, const char *word)
{
	words->items = memory_resize(words->items, (words->count + 1) * sizeof(*words->items));
	words->items[words->count++] = word;
}

static bool unknown_option(const struct parser *parser, struct str word)
{
	struct suggestion near = {0};
	bool elsewhere = false;
	struct str bare = word;
	while (bare.len && bare.ptr[0] == '-')
		bare = str_part(bare, 1, bare.len);
	for (const struct option_row *row = option_rows; row->name; row++) {
		if (row->commands & parser->command && *row->doc.en)
			suggest(&near, bare, str_from(row->name));
		elsewhere |= str_equal(bare, str_from(row->name));
	}
	fputs(LOCAL("evcal: unknown option \"", "evcal: onbekende optie \""), stderr);
	usage_word(word);
	if (elsewhere && *parser->name)
		fprintf(stderr, LOCAL("\" for %s\n", "\" bij %s\n"), parser->name);
	else if (near.best.len && word.len > 2)
		fprintf(stderr, LOCAL("\"; did you mean \"--%.*s\"?\n", "\"; bedoelde je \"--%.*s\"?\n"),
			STR_ARG(near.best));
	else
		fputs("\"\n", stderr);
	return usage(parser);
}

static bool no_value(const struct parser *parser, const struct option_row *row)
{
	fprintf(stderr, LOCAL("evcal: --%s needs %s behind it: %s\n", "evcal: achter --%s hoort %s: %s\n"), row->name,
		local_text(row->argument), local_text(row->doc));
	return usage(parser);
}

/* "; it takes nl or en" */
static void print_choices(const struct keyword *choices)
{
	const char *between = LOCAL("; it takes ", "; wel ");
	for (; choices->word; choices++) {
		fprintf(stderr, "%s%s", between, choices->word);
		between = choices[1].word && choices[2].word ? ", " : LOCAL(" or ", " of ");
	}
	fputc('\n', stderr);
}

/* The choice that a word is, or NULL, with the nearest or all of them on standard error. */
static const struct keyword *find_choice(const struct option_row *row, struct str word)
{
	for (const struct keyword *choice = row->choices; choice->word; choice++)
		if (str_equal(word, str_from(choice->word)))
			return choice;
	struct str near = suggest_among(word, row->choices, sizeof(*row->choices));
	fprintf(stderr, LOCAL("evcal: --%s does not take \"", "evcal: --%s kent geen \""), row->name);
	usage_word(word);
	fputc('"', stderr);
	if (near.len)
		fprintf(stderr, LOCAL("; did you mean \"%.*s\"?\n", "; bedoelde je \"%.*s\"?\n"), STR_ARG(near));
	else
		print_choices(row->choices);
	return NULL;
}

/* True if a finding has the code; else the nearest is on standard error. */
static bool is_code(struct str word)
{
	struct str near = suggest_among(word, code_row((enum code)0), sizeof(struct code_row));
	if (str_equal(word, near))
		return word.len > 0;
	usage_unknown(LOCAL("no finding has the code", "geen enkele melding heeft de code"), word, near);
	return false;
}

static bool read_seconds(const struct option_row *row, struct str word, int64_t *seconds)
{
	if (wait_read(word, seconds))
		return true;
	fprintf(stderr, "evcal: --%s: \"", row->name);
	usage_word(word);
	fputs(LOCAL("\" is no duration; write 30s, 5m or 1h30m\n", "\" is geen duur; schrijf 30s, 5m of 1h30m\n"),
		stderr);
	return false;
}

/* Puts a value into its place in the options. */
static bool set(struct parser *parser, const struct option_row *row, const char *value)
{
	void *place = (char *)parser->options + row->offset;
	const struct keyword *choice = NULL;
	bool path = row->value == VALUE_FILE || row->value == VALUE_FOLDER;
	/* -o "$DIR" of a script in which DIR was never set. */
	if (path && !*value)
		return no_value(parser, row);
	if (row->choices && !(choice = find_choice(row, str_from(value))))
		return usage(parser);
	if (row->value == VALUE_CODE && !is_code(str_from(value)))
		return usage(parser);
	switch (row->store) {
	case STORE_FLAG:
		*(bool *)place = true;
		break;
	case STORE_CHOICE:
		*(int *)place = (int)(choice - row->choices);
		break;
	case STORE_ONE:
		*(const char **)place = value;
		break;
	case STORE_MANY:
		words_add(place, value);
		break;
	case STORE_SECONDS:
		return read_seconds(row, str_from(value), place) || usage(parser);
	}
	return true;
}

/* Sets an option from the word that is its value; NULL: the next word is it. */
static bool set_valued(struct parser *parser, const struct option_row *row, const char *value)
{
	if (!value && parser->at + 1 >= parser->argc)
		return no_value(parser, row);
	return set(parser, row, value ? value : parser->argv[++parser->at]);
}

/* --name, --name=VALUE, --name VALUE */
static bool parse_long(struct parser *parser)
{
	const char *text = parser->argv[parser->at] + 2;
	struct str name = str_part(str_from(text), 0, str_find(str_from(text), '='));
	const char *value = text[name.len] ? text + name.len + 1 : NULL;
	const struct option_row *row = option_rows;
	while (row->name && !(row->commands & parser->command && str_equal(name, str_from(row->name))))
		row++;
	if (!row->name)
		return unknown_option(parser, (struct str){text - 2, name.len + 2});
	if (row->argument.en)
		return set_valued(parser, row, value);
	if (!value)
		return set(parser, row, "");
	fprintf(stderr, LOCAL("evcal: --%s takes no value\n", "evcal: achter --%s hoort geen waarde\n"), row->name);
	return usage(parser);
}

/* -q, -qC DIR, -CDIR */
static bool parse_short(struct parser *parser)
{
	for (const char *letter = parser->argv[parser->at] + 1; *letter; letter++) {
		const struct option_row *row = option_rows;
		while (row->name && !(row->commands & parser->command && row->letter == *letter))
			row++;
		if (!row->name)
			return unknown_option(parser, (struct str){(char[]){'-', *letter, 0}, 2});
		if (row->argument.en)
			return set_valued(parser, row, letter[1] ? letter + 1 : NULL);
		set(parser, row, "");
	}
	return true;
}

/*
 * What a word that begins with "-" gives to an option that takes a value: *value is what is behind the name or the
 * letter, or NULL where the next word is it. NULL: there is no such option in it.
 */
static const struct option_row *find_valued(const char *word, const char **value)
{
	size_t len = strcspn(word, "=");
	bool named = word[1] == '-';
	*value = word[len] ? word + len + 1 : NULL;
	for (size_t i = named ? 2 : 1; named ? i == 2 : word[i] != 0; i++)
		for (const struct option_row *row = option_rows; row->name; row++) {
			bool same = named ? str_equal((struct str){word + 2, len - 2}, str_from(row->name))
					  : row->letter == word[i];
			if (!same || !row->argument.en)
				continue;
			if (!named)
				*value = word[i + 1] ? word + i + 1 : NULL;
			return row;
		}
	return NULL;
}

int parse_command(int argc, char **argv)
{
	const char *value;
	for (int i = 0; i < argc; i++) {
		if (argv[i][0] != '-' || !argv[i][1])
			return i;
		if (!strcmp(argv[i], "--"))
			break;
		i += find_valued(argv[i], &value) && !value;
	}
	return argc;
}

struct first_options parse_first(int argc, char **argv)
{
	struct first_options first = {.directory = DIRECTORY_DEFAULT};
	for (int i = 0; i < argc && strcmp(argv[i], "--"); i++) {
		const char *value;
		const struct option_row *row = argv[i][0] == '-' && argv[i][1] ? find_valued(argv[i], &value) : NULL;
		if (row && !value)
			value = i + 1 < argc ? argv[++i] : NULL;
		if (row && row->offset == offsetof(struct options, directory) && value)
			first.directory = value;
		if (row && row->offset == offsetof(struct options, language))
			first.language = value;
	}
	return first;
}

bool parse_options(struct options *options, enum command_number command, int argc, char **argv)
{
	bool named = command < COMMAND_COUNT, only_operands = false;
	struct parser parser = {.options = options,
		.command = named ? 1u << command : FOR(help),
		.name = named ? command_rows[command].name : "",
		.argc = argc,
		.argv = argv};
	*options = (struct options){.directory = DIRECTORY_DEFAULT, .wait = LOCK_PATIENCE};
	for (; parser.at < argc; parser.at++) {
		const char *word = argv[parser.at];
		if (only_operands || word[0] != '-' || !word[1])
			words_add(&options->operands, word);
		else if (!strcmp(word, "--"))
			only_operands = true;
		else if (!(word[1] == '-' ? parse_long(&parser) : parse_short(&parser)))
			return false;
	}
	if (!named || options->help || options->version || options->operands.count <= command_rows[command].most)
		return true;
	if (command_rows[command].most)
		fprintf(stderr, LOCAL("evcal: %s takes one word; \"", "evcal: bij %s hoort één woord; \""),
			parser.name);
	else
		fprintf(stderr, LOCAL("evcal: %s takes options only; \"", "evcal: bij %s horen alleen opties; \""),
			parser.name);
	usage_word(str_from(options->operands.items[command_rows[command].most]));
	fputs(LOCAL("\" is one too many\n", "\" is er een te veel\n"), stderr);
	return usage(&parser);
}

void parse_free(struct options *options)
{
	for (const struct option_row *row = option_rows; row->name; row++) {
		if (row->store != STORE_MANY)
			continue;
		struct words *words = (struct words *)((char *)options + row->offset);
		free(words->items);
		words->items = NULL;
	}
	free(options->operands.items);
}
