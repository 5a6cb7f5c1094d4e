/*
 * For mail.py: reads JSON from standard input, one message a line as an object of message_print()'s values, and writes
 * each message behind a line with the number of its bytes.
 */
#include "base/arena.h"
#include "mail/message.h"

#include <jansson.h>

#include <stdio.h>

static struct str text_of(const json_t *object, const char *key)
{
	const json_t *text = json_object_get(object, key);
	return (struct str){json_string_value(text), json_string_length(text)};
}

static void print(struct arena *arena, const json_t *object)
{
	struct mail message = {
		.from_name = text_of(object, "from_name"),
		.from_address = text_of(object, "from_address"),
		.to_name = text_of(object, "to_name"),
		.to_address = text_of(object, "to_address"),
		.subject = text_of(object, "subject"),
		.date = json_integer_value(json_object_get(object, "date")),
		.id = message_id(arena, text_of(object, "seed"), 0, text_of(object, "domain")),
		.method = text_of(object, "method"),
		.text = text_of(object, "text"),
		.calendar = text_of(object, "calendar"),
	};
	struct buffer out = {0};
	message_print(&out, arena, &message);
	printf("%zu\n", out.len);
	fwrite(out.ptr, 1, out.len, stdout);
	buffer_free(&out);
}

int main(void)
{
	struct arena arena = {0};
	json_error_t error;
	json_t *object;
	while ((object = json_loadf(stdin, JSON_DISABLE_EOF_CHECK | JSON_ALLOW_NUL, &error))) {
		print(&arena, object);
		json_decref(object);
	}
	arena_free(&arena);
	/* The end of the input is no error. */
	return error.line > 0 && !feof(stdin);
}
