#!/usr/bin/env bats
# Which language people are answered in (evcal(1), "Language"), and what does not depend on it.
bats_require_minimum_version 1.5.0
load helpers

setup() {
	make_calendar
	# What the run of the tests has set decides nothing here.
	unset LC_ALL LC_MESSAGES LANG LANGUAGE
	cp events/calendar.yaml none.yaml
	{ echo "language: nl"; cat none.yaml; } >nl.yaml
	{ cat none.yaml; echo "language: en  # as in other calendars"; } >en.yaml
}

teardown() {
	remove_work
}

# The language of an answer to a command: nl, en, or what else it says.
answer() {
	case $(env "$@" 2>&1) in
	*"alles klopt"* | *onbekende* | *Gebruik:* | *januari* | *"kan "*" niet lezen"*) echo nl ;;
	*"nothing wrong"* | *unknown* | *Usage:* | *January* | *"cannot read"*) echo en ;;
	*) env "$@" 2>&1 ;;
	esac
}

# The calendar's language, --language, LC_ALL, LC_MESSAGES, LANG (- is not set, "" is set and empty), and the answer.
table() {
	cat <<-'END'
		none -  -           -     -           en
		none -  C           -     -           en
		none -  -           -     nl_NL.UTF-8 nl
		none -  -           -     nl          nl
		none -  -           -     nl_BE@euro  nl
		none -  -           -     NL_nl.utf8  nl
		none -  -           -     en_GB       en
		none -  -           -     nlx_NL      en
		none -  -           -     fr_FR       en
		none -  -           nl_NL en_US       nl
		none -  -           en_US nl_NL       en
		none -  -           C     nl_NL       en
		none -  nl_NL       en_US en_US       nl
		none -  en_US       nl_NL nl_NL       en
		none -  C           nl_NL nl_NL       en
		none -  C.UTF-8     nl_NL nl_NL       en
		none -  POSIX       -     nl_NL       en
		none -  ""          nl_NL en_US       nl
		none -  ""          ""    nl_NL       nl
		none nl en_US       en_US en_US       nl
		none en nl_NL       nl_NL nl_NL       en
		nl   -  -           -     -           nl
		nl   -  C           -     -           nl
		nl   -  C.UTF-8     nl_NL en_US       nl
		nl   -  POSIX       -     -           nl
		nl   -  fr_FR       -     -           nl
		nl   -  en_US.UTF-8 -     -           en
		nl   -  -           -     en_GB       en
		nl   en -           -     -           en
		nl   nl en_US       -     -           nl
		en   -  -           -     -           en
		en   -  nl_NL.UTF-8 -     -           nl
		en   nl C           -     -           nl
	END
}

@test "language: the option, the environment, the calendar, English" {
	local calendar option all messages lang wanted words command
	while read -r calendar option all messages lang wanted; do
		cp "$calendar.yaml" events/calendar.yaml
		words=()
		[ "$all" = - ] || words+=("LC_ALL=${all/\"\"/}")
		[ "$messages" = - ] || words+=("LC_MESSAGES=${messages/\"\"/}")
		[ "$lang" = - ] || words+=("LANG=${lang/\"\"/}")
		for command in validate list help "validate --bogus" bogus "validate nothing.yaml"; do
			read -ra command <<<"$command"
			[ "$option" = - ] || command+=("--language=$option")
			[ "$(answer "${words[@]}" "$EVCAL" "${command[@]}")" = "$wanted" ] || {
				echo "$calendar $option $all $messages $lang: ${command[*]}"
				answer "${words[@]}" "$EVCAL" "${command[@]}"
				return 1
			}
		done
	done < <(table)
}

@test "language: the calendar's counts in whatever way it is written" {
	local text
	for text in 'language: "nl"' "language: 'nl'" '"language": nl' 'language:   nl   # Dutch' $'language: nl\r'; do
		{ cat none.yaml; echo "$text"; } >events/calendar.yaml
		[ "$(answer LC_ALL=C "$EVCAL" validate)" = nl ] || { echo "$text"; return 1; }
		[ "$(answer LC_ALL=C "$EVCAL" bogus)" = nl ] || { echo "$text, before it is read"; return 1; }
	done
	# In the middle, with a mark of the byte order, in front of which keys are indented, and of a type.
	{ printf '\xEF\xBB\xBF---\n# Agenda\n\n'; sed 's/^/  /' nl.yaml; } >events/calendar.yaml
	[ "$(answer LC_ALL=C "$EVCAL" validate)" = nl ]
	[ "$(answer LC_ALL=C "$EVCAL" bogus)" = nl ]
	{ cat none.yaml; printf 'types:\n  week: {name: Week, language: nl}\n  day:\n    name: Day\n    language: nl\n'; } >events/calendar.yaml
	[ "$(answer LC_ALL=C "$EVCAL" validate)" = en ]
	[ "$(answer LC_ALL=C "$EVCAL" bogus)" = en ]
	# Where it is read, the whole of YAML is.
	echo '{name: Test, domain: example.org, timezone: Europe/Amsterdam, language: nl, organizer: {name: Test, email: t@example.org}}' >events/calendar.yaml
	[ "$(answer LC_ALL=C "$EVCAL" validate)" = nl ]
	# A link within the folder, and standard input in its place.
	mv events/calendar.yaml events/real.txt
	ln -s real.txt events/calendar.yaml
	cp nl.yaml events/real.txt
	[ "$(answer LC_ALL=C "$EVCAL" list)" = nl ]
	rm events/calendar.yaml events/real.txt
	cp none.yaml events/calendar.yaml
	LC_ALL=C run_status 0 "$EVCAL" validate --stdin-name=events/calendar.yaml - <nl.yaml
	has "1 bestand: alles klopt"
	cp nl.yaml events/calendar.yaml
	LC_ALL=C run_status 0 "$EVCAL" validate --stdin-name=events/calendar.yaml - <none.yaml
	has "1 file: nothing wrong"
}

@test "language: what is wrong in calendar.yaml is said in its language" {
	{ cat nl.yaml; echo "naem: x"; } >events/calendar.yaml
	LC_ALL=C run_status 1 "$EVCAL" validate
	has 'onbekende sleutel "naem"'
	# Even in front of the key, where the rest cannot be read.
	printf 'name: "Test\nlanguage: nl\ndomain: [example.org\n' >events/calendar.yaml
	LC_ALL=C run_status 1 "$EVCAL" validate
	has "dat nergens sluit"
	LC_ALL=C run_status 3 "$EVCAL" validate -C nowhere
	has "cannot read nowhere"
	mkfifo pipe
	mkdir other
	ln -s ../pipe other/calendar.yaml
	LC_ALL=C run_status 2 timeout 600 "$EVCAL" bogus -C other
	has "unknown command"
}

@test "language: the calendar is that of -C, wherever it stands" {
	mkdir dutch
	cp nl.yaml dutch/calendar.yaml
	cp events/a.yaml dutch/
	local words
	for words in "-C dutch validate" "-Cdutch validate" "validate -C dutch" "-qC dutch list" "list --directory dutch" "list --directory=dutch"; do
		read -ra words <<<"$words"
		[ "$(answer LC_ALL=C "$EVCAL" "${words[@]}" --bogus)" = nl ] || { echo "${words[*]}"; return 1; }
	done
	[ "$(answer LC_ALL=C "$EVCAL" validate --bogus -- -C dutch)" = en ]
	[ "$(answer LC_ALL=C "$EVCAL" validate --bogus --language nl)" = nl ]
	[ "$(answer LC_ALL=C "$EVCAL" -qCdutch bogus)" = nl ]
}

@test "language: one that it does not speak is status 2, and which there are" {
	LC_ALL=C run_status 2 "$EVCAL" validate --language=de
	has 'evcal: --language does not take "de"; it takes nl or en'
	LANG=nl_NL.UTF-8 run_status 2 "$EVCAL" validate --language=de
	has 'evcal: --language kent geen "de"; wel nl of en'
	LC_ALL=C run_status 2 "$EVCAL" help --language
	has "--language needs"
}

@test "language: reports for programs differ in what people read alone" {
	local name format
	for name in many rrule bad-date outlook-rrule needs-quotes-braces duplicate-id; do
		name=$BATS_TEST_DIRNAME/../invalid/$name
		[ -d "$name" ] || continue
		for format in json sarif github; do
			(cd "$name" && "$EVCAL" validate --format=$format --language=en) >en.out || true
			(cd "$name" && "$EVCAL" validate --format=$format --language=nl) >nl.out || true
			! cmp -s en.out nl.out || { echo "$format of $name is the same"; return 1; }
			for language in en nl; do
				case $format in
				json) sed -E 's/"(message|help)": .*/"\1"/' ;;
				sarif) sed -E 's/"text": .*/"text"/' ;;
				github) sed -E 's/^(::[^:]*::).*/\1/' ;;
				esac <$language.out >$language.bare
			done
			diff en.bare nl.bare
		done
	done
}

@test "language: files do not depend on it, nor does what export remembers" {
	local fixture language out
	for fixture in "$BATS_TEST_DIRNAME"/../valid/*/; do
		for language in en nl; do
			out=$WORK/$language
			rm -rf "$out" events
			mkdir "$out"
			cp -r "$fixture/events" .
			SOURCE_DATE_EPOCH=1608195600 "$EVCAL" export -q --language=$language -o "$out/public" --allow=endless-rule
			cp events/revisions.yaml "$out/"
			"$EVCAL" export -q --dry-run --format=json --language=$language -o new >"$out/preview.json"
			"$EVCAL" list --format=json --language=$language >"$out/list.json" 2>/dev/null
			"$EVCAL" list --format=tsv --language=$language >"$out/list.tsv" 2>/dev/null
		done
		diff -r en nl
	done
}

@test "language: a preview, a listing and the counts in Dutch" {
	cp nl.yaml events/calendar.yaml
	LC_ALL=C run_status 0 "$EVCAL" export
	[ "$output" = "public: 2 activiteiten; 4 bestanden geschreven, 0 ongewijzigd, 0 verwijderd" ]
	sed -i 's/2021-01-21/2021-01-22/; /id: two/d' events/a.yaml
	LC_ALL=C SOURCE_DATE_EPOCH=1608195600 run_status 0 --separate-stderr "$EVCAL" export --dry-run
	has "feed all.ics: gewijzigd"
	has "verplaatst  one  van 2021-01-21 naar 2021-01-22"
	has "weg         two  2021-02-21 14:00  Two"
	has "2 activiteiten zouden veranderen, 0 zouden blijven zoals ze zijn"
	LC_ALL=C run_status 0 --separate-stderr "$EVCAL" list
	[ "${lines[0]}" = "januari 2021" ]
	[ "${lines[1]}" = "  vr 22  One  one" ]
	LC_ALL=C run_status 0 --separate-stderr "$EVCAL" list --format=csv
	[[ $output == $'\xEF\xBB\xBF'*';'* ]]
	breaks
	LC_ALL=C run_status 1 --separate-stderr "$EVCAL" export
	[[ $stderr == *"er is niets geschreven: 1 fout, "* ]]
}

@test "language: choosing it is cheap" {
	cp nl.yaml events/calendar.yaml
	local chosen looked
	chosen=$("$BATS_TEST_DIRNAME/../instructions.sh" "$EVCAL" list --format=event --language=nl)
	looked=$(LC_ALL=C "$BATS_TEST_DIRNAME/../instructions.sh" "$EVCAL" list --format=event)
	((${looked:-0} <= ${chosen:-0} * 102 / 100))
}
