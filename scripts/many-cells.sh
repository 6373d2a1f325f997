#!/usr/bin/env bash
# many-cells.sh [CELLS…]: what a study of many tiny cells costs the process that hands them out, and how
# long its tables take. Prints two lines for each number of cells (1000, 5000 and 20000 by default): for
# a table of four rows with many trials, and for one with many rows of four trials each.
# REGBENCH names the program, .build/release/regbench by default.
set -euo pipefail

program=$(realpath "${REGBENCH:-.build/release/regbench}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

# Fields 14 and 15 of stat: time of the process itself, without its children.
own_ticks() { awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$1/stat" 2>/dev/null; }
seconds() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", b - a }'; }

study() { # NAME TRIALS KEEP-PROBABILITIES, for two arms
  cat >"$1.json" <<JSON
{"study": "$1", "task": "theory", "trials": $2, "theory": {"name": "shiftRatio", "samples": 1000},
 "axes": {"regularizers.dropActivation.keep": [$3]},
 "arms": [{"name": "a", "regularizers": [{"name": "dropActivation"}]},
  {"name": "b", "streamSalt": 1, "regularizers": [{"name": "dropActivation"}]}]}
JSON
}

measure() { # NAME CELLS ROWS
  "$program" run "$1.json" --out "$1" --quiet >/dev/null 2>errors.txt &
  local pid=$! ticks=0 next peak=0 times=() start
  while next=$(own_ticks $pid) && [ -n "$next" ]; do
    ticks=$next
    peak=$(awk '/VmHWM/ { print int($2 / 1024) }' "/proc/$pid/status" 2>/dev/null || echo "$peak")
    sleep 0.1
  done
  wait $pid || { cat errors.txt; exit 1; }
  for command in table report status; do
    start=$(date +%s.%N)
    "$program" $command "$1" >/dev/null
    times+=("$(seconds "$start" "$(date +%s.%N)")")
  done
  awk -v cells="$2" -v rows="$3" -v ticks="$ticks" -v hertz="$(getconf CLK_TCK)" -v peak="$peak" \
    -v times="${times[*]}" 'BEGIN {
      split(times, t, " "); s = ticks / hertz
      printf "%8d %8d %12.2f %14.3f %10s %9s %9s %9s\n", cells, rows, s, 1000 * s / cells, peak, t[1], t[2], t[3]
    }'
}

printf '%8s %8s %12s %14s %10s %9s %9s %9s\n' \
  cells rows "parent s" "ms per cell" "peak MB" "table s" "report s" "status s"
for cells in "${@:-1000 5000 20000}"; do
  for count in $cells; do
    study "trials-$count" $((count / 4)) "0.5, 0.95"
    measure "trials-$count" "$count" 4
    # A row is one probability under one arm; eight cells for each probability.
    study "rows-$count" 4 "$(awk -v n=$((count / 8)) 'BEGIN {
      for (i = 0; i < n; i++) printf "%s%.4f", i ? ", " : "", 0.1 + 0.8 * i / n }')"
    measure "rows-$count" "$count" $((count / 4))
  done
done
