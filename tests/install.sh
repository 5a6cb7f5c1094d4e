#!/usr/bin/env bash
# make install and uninstall. Without DESTDIR: into an empty folder, under a umask that hides everything, and out of it
# again. With DESTDIR: what is installed there, which stays.
set -u
cd "$(dirname "$0")/.." || exit 1
export BUILD=${BUILD:-build} PREFIX=${PREFIX:-/usr/local}
unset MAKEFLAGS MFLAGS bindir datadir mandir bashcompdir zshcompdir fishcompdir
stays=${DESTDIR:-}
# A name with a blank in it, as people have them.
work=$(mktemp -d)
export DESTDIR=${stays:-$work/a place}
trap 'rm -rf "$work"' EXIT
number=0 bad=0

# result NAME STATUS: prints the TAP line.
result() {
	number=$((number + 1))
	if (($2 == 0)); then
		echo "ok $number $1"
	else
		echo "not ok $number $1"
		bad=1
	fi
}

run_make() {
	(umask 077 && make --no-print-directory "$1" BUILD="$BUILD" PREFIX="$PREFIX" DESTDIR="$DESTDIR" 2>&1) | sed 's/^/# /'
	return "${PIPESTATUS[0]}"
}

# installed MODE PLACE: is there, with its mode, and every folder above it can be entered by all.
installed() {
	local file=$DESTDIR$PREFIX/$2 folder
	[[ -s $file && $(stat -c %a "$file") == "$1" ]] || return 1
	for ((folder = 0; folder < 10; folder++)); do
		file=${file%/*}
		[[ $file == "$DESTDIR" ]] && return 0
		[[ $(stat -c %a "$file") == 755 ]] || return 1
	done
	return 1
}

# Cross-references are looked for in the system's own pages, where ours need not be yet.
lints() {
	local found
	found=$(mandoc -Tlint "$1" | grep -v 'referenced manual not found: Xr evcal')
	[[ -z $found ]] && return 0
	echo "# ${found//$'\n'/$'\n# '}"
	return 1
}

run_make install
result "make install does" $?
places=(bin/evcal share/man/man1/evcal.1 share/man/man5/evcal.5 share/man/man7/evcal-publish.7
	share/bash-completion/completions/evcal
	share/zsh/site-functions/_evcal share/fish/vendor_completions.d/evcal.fish)
for place in "${places[@]}"; do
	mode=644
	[[ $place == bin/* ]] && mode=755
	installed "$mode" "$place"
	result "$place is there, for everybody to read" $?
done
program=$DESTDIR$PREFIX/bin/evcal
[[ $("$program" --version) == "evcal "[0-9]* ]]
result "the program that is installed runs" $?
for name in evcal.1 evcal.5 evcal-publish.7; do
	section=${name##*.}
	page=$DESTDIR$PREFIX/share/man/man$section/$name
	lints "$page"
	result "$name is clean" $?
	"$program" help --man="$section" | cmp -s - "$page"
	result "$name is the program's own" $?
done
if [[ -z $stays ]]; then
	mapfile -t files < <(cd "$DESTDIR" && find . -type f | sort)
	[[ ${#files[@]} == "${#places[@]}" ]]
	result "nothing else is installed" $?
	run_make uninstall
	result "make uninstall does" $?
	[[ -z $(find "$DESTDIR" -mindepth 1 2>/dev/null) ]]
	result "nothing is left" $?
	mkdir -p "$DESTDIR$PREFIX/bin"
	echo mine >"$DESTDIR$PREFIX/bin/mine"
	run_make install
	run_make uninstall
	[[ $(cd "$DESTDIR" && find . -type f) == ".$PREFIX/bin/mine" ]]
	result "what others have there stays" $?
	rm -rf "$DESTDIR"
	export bindir=/x/tools mandir="/x/the manual" datadir=/x/data zshcompdir=/x/zsh
	run_make install
	[[ $(cd "$DESTDIR" && find . -type f | sort) == "$(printf './x/%s\n' data/bash-completion/completions/evcal \
		data/fish/vendor_completions.d/evcal.fish 'the manual/man1/evcal.1' 'the manual/man5/evcal.5' 'the manual/man7/evcal-publish.7' tools/evcal \
		zsh/_evcal)" ]]
	result "bindir, mandir and their like are where it goes" $?
	run_make uninstall
	[[ -z $(find "$DESTDIR" -mindepth 1 2>/dev/null) ]]
	result "uninstall finds it there" $?
fi
exit "$bad"
