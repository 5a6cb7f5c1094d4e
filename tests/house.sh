#!/usr/bin/env bash
# The rules of the house (src/README.md), read off the includes.
set -u
cd "$(dirname "$0")/../src" || exit 1
number=0 bad=0

# none NAME: passes where standard input is empty; else shows it.
none() {
	local found
	found=$(grep -v '^$')
	number=$((number + 1))
	if [[ -z $found ]]; then
		echo "ok $number $1"
	else
		bad=1
		echo "not ok $number $1"
		while read -r line; do echo "# $line"; done <<<"$found"
	fi
}

# may STATION OTHERS...: everyone may use base/, time/, model/, findings, the words for the environment, the spans of
# sources, and the table of keys, which says what a key and its property of iCalendar are for; a station what is its own
# and what is named here besides.
may() {
	local station=$1 allowed found
	shift
	allowed=$(IFS='|'; echo "$station|base|time|model${*:+|}$*")
	if [[ ! -d $station ]]; then
		echo "$station/ is missing" | none "$station/ knows its own${*:+, }$*"
		return
	fi
	found=$(grep -rnE '#include "[a-z]+/' "$station" |
		grep -vE "#include \"(($allowed)/|report/(finding|trouble)\.h|input/source\.h|decode/keys\.h)")
	none "$station/ knows its own${*:+, }$*" <<<"$found"
}
# only PATTERN FILES: what matches the first stands nowhere but in files that match the second, and does stand there.
only() {
	local found
	found=$(grep -rlE "$1" . --include='*.[ch]')
	if [[ -z $found ]]; then
		echo "nothing matches $1" | none "$1 stays in $2"
	else
		none "$1 stays in $2" < <(grep -vxE "$2" <<<"$found")
	fi
}
only '#include *<yaml\.h>' '\./input/yaml\.c'
only '#include *<csv\.h>' '\./input/csv\.c'
only '#include *<md4c[a-z-]*\.h>' '\./text/.*'
only '#include *<libical/' '\./time/libical.h'
none "base/ knows nobody" < <(grep -rnE '#include "[a-z]+/' base | grep -vE '"base/')
none "time/ knows base/ only" < <(grep -rnE '#include "[a-z]+/' time | grep -vE '"(base|time)/')
may input
may model
may decode input
may resolve
may check resolve decode
may text
may import decode ical input text
may ical resolve text
may page resolve text
may publish
may report
none "mail/ knows base/ only" < <(grep -rnE '#include "[a-z]+/' mail | grep -vE '"(base|mail)/')
none "only main, cmd/, report/ and publish/ print" < <(
	grep -rnE '\b(printf|fprintf|puts|fputs|putchar|fwrite)\(' base input model decode resolve time check text ical import mail page | grep -vE 'base/arena.c|time/libical.c|:/\*')
none "no headers include each other in a circle" < <(
	grep -roE '^#include "[a-z_/]+\.h"' . --include='*.h' | sed -E 's|^\./([^:]+):#include "(.+)"|\1 \2|' | tsort 2>&1 >/dev/null)
none "every file is in the Makefile" < <(
	for file in $(find . -name '*.c' ! -name main.c | sed 's|^\./||'); do
		grep -q "${file%.c}\.o" ../Makefile || echo "$file"
	done)
none "every folder is on the map" < <(
	for folder in */; do
		grep -q "^| \`$folder\` |" README.md || echo "$folder is not in src/README.md"
	done)
none "the functions that README.md names are there" < <(
	for name in $(grep -oE '\b[a-z_]+\(\)' README.md | sort -u | tr -d '()'); do
		grep -rqE "\b$name\(" . --include='*.[ch]' || echo "$name() is in src/README.md, and nowhere else"
	done)
none "nothing is left for later" < <(grep -rnE '\b(TODO|FIXME|XXX|HACK)\b' .)
none "no file has more than 600 lines, but the table of findings" < <(
	find . -name '*.[ch]' -exec wc -l {} + | awk '$1 > 600 && $2 != "total"')
none "no function has more than 60 lines" < <(
	find . -name '*.c' -exec awk 'FNR == 1 {begin = 0} /^{/ {begin = FNR}
		/^}/ {if (begin && FNR - begin > 61) print FILENAME ":" begin; begin = 0}' {} +)
none "no line has more than 120 columns" < <(
	grep -rnE --include='*.[ch]' --include='*.def' '^.{121}' . | sed 's/:.*//' | uniq)
none "every struct and enum has a name of its own" < <(
	grep -rhoE '^(struct|enum) [a-z_0-9]+ \{' . --include='*.[ch]' | sort | uniq -d)
none "comments refer to what lies in the repository" < <(
	grep -rnE '\b(FORMAT|OUTLOOK|RULES|CASES|DESIGN)\.md' . ../tests --include='*.[ch]' --include='*.py' --include='*.bats')
exit "$bad"
