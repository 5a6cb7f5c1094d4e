#include "cmd/send.h"

#include "base/arena.h"
#include "cmd/options.h"
#include "mail/message.h"
#include "report/escape.h"
#include "report/trouble.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { JOBS_MOST = 64 };

struct mailer {
	char **words; /* ends with NULL */
	size_t count;
	const char *program;
};

/* --- the command ------------------------------------------------------------------------------------------------- */

/* Takes a word off the front of *s: '…', "…" and \ quote, and nothing is expanded. False: a quote is open. */
static bool take_word(struct buffer *word, const char **s)
{
	char quote = 0;
	for (; **s && (quote || !strchr(" \t\n", **s)); ++*s) {
		if (!quote && (**s == '\'' || **s == '"'))
			quote = **s;
		else if (quote && **s == quote)
			quote = 0;
		else if (**s == '\\' && quote != '\'' && (*s)[1])
			buffer_byte(word, *++*s);
		else
			buffer_byte(word, **s);
	}
	return !quote;
}

/* The program, if it may be run: as it is named, or in a folder of PATH, and where sendmail is put besides. */
static const char *find_program(struct arena *arena, const char *name)
{
	const char *path = getenv("PATH");
	if (strchr(name, '/'))
		return access(name, X_OK) ? NULL : name;
	struct str all = str_format(arena, "%s:/usr/sbin:/usr/lib", path ? path : "/usr/bin:/bin");
	while (all.len) {
		size_t end = str_find(all, ':');
		struct str program = str_format(arena, "%.*s/%s", STR_ARG(str_part(all, 0, end)), name);
		if (end && !access(program.ptr, X_OK))
			return program.ptr;
		all = str_part(all, end < all.len ? end + 1 : end, all.len);
	}
	return NULL;
}

struct mailer *mailer_find(struct arena *arena, const char *command)
{
	struct mailer *mailer = arena_alloc(arena, sizeof(*mailer));
	const char *s = command;
	for (bool whole = true; whole;) {
		struct buffer word = {0};
		s += strspn(s, " \t\n");
		if (!*s)
			break;
		whole = take_word(&word, &s);
		mailer->words = arena_grow(arena, mailer->words, mailer->count, sizeof(*mailer->words));
		mailer->words[mailer->count++] = (char *)str_copy(arena, buffer_str(&word)).ptr;
		buffer_free(&word);
		if (!whole) {
			tell(LOCAL("a quote in --mailer is not closed: %s",
				     "in --mailer is een aanhalingsteken niet gesloten: %s"),
				command);
			return NULL;
		}
	}
	mailer->words = arena_grow(arena, mailer->words, mailer->count, sizeof(*mailer->words));
	mailer->words[mailer->count] = NULL;
	mailer->program = mailer->count ? find_program(arena, mailer->words[0]) : NULL;
	if (mailer->program)
		return mailer;
	errno = ENOENT;
	trouble(DOING_RUN, mailer->count ? mailer->words[0] : command);
	return NULL;
}

/* --- sending ----------------------------------------------------------------------------------------------------- */

/* A mailer that runs. */
struct job {
	pid_t pid; /* 0: none */
	const struct letter *letter;
	FILE *said;
};

struct sending {
	const struct mailer *mailer;
	struct journal *journal;
	struct job jobs[JOBS_MOST];
	size_t running, sent, failed, open, same, done, all;
	bool broken; /* the journal cannot be written: nothing more is begun */
	bool shows;  /* progress, on a terminal */
};

/* Returns the error, or 0. */
static int start(const struct sending *sending, struct job *job)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t signals;
	job->said = tmpfile();
	if (!job->said)
		return errno;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, job->letter->path.ptr, O_RDONLY | O_NOFOLLOW, 0);
	posix_spawn_file_actions_adddup2(&actions, fileno(job->said), 1);
	posix_spawn_file_actions_adddup2(&actions, fileno(job->said), 2);
	/* What evcal ignores is as it was for others. */
	sigemptyset(&signals);
	sigaddset(&signals, SIGPIPE);
	sigaddset(&signals, SIGXFSZ);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigdefault(&attributes, &signals);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
	int error = posix_spawn(
		&job->pid, sending->mailer->program, &actions, &attributes, sending->mailer->words, environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	if (error) {
		fclose(job->said);
		job->pid = 0;
	}
	return error;
}

static void tell_failed(const struct job *job, int status)
{
	char line[256] = "";
	rewind(job->said);
	if (!fgets(line, sizeof(line), job->said))
		line[0] = 0;
	line[strcspn(line, "\r\n")] = 0;
	if (WIFSIGNALED(status))
		tell(LOCAL("%.*s: signal %d ended the mailer, so nobody knows if the mail went out; \"--resend\" sends "
			   "it again",
			     "%.*s: signaal %d stopte het mailprogramma, dus of de mail weg is, weet niemand; "
			     "\"--resend\" stuurt "
			     "die nog eens"),
			STR_ARG(job->letter->address), WTERMSIG(status));
	else
		tell(LOCAL("%.*s: the mailer ended with status %d%s%s",
			     "%.*s: het mailprogramma stopte met status %d%s%s"),
			STR_ARG(job->letter->address), WEXITSTATUS(status), *line ? ": " : "", line);
}

/* Waits for one of the mailers. */
static void finish(struct sending *sending)
{
	int status;
	pid_t pid = waitpid(-1, &status, 0);
	for (size_t i = 0; pid > 0 && i < JOBS_MOST; i++) {
		struct job *job = &sending->jobs[i];
		if (job->pid != pid)
			continue;
		const struct letter *letter = job->letter;
		bool good = WIFEXITED(status) && !WEXITSTATUS(status);
		if (!good)
			tell_failed(job, status);
		sending->sent += good;
		sending->failed += !good;
		if (WIFEXITED(status))
			sending->broken |= !journal_note(sending->journal, good ? JOURNAL_SENT : JOURNAL_FAILED,
				letter->method, letter->key, letter->message);
		fclose(job->said);
		job->pid = 0;
		sending->running--;
		sending->done++;
		if (sending->shows)
			fprintf(stderr, "\r%zu/%zu", sending->done, sending->all);
	}
}

static void begin(struct sending *sending, const struct letter *letter)
{
	size_t at = 0;
	while (sending->jobs[at].pid)
		at++;
	sending->jobs[at].letter = letter;
	if (!journal_note(sending->journal, JOURNAL_BEGUN, letter->method, letter->key, letter->message)) {
		sending->broken = true;
		return;
	}
	errno = start(sending, &sending->jobs[at]);
	if (!errno) {
		sending->running++;
		return;
	}
	trouble(DOING_RUN, sending->mailer->program);
	sending->failed++;
	sending->broken |=
		!journal_note(sending->journal, JOURNAL_FAILED, letter->method, letter->key, letter->message);
}

/* True if a mail is to be sent in this run. */
static bool is_due(struct sending *sending, const struct letter *letter, bool resend)
{
	const struct journal_entry *last = journal_find(sending->journal, letter->key);
	if (last && last->state == JOURNAL_BEGUN && !resend) {
		tell(LOCAL("%.*s: a mail was begun on %.*s, and nobody knows if it went out; \"--resend\" sends it "
			   "again",
			     "%.*s: op %.*s is een mail begonnen, en of die weg is, weet niemand; \"--resend\" stuurt "
			     "die nog "
			     "eens"),
			STR_ARG(letter->address), STR_ARG(last->time));
		sending->open++;
		return false;
	}
	if (resend)
		return last && last->state == JOURNAL_BEGUN;
	bool same = last && last->state == JOURNAL_SENT && message_alike(last->message, letter->message);
	sending->same += same;
	return !same;
}

static void pause_for(int64_t seconds)
{
	struct timespec rest = {.tv_sec = (time_t)seconds};
	while (seconds && nanosleep(&rest, &rest) && errno == EINTR)
		continue;
}

enum exit_status send_letters(const struct mailer *mailer, struct journal *journal, const struct letters *letters,
	const struct options *options)
{
	struct sending sending = {
		.mailer = mailer, .journal = journal, .shows = isatty(STDERR_FILENO) && !options->quiet};
	size_t jobs = options->jobs ? strtoul(options->jobs, NULL, 10) : 1;
	struct arena scratch = {0};
	const struct letter **due = arena_alloc(&scratch, letters->count * sizeof(*due));
	for (size_t i = 0; i < letters->count; i++)
		if (is_due(&sending, &letters->items[i], options->resend))
			due[sending.all++] = &letters->items[i];
	for (size_t i = 0; i < sending.all && !sending.broken; i++) {
		if (i)
			pause_for(options->delay);
		while (sending.running >= (jobs && jobs < JOBS_MOST ? jobs : 1))
			finish(&sending);
		begin(&sending, due[i]);
	}
	while (sending.running)
		finish(&sending);
	if (sending.shows && sending.done)
		fputc('\n', stderr);
	if (!options->quiet)
		tell(LOCAL("%zu sent, %zu as before, %zu not sent",
			     "%zu verstuurd, %zu als eerder, %zu niet verstuurd"),
			sending.sent, sending.same, sending.failed + sending.open);
	arena_free(&scratch);
	return sending.failed || sending.open || sending.broken ? EXIT_TROUBLE : EXIT_DONE;
}
