#!/usr/bin/env bash
# The fixtures: tests/valid/NAME/events gives tests/valid/NAME/public and revisions.yaml, byte for byte, and no finding;
# tests/invalid/NAME/events gives findings.txt, findings.nl.txt (the same in Dutch) and findings.json, and no file.
# --update writes the results again.
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

# rereads NAME OUT: where all revisions are other ones, every file is read back, and says what the calendar says.
rereads() {
	local revisions=$work/copy/events/revisions.yaml
	mv "$revisions" "$work/revisions.yaml"
	(cd "$work/copy" && SOURCE_DATE_EPOCH=$((SOURCE_DATE_EPOCH + 60)) "$EVCAL" export -o "$2" --dry-run --language=en) >"$work/preview"
	mv "$work/revisions.yaml" "$revisions"
	grep -q '^feed .*: changed$' "$work/preview" && grep -q '^0 events would change' "$work/preview"
	result "$1 is read back as it is" $?
	grep -v '^feed' "$work/preview" | sed 's/^/# /'
}

valid() {
	local name=$1 out=$work/public
	rm -rf "$out"
	(cd "$name" && "$EVCAL" validate --strict -q >"$work/out" 2>&1)
	result "$name has no finding" $?
	sed 's/^/# /' "$work/out"
	copy "$name"
	(cd "$work/copy" && "$EVCAL" export -q -o "$out") || { result "$name is exported" 1; return; }
	rereads "$name" "$out"
	rm -f "$out/.evcal"
	if [[ $update == --update ]]; then
		rm -rf "$name/public"
		cp -r "$out" "$name/public"
		cp "$work/copy/events/revisions.yaml" "$name/"
	fi
	same "$name/public" "$out"
	result "$name gives what it gave" $?
	# Other digests would make every event of every user a changed one.
	same "$name/revisions.yaml" "$work/copy/events/revisions.yaml"
	result "$name has the revisions that it had" $?
}

# fires NAME CODE STATUS: the report fires the code, and the status is that of its errors.
fires() {
	local expected=1
	grep -q '\[[a-z-]*\]$' "$work/findings.txt" && [[ $1 == */many* || -n $(codes_in "$work/findings.txt" "$2") ]]
	result "$1 fires its code" $?
	grep -q ': error: ' "$work/findings.txt" || expected=0
	(($3 == expected))
	result "$1 ends with status $expected" $?
	return $((!expected))
}

# gives NAME FILE...: the reports are what they were.
gives() {
	local name=$1 file bad=0
	shift
	for file in "$@"; do
		[[ $update == --update ]] && cp "$work/$file" "$name/"
		same "$name/$file" "$work/$file" || bad=1
	done
	result "$name gives what it gave" "$bad"
}

# In a copy: what writes also writes revisions.yaml beside the events.
copy() {
	rm -rf "$work/copy"
	cp -r "$1" "$work/copy"
}

invalid() {
	local name=$1 status
	# A new fixture gets the calendar.yaml that most have.
	[[ $update == --update && ! -e $name/findings.txt && ! -e $name/events/calendar.yaml ]] &&
		cp invalid/duplicate-id/events/calendar.yaml "$name/events/"
	(cd "$name" && "$EVCAL" validate -q --language=en >"$work/findings.txt")
	status=$?
	(cd "$name" && "$EVCAL" validate -q --language=nl >"$work/findings.nl.txt")
	(cd "$name" && "$EVCAL" validate -q --language=en --format=json >"$work/findings.json")
	gives "$name" findings.txt findings.nl.txt findings.json
	copy "$name"
	(cd "$work/copy" && "$EVCAL" export -q -o "$work/none" >/dev/null 2>&1)
	if fires "$name" "${name#invalid/}" "$status"; then
		[[ ! -e $work/none ]]
		result "$name writes nothing" $?
	fi
	rm -rf "$work/none"
}

# What validate never finds: the fixture's "command" says how evcal is called, and it tells its findings to people. Where
# these are warnings, the command does its work. "was" is a folder that was exported to before.
command_of() {
	local name=$1 status words
	copy "$name"
	read -ra words <"$name/command"
	(cd "$work/copy" && "$EVCAL" "${words[@]}" -q --language=nl >"$work/out" 2>"$work/findings.nl.txt")
	copy "$name"
	(cd "$work/copy" && "$EVCAL" "${words[@]}" -q --language=en >"$work/out" 2>"$work/findings.txt")
	status=$?
	gives "$name" findings.txt findings.nl.txt
	# What could be read is printed, errors or not.
	if [[ ${words[0]} == import ]]; then
		cp "$work/out" "$work/imported.yaml"
		gives "$name" imported.yaml
		fires "$name" "${name#invalid/}" "$status"
	elif fires "$name" "${name#invalid/}" "$status"; then
		[[ ! -s $work/out && ! -e $work/copy/invites && ! -e $work/copy/public ]] && same "$name/events" "$work/copy/events" &&
			{ [[ ! -e $name/was ]] || same "$name/was" "$work/copy/was"; }
		result "$name writes nothing" $?
	else
		[[ -e $work/copy/invites || -e $work/copy/public ]]
		result "$name writes what it should" $?
	fi
}

# The codes of a report that the name of a fixture begins with.
codes_in() {
	sed -n 's/.*\[\([a-z-]*\)\]$/\1/p' "$1" | sort -u | while read -r code; do
		[[ $2 == "$code" || $2 == "$code"-* ]] && echo "$code"
	done
}

# TEST=name: only fixtures that have this in their names, where there are any.
chosen() {
	[[ $1/ == *"${TEST:-}"* ]] || ! compgen -G "*/*${TEST:-}*/" >/dev/null
}

for name in valid/*/; do
	[[ -d $name ]] && chosen "${name%/}" && valid "${name%/}"
done
for name in invalid/*/; do
	chosen "${name%/}" || continue
	if [[ -e $name/command ]]; then
		command_of "${name%/}"
	elif [[ -d $name ]]; then
		invalid "${name%/}"
	fi
done

# Every code of the catalogue has a fixture that fires it.
for code in $("$EVCAL" help rules | cut -d' ' -f1); do
	compgen -G "invalid/$code*/" >/dev/null
	result "there is a fixture of $code" $?
done
exit "$bad"
