#include "report/csv.h"

#include "report/columns.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

static bool is_formula(struct str text)
{
	size_t first = 0;
	/* Spreadsheets pass blanks over. */
	while (first < text.len && strchr(" \t\r\n", text.ptr[first]))
		first++;
	return first < text.len && strchr("=+-@", text.ptr[first]);
}

static bool needs_quotes(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (strchr("\";,\t\r\n ", text.ptr[i]))
			return true;
	return false;
}

static void begin_cell(struct csv *csv)
{
	if (!csv->begun && csv->dutch)
		fputs(BYTE_ORDER_MARK, csv->stream);
	if (csv->in_row)
		fputc(csv->dutch ? ';' : ',', csv->stream);
	csv->begun = csv->in_row = true;
}

static void print_character(FILE *stream, struct str character, bool shown)
{
	if (character.ptr[0] == '"')
		fputs("\"\"", stream);
	else if (shown || character.ptr[0] == '\n' || character.ptr[0] == '\r')
		fwrite(character.ptr, 1, character.len, stream);
	else
		fputs("\xEF\xBF\xBD", stream);
}

void csv_cell(struct csv *csv, struct str text)
{
	begin_cell(csv);
	bool formula = is_formula(text), quoted = formula || needs_quotes(text);
	if (quoted)
		fputc('"', csv->stream);
	if (formula)
		fputc('\'', csv->stream);
	for (size_t i = 0; i < text.len;) {
		unsigned width;
		bool shown;
		struct str rest = str_part(text, i, text.len);
		size_t len = columns_next(rest, 0, &width, &shown);
		print_character(csv->stream, str_part(rest, 0, len), shown);
		i += len;
	}
	if (quoted)
		fputc('"', csv->stream);
}

void csv_words(struct csv *csv, const struct str *words, size_t count)
{
	struct buffer all = {0};
	for (size_t i = 0; i < count; i++) {
		buffer_add(&all, i ? STR(", ") : STR(""));
		buffer_add(&all, words[i]);
	}
	csv_cell(csv, buffer_str(&all));
	buffer_free(&all);
}

void csv_end_row(struct csv *csv)
{
	fputs("\r\n", csv->stream);
	csv->in_row = false;
}
