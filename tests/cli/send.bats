#!/usr/bin/env bats
# evcal invite --send and --status: who is sent what, once, whatever happens in between.
bats_require_minimum_version 1.5.0

setup() {
	load helpers
	make_calendar
	sed -i 's/2021-02-21/2031-02-21/' events/a.yaml
	# A mailer that stores what it gets, and fails or is ended for some.
	cat >mailer <<-'END'
		#!/bin/bash
		cat >"mail.$$"
		to=$(sed -n 's/^To:.*<\(.*\)>\r/\1/p' "mail.$$")
		case $to in
		fails@*) echo "no such user"; exit 67 ;;
		killed@*) kill -9 $$ ;;
		esac
		mv "mail.$$" "$(printf 'got/%s.%05d' "$to" "$(($(ls got | wc -l) + 1))")"
	END
	chmod +x mailer
	mkdir got
	export EVCAL_MAILER="$PWD/mailer"
}

teardown() {
	remove_work
}

# sends WANTED WORD...: invites to the event two.
sends() {
	run_status "$1" --separate-stderr "$EVCAL" invite two --send --language=en "${@:2}"
}

# mails: to whom, in order.
mails() {
	find got -type f -printf '%f\n' | sort -t. -k3 | sed 's/\.[0-9]*$//' | tr '\n' ' '
}

@test "send: each mail goes out once, and again only where it changed" {
	sends 0 --to=a@example.org --to=b@example.org
	[ "$(mails)" = "a@example.org b@example.org " ]
	[[ $stderr == *"2 sent, 0 as before, 0 not sent"* ]]
	sends 0 --to=a@example.org --to=b@example.org --to=c@example.org
	[ "$(mails)" = "a@example.org b@example.org c@example.org " ]
	[[ $stderr == *"1 sent, 2 as before, 0 not sent"* ]]
	sed -i 's/summary: Two/&, location: Ede/' events/a.yaml
	sends 0 --to=a@example.org --to=d@example.org
	grep -q '^Subject: Changed: Two' got/a@example.org.00004
	grep -q '^Subject: Two' got/d@example.org.00005
	sends 0 --to=b@example.org --cancel
	sends 0 --to=b@example.org --cancel
	[ "$(mails | wc -w)" = 6 ]
	[ "$(stat -c %a invites/.sent)" = 600 ]
	grep -q 'two@example.org: {.*, invited: 20' events/revisions.yaml
	! grep -q '@example.org.*a@' events/revisions.yaml
	run_status 0 "$EVCAL" invite two --status --language=en
	[ "$(sed 's/^[^ ]*  //; s/  */ /' <<<"$output")" = $'sent a@example.org\nwithdrawn b@example.org\nsent c@example.org\nsent d@example.org' ]
	run_status 0 "$EVCAL" invite two --status --format=json
	[ "$(/usr/bin/python3 -c 'import json, sys; print(*(row["state"] for row in json.load(sys.stdin)["invitations"]))' <<<"$output")" = "sent withdrawn sent sent" ]
}

@test "send: one mailer that fails or is ended keeps nobody else from a mail" {
	sends 3 --to=fails@example.org --to=killed@example.org --to=a@example.org
	[ "$(mails)" = "a@example.org " ]
	[[ $stderr == *"fails@example.org: the mailer ended with status 67: no such user"* ]]
	[[ $stderr == *"killed@example.org: signal 9 ended the mailer"* ]]
	# What failed is sent again by itself, what may have gone out is not.
	export EVCAL_MAILER="sed -n w\ got/again.00009"
	sends 3 --to=fails@example.org --to=killed@example.org --to=a@example.org
	[[ $stderr == *"killed@example.org: a mail was begun on"* && $stderr == *"1 sent, 1 as before, 1 not sent"* ]]
	run_status 0 "$EVCAL" invite two --status --language=en
	has "begun"
	sends 0 --to=killed@example.org --to=fails@example.org --resend
	[[ $stderr == *"1 sent,"* ]]
	grep -q '^To: <killed@example.org>' got/again.00009
	sends 0 --to=killed@example.org
}

@test "send: another checkout sends nothing by itself" {
	sends 0 --to=a@example.org
	rm -rf invites
	sends 3 --to=a@example.org
	[[ $stderr == *"--new-journal"* ]]
	[ "$(mails)" = "a@example.org " ]
	sends 0 --to=a@example.org --new-journal
	[ "$(mails)" = "a@example.org a@example.org " ]
}

@test "send: a mailer that is not there ends it before anything is marked" {
	for mailer in no-such-mailer ./no/such "'open"; do
		sends 3 --to=a@example.org --mailer="$mailer"
		[ ! -e invites ] && [ ! -e events/revisions.yaml ]
	done
	# Words are quoted as a shell does it, and nothing is expanded.
	printf '#!/bin/sh\nprintf "<%%s>" "$@" >words\n' >show
	chmod +x show
	sends 0 --to=a@example.org --mailer="./show a\ b 'c  d' \"e'f\" \$HOME *"
	[ "$(<words)" = "<a b><c  d><e'f><\$HOME><*>" ]
	run_status 2 "$EVCAL" invite two --send
	run_status 2 "$EVCAL" invite two --to=a@example.org --mailer=true
	run_status 2 "$EVCAL" invite two --to=a@example.org --send --jobs=none
	run_status 2 "$EVCAL" invite two --to=a@example.org --format=json
	printf 'e-mail\na@example.org\nb\n' >people.csv
	run_status 1 "$EVCAL" invite two --send --attendees=people.csv
	[ "$(mails)" = "" ]
}

@test "send: several at once, and each once" {
	many_people 40 >people.csv
	sends 0 --attendees=people.csv --jobs=8
	[ "$(find got -type f | wc -l)" -le 40 ]
	[[ $stderr == *"40 sent, 0 as before, 0 not sent"* ]]
	[ "$(grep -c ^sent invites/.sent)" = 40 ]
	sends 0 --attendees=people.csv --jobs=8
	[[ $stderr == *"0 sent, 40 as before, 0 not sent"* ]]
}

@test "send: killed at any step of the journal, nobody gets a mail twice and nobody none but who is named" {
	many_people 5 >people.csv
	for step in 1 2 3 4 5 6 7 8 9 10; do
		rm -rf invites got events/revisions.yaml
		mkdir got
		strace -f -qq -o /dev/null -e trace=fsync,fdatasync -e "inject=fsync,fdatasync:signal=KILL:when=$((step + $(syncs)))" \
			"$EVCAL" invite two --send --attendees=people.csv 2>/dev/null || true
		[ -e invites/.sent ] || continue
		"$EVCAL" invite two --send --attendees=people.csv --language=en 2>said || true
		got=$(find got -type f -printf '%f\n' | sed 's/\.[0-9]*$//' | sort)
		[ -z "$(uniq -d <<<"$got")" ] || { echo "step $step: twice: $got"; return 1; }
		named=$(sed -n 's/^evcal: \([^ :]*\): a mail was begun.*/\1/p' said | sort)
		[ "$(sort -u <(echo "$got") <(echo "$named") | grep -c @)" = 5 ] || { echo "step $step: $got, named $named"; return 1; }
	done
}

@test "send: killed at random moments, nobody gets a mail twice and nobody none but who is named" {
	many_people 12 >people.csv
	for ((i = 0; i < (ALL ? 200 : 10); i++)); do
		rm -rf invites got events/revisions.yaml
		mkdir got
		"$EVCAL" invite two --send --attendees=people.csv 2>/dev/null &
		sleep "0.$(printf %03d $((RANDOM % 300)))"
		kill -9 $! 2>/dev/null || true
		wait $! 2>/dev/null || true
		"$EVCAL" invite two --send --new-journal --attendees=people.csv --language=en 2>said || true
		# The mailer of the first run may be at work yet.
		while compgen -G 'mail.*' >/dev/null; do sleep 0.05; done
		got=$(find got -type f -printf '%f\n' | sed 's/\.[0-9]*$//' | sort)
		[ -z "$(uniq -d <<<"$got")" ] || { echo "run $i: twice: $got"; return 1; }
		named=$(sed -n 's/^evcal: \([^ :]*\): a mail was begun.*/\1/p' said | sort)
		[ "$(sort -u <(echo "$got") <(echo "$named") | grep -c @)" = 12 ] || { echo "run $i: $got, named $named, $(<said)"; return 1; }
	done
}

# syncs: how many calls of fsync there are before the journal's first.
syncs() {
	[ -n "${SYNCS-}" ] || SYNCS=$(
		cp -r . ../copy.$$ && cd ../copy.$$ &&
			strace -f -qq -y -o log -e trace=fsync,fdatasync "$EVCAL" invite two --send --attendees=people.csv 2>/dev/null
		grep -n '/\.sent' log | head -n 1 | cut -d: -f1
		rm -rf ../copy.$$
	)
	echo $((SYNCS - 1))
}

@test "send: msmtp hands each mail to a server as it was meant" {
	/usr/bin/python3 - <<-'END' 3>&- &
		import pathlib, socket, time
		from aiosmtpd.controller import Controller

		class Store:
		    async def handle_DATA(self, server, session, envelope):
		        for to in envelope.rcpt_tos:
		            pathlib.Path("got", to).write_bytes(envelope.content)
		        return "250 OK"

		with socket.socket() as free:
		    free.bind(("127.0.0.1", 0))
		    port = free.getsockname()[1]
		controller = Controller(Store(), hostname="127.0.0.1", port=port)
		controller.start()
		pathlib.Path("port.new").write_text(str(port))
		pathlib.Path("port.new").rename("port")
		while not pathlib.Path("done").exists():
		    time.sleep(0.1)
		controller.stop()
	END
	for _ in {1..600}; do [ ! -e port ] || break; sleep 0.1; done
	many_people 3 >people.csv
	sends 0 --attendees=people.csv --mailer="msmtp --host=127.0.0.1 --port=$(<port) --from=test@example.org --read-recipients"
	touch done
	wait
	for address in lid0@example.org lid1@example.org lid2@example.org; do
		# The server's and msmtp's own lines stand above.
		diff <(tr -d '\r' <"invites/two/$address.eml") <(tr -d '\r' <"got/$address" | sed '/^Received:/,/^[^ \t]/{/^Received:/d}')
	done
}
