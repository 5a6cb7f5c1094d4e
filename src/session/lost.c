/*
 * Whether revisions.yaml is the one that was published with. Where the output folder holds a higher SEQUENCE than is
 * remembered, the file was deleted, or is an old one or another branch's. Then the next update would have a SEQUENCE
 * that subscribers have passed, and they would not take it.
 *
 * A file that this run leaves as it is has the SEQUENCE that is remembered, unless this run raised it. So only the
 * files that would change or go are read, and an export that changes nothing reads none.
 */
#include "session/session.h"

#include "ical/published.h"
#include "publish/transaction.h"
#include "report/trouble.h"

#include <errno.h>

enum { FILE_MOST = 1 << 30 };

struct lost_search {
	const struct loaded *loaded;
	const struct transaction *transaction;
	struct arena scratch;
	bool feeds;        /* feeds are all that is written; else the files of events say all */
	struct map raised; /* by id, the events whose SEQUENCE this run has raised */
	struct buffer text;
	int error;  /* errno: the file at path cannot be read */
	bool found; /* the file at path is newer */
	struct str path;
	struct version version;
	const struct revision *revision; /* NULL: its UID has none */
};

/* What is known to have been published: a new revision begins where its event wants to. */
static int known_sequence(const struct revision *revision)
{
	return revision ? revision->known : 0;
}

static void find_raised(struct lost_search *search)
{
	const struct calendar *calendar = &search->loaded->calendar;
	for (size_t i = 0; i < calendar->schedule_count; i++) {
		struct schedule *schedule = calendar->schedules[i];
		const struct revision *revision = map_get(&search->loaded->revisions.by_uid, schedule->uid);
		if (schedule_is_published(schedule) && revision->sequence > revision->known)
			map_put(&search->raised, &search->scratch, schedule->id, schedule);
	}
}

/* Whether a file can hold another SEQUENCE than the one that is remembered. */
static bool may_differ(const struct lost_search *search, struct str path, enum fate fate)
{
	struct str folder = STR("events/"), end = STR(".ics");
	if (fate == FATE_NEW || str_starts(path, folder) == search->feeds)
		return false;
	return search->feeds || fate != FATE_UNCHANGED ||
	       map_get(&search->raised, str_part(path, folder.len, path.len - end.len));
}

static void look_at(void *context, struct str path, enum fate fate)
{
	struct lost_search *search = context;
	size_t at = 0;
	struct version version;
	if (search->found || search->error || !may_differ(search, path, fate))
		return;
	if (!transaction_read(search->transaction, path, FILE_MOST, &search->text)) {
		search->error = errno == ENOENT ? 0 : errno;
		search->path = path;
		return;
	}
	struct arena_mark mark = arena_mark(&search->scratch);
	while (!search->found && published_next(&search->scratch, buffer_str(&search->text), &at, &version)) {
		const struct revision *revision = map_get(&search->loaded->revisions.by_uid, version.uid);
		if (version.sequence <= known_sequence(revision))
			continue;
		search->found = true;
		search->path = path;
		search->version = version;
		search->revision = revision;
	}
	if (!search->found)
		arena_release(&search->scratch, mark);
}

/* The path of the file in the folder as the user named it. */
static struct str full_path(const struct lost_search *search, struct arena *arena, const char *dir)
{
	size_t len = strlen(dir);
	while (len > 1 && dir[len - 1] == '/')
		len--;
	return str_format(arena, "%.*s/%.*s", (int)len, dir, STR_ARG(search->path));
}

static void add_lost(struct loaded *loaded, const struct lost_search *search, const char *dir)
{
	struct arena *arena = &loaded->arena;
	const struct revision *revision = search->revision;
	struct span span = revision ? revision->span : (struct span){0, 0, 0};
	enum message message = span.source ? MSG_REVISIONS_LOST : MSG_REVISIONS_LOST_LINE;
	if (!span.source)
		span = (struct span){loaded->revisions_source, 0, 0};
	if (!span.source) {
		message = MSG_REVISIONS_LOST_FILE;
		span.source = source_add(&loaded->sources, loaded->revisions_path, STR(""));
	}
	finding_add(&loaded->findings, message, span,
		WORDS(search->version.uid, full_path(search, arena, dir),
			str_format(arena, "%d", search->version.sequence),
			str_format(arena, "%d", known_sequence(revision)), loaded->revisions_path));
	findings_sort(&loaded->findings);
}

bool find_lost(struct loaded *loaded, const struct transaction *transaction, const char *dir,
	const struct options *options, bool *lost)
{
	struct lost_search search = {.loaded = loaded, .transaction = transaction, .feeds = options->feeds.count};
	if (!search.feeds)
		find_raised(&search);
	transaction_each(transaction, look_at, &search);
	if (search.found)
		add_lost(loaded, &search, dir);
	*lost = search.found;
	buffer_free(&search.text);
	arena_free(&search.scratch);
	errno = search.error;
	return !search.error || trouble(DOING_READ, full_path(&search, &loaded->arena, dir).ptr);
}
