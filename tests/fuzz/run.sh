#!/usr/bin/env bash
# Lets libFuzzer look for input that breaks a target: run.sh TARGET... Each has FUZZ_SECONDS, one after the other. What
# was learnt stays in $BUILD/corpus, for the next run; what breaks a target is shown, to be kept in tests/fuzz/crashes.
set -u
cd "$(dirname "$0")/../.." || exit 1
seconds=${FUZZ_SECONDS:-8} bad=0

# Few zones, so that looking for the nearest name does not read hundreds of files.
export ASAN_OPTIONS=quarantine_size_mb=16 TZDIR="$PWD/$BUILD/zones"
for zone in UTC Africa/Casablanca America/New_York Asia/Kathmandu Australia/Lord_Howe Europe/Amsterdam Europe/Dublin; do
	install -D "/usr/share/zoneinfo/$zone" "$TZDIR/$zone" || exit
done
/usr/bin/python3 tests/fuzz/seeds.py "$BUILD/seeds" || exit

printf '%-10s %12s %8s %8s %8s\n' target executions corpus edges features
for target in "$@"; do
	mkdir -p "$BUILD/corpus/$target" "$BUILD/seeds/$target" "$BUILD/broken"
	log=$BUILD/$target.log folders=("$BUILD/corpus/$target" "$BUILD/seeds/$target")
	[[ -d tests/fuzz/crashes/$target ]] && folders+=("tests/fuzz/crashes/$target")
	"$BUILD/fuzz/$target" -max_total_time="$seconds" -timeout=60 -rss_limit_mb=2048 -max_len=16384 -len_control=20 \
		-print_final_stats=1 -dict=tests/fuzz/dictionary.txt -artifact_prefix="$BUILD/broken/$target-" \
		"${folders[@]}" >"$log" 2>&1
	status=$?
	executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
	last=$(grep -E '^#[0-9]+.*cov: ' "$log" | tail -n 1)
	read -r edges features corpus <<<"$(sed -E 's/.*cov: ([0-9]+) ft: ([0-9]+) corp: ([0-9]+).*/\1 \2 \3/' <<<"$last")"
	printf '%-10s %12s %8s %8s %8s\n' "$target" "${executions:-?}" "$corpus" "$edges" "$features"
	if ((status)); then
		bad=1
		grep -E '^(==[0-9]+==|SUMMARY|tests/|src/|artifact_prefix)|ERROR|is not so' "$log" | head -n 20
	fi
done
((bad)) && echo "Mend it, and keep a small input that shows it in tests/fuzz/crashes/TARGET."
exit "$bad"
