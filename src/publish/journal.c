#include "publish/journal.h"

#include "base/arena.h"
#include "publish/io.h"
#include "report/trouble.h"
#include "time/date.h"

#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

enum { JOURNAL_MOST = 256 << 20 };

static const char *const states[] = {[JOURNAL_BEGUN] = "begun", [JOURNAL_SENT] = "sent", [JOURNAL_FAILED] = "failed"};
enum { STATES = sizeof(states) / sizeof(*states), FIELDS = 5 };

static void take(struct journal *journal, const struct journal_entry *read)
{
	struct journal_entry *entry = map_get(&journal->by_key, read->key);
	if (!entry) {
		entry = arena_alloc(journal->arena, sizeof(*entry));
		*entry = *read;
		map_put(&journal->by_key, journal->arena, entry->key, entry);
		journal->items = arena_grow(journal->arena, journal->items, journal->count, sizeof(*journal->items));
		journal->items[journal->count++] = entry;
	}
	bool arrived = entry->arrived || read->state == JOURNAL_SENT;
	size_t ended = str_equal(read->method, STR("CANCEL")) ? journal->steps + 1 : entry->ended;
	*entry = *read;
	entry->arrived = arrived;
	entry->ended = ended;
	entry->step = ++journal->steps;
}

/* A line that a power cut has torn says nothing; what comes behind it begins a line of its own. */
static void read_line(struct journal *journal, struct str line)
{
	struct str fields[FIELDS];
	size_t count = 0;
	while (count < FIELDS && line.len) {
		size_t end = str_find(line, ' ');
		fields[count++] = str_part(line, 0, end);
		line = str_part(line, end < line.len ? end + 1 : end, line.len);
	}
	for (int state = 0; count == FIELDS && !line.len && state < STATES; state++)
		if (str_equal(fields[0], str_from(states[state])))
			take(journal, &(struct journal_entry){(enum journal_state)state, fields[1], fields[2],
					      fields[3], fields[4], .arrived = false});
}

bool journal_open(struct journal *journal, struct arena *arena, const char *directory, bool make)
{
	struct buffer text = {0};
	*journal = (struct journal){.arena = arena, .fd = -1};
	journal->path = str_format(arena, "%s/.sent", directory).ptr;
	enum held held = io_read(AT_FDCWD, journal->path, JOURNAL_MOST, &text);
	if (held == HELD_BYTES) {
		journal->existed = true;
		struct str all = str_copy(arena, buffer_str(&text));
		while (all.len) {
			size_t end = str_find(all, '\n');
			if (end < all.len)
				read_line(journal, str_part(all, 0, end));
			all = str_part(all, end < all.len ? end + 1 : end, all.len);
		}
	}
	bool torn = text.len && text.ptr[text.len - 1] != '\n';
	buffer_free(&text);
	if (held == HELD_OTHER || held == HELD_TOO_LARGE)
		errno = held == HELD_OTHER ? EINVAL : EFBIG;
	if (held != HELD_BYTES && held != HELD_NOTHING)
		return trouble(DOING_READ, journal->path);
	if (!make)
		return true;
	journal->fd = io_open(AT_FDCWD, journal->path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, 0600);
	struct stat folder;
	if (journal->fd >= 0 && !stat(directory, &folder)) {
		struct owner owner = io_owner(&folder);
		io_give(journal->fd, &owner);
	}
	bool good = journal->fd >= 0 && !fchmod(journal->fd, 0600) && (!torn || io_write(journal->fd, STR("\n")));
	return good || trouble(DOING_WRITE, journal->path);
}

bool journal_note(
	struct journal *journal, enum journal_state state, struct str method, struct str key, struct str message)
{
	struct moment now = moment_from_seconds(time(NULL));
	struct str when = str_format(journal->arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", now.date.year, now.date.month,
		now.date.day, now.minute / 60, now.minute % 60, (int)(time(NULL) % 60));
	struct journal_entry entry = {state, when, method, key, message, .arrived = false};
	struct buffer line = {0};
	buffer_format(&line, "%s %.*s %.*s %.*s %.*s\n", states[state], STR_ARG(when), STR_ARG(method), STR_ARG(key),
		STR_ARG(message));
	bool good = io_write(journal->fd, buffer_str(&line)) && io_sync(journal->fd);
	buffer_free(&line);
	take(journal, &entry);
	return good || trouble(DOING_WRITE, journal->path);
}

void journal_close(struct journal *journal)
{
	if (journal->fd >= 0)
		io_close(journal->fd);
	journal->fd = -1;
}

const struct journal_entry *journal_find(const struct journal *journal, struct str key)
{
	const struct journal_entry *entry = map_get(&journal->by_key, key);
	/* "+20210331" stands behind the name of the event's own mail. */
	const struct journal_entry *whole = map_get(&journal->by_key, str_part(key, 0, str_find(key, '+')));
	return entry && whole && whole->ended > entry->step ? NULL : entry;
}
