# What the tests of the command line share.

# Not the user's own.
export XDG_CACHE_HOME=${XDG_CACHE_HOME:-$BATS_TEST_TMPDIR/cache}

# make_calendar: a small calendar in events/ of an empty folder, which becomes the current one.
make_calendar() {
	WORK=$(mktemp -d)
	cd "$WORK" || exit 1
	mkdir events
	cat >events/calendar.yaml <<-'END'
		name: Test
		domain: example.org
		timezone: Europe/Amsterdam
		organizer: {name: Test, email: test@example.org}
		feeds:
		  - {id: all, name: All}
		  - {id: late, name: Late, from: 2021-02-01}
	END
	cat >events/a.yaml <<-'END'
		events:
		  - {id: one, summary: One, start: 2021-01-21}
		  - {id: two, summary: Two, start: 2021-02-21 14:00, end: 16:00}
	END
}

remove_work() {
	chmod -R u+rwx "$WORK"
	rm -rf "$WORK"
}

# run_status WANTED COMMAND...: runs it, with both outputs in $output, and compares the status.
# shellcheck disable=SC2154 # run sets them
run_status() {
	local wanted=$1
	shift
	run "$@"
	[ "$status" -eq "$wanted" ] || {
		echo "status $status, not $wanted: $output"
		return 1
	}
}

has() {
	[[ $output == *"$1"* ]] || {
		echo "no \"$1\" in: $output"
		return 1
	}
}

breaks() {
	printf '  - {id: bad, sumary: x, start: 2021-01-21}\n' >>events/a.yaml
}

# instructions MOST COMMAND...: passes if it executes no more.
instructions() {
	local most=$1 count
	shift
	count=$("$BATS_TEST_DIRNAME/../instructions.sh" "$@") || return
	((${count:-0} <= most)) || {
		echo "$count instructions, more than $most: $*"
		return 1
	}
}

# many_people COUNT: a list of so many.
many_people() {
	awk -v count="$1" 'BEGIN { print "naam;e-mail"; for (i = 0; i < count; i++) printf "Lid %d;lid%d@example.org\n", i, i }'
}

# waiting FILE: until it says that a run waits; where it does not in ten minutes, it hangs.
waiting() {
	for _ in {1..6000}; do
		grep -q 'waiting for another run' "$1" && return
		sleep 0.1
	done
	return 1
}

# fits WIDTH FILE: no line of a terminal is wider, but those of a single word.
fits() {
	/usr/bin/python3 - "$@" <<-'END'
		import re, sys
		lines = re.sub(r"\x1b\[[0-9;]*m|\r", "", open(sys.argv[2], encoding="utf-8").read()).split("\n")
		long = [line for line in lines if len(line) > int(sys.argv[1]) and " " in line.strip()]
		assert not long, long
		assert any(len(line) > int(sys.argv[1]) - 12 for line in lines)
	END
}
