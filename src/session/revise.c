#include "session/session.h"

#include "decode/revisions.h"
#include "ical/file.h"
#include "publish/transaction.h"
#include "report/trouble.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

bool now_read(int64_t *now)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	*now = time(NULL);
	if (!epoch || !*epoch)
		return true;
	char *end;
	errno = 0;
	long long seconds = strtoll(epoch, &end, 10);
	*now = seconds;
	/* DTSTAMP has four digits for the year. */
	if (!errno && !*end && seconds >= 0 && seconds < 253402300800)
		return true;
	return trouble_because("use SOURCE_DATE_EPOCH", epoch, "it must be whole seconds since 1970");
}

/* With --locked: the revisions file would have to change. */
static void add_outdated(struct loaded *loaded, const struct schedule *schedule, enum revision_change change)
{
	struct findings *findings = &loaded->findings;
	finding_begin(findings, schedule->id);
	finding_add(findings, change == REVISION_NEW ? MSG_REVISIONS_OUTDATED_NEW : MSG_REVISIONS_OUTDATED,
		schedule->id_span, WORDS(schedule->id));
	finding_end(findings);
}

bool revise(struct loaded *loaded, struct files *files, const struct options *options)
{
	bool good = true;
	for (size_t i = 0; i < loaded->calendar.schedule_count; i++) {
		struct revision *revision = revisions_note(&loaded->revisions, &files->published[i], loaded->now);
		files_set_revision(files, i, revision);
		if (options->locked && revision->change != REVISION_SAME) {
			add_outdated(loaded, loaded->calendar.schedules[i], revision->change);
			good = false;
		}
	}
	findings_sort(&loaded->findings);
	return good;
}

bool revisions_save(struct loaded *loaded, const struct options *options)
{
	struct buffer text = {0};
	if (options->locked || options->dry_run || !revisions_changed(&loaded->revisions))
		return true;
	revisions_write(&loaded->revisions, &text);
	loaded->remembered = digest_of(buffer_str(&text));
	bool saved = file_replace(
		loaded->directory.fd, "revisions.yaml", loaded->revisions_path.ptr, buffer_str(&text), 0644);
	buffer_free(&text);
	return saved;
}
