#!/usr/bin/env bash
# The fixtures: tests/valid/NAME/events gives tests/valid/NAME/public, octet for octet, and no finding;
# tests/invalid/NAME/events gives findings.txt and findings.json, and no file. --update writes the results anew.
set -u
cd "$(dirname "$0")" || exit 1
EVCAL=$(realpath "${EVCAL:-../${BUILD:-build}/evcal}")
export SOURCE_DATE_EPOCH=1608195600
update=${1:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
number=0 bad=0

# result NAME TRUE|FALSE: prints the TAP line.
result() {
	number=$((number + 1))
	if ((!$2)); then
		echo "ok $number $1"
	else
		echo "not ok $number $1"
		bad=1
	fi
}

# same EXPECTED ACTUAL: compares two files or folders, and shows how they differ.
same() {
	diff -ru --no-dereference "$1" "$2" >"$work/diff" 2>&1 && return 0
	head -n 40 "$work/diff" | sed 's/^/# /'
	return 1
}

valid() {
	local name=$1 out=$work/public
	rm -rf "$out"
	(cd "$name" && "$EVCAL" validate --strict -q >"$work/out" 2>&1)
	result "$name has no finding" $?
	sed 's/^/# /' "$work/out"
	# In a copy: exporting writes revisions.yaml beside the events.
	rm -rf "$work/events"
	cp -r "$name/events" "$work/events"
	(cd "$work" && "$EVCAL" export -q -o "$out") || { result "$name is exported" 1; return; }
	rm -f "$out/.evcal"
	if [[ $update == --update ]]; then
		rm -rf "$name/public"
		cp -r "$out" "$name/public"
	fi
	same "$name/public" "$out"
	result "$name gives what it gave" $?
}

invalid() {
	local name=$1 code expected=1
	code=${name#invalid/}
	(cd "$name" && "$EVCAL" validate -q >"$work/findings.txt")
	local status=$?
	(cd "$name" && "$EVCAL" validate -q --format=json >"$work/findings.json")
	if [[ $update == --update ]]; then
		cp "$work/findings.txt" "$work/findings.json" "$name/"
	fi
	same "$name/findings.txt" "$work/findings.txt" && same "$name/findings.json" "$work/findings.json"
	result "$name gives what it gave" $?
	grep -q '\[[a-z-]*\]$' "$work/findings.txt" && [[ $name == */many* || -n $(codes_in "$work/findings.txt" "$code") ]]
	result "$name fires its code" $?
	grep -q ': error: ' "$work/findings.txt" || expected=0
	((status == expected))
	result "$name ends with status $expected" $?
	rm -rf "$work/events"
	cp -r "$name/events" "$work/events" 2>/dev/null
	(cd "$work" && "$EVCAL" export -q -o "$work/none" >/dev/null 2>&1)
	if ((expected)); then
		[[ ! -e $work/none ]]
		result "$name writes nothing" $?
	fi
	rm -rf "$work/none"
}

# The codes of a report that the name of a fixture begins with.
codes_in() {
	sed -n 's/.*\[\([a-z-]*\)\]$/\1/p' "$1" | sort -u | while read -r code; do
		[[ $2 == "$code" || $2 == "$code"-* ]] && echo "$code"
	done
}

for name in valid/*/; do
	[[ -d $name ]] && valid "${name%/}"
done
for name in invalid/*/; do
	[[ -d $name ]] && invalid "${name%/}"
done

# Every code of the catalogue has a fixture that fires it, but for those that validate never finds (cli/).
for code in $("$EVCAL" help rules | cut -d' ' -f1); do
	[[ $code == revisions-outdated ]] && continue
	compgen -G "invalid/$code*/" >/dev/null
	result "there is a fixture of $code" $?
done
exit "$bad"
