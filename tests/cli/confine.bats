#!/usr/bin/env bats
# What the kernel's fence (landlock(7)) keeps a run from, and what it leaves.
bats_require_minimum_version 1.5.0

setup() {
	load helpers
	make_calendar
	# The version of landlock, or an error.
	python3 -c 'import ctypes, sys; sys.exit(ctypes.CDLL(None).syscall(444, None, 0, 1) < 1)' ||
		skip "the kernel has no landlock"
	strace -f -o calls -e trace=landlock_restrict_self "$EVCAL" validate -q || true
	grep -q restrict_self calls || skip "this program is built without it, or strace cannot tell"
}

teardown() {
	remove_work
}

@test "confine: a zone that is a link out of the zone data is not read" {
	mkdir -p zones/Europe elsewhere
	cp -L /usr/share/zoneinfo/Europe/Amsterdam elsewhere/
	ln -s "$PWD/elsewhere/Amsterdam" zones/Europe/Amsterdam
	TZDIR=$PWD/zones EVCAL_FENCE=off run_status 0 "$EVCAL" validate
	TZDIR=$PWD/zones run_status 3 "$EVCAL" validate
	has "Permission denied"
}

@test "confine: what a command needs it has: folders that are not there yet, lists, pipes, files that include others" {
	run_status 0 "$EVCAL" export -q -o a/new/public
	[ -e a/new/public/all.ics ]
	run_status 0 "$EVCAL" export -q -o a/new/public
	mkdir lists
	printf 'naam;e-mail\nLid een;een@example.org\n' >lists/people.csv
	run_status 0 "$EVCAL" invite one -q --attendees=lists/people.csv -o b/invites
	run_status 0 "$EVCAL" invite one -q --attendees=<(cat lists/people.csv) -o b/invites
	[ -e b/invites/one/een@example.org.ics ]
	printf 'events: [{summary: B, begin: 2021-01-21}]\n' >lists/b.yaml
	printf 'include: [b.yaml]\n' >lists/a.yaml
	run_status 0 "$EVCAL" import -q lists/a.yaml
	has "summary: B"
	sed -i 's/start: 2021-01-21/start: 21-1-2021/' events/a.yaml
	run_status 0 "$EVCAL" validate -q --fix
	grep -q 'start: 2021-01-21' events/a.yaml
}

@test "confine: other programs can still be started" {
	export EVCAL_MAILER="$PWD/mailer"
	printf '#!/bin/sh\ncat >>"%s/mails"\n' "$PWD" >mailer
	chmod +x mailer
	run_status 0 "$EVCAL" invite one -q --to=een@example.org --send
	[ -s mails ]
}
