/*
 * The language that people are answered in, as evcal(1), "Language" says: what --language says; else what the first
 * of LC_ALL, LC_MESSAGES and LANG that is set names, where that is Dutch or English; else the calendar's own; else
 * English. It needs no locale of the system. base/wording.h keeps it.
 */
#ifndef SESSION_LANGUAGE_H
#define SESSION_LANGUAGE_H

#include "base/str.h"
#include "base/wording.h"

/*
 * Chooses it before anything is said. option is the word of --language or NULL; one that is no language decides
 * nothing. The calendar's own is looked up in the calendar.yaml of a directory; nothing is said if there is none.
 */
void language_choose(const char *option, const char *directory);

/*
 * The two for whoever reads a calendar: they count only where the calendar's own language does. The first is for before
 * calendar.yaml is decoded, so that what is wrong in it is said in the language that it names.
 */
void language_look(struct str yaml);
void language_set(enum language language);

#endif
