#include "cmd/preview.h"

#include "base/arena.h"
#include "decode/revisions.h"
#include "ical/compare.h"
#include "ical/published.h"
#include "report/diff.h"
#include "report/escape.h"
#include "report/json_text.h"
#include "time/limits.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { FILE_MOST = 64 << 20 };

struct preview {
	struct arena scratch; /* for one event */
	const struct files *files;
	const struct revisions *revisions;
	const struct transaction *transaction;
	int64_t now;
	struct map by_id, by_uid; /* of calendar->schedules */
	struct map forgotten;     /* the revisions that this run marks as gone, by id */
	bool events_too;          /* not only feeds are written */
	bool published;           /* the folder has files */
	size_t same, shown;
	json_t *events, *feeds; /* NULL: for people */
};

/* An event as the folder holds it and as it would be; NULL if it is not there. */
struct pair {
	struct str id;
	struct str uid_before; /* where it gets another one, or the folder does not have what goes */
	const struct snapshot *before, *after;
	struct difference difference; /* of both */
};

/* --- one line, or one object -------------------------------------------------------------------------------------- */

static struct str start_of(struct arena *arena, const struct snapshot *snapshot)
{
	return snapshot ? moment_format(arena, snapshot->start) : STR("");
}

static struct str summary_of(const struct pair *pair)
{
	const struct snapshot *shown = pair->after ? pair->after : pair->before;
	return shown ? shown->summary : STR("");
}

static void add_object(struct preview *preview, enum change_kind kind, const struct pair *pair)
{
	struct arena *arena = &preview->scratch;
	json_t *what = json_array();
	if (kind == CHANGE_UID)
		json_array_append_new(what, json_string(diff_kind(kind)));
	for (size_t i = 0; i < pair->difference.count; i++)
		if (!pair->difference.changes[i].follows)
			json_array_append_new(what, json_string(pair->difference.changes[i].key->name));
	json_array_append_new(
		preview->events, json_pack("{s:o, s:s, s:o, s:o, s:o, s:o}", "id", json_text_or_null(pair->id),
					 "change", diff_kind(kind), "summary", json_text_or_null(summary_of(pair)),
					 "from", json_text_or_null(start_of(arena, pair->before)), "to",
					 json_text_or_null(start_of(arena, pair->after)), "what", what));
}

static void print_what(const struct difference *difference, const char *lead)
{
	for (size_t i = 0; i < difference->count; i++)
		if (!difference->changes[i].follows) {
			printf("%s%s", lead, difference->changes[i].key->name);
			lead = ", ";
		}
}

static void print_line(struct preview *preview, enum change_kind kind, const struct pair *pair)
{
	struct str from = start_of(&preview->scratch, pair->before), to = start_of(&preview->scratch, pair->after);
	printf("%-*s %.*s  ", LOCAL(9, 11), diff_said(kind), STR_ARG(pair->id));
	if (kind == CHANGE_UID) {
		printf(LOCAL("from %.*s to %.*s, another event for subscribers",
			       "van %.*s naar %.*s, voor abonnees een andere activiteit"),
			STR_ARG(pair->uid_before), STR_ARG(pair->after->uid));
		print_what(&pair->difference, LOCAL("; also ", "; ook "));
	} else if (kind == CHANGE_MOVED) {
		printf(LOCAL("from %.*s to %.*s", "van %.*s naar %.*s"), STR_ARG(from), STR_ARG(to));
		print_what(&pair->difference, LOCAL("; also ", "; ook "));
	} else if (kind == CHANGE_CHANGED) {
		if (!pair->before)
			fputs(LOCAL("how it was is not in this folder", "hoe het was, staat niet in deze map"), stdout);
		print_what(&pair->difference, "");
	} else {
		struct str summary = summary_of(pair), time = to.len ? to : from;
		if (time.len)
			printf("%.*s  %.*s", STR_ARG(time), STR_ARG(summary));
		else
			printf("%.*s", STR_ARG(pair->uid_before));
	}
	putchar('\n');
}

/* --- events and feeds --------------------------------------------------------------------------------------------- */

/* What happens to an event. False: subscribers see no change. */
static bool find_kind(const struct pair *pair, enum revision_change revised, enum change_kind *kind)
{
	if (!pair->after)
		*kind = CHANGE_GONE;
	else if (pair->uid_before.len)
		*kind = CHANGE_UID;
	else if (!pair->before)
		*kind = revised == REVISION_CHANGED ? CHANGE_CHANGED : CHANGE_NEW;
	else
		*kind = pair->difference.kind;
	return !pair->before || !pair->after || pair->uid_before.len || pair->difference.count;
}

static const struct snapshot *read_before(struct preview *preview, struct str path)
{
	struct arena *arena = &preview->scratch;
	struct buffer held = {0};
	/* A file that cannot be read has made the transaction fail before. */
	bool good = transaction_read(preview->transaction, path, FILE_MOST, &held);
	struct str text = good ? str_copy(arena, buffer_str(&held)) : STR("");
	buffer_free(&held);
	return good ? published_read(arena, text) : NULL;
}

static const struct snapshot *make_after(struct preview *preview, const struct schedule *schedule)
{
	struct snapshot *after = arena_alloc(&preview->scratch, sizeof(*after));
	*after = snapshot_of(&preview->scratch, preview->files->calendar, schedule);
	return after;
}

/* The UID that subscribers know the event by, where it gets another one. */
static struct str uid_before(const struct preview *preview, const struct pair *pair)
{
	const struct revision *forgotten = map_get(&preview->forgotten, pair->id);
	struct str uid = pair->before ? pair->before->uid : forgotten ? forgotten->uid : STR("");
	return pair->after && !str_equal(uid, pair->after->uid) ? uid : STR("");
}

static void show_pair(struct preview *preview, enum change_kind kind, const struct pair *pair)
{
	preview->shown++;
	if (preview->events)
		add_object(preview, kind, pair);
	else
		print_line(preview, kind, pair);
}

static void show_event(struct preview *preview, struct str path, struct str id, enum fate fate)
{
	const struct schedule *schedule = map_get(&preview->by_id, id);
	const struct revision *known = schedule ? map_get(&preview->revisions->by_uid, schedule->uid) : NULL;
	enum revision_change revised = known ? known->change : REVISION_NEW;
	struct pair pair = {.id = id};
	enum change_kind kind;
	bool changes = false;
	if (fate != FATE_UNCHANGED && !(fate == FATE_NEW && revised == REVISION_SAME)) {
		arena_release(&preview->scratch, (struct arena_mark){0});
		pair.before = fate == FATE_NEW ? NULL : read_before(preview, path);
		pair.after = schedule ? make_after(preview, schedule) : NULL;
		if (pair.before && pair.after)
			pair.difference = compare_snapshots(&preview->scratch, pair.before, pair.after);
		pair.uid_before = uid_before(preview, &pair);
		changes = (pair.before || pair.after) && find_kind(&pair, revised, &kind);
	}
	if (changes)
		show_pair(preview, kind, &pair);
	else
		preview->same++;
}

/* Where the folder has no files, as in a fresh clone: what, by the revisions, subscribers have and will not have. */
static void show_gone(struct preview *preview)
{
	const struct revisions *revisions = preview->revisions;
	for (size_t i = 0; i < revisions->count; i++) {
		const struct revision *revision = revisions->items[i];
		struct pair pair = {.id = uid_id(revision->uid), .uid_before = revision->uid};
		bool known = !revision->gone || revision->change == REVISION_FORGOTTEN;
		bool over = date_days(revision->ends) * DAY_SECONDS <= preview->now;
		bool replaced = revision->change == REVISION_FORGOTTEN && map_get(&preview->by_id, pair.id);
		if (known && !over && !replaced && !map_get(&preview->by_uid, revision->uid))
			show_pair(preview, CHANGE_GONE, &pair);
	}
}

static void show_feed(struct preview *preview, struct str path, enum fate fate)
{
	static const enum change_kind effects[] = {
		[FATE_NEW] = CHANGE_NEW, [FATE_CHANGED] = CHANGE_CHANGED, [FATE_REMOVED] = CHANGE_GONE};
	if (fate == FATE_UNCHANGED)
		return;
	if (preview->feeds)
		json_array_append_new(preview->feeds,
			json_pack("{s:o, s:s}", "file", json_text_or_null(path), "change", diff_kind(effects[fate])));
	else
		printf("feed %.*s: %s\n", STR_ARG(path), diff_said(effects[fate]));
}

static void show_file(void *context, struct str path, enum fate fate)
{
	struct preview *preview = context;
	preview->published |= fate != FATE_NEW;
	preview->events_too |= str_starts(path, STR("events/"));
	if (str_starts(path, STR("events/")))
		show_event(preview, path, str_part(path, sizeof("events/") - 1, path.len - (sizeof(".ics") - 1)), fate);
	else
		show_feed(preview, path, fate);
}

static void print_json(const struct preview *preview)
{
	json_t *report = json_pack("{s:i, s:s, s:O, s:O, s:{s:I, s:I}}", "version", 1, "compared",
		preview->published ? "files" : "revisions", "events", preview->events, "feeds", preview->feeds,
		"summary", "changed", (json_int_t)preview->shown, "unchanged", (json_int_t)preview->same);
	json_dumpf(report, stdout, JSON_INDENT(2));
	putchar('\n');
	json_decref(report);
}

static void print_summary(struct preview *preview, const char *directory)
{
	static const struct noun change = NOUN("event would change", "events would change", "activiteit zou veranderen",
		"activiteiten zouden veranderen");
	static const struct noun stay = NOUN("would stay as it is", "would stay as they are",
		"zou blijven zoals die is", "zouden blijven zoals ze zijn");
	struct arena *arena = &preview->scratch;
	printf("%s, %s", noun_count(arena, preview->shown, change), noun_count(arena, preview->same, stay));
	printf(preview->published ? LOCAL(" (compared with %s)\n", " (vergeleken met %s)\n")
				  : LOCAL(" (compared with revisions.yaml, since %s has no files)\n",
					    " (vergeleken met revisions.yaml, want %s heeft geen bestanden)\n"),
		escape(arena, str_from(directory)).ptr);
}

static void fill_maps(struct preview *preview)
{
	const struct calendar *calendar = preview->files->calendar;
	const struct revisions *revisions = preview->revisions;
	struct arena *arena = preview->files->arena;
	for (size_t i = 0; i < calendar->schedule_count; i++) {
		if (!schedule_is_published(calendar->schedules[i]))
			continue;
		map_put(&preview->by_id, arena, calendar->schedules[i]->id, calendar->schedules[i]);
		map_put(&preview->by_uid, arena, calendar->schedules[i]->uid, calendar->schedules[i]);
	}
	for (size_t i = 0; i < revisions->count; i++)
		if (revisions->items[i]->change == REVISION_FORGOTTEN)
			map_put(&preview->forgotten, arena, uid_id(revisions->items[i]->uid), revisions->items[i]);
}

void preview_print(const struct transaction *transaction, const struct files *files, const struct revisions *revisions,
	int64_t now, const char *directory, bool as_json)
{
	struct preview preview = {.files = files, .revisions = revisions, .transaction = transaction, .now = now};
	if (as_json) {
		preview.events = json_array();
		preview.feeds = json_array();
	}
	fill_maps(&preview);
	transaction_each(transaction, show_file, &preview);
	if (!preview.published && (preview.events_too || !files->calendar->schedule_count))
		show_gone(&preview);
	if (as_json)
		print_json(&preview);
	else
		print_summary(&preview, directory);
	arena_free(&preview.scratch);
	json_decref(preview.events);
	json_decref(preview.feeds);
}
