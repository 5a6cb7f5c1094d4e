#include "cmd/invite.h"

#include "cmd/known.h"
#include "decode/revisions.h"
#include "ical/invite.h"
#include "mail/message.h"
#include "decode/attendees.h"
#include "publish/transaction.h"
#include "input/encoding.h"
#include "report/output.h"
#include "report/trouble.h"
#include "session/session.h"

#include <string.h>

enum invite_format { INVITE_ICS, INVITE_EML };

const struct keyword invite_formats[] = {
	[INVITE_ICS] = {"ics", W("calendar files", "agendabestanden")},
	[INVITE_EML] = {"eml", W("mail messages, for sendmail -t", "mails, voor sendmail -t")},
	{NULL, W(NULL, NULL)},
};

enum { CSV_MOST = 16 << 20 };

/* What one run of invite works on. */
struct inviting {
	struct loaded *loaded;
	const struct options *options;
	struct attendees attendees;
	struct files files;
	size_t *chosen; /* indexes in the calendar: the event, and behind it one for each rdate */
	size_t chosen_count;
};

static bool has_people(const struct options *options)
{
	return options->attendees.count || options->to.count;
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

/* --- people ------------------------------------------------------------------------------------------------------ */

static bool read_csv(struct inviting *inviting, const char *path)
{
	struct loaded *loaded = inviting->loaded;
	struct str octets = STR("");
	bool from_stdin = !strcmp(path, "-");
	const char *name = from_stdin ? "<stdin>" : path;
	enum read_status status = source_read(&loaded->arena, from_stdin ? NULL : path, CSV_MOST, &octets);
	if (status == READ_FAILED)
		return trouble(DOING_READ, name);
	uint32_t source = source_add(&loaded->sources, str_from(name), encoding_decode(&loaded->arena, octets));
	if (status == READ_TOO_LARGE)
		finding_add(&loaded->findings, MSG_TOO_LARGE_FILE, (struct span){source, 0, 0}, WORDS(STR("16")));
	else
		attendees_read_csv(&inviting->attendees, &loaded->findings, source);
	return true;
}

static void read_word(struct inviting *inviting, const char *word)
{
	struct loaded *loaded = inviting->loaded;
	struct str octets = encoding_decode(&loaded->arena, str_from(word));
	uint32_t source = source_add(&loaded->sources, STR("--to"), octets);
	attendees_read_word(&inviting->attendees, &loaded->findings, source);
}

static bool read_people(struct inviting *inviting)
{
	const struct options *options = inviting->options;
	const struct schedule *schedule = schedule_at(inviting, inviting->chosen[0]);
	inviting->attendees.organizer = schedule->event->organizer.email.str;
	finding_begin(&inviting->loaded->findings, schedule->id);
	for (size_t i = 0; i < options->attendees.count; i++)
		if (!read_csv(inviting, options->attendees.items[i]))
			return false;
	for (size_t i = 0; i < options->to.count; i++)
		read_word(inviting, options->to.items[i]);
	finding_end(&inviting->loaded->findings);
	return true;
}

/* --- writing ----------------------------------------------------------------------------------------------------- */

/* A name takes 255 octets, some of which are for what stands behind the address. */
enum { NAME_MOST = 200 };

/*
 * An address as the name of a file: what is not a letter, a digit or one of a few marks, percent-encoded. Of one that
 * gets too long, the beginning and a digest of the whole; "~" stands in no other name.
 */
static struct str file_name(struct arena *arena, struct str address)
{
	struct buffer out = {0};
	size_t most = NAME_MOST - 1 - sizeof(struct digest), begin = 0;
	for (size_t i = 0; i < address.len; i++) {
		char c = ascii_lower(address.ptr[i]);
		bool plain =
			(c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c && strchr("@-_", c)) || (c == '.' && i);
		if (plain)
			buffer_byte(&out, address.ptr[i]);
		else
			buffer_format(&out, "%%%02X", (unsigned char)address.ptr[i]);
		if (out.len <= most)
			begin = out.len;
	}
	struct str name = out.len <= NAME_MOST
				  ? str_copy(arena, buffer_str(&out))
				  : str_format(arena, "%.*s~%s", (int)begin, out.ptr, digest_of(address).hex);
	buffer_free(&out);
	return name;
}

/* The mail that brings a calendar file to a person. */
static void print_mail(struct buffer *out, const struct inviting *inviting, const struct event *event,
	const struct revision *revision, const struct invitation *invitation, const struct attendee *attendee,
	struct str calendar)
{
	struct arena *arena = &inviting->loaded->arena;
	const struct person *organizer = &event->organizer;
	struct mail message = {
		.from_name = organizer->name.str,
		.from_address = organizer->email.str,
		.to_name = at_valid(&attendee->name.at) ? attendee->name.str : STR(""),
		.to_address = attendee->email.str,
		.subject = invitation->subject,
		.date = revision->modified,
		.method = invitation_method(invitation),
		.text = invitation->text,
		.calendar = calendar,
	};
	/* The calendar holds the person, the method and the sequence. */
	struct str seed = str_format(arena, "%.*s\n%.*s\n%.*s", STR_ARG(invitation->subject), STR_ARG(invitation->text),
		STR_ARG(message.calendar));
	message.id = message_id(arena, seed, inviting->loaded->calendar.domain.str);
	message_print(out, arena, &message);
}

/* Each person's file for one message about one event. */
static bool add_messages(const struct inviting *inviting, struct transaction *transaction,
	const struct schedule *schedule, const struct revision *revision, const struct invitation *invitation)
{
	bool by_mail = inviting->options->format == INVITE_EML, good = true;
	struct buffer calendar = {0}, mail = {0};
	for (size_t i = 0; good && i < inviting->attendees.count; i++) {
		const struct attendee *attendee = &inviting->attendees.items[i];
		/* What is needed for one person only goes with them. */
		struct arena arena = {0};
		struct str name = at_valid(&attendee->name.at) ? attendee->name.str : STR("");
		struct str path = str_format(&arena, "%.*s/%.*s%.*s.%s", STR_ARG(schedule->id),
			STR_ARG(file_name(&arena, attendee->email.str)), STR_ARG(invitation->suffix),
			by_mail ? "eml" : "ics");
		calendar.len = mail.len = 0;
		invitation_add(&calendar, &arena, invitation, name, attendee->email.str, attendee->optional);
		if (by_mail)
			print_mail(&mail, inviting, schedule->event, revision, invitation, attendee,
				buffer_str(&calendar));
		good = transaction_add(transaction, path, buffer_str(by_mail ? &mail : &calendar));
		arena_free(&arena);
	}
	buffer_free(&calendar);
	buffer_free(&mail);
	return good;
}

static bool add_event(const struct inviting *inviting, struct transaction *transaction, size_t index)
{
	struct loaded *loaded = inviting->loaded;
	const struct schedule *schedule = schedule_at(inviting, index);
	struct revision *revision = map_get(&loaded->revisions.by_uid, schedule->uid);
	enum form form = event_cancelled(schedule->event) ? FORM_CANCEL
			 : inviting->options->cancel      ? FORM_WITHDRAW
							  : FORM_REQUEST;
	struct invitations all =
		invitations_make(&inviting->files, index, revision, form, inviting->options->format == INVITE_EML);
	for (size_t i = 0; i < all.count; i++)
		if (!add_messages(inviting, transaction, schedule, revision, &all.items[i]))
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

static enum exit_status write_invites(const struct inviting *inviting)
{
	struct loaded *loaded = inviting->loaded;
	const struct options *options = inviting->options;
	const char *directory = options->output ? options->output : "invites";
	struct transaction_options how = {.file_mode = 0600, .folder_mode = 0700, .personal = true};
	enum exit_status status = EXIT_TROUBLE;
	struct transaction *transaction = transaction_open(&loaded->arena, directory, how);
	if (!transaction)
		return EXIT_TROUBLE;
	for (size_t i = 0; i < inviting->chosen_count; i++)
		if (!add_event(inviting, transaction, inviting->chosen[i]))
			goto out;
	if (!revisions_save(loaded, options) || !transaction_commit(transaction))
		goto out;
	if (!options->quiet)
		print_written(transaction, directory, noun_invitation, inviting->attendees.count);
	status = EXIT_DONE;
out:
	transaction_close(transaction);
	return status;
}

/* Without people: the file that anybody may have, on standard output. */
static enum exit_status print_published(const struct inviting *inviting)
{
	struct buffer text = {0};
	if (!revisions_save(inviting->loaded, inviting->options))
		return EXIT_TROUBLE;
	files_event(&inviting->files, inviting->chosen[0], &text);
	print_output(buffer_str(&text));
	buffer_free(&text);
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
	bool people = has_people(options);
	if (!good)
		add_outdated(loaded);
	else if (people)
		note_messages(inviting);
	if (!passes(loaded, options))
		return EXIT_FINDINGS;
	return people ? write_invites(inviting) : print_published(inviting);
}

static enum exit_status invite(struct inviting *inviting)
{
	struct loaded *loaded = inviting->loaded;
	if (!findings_tally(&loaded->findings).errors) {
		if (!choose(inviting, inviting->options->operands.items[0]))
			return EXIT_USAGE;
		if (!is_invited_to(inviting))
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

/* What the words of the command line have wrong by themselves; NULL: nothing. */
static const char *slip(const struct options *options)
{
	bool people = has_people(options), to_stdout = options->output && !strcmp(options->output, "-");
	if (!options->operands.count)
		return LOCAL("invite needs the id of an event; \"evcal list --format=id\" shows them",
			"invite heeft het id van een activiteit nodig; \"evcal list --format=id\" toont ze");
	if (options->cancel && !people)
		return LOCAL("--cancel needs the people whose invitation is withdrawn: --attendees or --to",
			"--cancel moet weten van wie de uitnodiging wordt ingetrokken: --attendees of --to");
	if (options->format == INVITE_EML && !people)
		return LOCAL("--format=eml needs the people to write to: --attendees or --to",
			"--format=eml moet weten wie de mail krijgt: --attendees of --to");
	if (to_stdout && people)
		return LOCAL("invitations are a file for each person, so -o names a folder",
			"elke persoon krijgt een eigen bestand, dus -o noemt een map");
	if (options->output && !to_stdout && !people)
		return LOCAL("without people the event's own file goes to standard output; -o is the folder of "
			     "invitations",
			"zonder genodigden gaat het bestand van de activiteit naar de standaarduitvoer; -o is de map "
			"van uitnodigingen");
	return NULL;
}

enum exit_status cmd_invite(const struct options *options)
{
	struct loaded loaded;
	struct inviting inviting = {.loaded = &loaded, .options = options};
	const char *wrong = slip(options);
	if (wrong) {
		fprintf(stderr, "evcal: %s\n", wrong);
		usage_try("help invite");
		return EXIT_USAGE;
	}
	enum exit_status status = load_to_write(&loaded, options) ? invite(&inviting) : EXIT_TROUBLE;
	loaded_free(&loaded);
	return status;
}
