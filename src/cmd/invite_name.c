#include "cmd/invite_name.h"

#include "base/arena.h"
#include "base/hash.h"

#include <string.h>

/* A name takes 255 bytes, some of which are for what stands behind the address. */
enum { NAME_MOST = 200 };

struct str invite_name(struct arena *arena, struct str address)
{
	struct buffer out = {0};
	size_t most = NAME_MOST - 1 - sizeof(struct digest), begin = 0;
	for (size_t i = 0; i < address.len; i++) {
		char c = ascii_lower(address.ptr[i]);
		bool plain =
			(c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c && strchr("@-_", c)) || (c == '.' && i);
		if (plain)
			buffer_byte(&out, address.ptr[i]);
		else
			buffer_percent(&out, address.ptr[i]);
		if (out.len <= most)
			begin = out.len;
	}
	struct str name = out.len <= NAME_MOST
				  ? str_copy(arena, buffer_str(&out))
				  : str_format(arena, "%.*s~%s", (int)begin, out.ptr, digest_of(address).hex);
	buffer_free(&out);
	return name;
}

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

struct str invite_address(struct arena *arena, struct str name)
{
	struct buffer out = {0};
	for (size_t i = 0; i < name.len; i++) {
		int high = name.ptr[i] == '%' && i + 2 < name.len ? hex(name.ptr[i + 1]) : -1;
		if (high >= 0 && hex(name.ptr[i + 2]) >= 0) {
			buffer_byte(&out, (char)(high * 16 + hex(name.ptr[i + 2])));
			i += 2;
		} else {
			buffer_byte(&out, name.ptr[i]);
		}
	}
	struct str address = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return address;
}
