#include "base/url.h"

#include "base/address.h"
#include "base/arena.h"

#include <string.h>

static bool is_literal(char c)
{
	switch (c) {
	case '"':
	case '<':
	case '>':
	case '\\':
	case '^':
	case '`':
	case '{':
	case '|':
	case '}':
		return false;
	default:
		return c > ' ' && c < 0x7F;
	}
}

struct str url_escape(struct arena *arena, struct str s)
{
	struct buffer out = {0};
	for (size_t i = 0; i < s.len; i++)
		if (is_literal(s.ptr[i]))
			buffer_byte(&out, s.ptr[i]);
		else
			buffer_percent(&out, s.ptr[i]);
	struct str escaped = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return escaped;
}

/* The part up to the first of some characters. */
static struct str up_to(struct str s, const char *marks)
{
	size_t len = 0;
	while (len < s.len && !(s.ptr[len] && strchr(marks, s.ptr[len])))
		len++;
	return str_part(s, 0, len);
}

/* The authority of an http(s) URL (RFC 3986, 3.2): a host, or an address in brackets, perhaps with a port. */
static bool has_host(struct str rest)
{
	struct str host = up_to(rest, "/?#");
	if (str_find(host, '@') < host.len)
		host = str_part(host, str_find(host, '@') + 1, host.len);
	if (host.len && host.ptr[0] == '[')
		return str_find(host, ']') < host.len;
	size_t colon = str_find(host, ':');
	for (size_t i = colon + 1; i < host.len; i++)
		if (host.ptr[i] < '0' || host.ptr[i] > '9')
			return false;
	/* A second "https://" is no host. */
	bool twice = str_starts(str_part(rest, colon, rest.len), STR("://"));
	host.len = colon;
	/* An underscore is no letter of a host name, and stands in many. */
	return host.len && !twice && host.ptr[0] != '.' && host.ptr[host.len - 1] != '-';
}

enum url_fault url_check(struct str s)
{
	struct str scheme = str_part(s, 0, str_find(s, ':'));
	bool web = str_equal_nocase(scheme, STR("https")) || str_equal_nocase(scheme, STR("http"));
	if (!web || !str_starts(str_part(s, scheme.len, s.len), STR("://")) ||
		!has_host(str_part(s, scheme.len + 3, s.len)))
		return URL_NONE;
	bool behind = false;
	for (size_t i = scheme.len + 3; i < s.len; i++) {
		behind |= s.ptr[i] == '/' || s.ptr[i] == '?' || s.ptr[i] == '#';
		if (!is_literal(s.ptr[i]))
			return behind ? URL_CHARACTER : URL_HOST;
	}
	return URL_OK;
}

/* "programma.pdf" was meant as a file, not as a host. */
static bool is_document(struct str url)
{
	static const char *const endings[] = {".pdf", ".doc", ".docx", ".odt", ".xlsx", ".pptx", ".png", ".jpg",
		".jpeg", ".gif", ".svg", ".webp", ".ics", ".html", ".htm", NULL};
	for (const char *const *ending = endings; *ending; ending++) {
		struct str end = str_from(*ending);
		if (url.len > end.len && str_equal_nocase(str_part(url, url.len - end.len, url.len), end))
			return true;
	}
	return false;
}

/* True if it begins with a host name that people would recognize: with a dot, and a word after the last dot. */
static bool begins_with_host(struct str s)
{
	struct str host = up_to(s, "/?#:");
	size_t dot = host.len;
	while (dot && host.ptr[dot - 1] != '.')
		dot--;
	bool word = host.len > dot + 1;
	for (size_t i = dot; i < host.len; i++)
		word &= ascii_lower(host.ptr[i]) >= 'a' && ascii_lower(host.ptr[i]) <= 'z';
	return dot && word && address_is_host(host) && !(host.len == s.len && is_document(s));
}

/* The rest after a scheme that was meant to be http or https: "htps://", "https//", "https:\\", "http://https://". */
static struct str without_scheme(struct str s)
{
	size_t i = 0;
	while (i < s.len && i < 6 && strchr("htps", ascii_lower(s.ptr[i])) && s.ptr[i])
		i++;
	size_t letters = i;
	while (i < s.len && i < letters + 5 && strchr(":;/\\ ", s.ptr[i]) && s.ptr[i])
		i++;
	bool scheme = letters >= 3 && ascii_lower(s.ptr[0]) == 'h' && i > letters;
	return scheme ? str_part(s, i, s.len) : s;
}

struct str url_mend(struct arena *arena, struct str s)
{
	s = str_trim(s);
	if (url_check(s) == URL_CHARACTER)
		return url_escape(arena, s);
	struct str rest = without_scheme(without_scheme(s));
	struct buffer out = {0};
	buffer_add(&out, STR("https://"));
	for (size_t i = 0; i < rest.len; i++)
		buffer_byte(&out, rest.ptr[i] == '\\' ? '/' : rest.ptr[i]);
	struct str url = url_escape(arena, buffer_str(&out));
	buffer_free(&out);
	return begins_with_host(str_part(url, STR("https://").len, url.len)) && url_check(url) == URL_OK ? url
													 : STR("");
}
