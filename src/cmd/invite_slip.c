#include "cmd/invite_slip.h"

#include "base/wording.h"

#include <stdlib.h>
#include <string.h>

bool invites_people(const struct options *options)
{
	return options->attendees.count || options->to.count;
}

const char *invite_slip(const struct options *options)
{
	bool people = invites_people(options), to_stdout = options->output && !strcmp(options->output, "-");
	if (!options->operands.count)
		return LOCAL("invite needs the id of an event; \"evcal list --format=id\" shows them",
			"invite heeft het id van een activiteit nodig; \"evcal list --format=id\" toont ze");
	if (options->cancel && !people)
		return LOCAL("--cancel needs the people whose invitation is withdrawn: --attendees or --to",
			"--cancel moet weten van wie de uitnodiging wordt ingetrokken: --attendees of --to");
	if (options->date && !people)
		return LOCAL("--date needs the people to invite: --attendees or --to",
			"--date moet weten wie wordt uitgenodigd: --attendees of --to");
	if (options->status &&
		(people || options->send || options->cancel || options->date || options->format == INVITE_EML))
		return LOCAL("--status shows what was sent before, and takes only -o and --format=table, json or csv",
			"--status toont wat al verstuurd is, met alleen -o en --format=table, json of csv");
	if (!options->status && options->format >= INVITE_TABLE)
		return LOCAL("--format=table, json and csv go with --status",
			"--format=table, json en csv horen bij --status");
	if (options->output && options->status)
		return NULL;
	if (options->send && !people)
		return LOCAL("--send needs the people to write to: --attendees or --to",
			"--send moet weten wie de mail krijgt: --attendees of --to");
	if (!options->send &&
		(options->mailer || options->resend || options->new_journal || options->jobs || options->delay))
		return LOCAL("--mailer, --resend, --new-journal, --jobs and --delay go with --send",
			"--mailer, --resend, --new-journal, --jobs en --delay horen bij --send");
	if (options->jobs &&
		(strspn(options->jobs, "0123456789") != strlen(options->jobs) || !strtol(options->jobs, NULL, 10)))
		return LOCAL("--jobs takes a number from 1 on", "--jobs is een getal vanaf 1");
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
