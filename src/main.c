/*
 * evcal: YAML event definitions in, iCalendar files out. Data flows one way, and the folders are its stations:
 *
 *   bytes ─input▶ nodes ─decode▶ what the author said ─resolve▶ what it comes to ─check▶ ─┬ical▶┬ bytes ─publish▶ files
 *                                                                                         └mail▶┘
 *                           findings of every station ─report▶ text | json | github | sarif
 *
<<<<<<< HEAD
 * text/ makes what goes into a calendar or a mail, model/ has the structs, time/ and base/ serve all. session/ joins
 * the stations, and cmd/ has a file for each command. src/README.md has the whole map, and how to change things.
=======
 *   input/    folder, filename, beneath: which files, and nothing outside · source, file: bytes, lines, spans · encoding ·
 *             yaml: libyaml's events to a tree · inspect: what the format does not take · quoting: forgotten quotes ·
 *             syntax: libyaml's words · csv: libcsv's cells with their places
 *   model/    event, schedule, calendar, revision: plain structs
 *   decode/   keys: THE table of keys · decode, values, values_time: nodes to structs · inherit · attendees: the people of
 *             CSV files · revisions: revisions.yaml · address · color
 *   resolve/  what follows from what the author said: occurrences · select
 *   check/    time, recurrence, across: rules across keys and events · remembered: what was published before · outlook,
 *             outlook_rule: what Outlook can hold
 *   text/     markdown, words: what is put into a calendar or a mail
 *   ical/     vevent · vtimezone · file: feeds, per-event files · invite · property, lines, fold: how they are printed ·
 *             snapshot: what subscribers see of an event · published: the same of an earlier file · compare
 *   mail/     message: a calendar file as a mail · header · transfer: base64, quoted-printable
 *   publish/  transaction: stage, sync, rename · staging, replace, folder, io: its parts · manifest: what evcal wrote ·
 *             cache: what it was made from
 *   report/   finding: the catalogue, collecting, order · text · json · github · sarif · listing: what is on when ·
 *             columns: widths on a screen · output · trouble: the environment
 *   session/  what several commands share: load · revise, forget, lost: what is remembered · show
 *   cmd/      commands.def, options.def: THE tables · parse, help, man, completion: made from them · one file a command
 *   time/     date: dates, times, durations as written · day: days of the command line · zone: the system's zone data ·
 *             zone_hint: what an unknown one may mean · yearly: the pair that Outlook holds · recurrence: rules ·
 *             expand: what they give
 *   base/     arena · str · hash · suggest · threads · program: which build this is
>>>>>>> 67bf0db (export: Refuse to publish what subscribers have passed, and preview other UIDs)
 */
#include "base/arena.h"
#include "cmd/commands.h"

#include <jansson.h>
#include <signal.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
	/* A reader that has gone, and a file that may not grow: the write fails, and that is dealt with. */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	/* jansson leaves out what it has no memory for. */
	json_set_alloc_funcs(memory_new, free);
	return commands_run(argc, argv);
}
