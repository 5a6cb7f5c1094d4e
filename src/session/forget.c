#include "session/session.h"

#include "decode/revisions.h"
#include "base/suggest.h"

/* One word of --forget while it is looked for. */
struct forget_search {
	struct str word;
	const struct loaded *loaded;
	struct map present; /* the UIDs that subscribers are to see now */
};

static bool is_domain(struct str word)
{
	return word.len && word.ptr[0] == '@';
}

/* Whether the word is a line's UID, the id in it, or "@" and its domain. */
static bool names(struct str word, struct str uid)
{
	if (is_domain(word))
		return word.len > 1 && str_equal(uid_domain(uid), str_part(word, 1, word.len));
	return str_equal(uid, word) || str_equal(uid_id(uid), word);
}

/* Whether a line is of an extra date of the event that the word names: "id-20210408". */
static bool names_date(struct str word, struct str uid)
{
	enum { DATE_LEN = sizeof("-20210408") - 1 };
	struct str id = uid_id(uid), domain = uid_domain(word);
	if (is_domain(word) || id.len <= DATE_LEN || (domain.len && !str_equal(domain, uid_domain(uid))))
		return false;
	struct str date = str_part(id, id.len - DATE_LEN, id.len);
	for (size_t i = 1; i < DATE_LEN; i++)
		if (date.ptr[i] < '0' || date.ptr[i] > '9')
			return false;
	return date.ptr[0] == '-' && str_equal(str_part(id, 0, id.len - DATE_LEN), uid_id(word));
}

/* Marks the lines of events that are gone, among those that the word names. Returns whether there is one. */
static bool mark(const struct forget_search *search, bool (*is_named)(struct str word, struct str uid))
{
	const struct revisions *revisions = &search->loaded->revisions;
	bool found = false;
	for (size_t i = 0; i < revisions->count; i++) {
		struct revision *revision = revisions->items[i];
		if (!is_named(search->word, revision->uid) || map_get(&search->present, revision->uid))
			continue;
		revision_forget(revision);
		found = true;
	}
	return found;
}

/* Why the word names no event that is gone. */
static void refuse(struct loaded *loaded, const struct forget_search *search)
{
	const struct revisions *revisions = &loaded->revisions;
	struct refusal *refusal = &loaded->refusal;
	struct suggestion near = {0};
	refusal->word = search->word;
	for (size_t i = 0; i < revisions->count; i++) {
		struct str uid = revisions->items[i]->uid, domain = uid_domain(uid);
		refusal->present |= names(search->word, uid);
		if (map_get(&search->present, uid))
			continue;
		if (is_domain(search->word)) {
			/* What is before the domain in the UID is the "@". */
			suggest(&near, search->word,
				domain.len ? (struct str){domain.ptr - 1, domain.len + 1} : STR(""));
			continue;
		}
		suggest(&near, search->word, uid_id(uid));
		suggest(&near, search->word, uid);
	}
	refusal->near = near.best;
}

void forget(struct loaded *loaded, const struct words *words)
{
	const struct calendar *calendar = &loaded->calendar;
	struct arena scratch = {0};
	struct forget_search search = {.loaded = loaded};
	bool whole = !calendar->broken && !calendar->events_broken && !loaded->revisions.damaged;
	for (size_t i = 0; i < calendar->schedule_count; i++) {
		struct schedule *schedule = calendar->schedules[i];
		if (!schedule_is_published(schedule))
			continue;
		if (schedule->uid.len)
			map_put(&search.present, &scratch, schedule->uid, schedule);
		else
			whole = false;
	}
	for (size_t i = 0; i < words->count; i++) {
		search.word = str_from(words->items[i]);
		if (mark(&search, names))
			mark(&search, names_date);
		else if (whole && !loaded->refusal.word.ptr)
			refuse(loaded, &search);
	}
	arena_free(&scratch);
}
