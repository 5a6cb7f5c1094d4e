#include "cmd/init.h"

#include "base/arena.h"
#include "base/scalar.h"
#include "cmd/options.h"
#include "cmd/schema.h"
#include "cmd/template.h"
#include "decode/decoder.h"
#include "decode/keys.h"
#include "decode/kinds.h"
#include "input/encoding.h"
#include "publish/fresh.h"
#include "report/report.h"
#include "report/trouble.h"
#include "session/session.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The zone that is written down: evcal comes from a Dutch programme, and a comment says what it is. */
#define FIRST_ZONE "Europe/Amsterdam"

struct making {
	struct arena arena;
	const struct options *options;
	const char *folder; /* without slashes at its end */
	struct str events;  /* the name of the first events file */
};

/* --- what was given ----------------------------------------------------------------------------------------------- */

/* Whether a word of the command line is a good value of a key; else the findings that say why are shown. */
static bool is_good(struct making *making, const char *option, const char *word, const char *name, unsigned where)
{
	if (!word)
		return true;
	struct sources sources = {.arena = &making->arena};
	struct findings findings = {.arena = &making->arena, .sources = &sources};
	struct zones zones = {.arena = &making->arena};
	struct decoder decoder = {.findings = &findings, .zones = &zones};
	const struct key *key = key_find(str_from(name), where);
	uint32_t source = source_add(&sources, str_from(option), str_from(word));
	struct span span = {source, 0, (uint32_t)strlen(word)};
	struct node node = {.kind = NODE_TEXT, .quoted = true, .span = span, .text = str_from(word)};
	void *value = arena_alloc(&making->arena, kinds[key->kind].size);
	if (!*word)
		tell("%s %s", option, LOCAL("is empty", "is leeg"));
	else if (encoding_check(&findings, &making->arena, source, NULL) &&
		 encoding_check_text(&findings, span, node.text) &&
		 kinds[key->kind].read(&decoder, key, &node, value) && !findings.count)
		return true;
	show_findings(stderr, &findings, making->options);
	return false;
}

/* --- the files ---------------------------------------------------------------------------------------------------- */

/* A key with its value; where there is none, with what goes there and an example above it. */
static void add_key(struct buffer *out, const char *name, unsigned where, const char *value)
{
	const struct key *key = key_find(str_from(name), where);
	const char *indent = where == IN_CALENDAR ? "" : "  ";
	buffer_format(out, "%s# %s\n", indent, local_text(key->doc));
	if (!value)
		buffer_format(out, "%s# %s\n", indent, key->example);
	buffer_format(out, "%s%s:", indent, name);
	if (value) {
		buffer_byte(out, ' ');
		scalar_add(out, str_from(value));
	}
	buffer_byte(out, '\n');
}

static struct str taken(struct making *making, struct buffer *text)
{
	struct str copy = str_copy(&making->arena, buffer_str(text));
	buffer_free(text);
	return copy;
}

static struct str calendar_text(struct making *making)
{
	const struct options *options = making->options;
	struct buffer out = {0};
	buffer_format(&out, "# yaml-language-server: $schema=.schema/calendar.json\n%s\n\n",
		LOCAL("# The calendar itself. \"evcal help keys\" shows what else can stand here.",
			"# De agenda zelf. \"evcal help keys\" toont wat hier nog meer kan staan."));
	add_key(&out, "name", IN_CALENDAR, options->name);
	add_key(&out, "domain", IN_CALENDAR, options->domain);
	add_key(&out, "timezone", IN_CALENDAR, FIRST_ZONE);
	add_key(&out, "language", IN_CALENDAR, local_language() == LANGUAGE_NL ? "nl" : "en");
	buffer_format(&out, "# %s\norganizer:\n", local_text(key_find(STR("organizer"), IN_CALENDAR)->doc));
	add_key(&out, "name", IN_PERSON, options->name);
	add_key(&out, "email", IN_PERSON, options->email);
	buffer_format(&out, "\n%s\n",
		LOCAL("# What your events have in common, such as a length, goes into a type:\n"
		      "# types:\n#   workshop: {name: Workshop, duration: 2h}",
			"# Wat activiteiten gemeen hebben, zoals hoe lang ze duren, staat in een soort:\n"
			"# types:\n#   workshop: {name: Workshop, duration: 2h}"));
	return taken(making, &out);
}

static struct str events_text(struct making *making, struct date today)
{
	enum language language = local_language();
	struct calendar calendar = {.file_count = 0};
	struct buffer out = {0};
	struct str id = str_format(&making->arena, "%.*s-%d", STR_ARG(template_stem(language)), today.year);
	buffer_format(&out, "# yaml-language-server: $schema=.schema/events.json\n%s\nevents:\n",
		LOCAL("# The events. \"evcal new >>\" with the name of this file adds one.",
			"# De activiteiten. \"evcal new >>\" met de naam van dit bestand zet er een bij."));
	template_event(&out, &calendar, NULL, language, id);
	return taken(making, &out);
}

static struct str schema_text(struct making *making, const char *which)
{
	struct buffer out = {0};
	schema_add(&out, which);
	return taken(making, &out);
}

/* Where the next command looks, if that is not what it does by itself. */
static void print_next(const struct making *making)
{
	bool usual = !strcmp(making->folder, "events");
	fprintf(stderr,
		LOCAL("made %s/calendar.yaml and %s/%.*s; fill in what has nothing behind it, and then run: evcal "
		      "validate%s%s\n",
			"%s/calendar.yaml en %s/%.*s zijn gemaakt; vul in waar nog niets staat, en voer dan uit: evcal "
			"validate%s%s\n"),
		making->folder, making->folder, STR_ARG(making->events), usual ? "" : " -C ",
		usual ? "" : making->folder);
}

static enum exit_status make(struct making *making)
{
	int64_t now;
	struct date today;
	const struct calendar none = {.file_count = 0};
	if (!now_read(&now) || !today_read(&none, now, &today))
		return EXIT_TROUBLE;
	const struct fresh_file files[] = {
		{"calendar.yaml", calendar_text(making), FRESH_OWN},
		{making->events.ptr, events_text(making, today), FRESH_OWN},
		{".schema/calendar.json", schema_text(making, "calendar"), FRESH_UNLESS_THERE},
		{".schema/events.json", schema_text(making, "events"), FRESH_UNLESS_THERE},
	};
	if (!fresh_write(&making->arena, making->folder, files, sizeof(files) / sizeof(*files)))
		return EXIT_TROUBLE;
	if (!making->options->quiet)
		print_next(making);
	return EXIT_DONE;
}

/* The folder without a name of its own would be a calendar within a calendar. */
static bool is_apart(const struct making *making)
{
	if (making->options->operands.count || strcmp(making->folder, "events") || access("calendar.yaml", F_OK))
		return true;
	return trouble_because(DOING_MAKE, making->folder,
		LOCAL("calendar.yaml is in this folder, so it is a calendar already; name another",
			"calendar.yaml staat in deze map, dus dit is al een agenda; noem een andere map"));
}

static bool are_good(struct making *making)
{
	const struct options *options = making->options;
	bool good = is_good(making, "--name", options->name, "name", IN_CALENDAR);
	good &= is_good(making, "--domain", options->domain, "domain", IN_CALENDAR);
	return is_good(making, "--email", options->email, "email", IN_PERSON) && good;
}

enum exit_status cmd_init(const struct options *options)
{
	struct making making = {.options = options,
		.events = local_language() == LANGUAGE_NL ? STR("activiteiten.yaml") : STR("events.yaml")};
	struct str folder = str_from(options->operands.count ? options->operands.items[0] : options->directory);
	while (folder.len > 1 && folder.ptr[folder.len - 1] == '/')
		folder.len--;
	making.folder = str_copy(&making.arena, folder).ptr;
	enum exit_status status = EXIT_USAGE;
	if (!folder.len)
		tell("%s", LOCAL("the name of the folder is empty", "de naam van de map is leeg"));
	else if (are_good(&making))
		status = is_apart(&making) ? make(&making) : EXIT_TROUBLE;
	arena_free(&making.arena);
	return status;
}
