/*
 * The order of things is what keeps every moment of a run safe to be killed in:
 *
 *   every byte is staged and synced (new files, the list that names old and new versions, the list of the end)
 *   the first list is renamed and synced: from now on a later run knows every file for its own, whichever version it is
 *   new files are renamed, stale files removed, the folders synced
 *   the last list is renamed
 *
 * Nothing after the sync needs room on the disk but the names of new files.
 */
#include "publish/transaction.h"

#include "base/arena.h"
#include "base/hash.h"
#include "publish/folder.h"
#include "publish/io.h"
#include "publish/manifest.h"
#include "publish/staging.h"
#include "base/wording.h"
#include "report/trouble.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NOT_OURS \
	LOCAL("something is there that evcal did not write; move it away, or choose another folder with -o", \
		"daar staat iets dat evcal niet schreef; zet het ergens anders, of kies een andere map met -o")
#define ALTERED \
	LOCAL("it was changed since evcal wrote it; move it away or delete it, then export again", \
		"het is veranderd sinds evcal het schreef; zet het ergens anders of verwijder het, en exporteer " \
		"opnieuw")
#define PERSONAL \
	LOCAL("invitations are in it, which are not for everybody; choose another folder with -o", \
		"er staan uitnodigingen in, en die zijn niet voor iedereen; kies een andere map met -o")
#define PUBLISHED \
	LOCAL("published files are in it; choose another folder with -o", \
		"er staan gepubliceerde bestanden in; kies een andere map met -o")
#define TOO_LARGE \
	LOCAL("it has more than 256 MiB; restore it, or choose another folder with -o", \
		"het is groter dan 256 MiB; zet het terug, of kies een andere map met -o")
#define DAMAGED \
	LOCAL("in line %zu, it is not as evcal writes it; restore it, or choose another folder with -o", \
		"op regel %zu staat iets anders dan evcal schrijft; zet het terug, of kies een andere map met -o")

struct file {
	struct str path; /* a NUL stands behind it */
	struct folder *folder;
	struct digest digest; /* none for a stale file */
	enum fate fate;
	bool staged;
	unsigned number; /* in the staging folder */
};

struct file_list {
	struct file **items;
	size_t count;
};

struct transaction {
	struct arena *arena;
	struct transaction_options options;
	struct folders *folders;
	struct manifest earlier;
	struct str list;               /* the text of the list as it is now; empty where there is none */
	struct file_list added, stale; /* stale: once settled */
	struct map by_path;            /* the files that were added */
	struct staging staging;
	bool settled, failed, committed;
};

static const char *shown(const struct transaction *transaction, const char *path)
{
	return folders_path(transaction->folders, path);
}

static const char *name_of(const struct file *file)
{
	const char *slash = strrchr(file->path.ptr, '/');
	return slash ? slash + 1 : file->path.ptr;
}

static int root_of(const struct transaction *transaction)
{
	return transaction->folders->items[0]->fd;
}

static void files_add(struct arena *arena, struct file_list *files, struct file *file)
{
	files->items = arena_grow(arena, files->items, files->count, sizeof(*files->items));
	files->items[files->count++] = file;
}

/* Opening */

static bool list_read(struct transaction *transaction)
{
	struct buffer text = {0};
	enum held held = io_read(root_of(transaction), MANIFEST, MANIFEST_MOST, &text);
	transaction->list = str_copy(transaction->arena, buffer_str(&text));
	int error = errno;
	buffer_free(&text);
	errno = error;
	switch (held) {
	case HELD_NOTHING:
		return true;
	case HELD_FAILED:
		return trouble(DOING_READ, shown(transaction, MANIFEST));
	case HELD_TOO_LARGE:
		return trouble_because(DOING_READ, shown(transaction, MANIFEST), TOO_LARGE);
	case HELD_OTHER:
		return trouble_because(DOING_WRITE, shown(transaction, MANIFEST), NOT_OURS);
	case HELD_BYTES:
		break;
	}
	size_t line = manifest_read(&transaction->earlier, transaction->list);
	if (!line)
		return true;
	struct str reason = str_format(transaction->arena, DAMAGED, line);
	return trouble_because(DOING_READ, shown(transaction, MANIFEST), reason.ptr);
}

/* Whether the list of a folder has files of the other kind. */
static bool lists_others(const struct manifest *manifest, bool personal)
{
	for (size_t i = 0; i < manifest->count; i++) {
		struct str path = manifest->items[i]->path;
		bool is_personal = str_find(path, '@') < path.len || str_find(path, '~') < path.len;
		if (is_personal != personal)
			return true;
	}
	return false;
}

/* Files for one person do not lie among those for everybody. */
static bool apart(const struct transaction *transaction)
{
	bool personal = transaction->options.personal;
	return !lists_others(&transaction->earlier, personal) ||
	       trouble_because(DOING_WRITE, transaction->folders->dir, personal ? PUBLISHED : PERSONAL);
}

/* What a run that was killed has left. */
static bool leftovers_clear(struct transaction *transaction)
{
	if (staging_open(&transaction->staging, root_of(transaction), transaction->options.file_mode,
		    &transaction->folders->owner))
		return true;
	if (errno == ENOTDIR || errno == ENOTEMPTY)
		return trouble_because(DOING_WRITE, shown(transaction, STAGING), NOT_OURS);
	return trouble(DOING_REMOVE, shown(transaction, STAGING));
}

/* Files for one person each are nothing for a repository: git is told to pass over the folder. */
static bool keep_from_git(const struct transaction *transaction)
{
	static const char name[] = ".gitignore";
	struct stat there;
	if (!fstatat(root_of(transaction), name, &there, AT_SYMLINK_NOFOLLOW))
		return true;
	if (errno != ENOENT)
		return trouble(DOING_READ, shown(transaction, name));
	return file_replace(
		root_of(transaction), name, shown(transaction, name), STR("*\n"), transaction->options.file_mode);
}

struct transaction *transaction_open(struct arena *arena, const char *dir, struct transaction_options options)
{
	struct transaction *transaction = arena_alloc(arena, sizeof(*transaction));
	struct folders *folders = arena_alloc(arena, sizeof(*folders));
	*transaction =
		(struct transaction){.arena = arena, .options = options, .folders = folders, .earlier.arena = arena};
	map_reserve(&transaction->by_path, arena, options.expected);
	if (!folders_open(folders, arena, dir, options.dry_run ? NULL : &options.folder_mode))
		return NULL;
	if (root_of(transaction) < 0)
		return transaction; /* a dry run, and no folder yet */
	if (list_read(transaction) && apart(transaction) && (options.dry_run || leftovers_clear(transaction)))
		return transaction;
	transaction_close(transaction);
	return NULL;
}

/* Adding */

static bool in_the_way(const struct transaction *transaction, const struct file *file)
{
	return trouble_because(DOING_WRITE, shown(transaction, file->path.ptr), NOT_OURS);
}

static bool folder_in_the_way(const struct transaction *transaction, const struct file *file)
{
	const struct folder *folder = file->folder;
	errno = folder->error;
	if (errno != ENOTDIR)
		return trouble(DOING_WRITE, shown(transaction, file->path.ptr));
	while (folder->parent->error)
		folder = folder->parent;
	return trouble_because(DOING_WRITE, shown(transaction, folder->path.ptr),
		LOCAL("a folder belongs there; move it away, or choose another folder with -o",
			"daar hoort een map; zet het ergens anders, of kies een andere map met -o"));
}

/* Whether what is published is a version that evcal wrote. */
static bool is_ours(const struct transaction *transaction, struct str path, const struct digest *digest)
{
	const struct manifest_entry *listed = manifest_find(&transaction->earlier, path);
	return listed && listed_holds(listed, digest);
}

/* Works out the fate of the file, and whether it may have it. */
static bool judge(const struct transaction *transaction, struct file *file)
{
	struct digest published;
	file->fate = FATE_NEW;
	if (file->folder->fd < 0)
		return file->folder->error == ENOENT || folder_in_the_way(transaction, file);
	switch (io_digest(file->folder->fd, name_of(file), &published)) {
	case HELD_NOTHING:
		return true;
	case HELD_FAILED:
		return trouble(DOING_READ, shown(transaction, file->path.ptr));
	case HELD_TOO_LARGE:
	case HELD_OTHER:
		return in_the_way(transaction, file);
	case HELD_BYTES:
		break;
	}
	bool same = digest_same(&published, &file->digest);
	file->fate = same ? FATE_UNCHANGED : FATE_CHANGED;
	if (same || is_ours(transaction, file->path, &published))
		return true;
	if (!manifest_find(&transaction->earlier, file->path))
		return in_the_way(transaction, file);
	return trouble_because(DOING_WRITE, shown(transaction, file->path.ptr), ALTERED);
}

static bool file_stage(struct transaction *transaction, struct file *file, const struct pieces *text)
{
	if (transaction->options.dry_run || file->fate == FATE_UNCHANGED)
		return true;
	file->staged = staging_add(&transaction->staging, text, &file->number);
	return file->staged || trouble(DOING_WRITE, shown(transaction, file->path.ptr));
}

bool transaction_add_pieces(struct transaction *transaction, struct str path, const struct pieces *text)
{
	assert(!transaction->failed && !transaction->committed && !transaction->settled);
	assert(manifest_path(path));
	struct file *file = arena_alloc(transaction->arena, sizeof(*file));
	file->path = str_copy(transaction->arena, path);
	void *there = map_put(&transaction->by_path, transaction->arena, file->path, file);
	assert(there == file);
	(void)there;
	files_add(transaction->arena, &transaction->added, file);
	file->folder = folder_of(transaction->folders, file->path);
	file->digest = digest_of_pieces(text);
	transaction->failed = !judge(transaction, file) || !file_stage(transaction, file, text);
	return !transaction->failed;
}

bool transaction_add(struct transaction *transaction, struct str path, struct str text)
{
	struct pieces whole = pieces_of(&text);
	return transaction_add_pieces(transaction, path, &whole);
}

/* Stale files */

/* A file that was added to nothing and is as evcal wrote it goes; one that somebody changed, or removed, is left. */
static enum held stale_read(const struct transaction *transaction, const struct file *file)
{
	struct digest published;
	if (file->folder->fd < 0) {
		errno = file->folder->error;
		return errno == ENOENT || errno == ENOTDIR ? HELD_NOTHING : HELD_FAILED;
	}
	enum held held = io_digest(file->folder->fd, name_of(file), &published);
	if (held == HELD_BYTES && !is_ours(transaction, file->path, &published))
		return HELD_OTHER;
	return held;
}

/*
 * The files of earlier runs that go, in stale. NULL, or the first file that could not be looked at: errno. Where a file
 * of an earlier run no longer stands, its folder may have been left empty, so that is looked at too.
 */
static const struct file *stale_find(const struct transaction *transaction, struct file_list *stale)
{
	const struct file *failed = NULL;
	const struct manifest *earlier = &transaction->earlier;
	*stale = (struct file_list){0};
	for (size_t i = 0; transaction->options.remove_stale && i < earlier->count; i++) {
		struct str path = earlier->items[i]->path;
		if (map_get(&transaction->by_path, path))
			continue;
		struct file *file = arena_alloc(transaction->arena, sizeof(*file));
		*file = (struct file){.path = path, .fate = FATE_REMOVED};
		file->folder = folder_of(transaction->folders, path);
		file->folder->emptied = true;
		enum held held = stale_read(transaction, file);
		if (held == HELD_BYTES)
			files_add(transaction->arena, stale, file);
		else if (held == HELD_FAILED && !failed)
			failed = file;
	}
	return failed;
}

static int by_path(const void *a, const void *b)
{
	return str_compare((*(struct file *const *)a)->path, (*(struct file *const *)b)->path);
}

void transaction_each(const struct transaction *transaction,
	void (*each)(void *context, struct str path, enum fate fate), void *context)
{
	struct file_list stale = transaction->stale, all = {0};
	if (!transaction->settled)
		stale_find(transaction, &stale); /* what fails here fails in the commit too, which says so */
	for (size_t i = 0; i < transaction->added.count; i++)
		files_add(transaction->arena, &all, transaction->added.items[i]);
	for (size_t i = 0; i < stale.count; i++)
		files_add(transaction->arena, &all, stale.items[i]);
	if (all.count)
		qsort(all.items, all.count, sizeof(*all.items), by_path);
	for (size_t i = 0; i < all.count; i++)
		each(context, all.items[i]->path, all.items[i]->fate);
}

bool transaction_read(const struct transaction *transaction, struct str path, size_t most, struct buffer *bytes)
{
	struct str whole = str_copy(transaction->arena, path);
	const struct folder *folder = folder_of(transaction->folders, whole);
	const char *slash = strrchr(whole.ptr, '/');
	errno = folder->error;
	if (folder->fd < 0)
		return false;
	switch (io_read(folder->fd, slash ? slash + 1 : whole.ptr, most, bytes)) {
	case HELD_BYTES:
		return true;
	case HELD_FAILED:
		return false;
	case HELD_TOO_LARGE:
		errno = EFBIG;
		return false;
	case HELD_OTHER:
		errno = EINVAL;
		return false;
	case HELD_NOTHING:
		errno = ENOENT;
	}
	return false;
}

/* Committing */

/* The text of the list: for the time of the renames, with the versions of before as well, or for the end. */
static void list_write(const struct transaction *transaction, bool renaming, struct buffer *text)
{
	struct arena_mark mark = arena_mark(transaction->arena);
	struct manifest list = {.arena = transaction->arena};
	const struct manifest *earlier = &transaction->earlier;
	map_reserve(&list.by_path, list.arena, earlier->count + transaction->added.count);
	for (size_t i = 0; i < earlier->count; i++) {
		const struct manifest_entry *listed = earlier->items[i];
		bool stays = !transaction->options.remove_stale && !map_get(&transaction->by_path, listed->path);
		for (size_t j = 0; j < listed->digest_count && (renaming || stays); j++)
			manifest_add(&list, listed->path, &listed->digests[j]);
	}
	for (size_t i = 0; i < transaction->added.count; i++) {
		const struct file *file = transaction->added.items[i];
		manifest_add(&list, file->path, &file->digest);
	}
	if (list.count || renaming || transaction->list.len)
		manifest_write(&list, text);
	arena_release(transaction->arena, mark);
}

/* The texts of the list, and their numbers in the staging folder. */
struct lists {
	struct buffer first, last;
	bool first_differs, last_differs;
	unsigned first_number, last_number;
};

static bool list_stage(struct transaction *transaction, const struct buffer *text, unsigned *number)
{
	struct str bytes = buffer_str(text);
	struct pieces whole = pieces_of(&bytes);
	return staging_add(&transaction->staging, &whole, number) || trouble(DOING_WRITE, shown(transaction, MANIFEST));
}

static bool list_rename(const struct transaction *transaction, unsigned number)
{
	transaction->folders->items[0]->touched = true;
	return staging_rename(&transaction->staging, number, root_of(transaction), MANIFEST) ||
	       trouble(DOING_WRITE, shown(transaction, MANIFEST));
}

static bool staged_sync(const struct transaction *transaction)
{
	unsigned failed;
	if (staging_sync(&transaction->staging, &failed))
		return true;
	int error = errno;
	const char *path = MANIFEST;
	for (size_t i = 0; i < transaction->added.count; i++) {
		const struct file *file = transaction->added.items[i];
		if (file->staged && file->number == failed)
			path = file->path.ptr;
	}
	errno = error;
	return trouble(DOING_WRITE, shown(transaction, path));
}

static bool touched_sync(const struct transaction *transaction)
{
	const struct folder *failed = folders_sync(transaction->folders);
	return !failed || trouble(DOING_WRITE, shown(transaction, failed->path.ptr));
}

static bool staged_rename(const struct transaction *transaction)
{
	for (size_t i = 0; i < transaction->added.count; i++) {
		struct file *file = transaction->added.items[i];
		if (!file->staged)
			continue;
		if (!folder_make(transaction->folders, file->folder, transaction->options.folder_mode) ||
			!staging_rename(&transaction->staging, file->number, file->folder->fd, name_of(file)))
			return trouble(DOING_WRITE, shown(transaction, file->path.ptr));
		file->folder->touched = true;
	}
	return true;
}

static bool stale_remove(const struct transaction *transaction)
{
	for (size_t i = 0; i < transaction->stale.count; i++) {
		const struct file *file = transaction->stale.items[i];
		if (unlinkat(file->folder->fd, name_of(file), 0) && errno != ENOENT)
			return trouble(DOING_REMOVE, shown(transaction, file->path.ptr));
		file->folder->touched = true;
	}
	const struct folder *failed = folders_tidy(transaction->folders);
	return !failed || trouble(DOING_REMOVE, shown(transaction, failed->path.ptr));
}

static bool publish(struct transaction *transaction, struct lists *lists)
{
	struct str list = transaction->list;
	/* Without new bytes the list as it is names all that it has to. */
	lists->first_differs = transaction->staging.count && !str_equal(buffer_str(&lists->first), list);
	if (lists->first_differs)
		list = buffer_str(&lists->first);
	lists->last_differs = !str_equal(buffer_str(&lists->last), list);
	if (!transaction->staging.count && !lists->last_differs)
		return true;
	return (!lists->first_differs || list_stage(transaction, &lists->first, &lists->first_number)) &&
	       (!lists->last_differs || list_stage(transaction, &lists->last, &lists->last_number)) &&
	       staged_sync(transaction) && (!lists->first_differs || list_rename(transaction, lists->first_number)) &&
	       touched_sync(transaction) && staged_rename(transaction) && stale_remove(transaction) &&
	       touched_sync(transaction) && (!lists->last_differs || list_rename(transaction, lists->last_number)) &&
	       (staging_close(&transaction->staging) || trouble(DOING_REMOVE, shown(transaction, STAGING)));
}

bool transaction_commit(struct transaction *transaction)
{
	assert(!transaction->failed && !transaction->committed);
	if (transaction->options.dry_run)
		return true;
	const struct file *failed = stale_find(transaction, &transaction->stale);
	transaction->settled = true;
	if (failed) {
		transaction->failed = true;
		return trouble(DOING_READ, shown(transaction, failed->path.ptr));
	}
	if (transaction->options.personal && !keep_from_git(transaction)) {
		transaction->failed = true;
		return false;
	}
	struct lists lists = {0};
	list_write(transaction, true, &lists.first);
	list_write(transaction, false, &lists.last);
	transaction->committed = publish(transaction, &lists);
	transaction->failed = !transaction->committed;
	buffer_free(&lists.first);
	buffer_free(&lists.last);
	return transaction->committed;
}

void transaction_close(struct transaction *transaction)
{
	if (!transaction)
		return;
	staging_close(&transaction->staging);
	if (!transaction->committed)
		folders_undo(transaction->folders);
	folders_close(transaction->folders);
}
