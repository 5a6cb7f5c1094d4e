#!/usr/bin/env bats
# evcal init: a calendar to begin with, and never over one that is there.
bats_require_minimum_version 1.5.0

setup() {
	load helpers
	WORK=$(mktemp -d)
	cd "$WORK" || exit 1
	export SOURCE_DATE_EPOCH=1798761600 # 2027
}

teardown() {
	remove_work
}

# left OPTION...: line and key of each finding of validate, which are all for a key without a value.
left() {
	run_status 1 "$EVCAL" validate --format=json "$@"
	echo "$output" >json
	/usr/bin/python3 - <<-'END'
		import json
		report = json.load(open("json"))
		assert {one["code"] for one in report["findings"]} == {"empty-value"}, report
		print(" ".join(one["message"].split('"')[1] for one in report["findings"]))
	END
}

@test "init: a calendar that lacks only what must be filled in" {
	run_status 0 --separate-stderr "$EVCAL" init
	[ -z "$output" ]
	[[ $stderr == *"events/calendar.yaml"*"events/events.yaml"*"evcal validate" ]]
	[ "$(cd events && find . -type f | sort | tr '\n' ' ')" = \
		"./.schema/calendar.json ./.schema/events.json ./calendar.yaml ./events.yaml " ]
	[ "$(left)" = "name domain name email summary start" ]
	grep -q '^  - id: event-2027$' events/events.yaml
	[ "$(head -1 events/calendar.yaml)" = '# yaml-language-server: $schema=.schema/calendar.json' ]
	[ "$(head -1 events/events.yaml)" = '# yaml-language-server: $schema=.schema/events.json' ]
	cmp events/.schema/events.json <("$EVCAL" schema events)
	cmp events/.schema/calendar.json <("$EVCAL" schema calendar)
}

@test "init: filled in, it can be published, and more events be added" {
	run_status 0 --separate-stderr "$EVCAL" init agenda --name='Ons: programma #1' --domain=example.org \
		--email=agenda@example.org
	[[ $stderr == *"evcal validate -C agenda" ]]
	[ "$(left -C agenda)" = "summary start" ]
	sed -i 's/^    summary:$/    summary: Een/; s/^    start:$/    start: 2027-03-09/' agenda/events.yaml
	run_status 0 "$EVCAL" validate --strict -C agenda
	"$EVCAL" new -C agenda |
		sed 's/^    summary:$/    summary: Twee/; s/^    start:$/    start: 2027-03-10/' >>agenda/events.yaml
	run_status 0 "$EVCAL" validate --strict -C agenda
	run_status 0 "$EVCAL" export -q -C agenda
	grep -q '^X-WR-CALNAME:Ons: programma #1' public/calendar.ics
	grep -q '^UID:event-2027-2@example.org' public/calendar.ics
}

@test "init: in Dutch where that is asked for" {
	run_status 0 "$EVCAL" init --language=nl
	has "zijn gemaakt"
	grep -q '^language: nl$' events/calendar.yaml
	grep -q '^  - id: activiteit-2027$' events/activiteiten.yaml
	grep -q '# De naam van de agenda' events/calendar.yaml
	grep -q '# De titel' events/activiteiten.yaml
	[ "$(left | wc -w)" = 6 ]
	run ! grep -rqi '# the ' events/*.yaml
	LC_ALL=nl_NL.UTF-8 run_status 0 "$EVCAL" init agenda
	has "zijn gemaakt"
	cmp events/activiteiten.yaml agenda/activiteiten.yaml
	LC_ALL=nl_NL.UTF-8 run_status 3 "$EVCAL" init agenda
	has "bestaat al"
}

@test "init: files that are there stay, and nothing is made beside them" {
	mkdir events
	echo mine >events/calendar.yaml
	run_status 3 "$EVCAL" init
	has "events/calendar.yaml"
	has "there already"
	[ "$(cat events/calendar.yaml)" = mine ]
	[ "$(find events | wc -l)" = 2 ]
	mv events/calendar.yaml events/events.yaml
	run_status 3 "$EVCAL" init
	[ "$(cat events/events.yaml)" = mine ]
	[ "$(find events | wc -l)" = 2 ]
	# A link that leads nowhere is there too, and is not written through.
	ln -sf ../elsewhere events/events.yaml
	run_status 3 "$EVCAL" init
	[ ! -e elsewhere ]
	# The working directory as a calendar.
	echo mine >calendar.yaml
	rm -r events
	run_status 3 "$EVCAL" init
	has "calendar already"
	[ ! -e events ]
	run_status 0 "$EVCAL" init other
}

@test "init: beside other files it adds what is missing" {
	mkdir -p events/.schema
	echo mine | tee events/notes.txt >events/.schema/events.json
	run_status 0 "$EVCAL" init -C events/
	[ "$(cat events/.schema/events.json events/notes.txt)" = $'mine\nmine' ]
	[ -e events/.schema/calendar.json ]
}

@test "init: where it cannot go on, nothing is left" {
	touch file
	run_status 3 "$EVCAL" init file/events
	has "file"
	mkdir -p events
	touch events/.schema
	run_status 3 "$EVCAL" init
	[ "$(find events | sort | tr '\n' ' ')" = "events events/.schema " ]
	rm -r events
	mkdir -p a/b
	touch a/b/.schema
	run_status 3 "$EVCAL" init a/b
	[ "$(find a | wc -l)" = 3 ]
	[ ! -e events ]
}

@test "init: words that cannot be are status 2, and nothing is made" {
	run_status 2 "$EVCAL" init --domain="x y" --email=bla --name=
	has '--domain:1:1: error: "x y" is no host name [bad-domain]'
	has '--email:1:1: error: "bla" is no e-mail address [bad-email]'
	has '--name is empty'
	run_status 2 "$EVCAL" init --name=$'a\nb'
	run_status 2 "$EVCAL" init --name=$'\xff'
	run_status 2 "$EVCAL" init --email='Naam <naam@example.org>'
	run_status 2 "$EVCAL" init ""
	run_status 2 "$EVCAL" init a b
	[ -z "$(ls)" ]
	for name in '2021' 'null' '- x' '"' "it's" '{a}' '#a' 'a: b' '@x' 'Eén' 'true' '*x' 'x # y' '\'; do
		run_status 0 "$EVCAL" init "made" --name="$name" --domain=example.org --email=a@example.org
		[ "$(left -C made)" = "summary start" ] || { echo "$name: $output"; return 1; }
		sed -i 's/^    summary:$/    summary: Een/; s/^    start:$/    start: 2027-03-09/' made/events.yaml
		"$EVCAL" export -q -C made -o public
		grep -qxF "X-WR-CALNAME:${name//\\/\\\\}"$'\r' public/calendar.ics || { grep CALNAME public/calendar.ics; return 1; }
		rm -r made public
	done
}

@test "init: a calendar that is not there is told of it" {
	run_status 3 "$EVCAL" validate
	has "evcal init"
	run_status 3 "$EVCAL" list -C agenda
	has "evcal init"
}
