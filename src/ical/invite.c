#include "ical/invite.h"

#include "base/arena.h"
#include "text/words.h"

/* What all messages about one event share. */
struct batch {
	const struct files *files;
	const struct schedule *schedule;
	struct str lines;
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
	struct invitation invitation = {.form = batch->form, .vevents = vevents, .lines = batch->lines};
	invitation.head = str_format(arena, "%.*s%.*s", STR_ARG(head), STR_ARG(zone));
	invitation.subject = words_subject(arena, calendar, shown, batch->form);
	invitation.text = words_message(
		arena, calendar, schedule, occurrence, vevent_description(arena, calendar, shown), batch->form);
	if (occurrence) {
		struct date date = occurrence->id.date;
		invitation.suffix = str_format(arena, "+%04d%02d%02d", date.year, date.month, date.day);
	}
	made->items = arena_grow(arena, made->items, made->count, sizeof(*made->items));
	made->items[made->count++] = invitation;
}

static struct vevents only(struct arena *arena, const struct calendar *calendar, const struct schedule *schedule,
	const struct occurrence *occurrence, enum form form)
{
	struct vevents vevents = {arena_alloc(arena, sizeof(*vevents.items)), 1};
	vevents.items[0] = vevent_print_one(arena, calendar, schedule, occurrence, form);
	return vevents;
}

struct invitations invitations_make(
	const struct files *files, size_t index, const struct revision *revision, enum form form, bool by_mail)
{
	const struct calendar *calendar = files->calendar;
	const struct schedule *schedule = calendar->schedules[index];
	const struct recurring *recurring = schedule->recurring;
	struct arena *arena = files->arena;
	struct invitations made = {0};
	struct batch batch = {files, schedule, vevent_revision_lines(arena, revision), form, &made};
	if (by_mail)
		add(&batch, only(arena, calendar, schedule, NULL, form), NULL);
	else
		add(&batch, vevent_print(arena, calendar, schedule, form, NULL), NULL);
	for (size_t i = 0; by_mail && recurring && i < recurring->occurrences.count; i++) {
		const struct occurrence *occurrence = &recurring->occurrences.items[i];
		if (vevent_has(occurrence, form))
			add(&batch, only(arena, calendar, schedule, occurrence, form), occurrence);
	}
	return made;
}

struct str invitation_method(const struct invitation *invitation)
{
	return invitation->form == FORM_REQUEST ? STR("REQUEST") : STR("CANCEL");
}

void invitation_add(struct buffer *out, struct arena *arena, const struct invitation *invitation, struct str name,
	struct str address, bool optional)
{
	buffer_add(out, invitation->head);
	vevent_add(out, invitation->vevents, invitation->lines,
		vevent_attendee_lines(arena, name, address, optional, invitation->form));
	buffer_add(out, FILES_TAIL);
}
