#include "report/markdown_cell.h"

#include "report/columns.h"

/* What can begin or end markup in the middle of a line. */
static const char special[] = "\\`*_~[]<>&!$";

void markdown_add(struct buffer *out, struct str text)
{
	for (size_t i = 0; i < text.len;) {
		unsigned width;
		bool shown;
		struct str rest = str_part(text, i, text.len);
		size_t len = columns_next(rest, 0, &width, &shown);
		if (strchr("\t\r\n", rest.ptr[0]) && rest.ptr[0])
			buffer_byte(out, ' ');
		else if (!shown)
			buffer_add(out, STR("\xEF\xBF\xBD"));
		else if (rest.ptr[0] == '|') /* it would end the cell, behind a backslash too in some programs */
			buffer_add(out, STR("&#124;"));
		else if (strchr(special, rest.ptr[0]))
			buffer_format(out, "\\%c", rest.ptr[0]);
		else
			buffer_add(out, str_part(rest, 0, len));
		i += len;
	}
}

void markdown_text(FILE *stream, struct str text)
{
	struct buffer out = {0};
	markdown_add(&out, text);
	if (out.len)
		fwrite(out.ptr, 1, out.len, stream);
	buffer_free(&out);
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
