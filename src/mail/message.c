#include "mail/message.h"

#include "base/arena.h"
#include "base/hash.h"
#include "mail/header.h"
#include "mail/transfer.h"

#include <assert.h>

/* Suggested by RFC 2045, 6.7: neither transfer encoding can contain "=_". */
#define BOUNDARY "=_evcal"

struct str message_id(struct arena *arena, struct str content, int sequence, struct str domain)
{
	return str_format(arena, "%s.%d@%.*s", digest_of(content).hex, sequence, STR_ARG(domain));
}

bool message_alike(struct str id, struct str other)
{
	return str_equal(str_part(id, 0, str_find(id, '.')), str_part(other, 0, str_find(other, '.')));
}

void message_print(struct buffer *out, struct arena *arena, const struct mail *message)
{
	for (size_t i = 0; i < message->method.len; i++)
		assert(message->method.ptr[i] >= 'A' && message->method.ptr[i] <= 'Z');

	header_mailbox(out, arena, STR("From:"), message->from_name, message->from_address);
	header_mailbox(out, arena, STR("To:"), message->to_name, message->to_address);
	header_subject(out, arena, message->subject);
	header_date(out, message->date);
	header_id(out, arena, message->id);
	buffer_add(out, STR("MIME-Version: 1.0\r\n"
			    "Content-Type: multipart/alternative; boundary=\"" BOUNDARY "\"\r\n"
			    "\r\n"
			    "--" BOUNDARY "\r\n"
			    "Content-Type: text/plain; charset=utf-8\r\n"
			    "Content-Transfer-Encoding: quoted-printable\r\n"
			    "\r\n"));
	transfer_quoted(out, message->text);
	if (message->html.len) {
		buffer_add(out, STR("\r\n"
				    "--" BOUNDARY "\r\n"
				    "Content-Type: text/html; charset=utf-8\r\n"
				    "Content-Transfer-Encoding: quoted-printable\r\n"
				    "\r\n"));
		transfer_quoted(out, message->html);
	}
	buffer_format(out,
		"\r\n"
		"--" BOUNDARY "\r\n"
		"Content-Type: text/calendar; method=%.*s; charset=utf-8\r\n"
		"Content-Transfer-Encoding: base64\r\n"
		"\r\n",
		STR_ARG(message->method));
	transfer_base64(out, message->calendar);
	buffer_add(out, STR("\r\n"
			    "--" BOUNDARY "--\r\n"));
}

bool message_has(struct str mail, struct str id)
{
	for (struct str line = mail; line.len && line.ptr[0] != '\r';) {
		size_t end = str_find(line, '\n');
		struct str text = str_trim(str_part(line, 0, end));
		size_t open = str_find(text, '<');
		if (open < text.len && message_alike(str_part(text, open + 1, text.len), id))
			return true;
		line = str_part(line, end < line.len ? end + 1 : end, line.len);
	}
	return false;
}
