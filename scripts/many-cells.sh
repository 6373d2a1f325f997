#!/usr/bin/env bash
# many-cells.sh [CELLS…]: what a study of many tiny cells costs the process that hands them out, and how
# long its tables take. Prints one line for each number of cells (1000, 5000 and 20000 by default).
# REGBENCH names the program, .build/release/regbench by default.
set -euo pipefail

program=$(realpath "${REGBENCH:-.build/release/regbench}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

# Fields 14 and 15 of stat: time of the process itself, without its children.
own_ticks() { awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$1/stat" 2>/dev/null; }
seconds() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", b - a }'; }

printf '%8s %12s %14s %10s %9s %9s %9s\n' \
  cells "parent s" "ms per cell" "peak MB" "table s" "report s" "status s"
for cells in "${@:-1000 5000 20000}"; do
  for count in $cells; do
    cat >study.json <<JSON
{"study": "many", "task": "theory", "trials": $((count / 4)), "theory": {"name": "shiftRatio", "samples": 1000},
 "axes": {"regularizers.dropActivation.keep": [0.5, 0.95]},
 "arms": [{"name": "a", "regularizers": [{"name": "dropActivation"}]},
  {"name": "b", "streamSalt": 1, "regularizers": [{"name": "dropActivation"}]}]}
JSON
    "$program" run study.json --out "out-$count" --quiet >/dev/null 2>errors.txt &
    pid=$!
    ticks=0
    while next=$(own_ticks $pid) && [ -n "$next" ]; do
      ticks=$next
      peak=$(awk '/VmHWM/ { print int($2 / 1024) }' "/proc/$pid/status" 2>/dev/null || echo "$peak")
      sleep 0.1
    done
    wait $pid || { cat errors.txt; exit 1; }
    times=()
    for command in table report status; do
      start=$(date +%s.%N)
      "$program" $command "out-$count" >/dev/null
      times+=("$(seconds "$start" "$(date +%s.%N)")")
    done
    awk -v cells="$count" -v ticks="$ticks" -v hertz="$(getconf CLK_TCK)" -v peak="$peak" \
      -v times="${times[*]}" 'BEGIN {
        split(times, t, " "); s = ticks / hertz
        printf "%8d %12.2f %14.3f %10s %9s %9s %9s\n", cells, s, 1000 * s / cells, peak, t[1], t[2], t[3]
      }'
  done
done
