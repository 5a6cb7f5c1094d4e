/*
 * What the commands share: from a calendar directory to a checked calendar, its revisions, and the findings shown.
 */
#ifndef SESSION_SESSION_H
#define SESSION_SESSION_H

#include "base/arena.h"
#include "cmd/options.h"
#include "input/folder.h"
#include "model/calendar.h"
#include "model/revision.h"
#include "report/report.h"
#include "time/zone.h"

/* Why a word of --forget cannot be done. */
struct refusal {
	struct str word; /* no pointer: there is none */
	bool present;    /* it names what is still in the files */
	struct str near; /* the nearest that can be forgotten, or empty */
};

/* How much of a calendar is read. For completions it is what they show of events, or calendar.yaml alone. */
enum reach { READ_ALL, READ_SHOWN, READ_CALENDAR };

/* All that one run of a command reads and works out; it lives until loaded_free(). */
struct loaded {
	struct arena arena;
	struct directory directory;
	enum reach reach;
	int lock; /* what the lock hangs on: calendar.yaml; -1: there is none */
	struct sources sources;
	struct findings findings;
	struct zones zones;
	struct calendar calendar;
	int64_t now; /* SOURCE_DATE_EPOCH, else the clock: seconds since 1970 */
	struct revisions revisions;
	struct refusal refusal; /* of the first word of --forget that has one */
	struct str calendar_path, revisions_path;
	uint32_t revisions_source; /* 0: there is no such file yet */
	struct digest remembered;  /* of what revisions.yaml holds now */
};

/* Whether SOURCE_DATE_EPOCH, if it is set, can be used; else trouble() has said why. */
bool now_read(int64_t *now);

/*
 * The day by which a calendar is judged, in its zone: EVCAL_TODAY, else that of now (now_read()). False: EVCAL_TODAY
 * is no date, and trouble() has said how it is written.
 */
bool today_read(const struct calendar *calendar, int64_t now, struct date *today);

/*
 * Reads, decodes and checks the calendar directory of the options; the findings are sorted. Standard input stands in
 * for the file stdin_name where that is not NULL. False: the environment failed, and trouble() has said why.
 */
bool load(struct loaded *loaded, const struct options *options, const char *stdin_name);
/* The same for who may write revisions.yaml: from before it reads until loaded_free(), no other run can
 * (publish/lock.h). */
bool load_to_write(struct loaded *loaded, const struct options *options);
/* The same without the checks: what they find and work out is missing. */
bool load_unchecked(struct loaded *loaded, const struct options *options, enum reach reach);
/* The same where there is no calendar directory: nothing is in it. */
bool load_nothing(struct loaded *loaded);
/*
 * Adds an events file that is not in the calendar's folder to a calendar that was loaded without checks, and checks it
 * as if it were: the findings are sorted.
 */
void check_more(struct loaded *loaded, uint32_t source, struct findings *findings);
void loaded_free(struct loaded *loaded);

/*
 * Marks what --forget names as gone: an id, a UID, or "@" and a domain for all events of it. Only what the calendar
 * does not have any more is marked. Comes before the checks, which have nothing to say of it then.
 */
void forget(struct loaded *loaded, const struct words *words);

struct files;

/*
 * Brings the revisions of all events up to date and puts them into the files; the calendar has no errors. False: with
 * --locked they would have to change.
 */
bool revise(struct loaded *loaded, struct files *files, const struct options *options);
/* Adds a finding for each event whose revision would have to change. The findings are sorted anew. */
void add_outdated(struct loaded *loaded);
/* Writes the revisions file, unless the options say that it stays. False: trouble() has said why. */
bool revisions_save(struct loaded *loaded, const struct options *options);

/* Prints the findings for people on a stream. */
void show_findings(FILE *stream, const struct findings *findings, const struct options *options);
/* True if findings stop a command: errors, or with --strict warnings whose code --allow does not name. */
bool must_fail(const struct findings *findings, const struct options *options);
/* Prints them as a command that writes files does, on standard error; true if nothing among them stops it. */
bool passes(const struct loaded *loaded, const struct options *options);

struct transaction;

/*
 * After revise() and the last transaction_add(): whether the folder dir holds a higher SEQUENCE than is remembered,
 * which is one finding. The findings are sorted anew. False: trouble() has said why.
 */
bool find_lost(struct loaded *loaded, const struct transaction *transaction, const char *dir,
	const struct options *options, bool *lost);

/* For people, on standard error: what a transaction has written for so many things in a folder. */
void print_written(const struct transaction *transaction, const char *directory, struct noun thing, size_t count);

#endif
