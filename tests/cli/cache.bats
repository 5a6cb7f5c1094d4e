#!/usr/bin/env bats
# An export that would leave what is there need not be made again; one that would not is made, whatever it is that differs.
# That the first of these is quick is tests/bench/run.py's to see.

load helpers

setup() {
	make_calendar
	export XDG_CACHE_HOME=$WORK/cache
	"$EVCAL" export -q
	remembered=$(cat "$XDG_CACHE_HOME"/evcal/*)
}

teardown() {
	remove_work
}

# writes COUNT: the next export writes so many files, and the one after it none.
writes() {
	run_status 0 "$EVCAL" export
	has "$1 file$([ "$1" = 1 ] || echo s) written" || return
	run_status 0 "$EVCAL" export
	has "0 files written"
}

@test "cache: nothing is remembered but two digests, for its owner" {
	[[ $remembered =~ ^[0-9a-f]{32}\ [0-9a-f]{32}$ ]]
	[ "$(find "$XDG_CACHE_HOME" -type f | wc -l)" -eq 1 ]
	[ "$(find "$XDG_CACHE_HOME" -mindepth 1 -perm /077)" = "" ]
}

@test "cache: the same again says so, with its warnings" {
	run_status 0 "$EVCAL" export
	[ "$output" = "public: 2 events; 0 files written, 4 unchanged, 0 removed" ]
	printf '  - {id: three, summary: One, start: 2021-01-21}\n' >>events/a.yaml
	"$EVCAL" export -q || true
	run_status 0 "$EVCAL" export
	has "likely-duplicate"
	has "0 files written, 5 unchanged"
	run_status 1 "$EVCAL" export --strict
	has "nothing was written"
}

@test "cache: an event, its file's name and its comments" {
	sed -i 's/Two/2/' events/a.yaml
	writes 3
	mv events/a.yaml events/b.yaml
	writes 0
	echo '# done' >>events/b.yaml
	writes 0
}

@test "cache: the calendar" {
	sed -i 's/name: Test$/name: Toets/; s/name: Late/name: Laat/' events/calendar.yaml
	writes 1
}

@test "cache: what revisions.yaml remembers" {
	sed -i '/one@/s/sequence: 0/sequence: 7/' events/revisions.yaml
	writes 2
	grep -q SEQUENCE:7 public/events/one.ics
	rm events/revisions.yaml
	run_status 1 "$EVCAL" export
	has "[revisions-lost]"
	rm -r public
	run_status 0 "$EVCAL" export
	rm events/revisions.yaml
	run_status 0 env SOURCE_DATE_EPOCH=1000000000 "$EVCAL" export
	has "4 files written"
}

@test "cache: the zone data" {
	mkdir -p zones/Europe
	cp /usr/share/zoneinfo/Europe/London zones/Europe/Amsterdam
	run_status 0 env TZDIR="$WORK/zones" "$EVCAL" export
	# The rules of the zone, in the feeds and in the file of the event with a time.
	has "3 files written, 1 unchanged"
	writes 3
}

@test "cache: a published file that is gone, or was changed" {
	rm public/events/one.ics
	writes 1
	rm -r public/events
	writes 2
	echo mine >>public/late.ics
	run_status 3 "$EVCAL" export
	has "late.ics"
	has "changed since evcal wrote it"
	rm public/late.ics
	writes 1
	mv public/events elsewhere
	ln -s ../elsewhere public/events
	run_status 3 "$EVCAL" export
	has "a folder belongs there"
}

@test "cache: another folder, and the same one by another name" {
	run_status 0 "$EVCAL" export -o other
	has "4 files written"
	run_status 0 "$EVCAL" -C "$WORK/events" export -o "$WORK/public/"
	has "0 files written"
	[ "$(find "$XDG_CACHE_HOME" -type f | wc -l)" -eq 2 ]
	rm -r other
	run_status 0 "$EVCAL" export -o other
	has "4 files written"
}

@test "cache: one feed of another state is not all of them" {
	sed -i 's/Two/2/' events/a.yaml
	"$EVCAL" export -q --feed=late
	writes 2
}

@test "cache: what a run that was killed has left goes" {
	mkdir public/.evcal.new
	echo half >public/.evcal.new/0
	run_status 0 "$EVCAL" export
	[ ! -e public/.evcal.new ]
}

@test "cache: --locked, --dry-run and standard output are what they were" {
	run_status 0 "$EVCAL" export --locked
	has "0 files written"
	run_status 0 "$EVCAL" export --dry-run
	has "0 events would change"
	run_status 0 "$EVCAL" export --feed=all -o -
	has "END:VCALENDAR"
}

@test "cache: without a cache, and with one of rubbish, all is made" {
	for cache in "$WORK/events/a.yaml" relative "" /dev/null; do
		run_status 0 env XDG_CACHE_HOME="$cache" HOME=/dev/null "$EVCAL" export
		[ "$output" = "public: 2 events; 0 files written, 4 unchanged, 0 removed" ]
	done
	[ ! -e relative ]
	run_status 0 env -u XDG_CACHE_HOME -u HOME "$EVCAL" export
	has "0 files written"
	echo rubbish >"$(echo "$XDG_CACHE_HOME"/evcal/*)"
	writes 0
	[ "$(cat "$XDG_CACHE_HOME"/evcal/*)" = "$remembered" ]
	env -u XDG_CACHE_HOME HOME="$WORK/home" "$EVCAL" export -q
	[ -e home/.cache/evcal ]
}

@test "cache: a folder that was put back to an earlier state is not the one that is remembered" {
	sed -i 's/Two/2/' events/a.yaml
	"$EVCAL" export -q
	cp -r public later
	sed -i 's/summary: 2/summary: Two/' events/a.yaml
	"$EVCAL" export -q
	earlier=$(cat "$XDG_CACHE_HOME"/evcal/*)
	rm -r public
	mv later public
	run_status 0 "$EVCAL" export
	has "3 files written"
	[ "$(cat "$XDG_CACHE_HOME"/evcal/*)" = "$earlier" ]
}

@test "cache: a feed that is too large is told of each time, and stops --strict" {
	cp "$BATS_TEST_DIRNAME/../invalid/large-feed/events/"*.yaml events/
	run_status 1 "$EVCAL" export -o large --strict
	has "[large-feed]"
	[ ! -e large ]
	run_status 0 "$EVCAL" export -o large --dry-run
	has "[large-feed]"
	run_status 0 "$EVCAL" export -o large
	has "[large-feed]"
	run_status 0 "$EVCAL" export -o large
	has "[large-feed]"
	has "0 files written"
	run_status 1 "$EVCAL" export -o large --strict
	run_status 0 "$EVCAL" export -o large --strict --allow=large-feed
	run_status 1 "$EVCAL" export --strict -o - --feed=all
	[[ $output != *BEGIN* ]]
}
