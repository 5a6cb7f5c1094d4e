#include "session/language.h"

#include "base/arena.h"
#include "input/beneath.h"
#include "input/encoding.h"
#include "input/source.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* Bytes; calendar.yaml has some hundreds. */
enum { LOOKED_AT_MOST = 1 << 20 };

/* The option or the environment has decided. */
static bool decided;

/* True for a word that is the code of a language. */
static bool read_code(struct str word, enum language *language)
{
	bool dutch = str_equal_nocase(word, STR("nl"));
	if (!dutch && !str_equal_nocase(word, STR("en")))
		return false;
	*language = dutch ? LANGUAGE_NL : LANGUAGE_EN;
	return true;
}

/* The language of a locale: language[_territory][.codeset][@modifier], as POSIX has it. */
static bool read_locale(const char *locale, enum language *language)
{
	return read_code((struct str){locale, strcspn(locale, "_.@")}, language);
}

/* POSIX: the first that is set and not empty is the one that counts. */
static bool read_environment(enum language *language)
{
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *value = getenv(names[i]);
		if (value && *value)
			return read_locale(value, language);
	}
	return false;
}

/* Takes a word off the front of a line, and the quotes around it; it ends at a blank, a colon or a comment. */
static struct str take_word(struct str *line)
{
	size_t end = 0;
	char quote = line->len && (line->ptr[0] == '"' || line->ptr[0] == '\'') ? line->ptr[0] : 0;
	if (quote) {
		*line = str_part(*line, 1, line->len);
		end = str_find(*line, quote);
	} else {
		while (end < line->len && !strchr(" \t:#,}\r", line->ptr[end]))
			end++;
	}
	struct str word = str_part(*line, 0, end);
	*line = str_trim(str_part(*line, end + (quote && end < line->len), line->len));
	return word;
}

/* "language: nl" */
static bool read_line(struct str line, enum language *language)
{
	if (!str_equal(take_word(&line), STR("language")) || !str_starts(line, STR(":")))
		return false;
	line = str_trim(str_part(line, 1, line.len));
	return read_code(take_word(&line), language);
}

static size_t indentation(struct str line)
{
	size_t spaces = 0;
	while (spaces < line.len && line.ptr[spaces] == ' ')
		spaces++;
	return spaces;
}

void language_look(struct str yaml)
{
	enum language language;
	size_t top = SIZE_MAX;
	language_set(LANGUAGE_EN);
	for (yaml = encoding_strip(yaml); !decided && yaml.len;) {
		size_t end = str_find(yaml, '\n');
		struct str line = str_part(yaml, 0, end), text = str_trim(line);
		yaml = str_part(yaml, end + (end < yaml.len), yaml.len);
		/* Its first key is where its keys stand; those of types and feeds stand further in. */
		if (!text.len || strchr("#%", text.ptr[0]) || str_starts(text, STR("---")))
			continue;
		if (top == SIZE_MAX)
			top = indentation(line);
		if (indentation(line) == top && read_line(text, &language)) {
			language_set(language);
			return;
		}
	}
}

void language_set(enum language language)
{
	if (!decided)
		local_language_set(language);
}

static void look_into(const char *directory)
{
	struct arena arena = {0};
	struct str yaml;
	int folder = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int file = folder < 0 ? -1 : beneath_open(folder, "calendar.yaml", O_RDONLY);
	if (file >= 0 && source_read_open(&arena, file, LOOKED_AT_MOST, &yaml) == READ_OK)
		language_look(yaml);
	if (folder >= 0)
		close(folder);
	arena_free(&arena);
}

void language_choose(const char *option, const char *directory)
{
	enum language language = LANGUAGE_EN;
	decided = (option && read_code(str_from(option), &language)) || read_environment(&language);
	local_language_set(language);
	if (!decided)
		look_into(directory);
}
