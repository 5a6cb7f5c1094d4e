#include "cmd/cmd.h"

#include "base/suggest.h"
#include "cmd/shapes.h"
#include "decode/keys.h"
#include "input/yaml.h"

#include <jansson.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* The types of JSON that a value may have for an editor, for which 2021 is a number; "null" is added where it may. */
#define ANY_TEXT \
	{ \
		"string", "number", "boolean" \
	}
#define TEXT \
	{ \
		"string" \
	}

/* How the values of a kind are described: a shape of texts, and the types of a value, or of a list's items. */
static const struct plain {
	const char *shape; /* NULL: the kind has a structure of its own */
	const char *types[4];
	bool list; /* a list of them; one may stand alone */
} plain[KIND_COUNT_OF] = {
	[KIND_LINE] = {"line", ANY_TEXT, false},
	[KIND_TEXT] = {"text", ANY_TEXT, false},
	[KIND_ID] = {"id", ANY_TEXT, false},
	[KIND_UID] = {"uid", ANY_TEXT, false},
	[KIND_DOMAIN] = {"domain", ANY_TEXT, false},
	[KIND_EMAIL] = {"email", TEXT, false},
	[KIND_URL] = {"url", TEXT, false},
	[KIND_COLOR] = {"color", TEXT, false},
	[KIND_CATEGORY] = {"category", ANY_TEXT, false},
	[KIND_LINES] = {"line", ANY_TEXT, true},
	[KIND_CATEGORIES] = {"category", ANY_TEXT, true},
	[KIND_URLS] = {"url", TEXT, true},
	[KIND_DATE] = {"date", TEXT, false},
	[KIND_MOMENT] = {"moment", TEXT, false},
	[KIND_ENDING] = {"ending", TEXT, false},
	[KIND_DURATION] = {"duration", TEXT, false},
	[KIND_REMINDER] = {"reminder", TEXT, false},
	[KIND_ZONE] = {"timezone", TEXT, false},
	[KIND_BOOLEAN] = {"boolean", {"boolean", "string"}, false},
	[KIND_COUNT] = {"count", {"integer", "string"}, false},
	[KIND_NUMBER] = {"number", {"integer", "string"}, false},
	[KIND_WEEKDAY] = {"weekday", TEXT, false},
	[KIND_RULE] = {"rule", TEXT, false},
	[KIND_MOMENTS] = {"moment", TEXT, true},
};

/* The mappings that others refer to, by the names of their definitions. */
static const struct {
	const char *name;
	unsigned where;
} mappings[] = {
	{"type", IN_TYPE},
	{"feed", IN_FEED},
	{"defaults", IN_DEFAULTS},
	{"event", IN_EVENT},
	{"override", IN_OVERRIDE},
	{"person", IN_PERSON},
	{"conference", IN_CONFERENCE},
	{"registration", IN_REGISTRATION},
};

/* The definitions ("$defs"), each written when it is first referred to. */
struct writer {
	json_t *defs;
};

static json_t *mapping_schema(struct writer *writer, unsigned where);

static json_t *reference(const char *name)
{
	return json_pack("{s:o}", "$ref", json_sprintf("#/$defs/%s", name));
}

static json_t *mapping_reference(struct writer *writer, unsigned where)
{
	size_t i = 0;
	while (mappings[i].where != where) {
		i++;
		assert(i < sizeof(mappings) / sizeof(*mappings));
	}
	if (!json_object_get(writer->defs, mappings[i].name)) {
		json_object_set_new(writer->defs, mappings[i].name, json_object());
		json_t *mapping = mapping_schema(writer, where);
		json_object_update(json_object_get(writer->defs, mappings[i].name), mapping);
		json_decref(mapping);
	}
	return reference(mappings[i].name);
}

/* A shape says nothing of types: who refers to it does. */
static json_t *shape_reference(struct writer *writer, const char *name)
{
	if (!json_object_get(writer->defs, name))
		json_object_set_new(writer->defs, name, shape_schema(name));
	return reference(name);
}

static json_t *words_array(const char *const *words, size_t most)
{
	json_t *array = json_array();
	for (size_t i = 0; i < most && words[i]; i++)
		json_array_append_new(array, json_string(words[i]));
	return array;
}

/* Nothing behind a key, or in an item, is a warning only, unless something must be there. */
static json_t *with_types(json_t *schema, json_t *types, bool must)
{
	if (!must)
		json_array_append_new(types, json_string("null"));
	if (json_array_size(types) == 1)
		json_object_set(schema, "type", json_array_get(types, 0));
	else
		json_object_set(schema, "type", types);
	json_decref(types);
	return schema;
}

static json_t *with_type(json_t *schema, const char *type, bool must)
{
	return with_types(schema, json_pack("[s]", type), must);
}

static json_t *plain_schema(struct writer *writer, const struct plain *row, bool must)
{
	json_t *types = words_array(row->types, sizeof(row->types) / sizeof(*row->types));
	json_t *schema = shape_reference(writer, row->shape);
	if (row->list) {
		json_t *items = shape_reference(writer, row->shape);
		json_object_set_new(schema, "items", with_types(items, json_copy(types), false));
		json_array_append_new(types, json_string("array"));
	}
	return with_types(must ? shape_something(schema) : schema, types, must);
}

/* The keys of events, which a type may require. */
static json_t *keys_schema(struct writer *writer, bool must)
{
	const char *keys[128] = {NULL};
	size_t count = 0;
	for (const struct field *field = fields; field->key; field++)
		if (field->where & IN_EVENT)
			keys[count++] = field->key;
	assert(count < sizeof(keys) / sizeof(*keys));
	json_object_set_new(writer->defs, "key", with_type(shape_words(keys), "string", must));
	return json_pack("{s:[o, {s:s, s:o}]}", "anyOf", reference("key"), "type", "array", "items", reference("key"));
}

static json_t *geo_schema(struct writer *writer, bool must)
{
	json_t *latitude =
		with_types(shape_reference(writer, "latitude"), json_pack("[s, s]", "number", "string"), true);
	json_t *longitude =
		with_types(shape_reference(writer, "longitude"), json_pack("[s, s]", "number", "string"), true);
	return with_type(
		json_pack("{s:[o, o], s:i, s:i}", "prefixItems", latitude, longitude, "minItems", 2, "maxItems", 2),
		"array", must);
}

/* A list of mappings. */
static json_t *mappings_schema(struct writer *writer, unsigned where, bool must)
{
	json_t *items = with_type(mapping_reference(writer, where), "object", false);
	return with_type(json_pack("{s:o}", "items", items), "array", must);
}

/* A mapping of ids to mappings. */
static json_t *types_schema(struct writer *writer, bool must)
{
	json_t *names = shape_something(shape_reference(writer, "id"));
	json_t *type = with_type(mapping_reference(writer, IN_TYPE), "object", true);
	return with_type(json_pack("{s:o, s:o}", "propertyNames", names, "additionalProperties", type), "object", must);
}

/* A mapping, or an address alone: each holds for its own type. */
static json_t *conference_schema(struct writer *writer, bool must)
{
	/* One after the other: each may add to the definitions. */
	json_t *mapping = mapping_reference(writer, IN_CONFERENCE), *url = shape_reference(writer, "url");
	return with_types(
		json_pack("{s:[o, o]}", "allOf", url, mapping), json_pack("[s, s]", "string", "object"), must);
}

/* A list of mappings, or one alone. */
static json_t *overrides_schema(struct writer *writer, bool must)
{
	json_t *schema = mapping_reference(writer, IN_OVERRIDE);
	json_object_set_new(schema, "items", with_type(mapping_reference(writer, IN_OVERRIDE), "object", false));
	return with_types(schema, json_pack("[s, s]", "object", "array"), must);
}

static json_t *kind_schema(struct writer *writer, const struct field *field, bool must)
{
	switch (field->kind) {
	case KIND_CHOICE:
		return with_type(shape_words(field->choices), "string", must);
	case KIND_KEYS:
		return keys_schema(writer, must);
	case KIND_GEO:
		return geo_schema(writer, must);
	case KIND_PERSON:
		return with_type(mapping_reference(writer, IN_PERSON), "object", must);
	case KIND_CONFERENCE:
		return conference_schema(writer, must);
	case KIND_REGISTRATION:
		return with_type(mapping_reference(writer, IN_REGISTRATION), "object", must);
	case KIND_TYPES:
		return types_schema(writer, must);
	case KIND_FEEDS:
		return mappings_schema(writer, IN_FEED, must);
	case KIND_OVERRIDES:
		return overrides_schema(writer, must);
	case KIND_DEFAULTS:
		return with_type(mapping_reference(writer, IN_DEFAULTS), "object", must);
	case KIND_EVENTS:
		/* A file without events is a warning only. */
		return mappings_schema(writer, IN_EVENT, false);
	default:
		assert(plain[field->kind].shape);
		return plain_schema(writer, &plain[field->kind], must);
	}
}

/* A value of an example as an editor would see it. */
static json_t *example_value(struct arena *arena, const struct node *node, enum kind kind)
{
	json_t *value;
	switch (node->kind) {
	case NODE_LIST:
		value = json_array();
		for (uint32_t i = 0; i < node->count; i++)
			json_array_append_new(value, example_value(arena, node->items[i], kind));
		return value;
	case NODE_MAP:
		value = json_object();
		for (uint32_t i = 0; i < node->count; i++)
			json_object_set_new(value, str_copy(arena, node->entries[i].key->text).ptr,
				example_value(arena, node->entries[i].value, KIND_LINE));
		return value;
	case NODE_TEXT:
		break;
	}
	struct str text = str_copy(arena, node->text);
	if (kind == KIND_COUNT || kind == KIND_NUMBER)
		return json_integer(strtol(text.ptr, NULL, 10));
	if (kind == KIND_GEO)
		return json_real(strtod(text.ptr, NULL));
	if (kind == KIND_BOOLEAN)
		return json_boolean(str_equal(text, STR("true")));
	return json_stringn(text.ptr, text.len);
}

/* The example of a field, "key: value", as the list that JSON Schema has. */
static void add_example(json_t *schema, const struct field *field)
{
	struct arena arena = {0};
	struct sources sources = {.arena = &arena};
	struct findings findings = {.arena = &arena, .sources = &sources};
	uint32_t source = source_add(&sources, STR("example"), str_from(field->example));
	const struct node *value = node_get(node_read(&findings, source), str_from(field->key));
	assert(value && !findings.count);
	if (!node_is_empty(value))
		json_object_set_new(schema, "examples", json_pack("[o]", example_value(&arena, value, field->kind)));
	arena_free(&arena);
}

/* What fits a pattern, or is no text. */
static json_t *only(const char *pattern, const char *message)
{
	return json_pack("{s:s, s:s}", "pattern", pattern, "errorMessage", message);
}

static json_t *no_text(const char *pattern, const char *message)
{
	return json_pack("{s:{s:s, s:s}, s:s}", "not", "type", "string", "pattern", pattern, "errorMessage", message);
}

/* The same for a text alone and for each of a list. */
static json_t *only_days(void)
{
	static const char message[] = "the event is whole days: write dates alone";
	json_t *schema = only(shape_day_or_nothing, message);
	json_object_set_new(schema, "items", only(shape_day_or_nothing, message));
	return schema;
}

/* Where the start is a date alone, or is not. */
static json_t *where_start(json_t *start, json_t *properties)
{
	json_object_set_new(start, "type", json_string("string"));
	return json_pack("{s:{s:[s], s:{s:o}}, s:{s:o}}", "if", "required", "start", "properties", "start", start,
		"then", "properties", properties);
}

/* What holds between the keys of an event, or of an override. */
static json_t *event_rules(unsigned where)
{
	json_t *both = json_pack("{s:{s:s, s:[s, s], s:{s:{s:{s:s}}, s:{s:{s:s}}}}, s:s}", "not", "type", "object",
		"required", "end", "duration", "properties", "end", "not", "type", "null", "duration", "not", "type",
		"null", "errorMessage", "take \"end\" or \"duration\" out: both say how long it lasts");
	json_t *of_day = json_pack("{s:o, s:o}", "end",
		only(shape_day_or_nothing, "\"start\" has no time: write the last day alone"), "duration",
		only(shape_days, "a whole-day event lasts whole days, as 1d or 2w"));
	if (where == IN_EVENT) {
		json_object_set_new(of_day, "rrule",
			no_text(shape_until_time, "the event is whole days: write UNTIL as a date alone"));
		json_object_set_new(of_day, "exdate", only_days());
		json_object_set_new(of_day, "rdate", only_days());
	}
	json_t *of_time = json_pack(
		"{s:o}", "end", no_text(shape_day, "\"start\" has a time: write the time at which it ends too"));
	return json_pack("[o, o, o]", both, where_start(json_pack("{s:s}", "pattern", shape_day), of_day),
		where_start(json_pack("{s:{s:s}}", "not", "pattern", shape_day), of_time));
}

/* Whether an event may get a key that it must have from its file's defaults. */
static bool may_come(const struct field *field)
{
	return (field->must & IN_EVENT) && (field->where & IN_DEFAULTS);
}

/* For every such key: where defaults does not give it, each event has to. */
static json_t *file_rules(void)
{
	json_t *rules = json_array();
	for (const struct field *field = fields; field->key; field++)
		if (may_come(field))
			json_array_append_new(rules,
				json_pack("{s:{s:{s:[s], s:{s:{s:[s], s:{s:{s:{s:s}}}}}}}, s:{s:{s:{s:{s:[s]}}}}}",
					"if", "not", "required", "defaults", "properties", "defaults", "required",
					field->key, "properties", field->key, "not", "type", "null", "then",
					"properties", "events", "items", "required", field->key));
	return rules;
}

/* The keys of a mapping; its type is given by who refers to it. */
static json_t *mapping_schema(struct writer *writer, unsigned where)
{
	json_t *properties = json_object(), *required = json_array();
	for (const struct field *field = fields; field->key; field++) {
		if (!(field->where & where))
			continue;
		bool must = field->must & where;
		json_t *value = kind_schema(writer, field, must);
		json_object_set_new(value, "description", json_string(field->doc));
		add_example(value, field);
		json_object_set_new(properties, field->key, value);
		if (must && !(where == IN_EVENT && may_come(field)))
			json_array_append_new(required, json_string(field->key));
	}
	json_t *schema = json_pack("{s:o, s:b}", "properties", properties, "additionalProperties", false);
	if (json_array_size(required))
		json_object_set(schema, "required", required);
	json_decref(required);
	if (where == IN_FILE)
		json_object_set_new(schema, "allOf", file_rules());
	if (where & (IN_EVENT | IN_OVERRIDE))
		json_object_set_new(schema, "allOf", event_rules(where));
	return schema;
}

static void print_schema(unsigned where, const char *title)
{
	struct writer writer = {json_object()};
	json_t *schema =
		json_pack("{s:s, s:s}", "$schema", "https://json-schema.org/draft/2020-12/schema", "title", title);
	json_t *mapping = mapping_schema(&writer, where);
	/* An events file may be empty; calendar.yaml may not. */
	json_object_update(schema, with_type(mapping, "object", where == IN_CALENDAR));
	json_object_set_new(schema, "$defs", writer.defs);
	json_dumpf(schema, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(9));
	fputc('\n', stdout);
	json_decref(mapping);
	json_decref(schema);
}

enum exit_status cmd_schema(const struct options *options)
{
	const char *which = options->operands.count == 1 ? options->operands.items[0] : "";
	if (!strcmp(which, "events")) {
		print_schema(IN_FILE, "evcal: an events file");
	} else if (!strcmp(which, "calendar")) {
		print_schema(IN_CALENDAR, "evcal: calendar.yaml");
	} else if (options->operands.count == 1) {
		static const char *const schemas[] = {"events", "calendar", NULL};
		struct str near = suggest_among(str_from(which), schemas, sizeof(*schemas));
		usage_unknown("there is no schema of", str_from(which), near);
		return EXIT_USAGE;
	} else {
		fputs("evcal: schema takes one word, events or calendar\n", stderr);
		return EXIT_USAGE;
	}
	return flush_output() ? EXIT_DONE : EXIT_TROUBLE;
}
