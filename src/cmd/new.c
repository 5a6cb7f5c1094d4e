#include "cmd/new.h"

#include "cmd/known.h"
#include "cmd/like.h"
#include "cmd/template.h"
#include "report/output.h"
#include "report/trouble.h"
#include "session/session.h"

/* The type that was asked for, or NULL; a status where there is none of that name, or none that could be read. */
static enum exit_status find_type(
	const struct calendar *calendar, const struct options *options, const struct type **type)
{
	if (!options->operands.count)
		return EXIT_DONE;
	const char *id = options->operands.items[0];
	*type = calendar_type(calendar, str_from(id));
	if (*type)
		return EXIT_DONE;
	/* Where calendar.yaml could not be read to its end, the type may well be there: the findings say so. */
	bool unread = calendar->broken || calendar->types.at.given == GIVEN_INVALID;
	return unread || known_word(calendar, VALUE_TYPE, id) ? EXIT_FINDINGS : EXIT_USAGE;
}

static enum exit_status add_event(struct buffer *out, struct loaded *loaded, const struct options *options)
{
	const struct calendar *calendar = &loaded->calendar;
	const struct choice *given = &calendar->language;
	const struct type *type = NULL;
	enum language language = at_valid(&given->at) ? (enum language)given->value : LANGUAGE_EN;
	enum exit_status status = find_type(calendar, options, &type);
	if (status == EXIT_DONE) {
		struct str stem = type ? type->id.str : template_stem(language);
		struct str id = template_id(loaded, stem, calendar->today.year);
		template_event(out, calendar, type, language, id);
	}
	return status;
}

/* Whether the words of the command line go together; else a message has said which do not. */
static bool is_one_thing(const struct options *options)
{
	if (options->like && options->operands.count)
		tell("%s", LOCAL("new takes a type or --like, not both",
				   "bij new hoort een soort of --like, niet allebei"));
	else if (options->start && !options->like)
		tell("%s", LOCAL("--start needs --like", "bij --start hoort --like"));
	else
		return true;
	return false;
}

enum exit_status cmd_new(const struct options *options)
{
	struct loaded loaded;
	struct buffer text = {0};
	if (!is_one_thing(options))
		return EXIT_USAGE;
	bool read = load(&loaded, options, NULL);
	enum exit_status status = !read           ? EXIT_TROUBLE
				  : options->like ? like_add(&text, &loaded, options)
						  : add_event(&text, &loaded, options);
	print_output(buffer_str(&text));
	buffer_free(&text);
	if (status == EXIT_DONE && !flush_output())
		status = EXIT_TROUBLE;
	else if (status == EXIT_DONE && findings_tally(&loaded.findings).errors)
		status = EXIT_FINDINGS;
	if (status == EXIT_FINDINGS)
		show_findings(stderr, &loaded.findings, options);
	loaded_free(&loaded);
	return status;
}
