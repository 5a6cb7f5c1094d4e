#include "base/punycode.h"

#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <utf8proc.h>

/*
 * RFC 3492. An own encoder, since libidn2 brings a library of two megabytes that every start would have to load.
 */
enum { BASE = 36, LEAST = 1, MOST = 26, SKEW = 38, DAMP = 700, FIRST_BIAS = 72, FIRST_POINT = 128, LABEL_MOST = 63 };

static char digit_of(uint32_t value)
{
	return (char)(value < 26 ? 'a' + value : '0' + (value - 26));
}

/* RFC 3492, 6.1. */
static uint32_t adapt(uint32_t delta, uint32_t points, bool first)
{
	uint32_t steps = 0;
	delta = first ? delta / DAMP : delta / 2;
	delta += delta / points;
	for (; delta > ((BASE - LEAST) * MOST) / 2; steps += BASE)
		delta /= BASE - LEAST;
	return steps + (BASE - LEAST + 1) * delta / (delta + SKEW);
}

static void add_number(struct buffer *out, uint32_t number, uint32_t bias)
{
	for (uint32_t k = BASE;; k += BASE) {
		uint32_t threshold = k <= bias ? LEAST : k >= bias + MOST ? MOST : k - bias;
		if (number < threshold)
			break;
		buffer_byte(out, digit_of(threshold + (number - threshold) % (BASE - threshold)));
		number = (number - threshold) / (BASE - threshold);
	}
	buffer_byte(out, digit_of(number));
}

/* RFC 3492, 6.3: points has count code points, at most LABEL_MOST, so that nothing overflows. */
static void add_label(struct buffer *out, const utf8proc_int32_t *points, uint32_t count)
{
	uint32_t basic = 0, point = FIRST_POINT, delta = 0, bias = FIRST_BIAS;
	size_t begin = out->len;
	buffer_add(out, STR("xn--"));
	for (uint32_t i = 0; i < count; i++)
		if (points[i] < FIRST_POINT) {
			buffer_byte(out, (char)points[i]);
			basic++;
		}
	if (basic == count) {
		out->len = begin;
		for (uint32_t i = 0; i < count; i++)
			buffer_byte(out, (char)points[i]);
		return;
	}
	if (basic)
		buffer_byte(out, '-');
	for (uint32_t done = basic; done < count; delta++, point++) {
		uint32_t next = UINT32_MAX;
		for (uint32_t i = 0; i < count; i++)
			if ((uint32_t)points[i] >= point && (uint32_t)points[i] < next)
				next = (uint32_t)points[i];
		delta += (next - point) * (done + 1);
		point = next;
		for (uint32_t i = 0; i < count; i++) {
			delta += (uint32_t)points[i] < point;
			if ((uint32_t)points[i] != point)
				continue;
			add_number(out, delta, bias);
			bias = adapt(delta, done + 1, done == basic);
			delta = 0;
			done++;
		}
	}
}

/* Folded and composed (NFKC), as people type it. False: it is no text, or too long. */
static bool fold(struct str label, utf8proc_int32_t points[LABEL_MOST], uint32_t *count)
{
	static const utf8proc_option_t how = (utf8proc_option_t)(UTF8PROC_CASEFOLD | UTF8PROC_COMPOSE |
								 UTF8PROC_COMPAT | UTF8PROC_STABLE | UTF8PROC_IGNORE);
	utf8proc_uint8_t *folded = NULL;
	utf8proc_ssize_t len =
		utf8proc_map((const utf8proc_uint8_t *)label.ptr, (utf8proc_ssize_t)label.len, &folded, how);
	bool good = len > 0;
	*count = 0;
	for (utf8proc_ssize_t at = 0; good && at < len;) {
		utf8proc_ssize_t step = utf8proc_iterate(folded + at, len - at, &points[*count]);
		good = step > 0 && ++*count < LABEL_MOST;
		at += step;
	}
	free(folded);
	return good;
}

struct str host_to_ascii(struct arena *arena, struct str host)
{
	struct buffer out = {0};
	bool good = host.len > 0;
	while (good && host.len) {
		utf8proc_int32_t points[LABEL_MOST];
		uint32_t count;
		size_t end = str_find(host, '.');
		good = fold(str_part(host, 0, end), points, &count);
		if (good) {
			add_label(&out, points, count);
			if (end < host.len)
				buffer_byte(&out, '.');
		}
		host = str_part(host, end < host.len ? end + 1 : end, host.len);
	}
	struct str ascii = good ? str_copy(arena, buffer_str(&out)) : STR("");
	buffer_free(&out);
	return ascii;
}
