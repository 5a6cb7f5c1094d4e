/* What subscribers would see of an export (--dry-run). */
#ifndef CMD_PREVIEW_H
#define CMD_PREVIEW_H

#include "ical/file.h"
#include "model/revision.h"
#include "publish/transaction.h"

/*
 * Prints on standard output each event that is new, changed, moved, cancelled or gone, or gets another UID, and the
 * feeds that change; for people, or as one JSON object. If the directory has no file of an event, as in a fresh
 * clone, the revisions tell if subscribers have seen it as it is, and what is gone and not over at now, in seconds
 * since 1970. The last line says which of the two directory was compared with.
 */
void preview_print(const struct transaction *transaction, const struct files *files, const struct revisions *revisions,
	int64_t now, const char *directory, bool as_json);

#endif
