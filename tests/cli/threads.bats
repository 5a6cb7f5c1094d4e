#!/usr/bin/env bats
# Large calendars are read by several threads: nothing of what comes out may depend on that.
bats_require_minimum_version 1.5.0

setup() {
	load helpers
	make_calendar
	local file
	for file in b c d e; do
		/usr/bin/python3 - "$file" >"events/$file.yaml" <<-'END'
			import sys
			print("events:")
			for n in range(700):
			    print(f"  - id: {sys.argv[1]}-{n}\n    summary: Event {sys.argv[1]} {n}\n    start: 2021-{n % 12 + 1:02}-{n % 28 + 1:02}"
			          f"\n    description: |\n      {'Words that fill the file. ' * 16}\n")
		END
	done
	# Zones that several threads ask for first, and some that only a pair of rules of other years would do for.
	for file in y z; do
		/usr/bin/python3 - "$file" >"events/$file.yaml" <<-'END'
			import sys
			print("events:")
			for n, zone in enumerate(["Europe/London", "America/New_York", "Asia/Tokyo", "Australia/Sydney", "Asia/Gaza"] * 4):
			    print(f"  - {{id: {sys.argv[1]}-{n}, summary: {sys.argv[1]} {n}, start: {2019 + n % 4}-03-01 14:00, duration: 1h, timezone: {zone}}}")
		END
	done
	[ "$(cat events/*.yaml | wc -c)" -gt 1200000 ]
	one=$(taskset -cp $$ | sed 's/.*: //; s/[,-].*//')
}

teardown() {
	remove_work
}

# same COMMAND...: what it prints, and its status, are the same on one processor and on all.
same() {
	local alone=0 all=0
	taskset -c "$one" "$@" >alone 2>&1 || alone=$?
	"$@" >all 2>&1 || all=$?
	diff alone all
	[ "$alone" -eq "$all" ]
}

@test "threads: the same files, whatever their number" {
	export SOURCE_DATE_EPOCH=1608195600
	printf 'publish-url: https://example.org\npage: true\n' >>events/calendar.yaml
	taskset -c "$one" "$EVCAL" export -q -o alone
	rm events/revisions.yaml
	"$EVCAL" export -q -o all
	[ "$(find all -name '*.ics' | wc -l)" -eq 2844 ]
	[ "$(find all/events -name '*.html' | wc -l)" -eq 2842 ]
	diff -r alone all
	same "$EVCAL" list --format=json
}

@test "threads: the same findings, in the same order" {
	local file
	for file in b c d e; do
		sed -i '33s/summary:/sumary:/; 64s/start: 2021/start: 21/; 93s/ Event/ Event: more/' "events/$file.yaml"
	done
	# What several events get from one place, and what a later check makes worse, is one finding.
	{
		printf 'defaults: {type: t, start: 2021-05-01 10:00, end: 11:00, duration: 1h, rrule: FREQ=DAILY;COUNT=2;UNTIL=20210601}\nevents:\n'
		for file in {1..100}; do printf -- '  - {id: f-%s, summary: F %s, location: }\n' "$file" "$file"; done
	} >events/f.yaml
	printf 'types:\n  t: {name: T, required: [location, url]}\n' >>events/calendar.yaml
	sed -i 's/New_York/New_York_City/' events/[yz].yaml
	printf '  - {id: [\n' >>events/c.yaml
	printf '  - {id: d-1, summary: \xff, start: 2021-01-01}\n' >>events/d.yaml
	same "$EVCAL" validate --format=json
	grep -q '"code": "unknown-key"' all
	grep -q '"code": "encoding"' all
	grep -q '"code": "yaml-syntax"' all
	grep -q '"code": "missing-required"' all
	grep -A20 '"code": "count-and-until"' all | grep -q '"related"'
	same "$EVCAL" validate
	[ "$(grep -c 'COUNT is here' all)" -eq 1 ]
	[ "$(grep -c 'error: "location" has no value' all)" -eq 100 ]
}

@test "threads: a link that leads nowhere, and standard input in its place" {
	local status=0
	rm events/c.yaml
	ln -s nowhere events/c.yaml
	same "$EVCAL" validate
	grep -q "events/c.yaml:1:1: error: the link leads nowhere" all
	rm events/c.yaml
	"$EVCAL" validate --stdin-name=events/c.yaml - >out 2>&1 <<<"events: [{id: x, summary: X, start: 2021-01-01}]" || status=$?
	[ "$status" -eq 0 ] || { cat out; false; }
	grep -q "1 event in 1 file: nothing wrong" out
}

@test "threads: more events than a calendar may have, and slips in them" {
	local file
	for file in b c d e; do
		/usr/bin/python3 - "$file" >"events/$file.yaml" <<-'END'
			import sys
			print("events:")
			for n in range(70000):
			    print(f"- {{id: {sys.argv[1]}-{n}, summary: {sys.argv[1]} {n}, start: 2021-01-21}}")
			print("- {id: last, sumary: X, start: 2021-01-21}")
		END
	done
	same "$EVCAL" validate
	grep -q 'the calendar has more than 200,000 events' all
	grep -q 'events/d.yaml:.*unknown key "sumary"' all
	run ! grep -q 'events/e.yaml' all
	grep -q '^200000 events' all
}
