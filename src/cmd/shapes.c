#include "cmd/shapes.h"

#include "base/str.h"
#include "decode/keys.h"
#include "decode/patterns.h"

#include <limits.h>

static void add_words(struct buffer *out, const char *const *words)
{
	buffer_add(out, STR("^" PATTERN_SPACE "(?:"));
	for (const char *const *word = words; *word; word++)
		buffer_format(out, "%s%s", word == words ? "" : "|", *word);
	buffer_add(out, STR(")?" PATTERN_SPACE "$"));
}

json_t *shape_words(const char *const *words, void (*add_pattern)(struct buffer *), const char *message)
{
	struct buffer pattern = {0};
	json_t *list = json_array();
	for (const char *const *word = words; *word; word++)
		json_array_append_new(list, json_string(*word));
	if (add_pattern)
		add_pattern(&pattern);
	else
		add_words(&pattern, words);
	json_t *one = json_pack("{s:o}", "enum", list);
	json_t *other = json_pack("{s:o}", "pattern", json_stringn(pattern.ptr, pattern.len));
	buffer_free(&pattern);
	/* Editors show what the nearest of the two says. */
	if (message) {
		json_object_set_new(one, "errorMessage", json_string(message));
		json_object_set_new(other, "errorMessage", json_string(message));
	}
	return json_pack("{s:[o, o]}", "anyOf", one, other);
}

/* The names of all keys of events. */
static json_t *key_words(void)
{
	const char *names[128] = {NULL};
	size_t count = 0;
	for (const struct key *key = keys; key->name && count + 1 < sizeof(names) / sizeof(*names); key++)
		if (key->where & IN_EVENT)
			names[count++] = key->name;
	return shape_words(names, NULL, NULL);
}

static json_t *pattern_of(const struct value_kind *kind)
{
	struct buffer pattern = {0};
	if (!kind->add_pattern)
		return json_string(kind->pattern);
	kind->add_pattern(&pattern);
	json_t *text = json_stringn(pattern.ptr, pattern.len);
	buffer_free(&pattern);
	return text;
}

json_t *shape_schema(enum kind number)
{
	const struct value_kind *kind = &kinds[number];
	char message[256];
	snprintf(message, sizeof(message), LOCAL("write %s", "schrijf %s"), local_text(kind->shape));
	if (number == KIND_KEY)
		return key_words();
	if (kind->words)
		return shape_words(kind->words, kind->add_pattern, message);
	json_t *schema = json_pack("{s:o, s:s}", "pattern", pattern_of(kind), "errorMessage", message);
	if (kind->never)
		json_object_set_new(schema, "allOf",
			json_pack("[{s:{s:s, s:s}, s:s}]", "not", "type", "string", "pattern", kind->never,
				"errorMessage", local_text(kind->why)));
	if (kind->longest)
		json_object_set_new(schema, "maxLength", json_integer(kind->longest));
	if (kind->minimum || kind->maximum)
		json_object_set_new(schema, "minimum", json_integer(kind->minimum));
	if (kind->maximum && kind->maximum < INT_MAX)
		json_object_set_new(schema, "maximum", json_integer(kind->maximum));
	return schema;
}

json_t *shape_something(json_t *schema)
{
	json_object_set_new(schema, "allOf",
		json_pack("[{s:s, s:s}]", "pattern", "[^ \\t\\r\\n]", "errorMessage",
			LOCAL("write something here", "vul hier iets in")));
	return schema;
}
