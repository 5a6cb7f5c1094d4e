#!/usr/bin/env bats
# Definitions come from strangers: nothing outside the calendar's folder is read or written, whatever lies in it.
bats_require_minimum_version 1.5.0

setup() {
	load helpers
	make_calendar
	export SOURCE_DATE_EPOCH=1608195600
}

teardown() {
	remove_work
}

# every COMMAND...: runs each command and format on the calendar; what they say and write goes to said/ and the folders
# public and invites.
every() {
	local number=0 words
	rm -rf said public invites
	mkdir said
	while read -ra words; do
		number=$((number + 1))
		"$EVCAL" "${words[@]}" >"said/$number.out" 2>"said/$number.err" </dev/null || [ $? -le 3 ]
	done <<-'END'
		validate
		validate --strict
		validate --format=json
		validate --format=github
		validate --format=sarif
		validate --color=always
		validate events
		validate events/p.yaml
		validate events/p.yaml --format=json
		validate events/calendar.yaml
		export
		export --strict
		export --feed=all -o -
		export --dry-run
		export --dry-run --format=json
		export --locked
		invite one
		invite one --to=een@example.org
		invite one --to=een@example.org --format=eml
		invite one --to=een@example.org --cancel
		list
		list --format=json
		list --format=tsv
		list --format=csv
		list --format=markdown
		list --format=id
		new
		new workshop
	END
}

@test "outside: a link to a secret shows it in no output of any command and format" {
	local name secret
	mkdir elsewhere
	printf 'hunter2: &hunter2 "hunter2"\nevents:\n  - {id: hunter2, summary: hunter2, start: 2021-01-21, sumary: hunter2}\n' >elsewhere/secret.yaml
	printf 'name: hunter2\ndomain: hunter2.example\nfeeds: [{id: hunter2, name: hunter2}]\ntypes: {hunter2: {name: hunter2}}\n' >elsewhere/calendar.yaml
	printf '"hunter2@example.org": {sequence: 0, hunter2}\n' >elsewhere/revisions.yaml
	cp -r elsewhere before
	for name in p.yaml p.yml sub/p.yaml folder calendar.yaml revisions.yaml; do
		cp -a events kept
		mkdir -p events/sub
		secret=$PWD/elsewhere/secret.yaml
		case $name in
		folder) secret=$PWD/elsewhere ;;
		calendar.yaml | revisions.yaml) secret=../elsewhere/$name ;;
		esac
		ln -sf "$secret" "events/$name"
		every
		run ! grep -rl hunter2 said public invites events/sub
		grep -q outside-folder said/1.out
		diff -r before elsewhere
		[ -L "events/$name" ]
		rm -rf events
		mv kept events
	done
}

@test "outside: without openat2() the same files are read, and no others" {
	strace -o /dev/null true || skip "strace may not trace here"
	export ASAN_OPTIONS=detect_leaks=0 # which traces, too
	mkdir -p events/sub/deep elsewhere
	printf 'events:\n  - {id: deep, summary: Deep, start: 2021-03-21}\n' >events/sub/deep/b.yaml
	"$EVCAL" list --format=id >with
	strace -qq -e trace=openat2 -e inject=openat2:error=ENOSYS -o log "$EVCAL" list --format=id >without
	diff with without
	grep -qx deep without
	ln -s "$PWD/elsewhere" events/out
	ln -s ../a.yaml events/sub/inside.yaml
	echo 'events: [{id: private, summary: hunter2, start: 2021-03-21}]' >elsewhere/x.yaml
	ln -s ../elsewhere/x.yaml events/x.yaml
	"$EVCAL" validate --format=json >with || [ $? -eq 1 ]
	strace -qq -e trace=openat2 -e inject=openat2:error=ENOSYS -o log "$EVCAL" validate --format=json >without || [ $? -eq 1 ]
	diff with without
	run ! grep hunter2 without
}

@test "inside: a link to a file of the folder is read, relative or not" {
	mkdir events/.shared
	printf 'events:\n  - {id: three, summary: Three, start: 2021-03-21}\n' >events/.shared/c.yaml
	printf 'events:\n  - {id: four, summary: Four, start: 2021-03-21}\n' >events/.shared/d.yaml
	ln -s .shared/c.yaml events/c.yaml
	ln -s "$PWD/events/.shared/d.yaml" events/d.yaml
	run_status 0 "$EVCAL" validate
	has "4 events in 4 files: nothing wrong"
	# The folder itself may be a link.
	ln -s events link
	run_status 0 "$EVCAL" validate -C link
	has "4 events in 4 files: nothing wrong"
	run_status 0 "$EVCAL" validate -C link/
	run_status 0 "$EVCAL" validate -C events/../link events/c.yaml
	has "1 event in 1 file"
}

@test "hostile: pipes, sockets and devices are named, and not waited for" {
	mkfifo events/pipe.yaml
	/usr/bin/python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("events/socket.yml")'
	ln -s pipe.yaml events/link.yaml
	run_status 1 timeout 600 "$EVCAL" validate
	has "events/pipe.yaml:1:1: error: it is a pipe, a socket or a device, and no file [not-a-file]"
	has "events/socket.yml:1:1: error: it is a pipe"
	has "events/link.yaml:1:1: error: it is a pipe"
	run_status 1 timeout 600 "$EVCAL" export
	[ ! -e public ]
	mv events/pipe.yaml events/pipe
	rm events/socket.yml events/link.yaml
	ln -s pipe events/other
	run_status 0 timeout 600 "$EVCAL" validate
	# The calendar itself, which the lock hangs on, and what is remembered.
	mv events/calendar.yaml calendar.yaml
	mkfifo events/calendar.yaml events/revisions.yaml
	run_status 1 timeout 600 "$EVCAL" export
	has "events/calendar.yaml:1:1: error: it is a pipe"
	has "events/revisions.yaml:1:1: error: it is a pipe"
}

@test "hostile: links to folders are named, however many; those that are neither folder nor events are nothing" {
	local a b
	ln -s . events/loop
	ln -s /nowhere events/dangling
	ln -s calendar.yaml events/README
	run_status 1 "$EVCAL" validate
	has "events/loop:1:1: error: the link leads to a folder, so it was not followed [outside-folder]"
	has "2 events in 2 files: 1 error, 0 warnings"
	rm events/loop
	for a in {1..12}; do
		mkdir "events/$a"
		for b in {1..12}; do
			ln -s "../$b" "events/$a/$b"
		done
	done
	run_status 1 timeout 600 "$EVCAL" validate -q
	[ "$(grep -c outside-folder <<<"$output")" -eq 144 ]
}

@test "hostile: folders within folders, as deep as a path can be" {
	/usr/bin/python3 - <<-'END'
		import os
		top = os.getcwd()
		os.chdir("events")
		for depth in range(1, 2200):
		    os.mkdir("d")
		    os.chdir("d")
		    if depth in (900, 2040, 2100):
		        with open("e.yaml", "w") as file:
		            file.write(f"events:\n  - {{id: deep-{depth}, summary: Deep, start: 2021-01-21 10:00, end: 11:00}}\n")
	END
	run_status 1 bash -c 'ulimit -s 256; "$EVCAL" validate -q'
	[ "$(grep -c too-large <<<"$output")" -eq 1 ]
	run_status 1 bash -c 'ulimit -s 256; "$EVCAL" list --format=id'
	has "deep-900"
	has "deep-2040"
	[[ $output != *deep-2100* ]]
	rm -r events
}

@test "files: a second calendar is one finding, whatever it is called" {
	local name
	for name in calendar.yml Calendar.yaml CALENDAR.YML calendar.YAML "calendar (1).yaml" "calendar(2).yaml" \
		"calendar - kopie.yaml" "calendar - Copy.yaml" calendar_copy.yml "copy of calendar.yaml" sub/calendar.yaml \
		sub/deep/calendar.yml my-calendar.yaml sub/other.yaml; do
		mkdir -p events/sub/deep
		cp events/calendar.yaml "events/$name"
		printf 'events:\n  - {id: one, type: unknown, sumary: x}\n' >events/sub/deep/a.yaml
		[[ $name == sub/*calendar* ]] || rm -r events/sub/deep
		run_status 1 "$EVCAL" validate
		has "events/$name:1:1: error: "
		has "[second-calendar]"
		has ": 1 error, 0 warnings"
		run_status 1 "$EVCAL" export
		rm -rf "events/$name" events/sub
	done
	# Two calendars of years are files with events.
	printf 'events:\n  - {id: three, summary: Three, start: 2021-01-21}\n' >"events/calendar 2021.yaml"
	run_status 0 "$EVCAL" validate --strict
	# Where it lacks, what looks like it is named.
	mv events/calendar.yaml "events/calendar (1).yaml"
	run_status 1 "$EVCAL" validate
	has "rename calendar (1).yaml to calendar.yaml"
	mv "events/calendar (1).yaml" events/settings.yaml
	run_status 1 "$EVCAL" validate
	has "rename settings.yaml to calendar.yaml"
	has ": 1 error, 0 warnings"
}

@test "files: what was surely meant to be read is named, and nothing else" {
	local name
	for name in workshops.YAML workshops.Yml b.yaml.txt c.yml.bak d.ymal e.yaml~ "f.yaml (1)" g.yaml.TXT agenda.ics AGENDA.ICS; do
		echo x >"events/$name"
		run_status 0 "$EVCAL" validate
		has "events/$name:1:1: warning: the file is not read"
		has ": 0 errors, 1 warning"
		run_status 1 "$EVCAL" validate --strict
		rm "events/$name"
	done
	for name in a.yaml~ .b.YAML README.md people.csv x.yaml.gz x.yaml.license xyaml logo.png "#a.yaml#" a.yaml.swp; do
		echo x >"events/$name"
	done
	mkdir events/old.YAML
	run_status 0 "$EVCAL" validate --strict
	has "2 events in 2 files: nothing wrong"
}

@test "files: one that is not read can be asked for by its name" {
	ln -s ../secret.yaml events/p.yaml
	echo hunter2 >secret.yaml
	run_status 1 "$EVCAL" validate events/p.yaml
	has "events/p.yaml:1:1: error: the link leads out"
	has "0 events in 0 files: 1 error"
	rm events/p.yaml secret.yaml
	ln -s p.yaml events/p.yaml
	run_status 1 "$EVCAL" validate events/p.yaml
	has "[not-a-file]"
	run_status 0 "$EVCAL" validate events/a.yaml
}

@test "revisions: what is written is a regular file of that folder, with its owner, for reading and writing" {
	"$EVCAL" export -q
	chmod 6755 events/revisions.yaml
	sed -i 's/One/Eén/' events/a.yaml
	"$EVCAL" export -q
	[ "$(stat -c %a events/revisions.yaml)" = 644 ]
	chmod 4400 events/revisions.yaml
	sed -i 's/Eén/Uno/' events/a.yaml
	"$EVCAL" export -q
	[ "$(stat -c %a events/revisions.yaml)" = 400 ]
	chmod 644 events/revisions.yaml
	# A link to a file of the folder is replaced, and that file stays as it was.
	mv events/revisions.yaml events/.kept
	ln -s .kept events/revisions.yaml
	cp events/.kept before
	sed -i 's/Uno/Ein/' events/a.yaml
	"$EVCAL" export -q
	[ ! -L events/revisions.yaml ]
	cmp before events/.kept
	run ! cmp -s before events/revisions.yaml
	# Nor is anything written through a link in the place of the temporary file.
	echo mine >mine
	ln -s ../mine events/.revisions.yaml.evcal-new
	sed -i 's/Ein/Un/' events/a.yaml
	run_status 3 "$EVCAL" export
	has "cannot write events/revisions.yaml"
	[ "$(cat mine)" = mine ]
}

@test "revisions: root leaves all of it to its owner" {
	[ "$(id -u)" = 0 ] || skip "only root can"
	mkdir public
	chown -R 1234:1235 events public
	"$EVCAL" export -q
	sed -i 's/One/Eén/' events/a.yaml
	"$EVCAL" export -q
	[ -z "$(find events public ! -uid 1234)" ]
	[ -z "$(find events public ! -gid 1235)" ]
	mkdir invites
	chown 1234:1235 invites
	"$EVCAL" invite one -q --to=een@example.org
	[ -z "$(find invites ! -uid 1234)" ]
	[ "$(stat -c %a invites/one)" = 700 ]
}

@test "fails: a file that may not grow is status 3, and nothing has changed" {
	"$EVCAL" export -q
	cp -a public before
	cp -a events kept
	sed -i 's/One/Eén/' events/a.yaml
	cp events/a.yaml kept/a.yaml
	run_status 3 bash -c 'ulimit -f 0; exec "$EVCAL" export 2>&1 | cat; exit "${PIPESTATUS[0]}"'
	has "File too large"
	diff -r before public
	diff -r kept events
	run_status 3 bash -c 'ulimit -f 0; "$EVCAL" invite one --to=een@example.org 2>&1 | cat; exit "${PIPESTATUS[0]}"'
	[ ! -e invites ]
	run_status 3 bash -c 'ulimit -f 0; "$EVCAL" list >list 2>/dev/null'
	[ ! -s list ]
}

@test "fails: a reader that has gone is status 3, and no word" {
	local command
	# Standard output is a pipe that nobody reads.
	cat >piped.py <<-'END'
		import os, subprocess, sys
		read, write = os.pipe()
		os.close(read)
		ran = subprocess.run(sys.argv[1:], stdout=write, stderr=subprocess.PIPE, restore_signals=False)
		print(ran.returncode, ran.stderr)
	END
	for command in "validate --format=json" list "list --format=id" "export --feed=all -o -" "export --dry-run" \
		"invite one" new "schema events" help "help rules" --version --help; do
		# shellcheck disable=SC2086
		run_status 0 /usr/bin/python3 piped.py "$EVCAL" $command
		[ "$output" = "3 b''" ] || {
			echo "$command: $output"
			return 1
		}
	done
	run_status 3 bash -c '"$EVCAL" list >/dev/full'
	has "cannot write standard output: No space left on device"
}

@test "fails: a cache that cannot be used is as if there were none" {
	export XDG_CACHE_HOME=$WORK/cache
	local file
	"$EVCAL" export -q
	file=$(echo cache/evcal/*)
	cp "$file" good
	cp good same
	for what in "truncate -s 1T" "mkdir" "mkfifo" "ln -s ../../good" "ln -s nowhere" "cp /dev/null" "cp events/a.yaml"; do
		rm -rf "$file"
		$what "$file"
		run_status 0 timeout 600 "$EVCAL" export
		has "0 files written, 4 unchanged, 0 removed"
		cmp good same
	done
	for what in "mkfifo cache" "ln -s $WORK cache" "touch cache" "mkdir -p cache/evcal/x" "ln -s nowhere cache" "mkdir cache && ln -s $WORK/events cache/evcal" "mkdir cache && touch cache/evcal"; do
		rm -rf cache evcal
		bash -c "$what"
		run_status 0 timeout 600 "$EVCAL" export
		has "0 files written, 4 unchanged, 0 removed"
		[ "$(find events | wc -l)" -eq 4 ]
	done
	rm -rf cache
	# The list that an export leaves is the same question.
	truncate -s 1T public/.evcal
	run_status 3 timeout 600 "$EVCAL" export
	has "cannot read public/.evcal: it has more than 256 MiB"
	run_status 0 "$EVCAL" validate
}

@test "fails: a list as no export writes it is status 3, and costs nothing" {
	"$EVCAL" export -q
	/usr/bin/python3 - <<-'END'
		import pathlib
		kept = pathlib.Path("public/.evcal").read_text()
		pathlib.Path("long").write_text(kept + "0" * 32 + " " + "a/" * 100000 + "a\n")
		pathlib.Path("versions").write_text(kept + "".join(f"{n:032x} x\n" for n in range(20000)))
	END
	cp long public/.evcal
	# Sanitizers reserve terabytes of addresses.
	run_status 3 bash -c '[[ $EVCAL == *asan* ]] || ulimit -v 400000; "$EVCAL" export'
	has "cannot read public/.evcal: in line 6, it is not as evcal writes it"
	cp versions public/.evcal
	run_status 3 "$EVCAL" export
	has "cannot read public/.evcal: in line 1006, it is not as evcal writes it"
}

@test "fails: a calendar that another run has is waited for, and named" {
	exec 9<events/calendar.yaml
	flock 9
	"$EVCAL" export -q 2>said 9<&- &
	waiting said
	grep -qx "evcal: waiting for another run of evcal to be done with events/calendar.yaml" said
	[ ! -e public ]
	exec 9<&-
	wait $!
	[ -e public/all.ics ]
	# Not for ever.
	exec 9<events/calendar.yaml
	flock 9
	run_status 3 "$EVCAL" export --wait=0
	[ "$output" = "evcal: cannot lock events/calendar.yaml: another process has it; try again later" ]
	run_status 3 "$EVCAL" invite one --to=een@example.org --wait=1s
	has "cannot lock events/calendar.yaml: another process has had it for 1 second; try again later"
	run_status 0 "$EVCAL" export --dry-run --wait=0
	exec 9<public
	flock 9
	sed -i 's/One/Eén/' events/a.yaml
	run_status 3 "$EVCAL" export --wait=0s
	[ "$output" = "evcal: cannot lock public: another process has it; try again later" ]
	exec 9<&-
}

@test "fails: a small stack is no crash" {
	/usr/bin/python3 - <<-'END'
		import pathlib
		def put(name, text):
		    pathlib.Path("events", name).write_text(text)
		put("deep.yaml", "events: " + "[" * 63 + "]" * 63 + "\n")
		put("deeper.yaml", "events: " + "[" * 5000 + "]" * 5000 + "\n")
		put("maps.yaml", "events:\n" + "".join(" " * n + "a:\n" for n in range(1, 63)))
		alias = "a0: &a0 x\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
		put("aliases.yaml", alias)
		put("chain.yaml", "a0: &a0 x\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 1400)) + "z: *a1399\n")
		marks = ["> " * 300, "- " * 300, "*" * 5000 + "x", "[" * 3000 + "x" + "](https://example.org)" * 3000, "![" * 3000,
		    "<" * 3000, "`" * 3000, "\n".join(" " * 2 * n + "- x" for n in range(200)), "|" * 3000, "&lt;" * 3000]
		put("text.yaml", "events:\n" + "".join(
		    f"  - id: text-{n}\n    summary: Text {n}\n    start: 2021-01-{n + 1:02}\n    description: |\n" +
		    "".join(f"      {line}\n" for line in mark.split("\n")) for n, mark in enumerate(marks)))
		# Enough of them for threads.
		for n in range(4):
		    put(f"many-{n}.yaml", "events:\n" + "".join(
		        f"  - {{id: many-{n}-{m}, summary: Many, start: 2021-01-21 10:00, end: 11:00, rrule: FREQ=WEEKLY;COUNT=9}}\n"
		        for m in range(700)))
	END
	run_status 1 bash -c 'ulimit -s 256; "$EVCAL" validate -q --format=json >json'
	/usr/bin/python3 -c 'import json; json.load(open("json"))'
	rm events/deep*.yaml events/{maps,aliases,chain}.yaml
	run_status 0 bash -c 'ulimit -s 256; "$EVCAL" list >/dev/null'
	run bash -c 'ulimit -s 256; "$EVCAL" export -q'
	[ "$status" -le 1 ]
	rm events/text.yaml
	run_status 0 bash -c 'ulimit -s 256; "$EVCAL" export'
	has "2802 events"
	run_status 0 bash -c 'ulimit -s 256; "$EVCAL" invite one --to=een@example.org --format=eml'
	run_status 0 bash -c 'ulimit -s 256; "$EVCAL" schema events >/dev/null && "$EVCAL" help --man=5 >/dev/null'
}
