#include "report/markdown_cell.h"

#include "report/columns.h"

/* What can begin or end markup in the middle of a line. */
static const char special[] = "\\`*_~[]<>&!$";

void markdown_text(FILE *stream, struct str text)
{
	for (size_t i = 0; i < text.len;) {
		unsigned width;
		bool shown;
		struct str rest = str_part(text, i, text.len);
		size_t len = columns_next(rest, 0, &width, &shown);
		if (strchr("\t\r\n", rest.ptr[0]) && rest.ptr[0])
			fputc(' ', stream);
		else if (!shown)
			fputs("\xEF\xBF\xBD", stream);
		else if (rest.ptr[0] == '|') /* it would end the cell, behind a backslash too in some programs */
			fputs("&#124;", stream);
		else if (strchr(special, rest.ptr[0]))
			fprintf(stream, "\\%c", rest.ptr[0]);
		else
			fwrite(rest.ptr, 1, len, stream);
		i += len;
	}
}

void markdown_link(FILE *stream, struct str text, struct str url)
{
	if (!url.len) {
		markdown_text(stream, text);
		return;
	}
	fputc('[', stream);
	markdown_text(stream, text);
	fputs("](<", stream);
	for (size_t i = 0; i < url.len; i++) {
		unsigned char c = (unsigned char)url.ptr[i];
		if (c == '&')
			fputs("&amp;", stream);
		else if (c <= ' ' || c == 0x7F || strchr("<>|\\`\"", (char)c))
			fprintf(stream, "%%%02X", c);
		else
			fputc(c, stream);
	}
	fputs(">)", stream);
}
