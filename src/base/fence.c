#define _GNU_SOURCE /* O_PATH, syscall() */

#include "base/fence.h"

#if defined(__linux__) && defined(__has_include) && !defined(EVCAL_UNFENCED)
#if __has_include(<linux/landlock.h>)
#define HAS_LANDLOCK
#endif
#endif

#ifdef HAS_LANDLOCK

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/landlock.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Rights that later versions have, and that headers may lack. */
#define RIGHT_REFER (1ULL << 13)    /* of version 2 */
#define RIGHT_TRUNCATE (1ULL << 14) /* of version 3 */

enum { VERSION_REFER = 2, VERSION_TRUNCATE = 3 };

#define RIGHTS_READ (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define RIGHTS_WRITE \
	(LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE | \
		LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG)
/* What nobody is allowed. */
#define RIGHTS_NEVER \
	(LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | \
		LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM)
/* Of a file that is no folder. */
#define RIGHTS_OF_FILE \
	(LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | RIGHT_TRUNCATE)

bool fence_open(struct fence *fence)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	*fence = (struct fence){.fd = -1, .read = RIGHTS_READ, .write = RIGHTS_READ | RIGHTS_WRITE};
	if (version < 1)
		return false;
	if (version >= VERSION_REFER)
		fence->write |= RIGHT_REFER;
	if (version >= VERSION_TRUNCATE)
		fence->write |= RIGHT_TRUNCATE;
	struct landlock_ruleset_attr rules = {.handled_access_fs = fence->write | RIGHTS_NEVER};
	fence->fd = (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof(rules.handled_access_fs), 0);
	return fence->fd >= 0;
}

/* Returns whether the path is there. */
static bool allow(struct fence *fence, const char *path, unsigned long long rights)
{
	struct stat status;
	int fd = open(path, O_PATH | O_CLOEXEC);
	if (fd < 0) {
		fence->broken |= errno != ENOENT && errno != ENOTDIR && errno != EACCES && errno != ELOOP;
		return false;
	}
	bool known = !fstat(fd, &status);
	if (known && !S_ISDIR(status.st_mode))
		rights &= RIGHTS_OF_FILE;
	struct landlock_path_beneath_attr rule = {.allowed_access = rights, .parent_fd = fd};
	fence->broken |= !known || syscall(SYS_landlock_add_rule, fence->fd, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	close(fd);
	return true;
}

void fence_read(struct fence *fence, const char *path)
{
	allow(fence, path, fence->read);
}

void fence_write(struct fence *fence, const char *path)
{
	char above[PATH_MAX];
	size_t len = strlen(path);
	if (len >= sizeof(above))
		return;
	memcpy(above, path, len + 1);
	while (!allow(fence, len ? above : path[0] == '/' ? "/" : ".", fence->write) && len) {
		while (len && above[len - 1] != '/')
			len--;
		while (len && above[len - 1] == '/')
			len--;
		above[len] = '\0';
	}
}

void fence_close(struct fence *fence)
{
	if (!fence->broken && !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		syscall(SYS_landlock_restrict_self, fence->fd, 0);
	close(fence->fd);
	fence->fd = -1;
}

#else

bool fence_open(struct fence *fence)
{
	*fence = (struct fence){.fd = -1};
	return false;
}

void fence_read(struct fence *fence, const char *path)
{
	(void)fence;
	(void)path;
}

void fence_write(struct fence *fence, const char *path)
{
	(void)fence;
	(void)path;
}

void fence_close(struct fence *fence)
{
	(void)fence;
}

#endif
