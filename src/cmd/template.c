#include "cmd/template.h"

#include "decode/keys.h"
#include "session/session.h"

#include <string.h>

/* "-2027-200000" must fit behind it. */
enum { STEM_MOST = ID_MAXIMUM - 14 };

struct filling {
	struct buffer *out;
	const struct calendar *calendar;
	const struct type *type; /* or NULL */
	enum language language;
	struct str id;
};

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
static void add_comment(const struct filling *filling, const struct key *key)
{
	buffer_format(filling->out, "    # %s\n    # %s\n", wording_in(key->doc, filling->language), key->example);
}

/* Without a type: which there are. */
static void add_types(const struct filling *filling, const struct key *key)
{
	const struct types *types = &filling->calendar->types;
	if (!types->count)
		return;
	buffer_format(filling->out, "    # %s\n", wording_in(key->doc, filling->language));
	for (size_t i = 0; i < types->count; i++)
		buffer_format(filling->out, "    # type: %.*s\n", STR_ARG(types->items[i]->id.str));
}

/* Whether the reader has to be told of an end: it must be given where the start has a time. */
static bool wants_end(const struct filling *filling)
{
	for (const struct key *key = keys; key->name; key++)
		if (key->flags & KEY_ENDS &&
			(type_requires(filling->type, key->name) || type_gives(filling->type, key)))
			return false;
	return true;
}

static void add_key(const struct filling *filling, const struct key *key)
{
	if (!strcmp(key->name, "id")) {
		buffer_format(filling->out, "  - id: %.*s\n", STR_ARG(filling->id));
	} else if (!strcmp(key->name, "type")) {
		if (filling->type)
			buffer_format(filling->out, "    type: %.*s\n", STR_ARG(filling->type->id.str));
		else
			add_types(filling, key);
	} else if (key->required & IN_EVENT ||
		   (type_requires(filling->type, key->name) && !type_gives(filling->type, key))) {
		add_comment(filling, key);
		buffer_format(filling->out, "    %s:\n", key->name);
	} else if (!strcmp(key->name, "end") && wants_end(filling)) {
		add_comment(filling, key);
	}
}

void template_event(struct buffer *out, const struct calendar *calendar, const struct type *type,
	enum language language, struct str id)
{
	struct filling filling = {out, calendar, type, language, id};
	for (const struct key *key = keys; key->name; key++)
		if (key->where & IN_EVENT)
			add_key(&filling, key);
}

struct str template_stem(enum language language)
{
	return language == LANGUAGE_NL ? STR("activiteit") : STR("event");
}

/* Whether an event has the id, or had it: what was published once keeps its UID for ever. */
static bool is_taken(const struct loaded *loaded, const struct map *ids, struct str id)
{
	struct arena *arena = loaded->revisions.arena;
	struct str uid = str_format(arena, "%.*s@%.*s", STR_ARG(id), STR_ARG(loaded->calendar.domain.str));
	return map_get(ids, id) || map_get(&loaded->revisions.by_uid, uid);
}

struct str template_id(struct loaded *loaded, struct str stem, int year)
{
	struct map ids = {0};
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
