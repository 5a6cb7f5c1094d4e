#!/usr/bin/env bats
# evcal invite: who is invited, what is written where and with which mode, and what changes nothing.
# (What the files hold: readers/invites.py. What is wrong with lists of people: invalid/, unit/test_csv.c.)
bats_require_minimum_version 1.5.0

setup() {
	load helpers
	make_calendar
	cat >>events/a.yaml <<-'END'
		  - {id: extra, summary: Extra, start: 2021-03-01, rdate: [2021-03-08]}
		  - {id: off, summary: Off, start: 2021-04-01, status: cancelled}
	END
	printf 'naam;e-mail\nLid een;een@example.org\nLid twee;twee@example.org\n' >people.csv
	export SOURCE_DATE_EPOCH=1608195600
}

teardown() {
	remove_work
}

# written [FOLDER]: the files below it, one a line.
written() {
	(cd "${1:-invites}" && find . -type f ! -name .evcal ! -name .gitignore | LC_ALL=C sort)
}

# property NAME FILE: its lines.
property() {
	tr -d '\r' <"$2" | grep "^$1[;:]"
}

# untouched COMMAND...: after it all is as it was, revisions.yaml included.
untouched() {
	rm -rf before && cp -r . ../before.$$ && mv ../before.$$ before
	"$@"
	diff -r --exclude=before . before || return 1
	rm -rf before
}

@test "invite: one file for each person, 0600 in folders 0700 under any umask" {
	local mask
	for mask in 000 022 077 0777; do
		rm -rf invites
		(umask "$mask" && "$EVCAL" invite one -q --attendees=people.csv)
		[ "$(written)" = $'./one/een@example.org.ics\n./one/twee@example.org.ics' ]
		[ "$(find invites -type f -printf '%m\n' | sort -u)" = 600 ]
		[ "$(find invites -type d -printf '%m\n' | sort -u)" = 700 ]
	done
}

@test "invite: says what it wrote, and nothing with -q" {
	run_status 0 "$EVCAL" invite one --attendees=people.csv
	[ "$output" = $'invites/one/een@example.org.ics\ninvites/one/twee@example.org.ics\ninvites: 2 invitations; 2 files written, 0 unchanged, 0 removed' ]
	[ "$(<invites/.gitignore)" = "*" ]
	[ "$(stat -c %a invites/.gitignore)" = 600 ]
	run_status 0 "$EVCAL" invite one --attendees=people.csv
	[ "$output" = "invites: 2 invitations; 0 files written, 2 unchanged, 0 removed" ]
	run_status 0 "$EVCAL" invite one --to=drie@example.org
	[ "$output" = $'invites/one/drie@example.org.ics\ninvites: 1 invitation; 1 file written, 0 unchanged, 0 removed' ]
	run_status 0 "$EVCAL" invite one --attendees=people.csv -q
	[ -z "$output" ]
}

@test "invite: slips on the command line are status 2, and nothing is written" {
	slips() {
		run_status 2 "$EVCAL" invite
		has 'invite needs the id of an event'
		run_status 2 "$EVCAL" invite on --to=a@example.org
		has 'there is no event "on"; did you mean "one"?'
		run_status 2 "$EVCAL" invite extra-20210309
		has 'did you mean "extra-20210308"?'
		run_status 2 "$EVCAL" invite zzzzzzzz
		has 'there is no event "zzzzzzzz"'
		[[ $output != *"did you mean"* ]]
		run_status 2 "$EVCAL" invite one two
		has 'invite takes one word; "two" is one too many'
		run_status 2 "$EVCAL" invite one --cancel
		has '--cancel needs the people'
		run_status 2 "$EVCAL" invite one --format=eml
		has '--format=eml needs the people'
		run_status 2 "$EVCAL" invite one --format=pdf --to=a@example.org
		run_status 2 "$EVCAL" invite one --tp=a@example.org
		has 'did you mean'
		run_status 2 "$EVCAL" invite one --to
		run_status 2 "$EVCAL" invite one -o out
		has 'goes to standard output'
		run_status 2 "$EVCAL" invite one -o - --to=a@example.org
		has '-o names a folder'
		run_status 2 "$EVCAL" validate --to=a@example.org
	}
	untouched slips
}

@test "invite: --to takes an address alone and with a name, as often as one likes" {
	run_status 0 "$EVCAL" invite one --to=a@example.org --to='Lid <b@example.org>' --to '"Lid, drie" <c@example.org>'
	[ "$(property ATTENDEE invites/one/a@example.org.ics)" = "ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:a@example.org" ]
	[ "$(property ATTENDEE invites/one/b@example.org.ics)" = "ATTENDEE;CN=Lid;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:b@example.org" ]
	property ATTENDEE invites/one/c@example.org.ics | grep -F 'CN="Lid, drie"'
	for word in '' Lid 'Lid <>' 'Lid <a@b>' 'a@example.org b@example.org' $'a\nb <a@example.org>'; do
		run_status 1 "$EVCAL" invite one --to="$word"
		has "--to:1:"
	done
}

@test "invite: lists as Excel and forms give them" {
	local name
	printf '\xef\xbb\xbfNaam;E-mailadres\r\n"Zo\xc3\xab, de eerste";zoe@example.org\r\n;\r\n' >bom.csv
	printf 'sep=;\r\nnaam;e-mail\r\nZo\xeb;zoe@example.org\r\n' >windows.csv
	printf 'Name\tEmail\nZo\xc3\xab\tzoe@example.org\n' >tab.csv
	printf 'tijd,name,email\n2020,"Zo\xc3\xab",zoe@example.org' >comma.csv
	for name in bom windows tab comma; do
		rm -rf invites
		run_status 0 "$EVCAL" invite one --attendees=$name.csv
		[ "$(written)" = ./one/zoe@example.org.ics ]
		tr -d '\r' <invites/one/zoe@example.org.ics | sed -z 's/\n //g' | grep -q 'CN="\?Zoë'
	done
	run_status 0 "$EVCAL" invite one --attendees=- -o piped <bom.csv
	[ "$(written piped)" = ./one/zoe@example.org.ics ]
	run_status 0 "$EVCAL" invite one --attendees=bom.csv --attendees=people.csv --to=x@example.org -o all
	[ "$(written all | wc -l)" -eq 4 ]
	run_status 3 "$EVCAL" invite one --attendees=nowhere.csv
	has "nowhere.csv"
	run_status 1 "$EVCAL" invite one --attendees=- </dev/null
	has "<stdin>:1:1: error: the file has no rows [bad-csv]"
}

@test "invite: without people it prints the event's own file, as export writes it" {
	local id
	"$EVCAL" export -q
	for id in one two extra extra-20210308 off; do
		"$EVCAL" invite $id -q >printed
		cmp printed public/events/$id.ics
	done
	"$EVCAL" invite one -o - | cmp - public/events/one.ics
	run --separate-stderr "$EVCAL" invite extra
	[ "$stderr" = "its extra date is an event of its own: evcal invite extra-20210308" ]
	[ ! -e invites ]
	run_status 3 bash -c '"$EVCAL" invite one >/dev/full'
}

@test "invite: extra dates have a file each, and can be invited to alone" {
	"$EVCAL" invite extra -q --to=a@example.org
	[ "$(written)" = $'./extra-20210308/a@example.org.ics\n./extra/a@example.org.ics' ]
	"$EVCAL" invite extra-20210308 -q --to=b@example.org -o alone
	[ "$(written alone)" = ./extra-20210308/b@example.org.ics ]
	[ "$(property UID alone/extra-20210308/b@example.org.ics)" = UID:extra-20210308@example.org ]
}

@test "invite: --format=eml writes mails, an override has its own" {
	cat >>events/a.yaml <<-'END'
		  - id: series
		    summary: Series
		    start: 2021-03-02 14:00
		    end: 16:00
		    rrule: FREQ=WEEKLY;COUNT=3
		    overrides: {recurrence-id: 2021-03-09, location: Utrecht}
	END
	"$EVCAL" invite series -q --to='Lid <lid@example.org>' --format=eml
	[ "$(written)" = $'./series/lid@example.org+20210309.eml\n./series/lid@example.org.eml' ]
	grep -q '^To: Lid <lid@example.org>' invites/series/lid@example.org.eml
	grep -q '^From: Test <test@example.org>' invites/series/lid@example.org.eml
}

@test "invite: --cancel raises SEQUENCE once, which is remembered" {
	"$EVCAL" invite one -q --to=a@example.org
	[ "$(property SEQUENCE invites/one/a@example.org.ics)" = SEQUENCE:0 ]
	cp invites/one/a@example.org.ics invited
	for people in a@example.org a@example.org b@example.org; do
		SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 60))
		"$EVCAL" invite one -q --to=$people --cancel
		[ "$(property SEQUENCE invites/one/$people.ics)" = SEQUENCE:1 ]
		[ "$(property METHOD invites/one/$people.ics)" = METHOD:CANCEL ]
		run ! property STATUS invites/one/$people.ics
	done
	grep -q '^one@example.org: {sequence: 1, .*, withdrawn: 1}$' events/revisions.yaml
	"$EVCAL" export -q --locked
	[ "$(property SEQUENCE public/events/one.ics)" = SEQUENCE:1 ]
	# One more invitation is later than the withdrawal, and can be withdrawn with a higher SEQUENCE.
	cp invites/one/b@example.org.ics withdrawn
	"$EVCAL" invite one -q --to=b@example.org
	[ "$(property SEQUENCE invites/one/b@example.org.ics)" = SEQUENCE:1 ]
	[[ $(property DTSTAMP invites/one/b@example.org.ics) > $(property DTSTAMP withdrawn) ]]
	"$EVCAL" invite one -q --to=b@example.org --cancel
	[ "$(property SEQUENCE invites/one/b@example.org.ics)" = SEQUENCE:2 ]
	# And so can one of an event that was changed since.
	sed -i 's/start: 2021-01-21/start: 2021-01-22/' events/a.yaml
	"$EVCAL" invite one -q --to=b@example.org --cancel
	[ "$(property SEQUENCE invites/one/b@example.org.ics)" = SEQUENCE:4 ]
}

@test "invite: --cancel of an event that was never published" {
	"$EVCAL" invite one -q --to=a@example.org --cancel
	[ "$(property SEQUENCE invites/one/a@example.org.ics)" = SEQUENCE:1 ]
	[ "$(grep -c . events/revisions.yaml)" -eq 5 ]
}

@test "invite: a cancelled event gives the same CANCEL as often as it is run" {
	"$EVCAL" invite off -q --to=a@example.org
	cp invites/off/a@example.org.ics first
	SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 60))
	run_status 0 "$EVCAL" invite off --to=a@example.org
	has "0 files written, 1 unchanged"
	run_status 0 "$EVCAL" invite off --to=a@example.org --cancel
	has "0 files written, 1 unchanged"
	cmp first invites/off/a@example.org.ics
	[ "$(property METHOD first)" = METHOD:CANCEL ]
	[ "$(property STATUS first)" = STATUS:CANCELLED ]
	[ "$(property SEQUENCE first)" = SEQUENCE:0 ]
}

@test "invite: the invitation of an earlier run makes place for the cancellation" {
	"$EVCAL" invite two -q --attendees=people.csv
	sed -i 's/summary: Two/&, status: cancelled/' events/a.yaml
	run_status 0 "$EVCAL" invite two --attendees=people.csv
	has "2 files written, 0 unchanged"
	[ "$(property METHOD invites/two/een@example.org.ics)" = METHOD:CANCEL ]
	[ "$(property SEQUENCE invites/two/een@example.org.ics)" = SEQUENCE:1 ]
}

@test "invite: --locked" {
	untouched run_status 1 "$EVCAL" invite one --locked --to=a@example.org
	has 'revisions.yaml does not know "two" yet [revisions-outdated]'
	untouched run_status 1 "$EVCAL" invite one --locked
	"$EVCAL" export -q
	cp events/revisions.yaml first
	run_status 0 "$EVCAL" invite one --locked --to=a@example.org
	run_status 0 "$EVCAL" invite off --locked --to=a@example.org --cancel
	untouched run_status 1 "$EVCAL" invite one --locked --to=a@example.org --cancel
	has 'withdrawing raises the SEQUENCE of "one"'
	cmp first events/revisions.yaml
	"$EVCAL" invite one -q --to=a@example.org --cancel
	run_status 0 "$EVCAL" invite one --locked --to=a@example.org --cancel
	untouched run_status 1 "$EVCAL" invite one --locked --to=a@example.org
	has 'an invitation to "one" after one was withdrawn'
	"$EVCAL" invite one -q --to=a@example.org
	run_status 0 "$EVCAL" invite one --locked --to=a@example.org
}

@test "invite: nothing is written where anything is wrong" {
	printf 'naam;e-mail\nLid;lid@example.org\nLid;lid\n' >wrong.csv
	untouched run_status 1 "$EVCAL" invite one --attendees=wrong.csv
	has "wrong.csv:3:5: error:"
	untouched run_status 1 "$EVCAL" invite one --attendees=people.csv --to=een@example.org --strict
	has "[duplicate-attendee]"
	breaks
	# Of another event it is told that there is something, and not what.
	untouched run_status 1 "$EVCAL" invite one --attendees=people.csv --language=en
	[ "$output" = 'evcal: other events have 1 error, so nothing is written; "evcal validate" shows them' ]
	untouched run_status 1 "$EVCAL" invite bad --attendees=people.csv
	has "[unknown-key]"
}

@test "invite: --date invites to one date of a rule" {
	echo '  - {id: series, summary: Series, start: 2030-03-05, rrule: FREQ=WEEKLY;COUNT=3, exdate: 2030-03-12}' >>events/a.yaml
	run_status 0 "$EVCAL" invite series -q --attendees=people.csv --date=2030-03-19
	[ "$(written)" = $'./series/een@example.org+20300319.ics\n./series/twee@example.org+20300319.ics' ]
	file=invites/series/een@example.org+20300319.ics
	[ "$(property RECURRENCE-ID "$file")" = "RECURRENCE-ID;VALUE=DATE:20300319" ]
	[ "$(property DTSTART "$file")" = "DTSTART;VALUE=DATE:20300319" ]
	[ -z "$(property RRULE "$file")$(property EXDATE "$file")" ]
	[ "$(grep -c BEGIN:VEVENT "$file")" = 1 ]
	run_status 2 "$EVCAL" invite series --attendees=people.csv --date=2030-03-12 --language=en
	has "its dates are 2030-03-05, 2030-03-19"
	run_status 2 "$EVCAL" invite one --attendees=people.csv --date=2021-01-21 --language=en
	has "does not recur"
	run_status 2 "$EVCAL" invite series --date=2030-03-19
}

@test "invite: what is over is told of, and who said no and was invited before" {
	run_status 0 env -u SOURCE_DATE_EPOCH EVCAL_TODAY=2027-01-01 "$EVCAL" invite one --attendees=people.csv
	has "[past-event]"
	run_status 0 env EVCAL_TODAY=2021-01-21 "$EVCAL" invite one --attendees=people.csv
	[[ $output != *"[past-event]"* ]]
	printf 'naam;e-mail;status;rol\nLid een;een@example.org;afgemeld;\nLid drie;drie@example.org;;optioneel\n' >people.csv
	run_status 0 "$EVCAL" invite one --attendees=people.csv --language=en
	has "withdraw it: evcal invite one --cancel --to=een@example.org"
	has $'invites/one/drie@example.org.ics\n'
	[[ $(property ATTENDEE invites/one/drie@example.org.ics) == *"ROLE=OPT-PARTICIPANT"* ]]
}

@test "invite: an update's mail says so, and one with the same content stays" {
	"$EVCAL" invite two -q --format=eml --to=a@example.org >first
	cp invites/two/a@example.org.eml before
	grep -q '^Subject: Two' before
	[ -z "$("$EVCAL" invite two -q --format=eml --to=a@example.org)" ]
	cmp before invites/two/a@example.org.eml
	sed -i 's/summary: Two/&, location: Ede/' events/a.yaml
	run_status 0 --separate-stderr "$EVCAL" invite two -q --format=eml --to=a@example.org --to=b@example.org
	[ "$output" = $'invites/two/a@example.org.eml\ninvites/two/b@example.org.eml' ]
	grep -q '^Subject: Changed: Two' invites/two/a@example.org.eml
	grep -q '^Subject: Two' invites/two/b@example.org.eml
	# A gateway refuses what is dated far from now.
	date=$(sed -n 's/^Date: \(.*\)\r/\1/p' invites/two/a@example.org.eml)
	(($(date +%s) - $(date -d "$date" +%s) < 7 * 86400))
}

@test "invite: warnings do not keep it from writing" {
	run_status 0 "$EVCAL" invite one --attendees=people.csv --to=EEN@example.org --to=test@example.org
	has "[duplicate-attendee]"
	has "[organizer-invited]"
	has "3 files written"
}

@test "invite: what it did not write stays as it is" {
	mkdir -p invites/one
	echo mine >invites/one/een@example.org.ics
	untouched run_status 3 "$EVCAL" invite one --attendees=people.csv
	has "invites/one/een@example.org.ics"
	rm invites/one/een@example.org.ics
	echo mine >invites/one/note.txt
	"$EVCAL" invite one -q --attendees=people.csv
	echo changed >>invites/one/een@example.org.ics
	sed -i 's/summary: One/summary: Een/' events/a.yaml
	run_status 3 "$EVCAL" invite one --attendees=people.csv
	[ "$(cat invites/one/note.txt)" = mine ]
	tail -n 1 invites/one/een@example.org.ics | grep -q changed
	# Other people's files of an earlier run stay.
	rm invites/one/een@example.org.ics
	"$EVCAL" invite one -q --to=een@example.org
	[ -e invites/one/twee@example.org.ics ]
}

@test "invite: an address of any length and any letters has a file of its own" {
	local long mine other
	long=$(printf '!%.0s' {1..64})@$(printf 'b%.0s' {1..60}).$(printf 'b%.0s' {1..60}).$(printf 'b%.0s' {1..60})
	for format in ics eml; do
		"$EVCAL" invite one -q --format=$format --to="$long.nl" --to="$long.be" --to="a/b'\$x@example.org" --to=~x@example.org
	done
	[ "$(written | wc -l)" -eq 8 ]
	[ "$(find invites -mindepth 2 -type d)" = "" ]
	[ -e 'invites/one/a%2Fb%27%24x@example.org.ics' ]
	mine=$(grep -l "be$" -r invites/one --include='*.ics' | head -n 1)
	other=$(basename "$mine")
	[ "${#other}" -le 255 ]
	run_status 0 "$EVCAL" invite one --to="$long.nl" --to="$long.be"
	has "0 files written, 2 unchanged"
}

@test "invite: git passes the invitations over" {
	local root=$BATS_TEST_DIRNAME/../..
	[ -e "$root/.git" ] || skip "no git checkout"
	git init -q .
	cp "$root/.gitignore" .
	"$EVCAL" invite one -q --to=a@example.org
	run_status 0 git status --porcelain --untracked-files=all
	[[ $output != *invites* ]]
}

@test "invite: two thousand people, with a few system calls and little work for each" {
	local count calls=() instructions=()
	for count in 500 2000; do
		many_people "$count" >many.csv
		instructions+=("$("$BATS_TEST_DIRNAME/../instructions.sh" "$EVCAL" invite one -q --attendees=many.csv)")
		[ "$(written | wc -l)" -eq "$count" ] || "$EVCAL" invite one -q --attendees=many.csv
		[ "$(written | wc -l)" -eq "$count" ]
		rm -rf invites
		# Where strace may not trace, there is nothing to count.
		if strace -f -c -o calls "$EVCAL" invite one -q --attendees=many.csv; then
			calls+=("$(awk '/total$/ { print $4 }' calls)")
		fi
	done
	echo "instructions: ${instructions[*]}; calls: ${calls[*]}"
	# Open, write, give it its mode, close, rename.
	[ -z "${calls[*]}" ] || ((calls[1] - calls[0] <= 5 * 1500 + 100))
	# 35,000 for each when this was written, however many there are.
	[ -z "${instructions[0]}" ] || ((instructions[1] - instructions[0] <= 50000 * 1500))
}
