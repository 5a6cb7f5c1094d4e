#include "cmd/preview.h"

#include "base/hash.h"
#include "ical/compare.h"
#include "input/source.h"

#include <jansson.h>

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { FILE_MOST = 64 << 20 };

struct preview {
	const struct files *files;
	const struct revisions *revisions;
	const char *directory;
	struct map indexes; /* of id to its place in calendar->events */
	size_t same, shown;
	json_t *events, *feeds; /* NULL: for people */
};

/* --- one line, or one object -------------------------------------------------------------------------------------- */

static json_t *text_or_null(struct str s)
{
	json_t *text = s.len ? json_stringn(s.ptr, s.len) : NULL;
	return text ? text : json_null();
}

/* "summary, location" as a list */
static json_t *list_of(struct str words)
{
	json_t *list = json_array();
	while (words.len) {
		size_t end = str_find(words, ',');
		json_array_append_new(list, text_or_null(str_trim(str_part(words, 0, end))));
		words = str_part(words, end < words.len ? end + 1 : end, words.len);
	}
	return list;
}

static void add_object(struct preview *preview, const char *what, struct str id, const struct change *change)
{
	json_array_append_new(
		preview->events, json_pack("{s:o, s:s, s:o, s:o, s:o, s:o}", "id", text_or_null(id), "change", what,
					 "summary", text_or_null(change->summary), "from", text_or_null(change->from),
					 "to", text_or_null(change->to), "what", list_of(change->what)));
}

/* What follows the id on its line. */
static struct str words_of(struct arena *arena, const char *what, const struct change *change)
{
	if (!strcmp(what, "moved"))
		return str_format(arena, "from %.*s to %.*s%s%.*s", STR_ARG(change->from), STR_ARG(change->to),
			change->what.len ? "; also " : "", STR_ARG(change->what));
	if (!strcmp(what, "changed"))
		return change->from.len ? change->what : STR("how it was is not in this folder");
	struct str when = change->to.len ? change->to : change->from;
	return str_format(arena, "%.*s  %.*s", STR_ARG(when), STR_ARG(change->summary));
}

static void show(struct preview *preview, const char *what, struct str id, const struct change *change)
{
	preview->shown++;
	if (preview->events) {
		add_object(preview, what, id, change);
		return;
	}
	struct str words = words_of(preview->files->arena, what, change);
	printf("%-9s %.*s  %.*s\n", what, STR_ARG(id), STR_ARG(words));
}

/* --- events and feeds --------------------------------------------------------------------------------------------- */

static const char *name_of(enum fate fate, const struct change *change)
{
	if (fate == FATE_NEW)
		return "new";
	if (fate == FATE_REMOVED)
		return "gone";
	return change->cancelled ? "cancelled" : change->moved ? "moved" : change->what.len ? "changed" : NULL;
}

static void show_event(struct preview *preview, struct str path, struct str id, enum fate fate)
{
	struct arena *arena = preview->files->arena;
	struct str before = STR("");
	struct buffer now = {0};
	struct str full = str_format(arena, "%s/%.*s", preview->directory, STR_ARG(path));
	struct schedule *const *place = map_get(&preview->indexes, id);
	const struct revision *known = place ? map_get(&preview->revisions->by_uid, (*place)->uid) : NULL;
	enum revision_change revised = known ? known->change : REVISION_NEW;
	if (fate == FATE_UNCHANGED || (fate == FATE_NEW && revised == REVISION_SAME)) {
		preview->same++;
		return;
	}
	/* A file that cannot be read has made the transaction fail before. */
	if (fate != FATE_NEW && source_read(arena, full.ptr, FILE_MOST, &before) != READ_OK)
		before = STR("");
	if (place)
		files_event(preview->files, (size_t)(place - preview->files->calendar->schedules), &now);
	struct change change = compare_events(arena, before, buffer_str(&now));
	buffer_free(&now);
	const char *name = name_of(fate, &change);
	if (fate == FATE_NEW && revised == REVISION_CHANGED)
		name = "changed";
	if (name)
		show(preview, name, id, &change);
	else
		preview->same++;
}

static void show_feed(struct preview *preview, struct str path, enum fate fate)
{
	static const char *const names[] = {
		[FATE_NEW] = "new", [FATE_CHANGED] = "changed", [FATE_UNCHANGED] = NULL, [FATE_REMOVED] = "gone"};
	if (!names[fate])
		return;
	if (preview->feeds)
		json_array_append_new(
			preview->feeds, json_pack("{s:o, s:s}", "file", text_or_null(path), "change", names[fate]));
	else
		printf("feed %.*s: %s\n", STR_ARG(path), names[fate]);
}

static void show_file(void *context, struct str path, enum fate fate)
{
	struct preview *preview = context;
	if (str_starts(path, STR("events/")))
		show_event(preview, path, str_part(path, sizeof("events/") - 1, path.len - (sizeof(".ics") - 1)), fate);
	else
		show_feed(preview, path, fate);
}

static void print_json(const struct preview *preview)
{
	json_t *report = json_pack("{s:i, s:O, s:O, s:{s:I, s:I}}", "version", 1, "events", preview->events, "feeds",
		preview->feeds, "summary", "changed", (json_int_t)preview->shown, "unchanged",
		(json_int_t)preview->same);
	json_dumpf(report, stdout, JSON_INDENT(2));
	putchar('\n');
	json_decref(report);
}

void preview_print(const struct transaction *transaction, const struct files *files, const struct revisions *revisions,
	const char *directory, bool as_json)
{
	struct preview preview = {.files = files, .revisions = revisions, .directory = directory};
	const struct calendar *calendar = files->calendar;
	if (as_json) {
		preview.events = json_array();
		preview.feeds = json_array();
	}
	for (size_t i = 0; i < calendar->schedule_count; i++)
		map_put(&preview.indexes, files->arena, calendar->schedules[i]->id, &calendar->schedules[i]);
	transaction_each(transaction, show_file, &preview);
	if (as_json)
		print_json(&preview);
	else
		printf("%zu event%s would change, %zu would stay as %s\n", preview.shown, preview.shown == 1 ? "" : "s",
			preview.same, preview.same == 1 ? "it is" : "they are");
	json_decref(preview.events);
	json_decref(preview.feeds);
}
