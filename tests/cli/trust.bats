#!/usr/bin/env bats
# What subscribers and those who are invited trust evcal with: nobody's address is published, nothing is written outside
# the folder that was named, and what is published can be read.
bats_require_minimum_version 1.5.0

setup() {
	load helpers
	make_calendar
	printf 'naam;e-mail\nGeheime Gast;geheim@example.org\n' >people.csv
	export SOURCE_DATE_EPOCH=1608195600
}

teardown() {
	remove_work
}

# silent FOLDER...: nothing of the person who is invited is in a file below it, or in its name.
silent() {
	! grep -rilE 'geheim|guest' "$@" || return 1
	! find "$@" | grep -iE 'geheim|guest' || return 1
}

# outside COMMAND...: its status, after which all but events/ and the output folder public is as it was.
outside() {
	local status=0
	rm -rf ../copy.$$
	cp -a . ../copy.$$
	"$@" >../said.$$ 2>&1 || status=$?
	diff -r --no-dereference --exclude=public --exclude=revisions.yaml ../copy.$$ . >../diff.$$ || {
		cat ../diff.$$
		status=99
	}
	output=$(<../said.$$)
	rm -rf ../copy.$$ ../said.$$ ../diff.$$
	return "$status"
}

@test "privacy: who is invited stands in no published file, nor in revisions.yaml" {
	"$EVCAL" export -q
	"$EVCAL" invite one -q --attendees=people.csv --to='Tweede Gast <guest@example.org>'
	"$EVCAL" invite one -q --attendees=people.csv --to=guest@example.org --format=eml -o mails
	"$EVCAL" export -q
	"$EVCAL" invite one -q --attendees=people.csv --cancel
	"$EVCAL" export -q
	"$EVCAL" invite one >stdout.ics
	"$EVCAL" export --feed=all -o - >feed.ics
	[ -n "$(grep -rl geheim invites mails)" ]
	silent public events stdout.ics feed.ics
}

@test "privacy: invitations do not go among published files" {
	"$EVCAL" export -q
	cp -r public before
	for folder in public public/ ./public/../public; do
		run_status 3 "$EVCAL" invite one --attendees=people.csv -o "$folder"
		has "published files are in it; choose another folder with -o"
	done
	diff -r before public
	silent public
}

@test "privacy: published files do not go where invitations are" {
	"$EVCAL" invite one -q --attendees=people.csv
	run_status 3 "$EVCAL" export -o invites
	has "invitations are in it"
	[ -z "$(find invites -maxdepth 1 -name '*.ics')" ]
	run_status 3 "$EVCAL" export -o invites --dry-run
}

@test "outside: words for folders in ids, feeds, types and options" {
	local id
	for id in ../x /tmp/x a/b . .. .hidden 'a\b' "$(printf 'a\tb')"; do
		printf 'events:\n  - {id: "%s", summary: X, start: 2021-01-21}\n' "${id//\\/\\\\}" >events/b.yaml
		run outside "$EVCAL" export -q
		[ "$status" -eq 1 ]
		rm events/b.yaml
		cp events/calendar.yaml calendar.yaml
		sed -i "s|id: late|id: \"${id//\\/\\\\\\\\}\"|" events/calendar.yaml
		run outside "$EVCAL" export -q
		[ "$status" -eq 1 ]
		mv calendar.yaml events/calendar.yaml
		run outside "$EVCAL" export -q --feed="$id"
		[ "$status" -eq 2 ]
		run outside "$EVCAL" invite "$id" --to=een@example.org
		[ "$status" -eq 2 ]
	done
	[ ! -e public ]
}

@test "outside: links in the output folder lead nowhere" {
	mkdir elsewhere
	echo mine >elsewhere/all.ics
	echo mine >elsewhere/one.ics
	local path
	for path in all.ics events events/one.ics .evcal .evcal.new; do
		rm -rf public
		mkdir -p public
		[[ $path != */* ]] || mkdir public/events
		ln -s "$PWD/elsewhere/$([[ $path == *.ics ]] && basename "$path")" "public/$path"
		outside "$EVCAL" export -q || [ $? -eq 3 ]
		[ "$(cat elsewhere/*)" = $'mine\nmine' ]
		[ -L "public/$path" ]
	done
}

@test "outside: links that take the place of what was exported" {
	"$EVCAL" export -q
	mv public/events elsewhere
	ln -s ../elsewhere public/events
	sed -i 's/One/Eén/' events/a.yaml
	run outside "$EVCAL" export -q
	[ "$status" -eq 3 ]
	# Files that are to go are not followed either.
	sed -i '/id: one/d' events/a.yaml
	run outside "$EVCAL" export -q
	[ "$status" -eq 3 ]
	[ -e elsewhere/one.ics ]
}

@test "outside: addresses that look like paths" {
	local address
	"$EVCAL" invite one -q --to='../../x@example.org' --to='.@example.org' --to='a/b@example.org' --to='/etc/x@example.org' || [ $? -eq 1 ]
	for address in ../../x@example.org a/b@example.org ..@example.org; do
		run outside "$EVCAL" invite one -q --to="$address" -o public
		[ "$status" -le 1 ]
	done
	[ -z "$(find . -newer people.csv -name '*@*' ! -path './invites/one/*' ! -path './public/one/*')" ]
	find invites public -mindepth 2 -type d ! -name one 2>/dev/null | wc -l | grep -qx 0
}

@test "permissions: the world can read what is exported, under any umask" {
	local mask
	for mask in 000 077 0777; do
		rm -rf a
		(umask "$mask" && "$EVCAL" export -q -o a/b/public)
		[ -z "$(find a -type d ! -perm 755)" ]
		[ -z "$(find a -type f ! -perm 644)" ]
	done
}

@test "permissions: a folder that only its owner can open is told of" {
	(umask 077 && mkdir public)
	run_status 0 "$EVCAL" export
	has "public: only its owner can open this folder; for a web server to read the files, chmod go+x public"
	[ "$(stat -c %a public)" = 700 ]
	chmod 750 public
	run_status 0 "$EVCAL" export
	[[ $output != *"only its owner"* ]]
	chmod 700 public/events
	run_status 0 "$EVCAL" export
	has "public/events: only its owner"
	run_status 0 "$EVCAL" export -q
	[ -z "$output" ]
	run_status 0 "$EVCAL" invite one --to=een@example.org
	[[ $output != *"only its owner"* ]]
}

@test "two at once: different calendars into one folder end with one of them, whole" {
	cp -r events others
	sed -i 's/One/Een/; s/Two/Twee/' others/a.yaml
	echo '  - {id: three, summary: Drie, start: 2021-03-21}' >>others/a.yaml
	"$EVCAL" export -q -o one
	"$EVCAL" export -q -C others -o other
	rm events/revisions.yaml others/revisions.yaml
	mkdir public
	# Neither can begin before both wait.
	exec 9<public
	flock 9
	"$EVCAL" export -q 2>err1 9<&- &
	"$EVCAL" export -q -C others 2>err2 9<&- &
	waiting err1
	waiting err2
	exec 9<&-
	wait
	grep -qx 'evcal: waiting for another run of evcal to be done with public' err1
	grep -qx 'evcal: waiting for another run of evcal to be done with public' err2
	diff -r one public || diff -r other public
}
