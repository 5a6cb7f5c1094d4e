#include "session/git.h"

#include "base/arena.h"
#include "base/wording.h"
#include "report/trouble.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { FOLDERS_MOST = 2, WORDS_MOST = 16 };

/* The temporary folders: one for each revision that is compared. A signal handler reads them. */
static char *folders[FOLDERS_MOST];
static volatile sig_atomic_t folder_count;

static const int signals[] = {SIGHUP, SIGINT, SIGTERM};

/* --- the temporary folder ---------------------------------------------------------------------------------------- */

/* Only what a signal handler may call. */
void git_remove(void)
{
	int kept = errno;
	for (; folder_count; folder_count--) {
		pid_t child = fork();
		if (!child) {
			execl("/bin/rm", "rm", "-rf", "--", folders[folder_count - 1], (char *)NULL);
			_exit(127);
		}
		while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
			continue;
	}
	errno = kept;
}

static void end(int number)
{
	git_remove();
	signal(number, SIG_DFL);
	raise(number);
}

static bool make_folder(struct arena *arena, struct str *path)
{
	const char *parent = getenv("TMPDIR");
	*path = str_format(arena, "%s/evcal-XXXXXX", parent && *parent ? parent : "/tmp");
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
		struct sigaction action;
		/* One that is ignored, as under nohup, stays so. */
		if (sigaction(signals[i], NULL, &action) || action.sa_handler == SIG_IGN)
			continue;
		action.sa_handler = end;
		sigaction(signals[i], &action, NULL);
	}
	folders[folder_count] = mkdtemp((char *)path->ptr);
	if (!folders[folder_count])
		return trouble(DOING_MAKE_FOLDER, path->ptr);
	folder_count++;
	return true;
}

/* --- git --------------------------------------------------------------------------------------------------------- */

/* Reads what a child prints, up to its end, and waits for it. Returns its status, or -1. */
static int collect(int fd, pid_t child, struct buffer *out)
{
	char bytes[4096];
	ssize_t count;
	while ((count = read(fd, bytes, sizeof(bytes))) > 0 || (count < 0 && errno == EINTR))
		if (count > 0)
			buffer_add(out, (struct str){bytes, (size_t)count});
	int status;
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/*
 * Runs git with the words, up to NULL. What it prints, on standard error too, goes into out. Returns its status; -1: it
 * could not be run, and errno says why.
 */
static int run(struct buffer *out, const char *const *words)
{
	const char *argv[WORDS_MOST] = {"git", "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false"};
	size_t count = 5;
	for (; *words; words++)
		argv[count++] = *words;
	int ends[2];
	pid_t child;
	posix_spawn_file_actions_t actions;
	if (pipe(ends))
		return -1;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
	posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
	posix_spawn_file_actions_addclose(&actions, ends[0]);
	posix_spawn_file_actions_addclose(&actions, ends[1]);
	int error = posix_spawnp(&child, "git", &actions, NULL, (char *const *)argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	int status = error ? -1 : collect(ends[0], child, out);
	close(ends[0]);
	errno = error ? error : errno;
	return status;
}

/* The same; text is what it printed, without the line break at its end. */
static int ask(struct arena *arena, struct str *text, const char *const *words)
{
	struct buffer out = {0};
	int status = run(&out, words);
	*text = str_trim(str_copy(arena, buffer_str(&out)));
	buffer_free(&out);
	return status;
}

#define WORDS_OF(...) ((const char *const[]){__VA_ARGS__, NULL})

/* --- a revision -------------------------------------------------------------------------------------------------- */

static enum git_state refuse(const char *revision, const char *directory, const char *why, struct str said)
{
	tell(LOCAL("there is no folder \"%s\", and no such git revision of %s: %s%.*s",
		     "er is geen map \"%s\", en ook geen git-revisie met die naam van %s: %s%.*s"),
		revision, directory, why, STR_ARG(str_part(said, 0, str_find(said, '\n'))));
	return GIT_REFUSED;
}

/* Which commit is meant, and where in it the folder is. */
static enum git_state find(
	struct arena *arena, const char *directory, const char *revision, struct str *git, struct str *tree)
{
	struct str prefix, commit, shallow;
	int status = ask(arena, git, WORDS_OF("-C", directory, "rev-parse", "--absolute-git-dir"));
	if (status < 0) {
		trouble(DOING_RUN, "git");
		return GIT_TROUBLE;
	}
	if (status)
		return refuse(revision, directory, "", *git);
	ask(arena, &prefix, WORDS_OF("-C", directory, "rev-parse", "--show-prefix"));
	ask(arena, &shallow, WORDS_OF("-C", directory, "rev-parse", "--is-shallow-repository"));
	struct str wanted = str_format(arena, "%s^{commit}", revision);
	if (ask(arena, &commit,
		    WORDS_OF("-C", directory, "rev-parse", "--verify", "--quiet", "--end-of-options", wanted.ptr)))
		return refuse(revision, directory,
			str_equal(shallow, STR("true"))
				? LOCAL("this clone is shallow; \"git fetch --unshallow\" gets all revisions, in CI "
					"\"fetch-depth: 0\"",
					  "deze kloon is ondiep; \"git fetch --unshallow\" haalt alle revisies op, in "
					  "CI "
					  "\"fetch-depth: 0\"")
				: LOCAL("\"git log\" and \"git branch -a\" show what there is",
					  "\"git log\" en \"git branch -a\" tonen wat er is"),
			STR(""));
	*tree = str_format(arena, "%.*s:%.*s", STR_ARG(commit), STR_ARG(prefix));
	struct str kind;
	if (!ask(arena, &kind, WORDS_OF("-C", directory, "cat-file", "-t", tree->ptr)) && str_equal(kind, STR("tree")))
		return GIT_DONE;
	tell(LOCAL("git revision \"%s\" has no folder %s", "git-revisie \"%s\" heeft geen map %s"), revision,
		directory);
	return GIT_REFUSED;
}

enum git_state git_write(struct arena *arena, const char *directory, const char *revision, struct str *path)
{
	struct str git, tree, folder, said = STR("");
	/* Within a hook these speak of the checkout. */
	unsetenv("GIT_DIR");
	unsetenv("GIT_WORK_TREE");
	unsetenv("GIT_INDEX_FILE");
	unsetenv("GIT_PREFIX");
	enum git_state state = find(arena, directory, revision, &git, &tree);
	if (state != GIT_DONE)
		return state;
	if (!make_folder(arena, &folder))
		return GIT_TROUBLE;
	*path = str_format(arena, "%.*s/files", STR_ARG(folder));
	struct str index = str_format(arena, "%.*s/index", STR_ARG(folder));
	struct str git_dir = str_format(arena, "--git-dir=%.*s", STR_ARG(git));
	struct str work_tree = str_format(arena, "--work-tree=%.*s", STR_ARG(*path));
	bool good =
		!mkdir(path->ptr, 0700) && !setenv("GIT_INDEX_FILE", index.ptr, 1) &&
		!ask(arena, &said, WORDS_OF(git_dir.ptr, work_tree.ptr, "read-tree", tree.ptr)) &&
		!ask(arena, &said,
			WORDS_OF("-C", path->ptr, git_dir.ptr, work_tree.ptr, "checkout-index", "--all", "--quiet"));
	unsetenv("GIT_INDEX_FILE");
	if (good)
		return GIT_DONE;
	if (said.len)
		trouble_because(DOING_WRITE, path->ptr, str_part(said, 0, str_find(said, '\n')).ptr);
	else
		trouble(DOING_WRITE, path->ptr);
	return GIT_TROUBLE;
}
