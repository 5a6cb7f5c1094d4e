#!/usr/bin/env bats
# evcal list: what is on when.
bats_require_minimum_version 1.5.0

setup() {
	load helpers
	WORK=$(mktemp -d)
	cd "$WORK" || exit 1
	mkdir events
	cat >events/calendar.yaml <<-'END'
		name: Test
		domain: example.org
		timezone: Europe/Amsterdam
		language: nl
		organizer: {name: Test, email: test@example.org}
		types:
		  workshop: {name: Workshop}
		  empty: {name: Leeg}
		feeds:
		  - {id: all, name: All}
		  - {id: late, name: Late, from: 2021-04-01}
		  - {id: workshops, name: Workshops, types: workshop}
	END
	cat >events/a.yaml <<-'END'
		events:
		  - id: course
		    type: workshop
		    categories: [online, Workshop, online]
		    summary: Cursus
		    start: 2021-03-16 14:00
		    end: 16:00
		    location: Utrecht
		    rrule: FREQ=WEEKLY;COUNT=4
		    exdate: 2021-03-23
		    overrides:
		      - {recurrence-id: 2021-03-30, start: 2021-03-31 10:00, location: Den Haag}
		      - {recurrence-id: 2021-04-06, status: cancelled}
		    rdate: 2021-04-20
		  - {id: day, summary: Dag, start: 2021-03-31, url: "https://example.org/dag"}
		  - {id: week, summary: Week, start: 2021-09-30, end: 2021-10-07, status: tentative}
		  - id: abroad
		    summary: Elders
		    start: 2021-03-20 19:00
		    end: 20:30
		    timezone: America/New_York
		    conference: {url: "https://example.org/meet", label: Meedoen}
		  - {id: utc, summary: Overal, start: 2021-03-20 22:30Z, end: 2021-03-20 23:30Z, categories: online}
	END
	export SOURCE_DATE_EPOCH=1615852800 # 2021-03-16 01:00 in Amsterdam
}

teardown() {
	remove_work
}

# ids OPTION...: the ids that are listed, on one line.
ids() {
	"$EVCAL" list --format=id "$@" | tr '\n' ' '
}

@test "list: the table, in a file" {
	"$EVCAL" list >table
	diff - table <<-'END'
		maart 2021
		  di 16  14:00–16:00     Cursus               Utrecht   course
		  za 20  23:30–00:30     Overal                         utc
		  zo 21  00:00–01:30     Elders               online    abroad
		  wo 31                  Dag                            day
		  wo 31  10:00–12:00     Cursus               Den Haag  course

		april 2021
		  di  6  14:00–16:00     Geannuleerd: Cursus  Utrecht   course
		  di 20  14:00–16:00     Cursus               Utrecht   course-20210420

		september 2021
		  do 30  30 sep – 7 okt  Week                           week
	END
}

@test "list: the words are English where the calendar is" {
	sed -i /language/d events/calendar.yaml
	run_status 0 "$EVCAL" list
	has "March 2021"
	has "Tue 16"
	has "30 Sep – 7 Oct"
	has "Cancelled: Cursus"
}

@test "list: a terminal's width is kept to, by the columns that characters take" {
	printf '  - {id: wide, summary: "%s", start: 2021-03-17, location: "%s"}\n' \
		"東京から東京から東京から東京から東京から東京から東京から東京から" \
		"Een plaats met een naam die nergens in past, aan het water" >>events/a.yaml
	for width in 60 80 120; do
		script -qec "stty cols $width; LC_ALL=C.UTF-8 NO_COLOR=1 $EVCAL list" /dev/null | tr -d '\r' >table
		WIDTH=$width /usr/bin/python3 - <<-'END'
			import os, unicodedata
			lines = open("table", encoding="utf-8").read().split("\n")
			widths = [sum(2 if unicodedata.east_asian_width(c) == "W" else 1 for c in line) for line in lines]
			assert max(widths) <= int(os.environ["WIDTH"]), max(widths)
			assert max(widths) > int(os.environ["WIDTH"]) - 12
			assert any("…" in line for line in lines)
			row, = [line for line in lines if "東" in line]
			assert row.rstrip().endswith("wide"), row
			assert any(line.endswith("course-20210420") for line in lines)
		END
	done
	"$EVCAL" list >table
	grep -q 'nergens in past, aan het water' table
	run ! grep -q … table
}

@test "list: colour on a terminal, or on demand" {
	run script -qec "TERM=xterm $EVCAL list" /dev/null
	[[ $output == *$'\033[9;31mGeannuleerd: Cursus\033[0m'* ]]
	[[ $output == *$'\033[1mmaart 2021\033[0m'* ]]
	run script -qec "NO_COLOR=1 TERM=xterm $EVCAL list" /dev/null
	[[ $output != *$'\033'* ]]
	run "$EVCAL" list
	[[ $output != *$'\033'* ]]
	run "$EVCAL" list --color=always
	[[ $output == *$'\033[2m'* ]]
}

@test "list: JSON is the contract" {
	"$EVCAL" list --format=json >json
	/usr/bin/python3 - <<-'END'
		import json
		report = json.load(open("json"))
		assert list(report) == ["version", "occurrences"] and report["version"] == 1
		rows = report["occurrences"]
		keys = "id uid recurrence_id type summary start end all_day timezone location url conference categories status feeds"
		keys += " description registration details draft"
		assert all(list(row) == keys.split() for row in rows)
		assert [(row["id"], row["start"]) for row in rows] == [
		    ("course", "2021-03-16T14:00:00+01:00"), ("utc", "2021-03-20T22:30:00Z"),
		    ("abroad", "2021-03-20T19:00:00-04:00"), ("day", "2021-03-31"), ("course", "2021-03-31T10:00:00+02:00"),
		    ("course", "2021-04-06T14:00:00+02:00"), ("course-20210420", "2021-04-20T14:00:00+02:00"),
		    ("week", "2021-09-30")]
		course, utc, abroad, day, moved, cancelled, extra, week = rows
		assert course == {
		    "id": "course", "uid": "course@example.org", "recurrence_id": "2021-03-16T14:00:00+01:00",
		    "type": "workshop", "summary": "Cursus", "start": "2021-03-16T14:00:00+01:00",
		    "end": "2021-03-16T16:00:00+01:00", "all_day": False, "timezone": "Europe/Amsterdam",
		    "location": "Utrecht", "url": None, "conference": None, "categories": ["online", "Workshop"],
		    "status": None, "feeds": ["all", "late", "workshops"], "description": None, "registration": None,
		    "details": {}, "draft": False}
		assert moved["recurrence_id"] == "2021-03-30T14:00:00+02:00" and moved["location"] == "Den Haag"
		assert moved["end"] == "2021-03-31T12:00:00+02:00"
		assert cancelled["status"] == "cancelled" and cancelled["summary"] == "Cursus"
		assert extra["recurrence_id"] is None and extra["uid"] == "course-20210420@example.org"
		assert utc["timezone"] == "UTC" and utc["end"] == "2021-03-20T23:30:00Z"
		assert abroad["timezone"] == "America/New_York" and abroad["conference"] == "https://example.org/meet"
		assert abroad["location"] is None and abroad["feeds"] == ["all"] and abroad["type"] is None
		assert day["end"] == "2021-03-31" and day["all_day"] and day["timezone"] is None
		assert day["url"] == "https://example.org/dag" and day["categories"] == []
		assert week["end"] == "2021-10-07" and week["status"] == "tentative"
	END
}

@test "list: JSON has the description, who registers where, and the details" {
	cat >>events/a.yaml <<-'END'
		  - id: full
		    summary: Vol
		    start: 2021-05-01 10:00
		    end: 11:00
		    description: "**Kom** mee."
		    registration: {email: a@example.org, phone: 030 123, deadline: 2021-04-01 12:00, capacity: 3, full: true}
		    details: {Zaal: A, Prijs: gratis}
		  - {id: link, summary: Link, start: 2021-05-02, registration: {url: "https://example.org", deadline: 2021-05-01}}
	END
	"$EVCAL" list --format=json --from=2021-05-01 >json
	/usr/bin/python3 - <<-'END'
		import json
		full, link = json.load(open("json"))["occurrences"][:2]
		assert full["description"] == "**Kom** mee."
		assert full["registration"] == {"url": None, "email": "a@example.org", "phone": "030 123",
		                                "deadline": "2021-04-01T12:00:00+02:00", "capacity": 3, "full": True}
		assert list(full["details"].items()) == [("Zaal", "A"), ("Prijs", "gratis")]
		assert link["registration"] == {"url": "https://example.org", "email": None, "phone": None,
		                                "deadline": "2021-05-01", "capacity": None, "full": False}
	END
}

@test "list: --search takes all its words, in whatever case, from all that an event says" {
	cat >>events/a.yaml <<-'END'
		  - id: rich
		    type: workshop
		    summary: Groenstraße
		    start: 2021-05-01
		    location: Één plein
		    description: Samen *eten*.
		    contact: De receptie
		    details: {Doelgroep: mantelzorgers}
	END
	for words in groenstrasse GROENSTRASSE "één PLEIN" ETEN receptie doelgroep MANTELZORGERS "workshop eten plein" \
		" eten  "; do
		[ "$(ids --search="$words")" = "rich " ] || { echo "not found: $words"; return 1; }
	done
	[ "$(ids --search=workshop)" = "course course-20210420 rich " ]
	[ "$(ids --search=workshop --search=eten)" = "rich " ]
	[ -z "$(ids --search="eten drinken")" ]
	# Of one date its own place, and not the event's.
	[ "$("$EVCAL" list --search="den haag" --format=tsv | cut -c 1-10)" = 2021-03-31 ]
	[ "$("$EVCAL" list --search="cursus utrecht" --format=tsv | grep -c .)" = 3 ]
	[ "$(ids --search=online --from=2021-04-01)" = "course course-20210420 " ]
	run_status 0 --separate-stderr "$EVCAL" list --search=niets --language=en
	[ "$stderr" = "nothing is on that fits what was asked for" ]
	[ -z "$(ids --search=$'\xff')" ]
}

@test "list: csv is read back as it was, and no cell is a formula" {
	printf '  - {id: %s, summary: "%s", start: 2021-05-01, location: "%s"}\n' \
		sum "=1+1" "+31" less "-2" "@here" quotes 'a \"b\", c; d' " =2" >>events/a.yaml
	"$EVCAL" list --language=en --format=csv >csv
	/usr/bin/python3 - <<-'END'
		import csv
		octets = open("csv", "rb").read()
		assert octets.startswith(b"id,start,end,summary,location,type,status,url,categories,feeds,conference\r\n")
		assert octets.count(b"\n") == octets.count(b"\r\n") == 12
		rows = {row["id"]: row for row in csv.DictReader(open("csv", encoding="utf-8", newline=""))}
		assert len(rows["course"]) == 11
		assert rows["abroad"]["conference"] == "https://example.org/meet" and rows["abroad"]["location"] == ""
		assert rows["course-20210420"]["start"] == "2021-04-20T14:00:00+02:00"
		assert rows["course-20210420"]["categories"] == "online, Workshop"
		assert rows["course-20210420"]["feeds"] == "all, late, workshops"
		assert [(rows[id]["summary"], rows[id]["location"]) for id in ("sum", "less", "quotes")] == [
		    ("'=1+1", "'+31"), ("'-2", "'@here"), ('a "b", c; d', "'=2")]
		assert rows["week"]["status"] == "tentative" and rows["week"]["end"] == "2021-10-07"
	END
	"$EVCAL" list --format=csv >dutch
	/usr/bin/python3 - <<-'END'
		import csv
		assert open("dutch", "rb").read(7) == b"\xef\xbb\xbfid;b"
		dutch = list(csv.reader(open("dutch", encoding="utf-8-sig", newline=""), delimiter=";"))
		assert dutch[0] == ["id", "begin", "einde", "titel", "locatie", "soort", "status", "link", "categorieën", "feeds",
		                    "online-bijeenkomst"]
		assert dutch[1:] == list(csv.reader(open("csv", encoding="utf-8", newline="")))[1:]
	END
	run_status 0 --separate-stderr "$EVCAL" list --format=csv --until=2000-01-01
	[ "${#lines[@]}" = 1 ]
}

@test "list: markdown is a table, whatever is in the texts" {
	printf '  - {id: evil, summary: "%s", start: 2021-05-01, location: "%s", url: "https://example.org/?a=1&copy;"}\n' \
		'a | b <b> [x](y) `c` *d* _e_ &amp; #f' 'back\\\\| slash' >>events/a.yaml
	"$EVCAL" list --format=markdown 2>/dev/null >table
	[ "$(sed -n 1,2p table)" = $'| Dag | Tijd | Wat | Waar |\n| --- | --- | --- | --- |' ]
	grep -qxF '| di 16 maart 2021 | 14:00–16:00 | Cursus | Utrecht |' table
	grep -qxF '| zo 21 maart 2021 | 00:00–01:30 | Elders | [online](<https://example.org/meet>) |' table
	grep -qxF '| wo 31 maart 2021 |  | [Dag](<https://example.org/dag>) |  |' table
	grep -qxF '| do 30 september 2021 | 30 sep – 7 okt | Week |  |' table
	row=$(grep 'za 1 mei' table)
	[ "$row" = '| za 1 mei 2021 |  | [a &#124; b \<b\> \[x\](y) \`c\` \*d\* \_e\_ \&amp; #f](<https://example.org/?a=1&amp;copy;>) | back\\\\&#124; slash |' ]
	[ -z "$("$EVCAL" list --format=markdown --until=2000-01-01)" ]
	"$EVCAL" list --language=en --format=markdown 2>/dev/null >table
	[ "$(sed -n 1p table)" = '| Day | Time | What | Where |' ]
	grep -qxF '| Tue 16 March 2021 | 14:00–16:00 | Cursus | Utrecht |' table
}

@test "list: ids are never cut, and come before everything else" {
	long=$(printf 'x%.0s' {1..64})
	echo "  - {id: $long, summary: Een titel die hier niet meer past, start: 2021-05-01, location: Utrecht}" >>events/a.yaml
	for width in 20 60 80; do
		script -qec "stty cols $width; LC_ALL=C.UTF-8 NO_COLOR=1 $EVCAL list" /dev/null | tr -d '\r' >table
		grep -q " $long\$" table
		grep -q 'course-20210420$' table
		grep -q '  Een titel d…' table
	done
}

@test "list: drafts and announced events are in the table, marked, and elsewhere with --all" {
	cat >events/b.yaml <<-'END'
		events:
		  - {id: announced, summary: Congres, start: 2021-09}
		  - {id: timed, summary: Lezing, start: 2021-09-30 14:00, draft: true}
		  - {id: sometime, summary: Ooit, draft: true}
		  - {id: settled, summary: Dag, start: 2021-09-30, draft: true}
		  - {id: next, summary: Daarna, start: 2021-10-01}
		  - {id: both, summary: Feest, start: 2021-09, draft: true, categories: online}
	END
	sed -i /language/d events/calendar.yaml
	"$EVCAL" list --from=2021-09-30 2>/dev/null >table
	diff - table <<-'END'
		September 2021
		  Thu 30                  Draft: Dag     settled
		  Thu 30  30 Sep – 7 Oct  Week           week
		  Thu 30  14:00           Draft: Lezing  timed
		          day to come     Congres        announced
		          day to come     Draft: Feest   both

		October 2021
		  Fri  1                  Daarna         next
	END
	"$EVCAL" list --search=ooit 2>/dev/null >table
	diff - table <<-'END'
		no date yet
		  Draft: Ooit  sometime
	END
	[ "$(ids --from=2021-09-01 2>/dev/null)" = "week next " ]
	[ "$(ids --all --from=2021-09-30 2>/dev/null)" = "settled week timed announced both next " ]
	[ "$(ids --all --search=ooit 2>/dev/null)" = "sometime " ]
	[ "$(ids --all --from=2021-09-05 --until=2021-09-05 2>/dev/null)" = "announced both " ]
	[ "$(ids --all --from=2021-09-01 --category=online 2>/dev/null)" = "both " ]
	[ "$(ids --all --from=2021-09-01 --feed=all 2>/dev/null)" = "week next " ]
	for format in tsv csv markdown; do
		run ! grep -q 'Congres\|Lezing\|Ooit' <<<"$("$EVCAL" list --format=$format 2>/dev/null)"
		[ "$("$EVCAL" list --all --format=$format 2>/dev/null | grep -c 'Congres\|Lezing\|Ooit')" = 3 ]
	done
	"$EVCAL" list --all --format=markdown 2>/dev/null >table
	grep -qxF '| September 2021 | day to come | Draft: Feest |  |' table
	"$EVCAL" list --all --format=json 2>/dev/null >json
	/usr/bin/python3 - <<-'END'
		import json
		rows = {row["id"]: row for row in json.load(open("json"))["occurrences"]}
		what = lambda id: tuple(rows[id][key] for key in ("start", "end", "all_day", "timezone", "draft"))
		assert what("announced") == ("2021-09", None, True, None, False)
		assert what("timed") == ("2021-09-30T14:00:00+02:00", None, False, "Europe/Amsterdam", True)
		assert what("sometime") == (None, None, True, None, True)
		assert what("settled") == ("2021-09-30", "2021-09-30", True, None, True)
		assert all(rows[id]["feeds"] == [] for id in ("announced", "timed", "sometime", "settled", "both"))
	END
	[ "$("$EVCAL" list --format=event 2>/dev/null | grep announced)" = $'announced\t2021-09 Congres' ]
}

@test "list: JSON of no occurrence is an empty list" {
	[ "$("$EVCAL" list --format=json --until=2000-01-01 | tr -d ' \n')" = '{"version":1,"occurrences":[]}' ]
}

@test "list: what is off is in no feed where such events are dropped" {
	echo 'cancelled: drop' >>events/calendar.yaml
	echo '  - {id: off, summary: Af, start: 2021-05-01, status: cancelled}' >>events/a.yaml
	"$EVCAL" list --format=json --from=2021-04-01 >json
	/usr/bin/python3 - <<-'END'
		import json
		rows = json.load(open("json"))["occurrences"]
		assert [row["id"] for row in rows] == ["course-20210420", "off", "week"]
		assert rows[1]["feeds"] == [] and rows[1]["status"] == "cancelled"
	END
	[ "$(ids --from=2021-05-01 --feed=all)" = "week " ]
}

@test "list: an event that goes out in UTC keeps its own zone here" {
	cat >events/b.yaml <<-'END'
		events:
		  - {id: before, summary: Toen, start: 1965-07-01 12:00, end: 13:00}
		  - {id: longago, summary: Ooit, start: 1850-07-01 12:00, end: 13:00}
	END
	run "$EVCAL" list --format=json --until=1970-01-01
	has '[outlook-timezone]'
	has '"start": "1965-07-01T12:00:00+01:00"'
	# Amsterdam was 19 minutes and 32 seconds ahead, which no offset of RFC 3339 says.
	has '"start": "1850-07-01T11:40:28Z"'
	has '"timezone": "Europe/Amsterdam"'
}

@test "list: tsv has eleven columns, and none is empty" {
	printf '  - {id: tabs, summary: "Een\\ttab", start: 2021-05-01}\n' >>events/a.yaml
	"$EVCAL" list --format=tsv >tsv
	[ "$(awk -F'\t' '{ print NF }' tsv | sort -u)" = 11 ]
	run ! grep -qP '\t\t|^\t|\t$' tsv
	[ "$(sed -n 1p tsv)" = $'2021-03-16T14:00:00+01:00\t2021-03-16T16:00:00+01:00\tcourse\tCursus\tUtrecht\tworkshop\t-\tonline,Workshop\tall,late,workshops\t-\t-' ]
	[ "$(sed -n 3p tsv | cut -f 10,11)" = $'-\thttps://example.org/meet' ]
	grep -qP '\ttabs\tEen tab\t' tsv
	# As scripts read it: read takes two tabs for one.
	while IFS=$'\t' read -r start end id summary location type status categories feeds url conference; do
		[ -n "$conference" ]
	done <tsv
}

@test "list: id has each id once" {
	[ "$(ids)" = "course utc abroad day course-20210420 week " ]
}

@test "list: type, category and feed are what the options of those names take" {
	[ "$("$EVCAL" list --format=type | tr '\n' ' ')" = "workshop empty " ]
	[ "$("$EVCAL" list --format=category | tr '\n' ' ')" = "Workshop Leeg online " ]
	[ "$("$EVCAL" list --format=feed | tr '\n' ' ')" = "all late workshops " ]
}

@test "list: event has each id with its first day and summary, tabs and line breaks taken out" {
	printf '  - {id: tabs, summary: "Een\\ttab", start: 2021-05-01}\n' >>events/a.yaml
	"$EVCAL" list --format=event >events.tsv
	diff - events.tsv <<-'END'
		course	2021-03-16 Cursus
		day	2021-03-31 Dag
		week	2021-09-30 Week
		abroad	2021-03-20 Elders
		utc	2021-03-20 Overal
		tabs	2021-05-01 Een tab
		course-20210420	2021-04-20 Cursus
	END
}

@test "list: for completions it reads what it can, and checks nothing" {
	cat >>events/a.yaml <<-'END'
		  - {id: untimed, summary: Zonder tijd, start: 2021-05-32}
		  - {id: nameless, start: 2021-05-01}
		  - {id: Not an id, summary: Niets, start: 2021-05-01}
		  - {id: day, summary: Nog eens, start: 2021-05-01, weekday: dinsdag}
	END
	# An id that was surely meant is taken for it.
	local meant=$'untimed\tZonder tijd\nnameless\t2021-05-01\nnot-an-id\t2021-05-01 Niets'
	for format in event type category feed; do
		run_status 1 --separate-stderr "$EVCAL" list --format=$format
		[[ $stderr == *"[bad-date]"* && $stderr == *"[bad-id]"* ]]
		[[ $stderr != *"[duplicate-id]"* && $stderr != *"[weekday-mismatch]"* ]]
		[ "$format" != event ] || [ "$(grep -v ^course <<<"$output" | tail -n +5)" = "$meant" ]
	done
	run_status 1 "$EVCAL" list --format=id
	has "[duplicate-id]"
}

@test "list: --prefix takes what begins with it, and reads only what completions show" {
	[ "$(ids --prefix=co)" = "course course-20210420 " ]
	[ "$("$EVCAL" list -q --format=event --prefix=course)" = $'course\ncourse-20210420' ]
	[ "$("$EVCAL" list --format=event --prefix=d)" = $'day\t2021-03-31 Dag' ]
	[ "$("$EVCAL" list --format=type --prefix=w)" = workshop ]
	[ -z "$("$EVCAL" list --format=feed --prefix=x)" ]
	"$EVCAL" list --format=event >all
	"$EVCAL" list --format=event --prefix= >shown
	cmp all shown
	echo '  - {id: broken, summary: x, start: 2021-05-01, url: nowhere, end: }' >>events/a.yaml
	run_status 1 --separate-stderr "$EVCAL" list --format=event
	[[ $stderr == *"[bad-url]"* ]]
	run_status 0 --separate-stderr "$EVCAL" list --format=event --prefix=bro
	[ "$output" = $'broken\t2021-05-01 x' ]
	[[ $stderr != *"[bad-url]"* ]]
	echo '}' >>events/a.yaml
	run_status 0 "$EVCAL" list --format=type --prefix=
}

@test "list: --from and --until" {
	[ "$(ids --from=2021-03-31)" = "day course course-20210420 week " ]
	[ "$(ids --until=2021-03-31)" = "course utc abroad day " ]
	[ "$(ids --from=2021-03-31 --until=2021-03-31)" = "day course " ]
	# The days are those of the calendar's zone: it is the 21st there when it is midnight.
	[ "$(ids --from=2021-03-21 --until=2021-03-21)" = "utc abroad " ]
	[ "$(ids --from 2021-10-07)" = "week " ]
	[ -z "$(ids --from 2021-10-08)" ]
}

@test "list: days may be counted from today" {
	[ "$(ids --until=today)" = "course " ]
	[ "$(ids --from=tomorrow --until=+7d)" = "utc abroad " ]
	[ "$(ids --from=+2w --until=+15d)" = "day course " ]
	[ "$(ids --from=-1d --until=+0d)" = "course " ]
	# Today is that of the calendar's zone.
	[ "$(SOURCE_DATE_EPOCH=1615849199 ids --until=today)" = "" ]
	[ "$(SOURCE_DATE_EPOCH=1615849200 ids --until=today)" = "course " ]
	unset SOURCE_DATE_EPOCH
	[ "$(ids --until=today)" = "$(ids)" ]
}

@test "list: --type, --category, --feed; any of those given, and all kinds together" {
	[ "$(ids --type=workshop)" = "course course-20210420 " ]
	[ -z "$(ids --type=empty)" ]
	[ "$(ids --type=empty --type=workshop)" = "course course-20210420 " ]
	[ "$(ids --category=online)" = "course utc course-20210420 " ]
	[ "$(ids --category=Workshop)" = "course course-20210420 " ]
	[ "$(ids --category online --type workshop)" = "course course-20210420 " ]
	[ "$(ids --feed=late)" = "course course-20210420 week " ]
	[ "$(ids --feed=late --feed=workshops --from=2021-04-10)" = "course-20210420 week " ]
}

@test "list: an endless rule is followed for two years, or to --until" {
	cat >events/b.yaml <<-'END'
		events:
		  - {id: yearly, summary: Week, start: 2021-10-01, rrule: FREQ=YEARLY}
		  - {id: weekly, summary: Spreekuur, start: 2021-10-01 09:00, end: 10:00, rrule: FREQ=WEEKLY}
	END
	count() {
		"$EVCAL" list --format=tsv "$@" 2>/dev/null | grep -c "	$ID	"
	}
	ID=yearly
	[ "$(count)" = 2 ]
	[ "$(count --until=2023-09-30)" = 2 ]
	[ "$(count --until=2023-10-01)" = 3 ]
	[ "$(count --until=2121-10-01)" = 101 ]
	[ "$(count --from=2100-01-01)" = 2 ]
	[ "$(count --from=2100-01-01 --until=2100-12-31)" = 1 ]
	ID=weekly
	[ "$(count)" = 105 ]
	[ "$(count --from=2100-01-01 --until=2100-01-31)" = 5 ]
	run_status 0 "$EVCAL" list -q
	has '[endless-rule]'
	run_status 1 "$EVCAL" list --strict
}

@test "list: every second week, whatever day the week begins on" {
	starts() {
		printf 'events:\n  - {id: a, summary: A, start: %s, rrule: "FREQ=WEEKLY;INTERVAL=2;COUNT=5;BYDAY=%s;WKST=%s"}\n' \
			"$@" >events/a.yaml
		"$EVCAL" list --format=tsv | cut -c 6-10 | tr '\n' ' '
	}
	# 2021-03-08 is a Monday.
	[ "$(starts 2021-03-08 SU,MO MO)" = "03-08 03-14 03-22 03-28 04-05 " ]
	[ "$(starts 2021-03-08 SU,MO SU)" = "03-08 03-21 03-22 04-04 04-05 " ]
	[ "$(starts 2021-03-08 SU,MO TU)" = "03-08 03-21 03-22 04-04 04-05 " ]
	[ "$(starts 2021-03-08 SU,MO SA)" = "03-08 03-21 03-22 04-04 04-05 " ]
	[ "$(starts 2021-03-11 MO,TH,SA,SU FR)" = "03-11 03-20 03-21 03-22 03-25 " ]
	[ "$(starts 2021-03-11 WE,TH TH)" = "03-11 03-17 03-25 03-31 04-08 " ]
	[ "$(starts 2021-03-10 SA,SU,WE SA)" = "03-10 03-20 03-21 03-24 04-03 " ]
}

@test "list: findings go to standard error, and what could be read is listed" {
	cat >>events/a.yaml <<-'END'
		  - {id: bad, sumary: x, start: 2021-05-01}
		  - {id: untimed, summary: Zonder tijd, start: 2021-05-32}
		  - {id: norule, summary: Geen regel, start: 2021-05-02 10:00, end: 11:00, rrule: FREQ=HOURLY}
		  - {id: noend, summary: Geen einde, start: 2021-05-03 10:00}
	END
	printf 'events: [\n' >events/c.yaml
	run_status 1 --separate-stderr "$EVCAL" list --format=json
	[[ $stderr == *"[unknown-key]"*"[bad-date]"*"[outlook-rrule]"*"[missing-end]"*"[yaml-syntax]"* ]]
	echo "$output" >json
	/usr/bin/python3 - <<-'END'
		import json
		rows = {row["id"]: row for row in json.load(open("json"))["occurrences"]}
		assert rows["bad"]["summary"] == "x" and rows["bad"]["start"] == "2021-05-01"
		assert rows["norule"]["start"] == "2021-05-02T10:00:00+02:00" and rows["norule"]["recurrence_id"] is None
		assert sorted(rows) == ["abroad", "bad", "course", "course-20210420", "day", "norule", "utc", "week"]
	END
	run_status 1 "$EVCAL" list
	run_status 1 "$EVCAL" list --format=type
	rm events/calendar.yaml
	run_status 1 --separate-stderr "$EVCAL" list --format=tsv --type=workshop
	[[ $stderr == *"[no-calendar]"* ]]
}

@test "list: no events are told of, in the table only" {
	run_status 0 --separate-stderr "$EVCAL" list --until=2000-01-01 --language=en
	[ -z "$output" ]
	[ "$stderr" = "nothing is on that fits what was asked for" ]
	run_status 0 --separate-stderr "$EVCAL" list --until=2000-01-01 -q
	[ -z "$stderr" ]
	run_status 0 --separate-stderr "$EVCAL" list --until=2000-01-01 --format=tsv
	[ -z "$output$stderr" ]
	rm events/a.yaml
	run_status 0 --separate-stderr "$EVCAL" list --language=en
	[[ $stderr == *"the calendar has no events yet" ]]
}

@test "list: words that it does not know are status 2, with the nearest" {
	run_status 2 "$EVCAL" list --language=en --type=workshp
	has 'there is no type "workshp"; did you mean "workshop"?'
	run_status 2 "$EVCAL" list --language=en --category=onlin
	has 'there is no category "onlin"; did you mean "online"?'
	run_status 2 "$EVCAL" list --language=en --feed=al
	has 'there is no feed "al"; did you mean "all"?'
	run_status 2 "$EVCAL" list --language=en --format=jsn
	has 'did you mean "json"?'
	run_status 2 "$EVCAL" list course
	run_status 2 "$EVCAL" list --from
}

@test "list: days in another form are status 2, with the right one" {
	run_status 2 "$EVCAL" list --language=en --from=21-01-2021
	has 'write 2021-01-21'
	run_status 2 "$EVCAL" list --language=en --from="21 januari 2021"
	has 'write 2021-01-21'
	run_status 2 "$EVCAL" list --language=en --until=2021-02-30
	has 'does not exist: February 2021 has 28 days'
	run_status 2 "$EVCAL" list --language=en --until="2021-01-21 14:00"
	has 'write 2021-01-21'
	run_status 2 "$EVCAL" list --language=en --until=vandaag
	has 'write today'
	run_status 2 "$EVCAL" list --language=en --until=soon
	has 'today, tomorrow, +30d'
	run_status 2 "$EVCAL" list --language=en --from=2021-02-01 --until=2021-01-01
	has 'lies after'
}

@test "list: a full disk is status 3" {
	for format in table json tsv csv markdown id event type; do
		run_status 3 bash -c '"$EVCAL" list --language=en --format='$format' >/dev/full'
		has "standard output"
	done
}

@test "list: help says how far an endless rule is followed" {
	run_status 0 "$EVCAL" help list --language=en
	has "two years"
}
