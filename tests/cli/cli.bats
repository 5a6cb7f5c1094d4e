#!/usr/bin/env bats
# The command line: options, exit status, standard input, write errors.
bats_require_minimum_version 1.5.0

setup() {
	load helpers
	make_calendar
	export SOURCE_DATE_EPOCH=1608195600
}

teardown() {
	remove_work
}

@test "validate: nothing wrong is status 0" {
	run_status 0 "$EVCAL" validate
	has "2 events in 2 files: nothing wrong"
}

@test "validate: -q says nothing where nothing is wrong" {
	run_status 0 "$EVCAL" validate -q
	[ -z "$output" ]
}

@test "validate: an error is status 1, on standard output" {
	breaks
	run_status 1 "$EVCAL" validate -q
	has 'events/a.yaml:4:15: error: unknown key "sumary" [unknown-key]'
	[ -z "$("$EVCAL" validate -q 2>&1 >/dev/null)" ]
}

@test "validate: a warning is status 0, and 1 with --strict" {
	printf '  - {id: three, summary: One, start: 2021-01-21}\n' >>events/a.yaml
	run_status 0 "$EVCAL" validate
	has "[likely-duplicate]"
	run_status 1 "$EVCAL" validate --strict
	run_status 1 "$EVCAL" export --strict
	[ ! -e public ]
}

@test "--allow: a warning of that code passes --strict, and no other" {
	printf '  - {id: three, summary: One, start: 2021-01-21}\n' >>events/a.yaml
	run_status 0 "$EVCAL" validate --strict --allow=likely-duplicate
	has "[likely-duplicate]"
	has "0 errors, 1 warning"
	run_status 1 "$EVCAL" validate --strict --allow=endless-rule
	run_status 0 "$EVCAL" list --strict --allow=likely-duplicate
	run_status 1 "$EVCAL" list --strict
	printf '  - {id: rule, summary: Rule, start: 2021-03-01, rrule: FREQ=YEARLY}\n' >>events/a.yaml
	run_status 1 "$EVCAL" export --strict --allow=likely-duplicate
	has "nothing was written"
	[ ! -e public ]
	run_status 0 "$EVCAL" export --strict --allow=likely-duplicate --allow endless-rule
	[ -e public/all.ics ]
	run_status 1 "$EVCAL" invite one --strict --allow=endless-rule
	run_status 0 "$EVCAL" invite one --strict --allow=endless-rule --allow=likely-duplicate
}

@test "--allow: an error is never allowed, and an unknown code is refused" {
	breaks
	run_status 1 "$EVCAL" validate --strict --allow=unknown-key
	run_status 1 "$EVCAL" export --allow=unknown-key
	run_status 2 "$EVCAL" validate --allow=likely-duplicat
	has 'no finding has the code "likely-duplicat"; did you mean "likely-duplicate"?'
	run_status 2 "$EVCAL" validate --strict --allow=
	run_status 2 "$EVCAL" new --allow=likely-duplicate
}

@test "--wait and --language take what they should" {
	run_status 0 "$EVCAL" export -q --wait=30s
	run_status 0 "$EVCAL" export -q --wait 0
	run_status 2 "$EVCAL" export --wait=soon
	has 'evcal: --wait: "soon" is no duration; write 30s, 5m or 1h30m'
	run_status 0 "$EVCAL" validate --language=nl
	run_status 2 "$EVCAL" --language=de validate
	has '--language does not take "de"; it takes nl or en'
}

@test "validate: FILE limits what is reported and counted" {
	breaks
	printf 'events:\n  - {id: c, sumary: y, start: 2021-01-21}\n' >events/b.yaml
	run_status 1 "$EVCAL" validate --format=json events/b.yaml
	[ "$(/usr/bin/python3 -c 'import json,sys; r=json.load(sys.stdin); print(len(r["findings"]), r["summary"])' <<<"$output")" = \
		"1 {'files': 1, 'events': 1, 'errors': 1, 'warnings': 0, 'omitted': 0}" ]
	run_status 0 "$EVCAL" validate events/calendar.yaml
	run_status 3 "$EVCAL" validate events/none.yaml
	has "No such file"
	run_status 3 "$EVCAL" validate /etc/passwd
	has "no file of the calendar"
}

@test "validate: duplicates across files hold when one file is asked for" {
	printf 'events:\n  - {id: one, summary: Other, start: 2021-01-22}\n' >events/b.yaml
	run_status 1 "$EVCAL" validate events/b.yaml
	has "[duplicate-id]"
	has 'events/a.yaml:2:10: note: the first "one" is here'
}

@test "validate: standard input stands in for a file" {
	breaks
	run_status 0 bash -c 'sed "/bad/d" events/a.yaml | "$EVCAL" validate --stdin-name=events/a.yaml -'
	run_status 1 bash -c 'sed "s/sumary/zumary/" events/a.yaml | "$EVCAL" validate --stdin-name events/a.yaml -'
	has 'events/a.yaml:4:15: error: unknown key "zumary"'
	run_status 1 bash -c '"$EVCAL" validate - <events/a.yaml'
	has '<stdin>:4:15'
	run_status 2 "$EVCAL" validate --stdin-name=events/a.yaml
}

@test "validate: the formats" {
	breaks
	run_status 1 "$EVCAL" validate --format=github
	[[ $output == "::error file=events/a.yaml,line=4,col=15,endColumn=20,title=unknown-key::unknown key "* ]]
	"$EVCAL" validate --format=sarif >sarif || true
	/usr/bin/python3 - <<-'END'
		import json
		log = json.load(open("sarif"))
		assert log["version"] == "2.1.0" and log["$schema"]
		run = log["runs"][0]
		rules = run["tool"]["driver"]["rules"]
		assert run["tool"]["driver"]["name"] == "evcal"
		for result in run["results"]:
		    assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
		    assert result["message"]["text"] and result["level"] in ("error", "warning")
		    region = result["locations"][0]["physicalLocation"]["region"]
		    assert region["startLine"] >= 1 and region["startColumn"] >= 1
		assert len({rule["id"] for rule in rules}) == len(rules)
	END
}

@test "validate: JSON has the keys of the contract" {
	breaks
	"$EVCAL" validate --format=json >json || true
	/usr/bin/python3 - <<-'END'
		import json
		report = json.load(open("json"))
		assert list(report) == ["version", "findings", "summary"] and report["version"] == 1
		keys = "file line column end_line end_column severity code message help event fix related".split()
		finding, = report["findings"]
		assert list(finding) == keys
		assert (finding["line"], finding["column"], finding["end_line"], finding["end_column"]) == (4, 15, 4, 21)
		assert finding["event"] == "bad" and finding["code"] == "unknown-key" and finding["severity"] == "error"
		assert list(report["summary"]) == ["files", "events", "errors", "warnings", "omitted"]
	END
}

@test "validate: JSON and SARIF have the fix" {
	printf '  - {id: bad, summary: x, start: "21 januari 2021"}\n' >>events/a.yaml
	"$EVCAL" validate --format=json >json || true
	"$EVCAL" validate --format=sarif >sarif || true
	/usr/bin/python3 - <<-'END'
		import json
		finding, = json.load(open("json"))["findings"]
		fix = {"line": 4, "column": 34, "end_line": 4, "end_column": 51, "text": '"2021-01-21"'}
		assert finding["fix"] == fix and finding["help"] == "write 2021-01-21"
		result, = json.load(open("sarif"))["runs"][0]["results"]
		fixed, = result["fixes"]
		change, = fixed["artifactChanges"]
		replacement, = change["replacements"]
		assert fixed["description"]["text"] == finding["help"]
		assert change["artifactLocation"] == {"uri": "events/a.yaml"}
		assert replacement["deletedRegion"] == {
		    "startLine": 4, "startColumn": 34, "endLine": 4, "endColumn": 51}
		assert replacement["insertedContent"] == {"text": fix["text"]}
	END
}

# fixable: an events file that --fix has work on, with a byte order mark, comments, CRLF and an editor's layout.
fixable() {
	printf '\xEF\xBB\xBF# de lessen\r\nevents:\r\n\r\n  -   id: les-1   # de eerste\r\n      summary: Les #1\r\n      start:   "9 februari 2027"\r\n' \
		>events/b.yaml
}

@test "validate --fix: writes what is surely meant, and nothing else" {
	fixable
	cp events/a.yaml a.yaml
	run_status 0 "$EVCAL" validate --fix
	has "2 fixes in 1 file: events/b.yaml"
	has "nothing wrong"
	printf '\xEF\xBB\xBF# de lessen\r\nevents:\r\n\r\n  -   id: les-1   # de eerste\r\n      summary: "Les #1"\r\n      start:   "2027-02-09"\r\n' |
		cmp - events/b.yaml
	cmp a.yaml events/a.yaml
	run_status 0 "$EVCAL" validate --fix
	has "nothing to fix"
	[ "$(ls -A events)" = "$(printf 'a.yaml\nb.yaml\ncalendar.yaml')" ]
}

@test "validate --fix: shows what is left, in every format" {
	fixable
	printf 'events:\n  - {id: c, summary: C, start: 2027-02-31}\n' >events/c.yaml
	run_status 1 "$EVCAL" validate --fix -q --format=json
	[ "$(/usr/bin/python3 -c 'import json,sys; print(*[f["code"] for f in json.load(sys.stdin)["findings"]])' <<<"$output")" = bad-date ]
}

@test "validate --fix: of fixes that overlap the first wins, and the next run has the other" {
	printf 'events:\n  - {id: c, summary: C, start: “9 februari 2027”}\n' >events/c.yaml
	run_status 1 "$EVCAL" validate --fix
	has "1 fix in 1 file"
	run_status 0 "$EVCAL" validate --fix
	grep -q 'start: 2027-02-09}' events/c.yaml
}

@test "validate --fix: FILE limits what is written" {
	fixable
	cp events/b.yaml b.yaml
	run_status 0 "$EVCAL" validate --fix events/a.yaml
	has "nothing to fix"
	cmp b.yaml events/b.yaml
	run_status 2 "$EVCAL" validate --fix - <events/b.yaml
	has "standard input"
}

@test "validate --fix: a file that cannot be written: status 3, and no file has changed" {
	fixable
	mkdir events/sub
	sed 's/les-1/les-2/' events/b.yaml >events/sub/c.yaml
	cp -r events before
	mkdir events/sub/.c.yaml.evcal-new
	run_status 3 "$EVCAL" validate --fix
	has "cannot write events/sub/c.yaml"
	rmdir events/sub/.c.yaml.evcal-new
	diff -r before events
	((EUID)) || skip "root may write everywhere"
	chmod a-w events/sub
	run_status 3 "$EVCAL" validate --fix
	has "cannot write events/sub/c.yaml"
	chmod u+w events/sub
	diff -r before events
	chmod a-w events/sub/c.yaml
	run_status 3 "$EVCAL" validate --fix
	chmod u+w events/sub/c.yaml
	diff -r before events
}

@test "validate --fix: a link within the folder stays one, and its file is written once" {
	fixable
	mv events/b.yaml events/lessen.txt
	ln -s lessen.txt events/b.yaml
	run_status 0 "$EVCAL" validate --fix
	[ -L events/b.yaml ]
	grep -q '"2027-02-09"' events/lessen.txt
}

@test "colour: on demand only" {
	breaks
	run "$EVCAL" validate
	[[ $output != *$'\033'* ]]
	run "$EVCAL" validate --color=always
	[[ $output == *$'\033['* ]]
	run "$EVCAL" validate --color=never
	[[ $output != *$'\033'* ]]
}

@test "colour: a terminal gets it, unless NO_COLOR says no" {
	breaks
	run script -qec "TERM=xterm $EVCAL validate" /dev/null
	[[ $output == *$'\033['* ]]
	run script -qec "NO_COLOR=1 TERM=xterm $EVCAL validate" /dev/null
	[[ $output != *$'\033'* ]]
}

@test "usage: unknown words get the nearest, status 2" {
	run_status 2 "$EVCAL" validat
	has 'did you mean "validate"?'
	run_status 2 "$EVCAL" validate --fromat=json
	has 'did you mean "--format"?'
	run_status 2 "$EVCAL" validate --format=jsn
	has 'did you mean "json"?'
	run_status 2 "$EVCAL" export --feed=al
	has 'did you mean "all"?'
	run_status 2 "$EVCAL" export --strict=1
	run_status 2 "$EVCAL" export -o
	run_status 2 "$EVCAL" export -o ''
	has "--output needs DIR behind it"
	run_status 2 "$EVCAL" -C '' validate
	run_status 2 "$EVCAL" validate --stdin-name= -
	run_status 2 "$EVCAL" invite one --attendees=
	run_status 2 "$EVCAL" invoice
	has 'unknown command "invoice"'
	[[ $output != *"did you mean"* ]]
	run_status 2 "$EVCAL" exprot
	has 'did you mean "export"?'
	run_status 2 "$EVCAL" export x
	has 'export takes options only; "x" is one too many'
	run_status 2 "$EVCAL" invite one two
	has 'invite takes one word; "two" is one too many'
	run_status 2 "$EVCAL" new --strict
	has 'unknown option "--strict" for new'
	run_status 2 "$EVCAL"
	run_status 2 "$EVCAL" help nothing-like-it
}

@test "usage: help and version, also to a full disk" {
	run_status 0 "$EVCAL" --help
	has "validate"
	run_status 0 "$EVCAL" export --help
	has "--dry-run"
	run_status 0 "$EVCAL" help weekday-mismatch
	has "cross-check"
	run_status 0 "$EVCAL" help rules
	run_status 0 "$EVCAL" --version
	[[ $output == "evcal "[0-9]* ]]
	run_status 3 bash -c '"$EVCAL" --help >/dev/full'
	run_status 3 bash -c '"$EVCAL" validate --format=json >/dev/full'
	run_status 3 bash -c '"$EVCAL" export -o - --feed=all >/dev/full'
}

@test "options stand before or behind the command, and -- ends them" {
	run_status 0 "$EVCAL" -C events -q validate
	run_status 0 "$EVCAL" validate -qCevents
	run_status 0 "$EVCAL" validate --directory=events --color never
	run_status 3 "$EVCAL" validate -- -q
}

@test "a calendar that is not there is status 3, with the reason" {
	run_status 3 "$EVCAL" validate -C nowhere
	has "nowhere: there is no such folder; \"evcal init\" makes one"
}

@test "a calendar in the working directory is named where there is no events" {
	cd events
	run_status 3 "$EVCAL" validate
	has "cannot read events: there is no such folder, but calendar.yaml is in this one: add -C ."
	run_status 0 "$EVCAL" validate -C .
}

@test "a file that cannot be read is status 3, and is named" {
	((EUID)) || skip "root reads everything"
	chmod 000 events/a.yaml
	run_status 3 "$EVCAL" validate
	has "events/a.yaml: Permission denied"
}

@test "export: writes feeds and a file for each event" {
	run_status 0 "$EVCAL" export
	has "public: 2 events; 4 files written, 0 unchanged, 0 removed"
	[ "$(cd public && find . -type f | sort | tr '\n' ' ')" = "./.evcal ./all.ics ./events/one.ics ./events/two.ics ./late.ics " ]
	grep -q 'UID:two@example.org' public/late.ics
	run ! grep -q 'UID:one@example.org' public/late.ics
	run ! grep -q 'X-WR-CALNAME' public/events/one.ics
}

@test "export: a second one touches nothing" {
	"$EVCAL" export -q
	find public -exec touch -d '2001-02-03 04:05' {} +
	# The first one looks at all files, since their times are others; the next one knows them.
	for _ in looks knows; do
		find public -printf '%p %i %t %c\n' | sort >before
		run_status 0 "$EVCAL" export
		has "0 files written, 4 unchanged"
		find public -printf '%p %i %t %c\n' | sort >after
		cmp before after
	done
}

@test "export: removes what it wrote and what nothing stands for any more, and only that" {
	"$EVCAL" export -q
	echo mine >public/mine.ics
	sed -i '/one/d' events/a.yaml
	run_status 0 "$EVCAL" export
	has "1 removed"
	[ ! -e public/events/one.ics ]
	[ "$(cat public/mine.ics)" = mine ]
}

@test "export: a file that it did not write is never touched" {
	mkdir -p public/events
	echo mine >public/events/two.ics
	run_status 3 "$EVCAL" export
	has "public/events/two.ics"
	[ "$(cat public/events/two.ics)" = mine ]
	[ ! -e public/all.ics ]
}

@test "export: an error writes nothing and leaves what was" {
	"$EVCAL" export -q
	cp -r public before
	breaks
	run_status 1 "$EVCAL" export
	has "nothing was written: 1 error"
	diff -r before public
}

@test "export: --feed writes that feed and removes nothing" {
	"$EVCAL" export -q
	sed -i '/one/d' events/a.yaml
	run_status 0 "$EVCAL" export --feed=all
	[ -e public/events/one.ics ]
	run ! grep -q 'UID:one@' public/all.ics
}

@test "export: -o - writes one feed to standard output" {
	run_status 0 bash -c '"$EVCAL" export -o - --feed late | cmp - <("$EVCAL" export -q -o out && cat out/late.ics)'
	run_status 2 "$EVCAL" export -o -
	has "--feed=ID"
}

@test "export: -o with the name of a calendar file is refused, with how to write one" {
	run_status 2 "$EVCAL" export -o agenda.ics
	has "evcal export -o - --feed=ID >agenda.ics"
	run_status 2 "$EVCAL" export --feed=late --output=Agenda.ICS
	has "evcal export -o - --feed=late >Agenda.ICS"
	[ ! -e agenda.ics ] && [ ! -e Agenda.ICS ] && [ ! -e events/revisions.yaml ]
	run_status 0 "$EVCAL" export -q -o agenda.ics/
}

@test "export: --dry-run says what would change, and writes nothing" {
	run_status 0 "$EVCAL" export --dry-run
	has "new       one  2021-01-21  One"
	[ ! -e public ]
	"$EVCAL" export -q
	sed -i -e '/one/d' -e 's/summary: Two, start: 2021-02-21/summary: Zwei, start: 2021-02-22/' events/a.yaml
	echo '  - {id: three, summary: Three, start: 2021-03-01}' >>events/a.yaml
	cp -r public before
	run_status 0 "$EVCAL" export --dry-run
	has "moved     two  from 2021-02-21 14:00 to 2021-02-22 14:00; also summary"
	has "gone      one  2021-01-21  One"
	has "new       three  2021-03-01  Three"
	diff -r before public
	sed -i 's/summary: Zwei, start: 2021-02-22 14:00/status: cancelled, summary: Two, start: 2021-02-21 14:00/' events/a.yaml
	run_status 0 "$EVCAL" export --dry-run
	has "cancelled two  2021-02-21 14:00  Cancelled: Two"
	SOURCE_DATE_EPOCH=1700000000 run_status 0 "$EVCAL" export --dry-run
}

@test "export: --dry-run --format=json is for programs" {
	cat >>events/a.yaml <<-'END'
		  - {id: rule, summary: Rule, start: 2021-03-01 14:00, end: 16:00, rrule: FREQ=WEEKLY;COUNT=4, reminder: 1h,
		     overrides: [{recurrence-id: 2021-03-08, summary: Other}]}
		  - {id: off, summary: Off, start: 2021-04-01, reminder: 1h}
		  - {id: gone, summary: Gone, start: 2021-05-01}
	END
	SOURCE_DATE_EPOCH=1600000000 "$EVCAL" export -q
	sed -i '/id: gone/d; s/Other/Another/; s/2021-02-21 14:00/2021-02-22 14:00/; s/summary: Off/status: cancelled, &/
		s/summary: One/location: Utrecht, summary: Eén/; s/COUNT=4, reminder: 1h/COUNT=4, reminder: 2h/' events/a.yaml
	echo '  - {id: new, summary: New, start: 2021-06-01}' >>events/a.yaml
	"$EVCAL" export --dry-run --format=json 2>/dev/null >preview.json
	/usr/bin/python3 -c '
import json
read = json.load(open("preview.json"))
by_id = {event["id"]: event for event in read["events"]}
assert read["version"] == 1 and read["summary"] == {"changed": 6, "unchanged": 0}, read["summary"]
changes = {id: event["change"] for id, event in by_id.items()}
assert changes == {"one": "changed", "two": "moved", "rule": "changed", "off": "cancelled", "gone": "gone", "new": "new"}, changes
assert by_id["one"]["what"] == ["summary", "location"], by_id["one"]
assert by_id["rule"]["what"] == ["reminder", "overrides"], by_id["rule"]
assert (by_id["two"]["from"], by_id["two"]["to"]) == ("2021-02-21 14:00", "2021-02-22 14:00"), by_id["two"]
assert by_id["gone"]["to"] is None and by_id["new"]["from"] is None
assert {feed["file"]: feed["change"] for feed in read["feeds"]} == {"all.ics": "changed", "late.ics": "changed"}, read["feeds"]
'
	run_status 2 "$EVCAL" export --format=json
	has "goes with --dry-run"
}

@test "export: an endless rule is followed as far as dates and feeds ask" {
	cat >>events/calendar.yaml <<-'END'
		  - {id: far, name: Far, from: 2069-01-01, until: 2069-12-31}
	END
	cat >>events/a.yaml <<-'END'
		  - {id: yearly, summary: Yearly, start: 2021-03-01, rrule: FREQ=YEARLY, exdate: 2060-03-01,
		     overrides: [{recurrence-id: 2080-03-01, summary: Jubilee}]}
	END
	run_status 0 "$EVCAL" export
	has "[endless-rule]"
	grep -q 'UID:yearly' public/far.ics
	grep -q 'EXDATE;VALUE=DATE:20600301' public/events/yearly.ics
	grep -q 'SUMMARY:Jubilee' public/events/yearly.ics
}

@test "export: lines of any length end with one CR" {
	/usr/bin/python3 -c '
for n in range(40, 240):
    print(f"  - {{id: n{n}, summary: {n * chr(120)}, start: 2021-01-21, location: {n * chr(121)}, uid: {n:03}{n * chr(122)}}}")
' >>events/a.yaml
	"$EVCAL" export -q
	[ -z "$(grep -rlP '\r\r' public)" ]
}

@test "export: the same octets from another folder, zone, locale and umask" {
	"$EVCAL" export -q
	mkdir -p elsewhere/deep
	(
		cd elsewhere/deep
		umask 077
		LC_ALL=C.UTF-8 TZ=Asia/Tokyo "$EVCAL" -C ../../events export -q -o "$WORK/other"
	)
	diff -r public other
	[ "$(stat -c %a other/all.ics other/events | tr '\n' ' ')" = "644 755 " ]
}

@test "export: a SOURCE_DATE_EPOCH that is no time is status 3" {
	SOURCE_DATE_EPOCH=x run_status 3 "$EVCAL" export
	has "SOURCE_DATE_EPOCH"
	[ ! -e events/revisions.yaml ]
}

@test "export: a full disk leaves what was, and names the file" {
	((EUID == 0)) || skip "only root mounts"
	mkdir small
	mount -t tmpfs -o size=64k tmpfs small 2>/dev/null || skip "no mount here"
	trap 'umount "$WORK/small"' EXIT
	"$EVCAL" export -q -o small/public
	cp -r small/public before
	for i in {1..80}; do echo "  - {id: e$i, summary: Event $i, start: 2021-01-21}"; done >>events/a.yaml
	run "$EVCAL" export -o small/public
	local out=$output code=$status
	diff -r before small/public
	umount "$WORK/small"
	trap - EXIT
	[ "$code" -eq 3 ]
	[[ $out == *small/public*"No space left"* ]]
}

@test "hostile: an id cannot leave the folder" {
	echo '  - {id: ../../x, summary: X, start: 2021-01-21}' >>events/a.yaml
	run_status 1 "$EVCAL" export
	has "[bad-id]"
}

# within MILLIONS KIB COMMAND...: its status, if it keeps to so many instructions and so much memory.
within() {
	local millions=$1 kib=$2 status=0
	shift 2
	(
		# Sanitizers reserve terabytes of addresses.
		[[ $EVCAL == *asan* ]] || ulimit -v "$kib"
		# What takes minutes has hung.
		exec timeout 600 "$@"
	) || status=$?
	instructions "${millions}000000" "$@" || return 99
	return "$status"
}

@test "hostile: depth, aliases, size, and texts that need quotes a thousand times" {
	{ printf 'events: '; head -c 100000 /dev/zero | tr '\0' '['; } >events/deep.yaml
	run_status 1 within 100 400000 "$EVCAL" validate events/deep.yaml
	has "[too-large]"
	rm events/deep.yaml
	/usr/bin/python3 - >events/bomb.yaml <<-'END'
		print("events:\n  - &a [x, x, x, x, x, x, x, x, x, x]")
		for one, two in zip("abcdefgh", "bcdefghi"):
		    print(f"  - &{two} [" + ", ".join([f"*{one}"] * 10) + "]")
	END
	run_status 1 within 50 400000 "$EVCAL" validate -q events/bomb.yaml
	has "[too-large]"
	rm events/bomb.yaml
	truncate -s 100M events/huge.yaml
	run_status 1 within 20 400000 "$EVCAL" validate events/huge.yaml
	has "[too-large]"
	rm events/huge.yaml
	/usr/bin/python3 -c 'print("events:\n  - {id: long, summary: S, start: 2021-01-21, location: " + "x" * 300000 + "}")' >events/long.yaml
	run_status 1 within 50 400000 "$EVCAL" validate events/long.yaml
	has "2:57: error: the text has more than 256 KiB"
	/usr/bin/python3 - >events/long.yaml <<-'END'
		print("defaults: {details: {Prijs: " + "gratis " * 30000 + "}}\nevents:")
		for i in range(400):
		    print(f"  - {{id: long-{i}, summary: S{i}, start: 2021-01-21}}")
	END
	run_status 1 within 200 400000 "$EVCAL" validate events/long.yaml
	has "1:29: error: so many events share this text"
	rm events/long.yaml
	/usr/bin/python3 -c 'print("events:" + "\n  - {id: x, summary: @, start: 2021-01-21}" * 3000)' >events/at.yaml
	run_status 1 within 400 800000 "$EVCAL" validate -q events/at.yaml
	rm events/at.yaml
	/usr/bin/python3 -c 'print("events:" + "".join(f"\n  - id: q{i}\n    summary: Deel: {i}\n    start: 2021-01-21" for i in range(3000)))' >events/quotes.yaml
	run_status 1 within 400 800000 "$EVCAL" validate -q events/quotes.yaml
	has "[needs-quotes]"
}

@test "hostile: lines that end with other breaks than a line feed" {
	local line_break
	for line_break in '\r' '\302\205' '\342\200\250'; do
		{ echo events:; printf "# x$line_break%.0s" {1..100000}; } >events/breaks.yaml
		run_status 0 within 100 400000 "$EVCAL" validate events/breaks.yaml
	done
}

@test "zones: an old name where the system has present ones only, which is never taken for another place" {
	local name
	for name in America/New_York Europe/Amsterdam Europe/Kirov Europe/Kyiv Pacific/Easter; do
		install -D "/usr/share/zoneinfo/$name" "zones/$name"
	done
	export TZDIR=$WORK/zones
	for name in US/Eastern Europe/Kiev; do
		sed -i "s|start: 2021-02-21.*|start: 2021-02-21 14:00, end: 16:00, timezone: $name}|" events/a.yaml
		run_status 1 "$EVCAL" validate
		has "there is no time zone \"$name\" on this system"
		[[ $name != US/* ]] || has 'write "America/New_York", as that zone is called now'
		[[ $name != Europe/* ]] || has 'write "Europe/Kyiv", as that zone is called now'
	done
}
