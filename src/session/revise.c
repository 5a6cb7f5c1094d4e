#include "session/session.h"

#include "decode/revisions.h"
#include "ical/file.h"
#include "publish/transaction.h"
#include "base/wording.h"
#include "report/trouble.h"
#include "time/read.h"

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
	return trouble_because(DOING_USE_EPOCH, epoch,
		LOCAL("it must be whole seconds since 1970", "het moeten hele seconden sinds 1970 zijn"));
}

bool today_read(const struct calendar *calendar, int64_t now, struct date *today)
{
	const char *given = getenv("EVCAL_TODAY");
	if (at_valid(&calendar->timezone.at))
		now += zone_offset(calendar->timezone.zone, now);
	*today = moment_from_seconds(now).date;
	if (!given || !*given)
		return true;
	struct arena scratch = {0};
	struct moment moment = {.minute = -1};
	bool good = moment_read(&scratch, str_from(given), &moment).kind == VERDICT_OK && moment_is_date(moment) &&
		    moment.date.year >= YEAR_MINIMUM && moment.date.year <= YEAR_MAXIMUM;
	arena_free(&scratch);
	*today = moment.date;
	return good || trouble_because(DOING_USE_TODAY, given,
			       LOCAL("write it as a date, 2021-01-21", "schrijf een datum als 2021-01-21"));
}

void add_outdated(struct loaded *loaded)
{
	struct findings *findings = &loaded->findings;
	for (size_t i = 0; i < loaded->calendar.schedule_count; i++) {
		const struct schedule *schedule = loaded->calendar.schedules[i];
		const struct revision *revision = map_get(&loaded->revisions.by_uid, schedule->uid);
		if (!schedule_is_published(schedule) || revision->change == REVISION_SAME)
			continue;
		bool new = revision->change == REVISION_NEW;
		finding_begin(findings, schedule->id);
		finding_add(findings, new ? MSG_REVISIONS_OUTDATED_NEW : MSG_REVISIONS_OUTDATED, schedule->id_span,
			WORDS(schedule->id));
		finding_end(findings);
	}
	findings_sort(findings);
}

bool revise(struct loaded *loaded, struct files *files, const struct options *options)
{
	bool good = true;
	for (size_t i = 0; i < loaded->calendar.schedule_count; i++) {
		if (!schedule_is_published(loaded->calendar.schedules[i]))
			continue;
		struct revision *revision = revisions_note(&loaded->revisions, &files->published[i], loaded->now);
		files_set_revision(files, i, revision);
		good &= revision->change == REVISION_SAME;
	}
	return good || !options->locked;
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
