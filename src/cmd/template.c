#include "cmd/template.h"

#include "decode/keys.h"

#include <string.h>

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
