#!/usr/bin/env bats
# revisions.yaml: what it remembers, when SEQUENCE and LAST-MODIFIED grow, and what may not happen to it.
bats_require_minimum_version 1.5.0

setup() {
	load helpers
	make_calendar
	export SOURCE_DATE_EPOCH=1608195600
	"$EVCAL" export -q
	cp events/revisions.yaml first
}

teardown() {
	remove_work
}

# later: the next run is an hour after the first.
later() {
	SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 3600))
}

# value KEY UID: what revisions.yaml says.
value() {
	sed -n "s/^$2: {.*\b$1: \([^,}]*\).*/\1/p" events/revisions.yaml
}

@test "revisions: one line for each UID, sorted, readable as YAML" {
	printf '  - {id: odd, summary: Odd, start: 2021-01-22, uid: "{8:0 \\"x}\\\\@y"}\n' | sed 's/8:0 /8:0/' >>events/a.yaml
	"$EVCAL" export -q
	[ "$(wc -l <events/revisions.yaml)" -eq 3 ]
	LC_ALL=C sort -c <(grep -v '^"' events/revisions.yaml)
	/usr/bin/python3 - <<-'END'
		import yaml
		lines = yaml.safe_load(open("events/revisions.yaml"))
		assert set(lines) == {"one@example.org", "two@example.org", '{8:0"x}\\@y'}, lines
		for line in lines.values():
		    assert list(line) == ["sequence", "created", "modified", "ends", "digest", "schedule"], line
	END
	run_status 0 "$EVCAL" export --locked
}

@test "revisions: a second export changes nothing, not even the file's time" {
	local before
	touch -d '2001-02-03 04:05' events/revisions.yaml
	before=$(stat -c '%i %y %z' events/revisions.yaml)
	later
	run_status 0 "$EVCAL" export
	has "0 files written, 4 unchanged"
	[ "$before" = "$(stat -c '%i %y %z' events/revisions.yaml)" ]
}

@test "revisions: another description moves LAST-MODIFIED and DTSTAMP, not SEQUENCE" {
	later
	sed -i 's/summary: One,/summary: One, description: More,/' events/a.yaml
	"$EVCAL" export -q
	grep -q 'SEQUENCE:0' public/events/one.ics
	grep -q 'LAST-MODIFIED:20201217T100000Z' public/events/one.ics
	grep -q 'DTSTAMP:20201217T100000Z' public/events/one.ics
	grep -q 'CREATED:20201217T090000Z' public/events/one.ics
	[ "$(diff first events/revisions.yaml | grep -c '^>')" -eq 1 ]
	grep -q 'LAST-MODIFIED:20201217T090000Z' public/events/two.ics
}

@test "revisions: date, time, zone, place, conference, rule and status raise SEQUENCE by one each" {
	local n=0 edit
	for edit in 's/start: 2021-02-21 14:00/start: 2021-02-22 14:00/' 's/end: 16:00/end: 17:00/' \
		's/summary: Two/timezone: Europe\/London, &/' 's/summary: Two/location: Utrecht, &/' \
		's/Utrecht/Amersfoort/' 's/summary: Two/conference: "https:\/\/example.org\/a", &/' \
		's/summary: Two/rrule: FREQ=WEEKLY;COUNT=3, &/' 's/summary: Two/exdate: 2021-03-01, &/' \
		's/summary: Two/overrides: {recurrence-id: 2021-03-08, start: 2021-03-09 14:00}, &/' \
		's/summary: Two/status: cancelled, &/'; do
		sed -i "$edit" events/a.yaml
		later
		"$EVCAL" export -q
		n=$((n + 1))
		[ "$(value sequence two@example.org)" -eq "$n" ] || { echo "$edit: $(grep ^two events/revisions.yaml)"; return 1; }
	done
	grep -q "SEQUENCE:$n" public/events/two.ics
	grep -q "SEQUENCE:$n" public/late.ics
	grep -q 'SUMMARY:Cancelled: Two' public/all.ics
	[ "$(grep -c '^one' events/revisions.yaml)" -eq 1 ]
	cmp <(grep ^one first) <(grep ^one events/revisions.yaml)
}

@test "revisions: layout, order, comments and files change nothing" {
	cat >events/a.yaml <<-'END'
		# Moved about.
		events:
		  - summary: "One"
		    start: 2021-01-21
		    id: one
	END
	cat >events/zz.yaml <<-'END'
		events:
		  - end: 2021-02-21 16:00
		    start: 2021-02-21T14:00
		    id: two
		    summary: >-
		      Two
	END
	later
	run_status 0 "$EVCAL" export
	has "0 files written, 4 unchanged"
	cmp first events/revisions.yaml
}

@test "revisions: a new event changes no other line; a second feed has the same SEQUENCE" {
	sed -i 's/end: 16:00/end: 17:00/' events/a.yaml
	"$EVCAL" export -q
	cp events/revisions.yaml second
	echo '  - {id: three, summary: Three, start: 2021-03-01}' >>events/a.yaml
	sed -i 's/^feeds:/&\n  - {id: extra, name: Extra}/' events/calendar.yaml
	later
	"$EVCAL" export -q
	[ "$(diff second events/revisions.yaml | grep -c '^[<>]')" -eq 1 ]
	diff <(grep -A12 UID:two public/all.ics) <(grep -A12 UID:two public/extra.ics)
}

@test "revisions: --feed and -o - keep them for all events" {
	sed -i 's/end: 16:00/end: 17:00/' events/a.yaml
	"$EVCAL" export -q --feed=all
	[ "$(value sequence two@example.org)" -eq 1 ]
	sed -i 's/start: 2021-01-21/start: 2021-01-22/' events/a.yaml
	"$EVCAL" export -q --feed=late -o - >/dev/null
	[ "$(value sequence one@example.org)" -eq 1 ]
}

@test "revisions: an id that is renamed with its old uid goes on from its SEQUENCE" {
	sed -i 's/end: 16:00/end: 17:00/' events/a.yaml
	"$EVCAL" export -q
	sed -i 's/id: two/id: deux, uid: two@example.org/; s/end: 17:00/end: 18:00/' events/a.yaml
	"$EVCAL" export -q
	[ "$(value sequence two@example.org)" -eq 2 ]
	grep -q SEQUENCE:2 public/events/deux.ics
	[ "$(wc -l <events/revisions.yaml)" -eq 2 ]
}

@test "revisions: the event's own sequence is the least" {
	sed -i 's/id: two/id: two, sequence: 7/' events/a.yaml
	"$EVCAL" export -q
	[ "$(value sequence two@example.org)" -eq 7 ]
	sed -i 's/end: 16:00/end: 17:00/' events/a.yaml
	"$EVCAL" export -q
	[ "$(value sequence two@example.org)" -eq 8 ]
}

@test "revisions: modified always grows, whatever the clock says" {
	sed -i 's/summary: One/summary: Een/' events/a.yaml
	SOURCE_DATE_EPOCH=1000000000 "$EVCAL" export -q
	[ "$(value modified one@example.org)" = 2020-12-17T09:00:01Z ]
}

@test "revisions: --locked changes nothing, and names what would have to change" {
	run_status 0 "$EVCAL" export --locked
	sed -i 's/summary: One/summary: Een/' events/a.yaml
	echo '  - {id: three, summary: Three, start: 2021-03-01}' >>events/a.yaml
	cp -r public before
	run_status 1 "$EVCAL" export --locked
	has 'events/a.yaml:2:10: error: "one" was changed since revisions.yaml was written [revisions-outdated]'
	has 'error: revisions.yaml does not know "three" yet [revisions-outdated]'
	[[ $output != *'"two"'* ]]
	cmp first events/revisions.yaml
	diff -r before public
	"$EVCAL" export -q
	run_status 0 "$EVCAL" export --locked
}

@test "revisions: --dry-run writes nothing" {
	sed -i 's/end: 16:00/end: 17:00/' events/a.yaml
	cp -r public before
	run_status 0 "$EVCAL" export --dry-run
	has "changed   two  end"
	cmp first events/revisions.yaml
	diff -r before public
}

@test "revisions: --dry-run knows in a fresh clone, without the files, what subscribers have seen" {
	rm -r public
	run_status 0 "$EVCAL" export --dry-run
	has "0 events would change, 2 would stay as they are"
	sed -i 's/end: 16:00/end: 17:00/' events/a.yaml
	echo '  - {id: three, summary: Three, start: 2021-03-01}' >>events/a.yaml
	run_status 0 "$EVCAL" export --dry-run
	has "new       three"
	has "changed   two"
	has "2 events would change, 1 would stay as it is"
}

@test "revisions: what is gone and still to come is a warning, on validate too; past events leave in silence" {
	sed -i '/one/d' events/a.yaml
	run_status 0 "$EVCAL" validate
	has "events/revisions.yaml:1:1: warning: one@example.org was published"
	run_status 0 "$EVCAL" export
	has "[removed-event]"
	[ "$(wc -l <events/revisions.yaml)" -eq 2 ]
	SOURCE_DATE_EPOCH=1611187200 run_status 0 "$EVCAL" validate
	has "[removed-event]"
	# 22 January, when it is over.
	SOURCE_DATE_EPOCH=1611273600 run_status 0 "$EVCAL" validate
	[[ $output != *removed-event* ]]
	breaks
	echo 'zomaar een regel' >>events/a.yaml
	run_status 1 "$EVCAL" validate
	[[ $output != *removed-event* ]]
}

@test "revisions: --forget marks what is gone, and nobody is told of it any more" {
	sed -i '/one/d' events/a.yaml
	run_status 0 "$EVCAL" export
	has "evcal export --forget=one"
	run_status 0 "$EVCAL" export --forget=one --dry-run
	[[ $output != *removed-event* ]]
	cmp first events/revisions.yaml
	run_status 0 "$EVCAL" export --forget=one
	[[ $output != *removed-event* ]]
	[ "$(value gone one@example.org)" = true ]
	diff <(sed 's/, gone: true//' events/revisions.yaml) first
	run_status 0 "$EVCAL" validate --strict
	run_status 0 "$EVCAL" export --locked
	cp events/revisions.yaml marked
	later
	run_status 0 "$EVCAL" export --forget=one --forget=one@example.org --forget=@example.org
	cmp marked events/revisions.yaml
}

@test "revisions: an event that was forgotten and is back goes on from its SEQUENCE" {
	cp events/a.yaml a.yaml
	sed -i '/one/d' events/a.yaml
	"$EVCAL" export -q --forget=one@example.org
	cp a.yaml events/a.yaml
	later
	run_status 0 "$EVCAL" export --dry-run
	has "new       one"
	run_status 1 "$EVCAL" export --locked
	has '"one" was changed since revisions.yaml was written [revisions-outdated]'
	"$EVCAL" export -q
	grep -q SEQUENCE:1 public/events/one.ics
	[ "$(value gone one@example.org)" = "" ]
	[ "$(value sequence one@example.org)" -eq 1 ]
	[ "$(value modified one@example.org)" = 2020-12-17T10:00:00Z ]
	run_status 0 "$EVCAL" export --locked
}

@test "revisions: --forget of an event takes its extra dates with it" {
	sed -i 's/id: two/&, rdate: [2021-03-01, 2021-03-08]/' events/a.yaml
	echo '  - {id: two-20210401, summary: Other, start: 2021-04-01}' >>events/a.yaml
	"$EVCAL" export -q
	sed -i '/id: two,/d' events/a.yaml
	run_status 0 "$EVCAL" export --forget=two
	[[ $output != *removed-event* ]]
	[ "$(grep -c 'gone: true' events/revisions.yaml)" -eq 3 ]
	[ "$(value gone two-20210401@example.org)" = "" ]
}

@test "revisions: --forget of what is not gone is status 2, with the nearest, and changes nothing" {
	sed -i '/one/d' events/a.yaml
	"$EVCAL" export -q
	cp -r public before
	while IFS='|' read -r word said; do
		run_status 2 "$EVCAL" export --forget="$word"
		[ "$output" = "evcal: $said" ]
		run_status 2 "$EVCAL" export --dry-run --forget=one --forget="$word"
		[ "$output" = "evcal: $said" ]
	done <<-'END'
		onne|nothing was published as "onne"; did you mean "one"?
		one@exampel.org|nothing was published as "one@exampel.org"; did you mean "one@example.org"?
		@exampel.org|nothing was published as "@exampel.org"; did you mean "@example.org"?
		@|nothing was published as "@"
		|nothing was published as ""
		two|--forget: "two" is still in the files; take it out of them first
		two@example.org|--forget: "two@example.org" is still in the files; take it out of them first
	END
	run_status 2 "$EVCAL" export --locked --forget=one
	has "--locked"
	run_status 2 "$EVCAL" validate --forget=one
	cmp first events/revisions.yaml
	diff -r before public
}

@test "revisions: --forget marks nothing while there is an error" {
	sed -i '/one/d' events/a.yaml
	breaks
	run_status 1 "$EVCAL" export --forget=one
	cmp first events/revisions.yaml
	sed -i '$d' events/a.yaml
	sed -i 's/sequence: 0/sequence: x/' events/revisions.yaml
	cp events/revisions.yaml damaged
	run_status 1 "$EVCAL" export --forget=one
	has "[revisions-damaged]"
	cmp damaged events/revisions.yaml
}

@test "revisions: another domain is one error, until the old name is back or its events are forgotten" {
	sed -i 's/^domain: .*/domain: example.net/' events/calendar.yaml
	cp -r public before
	for command in validate export "export --locked" "export --dry-run" "invite one"; do
		# shellcheck disable=SC2086 # words
		run_status 1 "$EVCAL" $command
		has 'events/calendar.yaml:2:9: error: '
		has "evcal export --forget=@example.org"
		[ "$(grep -c '\[.*-.*\]$' <<<"$output")" -eq 1 ]
	done
	cmp first events/revisions.yaml
	diff -r before public
	sed -i 's/^domain: .*/domain: example.org/' events/calendar.yaml
	run_status 0 "$EVCAL" export --locked
	sed -i 's/^domain: .*/domain: example.net/' events/calendar.yaml
	run_status 0 "$EVCAL" export --forget=@example.org
	[ "$(grep -c 'example.org: .*gone: true' events/revisions.yaml)" -eq 2 ]
	[ "$(grep -c example.net events/revisions.yaml)" -eq 2 ]
	run_status 0 "$EVCAL" validate --strict
	# And back again: that is another domain too.
	sed -i 's/^domain: .*/domain: example.org/' events/calendar.yaml
	run_status 1 "$EVCAL" validate
	has "evcal export --forget=@example.net"
	run_status 0 "$EVCAL" export --forget=@example.net
	grep -q SEQUENCE:1 public/events/one.ics
	[ "$(value gone one@example.org)" = "" ]
}

@test "revisions: UIDs of another domain that the author gave are no other domain" {
	echo '  - {id: three, summary: Three, start: 2021-03-01, uid: three@example.net}' >>events/a.yaml
	"$EVCAL" export -q
	run_status 0 "$EVCAL" validate --strict
	# Nor are those that are gone, and one that gets a UID of the calendar's own.
	sed -i 's/, uid: three@example.net//' events/a.yaml
	run_status 0 "$EVCAL" validate
	has "three@example.net was published"
	has "--forget=three@example.net"
	# Where the calendar's domain becomes another one, theirs stays.
	sed -i 's/^domain: .*/domain: example.com/; s/start: 2021-03-01/&, uid: three@example.net/' events/calendar.yaml events/a.yaml
	run_status 1 "$EVCAL" validate
	has "--forget=@example.org"
}

# lost COMMAND...: it is refused with one finding, and nothing changes.
lost() {
	rm -rf before
	mkdir before
	cp -a events public before
	run_status 1 "$@"
	[ "$(grep -c ': error: .*\[revisions-lost\]$' <<<"$output")" -eq 1 ]
	[ "$(grep -c ': error: ' <<<"$output")" -eq 1 ]
	diff -r before/events events
	diff -r before/public public
}

@test "revisions: where they were deleted, nothing is published that subscribers have passed" {
	sed -i 's/end: 16:00/end: 17:00/' events/a.yaml
	"$EVCAL" export -q
	"$EVCAL" export -q -o elsewhere
	mv events/revisions.yaml newest
	later
	for command in export "export --locked" "export --dry-run" "export --strict" "export --feed=late"; do
		# shellcheck disable=SC2086 # words
		lost "$EVCAL" $command
		has "events/revisions.yaml:1:1: error: two@example.org has SEQUENCE 1 in public/"
		has "git checkout HEAD -- events/revisions.yaml"
		has "with -o"
	done
	# It is what lies in the folder that counts, not whether the event changes or is there.
	sed -i 's/end: 17:00/end: 16:00/' events/a.yaml
	lost "$EVCAL" export
	sed -i '/two/d' events/a.yaml
	lost "$EVCAL" export
	# In another folder nothing was published; and the file comes back.
	run_status 0 "$EVCAL" export -o new --dry-run
	mv newest events/revisions.yaml
	run_status 0 "$EVCAL" export
	has "1 removed"
	run_status 0 "$EVCAL" export --locked -o elsewhere
}

@test "revisions: an old file, or another branch, is not published over what is newer" {
	cp -r events main
	sed -i 's/end: 16:00/end: 17:00/' events/a.yaml
	later
	"$EVCAL" export -q
	cp first events/revisions.yaml
	for command in export "export --locked" "export --dry-run --format=json" "export --feed=all"; do
		# shellcheck disable=SC2086 # words
		lost "$EVCAL" $command
		has "events/revisions.yaml:2:1: error: two@example.org has SEQUENCE 1 in public/"
		has ", and only 0 in this file"
	done
	# The events of before with them: of these none has changed.
	rm -r events
	cp -r main events
	lost "$EVCAL" export
	lost "$EVCAL" export --locked
	run_status 0 "$EVCAL" export -o main-public
}

@test "revisions: one line that is lost is found, whatever its UID looks like" {
	local uid
	uid=$(printf 'u%.0s' {1..100})'\,;x\\@y'
	printf "  - {id: odd, summary: Odd, start: 2021-01-22, uid: '%s'}\n" "$uid" >>events/a.yaml
	"$EVCAL" export -q
	sed -i 's/2021-01-22/2021-01-23/' events/a.yaml
	"$EVCAL" export -q
	run_status 0 "$EVCAL" export --locked
	cp events/revisions.yaml newest
	sed -i '/uuuu/d' events/revisions.yaml
	lost "$EVCAL" export
	has ", and no line in this file"
	# A line that remembers more is no loss.
	sed '/uuuu/s/sequence: 1/sequence: 5/' newest >events/revisions.yaml
	run_status 0 "$EVCAL" export
	grep -q SEQUENCE:5 public/events/odd.ics
}

@test "revisions: without a higher SEQUENCE nothing is lost" {
	rm events/revisions.yaml
	later
	run_status 0 "$EVCAL" export
	has "4 files written"
	# What the events ask for themselves is not lost either.
	sed -i 's/id: two/&, sequence: 7/' events/a.yaml
	"$EVCAL" export -q
	rm events/revisions.yaml
	later
	run_status 0 "$EVCAL" export
	grep -q SEQUENCE:7 public/events/two.ics
}

@test "revisions: what is in the way of the files is said too, with the findings" {
	sed -i 's/end: 16:00/end: 17:00/' events/a.yaml
	echo x >>public/events/two.ics
	run_status 1 "$EVCAL" export --locked
	has "[revisions-outdated]"
	has "changed since evcal wrote it"
	printf '  - {id: three, summary: One, start: 2021-01-21}\n' >>events/a.yaml
	run_status 3 "$EVCAL" export
	has "[likely-duplicate]"
	has "changed since evcal wrote it"
	cmp first events/revisions.yaml
}

@test "revisions: a damaged file is an error that says where, and is never overwritten" {
	local damage
	for damage in '2s/sequence: 0/sequence: x/' '1s/}$//' '2s/, ends: [^,]*//' '1s/digest: ..../digest: zz/' \
		'1s/$/ x/' '1s/}$/, gone: false}/' '1s/}$/, gone: true, gone: true}/' '2s/: {/ {/' '2s/modified: 2020-12/modified: 2020-13/' '1s/^.*$/garbage/'; do
		sed "$damage" first >events/revisions.yaml
		cmp -s first events/revisions.yaml && { echo "$damage changes nothing"; return 1; }
		cp events/revisions.yaml damaged
		run_status 1 "$EVCAL" export
		has "events/revisions.yaml:${damage:0:1}:1: error: this line is not as evcal writes it [revisions-damaged]"
		run_status 1 "$EVCAL" validate
		cmp damaged events/revisions.yaml
	done
	printf 'x\0y\n' >events/revisions.yaml
	run_status 1 "$EVCAL" export
}

@test "revisions: it may be larger than a file with events" {
	yes '# Two hundred thousand events have some fifty megabytes of lines.' | head -c 17M >>events/revisions.yaml
	run_status 0 "$EVCAL" export --locked
	sed -i 's/end: 16:00/end: 17:00/' events/a.yaml
	run_status 0 "$EVCAL" export
	[ "$(value sequence two@example.org)" -eq 1 ]
}

@test "revisions: what git could not merge is named, with the way out" {
	printf '<<<<<<< HEAD\n%s\n=======\n%s\n>>>>>>> other\n%s\n' "$(grep ^one first)" \
		"$(grep ^one first | sed 's/sequence: 0/sequence: 1/')" "$(grep ^two first)" >events/revisions.yaml
	run_status 1 "$EVCAL" export
	has "events/revisions.yaml:1:1: error: git could not merge"
	has "keep the one with the higher sequence"
	# Only the marks taken out: two lines for one UID.
	sed -i '/^[<=>]/d' events/revisions.yaml
	run_status 1 "$EVCAL" export
	has "events/revisions.yaml:2:1: error: there are two lines for one@example.org [revisions-damaged]"
	sed -i 1d events/revisions.yaml
	run_status 0 "$EVCAL" export
	grep -q 'SEQUENCE:1' public/events/one.ics
}

@test "revisions: a file that cannot be written is status 3, and nothing is published" {
	sed -i 's/end: 16:00/end: 17:00/' events/a.yaml
	cp -r public before
	mkdir events/.revisions.yaml.evcal-new
	run_status 3 "$EVCAL" export
	has "events/revisions.yaml"
	diff -r before public
	rmdir events/.revisions.yaml.evcal-new
	run_status 0 "$EVCAL" export
	grep -q 'SEQUENCE:1' public/events/two.ics
}

@test "revisions: two runs at once wait for each other" {
	local n
	for n in 1 2 3 4 5 6; do
		(sed "s/end: 16:00/end: 16:0$n/" events/a.yaml >"a$n" && mv "a$n" events/a.yaml && "$EVCAL" export -q -o "out$n") &
	done
	wait
	"$EVCAL" export -q
	[ "$(wc -l <events/revisions.yaml)" -eq 2 ]
	# No SEQUENCE stands for two contents.
	for n in 1 2 3 4 5 6; do
		sed -n '/UID:two/,/DTEND/p;/^SEQUENCE/p' "out$n/events/two.ics" | tr -d '\r' | tr '\n' ' '
		echo
	done | sort -u >seen
	[ "$(grep -o 'SEQUENCE:[0-9]*' seen | sort -u | wc -l)" -eq "$(wc -l <seen)" ]
}
