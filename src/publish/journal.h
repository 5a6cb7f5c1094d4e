/*
 * What was sent to whom: ".sent" in the folder of invitations, a line for each step of a mail, written and synced
 * before and after. A mail that was begun and not ended may have arrived or not; nobody can tell but its reader.
 */
#ifndef PUBLISH_JOURNAL_H
#define PUBLISH_JOURNAL_H

#include "base/hash.h"
#include "base/str.h"

struct arena;

enum journal_state { JOURNAL_BEGUN, JOURNAL_SENT, JOURNAL_FAILED };

/* The last that is known of a mail. Texts live in the arena. */
struct journal_entry {
	enum journal_state state;
	struct str time;    /* "2026-11-26T13:00:00Z" */
	struct str method;  /* "REQUEST" or "CANCEL" */
	struct str key;     /* ID/address, as the file is named, without its ending */
	struct str message; /* the Message-ID */
	bool arrived;       /* this one or one before it was sent */
	size_t step;        /* its number, from 1 */
	size_t ended;       /* the number of the last step that withdrew what it is about, or 0 */
};

struct journal {
	struct arena *arena;
	const char *path;
	int fd;
	bool existed;
	struct map by_key;
	struct journal_entry **items; /* in the order in which they were first known */
	size_t count;
	size_t steps;
};

/* Reads the journal of a folder; with make, opens it for writing too, as a file 0600 that is made if it is not there.
 * False: trouble() has said why. */
bool journal_open(struct journal *journal, struct arena *arena, const char *directory, bool make);
/* Writes a step of a mail and has it on the disk when it returns. False: trouble() has said why. */
bool journal_note(
	struct journal *journal, enum journal_state state, struct str method, struct str key, struct str message);
void journal_close(struct journal *journal);
/* The last of a mail; NULL where there is none, or where it was about a date of an event that was withdrawn since. */
const struct journal_entry *journal_find(const struct journal *journal, struct str key);

#endif
