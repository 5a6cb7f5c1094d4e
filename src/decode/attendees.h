/*
 * The people who are invited: from CSV files and from the command line. Findings are added for whatever is wrong, and
 * reading goes on to the end. RFC 5545, 3.8.4.1.
 */
#ifndef DECODE_ATTENDEES_H
#define DECODE_ATTENDEES_H

#include "base/hash.h"
#include "model/event.h"

struct findings;

struct attendee {
	struct text name;  /* absent, invalid, or one line without control characters */
	struct text email; /* always valid (base/address.h); a host beyond ASCII in its ASCII form */
	bool optional;     /* the person need not come */
};

/*
 * Zero-initialise it but for organizer. An address is in it once, whatever its case: the first that was read. Memory is
 * the findings' arena's.
 */
struct attendees {
	struct str organizer; /* the address of the event's organizer, or empty: to warn of inviting them */
	struct attendee *items, *declined; /* declined: the row says that the person does not come */
	size_t count, declined_count;
	struct map by_address;
};

/*
 * Both add the people of a source, whose bytes must have come through encoding_decode() (input/encoding.h), and return
 * true if it gave no error (warnings do not count). They can be called for several sources, in any order.
 *
 * A CSV file (input/csv.h). A row names the columns (decode/columns.h), in Dutch or English: one of addresses, and one
 * of names or several of parts of names, or none. Titles above it and columns of other names are passed over. Of two
 * columns of addresses of which one holds none, as in what a form without sign-in gives, the other counts. A mistake
 * that many rows have is one finding.
 */
bool attendees_read_csv(struct attendees *attendees, struct findings *findings, uint32_t source);

/* One person, as on the command line: name@example.org, Name <name@example.org>, or "Name, more" <name@example.org>. */
bool attendees_read_word(struct attendees *attendees, struct findings *findings, uint32_t source);

#endif
