#!/usr/bin/env bats
# export --dry-run: what subscribers would see. tests/unit/test_snapshot.c has the values.

load helpers

setup() {
	make_calendar
	cat >events/a.yaml <<-'END'
		events:
		  - id: one
		    summary: One
		    start: 2021-02-09 14:00
		    end: 15:00
		    location: Den Haag
		    geo: [52.0799, 4.3113]
		    conference: {url: https://example.org/meet, label: Meet}
		    url: https://example.org/one
		    description: It is *one*.
		    html: true
		    registration: {url: https://example.org/register, capacity: 10}
		    categories: [online]
		    status: confirmed
		    class: public
		    show-as: busy
		    priority: high
		    color: teal
		    image: https://example.org/one.png
		    attach: [https://example.org/one.pdf, https://example.org/two.pdf]
		    contact: Desk
		    organizer: {name: Desk, email: desk@example.org}
		    reminder: 1h
		  - id: rule
		    summary: Rule
		    start: 2021-03-01
		    rrule: FREQ=WEEKLY;COUNT=5
		    exdate: [2021-03-08]
		    overrides: [{recurrence-id: 2021-03-15, summary: Other}]
		  - {id: extra, summary: Extra, start: 2021-04-01, rdate: [2021-04-08]}
	END
	SOURCE_DATE_EPOCH=1600000000 "$EVCAL" export -q
	cp events/a.yaml before.yaml
}

teardown() {
	remove_work
}

# preview EDIT: the events' lines, after an edit by sed of what was exported.
preview() {
	sed "$1" before.yaml >events/a.yaml
	! cmp before.yaml events/a.yaml >same || { echo "the edit changes nothing"; return; }
	"$EVCAL" export --dry-run 2>&1 | grep -v '^feed'
}

@test "preview: names the key that changes, and no other" {
	while IFS='|' read -r edit line; do
		run preview "$edit"
		[ "${lines[0]}" = "$line" ] && [[ ${lines[1]} == "1 event would change, 3 would stay"* ]] || {
			echo "$edit: $output"
			return 1
		}
	done <<-'END'
		s/summary: One/summary: Een/|changed   one  summary
		s/Den Haag/Ede/|changed   one  location
		/location/d|changed   one  location
		s/52.0799/52.08/|changed   one  geo
		s/label: Meet/label: See/|changed   one  conference, description
		s/example.org.one$/example.org\/een/|changed   one  url, description
		s/It is/This is/|changed   one  description
		s/.one.\./_one_ **now**./|changed   one  description
		s/\*one\*/**one**/|changed   one  html
		s/html: true/html: false/|changed   one  html
		s/capacity: 10/capacity: 11/|changed   one  description
		s/\[online\]/[online, free]/|changed   one  categories
		s/status: confirmed/status: tentative/|changed   one  status
		s/class: public/class: private/|changed   one  class
		s/show-as: busy/show-as: away/|changed   one  show-as
		/show-as/d; s/status: confirmed/status: tentative/|changed   one  status, show-as
		s/priority: high/priority: low/|changed   one  priority
		s/teal/navy/|changed   one  color
		s/one.png/two.png/|changed   one  image
		s/, https:..example.org.two.pdf//|changed   one  attach
		s/contact: Desk/contact: Office/|changed   one  contact
		s/desk@/office@/|changed   one  organizer
		s/reminder: 1h/reminder: 2h/|changed   one  reminder
		s/reminder: 1h/reminder: none/|changed   one  reminder
		s/COUNT=5/COUNT=6/|changed   rule  rrule
		s/2021-03-08/2021-03-22/|changed   rule  exdate
		s/Other/Another/|changed   rule  overrides
		s/summary: Other/summary: Other, location: Ede/|changed   rule  overrides
		s/14:00/14:30/|moved     one  from 2021-02-09 14:00 to 2021-02-09 14:30
		s/15:00/16:00/|changed   one  end
		s/    end: 15:00/&\n    timezone: Europe\/London/|moved     one  from 2021-02-09 14:00 to 2021-02-09 14:00; also timezone
		s/14:00/14:30/; s/Den Haag/Ede/|moved     one  from 2021-02-09 14:00 to 2021-02-09 14:30; also location
		s/confirmed/cancelled/|cancelled one  2021-02-09 14:00  Cancelled: One
		/2021-03-01/s/.*/    start: 2021-03-01\n    end: 2021-03-02/|changed   rule  end
	END
}

@test "preview: what subscribers do not see is no change" {
	while read -r edit; do
		run preview "$edit"
		[ "${lines[0]}" = "0 events would change, 4 would stay as they are (compared with public)" ] || {
			echo "$edit: $output"
			return 1
		}
	done <<-'END'
		s/end: 15:00/duration: 60m/
		s/reminder: 1h/reminder: 60m/
		s/COUNT=5/INTERVAL=1;COUNT=5;BYDAY=MO/
		s/\[online\]/online/
		s/It is \*one\*./It is _one_./
		s/{url: https:..example.org.meet, label: Meet}/{label: Meet, url: 'https:\/\/example.org\/meet'}/
		s/2021-02-09 14:00/2021-02-09T14:00/
		s/    end: 15:00/&\n    timezone: Europe\/Amsterdam/
		s/    end: 15:00/&\n    weekday: tuesday/
	END
}

@test "preview: a date of rdate is an event of its own" {
	run preview 's/2021-04-08/2021-04-15/'
	has "gone      extra-20210408  2021-04-08  Extra"
	has "new       extra-20210415  2021-04-15  Extra"
	has "2 events would change, 3 would stay as they are"
}

@test "preview: another UID is another event, whether or not the folder has the files" {
	preview 's/id: rule/&\n    uid: rule@example.net/' >seen
	[ "$(head -n 1 seen)" = "new UID   rule  from rule@example.org to rule@example.net, another event for subscribers" ]
	preview 's/id: rule/&\n    uid: rule@example.net/; s/summary: Rule/summary: Regel/' >seen
	[ "$(head -n 1 seen)" = "new UID   rule  from rule@example.org to rule@example.net, another event for subscribers; also summary" ]
	cp before.yaml events/a.yaml
	sed -i 's/^domain: .*/domain: example.net/' events/calendar.yaml
	"$EVCAL" export --dry-run --forget=@example.org >seen
	[ "$(grep -c '^new UID ' seen)" -eq 4 ]
	grep -q '^4 events would change, 0 would stay as they are' seen
	rm -r public
	"$EVCAL" export --dry-run --forget=@example.org | diff <(grep "^new" seen) <(grep "^new")
	"$EVCAL" export --dry-run --forget=@example.org --format=json >seen
	/usr/bin/python3 - <<-'END'
		import json
		seen = json.load(open("seen"))
		assert len(seen["events"]) == 4 and seen["summary"] == {"changed": 4, "unchanged": 0}
		for event in seen["events"]:
		    assert event["change"] == "uid" and event["what"] == ["uid"], event
	END
}

@test "preview: what is forgotten is gone, and what was forgotten before is gone no more" {
	export SOURCE_DATE_EPOCH=1600000000
	sed -i '/id: rule/,/overrides/d' events/a.yaml
	local folder
	for folder in public none; do
		"$EVCAL" export -o $folder --dry-run --forget=rule >seen
		grep -q '^gone      rule' seen
		grep -q '^1 event would change, 3 would stay as they are' seen
	done
	"$EVCAL" export -o none --dry-run --format=json --forget=rule | grep -q '"change": "gone"'
	"$EVCAL" export -o none --dry-run --forget=rule --feed=late >seen
	! grep -q gone seen
	"$EVCAL" export -q --forget=rule
	for folder in public none; do
		"$EVCAL" export -o $folder --dry-run >seen
		grep -q '^0 events would change, 3 would stay as they are' seen
	done
	# It is back.
	cp before.yaml events/a.yaml
	for folder in public none; do
		"$EVCAL" export -o $folder --dry-run >seen
		grep -q '^new       rule  2021-03-01  Rule' seen
		grep -q '^1 event would change, 3 would stay as they are' seen
	done
}
