#include "cmd/preview.h"

#include "base/hash.h"
#include "ical/compare.h"
#include "read/source.h"

#include <stdint.h>
#include <stdio.h>

enum { FILE_MOST = 64 << 20 };

struct preview {
	const struct files *files;
	const char *directory;
	struct map indexes; /* of id to its struct str in ids */
	size_t same, shown;
};

static void show(struct preview *preview, const char *what, struct str id, struct str more)
{
	printf("%-9s %.*s", what, STR_ARG(id));
	if (more.len)
		printf("  %.*s", STR_ARG(more));
	putchar('\n');
	preview->shown++;
}

static void show_changed(struct preview *preview, struct str id, struct change change)
{
	struct arena *arena = preview->files->arena;
	if (change.cancelled)
		show(preview, "cancelled", id,
			str_format(arena, "%.*s  %.*s", STR_ARG(change.to), STR_ARG(change.summary)));
	else if (change.moved)
		show(preview, "moved", id,
			str_format(arena, "from %.*s to %.*s%s%.*s", STR_ARG(change.from), STR_ARG(change.to),
				change.what.len ? "; also " : "", STR_ARG(change.what)));
	else if (change.what.len)
		show(preview, "changed", id, change.what);
	else
		preview->same++;
}

static void show_event(struct preview *preview, struct str path, struct str id, enum fate fate)
{
	struct arena *arena = preview->files->arena;
	struct str before = STR("");
	struct buffer now = {0};
	struct str full = str_format(arena, "%s/%.*s", preview->directory, STR_ARG(path));
	const struct event *const *place = map_get(&preview->indexes, id);
	if (fate == FATE_UNCHANGED) {
		preview->same++;
		return;
	}
	/* A file that cannot be read has made the transaction fail before. */
	if (fate != FATE_NEW && source_read(arena, full.ptr, FILE_MOST, &before) != READ_OK)
		before = STR("");
	if (place)
		files_event(preview->files,
			(size_t)(place - (const struct event *const *)preview->files->calendar->events), &now);
	struct change change = compare_events(arena, before, buffer_str(&now));
	buffer_free(&now);
	if (fate == FATE_CHANGED)
		show_changed(preview, id, change);
	else
		show(preview, fate == FATE_NEW ? "new" : "gone", id,
			str_format(arena, "%.*s  %.*s", STR_ARG(fate == FATE_NEW ? change.to : change.from),
				STR_ARG(change.summary)));
}

static void show_file(void *context, struct str path, enum fate fate)
{
	static const char *const feeds[] = {"new", "changed", NULL, "gone"};
	struct preview *preview = context;
	if (str_starts(path, STR("events/")))
		show_event(preview, path, str_part(path, sizeof("events/") - 1, path.len - (sizeof(".ics") - 1)), fate);
	else if (feeds[fate])
		printf("feed %.*s: %s\n", STR_ARG(path), feeds[fate]);
}

void preview_print(const struct transaction *transaction, const struct files *files, const char *directory)
{
	struct preview preview = {.files = files, .directory = directory};
	const struct calendar *calendar = files->calendar;
	for (size_t i = 0; i < calendar->event_count; i++)
		map_put(&preview.indexes, files->arena, calendar->events[i]->id.str, &calendar->events[i]);
	transaction_each(transaction, show_file, &preview);
	printf("%zu event%s would change, %zu would stay as %s\n", preview.shown, preview.shown == 1 ? "" : "s",
		preview.same, preview.same == 1 ? "it is" : "they are");
}
