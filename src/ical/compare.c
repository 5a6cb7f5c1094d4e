#include "ical/compare.h"

#include "base/arena.h"

#include <assert.h>

#define OF(member) offsetof(struct event, member)

/* "Cancelled: Workshop" of "Workshop" */
static bool is_marked(struct str marked, struct str summary)
{
	return str_ends(marked, summary) && str_ends(str_part(marked, 0, marked.len - summary.len), STR(": "));
}

/* True if an event has no location but its conference's. */
static bool is_online(const struct snapshot *snapshot)
{
	struct str location = snapshot_text(snapshot, snapshot_key(OF(location)));
	struct str conference = snapshot_text(snapshot, snapshot_key(OF(conference)));
	return str_equal(location, conference) ||
	       (str_starts(conference, location) && conference.ptr[location.len] == ' ');
}

static bool follows(const struct change *change, const struct snapshot *before, const struct snapshot *after)
{
	bool called_off = before->cancelled != after->cancelled;
	switch (change->key->offset) {
	case OF(summary):
		return called_off && (before->cancelled ? is_marked(change->before, change->after)
							: is_marked(change->after, change->before));
	case OF(show_as):
		return called_off;
	case OF(reminder):
		return called_off && !(before->cancelled ? change->before : change->after).len;
	case OF(location):
		return is_online(before) && is_online(after);
	default:
		return false;
	}
}

/* HTML is another form of the description. */
static bool is_said_before(const struct difference *difference, const struct key *key)
{
	return key->offset == OF(html) && difference->count &&
	       difference->changes[difference->count - 1].key->offset == OF(description);
}

static void add(struct arena *arena, struct difference *difference, struct change change)
{
	size_t offset = change.key->offset;
	if (is_said_before(difference, change.key))
		return;
	difference->moved |= offset == OF(start) || offset == OF(timezone);
	difference->changes = arena_grow(arena, difference->changes, difference->count, sizeof(*difference->changes));
	difference->changes[difference->count++] = change;
}

struct difference compare_snapshots(struct arena *arena, const struct snapshot *before, const struct snapshot *after)
{
	struct difference difference = {.cancelled = after->cancelled && !before->cancelled};
	size_t b = 0, a = 0;
	while (b < before->count || a < after->count) {
		const struct shown *old = b < before->count ? &before->items[b] : NULL;
		const struct shown *new = a < after->count ? &after->items[a] : NULL;
		assert(old || new);
		const struct key *key = new ? new->key : NULL;
		if (old && (!new || old->key < new->key))
			key = old->key;
		struct change change = {.key = key};
		if (old && old->key == key) {
			change.before = old->text;
			b++;
		}
		if (new &&new->key == key) {
			change.after = new->text;
			a++;
		}
		if (str_equal(change.before, change.after))
			continue;
		change.follows = follows(&change, before, after);
		add(arena, &difference, change);
	}
	return difference;
}
