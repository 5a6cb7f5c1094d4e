#include "cmd/new.h"

#include "cmd/known.h"
#include "decode/keys.h"
#include "report/output.h"
#include "session/session.h"

#include <string.h>

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
	struct str stem = draft->language == LANGUAGE_NL ? STR("activiteit") : STR("event");
	int year = loaded->calendar.today.year;
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

static bool type_requires(const struct type *type, const char *name)
{
	for (size_t i = 0; type && i < type->required.count; i++)
		if (str_equal(type->required.items[i].str, str_from(name)))
			return true;
	return false;
}

static bool type_gives(const struct type *type, const struct key *key)
{
	return type && key->where & IN_TYPE && at_given(key_value(key, &type->event));
}

/* The comment that says what goes where, and a line to take as an example. */
static void print_comment(const struct draft *draft, const struct key *key)
{
	printf("    # %s\n    # %s\n", wording_in(key->doc, draft->language), key->example);
}

/* Without a type: which there are. */
static void print_types(const struct draft *draft, const struct key *key)
{
	const struct types *types = &draft->calendar->types;
	if (!types->count)
		return;
	printf("    # %s\n", wording_in(key->doc, draft->language));
	for (size_t i = 0; i < types->count; i++)
		printf("    # type: %.*s\n", STR_ARG(types->items[i]->id.str));
}

/* Whether the reader has to be told of an end: it must be given where the start has a time. */
static bool wants_end(const struct draft *draft)
{
	for (const struct key *key = keys; key->name; key++)
		if (key->flags & KEY_ENDS && (type_requires(draft->type, key->name) || type_gives(draft->type, key)))
			return false;
	return true;
}

static void print_key(const struct draft *draft, const struct key *key)
{
	if (!strcmp(key->name, "id")) {
		printf("  - id: %.*s\n", STR_ARG(draft->id));
	} else if (!strcmp(key->name, "type")) {
		if (draft->type)
			printf("    type: %.*s\n", STR_ARG(draft->type->id.str));
		else
			print_types(draft, key);
	} else if (key->required & IN_EVENT ||
		   (type_requires(draft->type, key->name) && !type_gives(draft->type, key))) {
		print_comment(draft, key);
		printf("    %s:\n", key->name);
	} else if (!strcmp(key->name, "end") && wants_end(draft)) {
		print_comment(draft, key);
	}
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
		for (const struct key *key = keys; key->name; key++)
			if (key->where & IN_EVENT)
				print_key(&draft, key);
		status = !flush_output() ? EXIT_TROUBLE : errors ? EXIT_FINDINGS : EXIT_DONE;
	}
	if (status == EXIT_FINDINGS)
		show_findings(stderr, &loaded.findings, options);
out:
	loaded_free(&loaded);
	return status;
}
