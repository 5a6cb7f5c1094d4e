#include "text/links.h"

#include "base/address.h"
#include "base/arena.h"
#include "base/url.h"

#include <string.h>

enum { PHONE_DIGITS = 3, PHONE_DIGITS_SURE = 9, LOCAL_MOST = 64, HOST_MOST = 253 };

static bool starts_nocase(struct str s, const char *prefix)
{
	size_t len = strlen(prefix);
	return s.len >= len && str_equal_nocase(str_part(s, 0, len), str_from(prefix));
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A letter or digit, or a part of a letter beyond ASCII. */
static bool is_word(char c)
{
	char lower = ascii_lower(c);
	return is_digit(c) || (lower >= 'a' && lower <= 'z') || (c & 0x80);
}

static size_t count_digits(struct str s)
{
	size_t count = 0;
	for (size_t i = 0; i < s.len; i++)
		count += is_digit(s.ptr[i]);
	return count;
}

/* Something@host.word, letters beyond ASCII allowed, before the "?" of mailto. */
static bool is_mailbox(struct str s)
{
	s.len = str_find(s, '?');
	size_t at = str_find(s, '@');
	struct str host = at < s.len ? str_part(s, at + 1, s.len) : STR("");
	size_t dot = str_find(host, '.');
	return at && dot && dot + 1 < host.len && str_find(host, '@') == host.len;
}

/* A byte that stands in no address, wherever that is typed. */
static bool ends_address(char c)
{
	return (unsigned char)c <= ' ' || c == '"' || c == '<' || c == '>' || c == '\\';
}

bool link_leads(struct str address)
{
	for (size_t i = 0; i < address.len; i++)
		if (ends_address(address.ptr[i]))
			return false;
	if (starts_nocase(address, "mailto:"))
		return is_mailbox(str_part(address, 7, address.len));
	if (starts_nocase(address, "tel:"))
		return count_digits(address) >= PHONE_DIGITS;
	/* Browsers take letters beyond ASCII. */
	return url_check(address) != URL_NONE;
}

/* A number as people write it: digits, spaces and +-(). */
static struct str mend_phone(struct arena *arena, struct str s)
{
	struct buffer out = {0};
	bool phone = count_digits(s) >= PHONE_DIGITS_SURE;
	buffer_add(&out, STR("tel:"));
	for (size_t i = 0; i < s.len; i++) {
		phone &= is_digit(s.ptr[i]) || (s.ptr[i] && strchr(" +-()", s.ptr[i]));
		if (is_digit(s.ptr[i]) || (s.ptr[i] == '+' && !i))
			buffer_byte(&out, s.ptr[i]);
	}
	struct str mended = phone ? str_copy(arena, buffer_str(&out)) : STR("");
	buffer_free(&out);
	return mended;
}

struct str link_mend(struct arena *arena, struct str address)
{
	struct str s = str_trim(address);
	struct str rest = starts_nocase(s, "mailto:") ? str_part(s, 7, s.len) : s;
	while (rest.len < s.len && rest.len && (rest.ptr[0] == '/' || rest.ptr[0] == ' '))
		rest = str_part(rest, 1, rest.len);
	if (address_is_email(rest))
		return str_format(arena, "mailto:%.*s", STR_ARG(rest));
	if (starts_nocase(s, "tel:"))
		return mend_phone(arena, str_trim(str_part(s, 4, s.len)));
	struct str phone = mend_phone(arena, s);
	return phone.len ? phone : url_mend(arena, s);
}

/* Without the marks that end the sentence, and a bracket that was opened in front of the address. */
static size_t trim_end(struct str address)
{
	size_t len = address.len, open = 0, close = 0;
	for (size_t i = 0; i < len; i++) {
		open += address.ptr[i] == '(';
		close += address.ptr[i] == ')';
	}
	while (len) {
		char last = address.ptr[len - 1];
		if (last == ')' && close <= open)
			break;
		if (!strchr(".,:;!?*_~')", last) || !last)
			break;
		close -= last == ')';
		len--;
	}
	return len;
}

size_t link_at(struct str text, size_t at)
{
	struct str rest = str_part(text, at, text.len);
	size_t head = starts_nocase(rest, "https://")  ? 8
		      : starts_nocase(rest, "http://") ? 7
		      : starts_nocase(rest, "www.")    ? 4
						       : 0;
	if (!head || (at && is_word(text.ptr[at - 1])) || head == rest.len || !is_word(rest.ptr[head]))
		return 0;
	size_t len = head;
	while (len < rest.len && (unsigned char)rest.ptr[len] > ' ' && !strchr("<>\"`[]{}|\\^", rest.ptr[len]))
		len++;
	return trim_end(str_part(rest, 0, len));
}

size_t link_email_at(struct str text, size_t at, size_t *begin)
{
	size_t end = at + 1;
	*begin = at;
	while (*begin && at - *begin <= LOCAL_MOST &&
		(is_word(text.ptr[*begin - 1]) || strchr(".+-_", text.ptr[*begin - 1])))
		--*begin;
	while (end < text.len && end - at <= HOST_MOST && (is_word(text.ptr[end]) || strchr(".-", text.ptr[end])))
		end++;
	while (end > at && strchr(".-", text.ptr[end - 1]))
		end--;
	return address_is_email(str_part(text, *begin, end)) ? end - *begin : 0;
}

/* Whether an address that ends in front of i goes on there. */
static bool goes_on(struct str text, size_t i)
{
	while (i < text.len && strchr(".,:;!?')*_", text.ptr[i]) && text.ptr[i])
		i++;
	return i < text.len && (is_word(text.ptr[i]) || strchr("/?#&=%~+-@", text.ptr[i]));
}

bool link_stands(struct str text, struct str address)
{
	if (address.len > 1 && address.ptr[address.len - 1] == '/')
		address.len--;
	for (size_t i = 0; address.len && i + address.len <= text.len; i++) {
		i += str_find(str_part(text, i, text.len), address.ptr[0]);
		if (i + address.len > text.len || memcmp(text.ptr + i, address.ptr, address.len) != 0)
			continue;
		size_t end = i + address.len;
		bool before = i && (is_word(text.ptr[i - 1]) || strchr("/=.@-_", text.ptr[i - 1]));
		if (!before && !goes_on(text, end + (end < text.len && text.ptr[end] == '/')))
			return true;
	}
	return false;
}
