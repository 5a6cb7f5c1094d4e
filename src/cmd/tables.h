/*
 * The tables of commands and options (cmd/commands.def, cmd/options.def) for whoever parses, helps or completes. What
 * runs a command is in cmd/commands.h.
 */
#ifndef CMD_TABLES_H
#define CMD_TABLES_H

#include "base/str.h"
#include "cmd/cmd.h"

struct arena;

/* What a value or an operand is: what completions offer for it. */
enum value {
	VALUE_NOTHING, /* there is none */
	VALUE_WORD,
	VALUE_DAY,      /* as time/day.h reads it */
	VALUE_DURATION, /* the same */
	VALUE_FILE,
	VALUE_FOLDER,
	VALUE_EVENT, /* the id of an event; the next three are the calendar's own words too */
	VALUE_FEED,
	VALUE_TYPE,
	VALUE_CATEGORY,
	VALUE_CODE,  /* of a finding that is a warning */
	VALUE_TOPIC, /* what "evcal help" explains */
};

struct usage_example {
	const char *line; /* for the shell */
	struct wording doc;
};

/* For struct command_row, most. */
#define ANY_NUMBER SIZE_MAX

struct command_row {
	const char *name;
	struct wording operands; /* how they are shown; empty if there are none */
	enum value value;
	size_t most;                   /* operands */
	const struct keyword *choices; /* the words that an operand is one of, or NULL */
	struct wording doc, text;
	const struct usage_example *examples; /* ends with a row whose line is NULL */
};

/* By enum command_number; ends with a row whose name is NULL. */
extern const struct command_row command_rows[];

/* The command of a name; COMMAND_COUNT if there is none. */
enum command_number command_find(const char *name);

/* How an option is stored: see cmd/options.def. */
enum store { STORE_FLAG, STORE_CHOICE, STORE_ONE, STORE_MANY, STORE_SECONDS };

struct option_row {
	const char *name; /* without the two hyphens */
	char letter;      /* or 0 */
	unsigned commands;
	enum store store;
	size_t offset;           /* in struct options */
	struct wording argument; /* how help calls the value, or NO_ARGUMENT */
	enum value value;
	const struct keyword *choices; /* the words that the value is one of, or NULL */
	struct wording doc;            /* empty: the option is hidden */
};

/* Of an option without a value. */
#define NO_ARGUMENT W(NULL, NULL)

/* Ends with a row whose name is NULL. An option that takes other words for other commands has a row for each. */
extern const struct option_row option_rows[];

/* The commands of an option, as bits. */
#define FOR(command) (1u << COMMAND_##command)
#define FOR_ALL ((1u << COMMAND_COUNT) - 1)

/* True if a command has the option; false for a hidden one. */
bool option_shown(const struct option_row *row, enum command_number command);
/* True if every command has the option. */
bool option_common(const struct option_row *row);

/* "-o, --output=DIR"; if padded, an option without a letter leaves room for one. */
struct str option_flag(struct arena *arena, const struct option_row *row, enum language language, bool padded);
/* The doc with the words of its choices, and that it may be repeated. */
struct str option_text(struct arena *arena, const struct option_row *row, enum language language);

/* The meanings of the exit status, by enum exit_status. */
extern const struct wording exit_meanings[EXIT_TROUBLE + 1];

/* A clause of the tables as a sentence: with a capital, and with '.' or ':' at its end. */
struct str sentence(struct arena *arena, const char *clause, char end);

#endif
