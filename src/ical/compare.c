#include "ical/compare.h"

#include "base/arena.h"

#include <assert.h>

#define OF(member) offsetof(struct event, member)

static struct str status_of(const struct snapshot *snapshot)
{
	return snapshot_text(snapshot, snapshot_key(OF(status)));
}

static bool has_status(const struct snapshot *snapshot, enum status status)
{
	return str_equal(status_of(snapshot), str_from(snapshot_key(OF(status))->words[status]));
}

static bool is_off(const struct snapshot *snapshot)
{
	return snapshot->cancelled || has_status(snapshot, STATUS_POSTPONED);
}

/* "Workshop" of "Cancelled: Workshop", if it is called off */
static struct str unmarked(const struct snapshot *snapshot, struct str summary)
{
	size_t mark = is_off(snapshot) ? str_find(summary, ':') : 0;
	return mark && mark < summary.len ? str_trim(str_part(summary, mark + 1, summary.len)) : summary;
}

/* True if an event has no location but its conference's. */
static bool is_online(const struct snapshot *snapshot)
{
	struct str location = snapshot_text(snapshot, snapshot_key(OF(location)));
	struct str conference = snapshot_text(snapshot, snapshot_key(OF(conference)));
	return str_equal(location, conference) ||
	       (str_starts(conference, location) && conference.ptr[location.len] == ' ');
}

static int64_t length_of(const struct snapshot *snapshot)
{
	return moment_seconds(snapshot->end) - moment_seconds(snapshot->start);
}

/* True if it is said by the kind of the difference, or follows from another change. */
static bool follows(const struct difference *difference, const struct change *change, const struct snapshot *before,
	const struct snapshot *after)
{
	enum change_kind kind = difference->kind;
	bool restated = !str_equal(status_of(before), status_of(after)) && (is_off(before) || is_off(after));
	switch (change->key->offset) {
	case OF(start):
		return kind == CHANGE_MOVED;
	case OF(end):
		return kind == CHANGE_MOVED && length_of(before) == length_of(after);
	case OF(status):
		return kind == CHANGE_CANCELLED || kind == CHANGE_POSTPONED;
	case OF(summary):
		return restated && str_equal(unmarked(before, change->before), unmarked(after, change->after));
	case OF(show_as):
		return restated;
	case OF(reminder):
		return restated && !(is_off(after) ? change->after : change->before).len;
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
	if (is_said_before(difference, change.key))
		return;
	difference->changes = arena_grow(arena, difference->changes, difference->count, sizeof(*difference->changes));
	difference->changes[difference->count++] = change;
}

static bool starts_as(const struct snapshot *before, const struct snapshot *after)
{
	static const size_t offsets[] = {OF(start), OF(timezone)};
	for (size_t i = 0; i < sizeof(offsets) / sizeof(*offsets); i++) {
		const struct key *key = snapshot_key(offsets[i]);
		if (!str_equal(snapshot_text(before, key), snapshot_text(after, key)))
			return false;
	}
	return true;
}

static enum change_kind kind_of(const struct snapshot *before, const struct snapshot *after)
{
	if (after->cancelled && !before->cancelled)
		return CHANGE_CANCELLED;
	if (has_status(after, STATUS_POSTPONED) && !has_status(before, STATUS_POSTPONED))
		return CHANGE_POSTPONED;
	return starts_as(before, after) ? CHANGE_CHANGED : CHANGE_MOVED;
}

struct difference compare_snapshots(struct arena *arena, const struct snapshot *before, const struct snapshot *after)
{
	struct difference difference = {.kind = kind_of(before, after)};
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
		change.follows = follows(&difference, &change, before, after);
		add(arena, &difference, change);
	}
	return difference;
}
