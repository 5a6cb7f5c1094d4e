#define _GNU_SOURCE /* syscall(), O_PATH */

#include "input/beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stddef.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#ifdef SYS_openat2
#include <linux/openat2.h>
#endif

enum { ALWAYS = O_CLOEXEC | O_NONBLOCK | O_NOCTTY };

static int open_step(int folder, const char *name, int flags)
{
	int fd;
	do
		fd = openat(folder, name, flags | O_NOFOLLOW | O_CLOEXEC);
	while (fd < 0 && errno == EINTR);
	return fd;
}

/* Folder by folder: what the kernel does in one go where it has openat2(). */
static int open_by_steps(int folder, const char *path, int flags)
{
	char name[NAME_MAX + 1];
	int at = folder;
	for (;;) {
		const char *slash = strchr(path, '/');
		size_t len = slash ? (size_t)(slash - path) : strlen(path);
		int next = -1;
		if (len <= NAME_MAX) {
			memcpy(name, path, len);
			name[len] = 0;
			next = open_step(at, name, slash ? O_PATH | O_DIRECTORY : flags | ALWAYS);
		} else {
			errno = ENAMETOOLONG;
		}
		int error = errno;
		if (at != folder)
			close(at);
		errno = error;
		if (next < 0 || !slash)
			return next;
		at = next;
		path = slash + 1;
	}
}

#ifdef SYS_openat2
/* EPERM: a container that does not know the call; EAGAIN: something was renamed meanwhile. */
static int open_at_once(int folder, const char *path, int flags)
{
	struct open_how how = {
		.flags = (unsigned long long)(flags | ALWAYS), .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS};
	long fd;
	do
		fd = syscall(SYS_openat2, folder, path, &how, sizeof(how));
	while (fd < 0 && errno == EINTR);
	return (int)fd;
}
#endif

int beneath_open(int folder, const char *path, int flags)
{
#ifdef SYS_openat2
	int fd = open_at_once(folder, path, flags);
	if (fd >= 0 || (errno != ENOSYS && errno != EPERM && errno != EAGAIN))
		return fd;
#endif
	return open_by_steps(folder, path, flags);
}
