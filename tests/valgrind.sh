#!/usr/bin/env bash
# The unit tests, and validating and exporting every fixture, under valgrind: no error, nothing lost.
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

for program in address csv date fold markdown message suggest; do
	try "$program" "$BUILD/unit/test_$program"
done
for calendar in events tests/valid/*/events tests/invalid/*/events; do
	try "validate $calendar" "$BUILD/evcal" validate -C "$calendar" --format=json
	try "export $calendar" "$BUILD/evcal" export -C "$calendar" -o "$work/public"
	rm -rf "$work/public"
done
echo "$passed passed, $failed failed"
((failed == 0))
