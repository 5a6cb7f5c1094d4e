/*
 * beneath_open() on a real folder, by the kernel's openat2() and, where a hook says that there is none, step by step: the
 * two open the same, and neither follows a link.
 */
#define _GNU_SOURCE /* RTLD_NEXT */

#include "unit.h"

#include "input/beneath.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int missing; /* the errno of a kernel or a container without openat2(); 0: it is there */
static int calls;

/* In place of the C library's, through which the program calls openat2(). */
long syscall(long number, ...)
{
	long (*real)(long, ...);
	va_list more;
	va_start(more, number);
	int folder = va_arg(more, int);
	const char *path = va_arg(more, const char *);
	void *how = va_arg(more, void *);
	size_t size = va_arg(more, size_t);
	va_end(more);
	calls++;
	if (missing) {
		errno = missing;
		return -1;
	}
	*(void **)&real = dlsym(RTLD_NEXT, "syscall");
	return real(number, folder, path, how, size);
}

static char base[] = "/tmp/evcal-beneath-XXXXXX";
static int folder;

static void put(const char *path, const char *bytes)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, strlen(bytes)), strlen(bytes));
	close(fd);
}

static int set_up(void **state)
{
	static const char *const links[][2] = {{"file", "in/link"}, {"../out/secret", "in/leads-out"}, {"in/..", "up"},
		{"../out", "in/folder-out"}, {"deep", "in/folder"}, {"/", "in/root"}, {"self", "in/self"},
		{"/proc/self/fd", "in/magic"}};
	(void)state;
	strcpy(base + sizeof(base) - 7, "XXXXXX");
	if (!mkdtemp(base) || chdir(base) || mkdir("in", 0755) || mkdir("in/deep", 0755) || mkdir("out", 0755) ||
		mkfifo("in/fifo", 0644))
		return -1;
	put("in/file", "file");
	put("in/deep/file", "deep");
	put("out/secret", "secret");
	for (size_t i = 0; i < sizeof(links) / sizeof(*links); i++)
		if (symlink(links[i][0], links[i][1]))
			return -1;
	folder = open("in", O_RDONLY | O_DIRECTORY);
	return folder < 0;
}

static int tear_down(void **state)
{
	char command[sizeof(base) + 16];
	(void)state;
	close(folder);
	snprintf(command, sizeof(command), "rm -r %s", base);
	return chdir("/") || system(command);
}

/* What opening a path gives: what the file holds, or the name of the error. */
static const char *opened(const char *path)
{
	static char bytes[64];
	int fd = beneath_open(folder, path, O_RDONLY);
	if (fd < 0)
		return errno == ELOOP || errno == ENOTDIR ? "link" : errno == ENOENT ? "nothing" : strerror(errno);
	ssize_t got = read(fd, bytes, sizeof(bytes) - 1);
	bytes[got < 0 ? 0 : got] = 0;
	assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
	close(fd);
	return bytes;
}

static void expect_all(void)
{
	char longest[NAME_MAX + 20];
	assert_string_equal(opened("file"), "file");
	assert_string_equal(opened("deep/file"), "deep");
	assert_string_equal(opened("link"), "link");
	assert_string_equal(opened("leads-out"), "link");
	assert_string_equal(opened("folder-out/secret"), "link");
	assert_string_equal(opened("folder/file"), "link");
	assert_string_equal(opened("root/etc/passwd"), "link");
	assert_string_equal(opened("magic/0"), "link");
	assert_string_equal(opened("self"), "link");
	assert_string_equal(opened("file/file"), "link");
	assert_string_equal(opened("nowhere"), "nothing");
	assert_string_equal(opened("nowhere/file"), "nothing");
	memset(longest, 'x', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = 0;
	assert_string_equal(opened(longest), strerror(ENAMETOOLONG));
	/* A pipe without another end: it is there, with nothing in it. */
	assert_string_equal(opened("fifo"), "");
	int fd = beneath_open(folder, ".", O_RDONLY | O_DIRECTORY);
	assert_true(fd >= 0);
	close(fd);
	errno = 0;
	assert_int_equal(beneath_open(folder, "file", O_RDONLY | O_DIRECTORY), -1);
	assert_int_equal(errno, ENOTDIR);
}

static void nothing_is_followed(void **state)
{
	static const int errors[] = {0, ENOSYS, EPERM};
	(void)state;
	for (size_t i = 0; i < sizeof(errors) / sizeof(*errors); i++) {
		missing = errors[i];
		expect_all();
	}
#ifdef SYS_openat2
	assert_true(calls > 0);
#endif
}

/* What was a folder when it was listed has become a link since. */
static void a_folder_that_was_exchanged_is_not_followed(void **state)
{
	(void)state;
	assert_int_equal(rename("in/deep", "in/was"), 0);
	assert_int_equal(symlink("../out", "in/deep"), 0);
	for (missing = 0; missing <= ENOSYS; missing += ENOSYS)
		assert_string_equal(opened("deep/secret"), "link");
}

/* No more are open than before. */
static void nothing_stays_open(void **state)
{
	(void)state;
	int next = dup(folder);
	close(next);
	for (missing = 0; missing <= ENOSYS; missing += ENOSYS)
		expect_all();
	int again = dup(folder);
	close(again);
	assert_int_equal(again, next);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(nothing_is_followed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_folder_that_was_exchanged_is_not_followed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nothing_stays_open, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
