/*
 * The transaction, its list of files and file_replace(), on real folders. The system calls that change something pass
 * through hooks here, so that each of them can be made to fail, or the process to be killed before it.
 */
#define _GNU_SOURCE /* syncfs(), nftw() */

#include "base/arena.h"
#include "publish/lock.h"
#include "publish/manifest.h"
#include "publish/transaction.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

/* Hooks */

enum { FAULT_KILL = -1, FAULT_SHORT = -2 };

static int calls_left; /* the fault comes with the call that makes it 0 */
static int fault;      /* an errno, or one of the above; 0: none */

static bool strikes(void)
{
	if (!fault || !calls_left || --calls_left)
		return false;
	if (fault == FAULT_KILL)
		raise(SIGKILL);
	errno = fault;
	return fault > 0;
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
	if (fault == FAULT_SHORT && count && parts[0].iov_len > 1)
		return syscall(SYS_write, fd, parts[0].iov_base, (parts[0].iov_len + 1) / 2);
	return strikes() ? -1 : syscall(SYS_writev, fd, parts, count);
}

int fsync(int fd)
{
	return strikes() ? -1 : (int)syscall(SYS_fsync, fd);
}

int syncfs(int fd)
{
	/* Not in earnest: the machine may have other things to write. */
	return strikes() ? -1 : fd < 0;
}

int fchmod(int fd, mode_t mode)
{
	return strikes() ? -1 : (int)syscall(SYS_fchmod, fd, mode);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
	return strikes() ? -1 : (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, 0);
}

int rename(const char *from, const char *to)
{
	return strikes() ? -1 : (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int unlinkat(int folder, const char *name, int flags)
{
	return strikes() ? -1 : (int)syscall(SYS_unlinkat, folder, name, flags);
}

int mkdirat(int folder, const char *name, mode_t mode)
{
	return strikes() ? -1 : (int)syscall(SYS_mkdirat, folder, name, mode);
}

/* A folder to work in, "base", and what is said on standard error. */

static char base[64], messages[4096];
static int standard_error;

static int remove_one(const char *path, const struct stat *stat, int type, struct FTW *ftw)
{
	(void)stat, (void)type, (void)ftw;
	return remove(path);
}

static void remove_tree(const char *path)
{
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void catch_messages(void)
{
	FILE *file = tmpfile();
	assert_non_null(file);
	fflush(stderr);
	standard_error = dup(2);
	dup2(fileno(file), 2);
	fclose(file);
}

static void release_messages(void)
{
	fflush(stderr);
	ssize_t got = pread(2, messages, sizeof(messages) - 1, 0);
	messages[got < 0 ? 0 : got] = 0;
	dup2(standard_error, 2);
	close(standard_error);
}

static int set_up(void **state)
{
	(void)state;
	const char *tmp = getenv("TMPDIR");
	snprintf(base, sizeof(base), "%s/evcal-test-XXXXXX", tmp && strlen(tmp) < 32 ? tmp : "/tmp");
	fault = 0;
	umask(022);
	return mkdtemp(base) && !chdir(base) ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	if (chdir("/"))
		return -1;
	remove_tree(base);
	return 0;
}

/* Files */

struct pair {
	const char *path, *bytes;
};

static void put(const char *path, const char *bytes)
{
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(bytes, file);
	assert_int_equal(fclose(file), 0);
}

/* The bytes of a file, or NULL; good until the next call. */
static const char *get(const char *path)
{
	static char bytes[200000];
	FILE *file = fopen(path, "r");
	if (!file)
		return NULL;
	bytes[fread(bytes, 1, sizeof(bytes) - 1, file)] = 0;
	fclose(file);
	return bytes;
}

static bool holds(const char *path, const char *bytes)
{
	const char *held = get(path);
	return held && !strcmp(held, bytes);
}

static bool there(const char *path)
{
	struct stat stat;
	return !lstat(path, &stat);
}

static mode_t mode_of(const char *path)
{
	struct stat stat;
	assert_int_equal(lstat(path, &stat), 0);
	return stat.st_mode & 07777;
}

/* Says one thing while nothing of a file or folder has changed: which it is, and when it changed last. */
static struct str mark_of(struct arena *arena, const char *path)
{
	struct stat stat;
	assert_int_equal(lstat(path, &stat), 0);
	return str_format(arena, "%ju %jd.%09ld %jd.%09ld", (uintmax_t)stat.st_ino, (intmax_t)stat.st_mtim.tv_sec,
		stat.st_mtim.tv_nsec, (intmax_t)stat.st_ctim.tv_sec, stat.st_ctim.tv_nsec);
}

/* Lets a file or folder be one that was written long ago, so that a change shows at once; returns its mark. */
static struct str age(struct arena *arena, const char *path)
{
	const struct timespec long_ago[] = {{.tv_sec = 981173100}, {.tv_sec = 981173100}};
	assert_int_equal(utimensat(AT_FDCWD, path, long_ago, AT_SYMLINK_NOFOLLOW), 0);
	return mark_of(arena, path);
}

static bool list_names(const char *path)
{
	const char *list = get("out/.evcal");
	char line_end[64];
	snprintf(line_end, sizeof(line_end), " %s\n", path);
	return list && strstr(list, line_end);
}

/* file_replace() in the folder that we are in. */
static bool replace(const char *name, struct str bytes, mode_t mode)
{
	int folder = open(".", O_RDONLY | O_DIRECTORY);
	assert_true(folder >= 0);
	bool done = file_replace(folder, name, name, bytes, mode);
	close(folder);
	return done;
}

/* Exports */

static const struct transaction_options USUAL = {.file_mode = 0644, .folder_mode = 0755, .remove_stale = true};

static void note_fate(void *context, struct str path, enum fate fate)
{
	static const char letters[] = "NCUR";
	buffer_format(context, "%c %.*s\n", letters[fate], STR_ARG(path));
}

/* Publishes pairs, up to one without a path. The fates, if wanted, are those told after the commit. */
static bool export_to(
	const char *dir, const struct pair *pairs, struct transaction_options options, struct buffer *fates)
{
	struct arena arena = {0};
	struct transaction *transaction = transaction_open(&arena, dir, options);
	bool done = transaction != NULL;
	for (; done && pairs->path; pairs++)
		done = transaction_add(transaction, str_from(pairs->path), str_from(pairs->bytes));
	done = done && transaction_commit(transaction);
	if (done && fates)
		transaction_each(transaction, note_fate, fates);
	transaction_close(transaction);
	arena_free(&arena);
	return done;
}

static void export_well(const struct pair *pairs)
{
	assert_true(export_to("out", pairs, USUAL, NULL));
	assert_false(there("out/.evcal.new"));
}

/* An export that is to fail; messages holds what it said. */
static void export_badly(const char *dir, const struct pair *pairs)
{
	catch_messages();
	bool done = export_to(dir, pairs, USUAL, NULL);
	release_messages();
	assert_false(done);
	assert_non_null(strstr(messages, "evcal: cannot "));
	assert_ptr_equal(strchr(messages, '\n'), messages + strlen(messages) - 1);
}

static void expect_fates(const struct pair *pairs, struct transaction_options options, const char *fates)
{
	struct buffer buffer = {0};
	assert_true(export_to("out", pairs, options, &buffer));
	buffer_byte(&buffer, 0);
	assert_string_equal(buffer.ptr, fates);
	buffer_free(&buffer);
}

static void expect_message(const char *part)
{
	if (!strstr(messages, part))
		fail_msg("\"%s\" is not in \"%s\"", part, messages);
}

static const struct pair A[] = {
	{"calendar.ics", "calendar a"},
	{"gone.ics", "gone"},
	{"events/gala.ics", "gala a"},
	{"events/same.ics", "same"},
	{"old/gone.ics", "gone too"},
	{0},
};
static const struct pair B[] = {
	{"calendar.ics", "calendar b, which is longer"},
	{"events/gala.ics", "gala b"},
	{"events/new.ics", "new"},
	{"events/same.ics", "same"},
	{"young/new.ics", "new too"},
	{0},
};

static const char *bytes_in(const struct pair *pairs, const char *path)
{
	for (; pairs->path; pairs++)
		if (!strcmp(pairs->path, path))
			return pairs->bytes;
	return NULL;
}

static void expect_tree(const struct pair *is, const struct pair *was)
{
	for (const struct pair *pair = is; pair->path; pair++) {
		char path[64];
		snprintf(path, sizeof(path), "out/%s", pair->path);
		if (!holds(path, pair->bytes))
			fail_msg("%s does not hold \"%s\"", path, pair->bytes);
		assert_true(list_names(pair->path));
	}
	for (const struct pair *pair = was; pair->path; pair++) {
		char path[64];
		snprintf(path, sizeof(path), "out/%s", pair->path);
		if (!bytes_in(is, pair->path) && there(path))
			fail_msg("%s is still there", path);
	}
	assert_false(there("out/.evcal.new"));
}

/* Every file is as it was, or new; none is missing that both have. */
static void expect_whole(const struct pair *was, const struct pair *is)
{
	for (int both = 0; both < 2; both++) {
		for (const struct pair *pair = both ? is : was; pair->path; pair++) {
			char path[64];
			snprintf(path, sizeof(path), "out/%s", pair->path);
			const char *old = bytes_in(was, pair->path), *new = bytes_in(is, pair->path);
			bool whole = there(path) ? (old && holds(path, old)) || (new &&holds(path, new)) : !old || !new;
			if (!whole)
				fail_msg("%s is neither as it was nor new", path);
		}
	}
}

static const struct pair NOTHING[] = {{0}};

/* The list */

static void test_list_is_read_as_written(void **state)
{
	(void)state;
	struct arena arena = {0};
	struct manifest written = {.arena = &arena}, read = written;
	struct digest x = digest_of(STR("x")), y = digest_of(STR("y"));
	manifest_add(&written, STR("z.ics"), &x);
	manifest_add(&written, STR("events/a.ics"), &y);
	manifest_add(&written, STR("events/a.ics"), &x);
	manifest_add(&written, STR("events/a.ics"), &x);
	struct buffer text = {0}, again = {0};
	manifest_write(&written, &text);
	assert_int_equal(manifest_read(&read, buffer_str(&text)), 0);
	assert_int_equal(read.count, 2);
	const struct manifest_entry *a = manifest_find(&read, STR("events/a.ics"));
	assert_non_null(a);
	assert_int_equal(a->digest_count, 2);
	assert_true(listed_holds(a, &x) && listed_holds(a, &y));
	assert_false(listed_holds(manifest_find(&read, STR("z.ics")), &y));
	assert_null(manifest_find(&read, STR("z")));
	manifest_write(&read, &again);
	assert_true(str_equal(buffer_str(&text), buffer_str(&again)));
	/* Cut off anywhere, but at the end of a line, it is damaged. */
	for (size_t len = 0; len < text.len; len++) {
		struct manifest cut = {.arena = &arena};
		bool line_end = len && text.ptr[len - 1] == '\n';
		assert_int_equal(!manifest_read(&cut, (struct str){text.ptr, len}), line_end);
	}
	buffer_free(&text);
	buffer_free(&again);
	arena_free(&arena);
}

static void test_paths(void **state)
{
	(void)state;
	static const char *const good[] = {"a", "a/b.ics", "a.b/c..d", "%40/x", "a/b/c", "\xC3\xA9"};
	static const char *const bad[] = {
		"", "/a", "a/", "a//b", ".", "..", "../a", "a/../b", ".a", "a/.b", "a\nb", "a\x7F"};
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		assert_true(manifest_path(str_from(good[i])));
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(manifest_path(str_from(bad[i])));
	assert_false(manifest_path((struct str){"a\0b", 3}));
	char path[LISTED_PATH_MOST + 1];
	memset(path, 'x', sizeof(path));
	assert_true(manifest_path((struct str){path, LISTED_PATH_MOST}));
	assert_false(manifest_path((struct str){path, LISTED_PATH_MOST + 1}));
	for (size_t i = 1; i < sizeof(path); i += 2)
		path[i] = '/';
	assert_true(manifest_path((struct str){path, 2 * LISTED_DEPTH_MOST + 1}));
	assert_false(manifest_path((struct str){path, 2 * LISTED_DEPTH_MOST + 3}));
}

/* What an export does */

static void test_writes_a_new_folder(void **state)
{
	(void)state;
	assert_true(export_to("deep/er/out//", A, USUAL, NULL));
	assert_true(holds("deep/er/out/calendar.ics", "calendar a"));
	assert_true(holds("deep/er/out/events/gala.ics", "gala a"));
	assert_true(there("deep/er/out/.evcal"));
	assert_false(there("deep/er/out/.evcal.new"));
}

static void test_modes_are_exact(void **state)
{
	(void)state;
	static const mode_t masks[] = {0, 022, 077, 0777};
	for (size_t i = 0; i < sizeof(masks) / sizeof(*masks); i++) {
		struct transaction_options private = {.file_mode = 0600, .folder_mode = 0700};
		umask(masks[i]);
		bool done = export_to("a/out", A, USUAL, NULL) && export_to("b/out", A, private, NULL);
		assert_int_equal(umask(022), masks[i]);
		assert_true(done);
		assert_int_equal(mode_of("a"), 0755);
		assert_int_equal(mode_of("a/out/events"), 0755);
		assert_int_equal(mode_of("a/out/events/gala.ics"), 0644);
		assert_int_equal(mode_of("a/out/.evcal"), 0644);
		assert_int_equal(mode_of("b/out"), 0700);
		assert_int_equal(mode_of("b/out/events"), 0700);
		assert_int_equal(mode_of("b/out/events/gala.ics"), 0600);
		assert_int_equal(mode_of("b/out/.evcal"), 0600);
		remove_tree("a");
		remove_tree("b");
	}
}

static void test_second_export_touches_nothing(void **state)
{
	(void)state;
	static const char *const paths[] = {
		"out", "out/.evcal", "out/events", "out/calendar.ics", "out/events/gala.ics", "out/old/gone.ics"};
	struct arena arena = {0};
	struct str marks[6];
	export_well(A);
	for (size_t i = 0; i < 6; i++)
		marks[i] = age(&arena, paths[i]);
	export_well(A);
	for (size_t i = 0; i < 6; i++)
		assert_string_equal(mark_of(&arena, paths[i]).ptr, marks[i].ptr);
	/* Nor does one that changes another file. */
	static const struct pair other[] = {{"calendar.ics", "calendar a"}, {"gone.ics", "gone"},
		{"events/gala.ics", "other"}, {"events/same.ics", "same"}, {"old/gone.ics", "gone too"}, {0}};
	export_well(other);
	assert_string_equal(mark_of(&arena, "out/calendar.ics").ptr, marks[3].ptr);
	assert_string_not_equal(mark_of(&arena, "out/events/gala.ics").ptr, marks[4].ptr);
	assert_string_equal(mark_of(&arena, "out/old/gone.ics").ptr, marks[5].ptr);
	arena_free(&arena);
}

static void test_nothing_to_write_writes_nothing(void **state)
{
	(void)state;
	export_well(NOTHING);
	assert_true(there("out"));
	assert_false(there("out/.evcal"));
}

static void test_fates(void **state)
{
	(void)state;
	expect_fates(A, USUAL, "N calendar.ics\nN events/gala.ics\nN events/same.ics\nN gone.ics\nN old/gone.ics\n");
	expect_fates(B, USUAL,
		"C calendar.ics\nC events/gala.ics\nN events/new.ics\nU events/same.ics\nR gone.ics\n"
		"R old/gone.ics\nN young/new.ics\n");
	expect_tree(B, A);
	assert_false(there("out/old"));
	expect_fates(NOTHING, USUAL,
		"R calendar.ics\nR events/gala.ics\nR events/new.ics\nR events/same.ics\nR young/new.ics\n");
	assert_false(there("out/events"));
	expect_fates(NOTHING, USUAL, "");
}

static void test_one_feed_removes_nothing(void **state)
{
	(void)state;
	static const struct pair one[] = {{"calendar.ics", "calendar b"}, {0}};
	struct transaction_options options = USUAL;
	options.remove_stale = false;
	export_well(A);
	expect_fates(one, options, "C calendar.ics\n");
	assert_true(holds("out/calendar.ics", "calendar b"));
	assert_true(holds("out/old/gone.ics", "gone too"));
	/* The others are still known. */
	export_well(B);
	expect_tree(B, A);
}

static void test_folders_with_files_of_others_stay(void **state)
{
	(void)state;
	export_well(A);
	put("out/old/mine.txt", "mine");
	export_well(B);
	assert_true(holds("out/old/mine.txt", "mine"));
	assert_false(there("out/old/gone.ics"));
	assert_false(list_names("old/mine.txt"));
}

static void test_nested_folders_come_and_go(void **state)
{
	(void)state;
	static const struct pair deep[] = {{"a/b/c/d.ics", "d"}, {"a/b/e.ics", "e"}, {0}};
	static const struct pair less[] = {{"a/b/e.ics", "e"}, {0}};
	export_well(deep);
	assert_true(holds("out/a/b/c/d.ics", "d"));
	export_well(less);
	assert_false(there("out/a/b/c"));
	assert_true(holds("out/a/b/e.ics", "e"));
	export_well(NOTHING);
	assert_false(there("out/a"));
}

static void test_long_and_empty_and_binary_files(void **state)
{
	(void)state;
	struct arena arena = {0};
	char *large = arena_alloc(&arena, 3000000);
	memset(large, 'x', 3000000);
	for (int run = 0; run < 2; run++) {
		struct transaction *transaction = transaction_open(&arena, "out", USUAL);
		assert_non_null(transaction);
		assert_true(transaction_add(transaction, STR("large"), ((struct str){large, 3000000})));
		assert_true(transaction_add(transaction, STR("empty"), STR("")));
		assert_true(transaction_add(transaction, STR("zero"), ((struct str){"a\0b", 3})));
		/* Read before the function returned. */
		assert_true(transaction_commit(transaction));
		struct buffer fates = {0};
		transaction_each(transaction, note_fate, &fates);
		buffer_byte(&fates, 0);
		assert_string_equal(fates.ptr, run ? "U empty\nU large\nU zero\n" : "N empty\nN large\nN zero\n");
		buffer_free(&fates);
		transaction_close(transaction);
	}
	struct stat stat_now;
	assert_int_equal(stat("out/large", &stat_now), 0);
	assert_int_equal(stat_now.st_size, 3000000);
	arena_free(&arena);
}

static void test_many_files(void **state)
{
	(void)state;
	enum { MANY = 300 };
	static char paths[MANY][24];
	static struct pair pairs[MANY + 1];
	for (int i = 0; i < MANY; i++) {
		snprintf(paths[i], sizeof(paths[i]), "events/e%d.ics", i);
		pairs[i] = (struct pair){paths[i], paths[i]};
	}
	export_well(pairs);
	expect_tree(pairs, NOTHING);
	for (int i = 0; i < MANY; i += 2)
		pairs[i].bytes = "changed";
	export_well(pairs);
	expect_tree(pairs, NOTHING);
	export_well(A);
	expect_tree(A, pairs);
}

static void test_folder_may_be_a_link(void **state)
{
	(void)state;
	assert_int_equal(mkdir("real", 0755), 0);
	assert_int_equal(symlink("real", "out"), 0);
	export_well(A);
	assert_true(holds("real/events/gala.ics", "gala a"));
	export_well(B);
	expect_tree(B, A);
}

static void test_folder_that_cannot_be(void **state)
{
	(void)state;
	put("file", "x");
	export_badly("file", A);
	expect_message("file");
	export_badly("file/out", A);
	expect_message("file");
	export_badly("", A);
	assert_int_equal(symlink("nowhere", "link"), 0);
	export_badly("link", A);
	expect_message("link");
	assert_true(holds("file", "x"));
}

/* What stands in the way */

/* Nothing is written, and the message has this part. */
static void expect_refusal(const struct pair *pairs, const char *part)
{
	struct arena arena = {0};
	struct str before = there("out/.evcal") ? mark_of(&arena, "out/.evcal") : STR("");
	export_badly("out", pairs);
	expect_message(part);
	struct str after = there("out/.evcal") ? mark_of(&arena, "out/.evcal") : STR("");
	assert_true(str_equal(before, after));
	assert_false(there("out/.evcal.new"));
	arena_free(&arena);
}

static void test_foreign_file_is_in_the_way(void **state)
{
	(void)state;
	assert_int_equal(mkdir("out", 0755), 0);
	put("out/gone.ics", "mine");
	expect_refusal(A, "cannot write out/gone.ics: ");
	expect_message("evcal did not write");
	expect_message("-o");
	assert_true(holds("out/gone.ics", "mine"));
	assert_false(there("out/calendar.ics"));
	assert_false(there("out/events"));
	/* Even one of the same length. */
	put("out/gone.ics", "GONE");
	expect_refusal(A, "out/gone.ics");
}

static void test_other_things_are_in_the_way(void **state)
{
	(void)state;
	assert_int_equal(mkdir("out", 0755), 0);
	assert_int_equal(mkdir("out/calendar.ics", 0755), 0);
	expect_refusal(A, "out/calendar.ics");
	assert_int_equal(rmdir("out/calendar.ics"), 0);
	assert_int_equal(mkfifo("out/calendar.ics", 0644), 0);
	expect_refusal(A, "out/calendar.ics");
	assert_int_equal(unlink("out/calendar.ics"), 0);
	put("target", "calendar a");
	assert_int_equal(symlink("../target", "out/calendar.ics"), 0);
	expect_refusal(A, "out/calendar.ics");
	assert_int_equal(unlink("out/calendar.ics"), 0);
	assert_int_equal(symlink("../nowhere", "out/calendar.ics"), 0);
	expect_refusal(A, "out/calendar.ics");
	assert_false(there("nowhere"));
	assert_true(holds("target", "calendar a"));
}

static void test_links_in_the_folder_are_not_followed(void **state)
{
	(void)state;
	assert_int_equal(mkdir("out", 0755), 0);
	assert_int_equal(mkdir("elsewhere", 0755), 0);
	assert_int_equal(symlink("../elsewhere", "out/events"), 0);
	expect_refusal(A, "out/events: ");
	assert_false(there("elsewhere/gala.ics"));
	assert_int_equal(unlink("out/events"), 0);
	put("out/events", "a file");
	expect_refusal(A, "out/events: ");
	assert_int_equal(unlink("out/events"), 0);
	/* A folder of ours that somebody moved and left a link to. */
	export_well(A);
	assert_int_equal(rename("out/old", "old"), 0);
	assert_int_equal(symlink("../old", "out/old"), 0);
	export_well(B);
	assert_true(holds("old/gone.ics", "gone too"));
	assert_true(there("out/old"));
	assert_false(list_names("old/gone.ics"));
}

static void test_altered_file_is_in_the_way(void **state)
{
	(void)state;
	export_well(A);
	put("out/calendar.ics", "calendar by hand");
	expect_refusal(B, "cannot write out/calendar.ics: ");
	expect_message("changed since evcal wrote it");
	expect_message("export again");
	assert_true(holds("out/calendar.ics", "calendar by hand"));
	assert_true(holds("out/events/gala.ics", "gala a"));
	/* Even where evcal has nothing new to write. */
	expect_refusal(A, "changed since evcal wrote it");
	assert_int_equal(unlink("out/calendar.ics"), 0);
	expect_fates(A, USUAL, "N calendar.ics\nU events/gala.ics\nU events/same.ics\nU gone.ics\nU old/gone.ics\n");
}

static void test_altered_stale_file_is_left(void **state)
{
	(void)state;
	export_well(A);
	put("out/gone.ics", "mine now");
	assert_int_equal(unlink("out/old/gone.ics"), 0);
	expect_fates(
		B, USUAL, "C calendar.ics\nC events/gala.ics\nN events/new.ics\nU events/same.ics\nN young/new.ics\n");
	assert_true(holds("out/gone.ics", "mine now"));
	assert_false(list_names("gone.ics"));
	assert_false(there("out/old"));
	/* From now on it is somebody's. */
	expect_refusal(A, "evcal did not write");
}

static void test_same_bytes_are_adopted(void **state)
{
	(void)state;
	assert_int_equal(mkdir("out", 0755), 0);
	put("out/calendar.ics", "calendar a");
	struct arena arena = {0};
	struct str mark = mark_of(&arena, "out/calendar.ics");
	export_well(A);
	assert_string_equal(mark_of(&arena, "out/calendar.ics").ptr, mark.ptr);
	assert_true(list_names("calendar.ics"));
	arena_free(&arena);
	export_well(B);
	expect_tree(B, A);
	/* By a run that writes nothing else, too. */
	assert_int_equal(unlink("out/.evcal"), 0);
	export_well(B);
	expect_tree(B, A);
}

static void test_damaged_list_is_never_overwritten(void **state)
{
	(void)state;
	static const char *const lists[] = {
		"",
		"\n",
		"somebody's notes\n",
		"# evcal 2: the files that evcal wrote here, each with its digest\n",
		"# evcal 1: the files that evcal wrote here, each with its digest",
		"# evcal 1: the files that evcal wrote here, each with its digest\n\n",
		"# evcal 1: the files that evcal wrote here, each with its digest\n0123 a.ics\n",
		"# evcal 1: the files that evcal wrote here, each with its digest\n0123456789abcdef0123456789abcdef "
		"a.ics",
		"# evcal 1: the files that evcal wrote here, each with its digest\n0123456789abcdef0123456789abcdeF "
		"a.ics\n",
		"# evcal 1: the files that evcal wrote here, each with its digest\n0123456789abcdef0123456789abcdef \n",
		"# evcal 1: the files that evcal wrote here, each with its digest\n0123456789abcdef0123456789abcdef "
		"../a\n",
		"# evcal 1: the files that evcal wrote here, each with its digest\n0123456789abcdef0123456789abcdef "
		"/etc/x\n",
		"# evcal 1: the files that evcal wrote here, each with its digest\n0123456789abcdef0123456789abcdef "
		".evcal\n",
	};
	export_well(A);
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		put("out/.evcal", lists[i]);
		expect_refusal(B, "out/.evcal: in line ");
		assert_true(holds("out/.evcal", lists[i]));
		assert_true(holds("out/calendar.ics", "calendar a"));
		assert_false(there("out/young"));
	}
	assert_int_equal(unlink("out/.evcal"), 0);
	put("list", "x");
	assert_int_equal(symlink("../list", "out/.evcal"), 0);
	expect_refusal(B, "out/.evcal: ");
	assert_true(holds("list", "x"));
}

static void test_names_that_are_too_long(void **state)
{
	(void)state;
	static char path[2000];
	struct pair pairs[] = {{"calendar.ics", "calendar a"}, {path, "x"}, {0}};
	memset(path, 'a', 300);
	expect_refusal(pairs, "out/aaaa");
	memcpy(path + 200, "/b", 3);
	export_well(pairs);
	memset(path, 'b', 300);
	memcpy(path + 300, "/b", 3);
	expect_refusal(pairs, "out/bbbb");
	/* Parts that are short enough, and not too many, make a path of any length. */
	for (size_t i = 0; i < sizeof(path) - 1; i++)
		path[i] = i % 250 == 249 ? '/' : 'c';
	path[sizeof(path) - 2] = 'c';
	export_well(pairs);
	assert_false(there("out/aaaa"));
	export_well(A);
}

/* Staging */

static void test_leftovers_are_cleared(void **state)
{
	(void)state;
	export_well(A);
	assert_int_equal(mkdir("out/.evcal.new", 0700), 0);
	put("out/.evcal.new/0", "half a fi");
	put("out/.evcal.new/12", "");
	export_well(A);
	assert_int_equal(mkdir("out/.evcal.new", 0700), 0);
	put("target", "x");
	assert_int_equal(symlink("../../target", "out/.evcal.new/0"), 0);
	export_well(B);
	assert_true(holds("target", "x"));
	expect_tree(B, A);
}

static void test_foreign_staging_folder_is_in_the_way(void **state)
{
	(void)state;
	export_well(A);
	assert_int_equal(mkdir("out/.evcal.new", 0755), 0);
	put("out/.evcal.new/mine", "mine");
	export_badly("out", B);
	expect_message("out/.evcal.new: ");
	assert_true(holds("out/.evcal.new/mine", "mine"));
	remove_tree("out/.evcal.new");
	assert_int_equal(mkdir("out/.evcal.new", 0755), 0);
	assert_int_equal(mkdir("out/.evcal.new/7", 0755), 0);
	export_badly("out", B);
	expect_message("out/.evcal.new: ");
	remove_tree("out/.evcal.new");
	assert_int_equal(mkdir("elsewhere", 0755), 0);
	put("elsewhere/0", "mine");
	assert_int_equal(symlink("../elsewhere", "out/.evcal.new"), 0);
	export_badly("out", B);
	expect_message("out/.evcal.new: ");
	assert_true(holds("elsewhere/0", "mine"));
	assert_int_equal(unlink("out/.evcal.new"), 0);
	expect_tree(A, NOTHING);
}

static void test_close_without_commit_leaves_all_as_it_was(void **state)
{
	(void)state;
	struct arena arena = {0};
	struct transaction *transaction = transaction_open(&arena, "x/y/out", USUAL);
	assert_non_null(transaction);
	for (const struct pair *pair = A; pair->path; pair++)
		assert_true(transaction_add(transaction, str_from(pair->path), str_from(pair->bytes)));
	assert_true(there("x/y/out"));
	transaction_close(transaction);
	assert_false(there("x"));
	export_well(A);
	struct str mark = mark_of(&arena, "out/.evcal");
	transaction = transaction_open(&arena, "out", USUAL);
	for (const struct pair *pair = B; pair->path; pair++)
		assert_true(transaction_add(transaction, str_from(pair->path), str_from(pair->bytes)));
	transaction_close(transaction);
	transaction_close(NULL);
	expect_tree(A, B);
	assert_string_equal(mark_of(&arena, "out/.evcal").ptr, mark.ptr);
	assert_false(there("out/young"));
	arena_free(&arena);
}

static void test_dry_run_writes_nothing(void **state)
{
	(void)state;
	struct transaction_options dry = USUAL;
	dry.dry_run = true;
	expect_fates(A, dry, "N calendar.ics\nN events/gala.ics\nN events/same.ics\nN gone.ics\nN old/gone.ics\n");
	assert_false(there("out"));
	export_well(A);
	struct arena arena = {0};
	struct str mark = mark_of(&arena, "out");
	expect_fates(B, dry,
		"C calendar.ics\nC events/gala.ics\nN events/new.ics\nU events/same.ics\nR gone.ics\n"
		"R old/gone.ics\nN young/new.ics\n");
	expect_tree(A, B);
	/* What is in the way is in the way of a dry run as well; leftovers stay; nobody is waited for. */
	assert_string_equal(mark_of(&arena, "out").ptr, mark.ptr);
	assert_int_equal(mkdir("out/.evcal.new", 0700), 0);
	struct transaction *transaction = transaction_open(&arena, "out", USUAL);
	assert_int_equal(mkdir("out/.evcal.new", 0700), 0);
	assert_true(export_to("out", B, dry, NULL));
	assert_true(there("out/.evcal.new"));
	transaction_close(transaction);
	put("out/calendar.ics", "mine");
	catch_messages();
	bool done = export_to("out", B, dry, NULL);
	release_messages();
	assert_false(done);
	expect_message("out/calendar.ics");
	arena_free(&arena);
}

static void test_fates_before_the_commit(void **state)
{
	(void)state;
	export_well(A);
	struct arena arena = {0};
	struct buffer before = {0}, after = {0};
	struct transaction *transaction = transaction_open(&arena, "out", USUAL);
	for (const struct pair *pair = B; pair->path; pair++)
		assert_true(transaction_add(transaction, str_from(pair->path), str_from(pair->bytes)));
	transaction_each(transaction, note_fate, &before);
	assert_true(there("out/gone.ics"));
	assert_true(transaction_commit(transaction));
	transaction_each(transaction, note_fate, &after);
	transaction_close(transaction);
	assert_true(before.len && str_equal(buffer_str(&before), buffer_str(&after)));
	buffer_free(&before);
	buffer_free(&after);
	arena_free(&arena);
}

/* Two runs at once */

/* Starts an export in a process of its own; what it says goes to the file "said". */
static pid_t export_beside(const struct pair *pairs)
{
	pid_t child = fork();
	assert_true(child >= 0);
	if (child)
		return child;
	/* A lock is held by every descriptor of its opening, so also by those that a child inherits. */
	for (int fd = 3; fd < 64; fd++)
		syscall(SYS_close, fd);
	int said = open("said", O_WRONLY | O_CREAT | O_TRUNC, 0644);
	dup2(said, 2);
	_exit(export_to("out", pairs, USUAL, NULL) ? 0 : 3);
}

static int status_of(pid_t child)
{
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Where it does not in ten minutes, it hangs. */
static void wait_until_it_waits(void)
{
	for (int i = 0; i < 60000; i++) {
		const char *said = get("said");
		if (said && strstr(said, "waiting"))
			return;
		nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
	}
	fail_msg("the other run does not say that it waits");
}

static void test_a_second_run_waits(void **state)
{
	(void)state;
	struct arena arena = {0};
	struct transaction *transaction = transaction_open(&arena, "out", USUAL);
	assert_non_null(transaction);
	pid_t child = export_beside(B);
	wait_until_it_waits();
	for (const struct pair *pair = A; pair->path; pair++)
		assert_true(transaction_add(transaction, str_from(pair->path), str_from(pair->bytes)));
	assert_true(transaction_commit(transaction));
	expect_tree(A, B);
	transaction_close(transaction);
	assert_int_equal(status_of(child), 0);
	expect_tree(B, A);
	assert_string_equal(get("said"), "evcal: waiting for another run of evcal to be done with out\n");
	arena_free(&arena);
}

static void test_a_lock_is_not_waited_for_for_ever(void **state)
{
	(void)state;
	export_well(A);
	put("file", "one");
	int held = open("out", O_RDONLY | O_DIRECTORY);
	assert_int_equal(flock(held, LOCK_EX), 0);
	lock_patience(0);
	export_badly("out", B);
	expect_message("evcal: cannot lock out: another process has it; try again later\n");
	close(held);
	export_well(B);
	held = open(".file.evcal-new", O_RDONLY | O_CREAT, 0600);
	assert_int_equal(flock(held, LOCK_EX), 0);
	lock_patience(1);
	catch_messages();
	bool done = replace("file", STR("two"), 0644);
	release_messages();
	assert_false(done);
	expect_message("evcal: waiting for another run of evcal to be done with file\n");
	expect_message("evcal: cannot lock file: another process has had it for 1 second; try again later\n");
	assert_true(holds("file", "one"));
	close(held);
	assert_true(replace("file", STR("two"), 0644));
	lock_patience(LOCK_PATIENCE);
}

static void test_a_folder_taken_away_while_waiting(void **state)
{
	(void)state;
	struct arena arena = {0};
	struct transaction *transaction = transaction_open(&arena, "out", USUAL);
	assert_non_null(transaction);
	pid_t child = export_beside(B);
	wait_until_it_waits();
	transaction_close(transaction);
	assert_int_equal(status_of(child), 0);
	expect_tree(B, A);
	arena_free(&arena);
}

static void test_many_runs_at_once(void **state)
{
	(void)state;
	pid_t children[12];
	for (int i = 0; i < 12; i++)
		children[i] = export_beside(i % 2 ? A : B);
	for (int i = 0; i < 12; i++)
		assert_int_equal(status_of(children[i]), 0);
	assert_true(holds("out/calendar.ics", A[0].bytes) || holds("out/calendar.ics", B[0].bytes));
	export_well(A);
	expect_tree(A, B);
}

/* Faults */

static void publish_afresh(const struct pair *pairs)
{
	remove_tree("out");
	if (pairs)
		export_well(pairs);
}

/* Exports B in a process of its own with the fault at call number n. Returns its status, 128 and more for a signal. */
static int export_with_fault(int kind, int n)
{
	fault = kind;
	calls_left = n;
	pid_t child = export_beside(B);
	fault = 0;
	return status_of(child);
}

/* With a fault at each call in turn, from what pairs gives, or from nothing. Returns how many calls there were. */
static int try_faults(const struct pair *from, int kind)
{
	const struct pair *was = from ? from : NOTHING;
	for (int n = 1;; n++) {
		publish_afresh(from);
		int status = export_with_fault(kind, n);
		expect_whole(was, B);
		if (kind == FAULT_KILL ? status != 128 + SIGKILL : status == 0 && kind != EINTR) {
			assert_int_equal(status, 0);
			expect_tree(B, was);
			return n - 1;
		}
		if (kind == EINTR && status == 0 && n > 200)
			return n;
		if (kind != FAULT_KILL && status) {
			assert_int_equal(status, 3);
			assert_non_null(strstr(get("said"), "evcal: cannot "));
			assert_non_null(strstr(get("said"), " out"));
		}
		/* A third version finds its way as well as the second one. */
		if (n % 2) {
			export_well(A);
			expect_tree(A, B);
		}
		export_well(B);
		expect_tree(B, A);
		assert_false(there("out/old"));
	}
}

static void test_killed_at_any_call(void **state)
{
	(void)state;
	assert_in_range(try_faults(A, FAULT_KILL), 30, 100);
	assert_in_range(try_faults(NULL, FAULT_KILL), 20, 100);
}

static void test_any_call_fails(void **state)
{
	(void)state;
	assert_in_range(try_faults(A, ENOSPC), 30, 100);
	assert_in_range(try_faults(NULL, EIO), 20, 100);
}

static void test_interrupted_and_short_writes(void **state)
{
	(void)state;
	try_faults(A, EINTR);
	publish_afresh(A);
	assert_int_equal(export_with_fault(FAULT_SHORT, 1), 0);
	expect_tree(B, A);
}

static void test_a_failure_before_the_renames_changes_nothing(void **state)
{
	(void)state;
	/* The first calls are those of the staging folder and of its first file. */
	for (int n = 1; n <= 3; n++) {
		publish_afresh(A);
		assert_int_equal(export_with_fault(ENOSPC, n), 3);
		expect_tree(A, B);
		assert_non_null(strstr(get("said"), "evcal: cannot write out/calendar.ics: No space left on device\n"));
		publish_afresh(NULL);
	}
}

/* Sparse files of a terabyte, which nothing of evcal's ever is. */
static void test_huge_files_cost_nothing(void **state)
{
	(void)state;
	const off_t huge = (off_t)1 << 40;
	export_well(A);
	assert_int_equal(truncate("out/calendar.ics", huge), 0);
	export_badly("out", B);
	expect_message("evcal: cannot write out/calendar.ics: something is there that evcal did not write");
	put("out/calendar.ics", "calendar a");
	assert_int_equal(truncate("out/gone.ics", huge), 0);
	export_well(B);
	assert_true(there("out/gone.ics"));
	assert_int_equal(truncate("out/.evcal", huge), 0);
	export_badly("out", B);
	expect_message("evcal: cannot read out/.evcal: it has more than 256 MiB");
	put("file", "one");
	assert_int_equal(truncate("file", huge), 0);
	assert_true(replace("file", STR("two"), 0644));
	assert_true(holds("file", "two"));
}

/* One file */

static bool replace_with_fault(const char *path, const char *bytes, int kind, int n, int *status)
{
	fault = kind;
	calls_left = n;
	pid_t child = fork();
	assert_true(child >= 0);
	if (!child) {
		int said = open("said", O_WRONLY | O_CREAT | O_TRUNC, 0644);
		dup2(said, 2);
		_exit(replace(path, str_from(bytes), 0644) ? 0 : 3);
	}
	fault = 0;
	*status = status_of(child);
	return *status != 0;
}

static void test_replace(void **state)
{
	(void)state;
	struct arena arena = {0};
	umask(077);
	assert_true(replace("file", STR("one"), 0644));
	assert_true(holds("file", "one"));
	assert_int_equal(mode_of("file"), 0644);
	struct str mark = age(&arena, "file");
	assert_true(replace("file", STR("one"), 0600));
	assert_string_equal(mark_of(&arena, "file").ptr, mark.ptr);
	assert_int_equal(chmod("file", 0464), 0);
	assert_true(replace("file", STR("two, and longer"), 0600));
	assert_true(holds("file", "two, and longer"));
	assert_int_equal(mode_of("file"), 0464);
	assert_false(there(".file.evcal-new"));
	/* No more than reading and writing. */
	assert_int_equal(chmod("file", 06755), 0);
	assert_true(replace("file", STR("three"), 0600));
	assert_int_equal(mode_of("file"), 0644);
	assert_true(replace("other", STR("x"), 0600));
	assert_int_equal(mode_of("other"), 0600);
	arena_free(&arena);
}

static void test_replace_takes_the_place_of_a_link(void **state)
{
	(void)state;
	static const char *const targets[] = {"folder/real", "folder", "nowhere", "link"};
	assert_int_equal(mkdir("folder", 0755), 0);
	put("folder/real", "one");
	for (size_t i = 0; i < sizeof(targets) / sizeof(*targets); i++) {
		struct stat stat;
		unlink("link");
		assert_int_equal(symlink(targets[i], "link"), 0);
		assert_true(replace("link", STR("one"), 0644));
		assert_int_equal(lstat("link", &stat), 0);
		assert_true(S_ISREG(stat.st_mode));
		assert_true(holds("link", "one"));
		assert_int_equal(mode_of("link"), 0644);
	}
	assert_true(holds("folder/real", "one"));
	assert_false(there("nowhere"));
}

static uid_t owner_of(const char *path)
{
	struct stat stat;
	assert_int_equal(lstat(path, &stat), 0);
	return stat.st_uid;
}

/* What root writes belongs to whom the folder, or what was there before, belongs to. */
static void test_owner(void **state)
{
	(void)state;
	if (geteuid())
		skip();
	assert_int_equal(mkdir("out", 0755), 0);
	assert_int_equal(chown("out", 1234, 1234), 0);
	export_well(A);
	export_well(B);
	static const char *const paths[] = {
		"out/calendar.ics", "out/events", "out/events/new.ics", "out/young", "out/.evcal"};
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++)
		assert_int_equal(owner_of(paths[i]), 1234);
	assert_int_equal(chown(".", 1235, 1235), 0);
	assert_true(replace("file", STR("one"), 0644));
	assert_int_equal(owner_of("file"), 1235);
	assert_int_equal(chown("file", 1236, 1236), 0);
	assert_true(replace("file", STR("two"), 0644));
	assert_int_equal(owner_of("file"), 1236);
	assert_int_equal(symlink("file", "link"), 0);
	assert_true(replace("link", STR("two"), 0644));
	assert_int_equal(owner_of("link"), 1235);
	assert_int_equal(chown("file", 0, 0), 0);
	assert_true(replace("file", STR("three"), 0644));
	assert_int_equal(owner_of("file"), 0);
}

static void test_replace_refuses(void **state)
{
	(void)state;
	assert_int_equal(mkdir("folder", 0755), 0);
	assert_int_equal(mkfifo("fifo", 0644), 0);
	put("precious", "precious");
	assert_int_equal(symlink("precious", ".file.evcal-new"), 0);
	static const char *const paths[] = {"folder", "fifo", "nowhere/file", "file", ""};
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		catch_messages();
		bool done = replace(paths[i], STR("x"), 0644);
		release_messages();
		assert_false(done);
		expect_message("evcal: cannot write ");
		expect_message(paths[i]);
	}
	assert_true(holds("precious", "precious"));
	assert_false(there("file"));
}

static void test_replace_clears_leftovers(void **state)
{
	(void)state;
	put("file", "one");
	put(".file.evcal-new", "half of something lon");
	assert_true(replace("file", STR("one"), 0644));
	assert_false(there(".file.evcal-new"));
	put(".file.evcal-new", "half of something lon");
	assert_true(replace("file", STR("two"), 0644));
	assert_false(there(".file.evcal-new"));
	assert_true(holds("file", "two"));
}

static void test_replace_with_faults(void **state)
{
	(void)state;
	static const int kinds[] = {FAULT_KILL, ENOSPC};
	for (size_t kind = 0; kind < 2; kind++) {
		int status = 0, n = 1;
		for (;; n++) {
			put("file", "the first version");
			if (!replace_with_fault("file", "the second version", kinds[kind], n, &status))
				break;
			assert_int_equal(status, kinds[kind] == FAULT_KILL ? 128 + SIGKILL : 3);
			assert_true(holds("file", "the first version") || holds("file", "the second version"));
			if (kinds[kind] != FAULT_KILL) {
				assert_string_equal(get("said"), "evcal: cannot write file: No space left on device\n");
				assert_false(there(".file.evcal-new"));
			}
			assert_true(replace("file", STR("the third version"), 0644));
			assert_true(holds("file", "the third version"));
			assert_false(there(".file.evcal-new"));
		}
		assert_true(holds("file", "the second version"));
		assert_in_range(n, 5, 20);
	}
}

static void test_replace_at_once(void **state)
{
	(void)state;
	pid_t children[12];
	for (int i = 0; i < 12; i++) {
		children[i] = fork();
		assert_true(children[i] >= 0);
		if (!children[i])
			_exit(replace("file", i % 2 ? STR("odd") : STR("even"), 0644) ? 0 : 3);
	}
	for (int i = 0; i < 12; i++)
		assert_int_equal(status_of(children[i]), 0);
	assert_true(holds("file", "odd") || holds("file", "even"));
	assert_false(there(".file.evcal-new"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_list_is_read_as_written),
		TEST(test_paths),
		TEST(test_writes_a_new_folder),
		TEST(test_modes_are_exact),
		TEST(test_second_export_touches_nothing),
		TEST(test_nothing_to_write_writes_nothing),
		TEST(test_fates),
		TEST(test_one_feed_removes_nothing),
		TEST(test_folders_with_files_of_others_stay),
		TEST(test_nested_folders_come_and_go),
		TEST(test_long_and_empty_and_binary_files),
		TEST(test_many_files),
		TEST(test_folder_may_be_a_link),
		TEST(test_folder_that_cannot_be),
		TEST(test_foreign_file_is_in_the_way),
		TEST(test_other_things_are_in_the_way),
		TEST(test_links_in_the_folder_are_not_followed),
		TEST(test_altered_file_is_in_the_way),
		TEST(test_altered_stale_file_is_left),
		TEST(test_same_bytes_are_adopted),
		TEST(test_damaged_list_is_never_overwritten),
		TEST(test_names_that_are_too_long),
		TEST(test_leftovers_are_cleared),
		TEST(test_foreign_staging_folder_is_in_the_way),
		TEST(test_close_without_commit_leaves_all_as_it_was),
		TEST(test_dry_run_writes_nothing),
		TEST(test_fates_before_the_commit),
		TEST(test_a_second_run_waits),
		TEST(test_a_lock_is_not_waited_for_for_ever),
		TEST(test_a_folder_taken_away_while_waiting),
		TEST(test_huge_files_cost_nothing),
		TEST(test_many_runs_at_once),
		TEST(test_killed_at_any_call),
		TEST(test_any_call_fails),
		TEST(test_interrupted_and_short_writes),
		TEST(test_a_failure_before_the_renames_changes_nothing),
		TEST(test_replace),
		TEST(test_replace_takes_the_place_of_a_link),
		TEST(test_owner),
		TEST(test_replace_refuses),
		TEST(test_replace_clears_leftovers),
		TEST(test_replace_with_faults),
		TEST(test_replace_at_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
