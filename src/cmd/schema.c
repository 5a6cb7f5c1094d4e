#include "cmd/schema.h"

#include "base/arena.h"
#include "base/suggest.h"
#include "cmd/options.h"
#include "cmd/shapes.h"
#include "decode/keys.h"
#include "decode/patterns.h"
#include "input/yaml.h"
#include "report/output.h"

#include <jansson.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

const struct keyword schema_choices[] = {
	{"events", W("an events file", "een bestand met activiteiten")},
	{"calendar", W("calendar.yaml", "calendar.yaml")},
	{NULL, W(NULL, NULL)},
};

/* The definitions ("$defs"), each written when it is first referred to. */
struct schema_writer {
	json_t *defs;
};

static json_t *mapping_schema(struct schema_writer *writer, unsigned where);

static json_t *reference(const char *name)
{
	return json_pack("{s:o}", "$ref", json_sprintf("#/$defs/%s", name));
}

/* The definition of a mapping is written when it is first referred to; it may refer to itself. */
static json_t *mapping_reference(struct schema_writer *writer, unsigned where)
{
	const char *name = mapping_of(where)->name;
	if (!json_object_get(writer->defs, name)) {
		json_object_set_new(writer->defs, name, json_object());
		json_t *mapping = mapping_schema(writer, where);
		json_object_update(json_object_get(writer->defs, name), mapping);
		json_decref(mapping);
	}
	return reference(name);
}

/* What a kind says of texts, which says nothing of types: who refers to it does. */
static json_t *kind_reference(struct schema_writer *writer, enum kind kind)
{
	if (!json_object_get(writer->defs, kinds[kind].name))
		json_object_set_new(writer->defs, kinds[kind].name, shape_schema(kind));
	return reference(kinds[kind].name);
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

static json_t *types_of(enum kind kind)
{
	static const struct {
		unsigned bit;
		const char *name;
	} types[] = {{AS_INTEGER, "integer"}, {AS_STRING, "string"}, {AS_NUMBER, "number"}, {AS_BOOLEAN, "boolean"}};
	json_t *array = json_array();
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (kinds[kind].types & types[i].bit)
			json_array_append_new(array, json_string(types[i].name));
	return array;
}

/* A text, or a list of them, where one may stand alone. */
static json_t *text_schema(struct schema_writer *writer, enum kind kind, bool must)
{
	bool list = kinds[kind].built == BUILT_LIST;
	enum kind one = list ? kinds[kind].item : kind;
	json_t *schema = kind_reference(writer, one), *types = types_of(one);
	if (list) {
		json_object_set_new(schema, "items", with_types(kind_reference(writer, one), types_of(one), false));
		json_array_append_new(types, json_string("array"));
	}
	return with_types(must ? shape_something(schema) : schema, types, must);
}

static json_t *pair_schema(struct schema_writer *writer, enum kind first, bool must)
{
	json_t *one = with_types(kind_reference(writer, first), types_of(first), true);
	json_t *other = with_types(kind_reference(writer, first + 1), types_of(first + 1), true);
	return with_type(json_pack("{s:[o, o], s:i, s:i}", "prefixItems", one, other, "minItems", 2, "maxItems", 2),
		"array", must);
}

/* A mapping of names to mappings. */
static json_t *named_schema(struct schema_writer *writer, const struct value_kind *kind, bool must)
{
	json_t *names = shape_something(kind_reference(writer, kind->item));
	json_t *mapping = with_type(mapping_reference(writer, kind->holds), "object", true);
	return with_type(
		json_pack("{s:o, s:o}", "propertyNames", names, "additionalProperties", mapping), "object", must);
}

static json_t *built_schema(struct schema_writer *writer, const struct key *key, bool must)
{
	const struct value_kind *kind = &kinds[key->kind];
	json_t *schema, *text, *types;
	if (key->words)
		return with_types(shape_words(key->words, NULL, NULL), types_of(key->kind), must);
	switch (kind->built) {
	case BUILT_ONE:
	case BUILT_LIST:
		return text_schema(writer, key->kind, must);
	case BUILT_PAIR:
		return pair_schema(writer, kind->item, must);
	case BUILT_MAP:
		return with_type(mapping_reference(writer, kind->holds), "object", must);
	case BUILT_MAP_OR_ONE:
		/* Each holds for its own type. */
		schema = mapping_reference(writer, kind->holds);
		text = kind_reference(writer, kind->item);
		types = types_of(kind->item);
		json_array_append_new(types, json_string("object"));
		return with_types(json_pack("{s:[o, o]}", "allOf", text, schema), types, must);
	case BUILT_MAPS:
		schema = with_type(mapping_reference(writer, kind->holds), "object", false);
		return with_type(json_pack("{s:o}", "items", schema), "array", must);
	case BUILT_MAPS_OR_MAP:
		schema = mapping_reference(writer, kind->holds);
		json_object_set_new(
			schema, "items", with_type(mapping_reference(writer, kind->holds), "object", false));
		return with_types(schema, json_pack("[s, s]", "object", "array"), must);
	case BUILT_NAMED_MAPS:
		return named_schema(writer, kind, must);
	case BUILT_NAMED:
		return with_type(json_pack("{s:o, s:o}", "propertyNames", kind_reference(writer, KIND_LINE),
					 "additionalProperties", text_schema(writer, kind->item, false)),
			"object", must);
	}
	abort();
}

static json_t *key_schema(struct schema_writer *writer, const struct key *key, bool must)
{
	const struct value_kind *kind = &kinds[key->kind];
	bool named = kind->built == BUILT_NAMED || kind->built == BUILT_NAMED_MAPS;
	json_t *schema = built_schema(writer, key, must);
	if (kind->most)
		json_object_set_new(schema, named ? "maxProperties" : "maxItems", json_integer(kind->most));
	return schema;
}

/* A value of an example as an editor would see it. */
static json_t *example_value(struct arena *arena, const struct node *node, enum kind kind)
{
	json_t *value;
	switch (node->kind) {
	case NODE_LIST:
		value = json_array();
		for (uint32_t i = 0; i < node->count; i++)
			json_array_append_new(value, example_value(arena, node->items[i], kinds[kind].item));
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
	switch (kinds[kind].types) {
	case AS_INTEGER | AS_STRING:
		return json_integer(strtol(text.ptr, NULL, 10));
	case AS_NUMBER | AS_STRING:
		return json_real(strtod(text.ptr, NULL));
	case AS_BOOLEAN | AS_STRING:
		return json_boolean(str_equal(text, STR("true")));
	default:
		return json_stringn(text.ptr, text.len);
	}
}

/* The example of a key, "key: value", as the list that JSON Schema has. */
static void add_example(json_t *schema, const struct key *key)
{
	struct arena arena = {0};
	struct sources sources = {.arena = &arena};
	struct findings findings = {.arena = &arena, .sources = &sources};
	uint32_t source = source_add(&sources, STR("example"), str_from(key->example));
	const struct node *value = node_get(node_read(&findings, source), str_from(key->name));
	assert(value && !findings.count);
	if (!node_is_empty(value))
		json_object_set_new(schema, "examples", json_pack("[o]", example_value(&arena, value, key->kind)));
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
	const char *message = LOCAL(
		"the event is whole days: write dates alone", "de activiteit is van hele dagen: schrijf alleen datums");
	json_t *schema = only(PATTERN_ALONE(PATTERN_DAY), message);
	json_object_set_new(schema, "items", only(PATTERN_ALONE(PATTERN_DAY), message));
	return schema;
}

/* Where the start is a date alone, or is not. */
static json_t *where_start(json_t *start, json_t *properties)
{
	json_object_set_new(start, "type", json_string("string"));
	return json_pack("{s:{s:[s], s:{s:o}}, s:{s:o}}", "if", "required", "start", "properties", "start", start,
		"then", "properties", properties);
}

/* Keys that need a day have nothing behind them where only the month is known. */
static json_t *of_month(void)
{
	json_t *properties = json_object();
	for (const struct key *key = keys; key->name; key++)
		if ((key->where & IN_EVENT) && (key->flags & KEY_NEEDS_DAY))
			json_object_set_new(properties, key->name,
				json_pack("{s:s, s:s}", "type", "null", "errorMessage",
					LOCAL("only the month of \"start\" is known: take this out, or write the day",
						"van \"start\" is alleen de maand bekend: haal dit weg, of schrijf de "
						"dag")));
	return properties;
}

/* What holds between the keys of an event, or of an override. */
static json_t *event_rules(unsigned where)
{
	json_t *both = json_pack("{s:{s:s, s:[s, s], s:{s:{s:{s:s}}, s:{s:{s:s}}}}, s:s}", "not", "type", "object",
		"required", "end", "duration", "properties", "end", "not", "type", "null", "duration", "not", "type",
		"null", "errorMessage",
		LOCAL("take \"end\" or \"duration\" out: both say how long it lasts",
			"haal \"end\" of \"duration\" weg: allebei zeggen ze hoe lang het duurt"));
	json_t *of_day = json_pack("{s:o, s:o}", "end",
		only(PATTERN_ALONE(PATTERN_DAY), LOCAL("\"start\" has no time: write the last day alone",
							 "\"start\" heeft geen tijd: schrijf alleen de laatste dag")),
		"duration",
		only(PATTERN_ALONE(PATTERN_DAYS),
			LOCAL("a whole-day event lasts whole days, as 1d or 2w",
				"een activiteit van hele dagen duurt hele dagen, zoals 1d of 2w")));
	if (where == IN_EVENT) {
		json_object_set_new(of_day, "rrule",
			no_text(PATTERN_UNTIL_TIME,
				LOCAL("the event is whole days: write UNTIL as a date alone",
					"de activiteit is van hele dagen: schrijf UNTIL als alleen een datum")));
		json_object_set_new(of_day, "exdate", only_days());
		json_object_set_new(of_day, "rdate", only_days());
	}
	json_t *of_time = json_pack("{s:o}", "end",
		no_text("^" PATTERN_SPACE PATTERN_DAY PATTERN_SPACE "$",
			LOCAL("\"start\" has a time: write the time at which it ends too",
				"\"start\" heeft een tijd: schrijf ook hoe laat het eindigt")));
	json_t *rules = json_pack("[o, o, o]", both,
		where_start(json_pack("{s:s}", "pattern", "^" PATTERN_SPACE PATTERN_DAY PATTERN_SPACE "$"), of_day),
		where_start(json_pack("{s:{s:s}}", "not", "pattern",
				    "^" PATTERN_SPACE "(?:" PATTERN_DAY "|" PATTERN_MONTH ")" PATTERN_SPACE "$"),
			of_time));
	if (where == IN_EVENT)
		json_array_append_new(rules,
			where_start(json_pack("{s:s}", "pattern", "^" PATTERN_SPACE PATTERN_MONTH PATTERN_SPACE "$"),
				of_month()));
	return rules;
}

/* A draft, or what makes drafts: what it lacks is a warning. */
static json_t *is_draft(void)
{
	return json_pack("{s:[s], s:{s:{s:[b, s]}}}", "required", "draft", "properties", "draft", "enum", true, "true");
}

/* Where one of the defaults is given, and not empty. */
static json_t *has_default(const struct key *key)
{
	return json_pack(
		"{s:[s], s:{s:{s:{s:s}}}}", "required", key->name, "properties", key->name, "not", "type", "null");
}

/* What an event requires: where defaults does not give it, each event has to, unless it is a draft. */
static json_t *file_rules(void)
{
	json_t *rules = json_array();
	for (const struct key *key = keys; key->name; key++) {
		if (!(key->required & IN_EVENT))
			continue;
		json_t *spared = json_array();
		json_array_append_new(spared, is_draft());
		if (key_may_come(key, IN_EVENT))
			json_array_append_new(spared, has_default(key));
		json_array_append_new(rules,
			json_pack("{s:{s:{s:[s], s:{s:{s:o}}}}, s:{s:{s:{s:{s:{s:o}, s:{s:[s]}}}}}}", "if", "not",
				"required", "defaults", "properties", "defaults", "anyOf", spared, "then", "properties",
				"events", "items", "if", "not", is_draft(), "then", "required", key->name));
	}
	return rules;
}

/* The keys of a mapping; its type is given by who refers to it. */
static json_t *mapping_schema(struct schema_writer *writer, unsigned where)
{
	json_t *properties = json_object(), *required = json_array(), *one_of = json_array();
	for (const struct key *key = keys; key->name; key++) {
		if (!(key->where & where))
			continue;
		bool must = key->required & where;
		json_t *value = key_schema(writer, key, must && !(key->flags & KEY_MAY_BE_EMPTY));
		json_object_set_new(value, "description", json_string(local_text(key->doc)));
		add_example(value, key);
		json_object_set_new(properties, key->name, value);
		if (must && where != IN_EVENT)
			json_array_append_new(required, json_string(key->name));
		if (key->flags & KEY_ONE_OF)
			json_array_append_new(one_of, json_pack("{s:[s]}", "required", key->name));
	}
	json_t *schema = json_pack("{s:o, s:b}", "properties", properties, "additionalProperties", false);
	if (json_array_size(required))
		json_object_set(schema, "required", required);
	json_decref(required);
	if (json_array_size(one_of))
		json_object_set(schema, "anyOf", one_of);
	json_decref(one_of);
	if (where == IN_FILE)
		json_object_set_new(schema, "allOf", file_rules());
	if (where & (IN_EVENT | IN_OVERRIDE))
		json_object_set_new(schema, "allOf", event_rules(where));
	return schema;
}

static int add_part(const char *part, size_t len, void *out)
{
	buffer_add(out, (struct str){part, len});
	return 0;
}

static void add_schema(struct buffer *out, unsigned where, const char *title)
{
	struct schema_writer writer = {json_object()};
	json_t *schema =
		json_pack("{s:s, s:s}", "$schema", "https://json-schema.org/draft/2020-12/schema", "title", title);
	json_t *mapping = mapping_schema(&writer, where);
	/* An events file may be empty; calendar.yaml may not. */
	json_object_update(schema, with_type(mapping, "object", where == IN_CALENDAR));
	json_object_set_new(schema, "$defs", writer.defs);
	json_dump_callback(schema, add_part, out, JSON_INDENT(2) | JSON_REAL_PRECISION(9));
	buffer_byte(out, '\n');
	json_decref(mapping);
	json_decref(schema);
}

void schema_add(struct buffer *out, const char *which)
{
	if (!strcmp(which, "events"))
		add_schema(out, IN_FILE, LOCAL("evcal: an events file", "evcal: een bestand met activiteiten"));
	else
		add_schema(out, IN_CALENDAR, "evcal: calendar.yaml");
}

enum exit_status cmd_schema(const struct options *options)
{
	struct str which = str_from(options->operands.count ? options->operands.items[0] : "");
	if (str_equal(which, STR("events")) || str_equal(which, STR("calendar"))) {
		struct buffer text = {0};
		schema_add(&text, which.ptr);
		print_output(buffer_str(&text));
		buffer_free(&text);
	} else if (which.len) {
		usage_unknown(LOCAL("there is no schema of", "er is geen schema van"), which,
			suggest_among(which, schema_choices, sizeof(*schema_choices)));
		return EXIT_USAGE;
	} else {
		fputs(LOCAL("evcal: schema takes one word, events or calendar\n",
			      "evcal: bij schema hoort één woord, events of calendar\n"),
			stderr);
		return EXIT_USAGE;
	}
	return flush_output() ? EXIT_DONE : EXIT_TROUBLE;
}
