#include "cmd/validate.h"

#include "cmd/options.h"
#include "report/output.h"
#include "report/trouble.h"
#include "session/fix.h"
#include "session/session.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum validate_format { FORMAT_TEXT, FORMAT_JSON, FORMAT_GITHUB, FORMAT_SARIF };

const struct keyword validate_formats[] = {
	[FORMAT_TEXT] = {"text", W("for people", "voor mensen")},
	[FORMAT_JSON] = {"json", W("for programs", "voor programma's")},
	[FORMAT_GITHUB] = {"github", W("annotations", "opmerkingen bij de regels")},
	[FORMAT_SARIF] = {"sarif", W("for code scanning", "voor code scanning")},
	{NULL, W(NULL, NULL)},
};

/* Sets covered: a source is the file, or lies in the folder, of a real path. False: trouble() has said why. */
static bool covers(const char *real, const struct source *source, bool *covered)
{
	char *path = realpath(source->name.ptr, NULL);
	size_t len = strlen(real);
	/* The file that standard input stands in for need not exist, and a link that is not read may lead anywhere. */
	if (!path && errno != ENOENT && errno != ENOTDIR && !source->unread)
		return trouble(DOING_READ, source->name.ptr);
	*covered = path && !strncmp(path, real, len) && (!path[len] || path[len] == '/');
	free(path);
	return true;
}

/* Unhides the sources that have this very name, and those that are the file or in the folder of that real path. */
static bool show_sources(struct loaded *loaded, const char *name, const char *real, bool *any)
{
	for (size_t i = 0; i < loaded->sources.count; i++) {
		struct source *source = &loaded->sources.items[i];
		bool covered = !strcmp(name, source->name.ptr);
		if (real && !covered && !covers(real, source, &covered))
			return false;
		if (covered)
			source->hidden = false;
		*any |= covered;
	}
	return true;
}

/* Unhides the files of one operand. False: it has none of the calendar's, and a message has said so. */
static bool show_operand(
	struct loaded *loaded, const struct options *options, const char *operand, const char *stdin_name)
{
	const char *name = !strcmp(operand, "-") ? stdin_name : operand;
	bool any = false;
	assert(name);
	char *real = realpath(name, NULL);
	int error = errno;
	bool good = show_sources(loaded, name, real, &any);
	free(real);
	if (!good || any)
		return good;
	errno = error;
	if (!real && name == operand)
		return trouble(DOING_READ, operand);
	return trouble_because(DOING_CHECK, operand,
		str_format(&loaded->arena,
			LOCAL("it is no file of the calendar in \"%s\"; name the calendar's folder with -C",
				"het is geen bestand van de agenda in \"%s\"; noem de map van de agenda met -C"),
			options->directory)
			.ptr);
}

/* FILE... limits what is reported, not what is read. */
static bool limit(struct loaded *loaded, const struct options *options, const char *stdin_name)
{
	for (size_t i = 0; i < loaded->sources.count && options->operands.count; i++)
		loaded->sources.items[i].hidden = true;
	for (size_t i = 0; i < options->operands.count; i++)
		if (!show_operand(loaded, options, options->operands.items[i], stdin_name))
			return false;
	return true;
}

static struct scope count_scope(const struct loaded *loaded)
{
	struct scope scope = {0};
	for (size_t i = 0; i < loaded->sources.count; i++)
		scope.files += !loaded->sources.items[i].hidden && !loaded->sources.items[i].unread &&
			       i + 1 != loaded->revisions_source;
	for (size_t i = 0; i < loaded->calendar.event_count; i++) {
		uint32_t source = loaded->calendar.events[i]->at.span.source;
		scope.events += !source_get(&loaded->sources, source)->hidden;
	}
	return scope;
}

static void print_summary(struct scope scope, struct tally tally)
{
	struct arena arena = {0};
	fprintf(stderr, "%s in %s: ", noun_count(&arena, scope.events, noun_event),
		noun_count(&arena, scope.files, noun_file));
	if (!tally.errors && !tally.warnings)
		fputs(LOCAL("nothing wrong\n", "alles klopt\n"), stderr);
	else
		fprintf(stderr, "%s, %s\n", noun_count(&arena, tally.errors, noun_error),
			noun_count(&arena, tally.warnings, noun_warning));
	arena_free(&arena);
}

static void report(const struct loaded *loaded, const struct options *options, struct scope scope)
{
	switch ((enum validate_format)options->format) {
	case FORMAT_TEXT:
		show_findings(stdout, &loaded->findings, options);
		break;
	case FORMAT_JSON:
		report_json(stdout, &loaded->findings, scope);
		break;
	case FORMAT_GITHUB:
		report_github(stdout, &loaded->findings);
		break;
	case FORMAT_SARIF:
		report_sarif(stdout, &loaded->findings);
		break;
	}
}

/* Mends the files. False: trouble() has said why, and none has changed. */
static bool fix(const struct options *options)
{
	struct loaded loaded;
	static const struct noun fix_noun = NOUN("fix", "fixes", "verbetering", "verbeteringen");
	struct fixed fixed;
	bool good = load_to_write(&loaded, options) && limit(&loaded, options, NULL) && fixes_write(&loaded, &fixed);
	if (good && !options->quiet) {
		if (fixed.fixes)
			fprintf(stderr, "%s in %s: %.*s\n", noun_count(&loaded.arena, fixed.fixes, fix_noun),
				noun_count(&loaded.arena, fixed.files, noun_file), STR_ARG(fixed.names));
		else
			fputs(LOCAL("nothing to fix\n", "er is niets te verbeteren\n"), stderr);
	}
	loaded_free(&loaded);
	return good;
}

enum exit_status cmd_validate(const struct options *options)
{
	struct loaded loaded;
	enum exit_status status = EXIT_TROUBLE;
	const char *stdin_name = NULL;
	for (size_t i = 0; i < options->operands.count; i++)
		if (!strcmp(options->operands.items[i], "-"))
			stdin_name = options->stdin_name ? options->stdin_name : "<stdin>";
	if (options->stdin_name && !stdin_name) {
		fputs(LOCAL("evcal: --stdin-name goes with \"-\", which reads standard input\n",
			      "evcal: --stdin-name hoort bij \"-\", dat de standaardinvoer leest\n"),
			stderr);
		return EXIT_USAGE;
	}
	if (options->fix && stdin_name) {
		fputs(LOCAL("evcal: --fix writes files, and \"-\" is standard input\n",
			      "evcal: --fix schrijft bestanden, en \"-\" is de standaardinvoer\n"),
			stderr);
		return EXIT_USAGE;
	}
	if (options->fix && !fix(options))
		return EXIT_TROUBLE;
	if (!load(&loaded, options, stdin_name) || !limit(&loaded, options, stdin_name))
		goto out;
	struct scope scope = count_scope(&loaded);
	struct tally tally = findings_tally(&loaded.findings);
	report(&loaded, options, scope);
	if (!flush_output())
		goto out;
	if (!options->quiet && options->format == FORMAT_TEXT)
		print_summary(scope, tally);
	status = must_fail(&loaded.findings, options) ? EXIT_FINDINGS : EXIT_DONE;
out:
	loaded_free(&loaded);
	return status;
}
