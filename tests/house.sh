#!/usr/bin/env bash
# The rules of the house (src/main.c), read off the includes.
set -u
cd "$(dirname "$0")/../src" || exit 1
number=0 bad=0

# none NAME: passes where standard input is empty; else shows it.
none() {
	local found
	found=$(cat)
	number=$((number + 1))
	if [[ -z $found ]]; then
		echo "ok $number $1"
	else
		bad=1
		echo "not ok $number $1"
		while read -r line; do echo "# $line"; done <<<"$found"
	fi
}

# Stations include what lies before them, base/, finding.h and source.h; nobody but cmd/ what lies behind.
includes() {
	grep -rnE "#include \"$2/" "$1" | grep -vE '"report/(finding|trouble)\.h"|"read/source\.h"'
}
none "libyaml stays in read/node.c" < <(grep -rlE '#include *<yaml\.h>' . | grep -vx './read/node.c')
none "libcsv stays in read/csv.c" < <(grep -rlE '#include *<csv\.h>' . | grep -vx './read/csv.c')
none "libical stays in ical/ and time/" < <(grep -rlE '#include *<libical/' . | grep -vE '^\./(ical|time)/')
none "base/ knows nobody" < <(includes base '(read|model|time|check|ical|mail|publish|report|cmd)')
none "read/ knows what is below it" < <(includes read '(model|time|check|ical|mail|publish|report|cmd)')
none "time/ knows base/ only" < <(includes time '(read|model|check|ical|mail|publish|report|cmd)')
none "model/ knows read/ and time/" < <(includes model '(check|ical|mail|publish|report|cmd)' | grep -v read/encoding)
none "check/ sees structs, never nodes" < <(includes check '(read|ical|mail|publish|report|cmd)')
none "ical/ sees structs, never nodes" < <(includes ical '(read|check|mail|publish|report|cmd)')
none "mail/ knows base/ only" < <(grep -rnE '#include "' mail | grep -vE '"(base|mail)/')
none "publish/ sees octets" < <(includes publish '(read|model|time|check|ical|mail|report|cmd)')
none "report/ sees findings" < <(includes report '(model|time|check|ical|mail|publish|cmd)')
none "only main, cmd/, report/ and publish/ print" < <(
	grep -rnE '\b(printf|fprintf|puts|fputs|putchar|fwrite)\(' base read model time check ical mail | grep -vE 'base/arena.c|:/\*')
none "every file is in the Makefile" < <(
	for file in $(find . -name '*.c' ! -name main.c | sed 's|^\./||'); do
		grep -q "${file%.c}\.o" ../Makefile || echo "$file"
	done)
none "nothing is left for later" < <(grep -rnE '\b(TODO|FIXME|XXX|HACK)\b' .)
exit "$bad"
