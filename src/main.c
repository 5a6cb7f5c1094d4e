/*
 * evcal: YAML event definitions in, iCalendar files out. Data flows one way, and the folders are its stations:
 *
 *   bytes ─input▶ nodes ─decode▶ what the author said ─resolve▶ what it comes to ─check▶ ─┬ical▶┬ bytes ─publish▶ files
 *                                                                                         └mail▶┘
 *                           findings of every station ─report▶ text | json | github | sarif
 *
 * text/ makes what goes into a calendar or a mail, model/ has the structs, time/ and base/ serve all. session/ joins
 * the stations, and cmd/ has a file for each command. src/README.md has the whole map, and how to change things.
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
