/* What subscribers would see of an export (--dry-run). */
#ifndef CMD_PREVIEW_H
#define CMD_PREVIEW_H

#include "ical/file.h"
#include "publish/transaction.h"

/*
 * Prints on standard output each event that is new, changed, moved, cancelled or gone, and the feeds; for people, or as
 * one JSON object (README, "The commands").
 */
void preview_print(
	const struct transaction *transaction, const struct files *files, const char *directory, bool as_json);

#endif
