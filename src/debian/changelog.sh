#!/bin/sh
# changelog.sh CONTROL: prints debian/changelog, made of CHANGELOG.md on standard input and CONTROL's Maintainer.
set -eu
maintainer=$(sed -n 's/^Maintainer: //p' "$1")
date=

# Ends the entry of a version, with its day.
end_entry() {
	[ -z "$date" ] || printf '\n -- %s  %s\n\n' "$maintainer" "$(LC_ALL=C date -u -R -d "$date")"
}

while IFS= read -r line; do
	case $line in
	'## '*)
		end_entry
		version=${line#'## '} version=${version%% *} date=${line#*(} date=${date%)*}
		printf 'evcal (%s) unstable; urgency=medium\n\n' "$version"
		;;
	'- '*) echo "  * ${line#- }" ;;
	'  '*) echo "  $line" ;;
	esac
done
end_entry
