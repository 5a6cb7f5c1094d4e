#!/usr/bin/env bash
# instructions.sh COMMAND...: how many instructions a command executes, which no other load of the machine changes.
# Prints nothing where the program is not as people run it: with a sanitizer or gcov in it, or by clang (whose debugging
# information valgrind 3.19 cannot read). The command's status and output do not count.
set -u
grep -qaE '__(asan|tsan|ubsan|gcov)_|clang version' "$1" && exit 0
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
valgrind --tool=callgrind --callgrind-out-file=/dev/null --log-file="$log" "$@" >/dev/null 2>&1
sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$log" | grep . && exit 0
cat "$log" >&2
exit 1
