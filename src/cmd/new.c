#include "cmd/new.h"

#include "cmd/known.h"
#include "cmd/template.h"
#include "report/output.h"
#include "session/session.h"

/* An id has at most 64 characters, and "-2027-200000" must fit behind it. */
enum { STEM_MOST = 50 };

struct draft {
	const struct calendar *calendar;
	const struct type *type; /* or NULL */
	enum language language;
	struct str id;
};

/* Whether an event has the id, or had it: what was published once keeps its UID for ever. */
static bool is_taken(const struct loaded *loaded, const struct map *ids, struct str id)
{
	struct arena *arena = loaded->revisions.arena;
	struct str uid = str_format(arena, "%.*s@%.*s", STR_ARG(id), STR_ARG(loaded->calendar.domain.str));
	return map_get(ids, id) || map_get(&loaded->revisions.by_uid, uid);
}

/* workshop-2027, or workshop-2027-2 and on where that is taken; the year is that of now, in UTC. */
static struct str fresh_id(struct loaded *loaded, const struct draft *draft)
{
	struct map ids = {0};
	struct str stem = template_stem(draft->language);
	int year = moment_from_seconds(loaded->now).date.year;
	if (draft->type)
		stem = draft->type->id.str;
	if (stem.len > STEM_MOST)
		stem.len = STEM_MOST;
	while (stem.len && stem.ptr[stem.len - 1] == '-')
		stem.len--;
	for (size_t i = 0; i < loaded->calendar.schedule_count; i++)
		map_put(&ids, &loaded->arena, loaded->calendar.schedules[i]->id, loaded->calendar.schedules[i]);
	struct str id = str_format(&loaded->arena, "%.*s-%d", STR_ARG(stem), year);
	for (int next = 2; is_taken(loaded, &ids, id); next++)
		id = str_format(&loaded->arena, "%.*s-%d-%d", STR_ARG(stem), year, next);
	return id;
}

/* The type that was asked for; false where there is none of that name, or none that could be read. */
static bool find_type(struct draft *draft, const struct options *options, enum exit_status *status)
{
	if (!options->operands.count)
		return true;
	const char *id = options->operands.items[0];
	draft->type = calendar_type(draft->calendar, str_from(id));
	if (draft->type)
		return true;
	/* Where calendar.yaml could not be read to its end, the type may well be there: the findings say so. */
	bool unread = draft->calendar->broken || draft->calendar->types.at.given == GIVEN_INVALID;
	*status = unread || known_word(draft->calendar, VALUE_TYPE, id) ? EXIT_FINDINGS : EXIT_USAGE;
	return false;
}

enum exit_status cmd_new(const struct options *options)
{
	struct loaded loaded;
	enum exit_status status = EXIT_TROUBLE;
	if (!load(&loaded, options, NULL))
		goto out;
	const struct choice *language = &loaded.calendar.language;
	struct draft draft = {&loaded.calendar, NULL,
		at_valid(&language->at) ? (enum language)language->value : LANGUAGE_EN, STR("")};
	bool errors = findings_tally(&loaded.findings).errors;
	if (find_type(&draft, options, &status)) {
		draft.id = fresh_id(&loaded, &draft);
		struct buffer text = {0};
		template_event(&text, draft.calendar, draft.type, draft.language, draft.id);
		print_output(buffer_str(&text));
		buffer_free(&text);
		status = !flush_output() ? EXIT_TROUBLE : errors ? EXIT_FINDINGS : EXIT_DONE;
	}
	if (status == EXIT_FINDINGS)
		show_findings(stderr, &loaded.findings, options);
out:
	loaded_free(&loaded);
	return status;
}
