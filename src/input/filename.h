/*
 * What the name of a file in a calendar directory says it is for.
 */
#ifndef INPUT_FILENAME_H
#define INPUT_FILENAME_H

#include "base/str.h"

enum file_kind {
	FILE_OTHER,         /* nothing of evcal's: a README.md, a picture */
	FILE_EVENTS,        /* ends in .yaml or .yml: it is read */
	FILE_CALENDAR,      /* calendar.yaml */
	FILE_CALENDAR_NAME, /* surely meant for it: Calendar.yaml, calendar.yml */
	FILE_CALENDAR_COPY, /* a copy of it: "calendar (1).yaml", "calendar - kopie.yaml" */
	FILE_MISNAMED,      /* surely meant to be read, and is not: workshops.YAML, b.yaml.txt, c.yml.bak */
	FILE_BACKUP,        /* a.yaml~, which editors make beside a.yaml; without that, as FILE_MISNAMED */
	FILE_ICS            /* an iCalendar file */
};

struct filename {
	enum file_kind kind;
	struct str stem, ending; /* of FILE_MISNAMED and FILE_BACKUP: together the name that it should have */
};

struct filename filename_of(struct str name);

#endif
