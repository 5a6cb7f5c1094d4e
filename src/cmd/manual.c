#include "cmd/manual.h"

#include <string.h>

const char *const exit_meanings[EXIT_TROUBLE + 1] = {
	[EXIT_DONE] = "done, and nothing is wrong",
	[EXIT_FINDINGS] = "the definitions have errors; with --strict, warnings too",
	[EXIT_USAGE] = "a word on the command line is not known: a command, an option, a type, a feed, an event",
	[EXIT_TROUBLE] = "the machine failed: a file cannot be read or written, the disk is full",
};

static const struct usage_example validate_examples[] = {
	{"evcal validate", "check the calendar in events"},
	{"evcal validate -C agenda agenda/workshops.yaml", "show what is wrong in one file of another calendar"},
	{"evcal validate --format=github --strict", "in CI: annotate the lines, and fail on warnings too"},
	{"evcal validate --stdin-name=events/a.yaml - <draft", "check what an editor has not saved yet"},
	{NULL, NULL},
};

static const struct usage_example export_examples[] = {
	{"evcal export", "write all feeds and events to public"},
	{"evcal export --dry-run", "say what subscribers would see of it"},
	{"evcal export --feed=agenda -o - >agenda.ics", "write one feed to a file of your own"},
	{"evcal export --locked", "in CI: publish what was exported and committed, or fail"},
	{NULL, NULL},
};

static const struct usage_example invite_examples[] = {
	{"evcal invite workshop-2021 --to='Test <test@example.org>'", "make an invitation for one person"},
	{"evcal invite workshop-2021 --attendees=aanmeldingen.csv --format=eml",
		"make a mail for each row of a registration form"},
	{"evcal invite workshop-2021 --attendees=afgemeld.csv --cancel", "withdraw the invitation of some"},
	{NULL, NULL},
};

static const struct usage_example list_examples[] = {
	{"evcal list --from=today --until=+30d", "what there is in the next thirty days"},
	{"evcal list --feed=agenda --format=json", "a feed, for a web page"},
	{NULL, NULL},
};

static const struct usage_example new_examples[] = {
	{"evcal new workshop", "show what a workshop needs"},
	{"evcal new workshop >>events/workshops.yaml", "add one at the end of a file, to be filled in there"},
	{NULL, NULL},
};

static const struct usage_example schema_examples[] = {
	{"evcal schema events >events/.schema/events.json",
		"keep the schema beside the events, where their first line names it"},
	{NULL, NULL},
};

static const struct usage_example help_examples[] = {
	{"evcal help export", "tell more of a command"},
	{"evcal help rules", "list the codes of all findings"},
	{"evcal help weekday-mismatch", "explain one of them, with an example and its cure"},
	{"evcal help rrule", "explain a key of the format, with an example"},
	{"evcal help --man=5 | man -l -", "read evcal(5), which is about the format, where it is not installed"},
	{NULL, NULL},
};

static const struct chapter chapters[] = {
	{"validate",
		"The whole calendar is read and checked, and every finding of it is shown: its place, what is wrong, "
		"its code in brackets, the line, and what to write instead. \"evcal help CODE\" explains a code.\n\n"
		"With FILE only what is in these files, or in these folders, is shown and counted; the rest of the "
		"calendar is read all the same, so that an id that is taken in another file is still found. FILE may "
		"be -, which is standard input.",
		validate_examples},
	{"export",
		"The calendar is checked first; where it has an error, the findings go to standard error and nothing "
		"is "
		"written. Then a file ID.ics is written for every feed, and events/ID.ics for every event. All of them "
		"change together or not at all, and a file that would stay the same is not touched.\n\n"
		"evcal keeps a list of what it wrote, in .evcal beside the files. A file of that list that no event "
		"and no feed stands for any more is removed. A file that it did not write is never touched.\n\n"
		"What subscribers have seen is remembered in revisions.yaml, in the calendar directory; commit it with "
		"the events.",
		export_examples},
	{"invite",
		"A meeting request is made for one event, which Outlook opens with Accept and Decline: one file for "
		"each "
		"person, so that nobody sees who else was invited. The people come from --to, and from a table in CSV, "
		"as a registration form or Excel gives it, with a row that names its columns. Without people it prints "
		"the event's own calendar file.\n\n"
		"An event whose status is cancelled gives cancellations. --cancel withdraws the invitation of the "
		"people "
		"named while the event goes on.",
		invite_examples},
	{"list",
		"Each occurrence of the events is shown, in the order of their start. An endless rule is followed for "
		"two "
		"years, or to --until. What could be read is shown even where the calendar has errors; the findings "
		"then "
		"go to standard error.",
		list_examples},
	{"new",
		"An event of the type is printed, to be pasted under \"events:\": the keys that every event must have, "
		"those that the type requires, and above each a comment that says what goes there, in the calendar's "
		"language. Its id is one that is not taken. Without TYPE it is an event of no type.",
		new_examples},
	{"schema",
		"A JSON Schema (draft 2020-12) of an events file or of calendar.yaml is printed. An editor that has it "
		"completes keys and values and marks slips while somebody types. It knows one file and no more, so "
		"\"evcal validate\" still has the last word: on dates and weekdays, on types, on ids that are taken.",
		schema_examples},
	{"help",
		"Without an operand, the commands. With one: a command, the code of a finding, \"rules\" for the list "
		"of all "
		"codes, a key of the format, or \"keys\" for the list of all keys.",
		help_examples},
};

const struct chapter *manual_chapter(const char *command)
{
	for (size_t i = 0; i < sizeof(chapters) / sizeof(*chapters); i++)
		if (!strcmp(chapters[i].command, command))
			return &chapters[i];
	return NULL;
}

struct str option_flag(struct arena *arena, const struct option_row *row, bool padded)
{
	char letter[] = {'-', row->letter, ',', ' ', 0};
	return str_format(arena, "%s--%s%s%s",
		row->letter ? letter
		: padded    ? "    "
			    : "",
		row->name, row->argument ? "=" : "", row->argument ? row->argument : "");
}

struct str sentence(struct arena *arena, const char *clause, char end)
{
	char first = clause[0];
	if (first >= 'a' && first <= 'z')
		first = (char)(first - 'a' + 'A');
	return str_format(arena, "%c%s%c", first, clause + 1, end);
}
