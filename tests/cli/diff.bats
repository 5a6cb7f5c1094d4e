#!/usr/bin/env bats
# evcal diff: what the drawn pairs (tests/readers/diff.py) do not say: words, git, findings, statuses, comments.

bats_require_minimum_version 1.5.0
load helpers

setup() {
	make_calendar
	export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null TMPDIR="$WORK/tmp"
	mkdir "$WORK/tmp"
	git init -q -b main .
	commit first
}

teardown() {
	remove_work
}

commit() {
	git add events
	git -c user.name=evcal -c user.email=agenda@example.org commit -q -m "$1"
}

# left: what is in the folder for temporary files.
left() {
	find tmp -mindepth 1
}

@test "diff: people read what is moved, cancelled, called off and gone" {
	cat >>events/a.yaml <<-'END'
		  - {id: course, summary: Cursus, start: 2021-03-01, rrule: FREQ=WEEKLY;COUNT=4}
	END
	commit course
	sed -i 's/2021-02-21 14:00, end: 16:00/2021-02-22 15:00, end: 17:00, location: Ede/; /id: one/d; s/COUNT=4/&, exdate: 2021-03-08/' events/a.yaml
	run_status 0 "$EVCAL" diff HEAD --language=nl
	[ "$output" = "weg: One, do 21 januari 2021 (one)
    de activiteit verdwijnt uit de feeds; wie er een kopie of een uitnodiging van heeft, houdt die, en hoort het alleen met \"status: cancelled\"
verplaatst van zo 21 februari 14:00 naar ma 22 februari 15:00: Two (two)
    + location: Ede
gewijzigd: Cursus, ma 1 maart 2021 (course)
    + exdate: 2021-03-08
    datums eraf: 8 maart 2021
feed all: eruit one
1 weg, 1 verplaatst, 1 gewijzigd" ]
	run_status 0 "$EVCAL" diff HEAD HEAD --exit-code --language=en
	[ "$output" = "subscribers see no difference" ]
	run_status 1 "$EVCAL" diff HEAD --exit-code -q
	sed -i 's/id: two, /&status: cancelled, /' events/a.yaml
	run_status 0 "$EVCAL" diff HEAD --language=en
	has "cancelled: Two, Mon 22 February 2021 15:00 (two)"
}

@test "diff: what only moved to another file or has its keys in another order is none" {
	printf 'events:\n  - {start: 2021-01-21, id: one, summary: "One"}\n' >events/b.yaml
	sed -i '/id: one/d; s/end: 16:00/duration: 2h/' events/a.yaml
	run_status 0 "$EVCAL" diff HEAD --exit-code --language=en
	[ "$output" = "subscribers see no difference" ]
}

@test "diff: another id with the same UID, lines of a text, and a list of details" {
	sed -i 's/id: one, /&description: "a\\nb\\nc", details: {Prijs: gratis}, /' events/a.yaml
	commit texts
	sed -i 's/id: one, /id: first, uid: one@example.org, /; s/a\\nb/a\\nB/; s/gratis/tien euro/' events/a.yaml
	run_status 0 "$EVCAL" diff HEAD --language=en
	[ "$output" = "changed: One, Thu 21 January 2021 (first)
    - id: one
    + id: first
    description:
    - b
    + B
    - details: Prijs: gratis
    + details: Prijs: tien euro
1 changed" ]
}

@test "diff: a folder goes before a revision, and a revision needs no checkout" {
	cp -r events main
	echo '  - {id: three, summary: Three, start: 2021-03-01}' >>main/a.yaml
	run_status 0 "$EVCAL" diff main --language=en
	has "gone: Three"
	git tag old
	sed -i '/id: one/d' events/a.yaml
	commit second
	before=$(git status --porcelain; git stash list; md5sum .git/index)
	run_status 0 "$EVCAL" diff old HEAD --language=en
	has "gone: One"
	run_status 0 "$EVCAL" -C events diff HEAD~1
	[ "$before" = "$(git status --porcelain; git stash list; md5sum .git/index)" ]
	[ -z "$(left)" ]
	# Within a hook git speaks of its own checkout.
	GIT_DIR=.git GIT_INDEX_FILE=.git/index run_status 0 "$EVCAL" diff old
}

@test "diff: no repository, no revision, no such folder in it, a shallow clone" {
	run_status 2 "$EVCAL" diff nothing --language=en
	has 'no folder "nothing", and no such git revision of events: "git log"'
	mkdir elsewhere
	cp events/* elsewhere
	run_status 2 "$EVCAL" diff -C elsewhere HEAD --language=en
	has 'git revision "HEAD" has no folder elsewhere'
	run_status 2 "$EVCAL" diff HEAD:events
	run_status 2 "$EVCAL" diff --language=en
	has "needs what to compare with"
	commit again || true
	git clone -q --depth=1 "file://$WORK" shallow
	cd shallow
	run_status 2 "$EVCAL" diff first-one --language=en
	has "fetch-depth: 0"
	cd "$(mktemp -d --tmpdir=/tmp)"
	cp -r "$WORK/events" .
	run_status 2 "$EVCAL" diff HEAD --language=en
	has "not a git repository"
	rm -rf "$PWD"
}

@test "diff: findings that are new are shown, and only errors of HEAD count" {
	sed -i 's/id: two, /&colour: red, /' events/a.yaml
	commit colour
	breaks
	run_status 1 --separate-stderr "$EVCAL" diff HEAD --language=en
	[[ $stderr == *"sumary"* && $stderr == *"HEAD has 1 error; what could be read of it is compared"* ]]
	[[ $stderr != *"colour"* ]]
	# Of what cannot be read nothing is said.
	[ "$output" = "subscribers see no difference" ]
	commit broken
	git show HEAD~2:events/a.yaml >events/a.yaml
	run_status 0 "$EVCAL" diff HEAD
	run_status 1 "$EVCAL" diff HEAD~2 HEAD --format=markdown --language=en
	has "New findings:"
	has 'events/a.yaml:4: error: unknown key "sumary" [unknown-key]'
}

@test "diff: whatever stands in a text, a comment has one table, no markup of it, and mentions nobody" {
	cat >>events/a.yaml <<-'END'
		  - id: hostile
		    summary: "a | b\\|c @team #12 `x` ![i](https://example.org) <img> <!-- --> **d** [l](https://example.org)"
		    start: 2021-03-01
		    description: |
		      @team
		      ```
		      </details>
		      ````
		      | x | y |
	END
	run_status 0 --separate-stderr "$EVCAL" diff HEAD --format=markdown --language=en
	first=$output
	commit hostile
	sed -i 's/      @team/      @everyone/; s/summary: "a/summary: "b/' events/a.yaml
	run_status 0 --separate-stderr "$EVCAL" diff HEAD --format=markdown --language=en
	printf '%s\n' "$first" >first.md
	printf '%s\n' "$output" >second.md
	/usr/bin/python3 - <<-'END'
		import html.parser, commonmark
		for name in "first.md", "second.md":
		    text = open(name, encoding="utf-8").read()
		    assert text.startswith("<!-- evcal diff -->\n"), text
		    table = [line for line in text.splitlines() if line.startswith("|")]
		    assert len(table) == 3 and all(line.replace("\\|", "").count("|") == 4 for line in table), table
		    seen = []
		    class Reader(html.parser.HTMLParser):
		        def handle_starttag(self, tag, attributes): seen.append(tag)
		        def handle_data(self, data):
		            if "pre" not in seen or seen[-1] not in ("pre", "code"):
		                assert "@team" not in data and "#12" not in data, data
		    Reader().feed(commonmark.commonmark(text))
		    assert not {"img", "a", "h1"} & set(seen), seen
		    assert seen.count("details") == text.count("\n<details>"), seen
	END
}

@test "diff: a comment has no more characters than GitHub takes, and counts what is left out" {
	for i in {1..900}; do echo "  - {id: many-$i, summary: 'Workshop met een vrij lange titel, nummer $i', start: 2021-03-01}"; done >>events/a.yaml
	run_status 0 --separate-stderr "$EVCAL" diff HEAD --format=markdown --language=en
	((${#output} <= 65536 && ${#output} > 40000))
	has "Left out, since a comment has no room for them:"
	shown=$(grep -c '^| new ' <<<"$output")
	has ": $((900 - shown)) events."
}

@test "diff: the temporary folder goes, whatever ends the run" {
	mkdir bin
	# git that takes its time.
	cat >bin/git <<-END
		#!/bin/sh
		case "\$*" in *checkout-index*) echo \$\$ >$WORK/waiting; exec sleep 3600 ;; esac
		exec $(type -P git) "\$@"
	END
	chmod +x bin/git
	for signal in TERM INT HUP; do
		rm -f waiting
		PATH=$PWD/bin:$PATH env --default-signal=INT "$EVCAL" diff HEAD 3>&- &
		pid=$!
		for _ in {1..6000}; do [ ! -s waiting ] || break; sleep 0.1; done
		[ -n "$(left)" ]
		kill -"$signal" "$pid"
		status=0
		wait "$pid" || status=$?
		kill "$(<waiting)"
		[ "$status" -gt 128 ]
		[ -z "$(left)" ]
	done
}

@test "diff: the job of evcal-publish(7) keeps one comment up to date" {
	/usr/bin/python3 - "$BATS_TEST_DIRNAME/../../src/man/evcal-publish.7.in" <<-'END'
		import sys, yaml
		text = open(sys.argv[1], encoding="utf-8").read()
		recipe = yaml.safe_load(next(part.split("@end")[0] for part in text.split("@example yaml\n") if part.startswith("name: diff\n")))
		assert recipe["permissions"] == {} and recipe["jobs"]["diff"]["permissions"] == {"contents": "read"}
		steps = recipe["jobs"]["diff"]["steps"]
		open("diff.sh", "w").write(next(step["with"]["run"] for step in steps if "run" in step.get("with", {})))
		open("comment.sh", "w").write(next(step["run"] for step in recipe["jobs"]["comment"]["steps"] if "run" in step))
	END
	git checkout -q -b proposal
	sed -i 's/14:00, end: 16:00/15:00, end: 17:00/' events/a.yaml
	breaks
	commit proposal
	git checkout -q main
	mkdir build bin
	ln -s "$EVCAL" build/evcal
	bash -e diff.sh 2>/dev/null
	grep -qF '| moved | Two `two` | from Sun 21 February 14:00 to Sun 21 February 15:00 |' comment.md
	cat >bin/gh <<-'END'
		#!/bin/sh
		case "$*" in *--jq*) cat ids ;; *) echo "$*" >>asked ;; esac
	END
	chmod +x bin/gh
	: >ids
	export PATH=$PWD/bin:$PATH ISSUES=repos/o/r/issues NUMBER=7
	bash -e comment.sh
	echo 12 >ids
	bash -e comment.sh
	[ "$(<asked)" = "api repos/o/r/issues/7/comments -F body=@comment.md
api -X PATCH repos/o/r/issues/comments/12 -F body=@comment.md" ]
}

@test "diff: the job of evcal-publish(7) for GitLab keeps one note up to date" {
	/usr/bin/python3 - "$BATS_TEST_DIRNAME/../../src/man/evcal-publish.7.in" <<-'END'
		import sys, yaml
		text = open(sys.argv[1], encoding="utf-8").read()
		recipe = yaml.safe_load(next(part.split("@end")[0] for part in text.split("@example yaml\n") if part.startswith("default:\n")))
		lines = [line for line in recipe["diff"]["script"] if not line.startswith("apt-get")]
		assert len(lines) == len(recipe["diff"]["script"]) - 1
		open("note.sh", "w").write("\n".join(lines))
	END
	sed -i 's/summary: Two/&, location: Ede/' events/a.yaml
	mkdir build bin
	ln -s "$EVCAL" build/evcal
	# No server: what is asked of it is written down.
	printf '#!/bin/sh\ncase "$*" in *data-urlencode*) echo "$*" >>asked ;; esac\n' >bin/curl
	printf '#!/bin/sh\ncat >/dev/null\ncat ids\n' >bin/jq
	chmod +x bin/*
	export PATH=$PWD/bin:$PATH NOTES=https://example.org/notes NOTES_TOKEN=x CI_MERGE_REQUEST_DIFF_BASE_SHA=HEAD
	: >ids
	bash -e note.sh
	grep -qF '| changed | Two `two` |' note.md
	echo 12 >ids
	bash -e note.sh
	[ "$(<asked)" = "-fsS -H PRIVATE-TOKEN: x https://example.org/notes --data-urlencode body@note.md
-fsS -H PRIVATE-TOKEN: x -X PUT https://example.org/notes/12 --data-urlencode body@note.md" ]
}

@test "diff: what people read is laid out in the terminal's width, and whole where there is none" {
	sed -i '/id: two/s|}$|, description: "Een middag over  alles wat helpt: luisteren, doorvragen, samen eten en wandelen, en de weg naar een vereniging vinden"}|' events/a.yaml
	sed -i '/id: one/d' events/a.yaml
	for width in 50 80; do
		script -qec "stty cols $width; LC_ALL=C.UTF-8 $EVCAL diff HEAD" /dev/null >said
		fits "$width" said
	done
	"$EVCAL" diff HEAD | grep -q 'Een middag over  alles.*vereniging vinden$'
}
