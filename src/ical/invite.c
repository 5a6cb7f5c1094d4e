#define _GNU_SOURCE /* memmem() */
#include "ical/invite.h"

#include "base/arena.h"
#include "model/revision.h"
#include "text/words.h"

#include <string.h>

/* What all messages about one event share. */
struct batch {
	const struct files *files;
	const struct schedule *schedule;
	const struct revision *revision;
	enum form form;
	struct invitations *made;
};

static void add(const struct batch *batch, struct vevents vevents, const struct occurrence *occurrence)
{
	const struct files *files = batch->files;
	const struct calendar *calendar = files->calendar;
	const struct schedule *schedule = batch->schedule;
	const struct event *shown = occurrence ? occurrence->own->event : schedule->event;
	struct arena *arena = files->arena;
	struct invitations *made = batch->made;
	struct str head = files_head(arena, batch->form), zone = files_zone(files, schedule);
	struct invitation invitation = {.form = batch->form, .vevents = vevents, .sequence = batch->revision->sequence};
	invitation.head = str_format(arena, "%.*s%.*s", STR_ARG(head), STR_ARG(zone));
	invitation.lines = vevent_revision_lines(arena, batch->revision, (int64_t)made->count);
	invitation.subject = words_subject(arena, calendar, schedule, occurrence, batch->form);
	invitation.changed = words_changed(calendar, shown, batch->form);
	words_message(arena, calendar, schedule, occurrence, batch->form, &invitation.text, &invitation.html);
	if (occurrence) {
		struct date date = occurrence->id.date;
		invitation.suffix = str_format(arena, "+%04d%02d%02d", date.year, date.month, date.day);
	}
	made->items = arena_grow(arena, made->items, made->count, sizeof(*made->items));
	made->items[made->count++] = invitation;
}

static void add_occurrence(const struct batch *batch, const struct occurrence *occurrence)
{
	const struct files *files = batch->files;
	struct vevents vevents = {arena_alloc(files->arena, sizeof(*vevents.items)), 1};
	vevents.items[0] = vevent_print_one(files->arena, files->calendar, batch->schedule, occurrence, batch->form);
	add(batch, vevents, occurrence);
}

struct invitations invitations_make(
	const struct files *files, size_t index, const struct revision *revision, enum form form, bool by_mail)
{
	const struct schedule *schedule = files->calendar->schedules[index];
	const struct recurring *recurring = schedule->recurring;
	struct invitations made = {0};
	struct batch batch = {files, schedule, revision, form, &made};
	add(&batch, vevent_print(files->arena, files->calendar, schedule, form, NULL, NULL), NULL);
	for (size_t i = 0; by_mail && recurring && i < recurring->occurrences.count; i++)
		if (vevent_has(&recurring->occurrences.items[i], form))
			add_occurrence(&batch, &recurring->occurrences.items[i]);
	return made;
}

struct invitations invitations_make_one(const struct files *files, size_t index, const struct revision *revision,
	enum form form, const struct occurrence *occurrence)
{
	const struct schedule *schedule = files->calendar->schedules[index];
	struct invitations made = {0};
	struct batch batch = {files, schedule, revision, form, &made};
	struct occurrence one = *occurrence;
	if (!one.own) {
		struct schedule *own = arena_alloc(files->arena, sizeof(*own));
		*own = *schedule;
		own->recurring = NULL;
		own->timing.start = one.start;
		own->timing.end = one.end;
		own->timing.start_at = one.start_at;
		own->timing.end_at = one.end_at;
		one.own = own;
	}
	add_occurrence(&batch, &one);
	return made;
}

struct str invitation_method(const struct invitation *invitation)
{
	return invitation->form == FORM_REQUEST ? STR("REQUEST") : STR("CANCEL");
}

void invitation_add(struct buffer *out, struct arena *arena, const struct invitation *invitation, struct str name,
	struct str address, bool optional)
{
	struct pieces pieces = {0};
	vevent_add(&pieces, invitation->vevents, invitation->lines,
		vevent_attendee_lines(arena, name, address, optional, invitation->form));
	buffer_add(out, invitation->head);
	for (size_t i = 0; i < pieces.count; i++)
		buffer_add(out, pieces.items[i]);
	buffer_add(out, FILES_TAIL);
	pieces_free(&pieces);
}

struct str invitation_content(struct arena *arena, const struct invitation *invitation, struct str file)
{
	struct str lines = invitation->lines;
	struct buffer out = {0};
	const char *found;
	while ((found = memmem(file.ptr, file.len, lines.ptr, lines.len))) {
		buffer_add(&out, str_part(file, 0, (size_t)(found - file.ptr)));
		file = str_part(file, (size_t)(found - file.ptr) + lines.len, file.len);
	}
	buffer_add(&out, file);
	struct str content = str_copy(arena, buffer_str(&out));
	buffer_free(&out);
	return content;
}
