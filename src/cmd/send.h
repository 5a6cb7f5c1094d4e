/* evcal invite --send: hands mails to a mailer, each once. */
#ifndef CMD_SEND_H
#define CMD_SEND_H

#include "cmd/cmd.h"
#include "publish/journal.h"

/* A mail that is written. Texts live in the arena of the run. */
struct letter {
	struct str key, message, method; /* as the journal has them */
	struct str path;                 /* of its file */
	struct str address;
};

struct letters {
	struct letter *items;
	size_t count;
};

struct mailer;

/* Parts a command into words, as --mailer says, and finds its program. NULL: a message has said what is wrong. */
struct mailer *mailer_find(struct arena *arena, const char *command);

/*
 * Sends what is new or changed, or with --resend what was begun and not ended. Whatever it could not send is named.
 * Returns EXIT_DONE or EXIT_TROUBLE.
 */
enum exit_status send_letters(const struct mailer *mailer, struct journal *journal, const struct letters *letters,
	const struct options *options);

#endif
