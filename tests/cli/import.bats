#!/usr/bin/env bats
# evcal import: what the fixtures of invalid/ and readers/importing.py do not say: standard input, encodings, statuses.
bats_require_minimum_version 1.5.0

setup() {
	load helpers
	make_calendar
	printf 'Titel\tDatum\tTijd\r\nCafé 😀 日本\t21-1-2031\t14:00-15:00\r\n' >table
}

teardown() {
	remove_work
}

imports() {
	run --separate-stderr "$EVCAL" import --language=en "$@"
}

@test "import: from standard input, in another zone" {
	imports - --timezone=America/New_York <table
	[ "$status" -eq 0 ]
	[[ $output == *$'    summary: Café 😀 日本\n    start: 2031-01-21 14:00\n    end: 15:00\n    timezone: America/New_York'* ]]
}

@test "import: what Excel saves as Unicode text, and what is cut off" {
	for order in LE BE; do
		{ iconv -f UTF-8 -t "UTF-16$order" <<<$'\ufeff' | head -c 2; iconv -f UTF-8 -t "UTF-16$order" table; } >"$order.txt"
		imports "$order.txt"
		[ "$status" -eq 0 ]
		[[ $output == *"summary: Café 😀 日本"* ]]
	done
	head -c 41 LE.txt >cut.txt
	imports cut.txt
	[ "$status" -eq 1 ]
	[ "$(grep -c 'error:' <<<"$stderr")" -eq 1 ]
	[[ $stderr == *"[encoding]"* ]]
}

@test "import: slips on the command line are status 2, files that cannot be read 3" {
	imports
	[ "$status" -eq 2 ]
	imports table --timezone=Europe/Amsterdm
	[ "$status" -eq 2 ]
	[[ $stderr == *'did you mean "Europe/Amsterdam"?'* ]]
	imports none.ics
	[ "$status" -eq 3 ]
	imports events
	[ "$status" -eq 3 ]
	[ -z "$output" ]
}

@test "import: a file of more than 16 MiB is refused" {
	{ cat table; head -c $((16 << 20)) /dev/zero | tr '\0' x; } >large.csv
	imports large.csv
	[ "$status" -eq 1 ]
	[[ $stderr == *"16 MiB [too-large]"* ]]
}

@test "import: the list that evcal prints for a spreadsheet" {
	cat >events/a.yaml <<-'END'
		events:
		  - {id: winter, summary: Winter, start: 2031-01-21 14:00, end: 16:00, conference: https://example.org/meet}
		  - {id: zomer, summary: Zomer, start: 2031-07-21 22:00, end: 2031-07-22 01:00, location: "Zaal; 2"}
		  - {id: dagen, summary: Dagen, start: 2031-09-30, end: 2031-10-02, status: tentative}
	END
	mkdir empty
	printf '%s\n' 'name: N' 'timezone: Europe/Amsterdam' 'domain: example.org' 'organizer: {name: T, email: t@example.org}' >empty/calendar.yaml
	for language in nl en; do
		"$EVCAL" list --format=csv --language=$language >list.csv
		run --separate-stderr "$EVCAL" import -C empty list.csv
		[ "$status" -eq 0 ]
		[ "$(grep -E 'start|end:|location|conference|status' <<<"$output" | sed 's/^ *//')" = "start: 2031-01-21 14:00
end: 16:00
conference: https://example.org/meet
start: 2031-07-21 22:00
end: 2031-07-22 01:00
location: Zaal; 2
start: 2031-09-30
end: 2031-10-02
status: tentative" ]
	done
}

@test "import: a column of activities is their title, where no other is" {
	printf 'Activiteit;Dag;Datum;Tijd\nKoffie;donderdag;21-1-2027;10.00-12.00 uur\n' >a.csv
	imports a.csv
	[ "$status" -eq 0 ]
	[[ $output == *"summary: Koffie"*"start: 2027-01-21 10:00"*"end: 12:00"* ]]
	printf 'Activiteit;Titel;Datum\nKoffie;Een;21-1-2027\n' >b.csv
	imports b.csv
	[[ $output == *"summary: Een"*"details: {Activiteit: Koffie}"* ]]
}
