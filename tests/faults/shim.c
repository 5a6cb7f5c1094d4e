/*
 * Preloaded into evcal: fails one allocation, or shortens reads and writes. FAULT_WHAT says which calls count:
 * "own", allocations of evcal itself; "library", those of the libraries; "short", read() and write(). FAULT_WHEN is the
 * number of the one that is struck, from 1; 0: none, "all" (of "short"): each. FAULT_LOG is a file that gets a line "struck
 * LIBRARY", and "calls NUMBER" at the end. (System calls that fail, and kills, are strace's.)
 */
#define _GNU_SOURCE /* dl_iterate_phdr(), dladdr() */

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);

enum { NOTHING, OWN, LIBRARY, SHORT };

static int what;
static bool each;
static unsigned long calls, when;
static uintptr_t program_begin, program_end;
static int log_fd = -1;

static int find_program(struct dl_phdr_info *info, size_t size, void *context)
{
	(void)size, (void)context;
	program_begin = UINTPTR_MAX;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		uintptr_t begin = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
		if (info->dlpi_phdr[i].p_type != PT_LOAD)
			continue;
		if (begin < program_begin)
			program_begin = begin;
		program_end = begin + info->dlpi_phdr[i].p_memsz;
	}
	return 1; /* the first is the program */
}

__attribute__((constructor)) static void begin(void)
{
	const char *which = getenv("FAULT_WHAT"), *number = getenv("FAULT_WHEN"), *path = getenv("FAULT_LOG");
	if (!which || !number || !path)
		return;
	dl_iterate_phdr(find_program, NULL);
	log_fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	each = !strcmp(number, "all");
	when = each ? 0 : strtoul(number, NULL, 10);
	what = !strcmp(which, "own") ? OWN : !strcmp(which, "library") ? LIBRARY : SHORT;
}

static void say(const char *word, const char *value)
{
	char line[512];
	int len = snprintf(line, sizeof(line), "%s %s\n", word, value);
	syscall(SYS_write, log_fd, line, len);
}

__attribute__((destructor)) static void end(void)
{
	char number[24];
	snprintf(number, sizeof(number), "%lu", calls);
	if (what)
		say("calls", number);
	what = NOTHING;
}

static bool strikes(int kind, const void *caller)
{
	if (kind != what || (++calls != when && !each))
		return false;
	if (kind != SHORT) {
		Dl_info info = {0};
		what = NOTHING; /* dladdr() may allocate */
		say("struck", dladdr(caller, &info) && info.dli_fname ? info.dli_fname : "?");
		what = kind;
		errno = ENOMEM;
	}
	return true;
}

static bool fails(const void *caller)
{
	bool own = (uintptr_t)caller >= program_begin && (uintptr_t)caller < program_end;
	return what && strikes(own ? OWN : LIBRARY, caller);
}

#define FAILS() fails(__builtin_return_address(0))

void *malloc(size_t size)
{
	return FAILS() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return FAILS() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
	return FAILS() ? NULL : __libc_realloc(memory, size);
}

/* Not the C library's own, which would hide whose it is. */
char *strdup(const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = FAILS() ? NULL : __libc_malloc(size);
	return copy ? memcpy(copy, text, size) : NULL;
}

ssize_t read(int fd, void *bytes, size_t size)
{
	size_t most = size > 1 && what == SHORT && strikes(SHORT, NULL) ? (size + 1) / 2 : size;
	return syscall(SYS_read, fd, bytes, most);
}

ssize_t write(int fd, const void *bytes, size_t size)
{
	size_t most = size > 1 && what == SHORT && strikes(SHORT, NULL) ? (size + 1) / 2 : size;
	return syscall(SYS_write, fd, bytes, most);
}

/* Short: half of what the first part that has more than a byte has, and nothing behind it. */
ssize_t writev(int fd, const struct iovec *parts, int count)
{
	for (int i = 0; what == SHORT && i < count; i++)
		if (parts[i].iov_len > 1 && strikes(SHORT, NULL))
			return syscall(SYS_write, fd, parts[i].iov_base, (parts[i].iov_len + 1) / 2);
		else if (parts[i].iov_len)
			break;
	return syscall(SYS_writev, fd, parts, count);
}
