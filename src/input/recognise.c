#include "input/recognise.h"

enum { MARKER = 7, ZIP_NAMES_WITHIN = 4096 };

/* The line that begins at byte i, without its line break. */
static struct str line_at(struct str bytes, size_t i)
{
	struct str rest = str_part(bytes, i, bytes.len);
	rest.len = str_find(rest, '\n');
	if (rest.len && rest.ptr[rest.len - 1] == '\r')
		rest.len--;
	return rest;
}

/* <<<<<<< and a name, ||||||| and a name, ======= alone, >>>>>>> and a name: at the beginning of a line. */
static bool is_marker(struct str line)
{
	char c = line.len < MARKER ? 0 : line.ptr[0];
	if (c != '<' && c != '|' && c != '=' && c != '>')
		return false;
	for (size_t i = 1; i < MARKER; i++)
		if (line.ptr[i] != c)
			return false;
	return line.len == MARKER || (line.ptr[MARKER] == ' ' && c != '=');
}

bool recognise_merge(struct findings *findings, uint32_t source, enum message message)
{
	struct source *found = source_get(findings->sources, source);
	struct str bytes = found->bytes;
	for (size_t i = 0; i < bytes.len; i += str_find(str_part(bytes, i, bytes.len), '\n') + 1) {
		struct str line = line_at(bytes, i);
		if (!is_marker(line))
			continue;
		found->broken = true;
		finding_add(findings, message, (struct span){source, (uint32_t)i, (uint32_t)(i + line.len)}, NO_WORDS);
		return true;
	}
	return false;
}

/* --- files with a signature --------------------------------------------------------------------------------------- */

static bool holds(struct str bytes, struct str word)
{
	for (size_t i = 0; i + word.len <= bytes.len; i++) {
		i += str_find(str_part(bytes, i, bytes.len), word.ptr[0]);
		if (str_starts(str_part(bytes, i < bytes.len ? i : bytes.len, bytes.len), word))
			return true;
	}
	return false;
}

/* A zip file: by the names of the files in it, which the first of them shows. */
static enum message packed_message(struct str bytes)
{
	struct str begin = str_part(bytes, 0, bytes.len < ZIP_NAMES_WITHIN ? bytes.len : ZIP_NAMES_WITHIN);
	struct str end = str_part(bytes, bytes.len - begin.len, bytes.len);
	if (holds(begin, STR("word/")) || holds(end, STR("word/")) || holds(begin, STR("opendocument.text")))
		return MSG_FILE_WORD;
	if (holds(begin, STR("xl/")) || holds(end, STR("xl/")) || holds(begin, STR("opendocument.spreadsheet")))
		return MSG_FILE_EXCEL;
	return MSG_FILE_ZIP;
}

static const struct {
	struct str begin;
	enum message message;
} signatures[] = {
	{{"PK\x03\x04", 4}, MSG_FILE_ZIP},
	{{"PK\x05\x06", 4}, MSG_FILE_ZIP},
	{{"\xD0\xCF\x11\xE0", 4}, MSG_FILE_OFFICE},
	{{"%PDF-", 5}, MSG_FILE_PDF},
	{{"\x89PNG", 4}, MSG_FILE_PICTURE},
	{{"\xFF\xD8\xFF", 3}, MSG_FILE_PICTURE},
	{{"GIF8", 4}, MSG_FILE_PICTURE},
	{{"\x1F\x8B", 2}, MSG_FILE_ZIP},
};

bool recognise_workbook(struct str bytes)
{
	return str_starts(bytes, STR("PK\x03\x04")) || str_starts(bytes, STR("\xD0\xCF\x11\xE0"));
}

/* --- texts -------------------------------------------------------------------------------------------------------- */

static bool starts_nocase(struct str s, struct str prefix)
{
	return s.len >= prefix.len && str_equal_nocase(str_part(s, 0, prefix.len), prefix);
}

/* A tag, a declaration or a comment: "<" alone is none. */
static bool is_markup(struct str text)
{
	char behind = text.len > 1 ? ascii_lower(text.ptr[1]) : 0;
	return text.ptr[0] == '<' && ((behind >= 'a' && behind <= 'z') || behind == '!' || behind == '?');
}

static size_t count_of(struct str line, char separator)
{
	size_t count = 0;
	for (size_t i = 0; i < line.len; i++)
		count += line.ptr[i] == separator;
	return count;
}

/* A line as YAML has it: a comment, a dash, a key, a bracket, the line in front of a document. */
static bool is_yaml(struct str line)
{
	line = str_trim(line);
	if (!line.len || strchr("#-[{%\"'", line.ptr[0]))
		return true;
	size_t colon = str_find(line, ':');
	return colon < line.len && (colon + 1 == line.len || line.ptr[colon + 1] == ' ' || line.ptr[colon + 1] == '\t');
}

/* Rows of cells: the first two lines have as many separators, and the first is no YAML. */
static bool is_table(struct str text)
{
	static const struct {
		char separator;
		size_t least; /* of them on a line: commas stand in texts too */
	} kinds[] = {{'\t', 1}, {';', 1}, {',', 2}};
	struct str first = line_at(text, 0);
	size_t behind = str_find(text, '\n') + 1;
	struct str second = behind < text.len ? line_at(text, behind) : STR("");
	if (is_yaml(first))
		return false;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		size_t count = count_of(first, kinds[i].separator);
		if (count >= kinds[i].least && count == count_of(second, kinds[i].separator))
			return true;
	}
	return false;
}

/* What a file is by what it begins with, and whether that can be read as text; MESSAGE_COUNT where it may well be
 * YAML. */
static enum message find_message(struct str bytes, bool *is_text)
{
	*is_text = false;
	for (size_t i = 0; i < sizeof(signatures) / sizeof(*signatures); i++)
		if (str_starts(bytes, signatures[i].begin))
			return str_starts(bytes, STR("PK")) ? packed_message(bytes) : signatures[i].message;
	struct str text = str_trim(bytes);
	*is_text = true;
	if (!text.len)
		return MESSAGE_COUNT;
	if (str_starts(text, STR("{\\rtf")))
		return MSG_FILE_RTF;
	if (starts_nocase(text, STR("BEGIN:VC")) || starts_nocase(text, STR("BEGIN:VEVENT")))
		return MSG_FILE_ICS;
	if (is_markup(text))
		return MSG_FILE_HTML;
	return is_table(text) ? MSG_FILE_TABLE : MESSAGE_COUNT;
}

bool recognise_other(struct findings *findings, uint32_t source)
{
	struct source *found = source_get(findings->sources, source);
	bool is_text;
	enum message message = find_message(found->bytes, &is_text);
	if (message == MESSAGE_COUNT)
		return false;
	found->broken = true;
	/* Of what is no text no line is worth showing. */
	if (!is_text)
		source_fill(found, findings->arena, STR(""));
	finding_add(findings, message, (struct span){source, 0, 0}, NO_WORDS);
	return true;
}
