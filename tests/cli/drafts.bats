#!/usr/bin/env bats
# What subscribers do not see yet: drafts and events of which only the month is known; and what is past for a feed.
bats_require_minimum_version 1.5.0

setup() {
	load helpers
	make_calendar
	export SOURCE_DATE_EPOCH=1608195600
}

teardown() {
	remove_work
}

# later: the next run is an hour after the first.
later() {
	SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 3600))
}

@test "drafts: a draft and an announced event are in no file and no feed, and are not remembered" {
	printf '  - {id: hidden, summary: Hidden, start: 2021-01-22 10:00, draft: true}\n' >>events/a.yaml
	printf '  - {id: someday, summary: Someday, start: 2021-10}\n' >>events/a.yaml
	run_status 0 "$EVCAL" export
	has "2 events; 4 files written"
	has "warning: the event has a time but no end"
	[ "$(ls public/events)" = $'one.ics\ntwo.ics' ]
	run ! grep -rE 'Hidden|Someday' public
	run ! grep -E 'hidden|someday' events/revisions.yaml
	later
	run_status 0 "$EVCAL" export --locked
}

@test "drafts: one that becomes public is new, with the time at which it does" {
	printf '  - {id: hidden, summary: Hidden, start: 2021-01-22, draft: true}\n' >>events/a.yaml
	printf '  - {id: someday, summary: Someday, start: 2021-10}\n' >>events/a.yaml
	"$EVCAL" export -q
	later
	sed -i 's/, draft: true//; s/2021-10}/2021-10-05}/' events/a.yaml
	run_status 1 "$EVCAL" export --locked
	run_status 0 "$EVCAL" export --dry-run
	has "new       hidden"
	has "new       someday"
	"$EVCAL" export -q
	grep -q '^hidden@example.org: {sequence: 0, created: 2020-12-17T10:00:00Z' events/revisions.yaml
	grep -q '^someday@example.org: {sequence: 0, created: 2020-12-17T10:00:00Z' events/revisions.yaml
}

@test "drafts: one that was public and is a draft again leaves, with its own advice" {
	"$EVCAL" export -q
	later
	sed -i 's/summary: One,/summary: One, draft: true,/' events/a.yaml
	run_status 0 "$EVCAL" validate
	has 'is a draft now [removed-event]'
	has 'take "draft" out'
	run_status 0 "$EVCAL" export --dry-run
	has "gone      one"
	"$EVCAL" export -q
	[ ! -e public/events/one.ics ]
	# Its line stays, so that the UID never starts anew.
	grep -q '^one@example.org: ' events/revisions.yaml
}

@test "drafts: nobody is invited to one, nor to a month" {
	printf '  - {id: hidden, summary: Hidden, start: 2021-01-22, draft: true}\n' >>events/a.yaml
	printf '  - {id: someday, summary: Someday, start: 2021-10}\n' >>events/a.yaml
	run_status 2 "$EVCAL" invite hidden --to=a@example.org
	has 'evcal: hidden is a draft, and nobody is invited to one; take "draft: true" out first'
	run_status 2 "$EVCAL" invite someday --to=a@example.org
	has 'evcal: someday has only a month, and nobody is invited to that; give "start" its day first'
	run_status 2 "$EVCAL" invite hidden
	[ ! -e invites ] && [ ! -e events/revisions.yaml ]
}

@test "drafts: what is part of one has no RELATED-TO, until it is public" {
	printf '  - {id: whole, summary: Whole, start: 2021-01-22, draft: true}\n' >>events/a.yaml
	printf '  - {id: part, summary: Part, start: 2021-01-22, part-of: whole}\n' >>events/a.yaml
	"$EVCAL" export -q
	run ! grep -q RELATED-TO public/events/part.ics
	sed -i 's/, draft: true//' events/a.yaml
	"$EVCAL" export -q
	grep -q '^RELATED-TO;RELTYPE=PARENT:whole@example.org' public/events/part.ics
}

@test "drafts: defaults make drafts of a file's events, wherever they stand, and an event can say no" {
	printf '  - {id: public, summary: Public, start: 2021-01-22, draft: false}\n' >>events/a.yaml
	printf '  - {id: unfinished, registration: {deadline: 2021-01-01}}\n' >>events/a.yaml
	printf 'defaults:\n  draft: true\n' >>events/a.yaml
	run_status 0 "$EVCAL" export
	has 'warning: the key "start" is missing'
	has "warning: one of these keys is missing"
	[ "$(ls public/events)" = public.ics ]
}

@test "drafts: a mistake in one is an error all the same" {
	printf '  - {id: hidden, summary: Hidden, start: 2021-01-22, end: 2021-01-21, draft: true}\n' >>events/a.yaml
	run_status 1 "$EVCAL" export
	has end-before-start
	[ ! -e public ]
}

@test "past: what is over for longer than that leaves the feed, by today" {
	printf '  - {id: ahead, name: Ahead, past: 2d}\n' >>events/calendar.yaml
	printf 'events:\n  - {id: three, summary: Three, start: 2021-01-20, end: 2021-01-21}\n' >events/b.yaml
	printf '  - {id: four, summary: Four, start: 2021-01-10, rrule: FREQ=WEEKLY;COUNT=3}\n' >>events/b.yaml
	printf '  - {id: five, summary: Five, start: 2001-01-10, rrule: FREQ=WEEKLY}\n' >>events/b.yaml
	# Three is over on the 22nd, so for more than two days on the 25th; four ends on the 24th.
	EVCAL_TODAY=2021-01-24 "$EVCAL" export -q -o before
	EVCAL_TODAY=2021-01-25 "$EVCAL" export -q -o after
	grep -q SUMMARY:Three before/ahead.ics
	run ! grep -q SUMMARY:Three after/ahead.ics
	grep -q SUMMARY:Four after/ahead.ics
	grep -q SUMMARY:Five after/ahead.ics
	cmp before/all.ics after/all.ics
	cmp before/events/three.ics after/events/three.ics
	EVCAL_TODAY=2021-01-28 "$EVCAL" export -q -o later
	run ! grep -q SUMMARY:Four later/ahead.ics
}

@test "past: an export of yesterday is not taken for that of today" {
	export XDG_CACHE_HOME=$PWD/cache
	mkdir cache
	printf '  - {id: ahead, name: Ahead, past: 2d}\n' >>events/calendar.yaml
	EVCAL_TODAY=2021-01-21 "$EVCAL" export -q
	grep -q SUMMARY:One public/ahead.ics
	EVCAL_TODAY=2021-03-21 "$EVCAL" export -q
	run ! grep -q SUMMARY:One public/ahead.ics
	run_status 0 env EVCAL_TODAY=2021-03-21 "$EVCAL" export
	has "0 files written"
}

@test "today: EVCAL_TODAY, else the day of SOURCE_DATE_EPOCH in the calendar's zone" {
	printf 'events:\n  - {id: someday, summary: Someday, start: 2020-12}\n' >events/b.yaml
	run_status 0 "$EVCAL" validate
	[[ $output != *announced-over* ]]
	# 23:30 UTC is the next day in Amsterdam.
	SOURCE_DATE_EPOCH=1609457400 run_status 0 "$EVCAL" validate
	has "2020-12 is over"
	run_status 0 env EVCAL_TODAY=2021-01-01 "$EVCAL" validate
	has "2020-12 is over"
	run_status 0 env EVCAL_TODAY= "$EVCAL" validate
	[[ $output != *announced-over* ]]
	for wrong in 2021-1-1 tomorrow "2021-01-01 10:00" 2021-02-30; do
		run_status 3 env EVCAL_TODAY="$wrong" "$EVCAL" validate
		has "evcal: cannot use EVCAL_TODAY $wrong: write it as a date, 2021-01-21"
	done
}

@test "clash: twenty thousand events in one room at one time are told of, and do not hang it" {
	printf 'rooms: Zaal\n' >>events/calendar.yaml
	awk 'BEGIN { print "events:"; for (i = 0; i < 20000; i++)
		printf "  - {id: e%d, summary: E%d, start: 2021-02-09, location: Zaal}\n", i, i }' >events/b.yaml
	run_status 0 "$EVCAL" validate
	has '"e1" and "e0" are both in Zaal on 2021-02-09 [clash]'
	has "20002 events in 3 files: 0 errors, 10000 warnings"
}

# What list shows of a calendar with a draft, a month, and both.
withheld() {
	cat >>events/a.yaml <<-'END'
		  - {id: hidden, summary: Hidden, start: 2021-01-22 10:00, end: 12:00, draft: true}
		  - {id: someday, summary: Someday, start: 2021-02, location: Utrecht}
		  - {id: perhaps, summary: Perhaps, start: 2021-03, draft: true}
	END
}

@test "list: the other formats have drafts and months with --all only" {
	withheld
	for format in json tsv csv markdown id; do
		"$EVCAL" list --format=$format >without
		"$EVCAL" list --format=$format --all >with
		run ! grep -qiE 'hidden|someday|perhaps' without
		[ "$(grep -ciE 'hidden|someday|perhaps' with)" -eq 3 ]
	done
	"$EVCAL" list --format=json --all >json
	/usr/bin/python3 - <<-'END'
		import json
		rows = {row["id"]: row for row in json.load(open("json"))["occurrences"]}
		assert list(rows) == ["one", "hidden", "two", "someday", "perhaps"], list(rows)
		month = rows["someday"]
		assert month["start"] == "2021-02" and month["end"] is None and month["timezone"] is None and month["all_day"]
		assert [row["draft"] for row in rows.values()] == [False, True, False, False, True]
		assert rows["one"]["feeds"] == ["all"] and not rows["hidden"]["feeds"] and not month["feeds"]
	END
	"$EVCAL" list --format=markdown --all | grep -qF '| February 2021 | day to come | Someday | Utrecht |'
}

@test "new: an event of which only the month is known is copied to the next year's, or to the day given" {
	printf '  - id: fair-2020\n    summary: Fair\n    start: 2020-10\n' >>events/a.yaml
	EVCAL_TODAY=2021-10-31 run_status 0 "$EVCAL" new --like=fair-2020
	has $'  - id: fair-2021\n    summary: Fair\n    start: 2021-10'
	EVCAL_TODAY=2021-11-01 run_status 0 "$EVCAL" new --like=fair-2020
	has $'  - id: fair-2022\n    summary: Fair\n    start: 2022-10'
	run_status 0 "$EVCAL" new --like=fair-2020 --start=2023-10-05
	has $'  - id: fair-2023\n    summary: Fair\n    start: 2023-10-05'
}

@test "new: the rule of a copy follows its day, so that the copy is good as it is" {
	cat >events/a.yaml <<-'END'
		events:
		  - {id: a, summary: A, start: 2021-01-14 14:00, end: 15:00, rrule: FREQ=MONTHLY;BYMONTHDAY=14;COUNT=3}
		  - {id: b, summary: B, start: 2021-01-12 14:00, end: 15:00, rrule: FREQ=MONTHLY;BYDAY=2TU;COUNT=3}
		  - {id: c, summary: C, start: 2021-01-29 14:00, end: 15:00, rrule: "FREQ=MONTHLY;BYDAY=-1FR;COUNT=3"}
		  - {id: d, summary: D, start: 2021-01-14 14:00, end: 15:00, rrule: FREQ=WEEKLY;BYDAY=TH;COUNT=3}
		  - {id: e, summary: E, start: 2021-01-12 14:00, end: 15:00, rrule: "UNTIL=20230301T000000Z;BYMONTH=1;FREQ=YEARLY;BYDAY=2TU"}
		  - id: f
		    summary: F
		    start: 2021-01-12 14:00
		    end: 15:00
		    rrule: >-
		      RRULE:FREQ=MONTHLY;BYDAY=2TU;
		      UNTIL=20210401T000000Z
	END
	run_status 0 "$EVCAL" validate
	for start in "" --start=2031-01-31 --start=2031-02-20 --start=2032-02-29 --start=2031-03-01; do
		echo "events:" >copy
		for id in a b c d e f; do
			"$EVCAL" new --like="$id" ${start:+"$start"} | grep -v '^$' >>copy
		done
		cp copy events/b.yaml
		run_status 0 "$EVCAL" validate
		rm events/b.yaml
	done
	"$EVCAL" new --like=c --start=2031-01-31 | grep -qF 'BYDAY=-1FR'
	"$EVCAL" new --like=b --start=2031-01-09 | grep -qF 'BYDAY=2TH'
}
