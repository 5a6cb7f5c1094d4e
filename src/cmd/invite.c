#include "cmd/invite.h"

#include "cmd/given_day.h"
#include "cmd/invite_name.h"
#include "cmd/invite_slip.h"
#include "cmd/invite_status.h"
#include "cmd/known.h"
#include "cmd/send.h"
#include "decode/revisions.h"
#include "ical/invite.h"
#include "mail/message.h"
#include "decode/attendees.h"
#include "publish/transaction.h"
#include "input/encoding.h"
#include "report/escape.h"
#include "report/output.h"
#include "report/trouble.h"
#include "session/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

const struct keyword invite_formats[] = {
	[INVITE_ICS] = {"ics", W("calendar files", "agendabestanden")},
	[INVITE_EML] = {"eml", W("mail messages, for sendmail -t", "mails, voor sendmail -t")},
	[INVITE_TABLE] = {"table", W("of --status: for people", "van --status: voor mensen")},
	[INVITE_JSON] = {"json", W("of --status: for programs", "van --status: voor programma's")},
	[INVITE_CSV] = {"csv", W("of --status: for a spreadsheet", "van --status: voor een rekenblad")},
	{NULL, W(NULL, NULL)},
};

/* Bytes of a list; dates that are named; bytes of a mail that was written before. */
enum { CSV_MOST = 16 << 20, DATES_SHOWN = 10, MAIL_MOST = 64 << 20 };

/* What one run of invite works on. */
struct inviting {
	struct loaded *loaded;
	const struct options *options;
	struct attendees attendees;
	struct files files;
	size_t *chosen; /* indexes in the calendar: the event, and behind it one for each rdate */
	size_t chosen_count;
	const struct occurrence *date; /* of --date, or NULL */
	/* Of --send, else empty. */
	const struct mailer *mailer;
	struct journal journal;
	struct letters letters;
	int64_t clock; /* when mails are dated; SOURCE_DATE_EPOCH would make them look old to gateways */
};

static bool is_by_mail(const struct options *options)
{
	return options->format == INVITE_EML || options->send;
}

static const char *directory_of(const struct options *options)
{
	return options->output ? options->output : "invites";
}

static const struct schedule *schedule_at(const struct inviting *inviting, size_t index)
{
	return inviting->loaded->calendar.schedules[index];
}

/* The event of an id, and those of its rdates; else says that there is none, with the nearest. */
static bool choose(struct inviting *inviting, const char *id)
{
	const struct calendar *calendar = &inviting->loaded->calendar;
	const struct schedule *found = NULL;
	if (!known_word(calendar, VALUE_EVENT, id)) {
		usage_try("list --format=id");
		return false;
	}
	inviting->chosen = arena_alloc(&inviting->loaded->arena, calendar->schedule_count * sizeof(*inviting->chosen));
	for (size_t i = 0; i < calendar->schedule_count; i++) {
		const struct schedule *schedule = calendar->schedules[i];
		if (str_equal(schedule->id, str_from(id)))
			found = schedule;
		if (found && (schedule == found || schedule->rdate_of == found))
			inviting->chosen[inviting->chosen_count++] = i;
	}
	return true;
}

/* True if subscribers see the event; else it invites nobody, and a message has said what to do. */
static bool is_invited_to(const struct inviting *inviting)
{
	const struct schedule *schedule = schedule_at(inviting, inviting->chosen[0]);
	if (schedule_is_published(schedule))
		return true;
	bool draft = event_draft(schedule->event);
	tell("%.*s %s", STR_ARG(schedule->id),
		draft ? LOCAL("is a draft, and nobody is invited to one; take \"draft: true\" out first",
				"is een concept, en daar wordt niemand voor uitgenodigd; haal eerst \"draft: true\" "
				"weg")
		      : LOCAL("has only a month, and nobody is invited to that; give \"start\" its day first",
				"heeft alleen een maand, en daar wordt niemand voor uitgenodigd; geef \"start\" eerst "
				"een "
				"dag"));
	return false;
}

/* Finds the occurrence of --date. False: there is none, and a message has said on which dates it is. */
static bool find_date(struct inviting *inviting)
{
	struct loaded *loaded = inviting->loaded;
	const struct schedule *schedule = schedule_at(inviting, inviting->chosen[0]);
	struct date day;
	if (!inviting->options->date)
		return true;
	if (!given_day(loaded, "date", inviting->options->date, &day))
		return false;
	struct buffer dates = {0};
	size_t shown = 0;
	for (size_t i = 0; schedule->recurring && i < schedule->recurring->occurrences.count; i++) {
		const struct occurrence *occurrence = &schedule->recurring->occurrences.items[i];
		if (occurrence->excluded)
			continue;
		if (date_days(occurrence->id.date) == date_days(day) ||
			date_days(occurrence->start.date) == date_days(day))
			inviting->date = occurrence;
		if (shown++ < DATES_SHOWN)
			buffer_format(&dates, "%s%.*s", shown > 1 ? ", " : "",
				STR_ARG(date_format(&loaded->arena, occurrence->id.date)));
	}
	if (!inviting->date && schedule->recurring)
		tell(LOCAL("%.*s is not on %s; its dates are %.*s%s", "%.*s is niet op %s; de datums zijn %.*s%s"),
			STR_ARG(schedule->id), inviting->options->date, STR_ARG(buffer_str(&dates)),
			shown > DATES_SHOWN ? ", …" : "");
	else if (!inviting->date)
		tell(LOCAL("%.*s does not recur, so --date has nothing to choose from",
			     "%.*s herhaalt zich niet, dus met --date valt er niets te kiezen"),
			STR_ARG(schedule->id));
	else if (!inviting->date->own || !event_cancelled(inviting->date->own->event)) {
		buffer_free(&dates);
		return true;
	} else
		tell(LOCAL("that date of %.*s is cancelled", "die datum van %.*s is geannuleerd"),
			STR_ARG(schedule->id));
	buffer_free(&dates);
	return false;
}

/* --- people ------------------------------------------------------------------------------------------------------ */

static bool read_csv(struct inviting *inviting, const char *path)
{
	struct loaded *loaded = inviting->loaded;
	struct str bytes = STR("");
	bool from_stdin = !strcmp(path, "-");
	const char *name = from_stdin ? "<stdin>" : path;
	enum read_status status = source_read(&loaded->arena, from_stdin ? NULL : path, CSV_MOST, &bytes);
	if (status == READ_FAILED)
		return trouble(DOING_READ, name);
	uint32_t source = source_add(&loaded->sources, str_from(name), encoding_decode(&loaded->arena, bytes));
	if (status == READ_TOO_LARGE)
		finding_add(&loaded->findings, MSG_TOO_LARGE_FILE, (struct span){source, 0, 0}, WORDS(STR("16")));
	else
		attendees_read_csv(&inviting->attendees, &loaded->findings, source);
	return true;
}

static void read_word(struct inviting *inviting, const char *word)
{
	struct loaded *loaded = inviting->loaded;
	struct str bytes = encoding_decode(&loaded->arena, str_from(word));
	uint32_t source = source_add(&loaded->sources, STR("--to"), bytes);
	attendees_read_word(&inviting->attendees, &loaded->findings, source);
}

/* That an event, or the date that people are invited to, is over. */
static void find_past(const struct inviting *inviting)
{
	struct loaded *loaded = inviting->loaded;
	const struct schedule *schedule = schedule_at(inviting, inviting->chosen[inviting->chosen_count - 1]);
	const struct schedule *first = schedule_at(inviting, inviting->chosen[0]);
	int64_t ends = date_days(schedule->ends), other = date_days(first->ends);
	if (other > ends)
		ends = other;
	if (inviting->date)
		ends = date_days(inviting->date->end.date) + !first->timing.all_day;
	if (ends <= date_days(loaded->calendar.today) && !inviting->options->cancel)
		finding_add(&loaded->findings, MSG_PAST_EVENT, first->id_span,
			WORDS(date_format(&loaded->arena, date_from_days(ends - 1))));
}

/* Who said no and has a file of an invitation. */
static void find_declined(const struct inviting *inviting)
{
	struct loaded *loaded = inviting->loaded;
	const struct attendees *attendees = &inviting->attendees;
	struct str id = schedule_at(inviting, inviting->chosen[0])->id;
	struct stat status;
	for (size_t i = 0; i < attendees->declined_count; i++) {
		struct str address = attendees->declined[i].email.str;
		struct str stem = str_format(&loaded->arena, "%s/%.*s/%.*s", directory_of(inviting->options),
			STR_ARG(id), STR_ARG(invite_name(&loaded->arena, address)));
		if (!stat(str_format(&loaded->arena, "%.*s.ics", STR_ARG(stem)).ptr, &status) ||
			!stat(str_format(&loaded->arena, "%.*s.eml", STR_ARG(stem)).ptr, &status))
			finding_add(&loaded->findings, MSG_INVITED_BEFORE, attendees->declined[i].email.at.span,
				WORDS(address, id));
	}
}

static bool read_people(struct inviting *inviting)
{
	const struct options *options = inviting->options;
	const struct schedule *schedule = schedule_at(inviting, inviting->chosen[0]);
	inviting->attendees.organizer = schedule->event->organizer->email.str;
	finding_begin(&inviting->loaded->findings, schedule->id);
	for (size_t i = 0; i < options->attendees.count; i++)
		if (!read_csv(inviting, options->attendees.items[i]))
			return false;
	for (size_t i = 0; i < options->to.count; i++)
		read_word(inviting, options->to.items[i]);
	if (invites_people(options)) {
		find_past(inviting);
		find_declined(inviting);
	}
	finding_end(&inviting->loaded->findings);
	return true;
}

/* --- writing ----------------------------------------------------------------------------------------------------- */

/* The mail that brings a calendar file to a person. */
static void print_mail(struct buffer *out, const struct inviting *inviting, const struct event *event,
	const struct invitation *invitation, const struct attendee *attendee, struct str calendar, struct str id,
	bool changes)
{
	struct arena *arena = &inviting->loaded->arena;
	const struct person *organizer = event->organizer;
	struct str subject = str_format(
		arena, "%.*s%.*s", STR_ARG(changes ? invitation->changed : STR("")), STR_ARG(invitation->subject));
	struct mail message = {
		.from_name = organizer->name.str,
		.from_address = organizer->email.str,
		.to_name = at_valid(&attendee->name.at) ? attendee->name.str : STR(""),
		.to_address = attendee->email.str,
		.subject = subject,
		.date = inviting->clock,
		.id = id,
		.method = invitation_method(invitation),
		.text = invitation->text,
		.html = invitation->html,
		.calendar = calendar,
	};
	message_print(out, arena, &message);
}

/* The calendar holds the person and the method. */
static struct str id_of(
	const struct inviting *inviting, struct arena *arena, const struct invitation *invitation, struct str calendar)
{
	struct str content = str_format(arena, "%.*s\n%.*s\n%.*s", STR_ARG(invitation->subject),
		STR_ARG(invitation->text), STR_ARG(invitation_content(arena, invitation, calendar)));
	return message_id(arena, content, invitation->sequence, inviting->loaded->calendar.domain.str);
}

/* What the journal calls a mail. */
static struct str key_of(struct str path)
{
	return str_part(path, 0, path.len - (sizeof(".eml") - 1));
}

static void add_letter(struct inviting *inviting, struct str path, struct str id, const struct invitation *invitation,
	const struct attendee *attendee)
{
	struct arena *arena = &inviting->loaded->arena;
	struct letters *letters = &inviting->letters;
	letters->items = arena_grow(arena, letters->items, letters->count, sizeof(*letters->items));
	letters->items[letters->count++] = (struct letter){
		.key = str_copy(arena, key_of(path)),
		.message = str_copy(arena, id),
		.method = invitation_method(invitation),
		.path = str_format(arena, "%s/%.*s", directory_of(inviting->options), STR_ARG(path)),
		.address = attendee->email.str,
	};
}

/* Each person's file for one message about one event. */
static bool add_messages(struct inviting *inviting, struct transaction *transaction, const struct schedule *schedule,
	const struct invitation *invitation)
{
	bool by_mail = is_by_mail(inviting->options), good = true;
	struct buffer calendar = {0}, mail = {0}, held = {0};
	for (size_t i = 0; good && i < inviting->attendees.count; i++) {
		const struct attendee *attendee = &inviting->attendees.items[i];
		/* What is needed for one person only goes with them. */
		struct arena arena = {0};
		struct str name = at_valid(&attendee->name.at) ? attendee->name.str : STR("");
		struct str path = str_format(&arena, "%.*s/%.*s%.*s.%s", STR_ARG(schedule->id),
			STR_ARG(invite_name(&arena, attendee->email.str)), STR_ARG(invitation->suffix),
			by_mail ? "eml" : "ics");
		calendar.len = mail.len = held.len = 0;
		invitation_add(&calendar, &arena, invitation, name, attendee->email.str, attendee->optional);
		struct str id = by_mail ? id_of(inviting, &arena, invitation, buffer_str(&calendar)) : STR("");
		/* What cannot be read is nothing that evcal wrote: transaction_add() says so. */
		bool before = by_mail && transaction_read(transaction, path, MAIL_MOST, &held);
		bool same = before && message_has(buffer_str(&held), id);
		if (inviting->options->send) {
			const struct journal_entry *last = journal_find(&inviting->journal, key_of(path));
			before = last && last->arrived && str_equal(last->method, invitation_method(invitation));
			same &= last && message_alike(last->message, id);
		}
		if (by_mail && !same)
			print_mail(&mail, inviting, schedule->event, invitation, attendee, buffer_str(&calendar), id,
				before);
		good = transaction_add(transaction, path, buffer_str(same ? &held : by_mail ? &mail : &calendar));
		if (inviting->options->send)
			add_letter(inviting, path, id, invitation, attendee);
		arena_free(&arena);
	}
	buffer_free(&calendar);
	buffer_free(&mail);
	buffer_free(&held);
	return good;
}

static bool add_event(struct inviting *inviting, struct transaction *transaction, size_t index)
{
	struct loaded *loaded = inviting->loaded;
	const struct schedule *schedule = schedule_at(inviting, index);
	struct revision *revision = map_get(&loaded->revisions.by_uid, schedule->uid);
	enum form form = event_cancelled(schedule->event) ? FORM_CANCEL
			 : inviting->options->cancel      ? FORM_WITHDRAW
							  : FORM_REQUEST;
	struct invitations all =
		inviting->date
			? invitations_make_one(&inviting->files, index, revision, form, inviting->date)
			: invitations_make(&inviting->files, index, revision, form, is_by_mail(inviting->options));
	for (size_t i = 0; i < all.count; i++)
		if (!add_messages(inviting, transaction, schedule, &all.items[i]))
			return false;
	return true;
}

/* What a withdrawal, and an invitation after one, changes in the revisions; with --locked that is a finding. */
static void note_messages(const struct inviting *inviting)
{
	struct loaded *loaded = inviting->loaded;
	bool cancel = inviting->options->cancel;
	enum message message = cancel ? MSG_REVISIONS_OUTDATED_WITHDRAW : MSG_REVISIONS_OUTDATED_REQUEST;
	for (size_t i = 0; i < inviting->chosen_count; i++) {
		const struct schedule *schedule = schedule_at(inviting, inviting->chosen[i]);
		struct revision *revision = map_get(&loaded->revisions.by_uid, schedule->uid);
		if (event_cancelled(schedule->event))
			continue;
		bool changed =
			cancel ? revision_withdraw(revision, loaded->now) : revision_request(revision, loaded->now);
		if (changed && inviting->options->locked)
			finding_add(&loaded->findings, message, schedule->id_span, WORDS(schedule->id));
	}
	findings_sort(&loaded->findings);
}

/* Whoever sends them reads this; context: the folder. */
static void print_path(void *context, struct str path, enum fate fate)
{
	if (fate != FATE_NEW && fate != FATE_CHANGED)
		return;
	struct buffer out = {0};
	escape_add(&out, str_from(context));
	printf("%.*s/%.*s\n", STR_ARG(buffer_str(&out)), STR_ARG(path));
	buffer_free(&out);
}

/*
 * Whether the folder's memory is the one of what was sent before; another checkout has none, and would send all of it
 * again. Remembers that there are invitations.
 */
static bool may_send(struct inviting *inviting)
{
	struct loaded *loaded = inviting->loaded;
	const struct options *options = inviting->options;
	if (!journal_open(&inviting->journal, &loaded->arena, directory_of(options), false))
		return false;
	for (size_t i = 0; i < inviting->chosen_count; i++) {
		const struct schedule *schedule = schedule_at(inviting, inviting->chosen[i]);
		struct revision *revision = map_get(&loaded->revisions.by_uid, schedule->uid);
		if (revision->invited.year && !inviting->journal.existed && !options->new_journal) {
			tell(LOCAL("invitations to %.*s were sent before, and %s does not know to whom, so nothing is "
				   "sent: send "
				   "from the folder that does, or begin anew with --new-journal",
				     "voor %.*s zijn al uitnodigingen verstuurd, en %s weet niet aan wie, dus er wordt "
				     "niets "
				     "verstuurd: verstuur vanuit de map die dat wel weet, of begin opnieuw met "
				     "--new-journal"),
				STR_ARG(schedule->id), inviting->journal.path);
			return false;
		}
		if (revision->invited.year)
			continue;
		revision->invited = loaded->calendar.today;
		revision->invites = true;
	}
	return true;
}

static enum exit_status send_written(struct inviting *inviting)
{
	struct loaded *loaded = inviting->loaded;
	/* Others may export while mails go out. */
	if (loaded->lock >= 0)
		close(loaded->lock);
	loaded->lock = -1;
	if (!journal_open(&inviting->journal, &loaded->arena, directory_of(inviting->options), true))
		return EXIT_TROUBLE;
	enum exit_status status =
		send_letters(inviting->mailer, &inviting->journal, &inviting->letters, inviting->options);
	journal_close(&inviting->journal);
	return status;
}

static enum exit_status write_invites(struct inviting *inviting)
{
	struct loaded *loaded = inviting->loaded;
	const struct options *options = inviting->options;
	const char *directory = directory_of(options);
	struct transaction_options how = {.file_mode = 0600, .folder_mode = 0700, .personal = true};
	enum exit_status status = EXIT_TROUBLE;
	struct transaction *transaction = transaction_open(&loaded->arena, directory, how);
	if (!transaction)
		return EXIT_TROUBLE;
	if (options->send && !may_send(inviting))
		goto out;
	for (size_t i = 0; i < (inviting->date ? 1 : inviting->chosen_count); i++)
		if (!add_event(inviting, transaction, inviting->chosen[i]))
			goto out;
	if (!revisions_save(loaded, options) || !transaction_commit(transaction))
		goto out;
	if (options->send) {
		status = send_written(inviting);
		goto out;
	}
	transaction_each(transaction, print_path, (void *)directory);
	fflush(stdout);
	if (!options->quiet)
		print_written(transaction, directory, noun_invitation, inviting->attendees.count);
	status = flush_output() ? EXIT_DONE : EXIT_TROUBLE;
out:
	transaction_close(transaction);
	return status;
}

/* Without people: the file that anybody may have, on standard output. */
static enum exit_status print_published(const struct inviting *inviting)
{
	struct pieces text = {0};
	if (!revisions_save(inviting->loaded, inviting->options))
		return EXIT_TROUBLE;
	files_event(&inviting->files, inviting->chosen[0], &text);
	print_pieces(&text);
	pieces_free(&text);
	if (!flush_output())
		return EXIT_TROUBLE;
	for (size_t i = 1; i < inviting->chosen_count && !inviting->options->quiet; i++) {
		struct str id = schedule_at(inviting, inviting->chosen[i])->id;
		fprintf(stderr,
			LOCAL("its extra date is an event of its own: evcal invite %.*s\n",
				"de extra datum is een eigen activiteit: evcal invite %.*s\n"),
			STR_ARG(id));
	}
	return EXIT_DONE;
}

/* The messages or the file, of a calendar and people that have passed all checks. */
static enum exit_status write_event(struct inviting *inviting)
{
	struct loaded *loaded = inviting->loaded;
	const struct options *options = inviting->options;
	inviting->files = files_make(&loaded->arena, &loaded->calendar);
	bool good = revise(loaded, &inviting->files, options);
	bool people = invites_people(options);
	if (!good)
		add_outdated(loaded);
	else if (people)
		note_messages(inviting);
	if (!passes(loaded, options))
		return EXIT_FINDINGS;
	return people ? write_invites(inviting) : print_published(inviting);
}

/*
 * Leaves out the findings of other events, which nobody asked about. False: some of them stop it all the same, and a
 * line has said how many.
 */
static bool keep_own(const struct inviting *inviting)
{
	struct findings *findings = &inviting->loaded->findings;
	struct str id = str_from(inviting->options->operands.items[0]);
	struct finding *others = arena_alloc(&inviting->loaded->arena, findings->count * sizeof(*others));
	struct loaded rest = {.findings = *findings};
	size_t kept = 0, count = 0;
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->items[i];
		if (!finding->event.len || str_starts(id, finding->event))
			findings->items[kept++] = *finding;
		else
			others[count++] = *finding;
	}
	findings->count = kept;
	rest.findings.items = others;
	rest.findings.count = count;
	size_t errors = findings_tally(&rest.findings).errors;
	size_t stopping = must_fail(&rest.findings, inviting->options) ? (errors ? errors : count) : 0;
	static const struct noun error = NOUN("error", "errors", "fout", "fouten");
	if (stopping)
		tell(LOCAL("other events have %s, so nothing is written; \"evcal validate\" shows them",
			     "in andere activiteiten zit %s, dus er wordt niets geschreven; \"evcal validate\" toont "
			     "ze"),
			noun_count(&inviting->loaded->arena, stopping, error));
	return !stopping;
}

static enum exit_status invite(struct inviting *inviting)
{
	struct loaded *loaded = inviting->loaded;
	if (!keep_own(inviting)) {
		show_findings(stderr, &loaded->findings, inviting->options);
		return EXIT_FINDINGS;
	}
	if (!findings_tally(&loaded->findings).errors) {
		if (!choose(inviting, inviting->options->operands.items[0]))
			return EXIT_USAGE;
		if (!is_invited_to(inviting) || !find_date(inviting))
			return EXIT_USAGE;
		if (!read_people(inviting))
			return EXIT_TROUBLE;
	}
	if (!findings_tally(&loaded->findings).errors)
		return write_event(inviting);
	findings_sort(&loaded->findings);
	passes(loaded, inviting->options);
	return EXIT_FINDINGS;
}

enum exit_status cmd_invite(const struct options *options)
{
	struct loaded loaded;
	struct arena mailing = {0};
	struct inviting inviting = {.loaded = &loaded, .options = options, .clock = time(NULL)};
	const char *wrong = invite_slip(options);
	if (wrong) {
		fprintf(stderr, "evcal: %s\n", wrong);
		usage_try("help invite");
		return EXIT_USAGE;
	}
	if (options->status)
		return invite_status(options);
	if (options->send) {
		const char *command = options->mailer ? options->mailer : getenv("EVCAL_MAILER");
		inviting.mailer = mailer_find(&mailing, command && *command ? command : "sendmail -t");
		if (!inviting.mailer) {
			arena_free(&mailing);
			return EXIT_TROUBLE;
		}
	}
	enum exit_status status = load_to_write(&loaded, options) ? invite(&inviting) : EXIT_TROUBLE;
	loaded_free(&loaded);
	arena_free(&mailing);
	return status;
}
