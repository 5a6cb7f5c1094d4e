#!/usr/bin/env bash
# The unit tests, what has broken a fuzz target, and every command with every fixture, under valgrind: no error, nothing
# lost. (Each under two locales, the tests of the command line, and the units that try all zones and all that may fail,
# take hours that way; make asan runs those.)
set -u
cd "$(dirname "$0")/.." || exit 1
BUILD=$(realpath "${BUILD:-build}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

# try NAME COMMAND...: 99 is valgrind's own verdict; what the command itself says does not matter here.
try() {
	local name=$1
	shift
	valgrind --quiet --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite "$@" >"$work/out" 2>"$work/err"
	if (($? == 99)); then
		failed=$((failed + 1))
		echo "$name:"
		cat "$work/err"
	else
		passed=$((passed + 1))
	fi
}

for program in address base csv date day fold io keys markdown message suggest; do
	try "$program" "$BUILD/unit/test_$program"
done
for target in tests/fuzz/crashes/*/; do
	try "fuzz $(basename "$target")" "$BUILD/fuzz/$(basename "$target")" "$target"*
done
printf 'naam;e-mail\nLid een;een@example.org\nLid twee;twee@example.org\n' >"$work/people.csv"
for calendar in events tests/valid/*/events tests/invalid/*/events; do
	cp -r "$calendar" "$work/events"
	evcal() { try "$1 $calendar" "$BUILD/evcal" "$@" -C "$work/events"; }
	evcal validate --format=json
	evcal export -o "$work/public"
	# A published file that is to change, one that is to go, and the same again.
	id=$("$BUILD/evcal" list -C "$work/events" --format=id 2>/dev/null | head -n 1)
	if [[ -n $id && $calendar != tests/invalid/* ]]; then
		evcal list --until=2022-01-01
		evcal export -o "$work/public" --dry-run
		evcal invite "$id" -o "$work/invites" --attendees="$work/people.csv" --format=eml
		evcal invite "$id" -o "$work/invites" --attendees="$work/people.csv" --cancel
		sed -i 's/summary: */&x/' "$work"/events/*.y*ml
		evcal export -o "$work/public"
	fi
	rm -rf "$work"/{events,public,invites}
done
for command in help "help rules" "help --man=1" "help --man=5" "schema events" "schema calendar" new; do
	read -ra words <<<"$command"
	try "$command" "$BUILD/evcal" "${words[@]}"
done
echo "$passed passed, $failed failed"
((failed == 0))
