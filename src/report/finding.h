/*
 * Findings: what is wrong with the user's definitions. This is the one way to speak of the user's data; trouble with
 * the machine goes through report/trouble.h, our own bugs through assert().
 *
 * The catalogue (report/catalogue.def) has one row for every code and one for every sentence, in both languages. A
 * sentence has numbered places, {1} to {9}; the checks give the words that go there, and never write a sentence
 * themselves. A finding is in the language that people are answered in (base/wording.h) when it is added.
 *
 * A place written {*1} shows a whole value, which is never cut. One place of a help may be written {=1}: the same, and
 * what stands there is surely what was meant, so that it becomes the finding's fix.
 */
#ifndef REPORT_FINDING_H
#define REPORT_FINDING_H

#include "base/hash.h"
#include "base/str.h"
#include "base/wording.h"
#include "input/source.h"

enum severity { SEVERITY_ERROR, SEVERITY_WARNING };

enum code {
#define CODE(id, name, severity, summary, explanation) CODE_##id,
#include "report/catalogue.def"
	CODE_COUNT
};

enum message {
#define MESSAGE(id, code, text, help) MSG_##id,
#include "report/catalogue.def"
	MESSAGE_COUNT
};

struct code_row {
	const char *name; /* "unknown-key": permanent */
	enum severity severity;
	struct wording summary;     /* one line */
	struct wording explanation; /* for people; paragraphs */
};

/* Where the YAML of an example goes: the keys of an event, a whole events file, keys of calendar.yaml. */
enum example_place { EXAMPLE_EVENT, EXAMPLE_FILE, EXAMPLE_CALENDAR, EXAMPLE_ELSEWHERE /* no YAML, but words */ };

struct code_example {
	enum example_place place;
	struct wording wrong, right; /* what fires the code, and its cure: lines without a last line break */
};

/* The row of a code; the same for the whole run. They lie behind each other, and a row whose name is NULL ends them. */
const struct code_row *code_row(enum code code);
const struct code_example *code_example(enum code code);
/* "in an event": where an example goes; empty for one in words. */
struct wording example_place_name(enum example_place place);
const char *severity_name(enum severity severity);

struct related {
	struct span span;
	struct str text;
};

/* A replacement in the source: surely what was meant. Once it is made the finding is gone, and no other comes. */
struct fix {
	struct span span; /* an empty one: the text is put in there */
	struct str text;  /* as it stands in the file: with the quotes that it needs */
};

struct finding {
	enum code code;
	enum severity severity; /* that of its code, or raised or lowered */
	struct span span;
	struct str text;       /* one sentence, lower case, no full stop */
	struct str help;       /* what to do, or empty */
	struct str event;      /* the id of the event it is about, or empty */
	const struct fix *fix; /* or NULL */
	struct related *related;
	size_t related_count;
	size_t number; /* the order in which they were found */
};

/* Zero-initialise it but for arena and sources, which must outlive it. Texts live in the arena. */
struct findings {
	struct arena *arena;
	const struct sources *sources;
	struct finding *items;
	size_t count;
	struct str event; /* what is being read or checked now: goes into each finding */
	struct map seen;  /* one slip reached by two ways (an alias) is one finding */
};

/* The texts for a sentence's places. */
struct inserts {
	const struct str *items;
	size_t count;
};

#define WORDS(...) \
	((struct inserts){ \
		(const struct str[]){__VA_ARGS__}, sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str)})
#define NO_WORDS ((struct inserts){NULL, 0})

/* finding_add() for whoever holds the findings: a checker, a decoder. At least one word. */
#define ADD(holder, message, span, ...) finding_add((holder)->findings, message, span, WORDS(__VA_ARGS__))

/* The findings that follow are about an event, up to finding_end(). It is its id; empty where that is not known. */
void finding_begin(struct findings *findings, struct str event);
void finding_end(struct findings *findings);

/*
 * Adds a finding. The words go to the places of the sentence and its help: at least as many as these have (asserted).
 * They are copied. They are escaped (report/escape.h), and those of over 120 code points are cut but for {*1} and
 * {=1}. With {=1} its fix puts that word in the place of the span, in the quotes that stand there or that it needs;
 * there is none where an anchor stands in front, since what follows it may be meant in two ways.
 * A finding that says the same of the same place is not added again. Returns the number of the finding, for
 * finding_relate() and finding_fix().
 */
size_t finding_add(struct findings *findings, enum message message, struct span span, struct inserts words);
/* Adds a place that belongs to it, unless it was added before, or it has a hundred. The sentence is a row of the
 * catalogue too; its help is not used. */
void finding_relate(
	struct findings *findings, size_t number, enum message message, struct span span, struct inserts words);

/* Gives it a fix, unless it has one. The text is copied. */
void finding_fix(struct findings *findings, size_t number, struct span span, struct str text);
/* The same, as {=1} does it: another value in the place of the finding's span. */
void finding_fix_value(struct findings *findings, size_t number, struct str text);

/* Adds those of another list with the same sources, in their order, as if they had been added, related, raised and
 * given fixes here. Their texts stay in the other's arena. */
void findings_take(struct findings *findings, const struct findings *other);

/* Adds words at the end of its sentence. */
void finding_extend(struct findings *findings, size_t number, struct str words);

/* Makes an error of it where its code is a warning: nothing can be published with it. */
void finding_raise(struct findings *findings, size_t number);

/* Makes a warning of it where its code is an error: what lacks it is not published. */
void finding_lower(struct findings *findings, size_t number);

/* Sorts by name of the file, line, column, then order of finding. finding_relate(), finding_fix() and
 * finding_raise() are over after this. */
void findings_sort(struct findings *findings);

struct tally {
	size_t errors, warnings;
};

/* Counts those of sources that are not hidden. */
struct tally findings_tally(const struct findings *findings);
bool finding_hidden(const struct findings *findings, const struct finding *finding);

#endif
