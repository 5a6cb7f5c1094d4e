#include "cmd/diff.h"

#include "ical/diff.h"
#include "report/diff.h"
#include "report/output.h"
#include "report/trouble.h"
#include "session/git.h"
#include "session/session.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum diff_format { DIFF_TEXT, DIFF_MARKDOWN, DIFF_JSON };

const struct keyword diff_formats[] = {
	[DIFF_TEXT] = {"text", W("for people", "voor mensen")},
	[DIFF_MARKDOWN] = {"markdown", W("a comment for a pull request", "een opmerking bij een pull request")},
	[DIFF_JSON] = {"json", W("for programs", "voor programma's")},
	{NULL, W(NULL, NULL)},
};

/* One of the two states. */
struct state {
	const char *name; /* a folder, or a git revision */
	struct loaded loaded;
	struct diff_side side;
};

/* --- reading ----------------------------------------------------------------------------------------------------- */

static bool is_folder(const char *name)
{
	struct stat status;
	return !stat(name, &status) && S_ISDIR(status.st_mode);
}

/* Files of a revision are shown by the names that they have in the folder. */
static void rename_sources(struct sources *sources, struct str from, const char *to)
{
	for (size_t i = 0; i < sources->count; i++) {
		struct str name = sources->items[i].name;
		if (str_starts(name, from))
			sources->items[i].name =
				str_format(sources->arena, "%s%.*s", to, STR_ARG(str_part(name, from.len, name.len)));
	}
}

static void find_broken(struct state *state)
{
	const struct findings *findings = &state->loaded.findings;
	for (size_t i = 0; i < findings->count; i++)
		if (findings->items[i].severity == SEVERITY_ERROR && findings->items[i].event.len)
			map_put(&state->side.broken, &state->loaded.arena, findings->items[i].event, state);
}

/* Loads it; folders go before revisions of the same name. */
static enum exit_status read_state(struct state *state, struct arena *arena, const struct options *options)
{
	struct options here = *options;
	struct str path = STR("");
	here.directory = state->name;
	if (state->name != options->directory && !is_folder(state->name)) {
		enum git_state got = git_write(arena, options->directory, state->name, &path);
		if (got != GIT_DONE)
			return got == GIT_REFUSED ? EXIT_USAGE : EXIT_TROUBLE;
		here.directory = path.ptr;
	}
	if (!load(&state->loaded, &here, NULL))
		return EXIT_TROUBLE;
	if (path.len)
		rename_sources(&state->loaded.sources, path, options->directory);
	state->side.calendar = &state->loaded.calendar;
	find_broken(state);
	return EXIT_DONE;
}

/* --- findings ---------------------------------------------------------------------------------------------------- */

/* What tells one finding from another, but where it stands in its file. */
static struct str finding_key(struct arena *arena, const struct findings *findings, const struct finding *finding)
{
	struct str source = STR("");
	if (finding->span.source)
		source = source_get(findings->sources, finding->span.source)->name;
	size_t slash = source.len;
	while (slash && source.ptr[slash - 1] != '/')
		slash--;
	return str_format(arena, "%d\n%.*s\n%.*s\n%.*s", finding->code, STR_ARG(finding->event), STR_ARG(finding->text),
		STR_ARG(str_part(source, slash, source.len)));
}

/* Keeps those of after that before does not have as often. */
static void keep_new(struct arena *arena, const struct findings *before, struct findings *after)
{
	struct map known = {0};
	size_t kept = 0;
	for (size_t i = 0; i < before->count; i++) {
		struct str key = finding_key(arena, before, &before->items[i]);
		size_t *count = map_get(&known, key);
		if (!count) {
			count = arena_alloc(arena, sizeof(*count));
			map_put(&known, arena, key, count);
		}
		++*count;
	}
	for (size_t i = 0; i < after->count; i++) {
		size_t *count = map_get(&known, finding_key(arena, after, &after->items[i]));
		if (count && *count)
			--*count;
		else
			after->items[kept++] = after->items[i];
	}
	after->count = kept;
}

/* --- the command ------------------------------------------------------------------------------------------------- */

static void say_errors(const struct state *before)
{
	size_t errors = findings_tally(&before->loaded.findings).errors;
	struct arena arena = {0};
	static const struct noun error = NOUN("error", "errors", "fout", "fouten");
	if (errors)
		tell(LOCAL("%s has %s; what could be read of it is compared",
			     "%s heeft %s; wat ervan gelezen kon worden, is vergeleken"),
			before->name, noun_count(&arena, errors, error));
	arena_free(&arena);
}

static enum exit_status compare(
	struct arena *arena, struct state *before, struct state *after, const struct options *options)
{
	struct findings *findings = &after->loaded.findings;
	bool errors = findings_tally(findings).errors;
	struct diff diff = diff_calendars(arena, &before->side, &after->side);
	say_errors(before);
	keep_new(arena, &before->loaded.findings, findings);
	show_findings(stderr, findings, options);
	if (options->format == DIFF_JSON)
		diff_json(stdout, &diff);
	else if (options->format == DIFF_MARKDOWN)
		diff_markdown(stdout, &diff, findings);
	else
		diff_text(stdout, &diff, options_color(options, STDOUT_FILENO), terminal_width(STDOUT_FILENO));
	if (!flush_output())
		return EXIT_TROUBLE;
	bool differs = diff.count || diff.feed_count;
	return errors || (options->exit_code && differs) ? EXIT_FINDINGS : EXIT_DONE;
}

enum exit_status cmd_diff(const struct options *options)
{
	struct arena arena = {0};
	struct state before = {.loaded = {.directory.fd = -1, .lock = -1}}, after = before;
	if (!options->operands.count) {
		fprintf(stderr, "evcal: %s\n",
			LOCAL("diff needs what to compare with: a folder or a git revision",
				"diff moet weten waarmee het vergelijkt: een map of een git-revisie"));
		usage_try("help diff");
		return EXIT_USAGE;
	}
	before.name = options->operands.items[0];
	after.name = options->operands.count > 1 ? options->operands.items[1] : options->directory;
	enum exit_status status = read_state(&before, &arena, options);
	if (status == EXIT_DONE)
		status = read_state(&after, &arena, options);
	git_remove();
	if (status == EXIT_DONE)
		status = compare(&arena, &before, &after, options);
	loaded_free(&after.loaded);
	loaded_free(&before.loaded);
	arena_free(&arena);
	return status;
}
