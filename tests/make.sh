#!/usr/bin/env bash
# The Makefile: what it prints, whose compiler and flags it takes, what it says where something is missing, and what a
# release is made of. The compiler and all that would install anything are scripts of our own here.
set -u
cd "$(dirname "$0")/.." || exit 1
unset MAKEFLAGS MFLAGS CC CFLAGS CPPFLAGS LDFLAGS LDLIBS PKG_CONFIG EVCAL_NATIVE V SOURCE_DATE_EPOCH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
BUILD=$work/build
number=0 bad=0

# result NAME STATUS: prints the TAP line, and what make has said where it is not as it should be.
result() {
	number=$((number + 1))
	if (($2 == 0)); then
		echo "ok $number $1"
	else
		echo "not ok $number $1"
		sed 's/^/# /' "$work/out"
		bad=1
	fi
}

# tool NAME: a program with the text of standard input, found before any other.
tool() {
	{ echo '#!/bin/sh'; cat; } >"$work/bin/$1"
	chmod +x "$work/bin/$1"
}

run_make() {
	rm -f "$work/compiled"
	make --no-print-directory BUILD="$BUILD" "$@" >"$work/out" 2>&1
}

# compile NAME=VALUE...: compiles one file with these in the environment.
compile() {
	env "$@" make --no-print-directory BUILD="$BUILD" -B "$BUILD/base/str.o" >"$work/out" 2>&1
}

# compiled WORD; says TEXT: the compiler was given the word; make has said this.
compiled() {
	tail -n 1 "$work/compiled" | grep -qE -e " $1( |\$)"
}

says() {
	grep -qF -e "$1" "$work/out"
}

fails() {
	! "$@"
}

mkdir "$work/bin"
PATH=$work/bin:$PATH
# Keeps its words, and makes a program that says how it was called.
tool compiler <<END
case \$* in
-dumpmachine) echo "\${MACHINE:-this-linux}"; exit ;;
*'-E -'*) grep -qx '#include <csv.h>' && [ -z "\${LACKS_CSV:-}" ]; exit ;;
esac
echo " \$*" >>"$work/compiled"
while [ "\$1" != -o ]; do shift; done
{ echo '#!/bin/sh'; echo 'echo "now \$SOURCE_DATE_EPOCH, \$*"'; } >"\$2"
chmod +x "\$2"
END
tool cc <<<'exec compiler "$@"'
tool pkg-config <<<'case $* in --cflags*) echo -DFROM_PKG_CONFIG ;; esac'
tool dpkg-query <<<'echo install ok installed'

compile
[[ $(<"$work/out") == "GEN $BUILD/libical.inc"$'\n'"CC src/base/str.c" ]]
result "a step is a line" $?
compile V=1
says " -c -o $BUILD/base/str.o src/base/str.c" && fails says "CC src"
result "V=1 shows the command instead" $?
run_make -s -B "$BUILD/base/str.o" && [[ ! -s $work/out ]]
result "make -s says nothing" $?

compile && compiled -O2 && compiled -DFROM_PKG_CONFIG && compiled -D_FORTIFY_SOURCE=3 && compiled -fno-strict-overflow && compiled -D_TIME_BITS=64
result "without wishes it optimises and hardens" $?
compile CFLAGS="-O3 -DMINE" CPPFLAGS=-DMINE_TOO && compiled -O3 && compiled -DMINE && compiled -DMINE_TOO &&
	compiled -Wall && fails compiled -O2
result "CFLAGS and CPPFLAGS of the environment count" $?
tool other <<<'exec compiler --other "$@"'
compile CC=other && compiled --other
result "CC of the environment counts" $?
tool other-config <<<'case $* in --cflags*) echo -DFROM_OTHER ;; esac'
compile PKG_CONFIG=other-config && compiled -DFROM_OTHER
result "PKG_CONFIG of the environment counts" $?
for flags in CFLAGS="-O2 -Wp,-D_FORTIFY_SOURCE=3" CPPFLAGS=-D_FORTIFY_SOURCE=3 CFLAGS=-O0 CFLAGS=-g; do
	compile "$flags" && fails compiled -U_FORTIFY_SOURCE
	result "_FORTIFY_SOURCE is left alone with $flags" $?
done

tool lacking <<<'case $* in "--exists yaml-0.1") exit 1 ;; esac'
fails compile PKG_CONFIG=lacking && says ": libyaml. " && fails says libical
result "a library that is missing is named" $?
fails compile LACKS_CSV=1 && says ": libcsv. "
result "libcsv too, which pkg-config does not know" $?
fails compile PKG_CONFIG=no-such-config && says "no-such-config (it finds libical libyaml "
result "where pkg-config is missing, what it finds is named" $?
fails compile CC=no-such-compiler && says ": no-such-compiler. "
result "a compiler that is missing is named" $?

# Nothing is in this PATH but what a recipe needs.
mkdir "$work/bare"
for name in cc compiler pkg-config dpkg-query; do ln -s "$work/bin/$name" "$work/bare/$name"; done
for name in cat env git grep sed sh; do ln -s "$(type -P "$name")" "$work/bare/$name"; done
make=$(type -P make)
# bare_make PKG_CONFIG: make deps in that PATH.
bare_make() {
	env PATH="$work/bare" PKG_CONFIG="$1" "$make" --no-print-directory BUILD="$BUILD" deps >"$work/out" 2>&1
}
bare_make pkg-config
result "without apt-get nothing is asked where all is there" $?
ln -s "$work/bin/lacking" "$work/bare/lacking"
fails bare_make lacking && says ": libyaml"
result "without apt-get the library is named" $?
rm "$work/bare/dpkg-query"
tool apt-get <<<'echo "apt-get $*"'
tool dpkg-query <<<'exit 1'
tool id <<<'echo 1000'
ln -s "$work/bin/dpkg-query" "$work/bin/apt-get" "$work/bin/id" "$work/bare"
fails bare_make pkg-config && says "apt-get install -y --no-install-recommends gcc" && fails says "update -qq"
result "without sudo the command is told" $?
rm "$work/bin/apt-get" "$work/bin/id"
tool dpkg-query <<<'echo install ok installed'

tool foreign-cc <<<'MACHINE=other-linux exec compiler "$@"'
run_make -j4 CC=foreign-cc && says "No manual pages" && [[ -x $BUILD/evcal && ! -e $BUILD/evcal.1 ]]
result "a compiler for another machine makes the program alone" $?
fails run_make CC=foreign-cc man && says EVCAL_NATIVE=FILE
result "its manual pages need a program for this one" $?
tool native <<<'echo "native $*"'
run_make CC=foreign-cc EVCAL_NATIVE=native man && [[ $(<"$BUILD/evcal.5") == "native help --man=5" ]]
result "which prints them" $?

fails env GIT_DIR="$work/none" make --no-print-directory BUILD="$BUILD" feeds >"$work/out" 2>&1 &&
	says SOURCE_DATE_EPOCH=SECONDS && fails says "now "
result "feeds are not made without the commit's time" $?
GIT_DIR=$work/none SOURCE_DATE_EPOCH=5 run_make feeds && says "now 5, -C events export -o public"
result "SOURCE_DATE_EPOCH stands in for it" $?

# Two folders, with the compiler that there is.
rm "$work/bin/cc" "$work/bin/pkg-config"
for folder in "a folder" other; do
	mkdir "$work/$folder" && cp -R Makefile src "$work/$folder"
	make --no-print-directory -C "$work/$folder" build/base/str.o >"$work/out" 2>&1
done
cmp "$work/a folder/build/base/str.o" "$work/other/build/base/str.o" >>"$work/out" 2>&1
result "what is compiled is the same in any folder" $?

version=$(sed -n 's/^#define EVCAL_VERSION "\(.*\)"/\1/p' src/base/version.h)
[[ $(grep -m1 '^## ' src/CHANGELOG.md) =~ ^"## $version ("[0-9]{4}(-[0-9]{2}){2}\)$ ]]
result "the changelog begins with the version" $?
if git diff --quiet HEAD src/base/version.h 2>/dev/null; then
	run_make dist && mv "$BUILD/evcal-$version.tar.gz" "$work/first.tar.gz" && (umask 077 && run_make dist) &&
		cmp "$work/first.tar.gz" "$BUILD/evcal-$version.tar.gz" >>"$work/out" 2>&1
	result "a tarball is the same again" $?
	tar -tzf "$work/first.tar.gz" | sed -n "s|^evcal-$version/\(.*[^/]\)\$|\1|p" | sort |
		cmp - <(git ls-tree -r --name-only -z HEAD | tr '\0' '\n' | sort) >>"$work/out" 2>&1
	result "it holds what is committed, in a folder with the version" $?
fi
src/debian/changelog.sh src/debian/control <src/CHANGELOG.md >"$work/out"
[[ $(head -n 1 "$work/out") == "evcal ($version) "*"; urgency=medium" && $(sed -n 3p "$work/out") == "  * "* ]] &&
	grep -qE "^ -- evcal <.*>  [A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} 00:00:00 \+0000\$" "$work/out" &&
	fails grep -E '^.{81}' "$work/out" >/dev/null
result "Debian's changelog is made of it" $?
diff <(sed -n 's/^PACKAGES = //p' Makefile | tr ' ' '\n' | grep -E '^(lib.*|pkg-config)$' | grep -v '^libc6' | sort) \
	<(sed -n 's/^ \(lib[^ ]*\|pkg-config\),$/\1/p' src/debian/control | sort) >"$work/out"
result "the package is built with what make deps installs" $?
exit "$bad"
