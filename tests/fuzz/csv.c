/* People: a CSV file, and a word of the command line, of any bytes. */
#include "fuzz.h"

#include "base/address.h"
#include "decode/attendees.h"
#include "input/csv.h"
#include "input/encoding.h"

static bool any_is_header(struct str text)
{
	return str_equal_nocase(text, STR("email"));
}

struct rows {
	struct fuzz *fuzz;
	uint32_t end; /* of the last row */
};

static bool take(void *context, const struct row *row)
{
	struct rows *rows = context;
	MUST(row->count);
	fuzz_span(rows->fuzz, row->span);
	MUST(row->span.begin >= rows->end);
	uint32_t end = row->span.begin;
	for (size_t i = 0; i < row->count; i++) {
		struct span span = row->cells[i].span;
		fuzz_span(rows->fuzz, span);
		MUST(span.begin >= end && span.end <= row->span.end);
		MUST(row->cells[i].text.len <= span.end - span.begin);
		end = span.end;
	}
	rows->end = end;
	return true;
}

/* Everybody has an address that is one, once, and a name of one line; a tab may stand in it. */
static void look_at(const struct fuzz *fuzz, const struct attendees *attendees)
{
	for (size_t i = 0; i < attendees->count; i++) {
		const struct attendee *attendee = &attendees->items[i];
		MUST(at_valid(&attendee->email.at) && address_is_email(attendee->email.str));
		fuzz_span(fuzz, attendee->email.at.span);
		for (size_t j = 0; j < i && i < 50; j++)
			MUST(!str_equal_nocase(attendee->email.str, attendees->items[j].email.str));
		if (!at_valid(&attendee->name.at))
			continue;
		struct str name = attendee->name.str;
		MUST(name.len && str_one_line(name));
		for (size_t j = 0; j < name.len; j++)
			MUST(((unsigned char)name.ptr[j] >= 0x20 || name.ptr[j] == '\t') && name.ptr[j] != 0x7F);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct fuzz fuzz;
	fuzz_begin(&fuzz);
	struct attendees attendees = {.organizer = STR("organizer@example.org")}, one = attendees;
	struct str text = encoding_decode(fuzz.arena, (struct str){(const char *)bytes, size});
	uint32_t source = fuzz_source(&fuzz, "people.csv", text);
	struct rows rows = {&fuzz, 0};
	csv_read(&fuzz.findings, source, &(struct csv_taker){any_is_header, take, &rows});
	bool good = attendees_read_csv(&attendees, &fuzz.findings, source);
	look_at(&fuzz, &attendees);
	size_t people = attendees.count;
	MUST(attendees_read_csv(&attendees, &fuzz.findings, source) == good && attendees.count == people);
	good = attendees_read_word(&one, &fuzz.findings, fuzz_source(&fuzz, "--to", text));
	look_at(&fuzz, &one);
	MUST(one.count <= 1 && (one.count || !good));
	fuzz_report(&fuzz);
	fuzz_end(&fuzz);
	return 0;
}
