#!/usr/bin/env bats
# What is printed of findings: not endless, and whatever a name or a text holds, nothing that a terminal or CI obeys.
bats_require_minimum_version 1.5.0

setup() {
	load helpers
	make_calendar
}

teardown() {
	remove_work
}

# unknown_keys COUNT: an event with so many.
unknown_keys() {
	awk -v count="$1" 'BEGIN {
		print "events:\n  - id: three\n    summary: Three\n    start: 2021-03-21"
		for (i = 0; i < count; i++) print "    sleutel-" i ": x"
	}' >events/b.yaml
}

# validated ARGUMENTS...: standard output alone, in $output.
validated() {
	run --separate-stderr "$EVCAL" validate "$@"
	[ "$status" -eq 1 ]
}

# Lines that begin as a command of GitHub's does, of which there may be so many.
commands() {
	[ "$(grep -cE '^[[:space:]]*::' <<<"$output")" -eq "$1" ]
}

# What no output may hold: control characters, C1, line and paragraph separators, what turns the direction of writing.
harmless() {
	! LC_ALL=C grep -nP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xa8-\xae\x8e\x8f]|\xe2\x81[\xa6-\xa9]' <<<"$output" || return 1
	iconv -f utf-8 -t utf-8 <<<"$output" >/dev/null
}

@test "at most 1,000 findings are shown, and the number of the others" {
	unknown_keys 1000
	validated
	[ "$(grep -c '\[unknown-key\]$' <<<"$output")" -eq 1000 ]
	[[ $output != *"not shown"* ]]
	unknown_keys 1234
	validated
	[ "$(grep -c '\[unknown-key\]$' <<<"$output")" -eq 1000 ]
	[ "${lines[-1]}" = "234 more findings are not shown" ]
	validated --format=github
	commands 1001
	[ "${lines[-1]}" = "::notice title=omitted::234 more findings are not shown" ]
	validated --format=json
	/usr/bin/python3 -c '
import json, sys
report = json.load(sys.stdin)
assert len(report["findings"]) == 1000
assert report["summary"] == {"files": 3, "events": 3, "errors": 1234, "warnings": 0, "omitted": 234}' <<<"$output"
	validated --format=sarif
	/usr/bin/python3 -c '
import json, sys
run = json.load(sys.stdin)["runs"][0]
assert len(run["results"]) == 1000 and run["properties"]["omitted"] == 234' <<<"$output"
}

@test "at most 8 MiB are shown" {
	# Each of these lines is shown with the finding, as far as it is no wider than 4,096.
	awk 'BEGIN {
		wide = sprintf("%4096s", ""); gsub(/ /, "x", wide)
		print "events:\n  - id: three\n    summary: Three\n    start: 2021-03-21"
		for (i = 0; i < 900; i++) print "    sleutel-" i ": " wide
	}' >events/b.yaml
	for format in text json github sarif; do
		"$EVCAL" validate -q --format=$format >out || [ $? -eq 1 ]
		[ "$(stat -c %s out)" -lt 8500000 ]
	done
	"$EVCAL" validate -q >out || [ $? -eq 1 ]
	[ "$(grep -c '\[unknown-key\]$' out)" -eq 900 ]
}

@test "names of files cannot begin a line, or move the cursor" {
	local name format
	for name in $'a\n::error ::x' $'a\r\n::set-output name=x::y' $'b\e[2J\e]0;title\a' $'c\xc2\x9b2J' $'d\xe2\x80\xae' \
		$'e\xe2\x80\xa8::error::' $'f\xff\xfe' $'g\x7f'; do
		printf 'events:\n  - {id: bad, sumary: x, start: 2021-01-21}\n' >"events/$name.yaml"
		for format in text json github sarif; do
			validated --format=$format
			harmless
			if [ $format = github ]; then commands 1; else commands 0; fi
		done
		validated --format=json
		/usr/bin/python3 -c 'import json, sys; json.load(sys.stdin)' <<<"$output"
		run "$EVCAL" export
		[ "$status" -eq 1 ]
		harmless
		commands 0
		run "$EVCAL" list
		harmless
		commands 0
		rm "events/$name.yaml"
	done
	# What JSON says is the name itself, where it is UTF-8.
	printf 'events:\n  - {id: bad, sumary: x, start: 2021-01-21}\n' >$'events/a\n\e\xe2\x80\xa8.yaml'
	validated --format=json
	/usr/bin/python3 -c '
import json, sys
assert {finding["file"] for finding in json.load(sys.stdin)["findings"]} == {"events/a\n\x1b\u2028.yaml"}' <<<"$output"
}

@test "neither can words in a definition" {
	local format
	cat >events/b.yaml <<-'END'
		events:
		  - id: three
		    summary: Three
		    start: 2021-03-21
		    "sleutel\n::error ::x\e[2J\x9b\u2028\u202e": x
		    type: "soort\r\n::error ::x\x07"
		    url: "https://example.org/\n::error ::\e"
	END
	for format in text json github sarif; do
		validated --format=$format
		harmless
		if [ $format != github ]; then commands 0; fi
	done
	run "$EVCAL" list --format=tsv
	harmless
	commands 0
}

@test "nor can the folders and files that options name" {
	local name
	for name in $'no\n::error ::x' $'no\e[2J' $'no\xc2\x9b' $'no\xe2\x80\xae' $'no\xff'; do
		run "$EVCAL" validate -C "$name"
		[ "$status" -eq 3 ]
		harmless
		commands 0
		mkdir -p "$name"
		run "$EVCAL" validate "$name"
		harmless
		commands 0
		rmdir "$name"
		run "$EVCAL" export -o "$name"
		[ "$status" -eq 0 ]
		harmless
		commands 0
		chmod a-w "$name"
		run "$EVCAL" invite one --attendees="$name"
		harmless
		commands 0
		run "$EVCAL" validate --stdin-name="$name" - <events/a.yaml
		harmless
		commands 0
	done
}

@test "nor can what else stands on the command line" {
	local word
	for word in $'no\n::error ::x' $'no\e[2J' $'no\xc2\x9b' $'no\xe2\x80\xae' $'no\xff'; do
		for line in "@" "validate @" "--@" "validate --@" "help @" "list --type=@" "list --from=@" "list --category=@" \
			"list --from=2021-01-01 --until=@" "list --format=@" "export --feed=@" "export -o @.ics" "invite @" \
			"invite one --to=@" "new @" "schema @" "validate -C @" "validate --stdin-name=@ a"; do
			read -ra words <<<"$line"
			run "$EVCAL" "${words[@]/@/$word}"
			[ "$status" -ne 0 ]
			harmless
			commands 0
		done
	done
}

@test "findings are laid out in the terminal's width, and a line each where there is none" {
	unknown_keys 1
	echo '    start: 2021-03-21' >>events/b.yaml
	for width in 50 80; do
		script -qec "stty cols $width; LC_ALL=C.UTF-8 $EVCAL validate" /dev/null >said || true
		fits "$width" said
	done
	validated
	[[ ${lines[0]} == *"[unknown-key]" || ${lines[0]} == *"[duplicate-key]" ]]
}
